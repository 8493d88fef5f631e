//! What one machine can try of data paths: connections over TCP to the ports at their destinations.

use std::collections::BTreeMap;
use std::net::IpAddr;

use super::{Flow, Node};
use crate::datapath::path::{Port, Transport};
use crate::net::RemoteRange;

/// More ports than this of one row are not tried one by one.
const MOST_PORTS: u16 = 16;

/// Where a destination is.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Target {
    /// At an address.
    Address(IpAddr),
    /// At the address of this name, where the store knows none.
    Name(String),
    /// In one of these networks, or nowhere that is known.
    Unknown(String),
}

/// A port of a destination, with the data paths that need it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attempt {
    /// The destination.
    pub destination: String,
    /// Where it is.
    pub target: Target,
    /// The port in short: `25/TCP`, `dynamic`.
    pub port: String,
    /// The TCP port to connect to, or why none is.
    pub tried: Result<u16, &'static str>,
    /// Who needs it.
    pub sources: Vec<String>,
    /// For which data paths.
    pub paths: Vec<&'static str>,
}

/// The attempts of these flows, each port of a destination once; `asked` leaves out all other ports. What stays on one
/// server is none.
#[must_use]
pub fn attempts(flows: &[Flow], asked: Option<u16>) -> Vec<Attempt> {
    let mut found: Vec<Attempt> = Vec::new();
    let mut places: BTreeMap<(Target, String), usize> = BTreeMap::new();
    for flow in flows.iter().filter(|flow| !flow.is_local()) {
        let ports = ports(flow, asked);
        for target in targets(flow) {
            for (port, tried) in &ports {
                let at = *places.entry((target.clone(), port.clone())).or_insert_with(|| {
                    found.push(Attempt {
                        destination: flow.destination.name().to_owned(),
                        target: target.clone(),
                        port: port.clone(),
                        tried: within_reach(&target).and(*tried),
                        sources: Vec::new(),
                        paths: Vec::new(),
                    });
                    found.len() - 1
                });
                let attempt = &mut found[at];
                if !attempt.sources.iter().any(|name| name == flow.source.name()) {
                    attempt.sources.push(flow.source.name().to_owned());
                }
                if !attempt.paths.contains(&flow.path.id) {
                    attempt.paths.push(flow.path.id);
                }
            }
        }
    }
    found
}

fn targets(flow: &Flow) -> Vec<Target> {
    let target = |range: &RemoteRange| match range.first() == range.last() {
        true => Target::Address(range.first()),
        false => Target::Unknown(range.as_str().to_owned()),
    };
    match (flow.destination_addresses.as_slice(), &flow.destination) {
        ([], Node::Server(host)) => vec![Target::Name(host.server.fqdn.clone())],
        ([], other) => vec![Target::Unknown(other.name().to_owned())],
        (ranges, _) => ranges.iter().map(target).collect(),
    }
}

fn within_reach(target: &Target) -> Result<(), &'static str> {
    match target {
        Target::Address(_) | Target::Name(_) => Ok(()),
        Target::Unknown(_) => Err("it is not a single address"),
    }
}

/// The ports of a flow, each with what is tried of it; of a flow with any port the one that is asked for.
fn ports(flow: &Flow, asked: Option<u16>) -> Vec<(String, Result<u16, &'static str>)> {
    let is_asked = |port: &&Port| asked.is_none_or(|asked| (port.first..=port.last).contains(&asked));
    let mut found: Vec<_> =
        flow.ports.iter().filter(is_asked).flat_map(|port| of_port(port, asked)).collect();
    match asked {
        None if flow.dynamic => {
            found.push(("dynamic".to_owned(), Err("port 135 says which port a service has")));
        }
        Some(number) if flow.path.any_port && found.is_empty() => found.push(tcp(number)),
        _ => {}
    }
    if asked.is_none() && flow.path.any_port {
        found.push(("any".to_owned(), Err("it is not a single port")));
    }
    found
}

fn of_port(port: &Port, asked: Option<u16>) -> Vec<(String, Result<u16, &'static str>)> {
    if port.transport == Transport::Udp {
        // Silence of a UDP port means nothing: it is open, or a firewall drops what comes.
        return vec![(port.number(), Err("UDP does not show whether a port is open"))];
    }
    match asked {
        Some(number) => vec![tcp(number)],
        None if port.last - port.first >= MOST_PORTS => vec![(port.number(), Err("it is not a single port"))],
        None => (port.first..=port.last).map(tcp).collect(),
    }
}

fn tcp(number: u16) -> (String, Result<u16, &'static str>) {
    (format!("{number}/TCP"), Ok(number))
}
