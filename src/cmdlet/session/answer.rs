//! A verdict as an answer: what it was asked of, its sentence, and the object that programs read, column by column.
//!
//! It computes nothing: the verdict has every reason. How the reasons read is [`crate::cmdlet::session::report`]'s.

use std::fmt::{self, Write as _};

use super::report as telling;
use crate::answer::Object;
use crate::cmdlet::receive_connector::shared::identity;
use crate::cmdlet::shared::fix_command;
use crate::cmdlet::shared::table_views::SESSION_ANSWER;
use crate::connector::{Host, ReceiveConnector};
use crate::param::{Field, Value};
use crate::session::{
    Client, Disposition, Evidence, Outcome, Policy, Reason, Refusal, SenderCheck, Step, Tls, Treatment,
    Verdict, received,
};

/// Few sentences are longer.
const LONG: usize = 192;

/// A verdict beside what it was given on.
pub struct Answer<'a> {
    pub host: &'a Host,
    pub policy: &'a Policy,
    pub client: &'a Client,
    pub verdict: &'a Verdict,
    /// What else is to be said.
    pub notes: Vec<String>,
    /// The line that subscribes the Edge Transport server, where that is what helps.
    pub subscribing: Option<String>,
    /// The revision that it is as of, where it is not the one that the line is about.
    pub revision: Option<String>,
}

/// A property of the answer: its name, what it is, and its value.
pub struct Column {
    name: &'static str,
    help: &'static str,
    value: fn(&Answer<'_>) -> Value,
}

const fn column(name: &'static str, help: &'static str, value: fn(&Answer<'_>) -> Value) -> Column {
    Column { name, help, value }
}

/// The properties, in printed order.
#[rustfmt::skip]
static COLUMNS: &[Column] = &[
    column("Outcome", "Accepted, Partial (for some recipients), Rejected or Undecided", |a| Value::Choice(a.disposition().into())),
    column("Step", "The step of SMTP at which the session ends", |a| Value::text(a.step())),
    column("Code", "The three digits of the last reply", |a| a.verdict.decision.code().map_or(Value::Null, |code| Value::Int(code.into()))),
    column("Connector", "The connector that answers", |a| Value::optional(a.connector_name())),
    column("Message", "The answer in one sentence", |a| Value::Text(a.sentence())),
    column("Reply", "The last reply", |a| Value::optional(a.verdict.reply.clone())),
    column("Server", "The server", |a| Value::text(&a.host.server.name)),
    column("RemoteIPAddress", "The address that the client comes from", |a| Value::text(a.client.remote.to_string())),
    column("LocalIPAddress", "The address that it connects to", |a| Value::text(a.client.local.ip().to_string())),
    column("Port", "The port that it connects to", |a| Value::Int(a.client.local.port().into())),
    column("MailFrom", "The envelope's sender", |a| Value::text(&a.client.mail_from)),
    column("Recipients", "Each recipient with its verdict", |a| Value::texts(telling::pairs(telling::recipients(a)))),
    column("Principals", "The principals of the session, which access lists are asked for", |a| Value::texts(a.principals())),
    column("Candidates", "Each connector of the server, and why it answers or not", |a| Value::texts(telling::pairs(telling::candidates(a)))),
    column("Reasons", "What decided each step", |a| Value::texts(telling::pairs(telling::reasons(a)))),
    column("Keywords", "The EHLO keywords before TLS", |a| a.keywords(false)),
    column("KeywordsInTls", "The EHLO keywords in TLS", |a| a.keywords(true)),
    column("Dialogue", "The session line by line", |a| Value::texts(a.verdict.dialogue.iter().map(telling::spoken))),
    column("ReceivedHeader", "The Received header that a message which is taken gets, with the connector's Fqdn", |a| Value::optional(a.received_header())),
    column("HeadersKept", "The headers that the header firewall keeps", |a| a.headers(true)),
    column("HeadersRemoved", "The headers that it removes", |a| a.headers(false)),
    column("AntiSpamBypassed", "Whether the message bypasses anti-spam agents", |a| a.treated(|treatment| treatment.antispam_bypassed)),
    column("SizeLimitBypassed", "Whether it bypasses MaxMessageSize", |a| a.treated(|treatment| treatment.size_bypassed)),
    column("SenderResolved", "Whether the sender is resolved against the address list", |a| a.treated(|treatment| treatment.resolved)),
    column("Internal", "Whether the message counts as internal", |a| a.treated(|treatment| treatment.internal)),
    column("XExch50Taken", "Whether XEXCH50 data is taken", |a| a.treated(|treatment| treatment.xexch50)),
    column("Remedies", "What would let a refused session pass, as lines to type", |a| Value::lines(a.remedies())),
    column("Notes", "What else is to be known", |a| Value::texts(a.all_notes())),
    column("Revision", "The revision that the answer is as of, with -Against", |a| Value::optional(a.revision.clone())),
];

/// The names of the properties with what each is.
#[must_use]
pub fn columns() -> Vec<(&'static str, &'static str)> {
    COLUMNS.iter().map(|column| (column.name, column.help)).collect()
}

impl Answer<'_> {
    /// How the session comes out.
    pub(crate) fn disposition(&self) -> Disposition {
        self.verdict.decision.outcome.into()
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
        match self.verdict.decision.outcome {
            Outcome::Rejected(refusal) => refusal.step(),
            Outcome::Accepted | Outcome::Partial(_) | Outcome::Undecided(_) => Step::End,
        }
        .into()
    }

    /// What helps, as lines to type: none that would open a relay (R3).
    pub fn remedies(&self) -> Vec<String> {
        if let Some(line) = &self.subscribing {
            return vec![line.clone()];
        }
        let safe = self.verdict.remedies.iter().filter(|remedy| !remedy.opens_relay);
        safe.flat_map(|remedy| fix_command::remedy(remedy, self.host, &self.policy.domain)).collect()
    }

    /// Everything that is to be said beside the reasons.
    pub(crate) fn all_notes(&self) -> Vec<String> {
        let of_verdict = self.verdict.notes.iter().map(|note| note.describe(self.host));
        of_verdict.chain(self.notes.iter().cloned()).collect()
    }

    fn principals(&self) -> Vec<String> {
        self.verdict.principals.iter().map(|who| who.name_in(&self.policy.domain)).collect()
    }

    fn keywords(&self, tls: bool) -> Value {
        let of = self.verdict.keywords.iter().find(|(scene, _)| (*scene != Tls::None) == tls);
        Value::texts(of.map(|(_, keywords)| keywords.clone()).unwrap_or_default())
    }

    /// The Received header of a message that is taken or may be.
    pub fn received_header(&self) -> Option<String> {
        let connector = self.connector().filter(|_| self.verdict.treatment.is_some())?;
        Some(received(self.client, connector, &self.host.server))
    }

    fn headers(&self, kept: bool) -> Value {
        let names = self.verdict.treatment.as_ref().map(|treatment| telling::headers(treatment, kept));
        Value::texts(names.unwrap_or_default())
    }

    fn treated(&self, of: fn(&Treatment) -> bool) -> Value {
        self.verdict.treatment.as_ref().map_or(Value::Null, |treatment| of(treatment).value())
    }

    /// The answer in one sentence, written from its beginning to its end: files of sessions ask for many.
    pub fn sentence(&self) -> String {
        let mut said = String::with_capacity(LONG);
        match self.verdict.decision.outcome {
            Outcome::Accepted => {
                said.extend(["accepted: ", &self.connector_name().unwrap_or_default(), " takes "]);
                said.push_str(if self.client.recipients.is_empty() { "the sender" } else { "the message" });
                said.extend([" from ", self.whom()]);
            }
            Outcome::Partial(refusal) => {
                let all = &self.verdict.recipients;
                let taken = all.iter().filter(|one| one.refusal.is_none()).count();
                let first = all.iter().find(|one| one.refusal.is_some());
                let first = first.map(|one| one.address.as_str()).unwrap_or_default();
                add(&mut said, format_args!("accepted for {taken} of {} recipients; ", all.len()));
                said.extend([first, " is refused: "]);
                self.add_refusal(&mut said, refusal);
            }
            Outcome::Undecided(conditions) => {
                let described = |condition| telling::condition(condition, self.client);
                said.push_str("accepted if ");
                said.push_str(&conditions.iter().map(described).collect::<Vec<_>>().join(", and "));
            }
            Outcome::Rejected(refusal) => {
                said.extend(["rejected at ", self.step(), ": "]);
                self.add_refusal(&mut said, refusal);
            }
        }
        said
    }

    /// Who the session is, in a word.
    fn whom(&self) -> &str {
        if self.verdict.decision.who.is_none() {
            return "an Exchange server";
        }
        self.verdict.principals.first().map(telling::short).unwrap_or_default()
    }

    /// The reply of a refusal as this server words it, and what decided it, in a clause.
    fn add_refusal(&self, said: &mut String, refusal: Refusal) {
        let enhanced = self.connector().is_none_or(|connector| connector.enhanced_status_codes);
        match (refusal.reply(), refusal) {
            (Some(reply), _) => reply.add_line(said, self.host.server.version, enhanced),
            (None, Refusal::NotBound) => said.push_str("connection refused"),
            (None, Refusal::ImplicitTls) => said.push_str("no reply"),
            (None, _) => said.push_str("no reply is documented"),
        }
        said.push_str("; ");
        let (server, local) = (&self.host.server.name, self.client.local);
        match (refusal, self.verdict.decisive()) {
            (Refusal::NotBound, _) | (_, None) => {
                add(said, format_args!("nothing on {server} listens at {local}"));
            }
            (Refusal::NoRange, _) => {
                said.extend(["no connector of ", server, " at "]);
                let remote = self.client.remote;
                add(said, format_args!("{local} has a range that includes {remote}"));
            }
            (_, Some(reason)) => self.add_reason(said, reason),
        }
    }

    fn add_reason(&self, said: &mut String, reason: &Reason) {
        let connector = reason.connector.map(|at| self.named(at)).unwrap_or_default();
        let is_right = reason.evidence.iter().any(|evidence| self.add_right(said, evidence));
        if !is_right {
            let described: Vec<_> = reason.evidence.iter().map(|one| one.describe(self.policy)).collect();
            said.push_str(&described.join(" and "));
        }
        said.extend([" on ", &connector]);
        if is_right {
            self.add_not_own(said, &reason.evidence);
        }
    }

    /// `ANONYMOUS LOGON does not have ms-Exch-SMTP-Accept-Any-Recipient`, or which entry denies it. Whether the evidence
    /// is about a right that is missing.
    fn add_right(&self, said: &mut String, evidence: &Evidence) -> bool {
        match evidence {
            Evidence::NoEntry(right, session) => {
                let who = session.first().map(telling::short).unwrap_or_default();
                said.extend([who, " does not have ", right.name]);
            }
            Evidence::Entry(ground) if ground.entry.deny => said.push_str(&evidence.describe(self.policy)),
            _ => return false,
        }
        true
    }

    /// An account without a right may still send as itself (P11), but not on an Edge Transport server.
    fn add_not_own(&self, said: &mut String, evidence: &[Evidence]) {
        let account = self.client.user.as_deref().filter(|_| !self.host.server.is_edge());
        let refused = evidence.iter().find_map(|one| match one {
            Evidence::Sender(SenderCheck::Refused(_), address) => Some(address),
            _ => None,
        });
        if let Some((account, address)) = account.zip(refused) {
            said.extend([", and ", address, " is not an address of ", account]);
        }
    }

    /// Everything, for programs.
    pub fn object(&self) -> Object {
        let cells = COLUMNS.iter().map(|column| (column.name, (column.value)(self))).collect();
        Object::new(&SESSION_ANSWER, cells)
    }
}

/// Writes at the end of a text.
fn add(to: &mut String, text: fmt::Arguments<'_>) {
    // Writing to memory cannot fail.
    let _ = to.write_fmt(text);
}
