//! What crosses the firewall between two zones (D9).

use super::{Flow, Node};
use crate::datapath::{Condition, Note, Severity};
use crate::net::{RangeSubtraction, RemoteRange};
use crate::organization::NetworkZone;
use crate::organization::network_endpoint::EndpointKind;
use crate::organization::network_zone::{OUTSIDE, ZoneKind};
use crate::param::same_name;

/// The two sides of a firewall.
pub struct Crossing {
    sides: [Side; 2],
    outside: Side,
}

enum Side {
    Within(Vec<RemoteRange>),
    Outside(RangeSubtraction),
}

impl Side {
    fn named(name: &str, zones: &[NetworkZone]) -> Option<Side> {
        if same_name(name, OUTSIDE) {
            return Some(Side::outside(zones));
        }
        let zone = zones.iter().find(|zone| same_name(&zone.name, name))?;
        Some(Side::Within(zone.subnets.clone()))
    }

    fn outside(zones: &[NetworkZone]) -> Side {
        let all: Vec<RemoteRange> = zones.iter().flat_map(|zone| zone.subnets.clone()).collect();
        Side::Outside(RangeSubtraction::new(&all))
    }

    /// The addresses of `ranges` on this side.
    fn of(&self, ranges: &[RemoteRange]) -> Vec<RemoteRange> {
        let common = |range: &RemoteRange| match self {
            Side::Within(subnets) => subnets.iter().filter_map(|one| one.common(range)).collect(),
            Side::Outside(rest) => rest.left(range),
        };
        ranges.iter().flat_map(common).collect()
    }
}

impl Crossing {
    /// The firewall between two zones.
    ///
    /// # Errors
    /// The name that no zone has.
    pub fn new<'n>(names: [&'n str; 2], zones: &[NetworkZone]) -> Result<Self, &'n str> {
        let [one, other] = names;
        let side = |name: &'n str| Side::named(name, zones).ok_or(name);
        Ok(Crossing { sides: [side(one)?, side(other)?], outside: Side::outside(zones) })
    }

    /// What of a flow crosses the firewall: with the addresses of each side alone, in each direction that it has.
    #[must_use]
    pub fn through(&self, flow: &Flow) -> Vec<Flow> {
        // Who is external has no address of a zone, though 0.0.0.0/0 names them all.
        let own = |node: &Node, ranges: &[RemoteRange]| match node.is_kind(EndpointKind::External) {
            true => self.outside.of(ranges),
            false => ranges.to_vec(),
        };
        let sources = own(&flow.source, &flow.source_addresses);
        let destinations = own(&flow.destination, &flow.destination_addresses);
        let with = |(source_addresses, destination_addresses)| Flow {
            source_addresses,
            destination_addresses,
            ..flow.clone()
        };
        self.ways(&sources, &destinations).into_iter().map(with).collect()
    }

    /// The addresses of `sources` on one side with those of `destinations` on the other, for each direction that there
    /// is.
    #[must_use]
    pub fn ways(
        &self,
        sources: &[RemoteRange],
        destinations: &[RemoteRange],
    ) -> Vec<(Vec<RemoteRange>, Vec<RemoteRange>)> {
        let [one, other] = &self.sides;
        let way = |from: &Side, to: &Side| (from.of(sources), to.of(destinations));
        let crosses = |(from, to): &(Vec<RemoteRange>, Vec<RemoteRange>)| !from.is_empty() && !to.is_empty();
        [way(one, other), way(other, one)].into_iter().filter(crosses).collect()
    }
}

/// The addresses of a node: those of one that is external without those of the zones.
#[must_use]
pub fn outside_zones(node: &Node, ranges: &[RemoteRange], zones: &[NetworkZone]) -> Vec<RemoteRange> {
    if node.is_kind(EndpointKind::External) { Side::outside(zones).of(ranges) } else { ranges.to_vec() }
}

/// The notes by which a firewall on the way of a flow is not supported.
pub fn barred_by_firewall(flow: &Flow) -> impl Iterator<Item = &'static Note> {
    flow.notes().filter(|note| {
        note.severity == Severity::Unsupported
            && matches!(note.when, Some(Condition::Firewall | Condition::FirewallInSite))
    })
}

/// The notes by which a server of a flow must not stand in a perimeter network, with the name of the server that does.
pub fn barred_in_perimeter<'f>(flow: &'f Flow, zones: &[NetworkZone]) -> Vec<(&'static Note, &'f str)> {
    let perimeter: Vec<&RemoteRange> =
        zones.iter().filter(|zone| zone.kind == ZoneKind::Perimeter).flat_map(|zone| &zone.subnets).collect();
    let stands = |addresses: &[RemoteRange]| {
        addresses.iter().any(|own| perimeter.iter().any(|subnet| subnet.common(own).is_some()))
    };
    let ends = [(&flow.source, flow.path.source), (&flow.destination, flow.path.destination)];
    let of_perimeter =
        |note: &Note| note.severity == Severity::Unsupported && note.when == Some(Condition::Perimeter);
    // The notes are about Client Access servers alone.
    let meant =
        ends.into_iter().filter(|(node, role)| role.name == "client-access" && stands(&node.addresses()));
    meant
        .flat_map(|(node, _)| {
            flow.notes().filter(move |note| of_perimeter(note)).map(move |note| (note, node.name()))
        })
        .collect()
}
