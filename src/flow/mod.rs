//! Flows: the data paths between the servers of an organization and what stands around them, with addresses and with the
//! ports that are really bound (D6).
//!
//! It knows the published tables and what servers and connectors are; it knows no store and no command line.

mod bound;
mod node;
mod pair;

pub use node::Node;
pub use pair::{Flow, Setting, between, unplaced};
