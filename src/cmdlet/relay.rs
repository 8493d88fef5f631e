//! What a change of the store lets sessions without AUTH do: told for every cmdlet alike, by comparing (R3).

use super::difference::pairs;
use super::receive_connector::identity;
use super::{Draft, HostChange, Outcome};
use crate::connector::relay::{Way, adapter, everywhere, gain, open};
use crate::connector::{Host, ReceiveConnector};

/// Whether the organization's accepted domains take every recipient (R3). The store holds no accepted domains, so
/// none of them does.
pub const CATCH_ALL: bool = false;

/// Adds to `outcome` what sessions without AUTH can do after the changes of `draft`, and could not before them.
pub fn tell(draft: &Draft<'_>, outcome: &mut Outcome) {
    for HostChange { before, after } in draft.changes() {
        let Some(host) = after else { continue };
        for (old, new) in pairs(before.as_deref(), Some(&host)) {
            let Some(new) = new else { continue };
            let old = old.zip(before.as_deref()).map(|(old, host)| way(old, host));
            let (old, new, name) = (old.as_ref(), way(new, &host), identity(&host.server.name, &new.name));
            if let Some(gain) = gain(old, &new) {
                match gain.warning(&name) {
                    Some(warning) => outcome.warnings.push(warning),
                    None => outcome.notices.push(gain.sentence(&name)),
                }
            }
            outcome.notices.extend(everywhere(old, &new).map(|binding| adapter(binding, &name)));
        }
    }
}

/// The open relays of a server: whose, and what to tell of each.
pub fn open_relays(host: &Host) -> impl Iterator<Item = (String, String)> {
    host.connectors.iter().filter_map(|connector| {
        let identity = identity(&host.server.name, &connector.name);
        let sentence = open(&way(connector, host))?.sentence(&identity);
        Some((identity, sentence))
    })
}

fn way<'c>(connector: &'c ReceiveConnector, host: &Host) -> Way<'c> {
    Way { connector, platform: host.server.platform(), catch_all: CATCH_ALL }
}
