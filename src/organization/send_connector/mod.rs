//! Send connectors: where the organization's mail goes, through which servers, and how the session is spoken.

pub mod access;
mod address_space;
mod forms;
mod route;
pub mod rows;
pub mod rules;
mod sources;
mod usage;

pub use address_space::ADDRESS_SPACE;
pub use forms::{CREDENTIAL, EVERY_HUB, SMART_HOST};
pub use route::best;
pub use sources::{Role, Source, check_sources};
pub use usage::Usage;

use std::net::{IpAddr, Ipv4Addr};

use enumset::{EnumSet, EnumSetType};

use super::{Member, Scene};
use crate::param::{
    Closed, Finding, Metadata, Noun, Row, Span, UnlimitedSize, Version, closed, record, same_name,
};
use crate::permission::AccessList;

/// Any address of the source server.
const ANY_ADDRESS: IpAddr = IpAddr::V4(Ipv4Addr::UNSPECIFIED);

closed! {
    /// Whether sessions are logged.
    LoggingLevel: None, Verbose
}

closed! {
    /// How a smart host is met.
    SmartHostAuth: None, BasicAuth, BasicAuthRequireTLS, ExchangeServer, ExternalAuthoritative
}

closed! {
    /// What is checked of the other side's certificate.
    TlsAuthLevel: EncryptionOnly, CertificateValidation, DomainValidation
}

closed! {
    /// Whether the connector joins two organizations.
    ConnectorType: Default, XPremises
}

/// Which failures of delivery count as less or more than they are.
#[derive(EnumSetType, Debug, strum::VariantNames, strum::IntoStaticStr, strum::EnumString)]
#[expect(missing_docs, reason = "the product's own names")]
pub enum ErrorPolicy {
    Default,
    DowngradeDnsFailures,
    DowngradeCustomFailures,
    UpgradeCustomFailures,
}

impl Closed for ErrorPolicy {}

/// A Send connector. The rows of [`rows`] say what each field is.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "each field has a row of its name, which documents it")]
pub struct SendConnector {
    pub name: String,
    pub dns_routing: bool,
    pub tls_domain: Option<String>,
    pub tls_auth_level: Option<TlsAuthLevel>,
    pub error_policies: EnumSet<ErrorPolicy>,
    pub smart_hosts: Vec<String>,
    pub port: u32,
    pub inactivity_timeout: Span,
    pub force_helo: bool,
    pub frontend_proxy: bool,
    pub ignore_starttls: bool,
    pub cloud_services_mail: bool,
    pub fqdn: Option<String>,
    pub tls_certificate_name: Option<String>,
    pub require_tls: bool,
    pub require_oorg: bool,
    pub enabled: bool,
    pub protocol_logging: LoggingLevel,
    pub smart_host_auth: SmartHostAuth,
    /// The user name alone: a password is never kept.
    pub credential: Option<String>,
    pub external_dns_servers: bool,
    pub domain_secure: bool,
    pub source_ip_address: IpAddr,
    pub messages_per_connection: u32,
    pub connector_type: ConnectorType,
    pub address_spaces: Vec<String>,
    pub scoped: bool,
    pub coexistence: bool,
    /// `SERVER\Name`.
    pub linked_receive_connector: Option<String>,
    pub comment: String,
    /// Servers by name.
    pub source_transport_servers: Vec<String>,
    /// As it was made; else what the looking edition gives.
    pub max_message_size: Option<UnlimitedSize>,
    /// What its access list has otherwise than every Send connector begins with; see [`access`].
    pub permissions: Vec<String>,
    pub owner: Option<String>,
    pub metadata: Metadata,
}

impl SendConnector {
    /// A connector of that name, of which nothing else is said.
    #[must_use]
    pub fn new(name: &str) -> Self {
        SendConnector {
            name: name.to_owned(),
            dns_routing: true,
            tls_domain: None,
            tls_auth_level: None,
            error_policies: ErrorPolicy::Default.into(),
            smart_hosts: Vec::new(),
            port: 25,
            inactivity_timeout: Span::seconds(600),
            force_helo: false,
            frontend_proxy: false,
            ignore_starttls: false,
            cloud_services_mail: false,
            fqdn: None,
            tls_certificate_name: None,
            require_tls: false,
            require_oorg: false,
            enabled: true,
            protocol_logging: LoggingLevel::None,
            smart_host_auth: SmartHostAuth::None,
            credential: None,
            external_dns_servers: false,
            domain_secure: false,
            source_ip_address: ANY_ADDRESS,
            messages_per_connection: 20,
            connector_type: ConnectorType::Default,
            address_spaces: Vec::new(),
            scoped: false,
            coexistence: false,
            linked_receive_connector: None,
            comment: String::new(),
            source_transport_servers: Vec::new(),
            max_message_size: None,
            permissions: Vec::new(),
            owner: None,
            metadata: Metadata::default(),
        }
    }
}

impl Noun for SendConnector {
    const NAME: &'static str = "SendConnector";
    type Scene = Scene;
    const FIRST: &'static [&'static Row<Self>] = &[
        &rows::NAME,
        &rows::GUID,
        &rows::ENABLED,
        &rows::ADDRESS_SPACES,
        &rows::SOURCE_TRANSPORT_SERVERS,
        &rows::DNS_ROUTING_ENABLED,
        &rows::SMART_HOSTS,
    ];
    const LAST: &'static [&'static Row<Self>] = &[&rows::WHEN_CREATED, &rows::WHEN_CHANGED];

    fn rows() -> &'static [&'static Row<Self>] {
        rows::ROWS
    }
}

record::record!(SendConnector);

impl Member for SendConnector {
    const TABLE: &'static [&'static str] = &["Identity", "AddressSpaces", "Enabled"];
    const CATEGORY: &'static str = "ms-Exch-Routing-SMTP-Connector";
    const CONTAINER: &'static str = "CN=Connections,CN=Exchange Routing Group (DWBGZMFD01QNBJR),CN=Routing Groups,CN=Exchange Administrative Group (FYDIBOHF23SPDLT),CN=Administrative Groups";

    fn blank() -> Self {
        SendConnector::new("")
    }

    /// 2007 also takes `SERVER\Name`, as it does for receive connectors.
    fn goes_by(&self, text: &str, scene: &Scene) -> bool {
        let older = || {
            let (server, name) = text.split_once('\\')?;
            let sends = self.source_transport_servers.iter().any(|source| same_name(source, server));
            Some(scene.version() == Version::V2007 && sends && same_name(&self.name, name))
        };
        same_name(&self.name, text) || older() == Some(true)
    }

    fn access_list(&self, domain: &str) -> Option<AccessList> {
        Some(self.access(domain))
    }

    fn owner(&self) -> Option<&String> {
        self.owner.as_ref()
    }

    fn check(all: &[Self]) -> Vec<(usize, Finding)> {
        rules::check_all(all)
    }
}
