//! Entries put into or taken out of the access lists of one connector or of many, all or none.

use super::{args as ad_permission_args, instance as ad_permission_instance};
use crate::answer::Problem;
use crate::cmdlet::ad_permission::holder::{self, Holder};
use crate::cmdlet::ad_permission::shared::Shown;
use crate::cmdlet::args::{Args, Call};
use crate::cmdlet::receive_connector::shared::{check, peers};
use crate::cmdlet::shared::identity;
use crate::cmdlet::transaction::{Draft, Outcome, Question};
use crate::connector::{AuthMechanism, Host, ReceiveConnector, rows as connector_rows, same_name};
use crate::organization::SendConnector;
use crate::param::{Finding, Platform, Rule};
use crate::permission::rows;
use crate::permission::{AccessList, Entry, PermissionGroup, Principal, by_principal};
use crate::powershell::quote;
use crate::session::ehlo::is_frontend;
use crate::session::{Deciding, proofs};

/// Which way entries go.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// In.
    Add,
    /// Out.
    Remove,
}

/// A connector, and what is asked of its list.
type Wanted = (Holder, Vec<Entry>);

/// Runs a call of Add- or Remove-ADPermission.
///
/// # Errors
/// As [`ad_permission_args::entries`], exit 4 where an identity matches nothing, and what the rules refuse.
pub fn run(call: &Call<'_>, draft: &mut Draft<'_>, way: Way) -> Result<Outcome, Problem> {
    let mut outcome = Outcome::default();
    let (wanted, many) = wanted(call, way, draft, &mut outcome)?;
    for (holder, entries) in &wanted {
        let always = many || way == Way::Remove;
        let change = Change { call, way, identity: holder.identity(), always };
        match holder {
            Holder::Receive(server, name) => change.of_receive(server, name, entries, draft, &mut outcome)?,
            Holder::Send(name) => change.of_send(name, entries, draft, &mut outcome)?,
        }
    }
    Ok(outcome)
}

/// Everything that is asked, by connector; and whether an identity stood for several.
fn wanted(
    call: &Call<'_>,
    way: Way,
    draft: &mut Draft<'_>,
    outcome: &mut Outcome,
) -> Result<(Vec<Wanted>, bool), Problem> {
    let (mut wanted, mut many): (Vec<Wanted>, bool) = (Vec::new(), false);
    for args in ad_permission_instance::calls(&call.args)? {
        let (entries, mut warnings) = ad_permission_args::entries(&args, way, draft)?;
        let holders = holder::changed(&identities(&args), call, draft)?;
        many |= holders.many;
        for found in holders.found {
            warnings.extend(ad_permission_args::of_other_side(&entries, found.side()));
            match wanted.iter_mut().find(|(other, _)| *other == found) {
                Some((_, all)) => {
                    all.extend(entries.iter().filter(|e| !all.contains(e)).cloned().collect::<Vec<_>>())
                }
                None => wanted.push((found, entries.clone())),
            }
        }
        for warning in warnings {
            if !outcome.warnings.contains(&warning) {
                outcome.warnings.push(warning);
            }
        }
    }
    many |= wanted.len() > 1;
    Ok((wanted, many))
}

/// The identities of a call.
#[must_use]
pub fn identities(args: &Args) -> Vec<String> {
    args.texts(&rows::IDENTITY.param)
}

/// A change of one connector's list.
struct Change<'c, 'w> {
    call: &'c Call<'w>,
    way: Way,
    identity: String,
    always: bool,
}

impl Change<'_, '_> {
    fn of_receive(
        &self,
        server: &str,
        name: &str,
        entries: &[Entry],
        draft: &mut Draft<'_>,
        outcome: &mut Outcome,
    ) -> Result<(), Problem> {
        let Some(host) = draft.host(server)? else { return Err(identity::no_server(server, draft)) };
        let Some(at) = host.connectors.iter().position(|c| same_name(&c.name, name)) else { return Ok(()) };
        let (platform, before) = (host.server.platform(), &host.connectors[at]);
        let directory = draft.directory().clone();
        let domain = &directory.netbios_domain;
        let Some((access, effective)) =
            self.changed(&before.access, (entries, platform, domain), draft, outcome)
        else {
            return Ok(());
        };
        let connector = ReceiveConnector { access, ..before.clone() };
        outcome.warnings.extend(self.checked(&connector, before, &host, draft)?);
        outcome.warnings.extend(self.denied(&effective, &connector.access, platform, domain));
        outcome.warnings.extend(self.without_effect(&effective, &connector, &host));
        outcome.warnings.extend(self.without_proof(&effective, &connector, domain));
        outcome.notices.extend(self.groups(before, &connector));
        self.show(&Shown::new(&connector, &host, &directory), &effective, outcome);
        let mut host = draft.take(host);
        host.connectors[at] = connector;
        draft.put(host, &self.call.context)
    }

    fn of_send(
        &self,
        name: &str,
        entries: &[Entry],
        draft: &mut Draft<'_>,
        outcome: &mut Outcome,
    ) -> Result<(), Problem> {
        let Some(mut connector) = holder::send_connector(name, draft)? else { return Ok(()) };
        let directory = draft.directory().clone();
        let (platform, domain) = (SendConnector::PLATFORM, &directory.netbios_domain);
        let before = connector.access(domain);
        let Some((access, effective)) = self.changed(&before, (entries, platform, domain), draft, outcome)
        else {
            return Ok(());
        };
        outcome.warnings.extend(self.denied(&effective, &access, platform, domain));
        connector.set_access(&access);
        self.show(&Shown::of_send(&connector, &directory), &effective, outcome);
        holder::put(connector, self.call, draft)
    }

    /// The list after the change, and the entries that make a difference; nothing where there are none.
    fn changed(
        &self,
        before: &AccessList,
        (entries, platform, domain): (&[Entry], Platform, &str),
        draft: &mut Draft<'_>,
        outcome: &mut Outcome,
    ) -> Option<(AccessList, Vec<Entry>)> {
        let there = before.holds(entries, platform);
        let (moot, effective): (Vec<_>, Vec<_>) =
            entries.iter().cloned().zip(there).partition(|(_, there)| *there == (self.way == Way::Add));
        let bare = |pairs: Vec<(Entry, bool)>| pairs.into_iter().map(|(entry, _)| entry).collect::<Vec<_>>();
        let (moot, effective) = (bare(moot), bare(effective));
        outcome.warnings.extend(self.describe(&moot, before, platform, domain));
        if effective.is_empty() || !draft.confirm(self.question()) {
            return None;
        }
        let after = match self.way {
            Way::Add => before.with(&effective, platform),
            Way::Remove => before.without(&effective, platform),
        };
        Some((after, effective))
    }

    /// Shows what was added.
    fn show(&self, shown: &Shown<'_>, effective: &[Entry], outcome: &mut Outcome) {
        if self.way == Way::Add {
            outcome.objects.extend(effective.iter().map(|entry| shown.entry(entry)));
            let access = effective.iter().any(|entry| !entry.right.is_extended());
            Shown::head(&mut outcome.objects, false, access);
        }
    }

    fn question(&self) -> Question {
        let removes = self.way == Way::Remove;
        let operation = if removes { "Remove" } else { "Add" };
        let target = self.identity.clone();
        Question { operation, target, along: Vec::new(), removes, always: self.always }
    }

    /// The rules: a list without a group may break C5, and mail between servers may stop (C17).
    fn checked(
        &self,
        connector: &ReceiveConnector,
        before: &ReceiveConnector,
        host: &Host,
        draft: &mut Draft<'_>,
    ) -> Result<Vec<Finding>, Problem> {
        let lost = before.access.groups() - connector.access.groups();
        let peers = lost.contains(PermissionGroup::ExchangeServers) && peers(draft, &host.server)?;
        check(connector, Some(before), host, peers)
    }

    /// P4: what is so already.
    fn describe(&self, moot: &[Entry], list: &AccessList, platform: Platform, domain: &str) -> Vec<Finding> {
        let identity = &self.identity;
        let opposite: Vec<Entry> = moot.iter().map(|e| Entry { deny: !e.deny, ..e.clone() }).collect();
        let inherited: Vec<Entry> = moot.iter().map(|e| Entry { inherited: true, ..e.clone() }).collect();
        let inherited = self.way == Way::Remove && list.holds(&inherited, platform).contains(&true);
        let hidden = self.way == Way::Remove && list.holds(&opposite, platform).contains(&true);
        let describe = |(who, rights): (String, String)| {
            let why = match self.way {
                Way::Add => "is already present",
                Way::Remove => "is not present, so there is nothing to remove",
            };
            let finding = Finding::new(
                Rule::P4,
                rows::EXTENDED_RIGHTS.name(),
                format!("`{identity}`: {rights} for {who} {why}"),
            );
            let denies = moot.iter().any(|entry| entry.deny);
            match (hidden, denies) {
                _ if inherited => finding.hint(
                    "it is inherited: remove it from the parent in the directory, and import the access list again",
                ),
                (true, true) => finding.hint("there is an Allow entry; leave -Deny out to remove it"),
                (true, false) => finding.hint("there is a Deny entry; -Deny removes it"),
                (false, _) => finding,
            }
        };
        by_principal(moot, domain).into_iter().map(describe).collect()
    }

    /// P5: what was allowed just now and stays denied.
    fn denied(&self, entries: &[Entry], list: &AccessList, platform: Platform, domain: &str) -> Vec<Finding> {
        let denials: Vec<Entry> =
            entries.iter().filter(|e| !e.deny).map(|e| Entry { deny: true, ..e.clone() }).collect();
        let held = list.holds(&denials, platform);
        let denials: Vec<Entry> = denials
            .into_iter()
            .zip(held)
            .filter(|(_, held)| *held && self.way == Way::Add)
            .map(|(e, _)| e)
            .collect();
        let describe = |(who, rights): (String, String)| {
            let message =
                format!("`{}`: {rights} for {who} stays in force: Deny wins over Allow", self.identity);
            Finding::new(Rule::P5, rows::DENY.name(), message)
                .hint("take the Deny away with remove-adpermission -Deny")
        };
        by_principal(&denials, domain).into_iter().map(describe).collect()
    }

    /// P10: rights to senders on a connector of the Front End Transport service, which checks no sender.
    fn without_effect(
        &self,
        entries: &[Entry],
        connector: &ReceiveConnector,
        host: &Host,
    ) -> Option<Finding> {
        let of_senders = [Deciding::AcceptAnySender, Deciding::AcceptAuthoritativeDomainSender];
        let named = |entry: &&Entry| of_senders.iter().any(|right| right.right() == entry.right);
        let right = entries.iter().find(named)?.right.name;
        let given = self.way == Way::Add && is_frontend(connector, &host.server);
        given.then(|| {
            let message = format!(
                "`{}`: {right} has no effect here: Front End Transport does not check senders, the Transport service does",
                self.identity
            );
            Finding::new(Rule::P10, rows::EXTENDED_RIGHTS.name(), message)
                .hint("give the right on the Default or Client Proxy connector of the Transport service")
        })
    }

    /// P6: rights of those whom no session can be, since the connector offers no authentication for them.
    fn without_proof(&self, entries: &[Entry], connector: &ReceiveConnector, domain: &str) -> Vec<Finding> {
        let usable = |entry: &&Entry| self.way == Way::Add && !entry.deny && entry.right.is_extended();
        let mut unproved: Vec<(&Principal, Vec<&str>)> = Vec::new();
        for entry in entries.iter().filter(usable) {
            let proofs = proofs(&entry.principal);
            match unproved.iter_mut().find(|(who, _)| *who == &entry.principal) {
                Some((_, rights)) => rights.push(entry.right.name),
                None if proofs.is_empty() || !connector.auth.is_disjoint(proofs) => {}
                None => unproved.push((&entry.principal, vec![entry.right.name])),
            }
        }
        let row = &connector_rows::AUTH_MECHANISM;
        let now = row.print_plain(connector);
        let describe = |(who, rights): (&Principal, Vec<&str>)| {
            let (identity, name, rights) = (&self.identity, who.name_in(domain), rights.join(", "));
            let message = format!(
                "`{identity}`: {name} cannot use {rights}: no session can authenticate as it while {} is {now}",
                row.name()
            );
            let finding = Finding::new(Rule::P6, rows::EXTENDED_RIGHTS.name(), message);
            let offered = [AuthMechanism::Integrated, AuthMechanism::ExchangeServer];
            // Externally secured connectors take no other authentication (C5).
            let may_add = !connector.auth.contains(AuthMechanism::ExternalAuthoritative);
            match offered.into_iter().find(|one| may_add && proofs(who).contains(*one)) {
                Some(one) => {
                    let wanted = row
                        .print_plain(&ReceiveConnector { auth: connector.auth | one, ..connector.clone() });
                    let (identity, wanted) = (quote::bash(identity), wanted.replace(", ", ","));
                    finding.hint(format!("exch set-receiveconnector {identity} -{} {wanted}", row.name()))
                }
                None => finding,
            }
        };
        unproved.into_iter().map(describe).collect()
    }

    /// P3: PermissionGroups reads otherwise now.
    fn groups(&self, before: &ReceiveConnector, after: &ReceiveConnector) -> Option<String> {
        let row = &connector_rows::PERMISSION_GROUPS;
        let (old, new) = (row.print_plain(before), row.print_plain(after));
        let describe = || format!("`{}`: {} reads {new} now, {old} before", self.identity, row.name());
        (old != new).then(describe)
    }
}
