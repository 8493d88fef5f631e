//! One address for many: the client of a session to try.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use super::endpoint::Endpoint;
use crate::net::RemoteRange;
use crate::session::Client;

/// Addresses that everybody knows to be public, for ranges that begin with the unspecified address, which no client has.
const PUBLIC: [IpAddr; 2] = [
    IpAddr::V4(Ipv4Addr::new(8, 8, 8, 8)),
    IpAddr::V6(Ipv6Addr::new(0x2001, 0x4860, 0x4860, 0, 0, 0, 0, 0x8888)),
];

/// An address of these ranges: the first, or one that a client can have.
#[must_use]
pub(super) fn sample(ranges: &[RemoteRange]) -> Option<IpAddr> {
    let first = ranges.first()?;
    let known = || PUBLIC.into_iter().find(|address| first.contains(*address));
    Some(first.first()).filter(|address| !address.is_unspecified()).or_else(known).or(Some(first.last()))
}

/// The session from an address of these ranges, at the first of these endpoints that is of its family (S1).
#[must_use]
pub fn session_from(session: &Client, ranges: &[RemoteRange], endpoints: &[Endpoint]) -> Option<Client> {
    let at = |endpoint: &Endpoint| {
        let meets = |range: &&RemoteRange| range.first().is_ipv4() == endpoint.local.is_ipv4();
        let own: Vec<RemoteRange> = ranges.iter().filter(meets).cloned().collect();
        Some(Client { remote: sample(&own)?, local: endpoint.local, ..session.clone() })
    };
    endpoints.iter().find_map(at)
}
