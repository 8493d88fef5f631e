//! Who sends mail to a connector, and which usage type fits: the product's table of scenarios (2010), row by row.
//!
//! It suggests and decides nothing; what a usage type sets is [`super::usage`]'s.

use super::usage::Usage;
use crate::server::{Server, ServerRole};

/// One row of the table.
#[derive(Debug)]
pub struct Scenario {
    /// The servers that it is for.
    pub roles: &'static [ServerRole],
    /// Who sends.
    pub source: &'static str,
    /// The usage type that fits.
    pub usage: Usage,
    /// What else there is to know; empty where the table says no more.
    pub note: &'static str,
}

impl Scenario {
    /// Whether it is for `server`. Servers that took over the Hub Transport role stand for it.
    #[must_use]
    pub fn fits(&self, server: &Server) -> bool {
        let role = if server.is_edge() { EdgeTransport } else { HubTransport };
        self.roles.contains(&role)
    }
}

use ServerRole::{EdgeTransport, HubTransport};

const HUB: &[ServerRole] = &[HubTransport];
const EDGE: &[ServerRole] = &[EdgeTransport];
const BOTH: &[ServerRole] = &[HubTransport, EdgeTransport];

/// The table, in its own order.
#[rustfmt::skip]
pub static SCENARIOS: &[Scenario] = &[
    Scenario { roles: EDGE, source: "the Internet", usage: Usage::Internet,
        note: "made by setup" },
    Scenario { roles: HUB, source: "the Internet", usage: Usage::Internet,
        note: "not recommended" },
    Scenario { roles: EDGE, source: "an Exchange 2003 bridgehead", usage: Usage::Internal,
        note: "" },
    Scenario { roles: HUB, source: "users' POP3 or IMAP4 programs", usage: Usage::Client,
        note: "made by setup, port 587" },
    Scenario { roles: HUB, source: "a Hub Transport server of the organization", usage: Usage::Internal,
        note: "no connector needed inside one organization; useful for cross-forest" },
    Scenario { roles: HUB, source: "an Exchange 2003 bridgehead of the same forest", usage: Usage::Internal,
        note: "optional; also needs a routing group connector" },
    Scenario { roles: EDGE, source: "a Hub Transport server", usage: Usage::Internal,
        note: "optional: the default connector takes it" },
    Scenario { roles: HUB, source: "a Hub Transport server or Exchange 2003 bridgehead of another forest", usage: Usage::Custom,
        note: "" },
    Scenario { roles: HUB, source: "a third-party MTA", usage: Usage::Internal,
        note: "give its address range; AuthMechanism BasicAuth or ExternalAuthoritative" },
    Scenario { roles: EDGE, source: "a third-party MTA", usage: Usage::Custom,
        note: "extended rights with Add-ADPermission and BasicAuth, or usage Internal with ExternalAuthoritative and no further rights" },
    Scenario { roles: EDGE, source: "an external relay domain", usage: Usage::Custom,
        note: "give its address range, an authentication mechanism, and extended rights with Add-ADPermission" },
    Scenario { roles: EDGE, source: "a domain with mutual TLS", usage: Usage::Partner,
        note: "works only when DomainSecureEnabled is true, AuthMechanism has Tls and not ExternalAuthoritative, and the domain (no wildcard) is on TLSReceiveDomainSecureList, on the Send connector and on TLSSendDomainSecureList" },
    Scenario { roles: BOTH, source: "a hosted filtering service", usage: Usage::Custom,
        note: "ExternalAuthoritative with PermissionGroups ExchangeServers" },
];
