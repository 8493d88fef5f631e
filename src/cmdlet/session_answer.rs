//! A verdict as an answer: who it was asked of, its sentence, and the object that programs read.
//!
//! It computes nothing: the verdict has every reason. How the reasons read is [`super::session_telling`]'s.

use super::receive_connector::identity;
use super::session_remedies::{Help, help};
use super::session_telling as telling;
use super::shapes::SESSION_ANSWER;
use crate::answer::Object;
use crate::connector::{Host, ReceiveConnector};
use crate::param::Value;
use crate::session::{Basis, Client, Outcome, Policy, Refusal, SenderCheck, Tls, Verdict, transcript};

/// A verdict beside what it was given on.
pub struct Answer<'a> {
    pub host: &'a Host,
    pub policy: &'a Policy,
    pub client: &'a Client,
    pub verdict: &'a Verdict,
    /// What else is to be said.
    pub notes: Vec<String>,
    /// The revision that it is as of, where it is not the one that the line is about.
    pub revision: Option<String>,
}

impl Answer<'_> {
    /// `Accepted`, `Rejected` or `Undecided`.
    pub fn outcome(&self) -> &'static str {
        match self.verdict.decision.outcome {
            Outcome::Accepted => "Accepted",
            Outcome::Rejected(_) => "Rejected",
            Outcome::Undecided(_) => "Undecided",
        }
    }

    /// Why it is refused.
    pub fn refusal(&self) -> Option<Refusal> {
        match self.verdict.decision.outcome {
            Outcome::Rejected(refusal) => Some(refusal),
            Outcome::Accepted | Outcome::Undecided(_) => None,
        }
    }

    /// The connector that answers.
    pub fn connector(&self) -> Option<&ReceiveConnector> {
        self.verdict.decision.connector.and_then(|at| self.host.connectors.get(at))
    }

    /// A connector's name with its server's.
    pub fn named(&self, at: usize) -> String {
        let connector = self.host.connectors.get(at);
        connector.map(|connector| identity(&self.host.server.name, &connector.name)).unwrap_or_default()
    }

    /// The connector that answers, with its server's name.
    pub fn connector_name(&self) -> Option<String> {
        self.verdict.decision.connector.map(|at| self.named(at))
    }

    /// The step at which it ends.
    pub fn step(&self) -> &'static str {
        self.refusal().map_or(crate::session::Step::End, Refusal::step).into()
    }

    /// What helps.
    pub fn remedies(&self) -> Vec<Help> {
        let read = |remedy| help(remedy, self.host, &self.policy.domain);
        self.verdict.remedies.iter().filter_map(read).collect()
    }

    /// Everything that is to be said beside the reasons.
    pub fn all_notes(&self) -> Vec<String> {
        let of_verdict = self.verdict.notes.iter().map(|note| note.told(self.host));
        of_verdict.chain(self.notes.iter().cloned()).collect()
    }

    /// The answer in one sentence.
    pub fn sentence(&self) -> String {
        match self.verdict.decision.outcome {
            Outcome::Accepted => format!(
                "accepted: {} takes {} from {}",
                self.connector_name().unwrap_or_default(),
                if self.client.recipients.is_empty() { "the sender" } else { "the message" },
                self.whom()
            ),
            Outcome::Undecided(conditions) => {
                let told = |condition| telling::condition(condition, self.client);
                format!("accepted if {}", conditions.iter().map(told).collect::<Vec<_>>().join(", and "))
            }
            Outcome::Rejected(refusal) => {
                let reply = self.verdict.reply.clone().unwrap_or_else(|| match refusal {
                    Refusal::NotBound => "connection refused".to_owned(),
                    _ => "no reply is documented".to_owned(),
                });
                format!("rejected at {}: {reply}; {}", self.step(), self.why(refusal))
            }
        }
    }

    /// Who the session is, in a word.
    fn whom(&self) -> String {
        if self.verdict.decision.who.is_none() {
            return "an Exchange server".to_owned();
        }
        self.verdict
            .principals
            .first()
            .map(|who| telling::short(who, &self.policy.domain))
            .unwrap_or_default()
    }

    /// What made the refusal, in a clause.
    fn why(&self, refusal: Refusal) -> String {
        let (server, local) = (&self.host.server.name, self.client.local);
        let connector = self.connector_name().unwrap_or_default();
        let bases = self.verdict.reasons.last().map(|reason| reason.bases.as_slice()).unwrap_or_default();
        match refusal {
            Refusal::NotBound => format!("nothing on {server} listens at {local}"),
            Refusal::NoRange => {
                format!("no connector of {server} at {local} has a range that holds {}", self.client.remote)
            }
            _ => match bases.iter().find_map(|basis| self.lacking(basis)) {
                Some(lacking) => format!("{lacking} on {connector}{}", self.not_own(bases)),
                None => {
                    let told: Vec<_> = bases.iter().map(|basis| basis.told(self.policy)).collect();
                    format!("{} on {connector}", told.join(" and "))
                }
            },
        }
    }

    /// `ANONYMOUS LOGON lacks ms-Exch-SMTP-Accept-Any-Recipient`, or which entry takes it away.
    fn lacking(&self, basis: &Basis) -> Option<String> {
        match basis {
            Basis::NoEntry(right, session) => {
                let who = session.first().map(|who| telling::short(who, &self.policy.domain));
                Some(format!("{} lacks {}", who.unwrap_or_default(), right.name))
            }
            Basis::Entry(ground) if ground.entry.deny => Some(basis.told(self.policy)),
            _ => None,
        }
    }

    /// An account without a right may still send as itself (P11).
    fn not_own(&self, bases: &[Basis]) -> String {
        let account = self.client.user.as_deref().unwrap_or_default();
        bases
            .iter()
            .find_map(|basis| match basis {
                Basis::Sender(SenderCheck::Refused(_), address) if !account.is_empty() => {
                    Some(format!(", and {address} is no address of {account}"))
                }
                _ => None,
            })
            .unwrap_or_default()
    }

    /// Everything, for programs.
    pub fn object(&self) -> Object {
        let text = |text: &str| Value::Text(text.to_owned());
        let optional = |said: Option<String>| said.map_or(Value::Null, Value::Text);
        let list = |lines: Vec<String>| Value::List(lines.into_iter().map(Value::Text).collect());
        let keywords = |tls: bool| {
            let of = self.verdict.keywords.iter().find(|(scene, _)| (*scene != Tls::None) == tls);
            list(of.map(|(_, keywords)| keywords.clone()).unwrap_or_default())
        };
        let code = self.verdict.decision.code().map_or(Value::Null, |code| Value::Int(code.into()));
        let whom = self.verdict.principals.iter().map(|who| who.name_in(&self.policy.domain)).collect();
        let dialogue = transcript(self.host, self.client, self.verdict);
        let mut cells = vec![
            ("Outcome", Value::Choice(self.outcome())),
            ("Step", text(self.step())),
            ("Code", code),
            ("Connector", optional(self.connector_name())),
            ("Message", Value::Text(self.sentence())),
            ("Reply", optional(self.verdict.reply.clone())),
            ("Server", text(&self.host.server.name)),
            ("RemoteIPAddress", text(&self.client.remote.to_string())),
            ("LocalIPAddress", text(&self.client.local.ip().to_string())),
            ("Port", Value::Int(self.client.local.port().into())),
            ("Principals", list(whom)),
            ("Candidates", list(telling::pairs(telling::candidates(self)))),
            ("Reasons", list(telling::pairs(telling::reasons(self)))),
            ("Keywords", keywords(false)),
            ("KeywordsInTls", keywords(true)),
            ("Dialogue", list(dialogue.iter().map(telling::spoken).collect())),
        ];
        cells.extend(telling::treated(self.verdict.treatment.as_ref()));
        cells.extend([
            ("Remedies", list(self.remedies().iter().flat_map(telling::remedy).collect())),
            ("Notes", list(self.all_notes())),
            ("Revision", optional(self.revision.clone())),
        ]);
        Object::new(&SESSION_ANSWER, cells)
    }
}
