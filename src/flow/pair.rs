//! The flows from one end to another.

use super::Node;
use super::bound::{Bound, bound};
use crate::datapath::path::{ON_ONE_SERVER, Port};
use crate::datapath::{Auth, Condition, DataPath, Edition, Note, Part, Ports, Query, Role, instead};
use crate::net::RemoteRange;
use crate::organization::EdgeSubscription;
use crate::organization::network_endpoint::EndpointKind;
use crate::param::{Version, same_name};

/// What is around the ends.
#[derive(Clone, Copy, Debug)]
pub struct Setting<'s> {
    /// The version whose tables are asked; nothing for the newer one's of each two servers.
    pub version: Option<Version>,
    /// Which Edge Transport servers belong to a site.
    pub subscriptions: &'s [EdgeSubscription],
}

/// A data path from one end to another.
#[derive(Clone, Debug)]
pub struct Flow {
    /// The row of the tables.
    pub path: &'static DataPath,
    /// The version whose row it is.
    pub version: Version,
    /// Who connects.
    pub source: Node,
    /// To whom.
    pub destination: Node,
    /// The ports at the destination.
    pub ports: Vec<Port>,
    /// Whether dynamic ports belong to it.
    pub dynamic: bool,
    /// The addresses that connect; empty where they are not known.
    pub source_addresses: Vec<RemoteRange>,
    /// The addresses that are connected to; empty where they are not known.
    pub destination_addresses: Vec<RemoteRange>,
    /// Authentication by default.
    pub auth: Vec<Auth>,
    /// What is otherwise than in the row.
    pub remarks: Vec<String>,
}

impl Flow {
    /// The edition of the tables that has it.
    #[must_use]
    pub fn edition(&self) -> &'static Edition {
        Edition::of(self.version)
    }

    /// Whether it stays on one server.
    #[must_use]
    pub(crate) fn is_local(&self) -> bool {
        self.source.is(&self.destination)
    }

    /// Whether the ends are known to be of two sites.
    #[must_use]
    fn crosses_sites(&self) -> bool {
        let sites = self.source.site().zip(self.destination.site());
        sites.is_some_and(|(one, other)| !same_name(one, other))
    }

    /// The notes on it, without those of which the sites say that they do not count.
    pub fn notes(&self) -> impl Iterator<Item = &'static Note> {
        let elsewhere = self.crosses_sites();
        let counts = move |note: &&Note| !(elsewhere && note.when == Some(Condition::FirewallInSite));
        self.edition().notes_on(self.path).filter(counts)
    }

    /// Its ports in short, as a row's: `25/TCP`, `dynamic`, `any`.
    #[must_use]
    pub(crate) fn port_numbers(&self) -> Vec<String> {
        let mut texts: Vec<String> = self.ports.iter().map(Port::number).collect();
        let of_row = self.path.port_numbers().into_iter();
        texts.extend(of_row.filter(|text| text == "any" || text == "dynamic" && self.dynamic));
        texts
    }

    /// Whether a question is about it. The port is looked for among those that are really bound.
    #[must_use]
    pub fn is_asked(&self, query: &Query) -> bool {
        let has = |port: u16| self.ports.iter().any(|one| (one.first..=one.last).contains(&port));
        let bound = query.port.is_none_or(|port| self.path.any_port || has(port));
        let rest = match query.port {
            Some(port) if !lists(self.path, port) => &Query { port: None, ..query.clone() },
            _ => query,
        };
        let failed = rest.failed(self.path, Ports::Listed);
        bound && failed.iter().all(|part| matches!(part, Part::Source | Part::Destination))
    }
}

fn lists(path: &DataPath, port: u16) -> bool {
    path.ports.iter().any(|one| (one.first..=one.last).contains(&port))
}

/// The flows from `from` to `to`, in the order of the tables.
#[must_use]
pub fn between(from: &Node, to: &Node, setting: &Setting<'_>) -> Vec<Flow> {
    let mut versions = versions(from, to, setting.version).into_iter();
    while let Some(version) = versions.next() {
        let paths = Edition::of(version).paths(version);
        let meant: Vec<&'static DataPath> = paths.filter(|path| leads(path, from, to, setting)).collect();
        if !meant.is_empty() {
            let older = versions.next();
            return meant.into_iter().map(|path| flow(path, (version, older), from, to)).collect();
        }
    }
    Vec::new()
}

/// The flows between a server and the roles that none of `known` plays, in either direction.
#[must_use]
pub fn unplaced(server: &Node, known: &[Node], setting: &Setting<'_>) -> Vec<Flow> {
    let Some(version) = setting.version.or(server.version()) else { return Vec::new() };
    let is_open = |role: &Role| !server.serves_itself(role) && !known.iter().any(|node| node.is_called(role));
    let way = |path: &'static DataPath| {
        let (from, to) = (Node::Role(path.source), Node::Role(path.destination));
        if server.plays(path.source) && is_open(path.destination) {
            return Some(flow(path, (version, None), server, &to));
        }
        let comes = server.plays(path.destination) && is_open(path.source);
        comes.then(|| flow(path, (version, None), &from, server))
    };
    Edition::of(version).paths(version).filter_map(way).collect()
}

/// The versions whose tables are asked one after the other, the newer one first.
fn versions(from: &Node, to: &Node, asked: Option<Version>) -> Vec<Version> {
    let mut all: Vec<Version> = match asked {
        Some(version) => vec![version],
        None => [from, to].into_iter().filter_map(Node::version).collect(),
    };
    all.sort_unstable_by(|one, other| other.cmp(one));
    all.dedup_by_key(|version| Edition::of(*version).name);
    all
}

/// Whether a row leads from one end to the other.
fn leads(path: &DataPath, from: &Node, to: &Node, setting: &Setting<'_>) -> bool {
    if from.is(to) {
        let plays_both = path.source != path.destination && to.plays(path.destination);
        return from.plays(path.source) && (plays_both || to.serves_itself(path.destination));
    }
    // Edge to Edge is a row between two organizations.
    let edges = from.is_edge() && to.is_edge();
    from.plays_for(path.source, to)
        && (to.plays_for(path.destination, from) || is_for_dns(path, to))
        && !edges
        && (from.host().is_some() || to.host().is_some())
        && !(path.of_cluster && from.version() != to.version())
        && of_one_subscription(from, to, setting.subscriptions)
}

/// Whether the row is one to domain controllers of which a DNS server is asked its part.
fn is_for_dns(path: &DataPath, to: &Node) -> bool {
    let of_directory = path.destination.name == "domain-controller";
    of_directory && to.is_kind(EndpointKind::DnsServer) && path.ports.iter().any(is_dns)
}

fn is_dns(port: &Port) -> bool {
    port.protocol == Some("DNS")
}

/// Whether a subscribed Edge Transport server and another server belong together: it talks to servers of its site.
fn of_one_subscription(from: &Node, to: &Node, subscriptions: &[EdgeSubscription]) -> bool {
    let (edge, other) = match (from.is_edge(), to.is_edge()) {
        (true, false) => (from, to),
        (false, true) => (to, from),
        _ => return true,
    };
    let subscription = subscriptions.iter().find(|one| same_name(&one.name, edge.name()));
    let sites = subscription.map(|one| one.site.as_str()).zip(other.site());
    sites.is_none_or(|(subscribed, own)| same_name(subscribed, own))
}

fn flow(
    path: &'static DataPath,
    (version, older): (Version, Option<Version>),
    source: &Node,
    destination: &Node,
) -> Flow {
    let Bound { mut ports, addresses, mut remarks } = match destination.host() {
        Some(host) if !source.is(destination) => bound(path, source, host),
        _ => Bound { ports: path.ports.to_vec(), ..Bound::default() },
    };
    let of_dns = is_for_dns(path, destination);
    if of_dns {
        ports.retain(is_dns);
        remarks.push("the ports of DNS alone".to_owned());
    }
    let alone = source.is(destination) && path.default_auth_note == Some(ON_ONE_SERVER);
    if alone {
        remarks.push("both ends are on one server: Kerberos".to_owned());
    }
    remarks.extend(older.and_then(|older| otherwise(path, older)));
    Flow {
        path,
        version,
        source: source.clone(),
        destination: destination.clone(),
        ports,
        dynamic: path.dynamic_ports && !of_dns,
        source_addresses: source.addresses(),
        destination_addresses: addresses.unwrap_or_else(|| destination.addresses()),
        auth: if alone { vec![Auth::Kerberos] } else { path.default_auth.to_vec() },
        remarks,
    }
}

/// What the row of that name has in the tables of an older version, where that is something else.
fn otherwise(path: &DataPath, older: Version) -> Option<String> {
    let theirs = Edition::of(older).paths(older).find(|other| other.id == path.id)?;
    let differs = |part: &&Part| instead(theirs, **part) != instead(path, **part);
    let parts = [Part::Port, Part::Authentication, Part::Encrypted];
    let found: Vec<String> = parts
        .iter()
        .filter(differs)
        .map(|part| format!("{} {}", <&str>::from(*part), instead(theirs, *part)))
        .collect();
    let found = found.join("; ");
    (!found.is_empty()).then(|| format!("in the tables of Exchange {}: {found}", older.name()))
}
