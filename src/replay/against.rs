//! A logged session under two states of the organization: which connector answers, and what becomes of its mail.

use super::{Compared, Model, Replay};
use crate::param::closed;
use crate::protocol_log::{Facts, Session};
use crate::session::{Client, Outcome};

closed! {
    /// What a change of the organization does to a session: another connector answers, its mail is refused, accepted
    /// where it was refused, or accepted for recipients outside the accepted domains.
    #[derive(Hash, PartialOrd, Ord)]
    Effect: Connector, Refused, Accepted, Relayed
}

/// What becomes of a client.
#[derive(Clone, Debug)]
pub struct Decided {
    /// The client with its message.
    pub client: Client,
    /// The connector that answers.
    pub connector: Option<String>,
    /// Whether its message is accepted, or may be.
    pub accepted: bool,
    /// The last reply; of a message that some recipients are refused for, the first of those.
    pub reply: String,
    /// Whether a recipient that is taken is outside the accepted domains.
    pub relays: bool,
}

impl Model<'_> {
    /// What becomes of each message of a session, or of the session where it has none that the log shows whole.
    #[must_use]
    pub fn decide(&self, session: &Session, facts: &Facts<'_>) -> Vec<Decided> {
        let (Some(local), Some(remote)) = (session.local, session.remote) else { return Vec::new() };
        let client = Client::new(remote.ip(), local);
        let replay = Replay { equal: 0, findings: Vec::new() };
        let compared = Compared { model: self, session, facts, at: 0, client, replay };
        let messages = facts.messages.iter().filter(|_| !facts.is_proxied());
        let mut clients: Vec<Client> = messages.filter_map(|message| compared.client_of(message)).collect();
        if clients.is_empty() {
            clients.push(compared.client);
        }
        clients.into_iter().map(|client| self.decided(client)).collect()
    }

    fn decided(&self, client: Client) -> Decided {
        let decision = self.service.decide(&client);
        let connector = decision.connector.and_then(|at| self.host.connectors.get(at));
        let connector = connector.map(|connector| connector.name.clone());
        if decision.outcome == Outcome::Accepted
            || client.mail_from.is_empty() && client.recipients.is_empty()
        {
            let relays = client.recipients.iter().any(|to| self.is_outside(to));
            let reply = "accepted".to_owned();
            return Decided { client, connector, accepted: true, reply, relays };
        }
        let verdict = self.service.verdict(&client);
        let refused = verdict.recipients.iter().find(|to| to.refusal.is_some());
        let accepted = !decision.outcome.is_rejected();
        let taken = verdict.recipients.iter().filter(|to| to.refusal.is_none());
        let relays = accepted && taken.clone().any(|to| self.is_outside(&to.address));
        let reply =
            refused.map(|to| to.reply.clone()).or(verdict.reply).unwrap_or_else(|| "no reply".to_owned());
        let whole = accepted && refused.is_none();
        Decided {
            client,
            connector,
            accepted,
            reply: if whole { "accepted".to_owned() } else { reply },
            relays,
        }
    }

    fn is_outside(&self, address: &str) -> bool {
        let domain = address.rsplit_once('@').map(|(_, domain)| domain);
        domain.is_some_and(|domain| self.policy.domains.find(domain).is_none())
    }
}

impl Decided {
    /// What another state of the organization does to the same client; nothing where it comes out the same.
    #[must_use]
    pub fn change(&self, now: &Decided) -> Option<Effect> {
        let taken = |one: &Decided| one.accepted && one.reply == "accepted";
        match (taken(self), taken(now)) {
            (false, true) if now.relays => Some(Effect::Relayed),
            (false, true) => Some(Effect::Accepted),
            (true, false) => Some(Effect::Refused),
            _ if self.connector != now.connector => Some(Effect::Connector),
            _ => None,
        }
    }
}
