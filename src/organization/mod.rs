//! What belongs to the organization as a whole and to no server: accepted domains and their kin.
//!
//! Each noun is a table of rows and a file of the store that holds all its objects. Nothing here knows a file's
//! text, a command line or a clock.

pub mod accepted_domain;
pub mod access_policy;
mod common;
pub mod edge_subscription;
mod member;
pub mod network_endpoint;
pub mod network_zone;
mod part;
pub mod principal;
pub mod send_connector;
pub mod transport_config;

pub use accepted_domain::AcceptedDomain;
pub use access_policy::AccessPolicy;
pub use common::dn;
pub use edge_subscription::EdgeSubscription;
pub use member::{Member, Scene};
pub use network_endpoint::NetworkEndpoint;
pub use network_zone::NetworkZone;
pub(crate) use part::with_part;
pub use part::{InPart, Organization, Part};
pub use principal::Principal;
pub use send_connector::SendConnector;
pub use transport_config::TransportConfig;
