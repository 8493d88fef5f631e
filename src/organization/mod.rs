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
pub use part::InPart;
use part::parts;
pub use principal::Principal;
pub use send_connector::SendConnector;
pub use transport_config::TransportConfig;

parts! { $
    /// Accepted domains.
    AcceptedDomains: AcceptedDomain, accepted_domains, "organization/accepted-domains.toml";
    /// The transport configuration: one object.
    TransportConfig: TransportConfig, transport_config, "organization/transport-config.toml";
    /// What is known of accounts and groups.
    Principals: Principal, principals, "organization/principals.toml";
    /// Edge subscriptions, before what they make: a revision is called by its first object.
    EdgeSubscriptions: EdgeSubscription, edge_subscriptions, "organization/edge-subscriptions.toml";
    /// Access policies.
    AccessPolicies: AccessPolicy, access_policies, "organization/access-policies.toml";
    /// Network endpoints.
    NetworkEndpoints: NetworkEndpoint, network_endpoints, "organization/network-endpoints.toml";
    /// Network zones.
    NetworkZones: NetworkZone, network_zones, "organization/network-zones.toml";
    /// Send connectors.
    SendConnectors: SendConnector, send_connectors, "organization/send-connectors.toml";
}
pub(crate) use with_part;
