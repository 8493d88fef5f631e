//! Network zones: the networks that firewalls part from each other (D9).
//!
//! Said by the organization; the product has nothing like them.

use strum::VariantNames;

use super::Member;
use super::common::{self, described};
use crate::net::RemoteRange;
use crate::param::{Finding, Group, Kind, Noun, Row, Rule, Verb, closed, param, record, same_name};

closed! {
    /// Whether a zone is inside the organization, or a perimeter network.
    #[derive(Default)]
    ZoneKind: #[default] Internal, Perimeter
}

/// The name of every address that no zone has.
pub(crate) const OUTSIDE: &str = "Outside";

const NEW: &[Verb] = &[Verb::New];
const NEW_SET: &[Verb] = &[Verb::New, Verb::Set];

described! {
    /// A network zone.
    pub struct NetworkZone {
        NAME(name: String) = stored(param("Name", Kind::Name, "What it is called; unique").example("Perimeter").on(NEW_SET).required(NEW).position(1, NEW).group(Group::Identity)).always_written();
        IDENTITY = common::identity("The zone: its name or Guid");
        KIND(kind: ZoneKind) = stored(param("Kind", Kind::Choice(ZoneKind::VARIANTS), "Internal, or Perimeter for a perimeter network").on(NEW_SET)).default("Internal").always_written();
        SUBNETS(subnets: Vec<RemoteRange>) = stored(param("Subnets", Kind::List(&Kind::Range), "Its networks; an address is of one zone").on(NEW_SET).required(NEW).group(Group::Connections).example("10.1.1.0/24")).always_written();
    }
}

impl Noun for NetworkZone {
    const NAME: &'static str = "NetworkZone";
    type Scene = super::Scene;
    const LAST: &'static [&'static Row<Self>] = &[&WHEN_CREATED, &WHEN_CHANGED];

    fn rows() -> &'static [&'static Row<Self>] {
        ROWS
    }
}

record::record!(NetworkZone);

impl Member for NetworkZone {
    const TABLE: &'static [&'static str] = &["Name", "Kind", "Subnets"];

    fn check(all: &[Self]) -> Vec<(usize, Finding)> {
        let mut found = common::unique(all, &NAME, |zone| Some(&zone.name));
        for (at, zone) in all.iter().enumerate() {
            found.extend(reserved(zone).map(|finding| (at, finding)));
            let earlier = all.iter().take(at).find_map(|other| Some((other, zone.meets(other)?)));
            found.extend(earlier.map(|(other, common)| (at, overlap(zone, other, &common))));
        }
        found
    }
}

impl NetworkZone {
    /// Addresses that both have.
    fn meets(&self, other: &NetworkZone) -> Option<RemoteRange> {
        self.subnets.iter().find_map(|own| other.subnets.iter().find_map(|their| own.common(their)))
    }
}

fn reserved(zone: &NetworkZone) -> Option<Finding> {
    let message = format!("the name {OUTSIDE} stands for every address that no zone has");
    same_name(&zone.name, OUTSIDE)
        .then(|| Finding::new(Rule::D9, NAME.name(), message).hint("give the zone another name"))
}

fn overlap(zone: &NetworkZone, other: &NetworkZone, common: &RemoteRange) -> Finding {
    let message = format!("the zones `{}` and `{}` both have {common}", zone.name, other.name);
    Finding::new(Rule::D9, SUBNETS.name(), message)
        .hint("an address is of one zone: leave it out of one of them")
}
