//! What a change of the store lets sessions without AUTH do: reported for every cmdlet alike, by comparing (R3).

use std::collections::HashSet;

use crate::answer::Problem;
use crate::cmdlet::receive_connector::shared::identity;
use crate::cmdlet::transaction::difference::connector_pairs;
use crate::cmdlet::transaction::{ChangedFiles, Draft, Outcome};
use crate::connector::relay::{Way, adapter, everywhere, gain, open};
use crate::connector::{Host, ReceiveConnector};
use crate::organization::{AcceptedDomain, Part};
use crate::param::Finding;

/// Adds to `outcome` what sessions without AUTH can do after the changes of `draft`, and could not before them.
/// Accepted domains that take everything from now on are asked about on every server.
///
/// # Errors
/// Where a file that this depends on cannot be read.
pub fn report(draft: &mut Draft<'_>, outcome: &mut Outcome) -> Result<(), Problem> {
    let ChangedFiles { mut servers, parts } = draft.changed();
    if servers.is_empty() && !parts.contains(Part::AcceptedDomains) {
        return Ok(());
    }
    let after = draft.catches_all()?;
    let before = draft.before().organization.accepted_domains.iter().any(AcceptedDomain::catches_all);
    if after && !before {
        let changed: HashSet<String> = servers.iter().cloned().collect();
        for name in draft.server_names()? {
            let _ = draft.host(&name)?;
            if !changed.contains(&name) {
                servers.push(name);
            }
        }
    }
    for name in &servers {
        let (old, new) = (draft.before().host_of(name), draft.after().host_of(name));
        let Some(host) = new else { continue };
        of_host(old.map(|host| (&**host, before)), (host, after), outcome);
    }
    Ok(())
}

fn of_host(before: Option<(&Host, bool)>, (host, catch_all): (&Host, bool), outcome: &mut Outcome) {
    for (old, new) in connector_pairs(before.map(|(host, _)| host), Some(host)) {
        let Some(new) = new else { continue };
        let old = old.zip(before).map(|(old, (host, catch_all))| way(old, host, catch_all));
        let (old, new, name) =
            (old.as_ref(), way(new, host, catch_all), identity(&host.server.name, &new.name));
        if let Some(gain) = gain(old, &new) {
            match gain.warning(&name) {
                Some(warning) => outcome.warnings.push(warning),
                None => outcome.notices.push(gain.sentence(&name)),
            }
        }
        outcome.notices.extend(everywhere(old, &new).map(|binding| adapter(binding, &name)));
    }
}

/// The open relays of a server: whose, and what to say of each.
pub(crate) fn open_relays(host: &Host, catch_all: bool) -> impl Iterator<Item = (String, String)> {
    host.connectors.iter().filter_map(move |connector| {
        let identity = identity(&host.server.name, &connector.name);
        let sentence = open(&way(connector, host, catch_all))?.sentence(&identity);
        Some((identity, sentence))
    })
}

/// The warning of a connector that is an open relay.
pub fn warning(connector: &ReceiveConnector, host: &Host, catch_all: bool) -> Option<Finding> {
    open(&way(connector, host, catch_all))?.warning(&identity(&host.server.name, &connector.name))
}

fn way<'c>(connector: &'c ReceiveConnector, host: &Host, catch_all: bool) -> Way<'c> {
    Way { connector, platform: host.server.platform(), catch_all }
}
