//! Where clients arrive: each binding of a server, and the addresses that a wildcard stands for (AC1).

use std::collections::{BTreeMap, BTreeSet};
use std::net::{IpAddr, SocketAddr};

use crate::session::Service;

/// A local address and port.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Endpoint {
    /// The binding, or one of the addresses that a wildcard stands for where those come out differently.
    pub name: SocketAddr,
    /// An address and port at which a session arrives there.
    pub local: SocketAddr,
}

/// The endpoints of one server in one state or in several, which share them.
///
/// A wildcard stands for the server's addresses to which nothing at that port is bound in any of the states, and where
/// the store knows none, for itself.
pub(super) fn endpoints(states: &[&Service<'_>]) -> Vec<Endpoint> {
    let bound: BTreeSet<SocketAddr> = states.iter().flat_map(|state| state.selection().endpoints()).collect();
    let known: BTreeSet<IpAddr> =
        states.iter().flat_map(|state| state.addresses()).map(|address| address.to_canonical()).collect();
    bound.iter().flat_map(|name| stands_for(*name, &bound, &known, states)).collect()
}

fn stands_for(
    name: SocketAddr,
    bound: &BTreeSet<SocketAddr>,
    known: &BTreeSet<IpAddr>,
    states: &[&Service<'_>],
) -> Vec<Endpoint> {
    let itself = Endpoint { name, local: name };
    if !name.ip().is_unspecified() {
        return vec![itself];
    }
    let own = known.iter().filter(|address| address.is_ipv4() == name.is_ipv4());
    let locals =
        own.map(|address| SocketAddr::new(*address, name.port())).filter(|local| !bound.contains(local));
    // Sessions of a front end go on by the local address (P10); but for that the wildcard is one endpoint.
    let mut apart: BTreeMap<Vec<Option<usize>>, Vec<SocketAddr>> = BTreeMap::new();
    for local in locals {
        let onward = states.iter().map(|state| state.backend_of(local)).collect();
        apart.entry(onward).or_default().push(local);
    }
    match apart.len() {
        0 => vec![itself],
        1 => apart.into_values().filter_map(|all| Some(Endpoint { name, local: *all.first()? })).collect(),
        _ => apart.into_values().flatten().map(|local| Endpoint { name: local, local }).collect(),
    }
}
