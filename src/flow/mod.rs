//! Flows: the data paths between the servers of an organization and what stands around them, with addresses and with the
//! ports that are really bound (D6).
//!
//! It knows the published tables and what servers and connectors are; it knows no store and no command line.

mod area;
mod attempt;
mod bound;
mod compare;
pub mod firewall;
mod node;
pub mod opened;
mod pair;
mod zone;

pub use area::Group;
pub use attempt::{Attempt, Target, attempts};
pub use compare::{Closed, Differences, Excess, Scope, compare};
pub use node::{Node, endpoint_for};
pub use pair::{Flow, Setting, between, unplaced};
pub use zone::{Crossing, barred_by_firewall, barred_in_perimeter, outside_zones};
