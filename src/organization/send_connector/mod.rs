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
pub use rows::SendConnector;
pub use sources::{Role, Source, check_sources};
pub use usage::Usage;

use std::net::{IpAddr, Ipv4Addr};

use enumset::EnumSetType;

use super::{Member, Scene};
use crate::param::{Closed, Finding, Noun, Row, Version, closed, record, same_name};
use crate::permission::AccessList;

/// Any address of the source server.
const ANY_ADDRESS: IpAddr = IpAddr::V4(Ipv4Addr::UNSPECIFIED);

closed! {
    /// Whether sessions are logged.
    #[derive(Default)]
    LoggingLevel: #[default] None, Verbose
}

closed! {
    /// How a smart host is met.
    #[derive(Default)]
    SmartHostAuth: #[default] None, BasicAuth, BasicAuthRequireTLS, ExchangeServer, ExternalAuthoritative
}

closed! {
    /// What is checked of the other side's certificate.
    TlsAuthLevel: EncryptionOnly, CertificateValidation, DomainValidation
}

closed! {
    /// Whether the connector joins two organizations.
    #[derive(Default)]
    ConnectorType: #[default] Default, XPremises
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

impl SendConnector {
    /// A connector of that name, of which nothing else is said.
    #[must_use]
    pub fn new(name: &str) -> Self {
        SendConnector { name: name.to_owned(), ..SendConnector::blank() }
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
