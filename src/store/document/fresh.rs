//! A document that nobody has written yet.

use super::access;
use super::blank;
use super::keys::{Keys, shown};
use super::spell::spell;
use crate::connector::{Host, ReceiveConnector};
use crate::param::{Noun, Version};
use crate::permission::DOMAIN;

/// The file of a server whose organization goes unnamed.
#[must_use]
pub fn new_host(host: &Host) -> String {
    new_host_in(host, DOMAIN)
}

/// The file of a server: its keys, and a table for each connector. `domain` is the organization's.
#[must_use]
pub fn new_host_in(host: &Host, domain: &str) -> String {
    let keys = Keys::new();
    let blank = ReceiveConnector::new("", &host.server);
    let mut text = lines(&Keys::new(), &host.server, &blank::server(), Some(host.server.version), "\n");
    for connector in &host.connectors {
        text.push('\n');
        text.push_str(&connector_table(&keys, connector, &blank, host.server.version, (domain, "\n")));
    }
    text
}

/// A connector's table and those of its access list, a blank line between them.
pub(super) fn connector_table(
    keys: &Keys<ReceiveConnector>,
    connector: &ReceiveConnector,
    blank: &ReceiveConnector,
    version: Version,
    (domain, eol): (&str, &str),
) -> String {
    let name = ReceiveConnector::NAME;
    let own = format!("[[{name}]]{eol}{}", lines(keys, connector, blank, Some(version), eol));
    let entries = access::tables(connector.access.own_entries(), name, domain, eol);
    std::iter::once(own).chain(entries).collect::<Vec<_>>().join(eol)
}

/// The keys that a fresh table has, each on its line: what defines the object, and what is not as in `blank`.
/// Without a version, keys of every edition.
pub(super) fn lines<N: Noun>(
    keys: &Keys<N>,
    object: &N,
    blank: &N,
    version: Option<Version>,
    eol: &str,
) -> String {
    let rows = keys.order().iter().filter(|row| version.is_none_or(|version| row.exists_in(version)));
    let written = rows.filter(|row| row.defining || shown(row, object) != shown(row, blank));
    written
        .filter_map(|row| {
            Some(format!("{} = {}{eol}", row.name(), spell(row, object)?.after(row.name(), eol)))
        })
        .collect()
}
