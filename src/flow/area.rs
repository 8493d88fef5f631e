//! Areas: connections as boxes of sources, destinations and ports, what two of them share, and what is left of one.
//!
//! What is needed and what a firewall lets pass are both sets of areas; they are compared here and nowhere else.

use crate::datapath::path::Transport;
use crate::flow::firewall::PortRange;
use crate::net::RemoteRange;

/// Every port.
pub(crate) const EVERY_PORT: PortRange = (0, u16::MAX);

/// Connections from each of these sources to each of these destinations at each of these ports. Both ranges are of one
/// family of addresses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Area {
    /// Who connects.
    pub source: RemoteRange,
    /// To whom.
    pub destination: RemoteRange,
    /// What carries it.
    pub transport: Transport,
    /// At which ports.
    pub ports: PortRange,
}

impl Area {
    /// The areas of all combinations of one family.
    #[must_use]
    pub fn of(
        sources: &[RemoteRange],
        destinations: &[RemoteRange],
        transport: Transport,
        ports: &[PortRange],
    ) -> Vec<Area> {
        let mut found = Vec::new();
        for source in sources {
            let of_family =
                destinations.iter().filter(|one| one.first().is_ipv6() == source.first().is_ipv6());
            for destination in of_family {
                found.extend(ports.iter().map(|ports| Area {
                    source: source.clone(),
                    destination: destination.clone(),
                    transport,
                    ports: *ports,
                }));
            }
        }
        found
    }

    /// The connections that are in both.
    #[must_use]
    pub fn common(&self, other: &Area) -> Option<Area> {
        let ports = (self.ports.0.max(other.ports.0), self.ports.1.min(other.ports.1));
        if self.transport != other.transport || ports.0 > ports.1 {
            return None;
        }
        Some(Area {
            source: self.source.common(&other.source)?,
            destination: self.destination.common(&other.destination)?,
            transport: self.transport,
            ports,
        })
    }

    /// What is left of it without the connections of `other`, in parts that are apart from each other.
    fn without(self, other: &Area) -> Vec<Area> {
        let Some(common) = self.common(other) else { return vec![self] };
        let (source, destination) = (&common.source, &common.destination);
        let sources = [self.source.below(source.first()), self.source.above(source.last())];
        let destinations =
            [self.destination.below(destination.first()), self.destination.above(destination.last())];
        let below = common.ports.0.checked_sub(1).map(|last| (self.ports.0, last));
        let above = common.ports.1.checked_add(1).map(|first| (first, self.ports.1));
        let ports = [below, above].into_iter().flatten().filter(|(first, last)| first <= last);
        let mut left: Vec<Area> =
            sources.into_iter().flatten().map(|source| Area { source, ..self.clone() }).collect();
        left.extend(destinations.into_iter().flatten().map(|destination| Area {
            source: source.clone(),
            destination,
            ..self.clone()
        }));
        left.extend(ports.map(|ports| Area { ports, ..common.clone() }));
        left
    }
}

/// What is common to both.
#[must_use]
pub fn shared(some: &[Area], others: &[Area]) -> Vec<Area> {
    some.iter().flat_map(|one| others.iter().filter_map(|other| one.common(other))).collect()
}

/// What is left of `areas` without `taken`.
#[must_use]
pub fn left(areas: Vec<Area>, taken: &[Area]) -> Vec<Area> {
    taken.iter().fold(areas, |rest, one| rest.into_iter().flat_map(|area| area.without(one)).collect())
}

/// Areas put together for print: the same ports between the same addresses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// Who connects.
    pub sources: Vec<RemoteRange>,
    /// To whom.
    pub destinations: Vec<RemoteRange>,
    /// At which ports of which transport.
    pub ports: Vec<(Transport, PortRange)>,
}

/// The fewest groups that are easily found: each holds exactly its areas.
#[must_use]
pub fn grouped(areas: &[Area]) -> Vec<Group> {
    let mut groups: Vec<Group> = areas
        .iter()
        .map(|area| Group {
            sources: vec![area.source.clone()],
            destinations: vec![area.destination.clone()],
            ports: vec![(area.transport, area.ports)],
        })
        .collect();
    put_together(&mut groups, |one, other| {
        let alike = one.sources == other.sources && one.destinations == other.destinations;
        alike.then(|| add(&mut one.ports, &other.ports)).is_some()
    });
    put_together(&mut groups, |one, other| {
        let alike = one.sources == other.sources && one.ports == other.ports;
        alike.then(|| add(&mut one.destinations, &other.destinations)).is_some()
    });
    put_together(&mut groups, |one, other| {
        let alike = one.destinations == other.destinations && one.ports == other.ports;
        alike.then(|| add(&mut one.sources, &other.sources)).is_some()
    });
    groups
}

/// Joins each group to the first that takes it.
fn put_together(groups: &mut Vec<Group>, mut join: impl FnMut(&mut Group, &Group) -> bool) {
    let mut kept: Vec<Group> = Vec::new();
    for group in std::mem::take(groups) {
        if !kept.iter_mut().any(|one| join(one, &group)) {
            kept.push(group);
        }
    }
    *groups = kept;
}

fn add<T: Clone + PartialEq>(list: &mut Vec<T>, others: &[T]) {
    for other in others {
        if !list.contains(other) {
            list.push(other.clone());
        }
    }
}
