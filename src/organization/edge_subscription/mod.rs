//! Edge subscriptions: which Edge Transport servers belong to a site of the organization, what that makes and what
//! it switches off on them.

mod derived_connectors;
mod reference_data;
pub mod rows;

pub use derived_connectors::{MADE, Made};
pub use reference_data::{PORTS, Port, REPORTED, Requirement, SWITCHED_OFF, SwitchedOff};
pub use rows::EdgeSubscription;

use super::{Member, common};
use crate::param::{Finding, Noun, Row, record, same_name};

impl EdgeSubscription {
    /// The subscription of a server to a site, with both connectors.
    #[must_use]
    pub fn new(name: &str, site: &str, domain: &str) -> Self {
        EdgeSubscription {
            name: name.to_owned(),
            site: site.to_owned(),
            domain: domain.to_owned(),
            ..EdgeSubscription::blank()
        }
    }

    /// Whether a Send connector came with it, or it joined one that was there.
    #[must_use]
    pub fn owns(&self, connector: &str) -> bool {
        MADE.iter().any(|made| (made.wanted)(self) && same_name(&made.name(&self.site), connector))
    }
}

impl Noun for EdgeSubscription {
    const NAME: &'static str = "EdgeSubscription";
    const OURS: bool = true;
    type Scene = super::Scene;
    const FIRST: &'static [&'static Row<Self>] = &[&rows::NAME, &rows::GUID, &rows::SITE];
    const LAST: &'static [&'static Row<Self>] = &[&rows::WHEN_CREATED, &rows::WHEN_CHANGED];

    fn rows() -> &'static [&'static Row<Self>] {
        rows::ROWS
    }
}

record::record!(EdgeSubscription);

impl Member for EdgeSubscription {
    const TABLE: &'static [&'static str] = &["Name", "Site", "Domain"];
    const CATEGORY: &'static str = "ms-Exch-Exchange-Server";
    const CONTAINER: &'static str =
        "CN=Servers,CN=Exchange Administrative Group (FYDIBOHF23SPDLT),CN=Administrative Groups";

    fn check(all: &[Self]) -> Vec<(usize, Finding)> {
        common::unique(all, &rows::NAME, |subscription| Some(&subscription.name))
    }
}
