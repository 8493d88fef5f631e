//! What a client can do (AC3): the sessions that witness it, and what they must come to.

use enumset::EnumSet;

use super::addresses::Addresses;
use super::identity::{ClientIdentity, Mode};
pub use crate::organization::access_policy::Ability;
use crate::session::{Client, Condition, Decision, HeaderFamily, Outcome, Policy, Step, Tls, Treatment};

/// Whether a client has an ability.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Holding {
    /// If these hold, which the store does not say.
    If(EnumSet<Condition>),
    /// It has.
    Yes,
}

/// More than any connector takes (V3).
const LARGE: u64 = 4 << 30;

/// The sessions that witness an ability: each mode with each sender to each recipient, until one shows it.
pub(super) struct Probe {
    pub ability: Ability,
    /// The modes that count.
    pub mode: fn(Mode) -> bool,
    pub senders: fn(&Addresses, &ClientIdentity, &Policy) -> Vec<String>,
    pub recipients: fn(&Addresses) -> &[String],
    /// What else is in the session.
    pub with: fn(&mut Client),
    /// What a session says of it.
    pub holds: fn(&Decision, Option<&Treatment>) -> Option<Holding>,
}

const fn probe(ability: Ability) -> Probe {
    Probe {
        ability,
        mode: |_| true,
        senders: |addresses, identity, policy| addresses.natural(identity, policy),
        recipients: Addresses::accepted,
        with: |_| (),
        holds: |decision, _| taken(decision),
    }
}

/// Every ability with its witnesses.
pub(super) static PROBES: &[Probe] = &[
    probe(Ability::Submit),
    Probe {
        senders: |addresses, identity, policy| addresses.any(identity, policy),
        recipients: Addresses::relayed,
        ..probe(Ability::Relay)
    },
    Probe { senders: |addresses, _, _| addresses.own(), ..probe(Ability::Spoof) },
    Probe {
        senders: |addresses, _, _| addresses.others(),
        // "If the sender is its own" says no: it is not.
        holds: |decision, _| taken(decision).filter(|holding| *holding == Holding::Yes),
        ..probe(Ability::SendAsAnyone)
    },
    Probe {
        holds: |decision, treatment| {
            taken(decision).filter(|_| treatment.is_some_and(|t| t.antispam_bypassed))
        },
        ..probe(Ability::BypassAntiSpam)
    },
    Probe { with: |client| client.size = Some(LARGE), ..probe(Ability::BypassMessageSizeLimit) },
    Probe {
        holds: |decision, treatment| taken(decision).filter(|_| treatment.is_some_and(keeps_headers)),
        ..probe(Ability::ForgeHeaders)
    },
    Probe {
        mode: |mode| mode.tls == Tls::None && mode.mechanism.is_some_and(|one| one.is_basic()),
        senders: |_, _, _| vec![String::new()],
        holds: |decision, _| is_past(decision, Step::Auth).then_some(Holding::Yes),
        ..probe(Ability::AuthenticateInClear)
    },
    Probe { mode: |mode| mode.tls == Tls::None, ..probe(Ability::SubmitInClear) },
];

fn taken(decision: &Decision) -> Option<Holding> {
    match decision.outcome {
        Outcome::Accepted | Outcome::Partial(_) => Some(Holding::Yes),
        Outcome::Undecided(conditions) => Some(Holding::If(conditions)),
        Outcome::Rejected(_) => None,
    }
}

fn keeps_headers(treatment: &Treatment) -> bool {
    !treatment.kept.is_disjoint(HeaderFamily::Organization | HeaderFamily::Forest)
}

/// Whether a session comes further than a step.
pub(super) fn is_past(decision: &Decision, step: Step) -> bool {
    match decision.outcome {
        Outcome::Rejected(refusal) => refusal.step() > step,
        Outcome::Accepted | Outcome::Partial(_) | Outcome::Undecided(_) => true,
    }
}
