//! Receive connectors: their properties and invariants, usage presets, what setup makes, conflicts.
//!
//! Nothing here knows a file, a command line or a clock.

pub mod change;
mod choices;
pub mod conflict;
pub mod copy;
pub mod edge_default;
pub mod identity;
pub mod namesake;
pub mod relay;
pub mod rows;
pub mod rules;
pub mod scenario;
pub mod setup;
pub mod usage;

pub use choices::{
    AuthMechanism, ExtendedProtectionPolicy, MessageRateSource, ProtocolLoggingLevel, SizeEnabled,
    TransportRole,
};

pub use crate::param::same_name;
pub use rows::ReceiveConnector;

use crate::param::{Declared, Noun, Row, record};
use crate::server::{Directory, Server};

/// What a connector's computed properties are made of: its server and its organization.
#[derive(Clone, Debug)]
pub struct Scene {
    /// The organization.
    pub directory: Directory,
    /// The server it listens on.
    pub server: Server,
    /// Whether the accepted domains take every recipient, as [`relay::Way`] has it.
    pub catch_all: bool,
}

/// A server and the connectors that listen on it: what one file of the store holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Host {
    /// The server.
    pub server: Server,
    /// Its connectors, in file order.
    pub connectors: Vec<ReceiveConnector>,
}

impl Host {
    /// The connector of that name, in any case.
    #[must_use]
    pub fn connector(&self, name: &str) -> Option<&ReceiveConnector> {
        self.connectors.iter().find(|c| same_name(&c.name, name))
    }
}

impl ReceiveConnector {
    /// A connector of that name on `server` with every default, listening nowhere yet.
    #[must_use]
    pub fn new(name: &str, server: &Server) -> Self {
        let mut connector = ReceiveConnector::defaults(server.platform());
        connector.name = name.to_owned();
        connector.fqdn = Some(server.fqdn.clone());
        connector
    }
}

impl Noun for ReceiveConnector {
    const NAME: &'static str = "ReceiveConnector";
    type Scene = Scene;
    const FIRST: &'static [&'static Row<Self>] = &[
        &rows::NAME,
        &rows::GUID,
        &rows::ENABLED,
        &rows::TRANSPORT_ROLE,
        &rows::BINDINGS,
        &rows::REMOTE_IP_RANGES,
        &rows::AUTH_MECHANISM,
        &rows::PERMISSION_GROUPS,
        &rows::FQDN,
    ];
    const LAST: &'static [&'static Row<Self>] = &[&rows::WHEN_CREATED, &rows::WHEN_CHANGED];

    fn rows() -> &'static [&'static Row<Self>] {
        rows::ROWS
    }
}

record::record!(ReceiveConnector);
