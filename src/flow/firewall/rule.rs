//! Rules: flows that are alike, put together where that opens nothing more.

use std::collections::BTreeSet;

use crate::datapath::Note;
use crate::datapath::path::Transport;
use crate::flow::{Flow, barred_by_firewall};
use crate::net::RemoteRange;
use crate::param::Version;

/// Ports from the first to the last.
pub type PortRange = (u16, u16);

/// The port at which RPC hands out its dynamic ports.
const ENDPOINT_MAPPER: u16 = 135;
/// What Windows hands out where nothing is narrowed: 1025 to 5000 up to Windows Server 2003, 49152 to 65535 since.
const DYNAMIC: PortRange = (1024, 65_535);

/// Where a rule leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Service {
    /// Every port and protocol.
    Any,
    /// Ports of one transport.
    Ports {
        /// What carries them.
        transport: Transport,
        /// The ports that are listed, in order, apart from each other.
        listed: Vec<PortRange>,
        /// The dynamic ones.
        dynamic: Vec<PortRange>,
        /// Whether the dynamic ones are RPC's.
        rpc: bool,
    },
}

impl Service {
    /// All of its ports, in order, apart from each other; empty for every port.
    #[must_use]
    pub fn ports(&self) -> Vec<PortRange> {
        match self {
            Service::Any => Vec::new(),
            Service::Ports { listed, dynamic, .. } => apart(listed.iter().chain(dynamic).copied().collect()),
        }
    }

    /// What carries it: `tcp`, `udp`; nothing for every protocol.
    #[must_use]
    pub fn transport(&self) -> Option<Transport> {
        if let Service::Ports { transport, .. } = self { Some(*transport) } else { None }
    }
}

/// An end of a rule: a name and its addresses.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct End {
    /// The name.
    pub name: String,
    /// Its addresses.
    pub addresses: Vec<RemoteRange>,
    /// Whether it is a server of the organization.
    pub is_server: bool,
}

/// Every source may connect to every destination at the service.
#[derive(Clone, Debug)]
pub struct Rule {
    /// The data paths that it is for.
    pub paths: Vec<&'static str>,
    /// The version whose tables have them.
    pub version: Version,
    /// Who connects.
    pub sources: Vec<End>,
    /// To whom.
    pub destinations: Vec<End>,
    /// At what.
    pub service: Service,
    /// Why a firewall there is not supported.
    pub unsupported: Option<&'static Note>,
}

impl Rule {
    /// Whether addresses of a family, IPv6 or IPv4, are at both ends.
    #[must_use]
    pub(crate) fn is_of_family(&self, ipv6: bool) -> bool {
        let has = |end: &End| end.addresses.iter().any(|range| range.first().is_ipv6() == ipv6);
        self.sources.iter().any(has) && self.destinations.iter().any(has)
    }
}

/// Flows without a rule.
#[derive(Clone, Debug, Default)]
pub struct LeftOut {
    /// The ends whose addresses are not known.
    pub unknown: BTreeSet<String>,
    /// The data paths of which no port is published.
    pub without_ports: BTreeSet<&'static str>,
}

/// The rules for flows.
#[derive(Clone, Debug, Default)]
pub struct Rules {
    /// The rules, in the order of the flows.
    pub rules: Vec<Rule>,
    /// What has none.
    pub left_out: LeftOut,
    /// Whether the dynamic ports were narrowed.
    pub narrowed: bool,
}

impl Rules {
    /// The rules for `flows`. `narrowed` are the ports that RPC is held to; empty where it is not.
    #[must_use]
    pub fn of(flows: &[Flow], narrowed: &[PortRange]) -> Self {
        let mut made = Rules { narrowed: !narrowed.is_empty(), ..Rules::default() };
        let dynamic = if narrowed.is_empty() { vec![DYNAMIC] } else { apart(narrowed.to_vec()) };
        for flow in flows.iter().filter(|flow| !flow.is_local()) {
            made.add(flow, &dynamic);
        }
        made.put_together();
        made
    }

    fn add(&mut self, flow: &Flow, dynamic: &[PortRange]) {
        let source = end(flow.source.name(), &flow.source_addresses, flow.source.host().is_some());
        let target =
            end(flow.destination.name(), &flow.destination_addresses, flow.destination.host().is_some());
        let silent = [&source, &target].into_iter().filter(|end| end.addresses.is_empty());
        let silent: Vec<String> = silent.map(|end| end.name.clone()).collect();
        if !silent.is_empty() {
            self.left_out.unknown.extend(silent);
            return;
        }
        let services = services(flow, dynamic);
        if services.is_empty() {
            self.left_out.without_ports.insert(flow.path.id);
        }
        for service in services {
            self.rules.push(Rule {
                paths: vec![flow.path.id],
                version: flow.version,
                sources: vec![source.clone()],
                destinations: vec![target.clone()],
                service,
                unsupported: barred_by_firewall(flow).next(),
            });
        }
    }

    /// Puts rules together: of one data path first the sources, then the destinations, then data paths that open the
    /// same. Each step opens exactly what its rules opened.
    fn put_together(&mut self) {
        type Alike = fn(&Rule, &Rule) -> bool;
        type Join = fn(&mut Rule, Rule);
        let steps: [(Alike, Join); 3] = [
            (
                |one, other| of_one_path(one, other) && one.destinations == other.destinations,
                |rule, other| join(&mut rule.sources, other.sources),
            ),
            (
                |one, other| of_one_path(one, other) && one.sources == other.sources,
                |rule, other| join(&mut rule.destinations, other.destinations),
            ),
            (
                |one, other| {
                    one.sources == other.sources
                        && one.destinations == other.destinations
                        && one.service == other.service
                },
                |rule, other| {
                    let new = other.paths.into_iter().filter(|path| !rule.paths.contains(path));
                    rule.paths = rule.paths.iter().copied().chain(new.collect::<Vec<_>>()).collect();
                    rule.unsupported = rule.unsupported.or(other.unsupported);
                },
            ),
        ];
        for (alike, put) in steps {
            let mut kept: Vec<Rule> = Vec::new();
            for rule in std::mem::take(&mut self.rules) {
                match kept.iter_mut().find(|other| alike(other, &rule)) {
                    Some(other) => put(other, rule),
                    None => kept.push(rule),
                }
            }
            self.rules = kept;
        }
    }
}

fn end(name: &str, addresses: &[RemoteRange], is_server: bool) -> End {
    End { name: name.to_owned(), addresses: addresses.to_vec(), is_server }
}

fn of_one_path(one: &Rule, other: &Rule) -> bool {
    let noted = |rule: &Rule| rule.unsupported.map(|note| note.id);
    one.paths == other.paths
        && one.version == other.version
        && one.service == other.service
        && noted(one) == noted(other)
}

fn join(ends: &mut Vec<End>, others: Vec<End>) {
    ends.extend(others);
    ends.sort();
    ends.dedup();
}

/// What a flow needs open, by transport.
fn services(flow: &Flow, dynamic: &[PortRange]) -> Vec<Service> {
    if flow.path.any_port {
        return vec![Service::Any];
    }
    let of = |transport| {
        let own = flow.ports.iter().filter(move |port| port.transport == transport);
        own.map(|port| (port.first, port.last)).collect::<Vec<PortRange>>()
    };
    let ranges = flow.ports.iter().any(|port| port.first < port.last);
    let random = flow.dynamic && !ranges;
    let (tcp, udp) = (apart(of(Transport::Tcp)), apart(of(Transport::Udp)));
    let rpc = tcp.iter().any(|(first, last)| (*first..=*last).contains(&ENDPOINT_MAPPER));
    let mut found = Vec::new();
    if !tcp.is_empty() || random {
        let dynamic = if random { dynamic.to_vec() } else { Vec::new() };
        found.push(Service::Ports { transport: Transport::Tcp, listed: tcp, dynamic, rpc: random && rpc });
    }
    if !udp.is_empty() {
        found.push(Service::Ports {
            transport: Transport::Udp,
            listed: udp,
            dynamic: Vec::new(),
            rpc: false,
        });
    }
    found
}

/// Ranges of ports in order, where they touch as one.
fn apart(mut ranges: Vec<PortRange>) -> Vec<PortRange> {
    ranges.sort_unstable();
    ranges.dedup_by(|next, kept| {
        let touches = u32::from(next.0) <= u32::from(kept.1) + 1;
        if touches {
            kept.1 = kept.1.max(next.1);
        }
        touches
    });
    ranges
}
