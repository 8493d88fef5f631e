//! Access lists of connectors: rights, principals, permission groups, and the list that holds them.
//!
//! The list is the truth and the groups are a view of it (P1 to P3). Nothing here knows a connector.

mod entry;
mod group;
mod list;
mod principal;
mod right;

pub use entry::Entry;
pub use group::{PermissionGroup, could_give, grants};
pub use list::AccessList;
pub use principal::{PRINCIPALS, Principal, WellKnown};
pub use right::{RIGHTS, Right, Side, right};
