//! Which connector answers (S2 to S4), laid out once for many questions: for each local endpoint, disjoint
//! intervals of remote addresses, each owned by the one connector that answers there.
//!
//! It sees bindings and ranges and no other property. Why the others do not answer is [`super::candidates`]'s.

use std::collections::{BTreeMap, BTreeSet};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use crate::connector::ReceiveConnector;
use crate::net::{Binding, Point, RemoteRange};

/// What selection sees of a connector.
#[derive(Clone, Copy, Debug)]
pub struct Listener<'a> {
    /// Disabled connectors do not answer.
    pub enabled: bool,
    /// Where it listens.
    pub bindings: &'a [Binding],
    /// Whom it answers.
    pub ranges: &'a [RemoteRange],
}

impl<'a> From<&'a ReceiveConnector> for Listener<'a> {
    fn from(connector: &'a ReceiveConnector) -> Self {
        let ReceiveConnector { enabled, bindings, remote_ip_ranges: ranges, .. } = connector;
        Listener { enabled: *enabled, bindings, ranges }
    }
}

/// Who answers at a local endpoint.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Answer {
    /// The connector at that place in the list.
    Connector(usize),
    /// Something listens, and no range holds the remote address (S5).
    NoRange,
    /// Nothing listens there (S5).
    NotBound,
}

/// A local endpoint, IPv4-mapped addresses as IPv4 (S6): port, then address.
type LocalEndpoint = (u16, IpAddr);

/// The table of one server.
#[derive(Clone, Debug)]
pub struct Selection {
    endpoints: BTreeMap<LocalEndpoint, Spans>,
}

/// From each point on, who answers, up to the next point.
type Spans = Vec<(Point, Option<usize>)>;

/// How specific a claim is, the most specific first: addresses in its range less one (S3), bound through the
/// wildcard (S4), the connector's place. The last number keeps equal claims of one connector apart.
type Rank = (u128, bool, usize, usize);

impl Selection {
    /// The table of a server's connectors, which are called by their places in the list.
    #[must_use]
    pub fn new(listeners: &[Listener<'_>]) -> Self {
        let mut bound: BTreeMap<LocalEndpoint, Vec<usize>> = BTreeMap::new();
        for (at, listener) in listeners.iter().enumerate().filter(|(_, listener)| listener.enabled) {
            for binding in listener.bindings {
                let places = bound.entry(endpoint(binding.endpoint())).or_default();
                if places.last() != Some(&at) {
                    places.push(at);
                }
            }
        }
        let spans = |endpoint: &LocalEndpoint| {
            let exact = claims(listeners, bound.get(endpoint), false);
            let wildcard = Some(wildcard(*endpoint)).filter(|wildcard| wildcard != endpoint);
            let through = claims(listeners, wildcard.and_then(|endpoint| bound.get(&endpoint)), true);
            painted(exact.chain(through))
        };
        Selection { endpoints: bound.keys().map(|endpoint| (*endpoint, spans(endpoint))).collect() }
    }

    /// Every local endpoint at which an enabled connector listens, in order; a wildcard is the unspecified address.
    pub fn endpoints(&self) -> impl Iterator<Item = SocketAddr> + '_ {
        self.endpoints.keys().map(|(port, address)| SocketAddr::new(*address, *port))
    }

    /// Who answers at `local`: disjoint ranges of remote addresses of its family, in order, each with the connector's
    /// place. Remote addresses between them are answered by none (S5).
    #[must_use]
    pub(crate) fn regions(&self, local: SocketAddr) -> Vec<(RemoteRange, usize)> {
        let ipv6 = local.ip().to_canonical().is_ipv6();
        let spans = self.spans(local).map(Vec::as_slice).unwrap_or_default();
        let ends = spans.iter().skip(1).map(|(next, _)| Some(*next)).chain([None]);
        let region = |((first, owner), next): (&(Point, Option<usize>), Option<Point>)| {
            // Only the very last IPv6 address ends no span.
            let last = next.map_or((true, u128::MAX), |(family, point)| (family, point.saturating_sub(1)));
            owner.filter(|_| first.0 == ipv6).and_then(|owner| Some((RemoteRange::of(*first, last)?, owner)))
        };
        spans.iter().zip(ends).filter_map(region).collect()
    }

    fn spans(&self, local: SocketAddr) -> Option<&Spans> {
        let endpoint = endpoint(local);
        self.endpoints.get(&endpoint).or_else(|| self.endpoints.get(&wildcard(endpoint)))
    }

    /// Who answers a session from `remote` at `local`.
    #[must_use]
    pub fn answer(&self, local: SocketAddr, remote: IpAddr) -> Answer {
        let Some(spans) = self.spans(local) else { return Answer::NotBound };
        let point = point(remote);
        let after = spans.partition_point(|(first, _)| *first <= point);
        let owner = after.checked_sub(1).and_then(|at| spans.get(at)).and_then(|(_, owner)| *owner);
        owner.map_or(Answer::NoRange, Answer::Connector)
    }
}

fn endpoint(local: SocketAddr) -> LocalEndpoint {
    (local.port(), local.ip().to_canonical())
}

/// The wildcard of the same family and port.
fn wildcard((port, address): LocalEndpoint) -> LocalEndpoint {
    let every = match address {
        IpAddr::V4(_) => Ipv4Addr::UNSPECIFIED.into(),
        IpAddr::V6(_) => Ipv6Addr::UNSPECIFIED.into(),
    };
    (port, every)
}

/// The address as ranges count it; an IPv4-mapped one is IPv4 (S6).
fn point(address: IpAddr) -> Point {
    match address.to_canonical() {
        IpAddr::V4(address) => (false, u128::from(address.to_bits())),
        IpAddr::V6(address) => (true, address.to_bits()),
    }
}

/// The ranges of the connectors at `places`, each with its rank but for the last number.
fn claims<'a>(
    listeners: &'a [Listener<'a>],
    places: Option<&'a Vec<usize>>,
    through_wildcard: bool,
) -> impl Iterator<Item = (&'a RemoteRange, u128, bool, usize)> {
    let listener = |at: &usize| listeners.get(*at).map(|listener| (*at, listener));
    let owned = places.into_iter().flatten().filter_map(listener);
    owned.flat_map(move |(at, listener)| {
        listener.ranges.iter().map(move |range| (range, range.size(), through_wildcard, at))
    })
}

/// Disjoint intervals, each with the owner of the most specific range over it: a sweep from the lowest address
/// to the highest, with the ranges under the sweep in order.
fn painted<'a>(claims: impl Iterator<Item = (&'a RemoteRange, u128, bool, usize)>) -> Spans {
    let mut events: Vec<(Point, bool, Rank)> = Vec::new();
    for (serial, (range, size, wildcard, owner)) in claims.enumerate() {
        let (rank, points) = ((size, wildcard, owner, serial), range.points());
        events.push((points.first(), true, rank));
        let (family, last) = points.last();
        // The very last IPv6 address has no next one, and needs no end.
        events.extend(last.checked_add(1).map(|next| ((family, next), false, rank)));
    }
    events.sort_unstable();
    let (mut spans, mut under): (Spans, BTreeSet<Rank>) = (Vec::new(), BTreeSet::new());
    for group in events.chunk_by(|one, two| one.0 == two.0) {
        for (_, begins, rank) in group {
            if *begins {
                under.insert(*rank)
            } else {
                under.remove(rank)
            };
        }
        let owner = under.first().map(|rank| rank.2);
        let before = spans.last().and_then(|(_, owner)| *owner);
        if let Some((point, ..)) = group.first().filter(|_| owner != before) {
            spans.push((*point, owner));
        }
    }
    spans
}
