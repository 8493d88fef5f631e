//! -Anonymize: sessions with pseudonyms, which the cmdlet that reads the logs takes in place of the logged ones.

use std::collections::HashMap;

use super::params;
use super::scope::Scope;
use crate::answer::{Object, Problem};
use crate::cmdlet::args::Args;
use crate::cmdlet::session::policy;
use crate::cmdlet::shared::common_params::FILTER;
use crate::cmdlet::transaction::{BeginLogs, Draft, LogsRead, Outcome, SessionHandler};
use crate::organization::TransportConfig;
use crate::protocol_log::{Known, Pseudonyms, Session};
use crate::text::grouped;

/// Who gives pseudonyms to what another one takes.
struct Anonymous {
    /// What the line says of the sessions as they are logged.
    scope: Scope,
    pseudonyms: Pseudonyms,
    inner: Box<dyn SessionHandler>,
}

/// Begins what `begin` makes: where the line says -Anonymize, with sessions that have pseudonyms.
///
/// # Errors
/// What `begin` refuses, and files of the store that cannot be read.
pub fn begun(
    args: &Args,
    draft: &mut Draft<'_>,
    begin: BeginLogs,
) -> Result<Box<dyn SessionHandler>, Problem> {
    if args.flag(&params::ANONYMIZE) != Some(true) {
        return begin(args, draft);
    }
    // Clients and accounts are named as they are logged.
    let mut others = args.clone();
    let as_logged = [params::REMOTE.name, params::USER.name, FILTER.name];
    others.take_back(|param| as_logged.contains(&param.name));
    let inner = begin(&others, draft)?;
    let pseudonyms = Pseudonyms::new(known(draft)?);
    Ok(Box::new(Anonymous { scope: Scope::of(args)?, pseudonyms, inner }))
}

/// What the store has, by which sessions are decided.
fn known(draft: &mut Draft<'_>) -> Result<Known, Problem> {
    let mut known = Known::default();
    let policy = policy::policy(draft)?;
    known.domains = policy.domains.all().iter().filter(|domain| domain.domain_name != "*").fold(
        HashMap::new(),
        |mut all, domain| {
            let below = domain.match_sub_domains || domain.domain_name.starts_with("*.");
            *all.entry(domain.suffix().to_lowercase()).or_default() |= below;
            all
        },
    );
    if let Some(config) = draft.members::<TransportConfig>()?.first() {
        let lists = [&config.tls_receive_domain_secure_list, &config.tls_send_domain_secure_list];
        for name in lists.into_iter().flatten() {
            let suffix = name.strip_prefix("*.");
            let kept = known.domains.entry(suffix.unwrap_or(name).to_lowercase()).or_default();
            *kept |= suffix.is_some();
        }
    }
    for account in policy.accounts() {
        known.names.insert(account.name.to_lowercase());
        let addresses = account.addresses.iter().flatten().chain(&account.send_as);
        known.names.extend(addresses.map(|address| address.to_lowercase()));
    }
    known.account = Some(Box::new(move |name| policy.known(name).is_some()));
    known.hosts.insert(draft.directory().netbios_domain.to_lowercase());
    for name in draft.server_names()? {
        let Some(host) = draft.host(&name)? else { continue };
        known.hosts.extend([name.to_lowercase(), host.server.fqdn.to_lowercase()]);
        host.server.addresses.iter().for_each(|address| known.keep(*address));
        for connector in &host.connectors {
            known.texts.extend([connector.name.clone(), connector.banner.clone()]);
            known.hosts.extend(connector.fqdn.as_ref().map(|fqdn| fqdn.to_lowercase()));
            known.refuses_reserved |= connector.reject_reserved_top_level;
        }
        for range in host.connectors.iter().flat_map(|connector| &connector.remote_ip_ranges) {
            known.range(range.first(), range.last());
        }
        draft.forget(&name);
    }
    Ok(known)
}

impl SessionHandler for Anonymous {
    fn session(&mut self, session: &Session, draft: &mut Draft<'_>) -> Result<Vec<Object>, Problem> {
        if self.scope.facts(session)?.is_none() {
            return Ok(Vec::new());
        }
        self.inner.session(&self.pseudonyms.session(session), draft)
    }

    fn text(&mut self) -> String {
        self.inner.text()
    }

    fn end(&mut self, read: &LogsRead, draft: &mut Draft<'_>) -> Result<Outcome, Problem> {
        let mut outcome = self.inner.end(read, draft)?;
        let [addresses, names, domains, ranges] =
            self.pseudonyms.counts().map(|count| u64::try_from(count).unwrap_or(u64::MAX));
        outcome.notices.push(format!(
            "pseudonyms: {} for addresses, {} for names, {} for domains; servers, connectors, accepted domains and the accounts that the store describes keep their names",
            grouped(addresses), grouped(names), grouped(domains)
        ));
        // Whoever sends the excerpt away has to know that it has real addresses.
        match ranges {
            0 => {}
            1 => outcome.notices.push(
                "1 address of a client has no pseudonym and stays: a range in the store is this address alone, and decides about it".to_owned(),
            ),
            many => outcome.notices.push(format!(
                "{} addresses of clients have no pseudonyms and stay: ranges in the store are these addresses alone, and decide about them",
                grouped(many)
            )),
        }
        Ok(outcome)
    }

    fn row(&mut self) -> Option<Object> {
        self.inner.row()
    }
}
