//! A server's file to a server and its connectors, and every rule that they must keep, at its line.

use std::collections::HashSet;

use super::access;
use super::blank;
use super::error::{DocumentError, Flaw};
use super::keys::Keys;
use super::place::Place;
use super::read::{check_present, check_versions, fill};
use super::section::{ConnectorTables, HostTables};
use super::source::Source;
use crate::connector::{Host, ReceiveConnector, rows, rules};
use crate::param::Noun;
use crate::permission::AccessList;
use crate::server::{self, Server};

/// Reads the file of one server and checks every rule on it.
///
/// A missing Guid or date stays missing. A missing Fqdn of a connector is the server's, an empty one is none;
/// every other missing key has its default. Name and Fqdn of the server, and Name, Bindings and RemoteIPRanges
/// of a connector must be there.
///
/// # Errors
/// [`DocumentError::Broken`] with every fault: what is no TOML, no property, no value, or breaks a rule.
pub fn read_host<'p>(text: impl AsRef<[u8]>, place: impl Into<Place<'p>>) -> Result<Host, DocumentError> {
    let place = place.into();
    let source = Source::read(text.as_ref(), place.file)?;
    let tree = source.parse()?;
    let mut flaws = Vec::new();
    let tables = HostTables::of(tree.get_ref(), source.text(), &mut flaws);
    let host = assemble(&tables, place.domain, &mut flaws);
    if flaws.is_empty() {
        flaws = broken_rules(&host, &tables);
    }
    if flaws.is_empty() { Ok(host) } else { Err(source.broken(flaws)) }
}

/// What the tables say, rules aside.
pub(super) fn assemble(tables: &HostTables<'_>, domain: &str, flaws: &mut Vec<Flaw>) -> Host {
    let server = read_server(tables, flaws);
    let keys = Keys::<ReceiveConnector>::new();
    let blank = ReceiveConnector::new("", &server);
    let mut connectors = Vec::with_capacity(tables.connectors.len());
    for tables in &tables.connectors {
        connectors.push(read_connector(tables, &keys, (&blank, &server), domain, flaws));
    }
    Host { server, connectors }
}

fn read_server(tables: &HostTables<'_>, flaws: &mut Vec<Flaw>) -> Server {
    let (section, keys) = (&tables.server, Keys::new());
    let mut found = blank::server();
    fill(section, &keys, &mut found, flaws);
    check_versions(section, &keys, found.version, flaws);
    check_present(section, &keys, &found, flaws);
    let fqdn = server::rows::FQDN.name();
    if found.fqdn.is_empty() && flaws.is_empty() {
        let hint = format!("{fqdn} = \"{}.contoso.com\"", found.name.to_lowercase());
        flaws.push(Flaw::new(section.place(fqdn), format!("{fqdn} of the server is missing"), hint));
    }
    found
}

fn read_connector(
    tables: &ConnectorTables<'_>,
    keys: &Keys<ReceiveConnector>,
    (blank, server): (&ReceiveConnector, &Server),
    domain: &str,
    flaws: &mut Vec<Flaw>,
) -> ReceiveConnector {
    let mut connector = blank.clone();
    let mut own = Vec::new();
    fill(&tables.table, keys, &mut connector, &mut own);
    check_versions(&tables.table, keys, server.version, &mut own);
    check_present(&tables.table, keys, &connector, &mut own);
    let mut entries = Vec::new();
    for section in &tables.permissions {
        entries.extend(access::read(section, domain, &mut own).iter().flat_map(access::Grant::entries));
    }
    // Groups alone are in their short form as they stand, and expanding them costs.
    if !entries.is_empty() {
        connector.access = AccessList::from_parts(connector.access.groups(), entries, server.platform());
    }
    flaws.append(&mut own);
    connector
}

/// What the rules refuse, each at the key it speaks of, or at the table that lacks that key.
fn broken_rules(host: &Host, tables: &HostTables<'_>) -> Vec<Flaw> {
    let server = server::check(&host.server).refusals.into_iter();
    let mut flaws: Vec<Flaw> = server
        .map(|finding| {
            let at = tables.server.place(finding.parameter);
            Flaw::of(finding, at)
        })
        .collect();
    for (at, finding) in rules::check_host(host) {
        let section = tables.connectors.get(at).map_or(&tables.server, |c| &c.table);
        let at = section.place(finding.parameter);
        flaws.push(Flaw::of(finding, at));
    }
    flaws.extend(repeated_guids(host, tables));
    flaws
}

/// A Guid that two tables have: one was copied from the other.
fn repeated_guids(host: &Host, tables: &HostTables<'_>) -> Vec<Flaw> {
    let mut seen = HashSet::new();
    let both = host.connectors.iter().zip(&tables.connectors);
    let repeated = both.filter(|(connector, _)| connector.guid.is_some_and(|guid| !seen.insert(guid)));
    let flaw = |(connector, tables): (&ReceiveConnector, &ConnectorTables<'_>)| {
        let guid = rows::GUID.name();
        let message = format!(
            "two {}s have this {guid}, and `{}` is the later",
            ReceiveConnector::NAME,
            connector.name
        );
        Flaw::new(
            tables.table.place(guid),
            message,
            format!("delete the line: the next change gives it a {guid} of its own"),
        )
    };
    repeated.map(flaw).collect()
}
