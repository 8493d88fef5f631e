//! The first thing that mail between two servers lacks (D4), and the same servers with it mended.

use std::borrow::Cow;

use super::candidates::Fate;
use super::domain_security::Inbound;
use super::identity::principals;
use super::path::{Attempt, Proof, failing};
use super::policy::Policy;
use super::remedy::{Action, Remedy, giving};
use super::rights::Deciding;
use super::service::Service;
use super::{Outcome, Refusal};
use crate::connector::{AuthMechanism, Host, rows};
use crate::net::Binding;
use crate::param::Field;
use crate::permission::Evaluator;

/// One thing that mail lacks.
#[derive(Clone, Debug, PartialEq)]
pub enum Lack {
    /// A change to a connector.
    Change(Remedy),
    /// A connector listens at the port, at an address that the destination does not own.
    Unowned {
        /// Its place.
        connector: usize,
        /// Where it listens.
        binding: Binding,
    },
    /// Nothing listens at that address and port.
    Listener,
    /// P9: the domain is not on TLSReceiveDomainSecureList.
    Unlisted(String),
    /// P9: the connector is externally secured.
    External(usize),
    /// Nothing on the server helps: what the sender would have to do.
    Sender(&'static str),
    /// Refused, and nothing known helps.
    Refused(Refusal),
}

impl Lack {
    /// Mends the copy; false where nothing can be asked after this.
    pub(super) fn mend(&self, host: &mut Cow<'_, Host>, policy: &mut Cow<'_, Policy>) -> bool {
        match self {
            Lack::Change(Remedy { connector: Some(at), action, .. }) => {
                let platform = host.server.platform();
                let connectors = &mut host.to_mut().connectors;
                connectors.get_mut(*at).map(|one| *one = action.on(one, platform)).is_some()
            }
            Lack::External(at) => {
                let connector = host.to_mut().connectors.get_mut(*at);
                connector.map(|one| one.auth.remove(AuthMechanism::ExternalAuthoritative)).is_some()
            }
            Lack::Unlisted(domain) => {
                *policy = Cow::Owned(policy.as_ref().clone().secure(std::slice::from_ref(domain), &[]));
                true
            }
            _ => false,
        }
    }
}

/// The first thing that the attempt lacks: somebody who answers, what the session is refused for, Domain Security,
/// then rights.
pub(super) fn lack(attempt: &Attempt<'_>) -> Option<Lack> {
    let decision = &attempt.verdict.decision;
    match (decision.connector, decision.outcome) {
        (None, _) => Some(listener(attempt)),
        (Some(at), Outcome::Rejected(Refusal::DomainSecurity)) => secured(attempt, at),
        (Some(_), Outcome::Rejected(refusal)) => Some(refused(attempt, refusal)),
        (Some(at), _) => secured(attempt, at).or_else(|| of_rights(attempt, at).map(Lack::Change)),
    }
}

/// Why nobody answers. A connector that offers what is needed is changed sooner than another.
fn listener(attempt: &Attempt<'_>) -> Lack {
    let offers = |remedy: &&Remedy| {
        let connector = remedy.connector.and_then(|at| attempt.host.connectors.get(at));
        connector.is_some_and(|connector| connector.auth.is_superset(offered(attempt.path.proof)))
    };
    let remedies = &attempt.verdict.remedies;
    if let Some(remedy) = remedies.iter().find(offers).or(remedies.first()) {
        return Lack::Change(remedy.clone());
    }
    let bound = attempt.verdict.candidates.iter().filter(|one| one.fate == Fate::NotBound);
    bound.filter_map(|one| unowned(attempt, one.connector)).next().unwrap_or(Lack::Listener)
}

/// What AuthMechanism must have for a proof.
fn offered(proof: Proof) -> enumset::EnumSet<AuthMechanism> {
    match proof {
        Proof::DirectTrust | Proof::ExchangeServer => AuthMechanism::ExchangeServer.into(),
        Proof::Integrated => AuthMechanism::Integrated.into(),
        Proof::Basic => AuthMechanism::BasicAuth.into(),
        Proof::DomainSecurity => AuthMechanism::Tls.into(),
        Proof::Anonymous => enumset::EnumSet::empty(),
    }
}

/// C13: a binding at the port whose address the destination does not own, where no other binding of it does.
fn unowned(attempt: &Attempt<'_>, at: usize) -> Option<Lack> {
    let connector = attempt.host.connectors.get(at)?;
    let owned = &attempt.host.server.addresses;
    let (local, mut here) = (attempt.client.local, connector.bindings.iter());
    let foreign = |binding: &&Binding| {
        let endpoint = binding.endpoint();
        let strange = !binding.is_wildcard() && !owned.iter().any(|own| own.to_canonical() == endpoint.ip());
        strange && endpoint.port() == local.port() && endpoint.is_ipv4() == local.is_ipv4()
    };
    here.find(foreign).map(|binding| Lack::Unowned { connector: at, binding: binding.clone() })
}

fn refused(attempt: &Attempt<'_>, refusal: Refusal) -> Lack {
    let remedies = &attempt.verdict.remedies;
    let on_server = remedies.iter().find(|remedy| !matches!(remedy.action, Action::Client(_)));
    match (on_server, remedies.first().map(|remedy| &remedy.action)) {
        (Some(remedy), _) => Lack::Change(remedy.clone()),
        (None, Some(Action::Client(what))) => Lack::Sender(what),
        _ => Lack::Refused(refusal),
    }
}

/// P9, condition by condition.
fn secured(attempt: &Attempt<'_>, at: usize) -> Option<Lack> {
    let connector = attempt.host.connectors.get(at)?;
    let change = |action| {
        let platform = attempt.host.server.platform();
        Lack::Change(Remedy::of(at, connector, action, platform, attempt.policy))
    };
    Some(match failing(attempt, connector)? {
        Inbound::Enabled => change(Action::Set(rows::DOMAIN_SECURE_ENABLED.name(), true.value())),
        Inbound::TlsOffered => change(Action::Offer(AuthMechanism::Tls.into())),
        Inbound::NotExternal => Lack::External(at),
        Inbound::Listed => Lack::Unlisted(attempt.path.domain().to_owned()),
        Inbound::TlsUsed | Inbound::Certificate => Lack::Refused(Refusal::DomainSecurity),
    })
}

/// The first right that lacks; the sender's are asked of the Transport service where a front end hands on (P10).
fn of_rights(attempt: &Attempt<'_>, at: usize) -> Option<Remedy> {
    let Attempt { path, host, policy, client, verdict } = attempt;
    let (service, platform) = (Service::new(host, policy), host.server.platform());
    let front = host.connectors.get(at)?;
    let who = verdict.decision.who?;
    let mut session = principals(who, client, policy);
    // An account that nobody names has no entries of its own.
    session.retain(|principal| !principal.name().is_empty());
    path.proof.rights(super::Peer::of(path.source)).iter().find_map(|right| {
        let of_recipient = *right == Deciding::AcceptAnyRecipient;
        let behind = service.backend(front, client).filter(|_| !of_recipient);
        let at = behind.unwrap_or(at);
        let connector = host.connectors.get(at)?;
        let list = Evaluator::new(&connector.access, platform);
        if list.allows(&session, right.right()) {
            return None;
        }
        let action = giving(&session, who, *right, platform, &list).into_iter().next()?;
        Some(Remedy::of(at, connector, action, platform, policy))
    })
}
