//! What a rule of the dialogue is: where it is asked, what it asks, what decided it, and what fixes a refusal.
//!
//! The rules themselves are the table of [`super::steps`]; [`super::walk`] asks them in order.

use enumset::EnumSetType;
use strum::IntoStaticStr;

use super::case::Case;
use super::evidence::{Evidence, Facts};
use super::fix::Remedy;
use super::replies::Reply;
use super::steps::Refusal;
use crate::connector::ReceiveConnector;
use crate::param::Row;

/// Where in a session something is decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, IntoStaticStr)]
#[expect(missing_docs, reason = "the steps of SMTP")]
pub enum Step {
    #[strum(serialize = "connect")]
    Connect,
    #[strum(serialize = "EHLO")]
    Ehlo,
    #[strum(serialize = "STARTTLS")]
    StartTls,
    #[strum(serialize = "AUTH")]
    Auth,
    #[strum(serialize = "MAIL FROM")]
    MailFrom,
    #[strum(serialize = "RCPT TO")]
    RcptTo,
    #[strum(serialize = "end of data")]
    EndOfData,
    #[strum(serialize = "headers")]
    Headers,
    #[strum(serialize = "data")]
    Data,
    #[strum(serialize = "end")]
    End,
}

/// What an acceptance depends on that nobody has said.
#[derive(EnumSetType, Debug, Hash, IntoStaticStr)]
pub enum Condition {
    /// Which server of the organization the peer is (P6).
    #[strum(serialize = "the peer is a server with the right")]
    Peer,
    /// That Everyone holds anonymous sessions, which an entry allows (P6).
    #[strum(serialize = "the system's policy applies Everyone permissions to anonymous users")]
    InEveryone,
    /// That Everyone does not hold anonymous sessions, to which an entry denies (P6).
    #[strum(
        serialize = "the system's policy does not apply Everyone permissions to anonymous users, as is the default"
    )]
    NotInEveryone,
    /// That the envelope's sender is the account's own (P11).
    #[strum(serialize = "the envelope's sender is the account's own, or one that it may send as")]
    Sender,
    /// That the header's sender is the account's own (P11).
    #[strum(serialize = "the header's sender is the account's own, or one that it may send as")]
    HeaderSender,
    /// That an entry of the access list gives the right, where the list was imported without its entries (P3).
    #[strum(
        serialize = "an entry of the connector's access list allows it, which was not exported: export it with Get-ADPermission and import it"
    )]
    Entries,
}

/// What a rule says of a session or a recipient.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Answer {
    Passes,
    Refuses,
    /// Passes if that holds.
    If(Condition),
}

/// Refuses when a condition holds.
pub(super) fn refuse(when: bool) -> Answer {
    if when { Answer::Refuses } else { Answer::Passes }
}

/// What a rule asks.
enum Test {
    /// Nothing: the refusal comes before there is a connector.
    Before,
    /// The session.
    Session(fn(&Case<'_>) -> Answer),
    /// One recipient, with the number of recipients taken before it.
    Recipient(fn(&Case<'_>, u32, &str) -> Answer),
}

/// One row of the table.
pub(super) struct Rule {
    /// Its name, which is its place in the table.
    pub refusal: Refusal,
    /// Where it is asked.
    pub step: Step,
    /// The number of the rule in docs/semantics.md.
    pub number: &'static str,
    /// Nothing where no reply is sent, or its text is not documented.
    pub reply: Option<Reply>,
    /// The property that a refusal is due to.
    pub setting: Option<&'static Row<ReceiveConnector>>,
    /// Whether it depends on what no protocol log has: other sessions at the same time, the message itself, the state of
    /// the service.
    pub is_unlogged: bool,
    /// Whether a right of the session would have prevented it.
    pub is_by_right: bool,
    test: Test,
    evidence: fn(&Facts<'_>) -> Vec<Evidence>,
    remedies: fn(&Facts<'_>) -> Vec<Remedy>,
}

/// The rule of refusals for a right that is missing.
const RIGHTS: &str = "P8";

/// Begins a row.
pub(super) const fn at(step: Step, refusal: Refusal, number: &'static str) -> Rule {
    Rule {
        refusal,
        step,
        number,
        reply: None,
        setting: None,
        is_unlogged: false,
        is_by_right: false,
        test: Test::Before,
        evidence: |_| Vec::new(),
        remedies: |_| Vec::new(),
    }
}

impl Rule {
    /// The reply of a refusal.
    pub const fn reply(self, reply: Reply) -> Self {
        Rule { reply: Some(reply), ..self }
    }

    /// Asks the session.
    pub const fn session(self, test: fn(&Case<'_>) -> Answer) -> Self {
        Rule { test: Test::Session(test), ..self }
    }

    /// Asks each recipient, with the number of recipients taken before it.
    pub const fn recipient(self, test: fn(&Case<'_>, u32, &str) -> Answer) -> Self {
        Rule { test: Test::Recipient(test), ..self }
    }

    /// The property that a refusal is due to.
    pub const fn setting(self, row: &'static Row<ReceiveConnector>) -> Self {
        Rule { setting: Some(row), ..self }
    }

    /// It depends on what no protocol log has.
    pub const fn unlogged(self) -> Self {
        Rule { is_unlogged: true, ..self }
    }

    /// A right would have prevented it.
    pub const fn by_right(self) -> Self {
        Rule { is_by_right: true, ..self }
    }

    /// What decided it, where that deserves a line; a refusal names its setting too.
    pub const fn evidence(self, evidence: fn(&Facts<'_>) -> Vec<Evidence>) -> Self {
        Rule { evidence, ..self }
    }

    /// What fixes a refusal: alternatives, the one to prefer first.
    pub const fn fixes(self, remedies: fn(&Facts<'_>) -> Vec<Remedy>) -> Self {
        Rule { remedies, ..self }
    }

    /// What it says of the session; a rule of recipients passes.
    #[inline]
    pub(crate) fn of_session(&self, case: &Case<'_>) -> Answer {
        if let Test::Session(test) = self.test { self.settled(case, test(case)) } else { Answer::Passes }
    }

    /// What it says of a recipient, of whom `taken` came before.
    #[inline]
    pub(crate) fn of_recipient(&self, case: &Case<'_>, taken: u32, to: &str) -> Answer {
        if let Test::Recipient(test) = self.test {
            self.settled(case, test(case, taken, to))
        } else {
            Answer::Passes
        }
    }

    /// A right that is missing in a list that is not whole may be there.
    #[inline]
    fn settled(&self, case: &Case<'_>, answer: Answer) -> Answer {
        let is_open = answer == Answer::Refuses && case.connector.access_incomplete && self.number == RIGHTS;
        if is_open { Answer::If(Condition::Entries) } else { answer }
    }

    /// What decided an answer of this rule.
    pub fn grounds(&self, facts: &Facts<'_>, answer: Answer) -> Vec<Evidence> {
        let setting = self.setting.filter(|_| answer == Answer::Refuses);
        let mut grounds: Vec<_> = setting.into_iter().map(|row| facts.setting(row)).collect();
        grounds.extend((self.evidence)(facts));
        grounds
    }

    /// What fixes its refusal. What would open a relay comes last (R3).
    pub fn remedies(&self, facts: &Facts<'_>) -> Vec<Remedy> {
        let mut remedies = (self.remedies)(facts);
        remedies.retain(Remedy::is_within_bounds);
        remedies.sort_by_key(|remedy| remedy.opens_relay);
        remedies
    }
}
