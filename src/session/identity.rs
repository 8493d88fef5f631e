//! Who a session is (P6): the principals that an access list is asked for.
//!
//! It decides no right; [`super::rights`] does.

use enumset::EnumSet;

use super::client::{Client, Mechanism};
use super::policy::Policy;
use crate::connector::{AuthMechanism, ReceiveConnector};
use crate::param::{Version, closed};
use crate::permission::{AUTHENTICATED, EVERYONE, PRINCIPALS, Principal};
use crate::server::{Server, ServerRole};

closed! {
    /// What a server of the organization is to another one: a Hub Transport server, since 2013 a Mailbox server; an Edge
    /// Transport server; any other Exchange server; a server of Exchange 2003, which no store holds.
    #[derive(Hash, PartialOrd, Ord)]
    Peer: HubTransport, EdgeTransport, ExchangeServer, LegacyServer
}

impl Peer {
    /// What `server` is to another.
    #[must_use]
    pub fn of(server: &Server) -> Self {
        let mailbox = server.version >= Version::V2013 && server.roles.contains(ServerRole::Mailbox);
        if server.is_edge() {
            Peer::EdgeTransport
        } else if mailbox || server.roles.contains(ServerRole::HubTransport) {
            Peer::HubTransport
        } else {
            Peer::ExchangeServer
        }
    }
}

/// What AuthMechanism must have one of before any session can be `principal` (P6, P7); nothing where that is decided
/// otherwise.
#[must_use]
pub fn proofs(principal: &Principal) -> EnumSet<AuthMechanism> {
    let is = |who: Who| who.principal().is_some_and(|known| known == *principal);
    let authenticated = principal.name() == AUTHENTICATED;
    if is(Who::ExternallySecured) {
        AuthMechanism::ExternalAuthoritative.into()
    } else if PEERS.into_iter().chain([Who::Server(Peer::LegacyServer)]).any(is) {
        AuthMechanism::ExchangeServer.into()
    } else if authenticated || matches!(principal, Principal::Account(_)) {
        AuthMechanism::Integrated | AuthMechanism::BasicAuth | AuthMechanism::ExchangeServer
    } else {
        EnumSet::empty()
    }
}

/// Who a session is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Who {
    /// It has proved nothing.
    Anonymous,
    /// The same on a system whose policy applies Everyone permissions to anonymous users.
    AnonymousInEveryone,
    /// An account, after AUTH.
    Account,
    /// A client of a connector with ExternalAuthoritative, from connect.
    ExternallySecured,
    /// A server of the organization, after Exchange Server authentication.
    Server(Peer),
    /// A domain on TLSReceiveDomainSecureList that proved itself by its certificate (P9), for one message.
    Partner,
}

impl Who {
    /// The well-known principal that it is alone; nothing for an account.
    #[must_use]
    pub fn principal(self) -> Option<Principal> {
        self.place().and_then(|at| PRINCIPALS.get(at)).map(Principal::WellKnown)
    }

    /// The place of that principal in [`PRINCIPALS`].
    pub(super) fn place(self) -> Option<usize> {
        match self {
            Who::Account => None,
            Who::Anonymous | Who::AnonymousInEveryone => Some(0),
            Who::Partner => Some(2),
            Who::Server(Peer::HubTransport) => Some(3),
            Who::Server(Peer::EdgeTransport) => Some(4),
            Who::ExternallySecured => Some(5),
            Who::Server(Peer::ExchangeServer) => Some(7),
            Who::Server(Peer::LegacyServer) => Some(8),
        }
    }

    /// Whether it has proved nothing.
    #[must_use]
    pub(crate) fn is_anonymous(self) -> bool {
        matches!(self, Who::Anonymous | Who::AnonymousInEveryone)
    }

    /// Who it is, whatever the system's policy says of Everyone.
    pub(super) fn regardless_of_everyone(self) -> Self {
        if self == Who::AnonymousInEveryone { Who::Anonymous } else { self }
    }

    /// Whether it proved itself by AUTH or X-EXPS.
    #[must_use]
    pub(crate) fn is_authenticated(self) -> bool {
        matches!(self, Who::Account | Who::Server(_))
    }
}

/// The peers that a session of Exchange Server authentication may be.
const PEERS: [Who; 3] =
    [Who::Server(Peer::HubTransport), Who::Server(Peer::EdgeTransport), Who::Server(Peer::ExchangeServer)];

/// Who the client may be on this connector, after AUTH and before MAIL FROM: one, or several where nothing says
/// which server the peer is, or where the connector's list names Everyone (`everyone`) and the client is anonymous.
pub(super) fn possible(
    client: &Client,
    connector: &ReceiveConnector,
    policy: &Policy,
    everyone: bool,
) -> ([Who; 3], usize) {
    let one = |who| ([who; 3], 1);
    match client.mechanism {
        Some(Mechanism::ExchangeServer) => {
            let owner = || policy.server_at(client.remote).map(|server| server.peer);
            client.peer.or_else(owner).map_or((PEERS, PEERS.len()), |peer| one(Who::Server(peer)))
        }
        Some(_) => one(Who::Account),
        None if connector.auth.contains(AuthMechanism::ExternalAuthoritative) => one(Who::ExternallySecured),
        None if everyone => ([Who::Anonymous, Who::AnonymousInEveryone, Who::Anonymous], 2),
        None => one(Who::Anonymous),
    }
}

/// Everybody that the session is to an access list, itself first. An account that the policy does not know is itself,
/// Authenticated Users and the groups of every session.
#[must_use]
pub fn principals(who: Who, client: &Client, policy: &Policy) -> Vec<Principal> {
    match who.principal() {
        Some(principal) => {
            let everyone = (who == Who::AnonymousInEveryone).then(|| Principal::read(EVERYONE));
            principal.session().into_iter().chain(everyone).collect()
        }
        None => {
            let user = client.user.as_deref().unwrap_or_default();
            let known = policy.principals(user).map(<[Principal]>::to_vec);
            known.unwrap_or_else(|| Principal::Account(user.to_owned()).session())
        }
    }
}
