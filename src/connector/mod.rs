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

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use enumset::EnumSet;

pub use choices::{
    AuthMechanism, ExtendedProtectionPolicy, MessageRateSource, ProtocolLoggingLevel, SizeEnabled,
    TransportRole,
};

pub use crate::param::same_name;

use crate::net::{Binding, RemoteRange};
use crate::param::{Metadata, Noun, Platform, Row, Size, Span, Unlimited, record};
use crate::permission::AccessList;
use crate::server::{Directory, Server};

/// A receive connector. The rows of [`rows`] say what each field is; field and row go together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[expect(missing_docs, reason = "each field has a row of its name, which documents it")]
pub struct ReceiveConnector {
    pub name: String,
    pub auth: EnumSet<AuthMechanism>,
    pub banner: String,
    pub binary_mime: bool,
    pub bindings: Vec<Binding>,
    pub chunking: bool,
    pub default_domain: Option<String>,
    pub dsn: bool,
    pub eight_bit_mime: bool,
    pub smtp_utf8: bool,
    pub bare_linefeed_rejection: bool,
    pub domain_secure: bool,
    pub enhanced_status_codes: bool,
    pub long_addresses: bool,
    pub orar: bool,
    pub suppress_x_anonymous_tls: bool,
    pub proxy: bool,
    pub advertise_client_settings: bool,
    pub fqdn: Option<String>,
    pub service_discovery_fqdn: Option<String>,
    pub tls_certificate_name: Option<String>,
    pub comment: String,
    pub enabled: bool,
    pub connection_timeout: Span,
    pub connection_inactivity_timeout: Span,
    pub message_rate_limit: Unlimited,
    pub message_rate_source: MessageRateSource,
    pub max_inbound_connection: Unlimited,
    pub max_inbound_connection_per_source: Unlimited,
    pub max_inbound_connection_percentage_per_source: u32,
    pub max_header_size: Size,
    pub max_hop_count: u32,
    pub max_local_hop_count: u32,
    pub max_logon_failures: u32,
    pub max_message_size: Size,
    pub max_protocol_errors: Unlimited,
    pub max_recipients_per_message: u32,
    pub access: AccessList,
    /// Whether it was imported without entries that PermissionGroups says are there.
    pub access_incomplete: bool,
    pub owner: Option<String>,
    pub pipelining: bool,
    pub protocol_logging_level: ProtocolLoggingLevel,
    pub remote_ip_ranges: Vec<RemoteRange>,
    pub require_ehlo_domain: bool,
    pub require_tls: bool,
    pub enable_auth_gssapi: bool,
    pub extended_protection_policy: ExtendedProtectionPolicy,
    pub extended_protection_tls_terminated_at_proxy: bool,
    pub live_credential: bool,
    pub tls_domain_capabilities: Vec<String>,
    pub transport_role: TransportRole,
    pub reject_reserved_top_level: bool,
    pub reject_reserved_second_level: bool,
    pub reject_single_label: bool,
    pub accept_consumer_mail: bool,
    pub size_enabled: SizeEnabled,
    pub tarpit_interval: Span,
    pub auth_tarpit_interval: Span,
    pub max_acknowledgement_delay: Span,
    pub admin_display_name: String,
    pub metadata: Metadata,
}

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

    /// Every property at its default on `platform`: read from the rows once, and copied.
    #[must_use]
    pub fn defaults(platform: Platform) -> Self {
        static MADE: Mutex<BTreeMap<Platform, ReceiveConnector>> = Mutex::new(BTreeMap::new());
        let mut made = MADE.lock().unwrap_or_else(PoisonError::into_inner);
        made.entry(platform).or_insert_with(|| ReceiveConnector::read_defaults(platform)).clone()
    }

    fn read_defaults(platform: Platform) -> Self {
        let mut connector = ReceiveConnector::default();
        for row in rows::ROWS {
            if row.param.default.on(platform).is_some() {
                // A default is of its row's type: the law "the default parses" holds every row to it.
                let _ = row.assign(&mut connector, row.default_on(platform));
            }
        }
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
