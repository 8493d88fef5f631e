//! The ports at which mail really arrives: where connectors bind others than the tables have, theirs count.

use std::collections::BTreeSet;

use super::Node;
use crate::connector::{Host, ReceiveConnector};
use crate::datapath::DataPath;
use crate::datapath::path::{Port, tcp};
use crate::net::RemoteRange;
use crate::param::Version;

/// What connectors make of a data path.
#[derive(Debug, Default)]
pub struct Bound {
    /// The ports.
    pub ports: Vec<Port>,
    /// The addresses that are connected to, where the connectors do not listen on all of the server's.
    pub addresses: Option<Vec<RemoteRange>>,
    /// What differs from the table.
    pub remarks: Vec<String>,
}

const MAIL: &str = "SMTP";

/// The ports of `path` from `from` to a server.
#[must_use]
pub fn bound(path: &DataPath, from: &Node, host: &Host) -> Bound {
    let is_mail = |port: &&Port| port.protocol == Some(MAIL);
    let listed: Vec<Port> = path.ports.iter().filter(is_mail).copied().collect();
    // Since 2013 the tables name the connector of a row, or it is one that no cmdlet shows.
    let implicit = host.server.version >= Version::V2013 && path.receive_connector.is_none();
    if listed.is_empty() || implicit {
        return Bound { ports: path.ports.to_vec(), ..Bound::default() };
    }
    let (mail, remarks) = match of_row(path, host) {
        Some(connector) => of_connector(&listed, connector, host),
        None => of_any(&listed, from, host),
    };
    let others = path.ports.iter().filter(|port| port.protocol != Some(MAIL));
    let addresses = (listed.len() == path.ports.len()).then(|| addresses(&mail, host)).flatten();
    Bound { ports: mail.iter().chain(others).copied().collect(), addresses, remarks }
}

/// The connector that the table names, where it is there and answers.
fn of_row<'h>(path: &DataPath, host: &'h Host) -> Option<&'h ReceiveConnector> {
    let name = path.receive_connector?;
    let (prefix, _) = name.split_once('<')?;
    host.connector(&format!("{prefix}{}", host.server.name)).filter(|connector| connector.enabled)
}

fn of_connector(listed: &[Port], connector: &ReceiveConnector, host: &Host) -> (Vec<Port>, Vec<String>) {
    let own = numbers([connector]);
    let table: BTreeSet<u16> = listed.iter().map(|port| port.first).collect();
    if own == table || own.is_empty() {
        return (listed.to_vec(), Vec::new());
    }
    (ports(&own), vec![in_place(host, &[connector], &own, &table)])
}

/// The listed ports that are bound, and in place of the others those of the connectors that are meant for `from`.
fn of_any(listed: &[Port], from: &Node, host: &Host) -> (Vec<Port>, Vec<String>) {
    let enabled = || host.connectors.iter().filter(|connector| connector.enabled);
    let all = numbers(enabled());
    let (kept, unbound): (Vec<Port>, Vec<Port>) = listed.iter().partition(|port| all.contains(&port.first));
    if unbound.is_empty() {
        return (kept, Vec::new());
    }
    let unbound: BTreeSet<u16> = unbound.iter().map(|port| port.first).collect();
    let is_other = |number: &u16| listed.iter().all(|port| port.first != *number);
    let meant: Vec<&ReceiveConnector> = enabled()
        .filter(|connector| from.is_admitted(connector) && numbers([*connector]).iter().all(is_other))
        .collect();
    let others = numbers(meant.iter().copied());
    let server = &host.server.name;
    if !others.is_empty() {
        let mut found = kept;
        found.extend(ports(&others));
        return (found, vec![in_place(host, &meant, &others, &unbound)]);
    }
    let none = format!("no enabled connector of {server} binds {}", written(&unbound));
    match kept.is_empty() {
        true => (listed.to_vec(), vec![format!("{none}: the ports are the table's")]),
        false => (kept, vec![none]),
    }
}

fn numbers<'c>(connectors: impl IntoIterator<Item = &'c ReceiveConnector>) -> BTreeSet<u16> {
    connectors.into_iter().flat_map(|connector| &connector.bindings).map(|binding| binding.port()).collect()
}

fn ports(numbers: &BTreeSet<u16>) -> Vec<Port> {
    numbers.iter().map(|number| tcp(*number).of(MAIL)).collect()
}

fn written(numbers: &BTreeSet<u16>) -> String {
    numbers.iter().map(|number| tcp(*number).number()).collect::<Vec<_>>().join(", ")
}

fn in_place(
    host: &Host,
    connectors: &[&ReceiveConnector],
    own: &BTreeSet<u16>,
    table: &BTreeSet<u16>,
) -> String {
    let names: Vec<String> =
        connectors.iter().map(|connector| format!("`{}\\{}`", host.server.name, connector.name)).collect();
    let verb = if names.len() == 1 { "binds" } else { "bind" };
    format!("{} {verb} {} in place of {}", names.join(", "), written(own), written(table))
}

/// The addresses on which connectors listen at these ports; nothing where that is all of the server's, or is not known.
fn addresses(mail: &[Port], host: &Host) -> Option<Vec<RemoteRange>> {
    let own = &host.server.addresses;
    let listens = |port: u16| mail.iter().any(|one| one.first == port);
    let bindings = host.connectors.iter().filter(|connector| connector.enabled).flat_map(|one| &one.bindings);
    let mut found = BTreeSet::new();
    for binding in bindings.filter(|binding| listens(binding.port())) {
        let endpoint = binding.endpoint();
        match binding.is_wildcard() {
            true if own.is_empty() => return None,
            true => found.extend(own.iter().filter(|one| one.is_ipv4() == endpoint.is_ipv4())),
            false if endpoint.ip().is_loopback() => {}
            false => drop(found.insert(endpoint.ip())),
        }
    }
    let all = own.iter().all(|address| found.contains(address));
    (!found.is_empty() && !all)
        .then(|| found.into_iter().filter_map(|one: std::net::IpAddr| RemoteRange::new(one, one)).collect())
}
