//! One client on one connector, with everything that the rules ask about worked out once.

use enumset::EnumSet;

use super::client::{Client, Mechanism};
use super::domain_security::{Inbound, failing_inbound};
use super::domains::domain_of;
use super::ehlo::is_frontend;
use super::identity::Who;
use super::policy::Policy;
use super::rights::{Deciding, Held};
use crate::connector::{Host, ReceiveConnector, TransportRole};
use crate::param::{Platform, Version};

/// A client, the connector that answers it, and who it is there.
pub(super) struct Case<'a> {
    pub client: &'a Client,
    pub policy: &'a Policy,
    pub connector: &'a ReceiveConnector,
    pub platform: Platform,
    /// Who the session is before MAIL FROM.
    pub session: Who,
    /// Who it is for the message: Domain Security makes it a partner (P9).
    pub message: Who,
    /// What it may do before MAIL FROM.
    pub session_rights: Held,
    /// What it may do for the message.
    pub rights: Held,
    /// Whether the Front End Transport service owns the connector.
    pub frontend: bool,
    /// Whether the server is an Edge Transport server.
    pub edge: bool,
    /// The Transport service's connector that an authenticated session is handed to, and what it may do there (P10).
    pub backend: Option<(usize, Held)>,
    /// The conditions of Domain Security that fail, where the sender's domain is under it (P9).
    pub domain_security: Option<EnumSet<Inbound>>,
}

/// What a session may do on the connector at a place.
pub(super) type Ask<'a> = &'a dyn Fn(usize, Who) -> Held;

impl<'a> Case<'a> {
    /// `who` on the connector at place `at` of the host; `backend` is where an authenticated session of a front
    /// end goes on.
    pub fn new(
        client: &'a Client,
        policy: &'a Policy,
        host: &'a Host,
        at: usize,
        (who, backend): (Who, Option<usize>),
        ask: Ask<'_>,
    ) -> Option<Self> {
        let connector = host.connectors.get(at)?;
        let mut case = Case {
            client,
            policy,
            connector,
            platform: host.server.platform(),
            session: who,
            message: who,
            session_rights: ask(at, who),
            rights: Held::default(),
            frontend: is_frontend(connector, &host.server),
            edge: host.server.is_edge(),
            backend: None,
            domain_security: None,
        };
        case.domain_security = case.under_domain_security();
        if case.is_domain_secured() {
            case.message = Who::Partner;
        }
        case.rights = if case.message == who { case.session_rights } else { ask(at, case.message) };
        case.backend = backend.filter(|_| case.is_handed_on()).map(|at| (at, ask(at, case.message)));
        Some(case)
    }

    /// P9: a sender whose domain is on the list, on a connector with DomainSecureEnabled.
    fn under_domain_security(&self) -> Option<EnumSet<Inbound>> {
        let domain = self.domain(&self.client.mail_from).filter(|_| self.connector.domain_secure)?;
        let listed = self.policy.is_receive_secure(domain);
        listed.then(|| failing_inbound(self.connector, self.client, Some(domain), self.policy))
    }

    /// The component of the service whose connector answers, as Set-ServerComponentState calls it.
    pub(crate) fn component(&self) -> &'static str {
        match (self.edge, self.frontend) {
            (true, _) => "EdgeTransport",
            (false, true) => "FrontendTransport",
            (false, false) => "HubTransport",
        }
    }

    /// Whether the component whose state is asked about is that of the service whose connector answers; component states
    /// came with 2013.
    pub(crate) fn has_that_component(&self) -> bool {
        let is_own = |role: TransportRole| (role == TransportRole::FrontendTransport) == self.frontend;
        self.platform.version >= Version::V2013 && self.client.component.is_none_or(is_own)
    }

    /// Whether Domain Security holds for the message.
    pub(crate) fn is_domain_secured(&self) -> bool {
        self.domain_security.is_some_and(|failing| failing.is_empty())
    }

    /// P10: whether the Transport service checks the sender in the front end's place.
    pub(crate) fn is_handed_on(&self) -> bool {
        self.frontend && self.session.is_authenticated()
    }

    /// An address's domain; of one without, DefaultDomain or the organization's default accepted domain.
    pub fn domain<'b>(&'b self, address: &'b str) -> Option<&'b str> {
        if address.is_empty() {
            return None;
        }
        let default = || self.connector.default_domain.as_deref().or(self.policy.default_domain.as_deref());
        domain_of(address).or_else(default)
    }

    /// Whether the message has the right.
    pub fn may(&self, right: Deciding) -> bool {
        self.rights.has(right)
    }

    /// The mechanism by which it authenticates.
    pub fn mechanism(&self) -> Option<Mechanism> {
        self.client.mechanism
    }
}
