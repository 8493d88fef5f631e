//! Servers: version, roles, name and addresses, and the directory they belong to.
//!
//! Nothing here knows connectors.

pub mod directory;
mod role;
pub mod rows;
mod rules;

pub use directory::Directory;
pub use role::{ServerRole, allowed_roles};
pub use rows::Server;
pub use rules::check;

use crate::param::{Declared, Noun, Platform, Release, Row, Tier, Version, record};

impl Server {
    /// A server of that name; everything else as for a 2019 Mailbox server without addresses.
    #[must_use]
    pub fn new(name: &str, fqdn: &str) -> Self {
        let roles = ServerRole::Mailbox.into();
        Server { name: name.to_owned(), fqdn: fqdn.to_owned(), roles, ..Server::defaults(Platform::NEWEST) }
    }

    /// What it runs: its edition, with the last service pack unless it has an older one.
    #[must_use]
    pub fn release(&self) -> Release {
        let last = Release::from(self.version);
        Release { pack: self.service_pack.unwrap_or(last.pack), ..last }
    }

    /// What defaults depend on.
    #[must_use]
    pub fn platform(&self) -> Platform {
        Platform { version: self.version, tier: self.tier() }
    }

    fn tier(&self) -> Tier {
        if self.roles.contains(ServerRole::EdgeTransport) {
            Tier::Edge
        } else if self.version == Version::V2013 && self.roles == ServerRole::ClientAccess {
            Tier::FrontEnd
        } else {
            Tier::Transport
        }
    }

    /// Whether it moves the organization's mail: Hub Transport, since 2013 Mailbox.
    #[must_use]
    pub(crate) fn is_hub(&self) -> bool {
        let role = if self.version < Version::V2013 { ServerRole::HubTransport } else { ServerRole::Mailbox };
        self.roles.contains(role)
    }

    /// The domain of its DNS name; empty for a name without one.
    #[must_use]
    pub fn domain(&self) -> &str {
        self.fqdn.split_once('.').map_or("", |(_, domain)| domain)
    }

    /// Whether it has the client access services: since 2016 every Mailbox server.
    #[must_use]
    pub(crate) fn has_client_access(&self) -> bool {
        let is_mailbox = self.version >= Version::V2016 && self.roles.contains(ServerRole::Mailbox);
        is_mailbox || self.roles.contains(ServerRole::ClientAccess)
    }

    /// Whether it has Unified Messaging: in 2013 and 2016 every Mailbox server, later none.
    #[must_use]
    pub(crate) fn has_unified_messaging(&self) -> bool {
        let has_all = matches!(self.version, Version::V2013 | Version::V2016);
        has_all && self.roles.contains(ServerRole::Mailbox)
            || self.roles.contains(ServerRole::UnifiedMessaging)
    }

    /// Whether it has the Front End Transport service, of 2013 and later.
    #[must_use]
    pub(crate) fn has_frontend_transport(&self) -> bool {
        self.version >= Version::V2013 && self.has_client_access()
    }

    /// Whether its connectors have a TransportRole: those of 2013 and later do, but on an Edge Transport server.
    #[must_use]
    pub(crate) fn has_transport_roles(&self) -> bool {
        self.version >= Version::V2013 && !self.is_edge()
    }

    /// Whether it is an Edge Transport server.
    #[must_use]
    pub fn is_edge(&self) -> bool {
        self.tier() == Tier::Edge
    }
}

impl Noun for Server {
    const NAME: &'static str = "ExchangeServer";
    const OURS: bool = true;
    type Scene = Directory;
    const FIRST: &'static [&'static Row<Self>] = &[
        &rows::NAME,
        &rows::GUID,
        &rows::FQDN,
        &rows::VERSION,
        &rows::SERVICE_PACK,
        &rows::SERVER_ROLE,
        &rows::IP_ADDRESSES,
        &rows::SITE,
        &rows::USE_DOWNGRADED_EXCHANGE_SERVER_AUTH,
        &rows::COMMENT,
    ];
    const LAST: &'static [&'static Row<Self>] = &[&rows::WHEN_CREATED, &rows::WHEN_CHANGED];

    fn rows() -> &'static [&'static Row<Self>] {
        rows::ROWS
    }
}

record::record!(Server);
