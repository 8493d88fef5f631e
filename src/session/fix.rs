//! What fixes a refusal, as typed changes: to a connector, the organization, the server, or the client.
//!
//! It spells no command line: whoever prints a verdict does.

use std::net::{IpAddr, SocketAddr};

use enumset::EnumSet;

use super::client::{Client, Mechanism, ServiceState, Tls};
use super::policy::Policy;
use crate::connector::relay::{Way, open};
use crate::connector::{AuthMechanism, Host, ReceiveConnector};
use crate::net::{Binding, RemoteRange};
use crate::param::{Platform, Row, Value};
use crate::permission::{Entry, PermissionGroup, grants};

/// The port for mail of users' clients.
pub(super) const SUBMISSION: u16 = 587;

/// A property of a connector.
#[derive(Clone, Copy)]
pub struct Property(&'static Row<ReceiveConnector>);

impl Property {
    /// Its row.
    #[must_use]
    pub fn row(self) -> &'static Row<ReceiveConnector> {
        self.0
    }
}

impl From<&'static Row<ReceiveConnector>> for Property {
    fn from(row: &'static Row<ReceiveConnector>) -> Self {
        Property(row)
    }
}

impl PartialEq for Property {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self.0, other.0)
    }
}

impl std::fmt::Debug for Property {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.0.name())
    }
}

/// A change to a connector.
#[derive(Clone, Debug, PartialEq)]
pub enum Change {
    /// Turn it on.
    Enable,
    /// Let it answer one more range.
    AddRange(RemoteRange),
    /// Name one more permission group.
    AddGroup(PermissionGroup),
    /// Allow a right to a principal.
    Grant(Entry),
    /// Remove an entry that denies.
    RemoveDeny(Entry),
    /// Offer mechanisms of AuthMechanism.
    Offer(EnumSet<AuthMechanism>),
    /// No longer externally secured.
    NotExternal,
    /// Listen at another address.
    Rebind {
        /// Where it listens.
        from: Binding,
        /// Where it is to listen.
        to: SocketAddr,
    },
    /// Give a property another value.
    Set(Property, Value),
}

/// A connector of its own for one client.
#[derive(Clone, Debug, PartialEq)]
pub struct OwnConnector {
    /// The connector, with the permission groups that it is made with.
    pub connector: Box<ReceiveConnector>,
    /// The rights that it needs beside its groups.
    pub rights: Vec<Entry>,
}

/// What the client must do.
#[derive(Clone, Debug, PartialEq)]
pub enum ClientChange {
    /// Give a domain name after EHLO.
    Greet,
    /// Use STARTTLS before mail and passwords.
    StartTls,
    /// Show a certificate that names the domain, after STARTTLS.
    Certificate(String),
    /// Bind the authentication to the TLS channel.
    BindChannel,
    /// Authenticate, by this mechanism.
    Authenticate(Mechanism),
    /// Send without authentication.
    StayAnonymous,
    /// Connect to this port; to 587 with STARTTLS.
    Port(u16),
    /// Send from this address of the account.
    Sender(String),
}

/// What an administrator must do on the server, which is not in the store.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ServerChange {
    /// End the maintenance of a component.
    Activate(&'static str),
    /// Give the connector a certificate.
    Certificate,
}

/// One change that helps.
#[derive(Clone, Debug, PartialEq)]
pub enum Fix {
    /// A change to the connector at a place.
    Connector(usize, Change),
    /// A connector of its own for the client.
    OwnConnector(OwnConnector),
    /// One more accepted domain, where the domain belongs to the organization.
    AcceptedDomain(String),
    /// P9: one more domain on TLSReceiveDomainSecureList.
    SecureDomain(String),
    /// C13: one more address of the server.
    ServerAddress(IpAddr),
    /// A change on the server.
    Server(ServerChange),
    /// A change of the client.
    Client(ClientChange),
}

/// Fixes that help when they are made together.
#[derive(Clone, Debug, PartialEq)]
pub struct Remedy {
    /// The fixes, in the order in which they are made.
    pub fixes: Vec<Fix>,
    /// Whether a connector is an open relay with them (R3).
    pub opens_relay: bool,
}

impl From<ClientChange> for Remedy {
    fn from(change: ClientChange) -> Self {
        Remedy { fixes: vec![Fix::Client(change)], opens_relay: false }
    }
}

impl From<ServerChange> for Remedy {
    fn from(change: ServerChange) -> Self {
        Remedy { fixes: vec![Fix::Server(change)], opens_relay: false }
    }
}

impl Remedy {
    /// These fixes, and whether a connector that they change would be an open relay.
    pub(super) fn of(fixes: Vec<Fix>, host: &Host, policy: &Policy) -> Self {
        let platform = host.server.platform();
        let catch_all = policy.domains.catch_all();
        let mut changed: Vec<(usize, ReceiveConnector)> = Vec::new();
        for fix in &fixes {
            let Fix::Connector(at, change) = fix else { continue };
            let Some(connector) = host.connectors.get(*at) else { continue };
            let before = changed.iter().find(|(place, _)| place == at).map_or(connector, |(_, one)| one);
            let after = change.on(before, platform);
            changed.retain(|(place, _)| place != at);
            changed.push((*at, after));
        }
        let is_open = |one: &ReceiveConnector| open(&Way { connector: one, platform, catch_all }).is_some();
        Remedy { opens_relay: changed.iter().any(|(_, one)| is_open(one)), fixes }
    }

    /// Whether every property that it sets takes the value.
    #[must_use]
    pub(super) fn is_within_bounds(&self) -> bool {
        self.fixes.iter().all(|fix| match fix {
            Fix::Connector(_, Change::Set(property, value)) => property.row().param.kind.allows(value),
            _ => true,
        })
    }

    /// Whether it needs no more than the client.
    #[must_use]
    pub(crate) fn is_of_client(&self) -> bool {
        self.fixes.iter().all(|fix| matches!(fix, Fix::Client(_)))
    }
}

impl Change {
    /// The connector after the change.
    #[must_use]
    pub fn on(&self, connector: &ReceiveConnector, platform: Platform) -> ReceiveConnector {
        let mut changed = connector.clone();
        match self {
            Change::Enable => changed.enabled = true,
            Change::AddRange(range) => changed.remote_ip_ranges.push(range.clone()),
            Change::AddGroup(group) => {
                let entries = grants(*group, platform);
                changed.access = changed.access.with(&entries, platform);
            }
            Change::Grant(entry) => {
                changed.access = changed.access.with(std::slice::from_ref(entry), platform);
            }
            Change::RemoveDeny(entry) => {
                changed.access = changed.access.without(std::slice::from_ref(entry), platform);
            }
            Change::Offer(mechanisms) => changed.auth |= *mechanisms,
            Change::NotExternal => {
                changed.auth.remove(AuthMechanism::ExternalAuthoritative);
            }
            Change::Rebind { from, to } => {
                changed.bindings.retain(|binding| binding != from);
                changed.bindings.extend(Binding::new(to.ip(), to.port()));
            }
            Change::Set(property, value) => {
                // Values are made for the row that they go with.
                let _ = property.row().assign(&mut changed, value.clone());
            }
        }
        changed
    }
}

impl OwnConnector {
    /// The connector with its rights.
    #[must_use]
    pub fn made(&self, platform: Platform) -> ReceiveConnector {
        let access = self.connector.access.with(&self.rights, platform);
        ReceiveConnector { access, ..(*self.connector).clone() }
    }
}

impl ClientChange {
    pub(super) fn apply(&self, client: &mut Client) {
        match self {
            ClientChange::Greet => client.helo = Some("client".to_owned()),
            ClientChange::StartTls => client.tls = Tls::StartTls,
            ClientChange::Certificate(domain) => {
                client.tls = Tls::StartTls;
                client.certificate.push(domain.clone());
            }
            ClientChange::BindChannel => {
                client.channel_binding = true;
                client.tls = if client.tls == Tls::None { Tls::StartTls } else { client.tls };
            }
            ClientChange::Authenticate(mechanism) => {
                client.mechanism = Some(*mechanism);
                client.tls = Tls::StartTls;
            }
            ClientChange::StayAnonymous => (client.mechanism, client.user) = (None, None),
            ClientChange::Port(port) => {
                client.local.set_port(*port);
                client.tls = if *port == SUBMISSION { Tls::StartTls } else { client.tls };
            }
            ClientChange::Sender(address) => {
                client.mail_from.clone_from(address);
                client.from = None;
            }
        }
    }
}

impl Fix {
    /// Makes the change to what a session is decided by.
    pub fn apply(&self, host: &mut Host, policy: &mut Policy, client: &mut Client) {
        let platform = host.server.platform();
        match self {
            Fix::Connector(at, change) => {
                if let Some(connector) = host.connectors.get_mut(*at) {
                    *connector = change.on(connector, platform);
                }
            }
            Fix::OwnConnector(own) => host.connectors.push(own.made(platform)),
            Fix::AcceptedDomain(name) => *policy = policy.clone().accepting(name),
            Fix::SecureDomain(name) => {
                *policy = policy.clone().secure(std::slice::from_ref(name), &[]);
            }
            Fix::ServerAddress(address) => host.server.addresses.push(*address),
            Fix::Server(ServerChange::Activate(_)) => client.service_state = ServiceState::Active,
            Fix::Server(ServerChange::Certificate) => client.server_certificate = true,
            Fix::Client(change) => change.apply(client),
        }
    }
}
