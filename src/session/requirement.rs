//! The first requirement of mail between two servers that is not met (D4).

use super::candidates::Fate;
use super::domain_security::Inbound;
use super::fix::{Change, Fix, Remedy};
use super::identity::principals;
use super::path::{Attempt, Proof, failing};
use super::remedies::{giving, secured};
use super::rights::Deciding;
use super::service::Service;
use super::{Outcome, Refusal};
use crate::connector::AuthMechanism;
use crate::net::Binding;
use crate::permission::Evaluator;

/// One requirement that is not met.
#[derive(Clone, Debug, PartialEq)]
pub enum MissingRequirement {
    /// This change.
    Fix(Fix),
    /// A connector listens at the port, at an address that the destination does not own.
    Address {
        /// Its place.
        connector: usize,
        /// Where it listens.
        binding: Binding,
    },
    /// A connector that listens at that address and port.
    Listener,
    /// Refused, and nothing known helps.
    Unknown(Refusal),
}

/// The first requirement that the attempt does not meet: somebody who answers, what the session is refused for, Domain
/// Security, then rights.
pub(super) fn first_missing(attempt: &Attempt<'_>) -> Option<MissingRequirement> {
    let decision = &attempt.verdict.decision;
    match (decision.connector, decision.outcome) {
        (None, _) => Some(listener(attempt)),
        (Some(at), Outcome::Rejected(Refusal::DomainSecurity)) => domain_security(attempt, at),
        (Some(_), Outcome::Rejected(refusal)) => Some(refused(attempt, refusal)),
        (Some(at), _) => {
            domain_security(attempt, at).or_else(|| right(attempt, at).map(MissingRequirement::Fix))
        }
    }
}

/// Why no connector answers. A connector that offers what is needed is changed sooner than another.
fn listener(attempt: &Attempt<'_>) -> MissingRequirement {
    let offers = |fix: &&Fix| match fix {
        Fix::Connector(at, _) => {
            let connector = attempt.host.connectors.get(*at);
            connector.is_some_and(|connector| connector.auth.is_superset(offered(attempt.path.proof)))
        }
        _ => false,
    };
    let fixes: Vec<&Fix> = attempt.verdict.remedies.iter().flat_map(|remedy| remedy.fixes.first()).collect();
    if let Some(fix) = fixes.iter().copied().find(offers).or(fixes.first().copied()) {
        return MissingRequirement::Fix(fix.clone());
    }
    let bound = attempt.verdict.candidates.iter().filter(|one| one.fate == Fate::NotBound);
    let unowned = bound.filter_map(|one| unowned(attempt, one.connector)).next();
    unowned.unwrap_or(MissingRequirement::Listener)
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
fn unowned(attempt: &Attempt<'_>, at: usize) -> Option<MissingRequirement> {
    let connector = attempt.host.connectors.get(at)?;
    let owned = &attempt.host.server.addresses;
    let (local, mut here) = (attempt.client.local, connector.bindings.iter());
    let foreign = |binding: &&Binding| {
        let endpoint = binding.endpoint();
        let strange = !binding.is_wildcard() && !owned.iter().any(|own| own.to_canonical() == endpoint.ip());
        strange && endpoint.port() == local.port() && endpoint.is_ipv4() == local.is_ipv4()
    };
    here.find(foreign).map(|binding| MissingRequirement::Address { connector: at, binding: binding.clone() })
}

/// The first change on the server that helps, else the client's.
fn refused(attempt: &Attempt<'_>, refusal: Refusal) -> MissingRequirement {
    let remedies = &attempt.verdict.remedies;
    let on_server = remedies.iter().find(|remedy| !remedy.is_of_client());
    let fix = on_server.or(remedies.first()).and_then(|remedy: &Remedy| remedy.fixes.first());
    fix.map_or(MissingRequirement::Unknown(refusal), |fix| MissingRequirement::Fix(fix.clone()))
}

/// P9, condition by condition.
fn domain_security(attempt: &Attempt<'_>, at: usize) -> Option<MissingRequirement> {
    let connector = attempt.host.connectors.get(at)?;
    let condition = failing(attempt, connector)?;
    // The client of a data path uses TLS and shows its certificate wherever it can.
    let fix = Some(condition).filter(|one| !matches!(one, Inbound::TlsUsed | Inbound::Certificate));
    let fix = fix.and_then(|condition| secured(condition, at, attempt.path.domain()));
    Some(fix.map_or(MissingRequirement::Unknown(Refusal::DomainSecurity), MissingRequirement::Fix))
}

/// The first right that is missing; the sender's are asked of the Transport service where a front end hands on (P10).
fn right(attempt: &Attempt<'_>, at: usize) -> Option<Fix> {
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
        let list = Evaluator::new(&host.connectors.get(at)?.access, platform);
        if list.allows(&session, right.right()) {
            return None;
        }
        let change: Change = giving(&session, who, *right, platform, &list).into_iter().next()?;
        Some(Fix::Connector(at, change))
    })
}
