//! Access lists: laws over groups and entries, a naive twin of the evaluator, and lines with more to look at than
//! they print. Lines as administrators publish them are cases.

mod evaluator;
mod groups;
mod lines;
mod reference;
mod store;

use exch::param::{Platform, Tier, Version};

/// Every version with every tier.
fn platforms() -> Vec<Platform> {
    let versions =
        [Version::V2007, Version::V2010, Version::V2013, Version::V2016, Version::V2019, Version::Se];
    let tiers = [Tier::Edge, Tier::Transport, Tier::FrontEnd];
    versions.into_iter().flat_map(|version| tiers.map(|tier| Platform { version, tier })).collect()
}
