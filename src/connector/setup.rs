//! The connectors that setup makes, by version and server role, as documented and as a real export has them.

use enumset::EnumSet;

use super::edge_default::{self, EdgeState};
use super::{Host, ReceiveConnector, rows};
use crate::param::{Metadata, Row, Value, Version};
use crate::server::{Server, ServerRole};

const FROM_V4: &str = "0.0.0.0-255.255.255.255";
const FROM_V6: &str = "::-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff";
const V4_FIRST: &[&str] = &[FROM_V4, FROM_V6];
const V6_FIRST: &[&str] = &[FROM_V6, FROM_V4];

const CLIENTS: &[&str] = &["Tls", "Integrated", "BasicAuth", "BasicAuthRequireTLS"];
const EVERYONE: &[&str] = &["Tls", "Integrated", "BasicAuth", "BasicAuthRequireTLS", "ExchangeServer"];
const MAIL_FLOW: &[&str] = &["ExchangeUsers", "ExchangeServers", "ExchangeLegacyServers"];

/// Limits of the connector that other servers of the organization reach; the 2019 export's, taken for 2010 too.
const BETWEEN_SERVERS: &[Setting] = &[
    (&rows::SIZE_ENABLED, "EnabledWithoutValue"),
    (&rows::MAX_INBOUND_CONNECTION_PER_SOURCE, "Unlimited"),
    (&rows::MAX_INBOUND_CONNECTION_PERCENTAGE_PER_SOURCE, "100"),
    (&rows::MAX_RECIPIENTS_PER_MESSAGE, "5000"),
];
const PER_USER: &[Setting] = &[
    (&rows::MESSAGE_RATE_LIMIT, "5"),
    (&rows::MESSAGE_RATE_SOURCE, "User"),
    (&rows::ENABLE_AUTH_GSSAPI, "true"),
];
/// The client connector of 2010.
const CLIENT_2010: &[Setting] = &[
    (&rows::MESSAGE_RATE_LIMIT, "5"),
    (&rows::MESSAGE_RATE_SOURCE, "User"),
    (&rows::ENABLE_AUTH_GSSAPI, "true"),
    (&rows::ADVERTISE_CLIENT_SETTINGS, "true"),
];
/// Edge Transport servers up to 2013.
const EDGE_OLD: &[Setting] = &[(&rows::DOMAIN_SECURE_ENABLED, "true")];
const FRONTEND: &[Setting] =
    &[(&rows::PROTOCOL_LOGGING_LEVEL, "Verbose"), (&rows::DOMAIN_SECURE_ENABLED, "true")];
const OUTBOUND: &[Setting] = &[
    (&rows::PROTOCOL_LOGGING_LEVEL, "Verbose"),
    (&rows::DOMAIN_SECURE_ENABLED, "true"),
    (&rows::TARPIT_INTERVAL, "00:00:00"),
];

/// 2013 alone, as its documentation lists them: what Exchange 2016 and later have as their defaults.
const LIMITS_2013: &[Setting] = &[(&rows::MAX_MESSAGE_SIZE, "35MB"), (&rows::MAX_HEADER_SIZE, "128KB")];
const FRONTEND_2013: &[Setting] = &[(&rows::MAX_HEADER_SIZE, "128KB")];

type Setting = (&'static Row<ReceiveConnector>, &'static str);

/// One connector that setup makes.
struct Template {
    /// Its name before the server's.
    prefix: &'static str,
    /// Versions that make it, both inclusive.
    versions: (Version, Version),
    /// The role that brings it; on 2013 the ClientAccess role brings what belongs to the front end. Of an Edge Transport
    /// server, groups and mechanisms are those that its subscription sets; see [`edge_default`] for those before it.
    role: ServerRole,
    role_2013: ServerRole,
    transport_role: &'static str,
    bindings: &'static [&'static str],
    ranges: &'static [&'static str],
    auth: &'static [&'static str],
    groups: &'static [&'static str],
    settings: &'static [Setting],
}

use ServerRole::{ClientAccess, EdgeTransport, HubTransport, Mailbox};

const OLD: (Version, Version) = (Version::V2007, Version::V2010);
const NEW: (Version, Version) = (Version::V2013, Version::Se);

#[rustfmt::skip]
static TEMPLATES: &[Template] = &[
    Template { prefix: "Default", versions: OLD, role: HubTransport, role_2013: HubTransport, transport_role: "HubTransport",
        bindings: &["0.0.0.0:25", "[::]:25"], ranges: V4_FIRST, auth: EVERYONE, groups: MAIL_FLOW, settings: BETWEEN_SERVERS },
    Template { prefix: "Client", versions: (Version::V2010, Version::V2010), role: HubTransport, role_2013: HubTransport, transport_role: "HubTransport",
        bindings: &["0.0.0.0:587", "[::]:587"], ranges: V4_FIRST, auth: CLIENTS, groups: &["ExchangeUsers"], settings: CLIENT_2010 },
    Template { prefix: "Client", versions: (Version::V2007, Version::V2007), role: HubTransport, role_2013: HubTransport, transport_role: "HubTransport",
        bindings: &["0.0.0.0:587", "[::]:587"], ranges: V4_FIRST, auth: CLIENTS, groups: &["ExchangeUsers"], settings: &[] },
    Template { prefix: "Default internal receive connector", versions: (Version::V2007, Version::V2013), role: EdgeTransport, role_2013: EdgeTransport, transport_role: "HubTransport",
        bindings: &["0.0.0.0:25"], ranges: &[FROM_V4], auth: &["Tls", "ExchangeServer"], groups: &["AnonymousUsers", "ExchangeServers", "Partners"], settings: EDGE_OLD },
    Template { prefix: "Default internal receive connector", versions: (Version::V2016, Version::Se), role: EdgeTransport, role_2013: EdgeTransport, transport_role: "HubTransport",
        bindings: &["0.0.0.0:25"], ranges: &[FROM_V4], auth: &["Tls", "ExchangeServer"], groups: &["AnonymousUsers", "ExchangeServers", "Partners"], settings: &[] },
    Template { prefix: "Default", versions: NEW, role: Mailbox, role_2013: Mailbox, transport_role: "HubTransport",
        bindings: &["0.0.0.0:2525", "[::]:2525"], ranges: V6_FIRST, auth: EVERYONE, groups: MAIL_FLOW, settings: BETWEEN_SERVERS },
    Template { prefix: "Client Proxy", versions: NEW, role: Mailbox, role_2013: Mailbox, transport_role: "HubTransport",
        bindings: &["[::]:465", "0.0.0.0:465"], ranges: V6_FIRST, auth: EVERYONE, groups: &["ExchangeUsers", "ExchangeServers"], settings: PER_USER },
    Template { prefix: "Default Frontend", versions: NEW, role: Mailbox, role_2013: ClientAccess, transport_role: "FrontendTransport",
        bindings: &["[::]:25", "0.0.0.0:25"], ranges: V6_FIRST, auth: EVERYONE, groups: &["AnonymousUsers", "ExchangeServers", "ExchangeLegacyServers"], settings: FRONTEND },
    Template { prefix: "Outbound Proxy Frontend", versions: NEW, role: Mailbox, role_2013: ClientAccess, transport_role: "FrontendTransport",
        bindings: &["[::]:717", "0.0.0.0:717"], ranges: V6_FIRST, auth: EVERYONE, groups: &["ExchangeServers"], settings: OUTBOUND },
    Template { prefix: "Client Frontend", versions: NEW, role: Mailbox, role_2013: ClientAccess, transport_role: "FrontendTransport",
        bindings: &["[::]:587", "0.0.0.0:587"], ranges: V6_FIRST, auth: CLIENTS, groups: &["ExchangeUsers"], settings: PER_USER },
];

/// On 2013 without the ClientAccess role nothing else listens at port 25, so the Transport service does.
const BINDINGS_2013_ALONE: &[&str] = &["0.0.0.0:25", "[::]:25"];

impl Template {
    fn belongs_to(&self, server: &Server) -> bool {
        let role = if server.version == Version::V2013 { self.role_2013 } else { self.role };
        (self.versions.0..=self.versions.1).contains(&server.version) && server.roles.contains(role)
    }

    fn bindings(&self, server: &Server) -> &'static [&'static str] {
        let alone = server.version == Version::V2013 && !server.roles.contains(ClientAccess);
        if alone && self.prefix == "Default" { BINDINGS_2013_ALONE } else { self.bindings }
    }

    /// The message size is 36 MB where mail of other organizations and servers arrives.
    fn settings_2013(&self, server: &Server) -> &'static [Setting] {
        match self.prefix {
            _ if server.version != Version::V2013 || server.is_edge() => &[],
            "Default Frontend" | "Outbound Proxy Frontend" => FRONTEND_2013,
            _ => LIMITS_2013,
        }
    }

    fn make(&self, server: &Server, state: EdgeState) -> ReceiveConnector {
        let mut connector = ReceiveConnector::new(&format!("{} {}", self.prefix, server.name), server);
        let mut put = |row: &'static Row<ReceiveConnector>, texts: &[&str]| {
            let value = row.param.kind.parse_all(row.name(), texts).unwrap_or(Value::Null);
            // The law "setup's connectors break no rule" reads every template on every version and role.
            let _ = row.assign(&mut connector, value);
        };
        put(&rows::BINDINGS, self.bindings(server));
        put(&rows::REMOTE_IP_RANGES, self.ranges);
        put(&rows::AUTH_MECHANISM, self.auth);
        put(&rows::PERMISSION_GROUPS, self.groups);
        put(&rows::TRANSPORT_ROLE, &[self.transport_role]);
        let settings = self.settings.iter().chain(self.settings_2013(server));
        for (row, text) in settings.filter(|(row, _)| row.exists_in(server.release())) {
            put(row, &[text]);
        }
        if self.role == EdgeTransport && state == EdgeState::Alone {
            edge_default::as_installed(&mut connector, server.platform());
        }
        connector
    }
}

/// The connectors that setup makes on `server`, without identifiers and dates, in the order it makes them.
#[must_use]
pub fn default_connectors(server: &Server) -> Vec<ReceiveConnector> {
    default_connectors_of(server, EdgeState::Alone)
}

/// The same, as they are once an Edge Transport server is in that state.
#[must_use]
pub fn default_connectors_of(server: &Server, state: EdgeState) -> Vec<ReceiveConnector> {
    TEMPLATES.iter().filter(|t| t.belongs_to(server)).map(|t| t.make(server, state)).collect()
}

/// The connectors of `host` that setup made and that nothing but an Edge subscription changed.
#[must_use]
pub(crate) fn untouched_defaults(host: &Host) -> Vec<&ReceiveConnector> {
    let mut made = default_connectors(&host.server);
    made.extend(default_connectors_of(&host.server, EdgeState::Subscribed));
    let as_made = |c: &&ReceiveConnector| {
        made.iter().any(|m| *m == ReceiveConnector { metadata: Metadata::default(), ..(*c).clone() })
    };
    host.connectors.iter().filter(as_made).collect()
}

/// The roles on which a server has receive connectors at all, on its version.
#[must_use]
pub fn connector_roles(version: Version) -> EnumSet<ServerRole> {
    match version {
        Version::V2007 | Version::V2010 => HubTransport | EdgeTransport,
        Version::V2013 => Mailbox | ClientAccess | EdgeTransport,
        Version::V2016 | Version::V2019 | Version::Se => Mailbox | EdgeTransport,
    }
}
