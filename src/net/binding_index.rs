//! The bindings of one connector, sorted, so that meeting another's bindings costs a search and not a product (U2).
//!
//! It says where two connectors meet and refuses to know whether they may.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use super::binding::{Binding, Meeting};

/// Where two lists of bindings meet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BindingOverlap {
    /// Which of the own bindings, counted from 0.
    pub mine: usize,
    /// Which of the other's bindings, counted from 0.
    pub theirs: usize,
    /// How these two meet.
    pub meeting: Meeting,
}

/// The sorted bindings: by port, then family, the wildcard of a family before its other addresses.
#[derive(Debug, Clone)]
pub struct BindingIndex {
    sorted: Vec<((u16, IpAddr), usize)>,
}

impl BindingIndex {
    /// These bindings, to be asked by their places in the list.
    pub fn new(bindings: &[Binding]) -> Self {
        let mut sorted: Vec<_> = bindings.iter().enumerate().map(|(at, b)| (key(b.endpoint()), at)).collect();
        sorted.sort_unstable();
        Self { sorted }
    }

    /// Where the other's bindings meet these: an address that both have before a meeting through the wildcard.
    pub fn overlap(&self, others: &[Binding]) -> Option<BindingOverlap> {
        let mut through_wildcard = None;
        for (theirs, binding) in others.iter().enumerate() {
            match self.overlap_one(binding.endpoint()) {
                Some((mine, Meeting::Same)) => {
                    return Some(BindingOverlap { mine, theirs, meeting: Meeting::Same });
                }
                Some((mine, meeting)) => {
                    through_wildcard = through_wildcard.or(Some(BindingOverlap { mine, theirs, meeting }));
                }
                None => {}
            }
        }
        through_wildcard
    }

    fn overlap_one(&self, endpoint: SocketAddr) -> Option<(usize, Meeting)> {
        let start = self.sorted.partition_point(|(key, _)| *key < family(endpoint));
        let block = &self.sorted[start..];
        let same = block.partition_point(|(own, _)| *own < key(endpoint));
        if let Some((_, mine)) = block.get(same).filter(|(own, _)| *own == key(endpoint)) {
            return Some((*mine, Meeting::Same));
        }
        let ((port, address), mine) = block.first()?;
        let near = *port == endpoint.port() && address.is_ipv4() == endpoint.is_ipv4();
        let wild = address.is_unspecified() || endpoint.ip().is_unspecified();
        (near && wild).then_some((*mine, Meeting::Wildcard))
    }
}

fn key(endpoint: SocketAddr) -> (u16, IpAddr) {
    (endpoint.port(), endpoint.ip())
}

/// The least key of an endpoint's port and family: the wildcard's.
fn family(endpoint: SocketAddr) -> (u16, IpAddr) {
    let wildcard: IpAddr = match endpoint {
        SocketAddr::V4(_) => Ipv4Addr::UNSPECIFIED.into(),
        SocketAddr::V6(_) => Ipv6Addr::UNSPECIFIED.into(),
    };
    (endpoint.port(), wildcard)
}
