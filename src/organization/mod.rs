//! What belongs to the organization as a whole and to no server: accepted domains and their kin.
//!
//! Each noun is a table of rows and a file of the store that holds all its objects. Nothing here knows a file's
//! text, a command line or a clock.

pub mod accepted_domain;
mod common;
pub mod edge_subscription;
mod member;
mod part;
pub mod principal;
pub mod send_connector;
pub mod transport_config;

pub use accepted_domain::AcceptedDomain;
pub use common::dn;
pub use edge_subscription::EdgeSubscription;
pub(crate) use member::kept_in;
pub use member::{Member, Scene};
pub use part::Part;
pub(crate) use part::with_part;
pub use principal::Principal;
pub use send_connector::SendConnector;
pub use transport_config::TransportConfig;

/// The organization's objects, as far as they were loaded.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Organization {
    /// The domains it takes mail for.
    pub accepted_domains: Vec<AcceptedDomain>,
    /// What holds for all its mail: one object.
    pub transport_config: Vec<TransportConfig>,
    /// What is known of accounts and groups.
    pub principals: Vec<Principal>,
    /// Where its mail goes.
    pub send_connectors: Vec<SendConnector>,
    /// The Edge Transport servers that belong to its sites.
    pub edge_subscriptions: Vec<EdgeSubscription>,
}
