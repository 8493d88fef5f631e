//! A logged session under two states of the organization: which connector answers, and what becomes of its mail.

use super::{Compared, Model, Replay};
use crate::param::closed;
use crate::protocol_log::{Facts, Session};
use crate::session::{Client, Outcome, Step, Verdict};

/// The reply of what is accepted, as rows show it.
const ACCEPTED: &str = "accepted";

closed! {
    /// What a change of the organization does to a session: another connector answers, its mail is refused, accepted
    /// where it was refused, or accepted for recipients outside the accepted domains.
    #[derive(Hash, PartialOrd, Ord)]
    Effect: Connector, Refused, Accepted, Relayed
}

/// What becomes of a recipient, or of a session without any.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Fate {
    /// Whether it is accepted, or may be.
    taken: bool,
    /// Whether it is accepted and outside the accepted domains.
    relayed: bool,
    reply: String,
}

impl Fate {
    fn refused(reply: &str) -> Self {
        Fate { taken: false, relayed: false, reply: reply.to_owned() }
    }
}

/// What becomes of a client.
#[derive(Clone, Debug)]
pub struct Decided {
    /// The client with its message.
    pub client: Client,
    /// The connector that answers.
    pub connector: Option<String>,
    /// What becomes of each recipient; one fate where there is none.
    fates: Vec<Fate>,
    /// Whether the log refuses the account or its password, which no rule decides.
    is_logon_failed: bool,
}

/// What a change does to a client.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Changed {
    /// What it does.
    pub effect: Effect,
    /// The connector or the reply before.
    pub was: String,
    /// The connector or the reply afterwards.
    pub is: String,
}

impl Model<'_> {
    /// What becomes of each message of a session, or of the session where it has none that the log shows whole.
    #[must_use]
    pub fn decide(&self, session: &Session, facts: &Facts<'_>) -> Vec<Decided> {
        let (Some(local), Some(remote)) = (session.local, session.remote) else { return Vec::new() };
        let (client, replay) = (Client::new(remote.ip(), local), Replay::default());
        let mut compared = Compared { model: self, session, facts, at: 0, client, replay };
        let mut decided = Vec::new();
        for message in facts.messages.iter().filter(|_| !facts.is_proxied()) {
            if compared.client_sends(message) {
                decided.push(self.decided(compared.client.clone(), Step::End));
            }
        }
        if decided.is_empty() {
            let last = compared.client_ends();
            let is_logon_failed = compared.is_logon_failed();
            decided.push(Decided { is_logon_failed, ..self.decided(compared.client, last) });
        }
        decided
    }

    /// What becomes of a client that comes to the step `last`.
    fn decided(&self, client: Client, last: Step) -> Decided {
        let decision = self.service.decide(&client);
        let connector = decision.connector.and_then(|at| self.host.connectors.get(at));
        let connector = connector.map(|connector| connector.name.clone());
        let comes_so_far = decision.outcome.refusal().is_none_or(|refusal| refusal.step() <= last);
        let verdict =
            (decision.outcome != Outcome::Accepted && comes_so_far).then(|| self.service.verdict(&client));
        let places = 0..client.recipients.len().max(1);
        let fates = places.map(|at| self.fate(&client, at, decision.outcome, verdict.as_ref())).collect();
        Decided { client, connector, fates, is_logon_failed: false }
    }

    /// What becomes of the recipient at a place; without a verdict everything is accepted.
    fn fate(&self, client: &Client, at: usize, outcome: Outcome, verdict: Option<&Verdict>) -> Fate {
        let own = verdict.and_then(|verdict| verdict.recipients.get(at)).filter(|to| to.refusal.is_some());
        if let Some(refused) = own {
            return Fate::refused(&refused.reply);
        }
        if let Some(verdict) = verdict.filter(|_| outcome.is_rejected()) {
            let silence = if verdict.decision.connector.is_none() { "no connection" } else { "no reply" };
            return Fate::refused(verdict.reply.as_deref().unwrap_or(silence));
        }
        let relayed = client.recipients.get(at).is_some_and(|to| self.is_outside(to));
        Fate { taken: true, relayed, reply: ACCEPTED.to_owned() }
    }

    fn is_outside(&self, address: &str) -> bool {
        let domain = address.rsplit_once('@').map(|(_, domain)| domain);
        domain.is_some_and(|domain| self.policy.domains.find(domain).is_none())
    }
}

impl Decided {
    /// The same client where the organization does not have its server.
    #[must_use]
    pub(crate) fn without_server(&self, name: &str) -> Self {
        let fate = Fate::refused(&format!("the store does not have {name}"));
        Decided { connector: None, fates: vec![fate; self.fates.len()], ..self.clone() }
    }

    /// What another state of the organization does to the same client: the gravest for any of its recipients; nothing
    /// where it comes out the same.
    #[must_use]
    pub fn change(&self, now: &Decided) -> Option<Changed> {
        let first = |effect: Effect, holds: fn(&Fate, &Fate) -> bool| {
            let (was, is) = self.fates.iter().zip(&now.fates).find(|(was, is)| holds(was, is))?;
            Some(Changed { effect, was: was.reply.clone(), is: is.reply.clone() })
        };
        let is_explained = |changed: &Changed| !self.is_logon_failed || changed.was.starts_with("535");
        let answers = |one: &Decided| one.connector.clone().unwrap_or_else(|| "none".to_owned());
        let moved = || {
            let (was, is) = (answers(self), answers(now));
            (was != is).then_some(Changed { effect: Effect::Connector, was, is })
        };
        // Where no connector answers any more, nothing is left of the session, whatever was refused in it.
        let is_unanswered = self.connector.is_some() && now.connector.is_none();
        let refused =
            (!self.is_logon_failed).then(|| first(Effect::Refused, |was, is| was.taken && !is.taken));
        refused
            .flatten()
            .or_else(|| first(Effect::Refused, |_, _| true).filter(|_| is_unanswered))
            .or_else(|| first(Effect::Relayed, |was, is| is.relayed && !was.relayed))
            .or_else(|| first(Effect::Accepted, |was, is| is.taken && !was.taken).filter(is_explained))
            .or_else(moved)
    }
}
