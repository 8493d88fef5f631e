//! One message through a session, step by step: the table M as one column. The first row that refuses ends it.
//!
//! A row asks a rule and holds a reply. What made the rule say so is [`super::why`]'s to tell.

use enumset::{EnumSet, EnumSetType};
use strum::IntoStaticStr;

use super::case::Case;
use super::client::Tls;
use super::identity::Who;
use super::mechanism::{is_protected, offers, offers_tls};
use super::recipient::{is_accepted, is_reserved_second, is_reserved_top, is_single_label};
use super::replies::{Reply, reply};
use super::rights::Deciding;
use super::sender::{self, SenderCheck};
use crate::connector::SizeEnabled;

/// Where in a session something is decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, IntoStaticStr)]
#[expect(missing_docs, reason = "the steps of SMTP")]
pub enum Step {
    #[strum(serialize = "connect")]
    Connect,
    #[strum(serialize = "banner")]
    Banner,
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

/// Why a session is refused, in the order in which it is looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "the rows below say what each is")]
pub enum Refusal {
    NotBound,
    NoRange,
    EhloDomain,
    TlsNotOffered,
    MechanismNotOffered,
    ExtendedProtection,
    SubmitAccount,
    TlsRequired,
    SubmitAnonymous,
    SubmitIdentified,
    DomainSecurity,
    SenderAnonymous,
    Sender,
    DeclaredSize,
    TooManyRecipients,
    ReservedTop,
    ReservedSecond,
    SingleLabel,
    Relay,
    HeaderSenderAnonymous,
    HeaderSender,
    HeaderSize,
    Hops,
    LocalHops,
    Size,
    BareLinefeed,
}

/// What an acceptance hangs on that nobody has told.
#[derive(EnumSetType, Debug, Hash, IntoStaticStr)]
pub enum Condition {
    /// Which server of the organization the peer is (P6).
    #[strum(serialize = "the peer is a server that may")]
    Peer,
    /// That the envelope's sender is the account's own (P11).
    #[strum(serialize = "the envelope's sender is the account's own, or one that it may send as")]
    Sender,
    /// That the header's sender is the account's own (P11).
    #[strum(serialize = "the header's sender is the account's own, or one that it may send as")]
    HeaderSender,
}

/// What a row says of a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Answer {
    Passes,
    Refuses,
    /// Passes if that holds.
    If(Condition),
}

use Answer::{If, Passes, Refuses};

/// What came of a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The message is taken.
    Accepted,
    /// It is not.
    Rejected(Refusal),
    /// It is taken if these hold.
    Undecided(EnumSet<Condition>),
}

/// What a row asks.
enum Test {
    /// Nothing: the row's refusal comes before there is a connector.
    Before,
    /// The session.
    Session(fn(&Case<'_>) -> Answer),
    /// Each recipient, with its place from 0.
    Recipient(fn(&Case<'_>, usize, &str) -> Answer),
}

/// One row of M.
pub(super) struct Row {
    pub refusal: Refusal,
    pub step: Step,
    /// The rule that decides it.
    pub rule: &'static str,
    /// Nothing where no reply is sent, or its text is not documented.
    pub reply: Option<Reply>,
    test: Test,
}

const fn row(step: Step, refusal: Refusal, rule: &'static str, reply: Reply, test: Test) -> Row {
    Row { refusal, step, rule, reply: Some(reply), test }
}

const fn silent(step: Step, refusal: Refusal, rule: &'static str, test: Test) -> Row {
    Row { refusal, step, rule, reply: None, test }
}

const UNAVAILABLE: Reply = reply(421, "4.3.2", "Service not available");
const EHLO_DOMAIN: Reply = reply(501, "5.0.0", "EHLO requires domain address");
const UNRECOGNIZED: Reply = reply(500, "5.3.3", "Unrecognized command");
const MECHANISM: Reply = reply(504, "5.7.4", "Unrecognized authentication type");
const UNSUCCESSFUL: Reply = reply(535, "5.7.3", "Authentication unsuccessful");
const STARTTLS: Reply = reply(451, "5.7.3", "STARTTLS is required to send mail");
const NOT_AUTHENTICATED: Reply = reply(530, "5.7.1", "Client was not authenticated")
    .since_2016("5.7.57", "SMTP; Client was not authenticated to send anonymous mail during MAIL FROM");
const NO_SUBMIT: Reply = reply(550, "5.7.1", "Client does not have permissions to submit to this server");
const ANONYMOUS_SENDER: Reply =
    reply(550, "5.7.1", "Anonymous client does not have permissions to send as this sender")
        .since_2016("5.7.60", SENDER_2016);
const SENDER: Reply = reply(550, "5.7.1", "Client does not have permissions to send as this sender")
    .since_2016("5.7.60", SENDER_2016);
const SENDER_2016: &str = "SMTP; Client does not have permissions to send as this sender";
const SIZE: Reply = reply(552, "5.3.4", "Message size exceeds fixed maximum message size");
const RECIPIENTS: Reply = reply(452, "4.5.3", "Too many recipients");
const RESERVED_TOP: Reply = reply(550, "5.1.4", "Recipient address reserved by RFC 2606");
const RESERVED_SECOND: Reply = reply(550, "5.1.5", "Recipient address reserved by RFC 2606");
const SINGLE_LABEL: Reply = reply(550, "5.1.6", "Recipient addresses in single label domains not accepted");
const RELAY: Reply = reply(550, "5.7.1", "Unable to relay")
    .since_2016("5.7.54", "SMTP; Unable to relay recipient in non-accepted domain");
const HEADER_SIZE: Reply = reply(552, "5.3.4", "Header size exceeds fixed maximum size");
const HOPS: Reply = reply(554, "5.4.6", "Hop count exceeded - possible mail loop");
const BARE_LINEFEED: Reply = reply(554, "5.6.0", "Invalid message content, contains bare linefeeds");

use Test::{Before, Recipient, Session};

/// The table, in order.
#[rustfmt::skip]
pub(super) static ROWS: &[Row] = &[
    silent(Step::Connect, Refusal::NotBound, "S5", Before),
    row(Step::Connect, Refusal::NoRange, "S5", UNAVAILABLE, Before),
    row(Step::Ehlo, Refusal::EhloDomain, "M", EHLO_DOMAIN, Session(|c| refuse(c.connector.require_ehlo_domain && !is_named(c)))),
    row(Step::StartTls, Refusal::TlsNotOffered, "M", UNRECOGNIZED, Session(|c| refuse(!offers_tls(c.connector, c.client.tls)))),
    row(Step::Auth, Refusal::MechanismNotOffered, "P7", MECHANISM, Session(|c| refuse(c.mechanism().is_some_and(|m| !offers(c.connector, m, c.client.tls))))),
    row(Step::Auth, Refusal::ExtendedProtection, "P12", UNSUCCESSFUL, Session(|c| refuse(!is_protected(c.connector, c.client)))),
    row(Step::Auth, Refusal::SubmitAccount, "P8", UNSUCCESSFUL, Session(|c| refuse(c.session == Who::Account && !c.session_rights.has(Deciding::Submit)))),
    row(Step::MailFrom, Refusal::TlsRequired, "M", STARTTLS, Session(|c| refuse(c.connector.require_tls && c.client.tls == Tls::None))),
    row(Step::MailFrom, Refusal::SubmitAnonymous, "P8", NOT_AUTHENTICATED, Session(|c| refuse(c.message == Who::Anonymous && !c.may(Deciding::Submit)))),
    row(Step::MailFrom, Refusal::SubmitIdentified, "P8", NO_SUBMIT, Session(|c| refuse(!c.may(Deciding::Submit)))),
    silent(Step::MailFrom, Refusal::DomainSecurity, "P9", Session(|c| refuse(c.domain_security.is_some_and(|failing| !failing.is_empty())))),
    row(Step::MailFrom, Refusal::SenderAnonymous, "P8", ANONYMOUS_SENDER, Session(|c| anonymous(c, envelope(c)))),
    row(Step::MailFrom, Refusal::Sender, "P8", SENDER, Session(envelope)),
    row(Step::MailFrom, Refusal::DeclaredSize, "M", SIZE, Session(|c| refuse(is_declared(c) && is_too_large(c)))),
    row(Step::RcptTo, Refusal::TooManyRecipients, "M", RECIPIENTS, Recipient(|c, at, _| refuse(u32::try_from(at).is_ok_and(|at| at >= c.connector.max_recipients_per_message)))),
    row(Step::RcptTo, Refusal::ReservedTop, "M", RESERVED_TOP, Recipient(|c, _, to| refuse(c.connector.reject_reserved_top_level && is_reserved_top(c, to)))),
    row(Step::RcptTo, Refusal::ReservedSecond, "M", RESERVED_SECOND, Recipient(|c, _, to| refuse(c.connector.reject_reserved_second_level && is_reserved_second(c, to)))),
    row(Step::RcptTo, Refusal::SingleLabel, "M", SINGLE_LABEL, Recipient(|c, _, to| refuse(c.connector.reject_single_label && is_single_label(c, to)))),
    row(Step::RcptTo, Refusal::Relay, "P8", RELAY, Recipient(|c, _, to| refuse(!c.may(Deciding::AcceptAnyRecipient) && !is_accepted(c, to)))),
    row(Step::EndOfData, Refusal::HeaderSenderAnonymous, "P8", ANONYMOUS_SENDER, Session(|c| anonymous(c, header(c)))),
    row(Step::EndOfData, Refusal::HeaderSender, "P8", SENDER, Session(header)),
    row(Step::Headers, Refusal::HeaderSize, "M", HEADER_SIZE, Session(|c| refuse(c.client.header_size.is_some_and(|size| size > c.connector.max_header_size.as_bytes())))),
    row(Step::Headers, Refusal::Hops, "M", HOPS, Session(|c| refuse(c.client.hops > c.connector.max_hop_count))),
    row(Step::Headers, Refusal::LocalHops, "M", HOPS, Session(|c| refuse(c.connector.max_local_hop_count > 0 && c.client.local_hops > c.connector.max_local_hop_count))),
    row(Step::Data, Refusal::Size, "M", SIZE, Session(|c| refuse(is_too_large(c)))),
    row(Step::Data, Refusal::BareLinefeed, "M", BARE_LINEFEED, Session(|c| refuse(c.connector.bare_linefeed_rejection && c.client.bare_linefeed))),
];

fn refuse(when: bool) -> Answer {
    if when { Refuses } else { Passes }
}

fn is_named(case: &Case<'_>) -> bool {
    case.client.helo.as_deref().is_some_and(|name| !name.trim().is_empty())
}

fn is_declared(case: &Case<'_>) -> bool {
    case.client.declares_size && case.connector.size_enabled != SizeEnabled::Disabled
}

fn is_too_large(case: &Case<'_>) -> bool {
    let above = case.client.size.is_some_and(|size| size > case.connector.max_message_size.as_bytes());
    above && !case.may(Deciding::BypassMessageSizeLimit)
}

fn envelope(case: &Case<'_>) -> Answer {
    checked(sender::check(case, &case.client.mail_from), Condition::Sender)
}

/// The header's sender, which is checked by itself where it is another than the envelope's.
fn header(case: &Case<'_>) -> Answer {
    let from = case.client.header_sender();
    if from == case.client.mail_from {
        Passes
    } else {
        checked(sender::check(case, from), Condition::HeaderSender)
    }
}

fn checked(check: SenderCheck, condition: Condition) -> Answer {
    match check {
        SenderCheck::Refused(_) => Refuses,
        SenderCheck::Unknown => If(condition),
        _ => Passes,
    }
}

/// The answer where the session is anonymous, which has a reply of its own.
fn anonymous(case: &Case<'_>, answer: Answer) -> Answer {
    if case.message == Who::Anonymous { answer } else { Passes }
}

impl Row {
    /// What the row says of the session, or of a recipient; rows of the other kind pass.
    pub fn answer(&self, case: &Case<'_>, recipient: Option<(usize, &str)>) -> Answer {
        match (&self.test, recipient) {
            (Session(test), None) => test(case),
            (Recipient(test), Some((at, to))) => test(case, at, to),
            _ => Passes,
        }
    }
}

impl Refusal {
    /// The row of M that it is.
    pub(super) fn row(self) -> &'static Row {
        &ROWS[self as usize]
    }

    /// The step at which the session ends.
    #[must_use]
    pub fn step(self) -> Step {
        self.row().step
    }

    /// The rule that decides it.
    #[must_use]
    pub fn rule(self) -> &'static str {
        self.row().rule
    }

    /// The reply; nothing where no reply is sent, or its text is not documented.
    #[must_use]
    pub fn reply(self) -> Option<Reply> {
        self.row().reply
    }
}

/// The whole dialogue. Recipients come one after the other, each through the rows of its step.
pub(super) fn run(case: &Case<'_>) -> Outcome {
    let mut conditions = EnumSet::empty();
    for step in ROWS.chunk_by(|one, next| one.step == next.step) {
        let recipients = case.client.recipients.iter().map(String::as_str).enumerate().map(Some);
        let many = recipients.filter(|_| step.iter().any(|row| row.step == Step::RcptTo));
        for asked in std::iter::once(None).chain(many) {
            for row in step {
                match row.answer(case, asked) {
                    Passes => {}
                    Refuses => return Outcome::Rejected(row.refusal),
                    If(condition) => {
                        conditions.insert(condition);
                    }
                }
            }
        }
    }
    if conditions.is_empty() { Outcome::Accepted } else { Outcome::Undecided(conditions) }
}
