//! Who sends mail to a connector, and which usage type fits: the product's table of scenarios (2010), row by row, and
//! what became of its rows in later versions.
//!
//! It suggests and decides nothing; what a usage type sets is [`super::usage`]'s.

use super::usage::Usage;
use crate::param::Version;
use crate::server::{Server, ServerRole};

/// One row of the table.
#[derive(Debug)]
pub struct Scenario {
    /// The servers that it is for.
    pub roles: &'static [ServerRole],
    /// Versions of those servers, both inclusive.
    pub versions: (Version, Version),
    /// Who sends.
    pub source: &'static str,
    /// The usage type that fits.
    pub usage: Usage,
    /// What these senders may send outside of the organization.
    pub outside: Outside,
    /// What else there is to know; empty where the table says no more.
    pub note: &'static str,
}

/// Whether senders may send to recipients outside of the organization.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outside {
    /// The usage decides it.
    Usage,
    /// It is to be asked.
    Ask,
    /// They are taken for trusted servers, which may (R2).
    Secured,
}

impl Scenario {
    /// Whether it is for `server`. Servers that took over the Hub Transport role stand for it.
    #[must_use]
    pub fn fits(&self, server: &Server) -> bool {
        let role = if server.is_edge() { EdgeTransport } else { HubTransport };
        let (since, until) = self.versions;
        self.roles.contains(&role) && (since..=until).contains(&server.version)
    }
}

use ServerRole::{EdgeTransport, HubTransport};

const HUB: &[ServerRole] = &[HubTransport];
const EDGE: &[ServerRole] = &[EdgeTransport];
const BOTH: &[ServerRole] = &[HubTransport, EdgeTransport];

const ALL: (Version, Version) = (Version::V2007, Version::NEWEST);
/// The versions that stand beside Exchange 2003, and have Hub Transport servers.
const OLD: (Version, Version) = (Version::V2007, Version::V2010);
const NEW: (Version, Version) = (Version::V2013, Version::NEWEST);

/// The table, in its own order.
#[rustfmt::skip]
pub(crate) static SCENARIOS: &[Scenario] = &[
    Scenario { roles: EDGE, versions: ALL, source: "the Internet", usage: Usage::Internet, outside: Outside::Usage,
        note: "setup makes a connector that takes this mail" },
    Scenario { roles: HUB, versions: OLD, source: "the Internet", usage: Usage::Internet, outside: Outside::Usage,
        note: "not recommended on a Hub Transport server" },
    Scenario { roles: HUB, versions: NEW, source: "the Internet", usage: Usage::Internet, outside: Outside::Usage,
        note: "setup makes a connector that takes this mail, Default Frontend" },
    Scenario { roles: EDGE, versions: OLD, source: "an Exchange 2003 bridgehead", usage: Usage::Internal, outside: Outside::Usage,
        note: "" },
    Scenario { roles: HUB, versions: ALL, source: "users' POP3 or IMAP4 programs", usage: Usage::Client, outside: Outside::Usage,
        note: "setup makes a connector for them at port 587" },
    Scenario { roles: HUB, versions: OLD, source: "a Hub Transport server of the organization", usage: Usage::Internal, outside: Outside::Usage,
        note: "no connector needed inside one organization; useful for cross-forest" },
    Scenario { roles: HUB, versions: OLD, source: "an Exchange 2003 bridgehead of the same forest", usage: Usage::Internal, outside: Outside::Usage,
        note: "optional; also needs a routing group connector" },
    Scenario { roles: EDGE, versions: OLD, source: "a Hub Transport server", usage: Usage::Internal, outside: Outside::Usage,
        note: "optional: the default connector takes it where the server is subscribed" },
    Scenario { roles: EDGE, versions: NEW, source: "a Mailbox server of the organization", usage: Usage::Internal, outside: Outside::Usage,
        note: "optional: the default connector takes it where the server is subscribed" },
    Scenario { roles: HUB, versions: OLD, source: "a Hub Transport server or Exchange 2003 bridgehead of another forest", usage: Usage::Custom, outside: Outside::Ask,
        note: "" },
    Scenario { roles: HUB, versions: NEW, source: "an Exchange server of another forest", usage: Usage::Custom, outside: Outside::Ask,
        note: "" },
    Scenario { roles: HUB, versions: ALL, source: "a third-party MTA", usage: Usage::Internal, outside: Outside::Ask,
        note: "give its address range; AuthMechanism BasicAuth or ExternalAuthoritative" },
    Scenario { roles: EDGE, versions: ALL, source: "a third-party MTA", usage: Usage::Custom, outside: Outside::Ask,
        note: "give its address range; extended rights with Add-ADPermission and BasicAuth, or ExternalAuthoritative and no further rights" },
    Scenario { roles: EDGE, versions: ALL, source: "an external relay domain", usage: Usage::Custom, outside: Outside::Ask,
        note: "give its address range, and extended rights with Add-ADPermission" },
    Scenario { roles: EDGE, versions: ALL, source: "a domain with mutual TLS", usage: Usage::Partner, outside: Outside::Usage,
        note: "the domain, without a wildcard, must be on TLSReceiveDomainSecureList; for the way back, on the Send connector and on TLSSendDomainSecureList" },
    Scenario { roles: BOTH, versions: ALL, source: "a hosted filtering service", usage: Usage::Custom, outside: Outside::Secured,
        note: "its mail is trusted as an Exchange server's: ExternalAuthoritative with PermissionGroups ExchangeServers" },
];
