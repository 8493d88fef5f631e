//! Network zones: the networks that firewalls part from each other (D9).
//!
//! Said by the organization; the product has nothing like them.

pub mod rows;

use super::{Member, common};
use crate::net::RemoteRange;
use crate::param::{Finding, Metadata, Noun, Row, Rule, closed, record, same_name};

closed! {
    /// Whether a zone is inside the organization, or a perimeter network.
    ZoneKind: Internal, Perimeter
}

/// The name of every address that no zone has.
pub(crate) const OUTSIDE: &str = "Outside";

/// A network zone. The rows of [`rows`] say what each field is.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "each field has a row of its name, which documents it")]
pub struct NetworkZone {
    pub name: String,
    pub kind: ZoneKind,
    pub subnets: Vec<RemoteRange>,
    pub comment: String,
    pub metadata: Metadata,
}

impl Noun for NetworkZone {
    const NAME: &'static str = "NetworkZone";
    type Scene = super::Scene;
    const LAST: &'static [&'static Row<Self>] = &[&rows::WHEN_CREATED, &rows::WHEN_CHANGED];

    fn rows() -> &'static [&'static Row<Self>] {
        rows::ROWS
    }
}

record::record!(NetworkZone);

impl Member for NetworkZone {
    const TABLE: &'static [&'static str] = &["Name", "Kind", "Subnets"];
    fn blank() -> Self {
        NetworkZone {
            name: String::new(),
            kind: ZoneKind::Internal,
            subnets: Vec::new(),
            comment: String::new(),
            metadata: Metadata::default(),
        }
    }

    fn check(all: &[Self]) -> Vec<(usize, Finding)> {
        let mut found = common::unique(all, &rows::NAME, |zone| Some(&zone.name));
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
        .then(|| Finding::new(Rule::D9, rows::NAME.name(), message).hint("give the zone another name"))
}

fn overlap(zone: &NetworkZone, other: &NetworkZone, common: &RemoteRange) -> Finding {
    let message = format!("the zones `{}` and `{}` both have {common}", zone.name, other.name);
    Finding::new(Rule::D9, rows::SUBNETS.name(), message)
        .hint("an address is of one zone: leave it out of one of them")
}
