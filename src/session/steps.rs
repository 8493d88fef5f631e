//! The rules of one message through a session (M), in order: one row says where a rule is asked, what it asks, what it
//! replies, what decided it, and what fixes a refusal. The first row that refuses ends the session, at RCPT TO the
//! recipient.

use super::case::Case;
use super::client::{ServiceState, Tls};
use super::evidence::{Evidence, Facts};
use super::fix::{ClientChange, Remedy, ServerChange};
use super::identity::Who;
use super::mechanism::{is_protected, offers, offers_tls};
use super::recipient::{is_accepted, is_reserved_second, is_reserved_top, is_single_label};
use super::remedies as fix;
use super::replies::{Reply, reply};
use super::rights::Deciding;
use super::rule::{Answer, Condition, Rule, Step, at, refuse};
use super::sender::{self, SenderCheck};
use crate::connector::{MessageRateSource, SizeEnabled, rows};
use crate::param::{Field, Size, Unlimited, Value};

const UNAVAILABLE: Reply = reply(421, "4.3.2", "Service not available");
const SERVER_CONNECTIONS: Reply = reply(
    421,
    "4.3.2",
    "The maximum number of concurrent server connections has exceeded a limit, closing transmission channel",
);
const SOURCE_CONNECTIONS: Reply = reply(
    421,
    "4.3.2",
    "The maximum number of concurrent connections has exceeded a limit, closing transmission channel",
)
.since_2016(
    "4.3.2",
    "The maximum number of concurrent server connections has exceeded a per-source limit, closing transmission channel",
);
const EHLO_DOMAIN: Reply = reply(501, "5.0.0", "EHLO requires domain address");
const UNRECOGNIZED: Reply = reply(500, "5.3.3", "Unrecognized command");
const MECHANISM: Reply = reply(504, "5.7.4", "Unrecognized authentication type");
const UNSUCCESSFUL: Reply = reply(535, "5.7.3", "Authentication unsuccessful");
const NOT_ACTIVE: Reply = reply(421, "4.3.2", "Service not active");
const STARTTLS: Reply = reply(451, "5.7.3", "STARTTLS is required to send mail");
const NOT_AUTHENTICATED: Reply = reply(530, "5.7.1", "Client was not authenticated")
    .since_2016("5.7.57", "SMTP; Client was not authenticated to send anonymous mail during MAIL FROM");
const NO_SUBMIT: Reply = reply(550, "5.7.1", "Client does not have permissions to submit to this server");
const RATE: Reply =
    reply(421, "4.4.2", "Message submission rate for this client has exceeded the configured limit");
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

/// Declares the rules: the refusals by name, and their rows in the same order.
macro_rules! rules {
    ($($name:ident: $step:ident, $number:literal $(. $call:ident ($($argument:expr),*))*;)+) => {
        /// Why a session or a recipient is refused, in the order in which it is looked for.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[expect(missing_docs, reason = "the rows of the table say what each is")]
        pub enum Refusal { $($name),+ }

        /// The table, in order.
        pub(super) static RULES: &[Rule] =
            &[$(at(Step::$step, Refusal::$name, $number)$(.$call($($argument),*))*),+];
    };
}

#[rustfmt::skip]
rules! {
    NotBound: Connect, "S5".unlogged();
    NoRange: Connect, "S5".reply(UNAVAILABLE).unlogged();
    Connections: Connect, "M".reply(SERVER_CONNECTIONS).unlogged()
        .session(|c| refuse(exceeds(c.client.connections, c.connector.max_inbound_connection)))
        .setting(&rows::MAX_INBOUND_CONNECTION)
        .fixes(|f| f.set(Value::Int(f.case.client.connections.into())));
    ConnectionsPerSource: Connect, "M".reply(SOURCE_CONNECTIONS).unlogged()
        .session(|c| refuse(is_per_source(c)))
        .evidence(|f| if is_per_source(f.case) { vec![f.setting(&rows::MAX_INBOUND_CONNECTION_PER_SOURCE), f.setting(&rows::MAX_INBOUND_CONNECTION_PERCENTAGE_PER_SOURCE)] } else { Vec::new() })
        .fixes(more_per_source);
    ImplicitTls: Connect, "M"
        .session(|c| refuse(c.client.tls == Tls::Implicit))
        .evidence(|f| if f.case.client.tls == Tls::Implicit { vec![Evidence::ImplicitTls] } else { Vec::new() })
        .fixes(|_| vec![ClientChange::StartTls.into()]);
    EhloDomain: Ehlo, "M".reply(EHLO_DOMAIN)
        .session(|c| refuse(c.connector.require_ehlo_domain && !is_named(c)))
        .setting(&rows::REQUIRE_EHLO_DOMAIN)
        .fixes(|_| vec![ClientChange::Greet.into()]);
    TlsNotOffered: StartTls, "M".reply(UNRECOGNIZED)
        .session(|c| refuse(!offers_tls(c.connector, c.client.tls, c.client.server_certificate)))
        .evidence(tls_evidence)
        .fixes(|f| vec![fix::encryption(f)]);
    MechanismNotOffered: Auth, "P7".reply(MECHANISM)
        .session(|c| refuse(c.mechanism().is_some_and(|m| !offers(c.connector, m, c.client.tls))))
        .evidence(|f| if f.case.mechanism().is_some() { vec![f.setting(&rows::AUTH_MECHANISM)] } else { Vec::new() })
        .fixes(fix::mechanism);
    ExtendedProtection: Auth, "P12".reply(UNSUCCESSFUL).unlogged()
        .session(|c| refuse(!is_protected(c.connector, c.client)))
        .setting(&rows::EXTENDED_PROTECTION_POLICY)
        .fixes(fix::protection);
    SubmitAccount: Auth, "P8".reply(UNSUCCESSFUL).by_right()
        .session(|c| refuse(c.session == Who::Account && !c.session_rights.has(Deciding::Submit)))
        .evidence(|f| if f.case.session == Who::Account { f.right(f.case.session, Deciding::Submit) } else { Vec::new() })
        .fixes(fix::submit_account);
    NotActive: MailFrom, "M".reply(NOT_ACTIVE).unlogged()
        .session(|c| refuse(c.client.service_state != ServiceState::Active && c.has_that_component()))
        .evidence(|f| if f.case.client.service_state == ServiceState::Active { Vec::new() } else { vec![Evidence::ServiceState(f.case.component(), f.case.client.service_state)] })
        .fixes(|f| vec![ServerChange::Activate(f.case.component()).into()]);
    TlsRequired: MailFrom, "M".reply(STARTTLS)
        .session(|c| refuse(c.connector.require_tls && c.client.tls == Tls::None))
        .setting(&rows::REQUIRE_TLS)
        .fixes(|_| vec![ClientChange::StartTls.into()]);
    SubmitAnonymous: MailFrom, "P8".reply(NOT_AUTHENTICATED)
        .session(|c| refuse(c.message.is_anonymous() && !c.may(Deciding::Submit)))
        .evidence(|f| if f.case.message.is_anonymous() { f.right(f.case.message, Deciding::Submit) } else { Vec::new() })
        .fixes(fix::submit_anonymous);
    SubmitIdentified: MailFrom, "P8".reply(NO_SUBMIT).by_right()
        .session(|c| refuse(!c.may(Deciding::Submit)))
        .evidence(|f| if matches!(f.case.message, Who::Anonymous | Who::AnonymousInEveryone | Who::Account) { Vec::new() } else { f.right(f.case.message, Deciding::Submit) })
        .fixes(|f| f.give(f.case.message, Deciding::Submit));
    MessageRate: MailFrom, "M".reply(RATE).unlogged()
        .session(|c| refuse(is_limited(c) && exceeds(c.client.message_rate, c.connector.message_rate_limit)))
        .setting(&rows::MESSAGE_RATE_LIMIT)
        .fixes(|f| f.set(Value::Int(f.case.client.message_rate.into())));
    DomainSecurity: MailFrom, "P9"
        .session(|c| refuse(c.domain_security.is_some_and(|failing| !failing.is_empty())))
        .setting(&rows::DOMAIN_SECURE_ENABLED)
        .evidence(|f| f.case.domain_security.into_iter().flatten().map(Evidence::DomainSecurity).collect())
        .fixes(fix::domain_security);
    DeclaredSize: MailFrom, "M".reply(SIZE).by_right()
        .session(|c| refuse(is_declared(c) && is_too_large(c)))
        .setting(&rows::MAX_MESSAGE_SIZE)
        .fixes(larger);
    TooManyRecipients: RcptTo, "M".reply(RECIPIENTS)
        .recipient(|c, taken, _| refuse(taken >= c.connector.max_recipients_per_message))
        .setting(&rows::MAX_RECIPIENTS_PER_MESSAGE)
        .fixes(|f| f.set(Value::Int(f.case.client.recipients.len() as u64)));
    ReservedTop: RcptTo, "M".reply(RESERVED_TOP)
        .recipient(|c, _, to| refuse(c.connector.reject_reserved_top_level && is_reserved_top(c, to)))
        .setting(&rows::REJECT_RESERVED_TOP_LEVEL_RECIPIENT_DOMAINS)
        .fixes(|f| f.set(false.value()));
    ReservedSecond: RcptTo, "M".reply(RESERVED_SECOND)
        .recipient(|c, _, to| refuse(c.connector.reject_reserved_second_level && is_reserved_second(c, to)))
        .setting(&rows::REJECT_RESERVED_SECOND_LEVEL_RECIPIENT_DOMAINS)
        .fixes(|f| f.set(false.value()));
    SingleLabel: RcptTo, "M".reply(SINGLE_LABEL)
        .recipient(|c, _, to| refuse(c.connector.reject_single_label && is_single_label(c, to)))
        .setting(&rows::REJECT_SINGLE_LABEL_RECIPIENT_DOMAINS)
        .fixes(|f| f.set(false.value()));
    Relay: RcptTo, "P8".reply(RELAY).by_right()
        .recipient(|c, _, to| refuse(!c.may(Deciding::AcceptAnyRecipient) && !is_accepted(c, to)))
        .evidence(|f| f.relay())
        .fixes(fix::relay);
    SenderAnonymous: EndOfData, "P8".reply(ANONYMOUS_SENDER)
        .session(|c| anonymous(c, envelope(c)))
        .evidence(|f| f.sender_of(f.case.message.is_anonymous(), &f.case.client.mail_from))
        .fixes(|f| fix::sender(f, &f.case.client.mail_from));
    Sender: EndOfData, "P8".reply(SENDER).by_right()
        .session(envelope)
        .evidence(|f| f.sender_of(!f.case.message.is_anonymous(), &f.case.client.mail_from))
        .fixes(|f| fix::sender(f, &f.case.client.mail_from));
    HeaderSenderAnonymous: EndOfData, "P8".reply(ANONYMOUS_SENDER).unlogged()
        .session(|c| anonymous(c, header(c)))
        .evidence(|f| f.sender_of(f.case.message.is_anonymous() && is_other(f.case), f.case.client.header_sender()))
        .fixes(|f| fix::sender(f, f.case.client.header_sender()));
    HeaderSender: EndOfData, "P8".reply(SENDER).unlogged().by_right()
        .session(header)
        .evidence(|f| f.sender_of(!f.case.message.is_anonymous() && is_other(f.case), f.case.client.header_sender()))
        .fixes(|f| fix::sender(f, f.case.client.header_sender()));
    HeaderSize: Headers, "M".reply(HEADER_SIZE).unlogged()
        .session(|c| refuse(c.client.header_size.is_some_and(|size| size > c.connector.max_header_size.as_bytes())))
        .setting(&rows::MAX_HEADER_SIZE)
        .fixes(|f| f.set(Value::Size(Size::bytes(f.case.client.header_size.unwrap_or_default()))));
    Hops: Headers, "M".reply(HOPS).unlogged()
        .session(|c| refuse(c.client.hops > c.connector.max_hop_count))
        .setting(&rows::MAX_HOP_COUNT)
        .fixes(|f| f.set(Value::Int(f.case.client.hops.into())));
    LocalHops: Headers, "M".reply(HOPS).unlogged()
        .session(|c| refuse(c.connector.max_local_hop_count > 0 && c.client.local_hops > c.connector.max_local_hop_count))
        .setting(&rows::MAX_LOCAL_HOP_COUNT)
        .fixes(|f| f.set(Value::Int(f.case.client.local_hops.into())));
    Size: Data, "M".reply(SIZE).unlogged().by_right()
        .session(|c| refuse(is_too_large(c)))
        .setting(&rows::MAX_MESSAGE_SIZE)
        .evidence(|f| if is_above(f.case) && f.case.may(Deciding::BypassMessageSizeLimit) { f.right(f.case.message, Deciding::BypassMessageSizeLimit) } else { Vec::new() })
        .fixes(larger);
    BareLinefeed: Data, "M".reply(BARE_LINEFEED).unlogged()
        .session(|c| refuse(c.connector.bare_linefeed_rejection && c.client.bare_linefeed))
        .setting(&rows::BARE_LINEFEED_REJECTION_ENABLED)
        .fixes(|f| f.set(false.value()));
}

/// Whether a number is above a limit.
fn exceeds(number: u32, limit: Unlimited) -> bool {
    limit.0.is_some_and(|limit| number > limit)
}

/// The share of MaxInboundConnection that one source may take. What other clients have open is not known, so all of it
/// counts as free.
fn share(case: &Case<'_>) -> Unlimited {
    let percent = case.connector.max_inbound_connection_percentage_per_source;
    Unlimited(case.connector.max_inbound_connection.0.map(|most| most.saturating_mul(percent) / 100))
}

/// Whether one of the two limits of one source is exceeded.
fn is_per_source(case: &Case<'_>) -> bool {
    let wanted = case.client.connections;
    exceeds(wanted, case.connector.max_inbound_connection_per_source) || exceeds(wanted, share(case))
}

/// Both limits of one source, as far as they are too low.
fn more_per_source(facts: &Facts<'_>) -> Vec<Remedy> {
    let (connector, wanted) = (facts.case.connector, facts.case.client.connections);
    let own = exceeds(wanted, connector.max_inbound_connection_per_source)
        .then(|| facts.change(&rows::MAX_INBOUND_CONNECTION_PER_SOURCE, Value::Int(wanted.into())));
    let most = connector.max_inbound_connection.0.filter(|_| exceeds(wanted, share(facts.case)));
    let share = most.map(|most| {
        let percent = (u64::from(wanted) * 100).div_ceil(u64::from(most));
        facts.change(&rows::MAX_INBOUND_CONNECTION_PERCENTAGE_PER_SOURCE, Value::Int(percent))
    });
    vec![facts.remedy(own.into_iter().chain(share).collect())]
}

/// Whether a rate limit applies to the session: by address, or by account to one that authenticated.
fn is_limited(case: &Case<'_>) -> bool {
    match case.connector.message_rate_source {
        MessageRateSource::None => false,
        MessageRateSource::User => case.session == Who::Account,
        MessageRateSource::IPAddress | MessageRateSource::All => true,
    }
}

fn is_named(case: &Case<'_>) -> bool {
    case.client.helo.as_deref().is_some_and(|name| !name.trim().is_empty())
}

fn is_declared(case: &Case<'_>) -> bool {
    case.client.declares_size && case.connector.size_enabled != SizeEnabled::Disabled
}

fn is_above(case: &Case<'_>) -> bool {
    case.client.size.is_some_and(|size| size > case.connector.max_message_size.as_bytes())
}

fn is_too_large(case: &Case<'_>) -> bool {
    is_above(case) && !case.may(Deciding::BypassMessageSizeLimit)
}

fn larger(facts: &Facts<'_>) -> Vec<Remedy> {
    facts.set(Value::Size(Size::bytes(facts.case.client.size.unwrap_or_default())))
}

fn tls_evidence(facts: &Facts<'_>) -> Vec<Evidence> {
    let client = facts.case.client;
    let certificate = client.tls == Tls::StartTls && !client.server_certificate;
    let setting = (client.tls != Tls::None).then(|| facts.setting(&rows::AUTH_MECHANISM));
    setting.into_iter().chain(certificate.then_some(Evidence::NoCertificate)).collect()
}

fn envelope(case: &Case<'_>) -> Answer {
    checked(sender::check(case, &case.client.mail_from), Condition::Sender)
}

/// Whether the header names another sender than the envelope; else one check is enough.
fn is_other(case: &Case<'_>) -> bool {
    case.client.header_sender() != case.client.mail_from
}

fn header(case: &Case<'_>) -> Answer {
    if is_other(case) {
        checked(sender::check(case, case.client.header_sender()), Condition::HeaderSender)
    } else {
        Answer::Passes
    }
}

fn checked(check: SenderCheck, condition: Condition) -> Answer {
    match check {
        SenderCheck::Refused(_) => Answer::Refuses,
        SenderCheck::Unknown => Answer::If(condition),
        _ => Answer::Passes,
    }
}

/// The answer where the session is anonymous, which has a reply of its own.
fn anonymous(case: &Case<'_>, answer: Answer) -> Answer {
    if case.message.is_anonymous() { answer } else { Answer::Passes }
}

impl Refusal {
    /// Its rule, which stands at its place in the table.
    pub(super) fn rule(self) -> &'static Rule {
        &RULES[self as usize]
    }

    /// The step at which the session ends.
    #[must_use]
    pub fn step(self) -> Step {
        self.rule().step
    }

    /// The number of the rule that decides it.
    #[must_use]
    pub fn number(self) -> &'static str {
        self.rule().number
    }

    /// The reply; nothing where no reply is sent, or its text is not documented.
    #[must_use]
    pub fn reply(self) -> Option<Reply> {
        self.rule().reply
    }

    /// Whether the refusal is due to a sender, whose rights the Transport service checks (P10).
    #[must_use]
    pub(crate) fn is_of_sender(self) -> bool {
        use Refusal::{HeaderSender, HeaderSenderAnonymous, Sender, SenderAnonymous};
        matches!(self, Sender | SenderAnonymous | HeaderSender | HeaderSenderAnonymous)
    }
}
