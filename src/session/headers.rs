//! The header firewall, how a message that is taken is treated (P8), and the Received header that it gets.

use enumset::{EnumSet, EnumSetType};

use super::case::Case;
use super::client::{Client, Tls};
use super::ehlo::{EhloContext, offers_xexch50};
use super::identity::Who;
use super::replies::name;
use super::rights::Deciding;
use crate::connector::{ReceiveConnector, TransportRole};
use crate::organization::SendConnector;
use crate::organization::send_connector::SmartHostAuth;
use crate::param::Version;
use crate::permission::{self, ANONYMOUS, EXTERNAL, PARTNER, Principal};
use crate::server::Server;

/// A family of headers that the firewall keeps for those with the right, and removes for all others.
#[derive(EnumSetType, Debug, Hash)]
pub enum HeaderFamily {
    /// `X-MS-Exchange-Organization-*`.
    Organization,
    /// `X-MS-Exchange-Forest-*`.
    Forest,
    /// `Received` and `Resent-*`.
    Routing,
}

impl HeaderFamily {
    /// The headers.
    #[must_use]
    pub fn headers(self) -> &'static str {
        match self {
            HeaderFamily::Organization => "X-MS-Exchange-Organization-*",
            HeaderFamily::Forest => "X-MS-Exchange-Forest-*",
            HeaderFamily::Routing => "Received, Resent-*",
        }
    }

    /// The right that keeps them.
    #[must_use]
    pub fn right(self) -> Deciding {
        match self {
            HeaderFamily::Organization => Deciding::AcceptHeadersOrganization,
            HeaderFamily::Forest => Deciding::AcceptHeadersForest,
            HeaderFamily::Routing => Deciding::AcceptHeadersRouting,
        }
    }
}

impl HeaderFamily {
    /// The right on a Send connector that sends them.
    #[must_use]
    pub(crate) fn sending_right(self) -> &'static str {
        match self {
            HeaderFamily::Organization => "ms-Exch-Send-Headers-Organization",
            HeaderFamily::Forest => "ms-Exch-Send-Headers-Forest",
            HeaderFamily::Routing => "ms-Exch-Send-Headers-Routing",
        }
    }
}

/// Whom a Send connector's sessions are with, as its access list names them: a server that is externally secured, one of
/// the organization's, a partner whom Domain Security proves, or any other.
#[must_use]
pub fn receiver(connector: &SendConnector, is_secured: bool) -> Principal {
    Principal::read(match connector.smart_host_auth {
        SmartHostAuth::ExternalAuthoritative => EXTERNAL,
        SmartHostAuth::ExchangeServer => r"<DOMAIN>\Exchange Servers",
        _ if is_secured => PARTNER,
        _ => ANONYMOUS,
    })
}

/// The headers that a Send connector's sessions with `receiver` carry.
#[must_use]
pub fn sent(connector: &SendConnector, receiver: &Principal, domain: &str) -> EnumSet<HeaderFamily> {
    let (list, session) = (connector.access(domain), receiver.session());
    let may = |family: &HeaderFamily| {
        let right = permission::right(family.sending_right());
        right.is_some_and(|right| list.allows(&session, right, SendConnector::PLATFORM))
    };
    EnumSet::<HeaderFamily>::all().iter().filter(may).collect()
}

/// How a message that is taken is treated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Treatment {
    /// The headers that survive.
    pub kept: EnumSet<HeaderFamily>,
    /// Whether anti-spam is bypassed; whether its agents are installed is not known.
    pub antispam_bypassed: bool,
    /// Whether the connector's size limit is bypassed.
    pub size_bypassed: bool,
    /// Whether the sender is resolved against the address list: externally secured or authenticated, and not by an
    /// Edge Transport server.
    pub resolved: bool,
    /// Whether the message counts as internal.
    pub internal: bool,
    /// Whether XEXCH50 data is taken: offered, and with the right.
    pub xexch50: bool,
}

/// How the case's message is treated once it is taken.
pub(super) fn treatment(case: &Case<'_>, server: &Server) -> Treatment {
    let scene = EhloContext {
        connector: case.connector,
        server,
        tls: Tls::None,
        certificate: true,
        xexch50: case.policy.xexch50,
    };
    Treatment {
        kept: EnumSet::<HeaderFamily>::all().iter().filter(|family| case.may(family.right())).collect(),
        antispam_bypassed: case.may(Deciding::BypassAntiSpam),
        size_bypassed: case.may(Deciding::BypassMessageSizeLimit),
        resolved: !case.edge && (case.session.is_authenticated() || case.session == Who::ExternallySecured),
        internal: is_internal(case),
        xexch50: offers_xexch50(&scene) && case.may(Deciding::AcceptExch50),
    }
}

/// The Received header that the server stamps on a message that it takes through `connector`, in the form of published
/// headers (RFC 5321, section 4.4, gives the fields): by the connector's Fqdn. What no store knows stands in angle
/// brackets.
pub(crate) fn received(client: &Client, connector: &ReceiveConnector, server: &Server) -> String {
    let helo = client.helo.as_deref().unwrap_or("<name>");
    let tls = match client.tls {
        Tls::None => "",
        _ if server.version < Version::V2016 => " (TLS)",
        _ => " (version=<version>, cipher=<cipher>)",
    };
    let is_front_end = connector.transport_role == TransportRole::FrontendTransport;
    let via = if is_front_end && !server.is_edge() { " via Frontend Transport" } else { "" };
    format!(
        "Received: from {helo} ({}) by {} ({}) with Microsoft SMTP Server{tls} id <build>{via}; <date>",
        client.remote,
        name(connector, server),
        client.local.ip(),
    )
}

/// Whether the message counts as internal: authenticated accounts and externally secured servers by what they are, but
/// accounts not on an Edge Transport server; everybody else by the right.
fn is_internal(case: &Case<'_>) -> bool {
    match case.session {
        Who::ExternallySecured => true,
        Who::Account => !case.edge,
        Who::Anonymous | Who::AnonymousInEveryone | Who::Server(_) | Who::Partner => {
            case.may(Deciding::AcceptAuthenticationFlag)
        }
    }
}
