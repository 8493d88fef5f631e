//! Who stands at an end of flows.

use std::sync::Arc;

use strum::VariantNames;

use crate::connector::{Host, ReceiveConnector};
use crate::datapath::{EDITIONS, Role};
use crate::net::RemoteRange;
use crate::organization::NetworkEndpoint;
use crate::organization::network_endpoint::EndpointKind;
use crate::param::Version;
use crate::permission::PermissionGroup;

/// An end of flows.
#[derive(Clone, Debug)]
pub enum Node {
    /// A server of the organization.
    Server(Arc<Host>),
    /// A network endpoint.
    Endpoint(Arc<NetworkEndpoint>),
    /// A role of the tables of which nothing is known but its name.
    Role(&'static Role),
}

/// The roles that a service of an Exchange server plays for that server alone.
const OWN_SERVICES: [&str; 2] = ["ad-topology-service", "adam-on-edge"];

/// The roles of the tables that an endpoint of that kind has, by their names in all editions.
fn roles(kind: EndpointKind) -> &'static [&'static str] {
    match kind {
        EndpointKind::DomainController => &["domain-controller"],
        EndpointKind::DnsServer => &["dns-server"],
        EndpointKind::Client => {
            &["client", "any-client", "outlook", "mapi-client", "webdav-client", "smtp-client"]
        }
        EndpointKind::IPGateway => &["ip-gateway"],
        EndpointKind::External => &["internet", "smtp-server", "outside-proxy-server"],
        EndpointKind::ManagementStation => &["admin"],
        EndpointKind::BackupServer => &["backup-client"],
        EndpointKind::LegacyServer => &["legacy-mailbox", "recipient-update-service"],
        EndpointKind::CommunicationsServer => &["office-communications-server", "skype-for-business-server"],
        EndpointKind::RightsManagementServer => &["ad-rms"],
    }
}

/// The first kind of endpoint that has one of these roles of the tables, and the role.
#[must_use]
pub fn endpoint_for<'n>(names: &[&'n str]) -> Option<(EndpointKind, &'n str)> {
    let kinds = EndpointKind::VARIANTS.iter().filter_map(|name| name.parse::<EndpointKind>().ok());
    let role = |kind: EndpointKind| names.iter().copied().find(|name| roles(kind).contains(name));
    kinds.into_iter().find_map(|kind| Some((kind, role(kind)?)))
}

impl Node {
    /// Its name.
    #[must_use]
    pub fn name(&self) -> &str {
        match self {
            Node::Server(host) => &host.server.name,
            Node::Endpoint(endpoint) => &endpoint.name,
            Node::Role(role) => role.name,
        }
    }

    /// Its addresses; empty where they are not known.
    #[must_use]
    pub fn addresses(&self) -> Vec<RemoteRange> {
        match self {
            Node::Server(host) => {
                host.server.addresses.iter().filter_map(|one| RemoteRange::new(*one, *one)).collect()
            }
            Node::Endpoint(endpoint) => endpoint.ip_addresses.clone(),
            Node::Role(_) => Vec::new(),
        }
    }

    /// The server, where it is one.
    #[must_use]
    pub fn host(&self) -> Option<&Host> {
        match self {
            Node::Server(host) => Some(host),
            Node::Endpoint(_) | Node::Role(_) => None,
        }
    }

    /// Its Active Directory site, where it is known.
    #[must_use]
    pub fn site(&self) -> Option<&str> {
        self.host().and_then(|host| host.server.site.as_deref())
    }

    /// The edition that it runs, of a server.
    #[must_use]
    pub fn version(&self) -> Option<Version> {
        self.host().map(|host| host.server.version)
    }

    /// Whether both are the same server.
    #[must_use]
    pub fn is(&self, other: &Node) -> bool {
        match (self, other) {
            (Node::Server(one), Node::Server(two)) => {
                Arc::ptr_eq(one, two) || one.server.name == two.server.name
            }
            (Node::Endpoint(one), Node::Endpoint(two)) => one.name == two.name,
            _ => false,
        }
    }

    /// Whether it is an Edge Transport server.
    #[must_use]
    pub fn is_edge(&self) -> bool {
        self.host().is_some_and(|host| host.server.is_edge())
    }

    /// Whether it stands for a role of the tables.
    #[must_use]
    pub(crate) fn plays(&self, role: &Role) -> bool {
        match self {
            Node::Server(host) => role.is_of(&host.server),
            Node::Endpoint(endpoint) => roles(endpoint.kind).contains(&role.name),
            Node::Role(own) => *own == role,
        }
    }

    /// Whether it stands for a role of the tables towards `other`: outside there are Edge Transport servers of other
    /// organizations, with which only Edge Transport servers exchange mail.
    #[must_use]
    pub(crate) fn plays_for(&self, role: &Role, other: &Node) -> bool {
        let partner =
            self.is_kind(EndpointKind::External) && other.is_edge() && role.name == "edge-transport";
        self.plays(role) || partner
    }

    /// Whether it is an endpoint of that kind.
    #[must_use]
    pub(crate) fn is_kind(&self, kind: EndpointKind) -> bool {
        matches!(self, Node::Endpoint(endpoint) if endpoint.kind == kind)
    }

    /// Whether it stands for a role of that name in the tables of any version.
    #[must_use]
    pub(crate) fn is_called(&self, role: &Role) -> bool {
        let namesakes = EDITIONS.iter().flat_map(|edition| edition.roles).filter(|other| **other == role);
        namesakes.into_iter().any(|other| self.plays(other))
    }

    /// Whether `role` is a service that runs on the server itself.
    #[must_use]
    pub(crate) fn serves_itself(&self, role: &Role) -> bool {
        self.host().is_some() && OWN_SERVICES.contains(&role.name)
    }

    /// Whether a connector is meant for it: by the permission group that its sessions have, and by its address.
    #[must_use]
    pub(crate) fn is_admitted(&self, connector: &ReceiveConnector) -> bool {
        let groups = connector.access.groups();
        let group = match self {
            Node::Server(_) => groups.contains(PermissionGroup::ExchangeServers),
            Node::Endpoint(endpoint) if endpoint.kind == EndpointKind::Client => {
                groups.contains(PermissionGroup::ExchangeUsers)
            }
            Node::Role(role) if role.name.contains("client") => {
                groups.contains(PermissionGroup::ExchangeUsers)
            }
            Node::Endpoint(_) | Node::Role(_) => {
                groups.contains(PermissionGroup::AnonymousUsers) || groups.contains(PermissionGroup::Partners)
            }
        };
        let own = self.addresses();
        let answers =
            |range: &RemoteRange| connector.remote_ip_ranges.iter().any(|one| one.common(range).is_some());
        group && (own.is_empty() || own.iter().any(answers))
    }
}
