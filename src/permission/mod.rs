//! Access lists of connectors: rights, principals, permission groups, the list that holds them, and what it
//! lets a session do.
//!
//! The list is the truth and the groups are a view of it (P1 to P3). Nothing here knows a connector.

mod difference;
mod effect;
mod entry;
mod group;
mod incomplete_groups;
mod list;
mod mask;
mod principal;
mod right;
pub mod rows;
mod typed;

pub use difference::{Changed, by_principal};
pub use effect::{Effect, Evaluator, Ground};
pub use entry::Entry;
pub use group::{ANONYMOUS, AUTHENTICATED, EXTERNAL, PARTNER, PermissionGroup, could_give, giver, grants};
pub use incomplete_groups::Incomplete;
pub use list::{AccessList, CUSTOM};
pub use principal::{DOMAIN, EVERYONE, NETWORK, PRINCIPALS, Principal, WellKnown};
pub use right::{
    ACCESS_RIGHT_NAMES, ACCESS_RIGHTS, EXTENDED_RIGHT, RIGHTS, Right, Side, access_right, near_rights, right,
};
pub use rows::AdPermission;
pub use typed::BadPrincipal;
