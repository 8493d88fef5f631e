//! What a session was: who came, what was offered, what was said and answered, which mail was taken.

use std::net::IpAddr;

use super::event::EventKind;
use super::keywords::keywords;
use super::pairing::{Verb, Waiting, code, greeting, greets};
use super::session::{Entry, Session};
use crate::param::closed;

/// The names that `Set Session Permissions` lists, in its order.
pub static PERMISSION_NAMES: [&str; 18] = [
    "SMTPSubmit",
    "SMTPSubmitForMLS",
    "SMTPAcceptAnyRecipient",
    "SMTPAcceptAuthenticationFlag",
    "SMTPAcceptAnySender",
    "SMTPAcceptAuthoritativeDomainSender",
    "BypassAntiSpam",
    "BypassMessageSizeLimit",
    "SMTPSendEXCH50",
    "SMTPAcceptEXCH50",
    "AcceptRoutingHeaders",
    "AcceptForestHeaders",
    "AcceptOrganizationHeaders",
    "SendRoutingHeaders",
    "SendForestHeaders",
    "SendOrganizationHeaders",
    "SMTPSendXShadow",
    "SMTPAcceptXShadow",
];

closed! {
    /// How a session came out. Accepted: every message and recipient was taken. Partial: some were. Refused: something
    /// was refused and no message was taken. HandedOn: a front end handed the client on. NoMail: nothing was asked.
    #[derive(Hash, PartialOrd, Ord)]
    Outcome: Accepted, Partial, Refused, HandedOn, NoMail
}

/// A command with its reply.
#[derive(Clone, Copy, Debug)]
pub struct Exchange<'s> {
    /// Which command.
    pub verb: Verb,
    /// The line as the client sent it.
    pub text: &'s str,
    /// The last reply to it: of DATA the one after the message. Nothing where the log has none.
    pub reply: Option<&'s str>,
    /// Whether the session was encrypted then.
    pub in_tls: bool,
    /// Whether the client had authenticated by then.
    pub authenticated: bool,
}

impl Exchange<'_> {
    /// The three digits of the reply.
    #[must_use]
    pub fn code(&self) -> Option<u16> {
        self.reply.and_then(code)
    }

    /// Whether it was refused, for now or for good.
    #[must_use]
    pub fn is_refused(&self) -> bool {
        self.code().is_some_and(|code| code >= 400)
    }

    /// Whether it was taken.
    #[must_use]
    pub fn is_taken(&self) -> bool {
        self.code().is_some_and(|code| (200..300).contains(&code))
    }
}

/// The TLS of a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Handshake<'s> {
    /// Whether it came by X-ANONYMOUSTLS, between Exchange servers.
    pub anonymous: bool,
    /// The protocol, as `TLS1_2`, where the log says it.
    pub protocol: Option<&'s str>,
}

/// An answer to EHLO.
#[derive(Clone, Debug)]
pub struct Offer<'s> {
    /// Whether the session was encrypted.
    pub in_tls: bool,
    /// Whether the log has it from its first line on.
    pub complete: bool,
    /// The name by which the server goes in it.
    pub name: Option<&'s str>,
    /// Its lines without their codes and without the greeting; since 2016 one, of all keywords.
    lines: Vec<&'s str>,
    is_joined: bool,
}

impl<'s> Offer<'s> {
    /// Each keyword with its arguments.
    #[must_use]
    pub fn keywords(&self) -> Vec<String> {
        match self.lines.as_slice() {
            [joined] if self.is_joined => keywords(joined),
            lines => lines.iter().map(ToString::to_string).collect(),
        }
    }

    /// Whether these are its keywords with their arguments, letter for letter and in that order.
    #[must_use]
    pub fn is(&self, keywords: &[String]) -> bool {
        let after = |rest: &'s str, line: &String| {
            let rest = rest.strip_prefix(line.as_str())?;
            if rest.is_empty() { Some(rest) } else { rest.strip_prefix(' ') }
        };
        match self.lines.as_slice() {
            [joined] if self.is_joined => {
                keywords.iter().try_fold(joined.trim_ascii(), after).is_some_and(str::is_empty)
            }
            lines => lines.iter().eq(keywords),
        }
    }
}

/// What `Set Session Permissions` lists.
#[derive(Clone, Debug)]
pub struct Permissions<'s> {
    /// Whether the client had begun to authenticate.
    pub authenticated: bool,
    /// The names.
    pub names: Vec<&'s str>,
}

/// A recipient.
#[derive(Clone, Copy, Debug)]
pub struct Recipient<'s> {
    /// Its address; empty where a copy lost it.
    pub address: &'s str,
    /// The place of its RCPT TO among the exchanges.
    pub exchange: usize,
}

/// A message, from MAIL FROM on, or from what the log has of it.
#[derive(Clone, Debug)]
pub struct Message<'s> {
    /// The sender; empty for `<>`, nothing where the log does not have it.
    pub sender: Option<&'s str>,
    /// The size that MAIL FROM declares.
    pub declared: Option<u64>,
    /// The place of its MAIL FROM among the exchanges, of its first command where the log does not have that.
    pub exchange: usize,
    /// Its recipients.
    pub recipients: Vec<Recipient<'s>>,
    /// The place of the DATA or last BDAT among the exchanges.
    pub data: Option<usize>,
    /// The client of a front end that it comes from, by its place in [`Facts::proxied`].
    pub client: Option<usize>,
}

/// The client that a front end names with XPROXY or XPROXYFROM.
#[derive(Clone, Copy, Debug, Default)]
pub struct ProxiedClient<'s> {
    /// The session in the front end's log.
    pub session: Option<&'s str>,
    /// The client's address.
    pub address: Option<IpAddr>,
    /// The name after its EHLO.
    pub helo: Option<&'s str>,
}

/// A session.
#[derive(Clone, Debug, Default)]
pub struct Facts<'s> {
    /// The greeting, or what stands in its place.
    pub greeting: Option<&'s str>,
    /// The name after the first EHLO or HELO.
    pub helo: Option<&'s str>,
    /// How it was encrypted.
    pub tls: Option<Handshake<'s>>,
    /// How the client authenticated, or tried to: `LOGIN`, `NTLM`.
    pub mechanism: Option<&'s str>,
    /// The account, once it had authenticated.
    pub user: Option<&'s str>,
    /// The account of a logon that failed.
    pub refused_user: Option<&'s str>,
    /// Why a logon failed: `Inbound AUTH LOGIN failed because of LogonDenied`.
    pub failed_logon: Option<&'s str>,
    /// Answers to EHLO.
    pub offers: Vec<Offer<'s>>,
    /// The permissions, each time that they were set.
    pub permissions: Vec<Permissions<'s>>,
    /// Commands with replies.
    pub exchanges: Vec<Exchange<'s>>,
    /// Messages.
    pub messages: Vec<Message<'s>>,
    /// Clients that a front end names.
    pub proxied: Vec<ProxiedClient<'s>>,
    /// Whether the server accepted what a front end says of a client, with or without the line that says it.
    pub proxy_accepted: bool,
    /// Whether this front end handed the client on after it authenticated: its mail is in another log then.
    pub handed_on: bool,
    /// How often the server waited before it answered.
    pub tarpits: u32,
    /// Bytes of messages that were taken, as far as replies say.
    pub bytes: u64,
}

impl<'s> Facts<'s> {
    /// What the lines of a session say.
    #[must_use]
    pub fn of(session: &'s Session) -> Self {
        let mut fold = Fold::default();
        // Half of the lines are commands, more or less.
        fold.facts.exchanges.reserve(session.len() / 2);
        let mut last: Option<Entry<'_>> = None;
        for entry in session.entries() {
            // Some copies have a line several times.
            let again = last.is_some_and(|last| {
                last.kind == entry.kind
                    && last.sequence == entry.sequence
                    && last.data == entry.data
                    && last.context == entry.context
            });
            if !again {
                fold.entry(&entry);
            }
            last = Some(entry);
        }
        fold.messages();
        fold.facts
    }

    /// Whether a front end brings the mail of its own clients.
    #[must_use]
    pub(crate) fn is_proxied(&self) -> bool {
        !self.proxied.is_empty() || self.proxy_accepted
    }

    /// How it came out.
    #[must_use]
    pub fn outcome(&self) -> Outcome {
        let taken = self.taken().next().is_some();
        let refused = self.failed_logon.is_some() || self.exchanges.iter().any(Exchange::is_refused);
        match (taken, refused) {
            (true, false) => Outcome::Accepted,
            (true, true) => Outcome::Partial,
            (false, _) if self.handed_on => Outcome::HandedOn,
            (false, true) => Outcome::Refused,
            (false, false) if self.greeting.and_then(code).is_some_and(|code| code >= 400) => {
                Outcome::Refused
            }
            (false, false) => Outcome::NoMail,
        }
    }

    /// The messages that were taken.
    pub fn taken(&self) -> impl Iterator<Item = &Message<'s>> {
        self.messages.iter().filter(|message| {
            message.data.and_then(|at| self.exchanges.get(at)).is_some_and(Exchange::is_taken)
        })
    }

    /// The recipients of a message that were not refused.
    pub fn accepted<'m>(&'m self, message: &'m Message<'s>) -> impl Iterator<Item = &'m Recipient<'s>> {
        let refused = |to: &&Recipient<'_>| self.exchanges.get(to.exchange).is_some_and(Exchange::is_refused);
        message.recipients.iter().filter(move |to| !refused(to))
    }

    /// The first reply that refuses something.
    #[must_use]
    pub fn refusal(&self) -> Option<&'s str> {
        let greeting = self.greeting.filter(|text| code(text).is_some_and(|code| code >= 400));
        let reply = || self.exchanges.iter().find(|one| one.is_refused()).and_then(|one| one.reply);
        greeting.or_else(reply).or(self.failed_logon)
    }
}

#[derive(Default)]
struct Fold<'s> {
    facts: Facts<'s>,
    waiting: Waiting,
    /// The lines of an EHLO answer of several lines.
    answer: Vec<&'s str>,
    authenticated: bool,
    /// By the place of the first exchange after it, the client that a front end names.
    clients: Vec<(usize, usize)>,
}

impl<'s> Fold<'s> {
    fn entry(&mut self, entry: &Entry<'s>) {
        match entry.kind {
            EventKind::Client => self.command(entry.data),
            EventKind::Server => self.reply(entry.data),
            EventKind::Information => self.information(entry.data, entry.context),
            EventKind::Connect | EventKind::Disconnect => {}
        }
    }

    fn command(&mut self, text: &'s str) {
        let verb = Verb::read(text).unwrap_or(Verb::Other);
        let argument = text.split_ascii_whitespace().nth(1);
        match verb {
            Verb::Hello => self.facts.helo = self.facts.helo.or(argument),
            Verb::Auth => self.facts.mechanism = argument,
            Verb::Proxy => {
                self.clients.push((self.facts.exchanges.len(), self.facts.proxied.len()));
                self.facts.proxied.push(proxied(text));
            }
            _ => {}
        }
        let Facts { exchanges, tls, .. } = &mut self.facts;
        self.waiting.command(exchanges.len(), verb);
        let (in_tls, authenticated) = (tls.is_some(), self.authenticated);
        exchanges.push(Exchange { verb, text, reply: None, in_tls, authenticated });
    }

    fn reply(&mut self, text: &'s str) {
        if text.get(3..4) == Some("-") {
            self.answer.push(text.get(4..).unwrap_or_default());
            return;
        }
        if self.facts.exchanges.is_empty() && self.facts.greeting.is_none() && self.answer.is_empty() {
            let greets = code(text).is_some_and(|code| code == 220 || code >= 400);
            self.facts.greeting = Some(text).filter(|_| greets);
        }
        if !self.answer.is_empty() {
            self.offer_of_lines(text);
        } else if let Some(at) = greeting(text) {
            let joined = text.get(at..).unwrap_or_default();
            let joined = joined.split_once(']').map_or("", |(_, rest)| rest);
            self.offer(name(text), vec![joined], true, true);
        }
        self.facts.proxy_accepted |= is_proxy_accepted(text);
        let Some(at) = self.waiting.reply(text) else { return };
        let Some(exchange) = self.facts.exchanges.get_mut(at) else { return };
        exchange.reply = Some(text);
        match (exchange.verb, exchange.is_taken()) {
            (Verb::StartTls | Verb::AnonymousTls, true) => {
                let anonymous = exchange.verb == Verb::AnonymousTls;
                self.facts.tls.get_or_insert(Handshake { anonymous, protocol: None });
            }
            (Verb::Auth, true) => self.authenticated = true,
            (Verb::Data | Verb::Bdat, true) => self.facts.bytes += bytes(text),
            _ => {}
        }
    }

    /// The answer of several lines, of which `last` is the last one; the first of them greets.
    fn offer_of_lines(&mut self, last: &'s str) {
        let answer = std::mem::take(&mut self.answer);
        let complete = answer.first().is_some_and(|line| greets(line));
        let name = answer.first().and_then(|line| name(line));
        let lines = answer.into_iter().chain(last.get(4..));
        let lines = lines.filter(|line| !greets(line)).collect();
        self.offer(name, lines, complete, false);
    }

    fn offer(&mut self, name: Option<&'s str>, lines: Vec<&'s str>, complete: bool, is_joined: bool) {
        self.facts.offers.push(Offer { in_tls: self.facts.tls.is_some(), complete, name, lines, is_joined });
    }

    fn information(&mut self, data: &'s str, context: &'s str) {
        if context == "Set Session Permissions" {
            let names = data.split_ascii_whitespace().collect();
            let authenticated = self.authenticated || self.facts.mechanism.is_some();
            self.facts.permissions.push(Permissions { authenticated, names });
        } else if context == "authenticated" {
            self.facts.user = Some(data);
            self.authenticated = true;
        } else if let Some(protocol) = context.strip_prefix("TLS protocol SP_PROT_") {
            let protocol = protocol.split_once("_SERVER").map(|(protocol, _)| protocol);
            let asked = self
                .facts
                .exchanges
                .iter()
                .rev()
                .find(|one| matches!(one.verb, Verb::StartTls | Verb::AnonymousTls));
            let anonymous = asked.is_some_and(|one| one.verb == Verb::AnonymousTls);
            self.facts.tls = Some(Handshake { anonymous, protocol });
        } else if context.starts_with("Inbound AUTH ") && context.contains(" failed") {
            self.facts.failed_logon = Some(context);
        } else if let Some(user) = context.strip_prefix("User Name: ") {
            self.facts.refused_user = Some(user);
        } else if let Some(rest) = context.strip_prefix("Proxy session was successfully set up.") {
            // `Session for` and the account stand together without a space in real logs.
            let user = rest.trim_start().strip_prefix("Session for");
            let user =
                user.and_then(|rest| rest.split_once(" will now be proxied")).map(|(user, _)| user.trim());
            self.facts.user = self.facts.user.or(user.filter(|user| !user.is_empty()));
            self.authenticated = true;
            self.facts.handed_on = true;
        } else if data.starts_with("Tarpit for ") {
            self.facts.tarpits += 1;
        }
    }

    /// Makes messages of MAIL FROM, RCPT TO and DATA.
    fn messages(&mut self) {
        let Facts { exchanges, messages, .. } = &mut self.facts;
        let mut open = false;
        for (at, exchange) in exchanges.iter().enumerate() {
            let goes_on = matches!(exchange.verb, Verb::Rcpt | Verb::Data | Verb::Bdat);
            if exchange.verb == Verb::Mail || goes_on && !open && is_in_message(exchange) {
                let client = self.clients.iter().rev().find(|(from, _)| *from <= at);
                let mail = Some(exchange.text).filter(|_| !goes_on);
                messages.push(Message {
                    sender: mail.and_then(address),
                    declared: mail.and_then(|text| parameter(text, "SIZE=")?.parse().ok()),
                    exchange: at,
                    recipients: Vec::new(),
                    data: None,
                    client: client.map(|(_, client)| *client),
                });
                open = true;
            }
            let message = messages.last_mut().filter(|_| open);
            match (exchange.verb, message) {
                (Verb::Rcpt, Some(message)) => {
                    let address = address(exchange.text).unwrap_or_default();
                    message.recipients.push(Recipient { address, exchange: at });
                }
                (Verb::Data | Verb::Bdat, Some(message)) => {
                    message.data = Some(at);
                    open = !ends(exchange);
                }
                (Verb::Reset | Verb::Hello, _) => open = false,
                _ => {}
            }
        }
    }
}

/// Whether the server takes a command as one within a message, even where the log does not have its MAIL FROM: else it
/// would reply `503 5.5.2 Need mail command`.
fn is_in_message(exchange: &Exchange<'_>) -> bool {
    exchange.code().is_some_and(|code| !(500..=503).contains(&code))
}

/// Whether the reply to DATA, or to the last BDAT, ends a message.
fn ends(exchange: &Exchange<'_>) -> bool {
    let is_last = || exchange.text.trim_ascii_end().to_ascii_uppercase().ends_with(" LAST");
    exchange.code().is_some_and(|code| code != 354) && (exchange.verb == Verb::Data || is_last())
}

/// The last word before ` Hello [`.
fn name(answer: &str) -> Option<&str> {
    answer.get(..greeting(answer)?)?.split_ascii_whitespace().next_back()
}

/// `250 XProxyFrom accepted`.
fn is_proxy_accepted(reply: &str) -> bool {
    reply.get(..10).is_some_and(|head| head.eq_ignore_ascii_case("250 XProxy"))
}

/// What stands before `>`, and what follows it. Within quotes it ends no address: `<"a>b"@fabrikam.com>`.
pub(crate) fn bracketed(text: &str) -> Option<(&str, &str)> {
    let (mut is_quoted, mut is_escaped) = (false, false);
    let end = text.char_indices().find(|(_, one)| {
        is_quoted ^= *one == '"' && !is_escaped;
        is_escaped = *one == '\\' && is_quoted && !is_escaped;
        *one == '>' && !is_quoted
    });
    match end {
        Some((at, _)) => Some((text.get(..at)?, text.get(at + 1..)?)),
        None => text.split_once('>'),
    }
}

/// What stands in `<…>` after the first colon; nothing where a copy lost it.
fn address(command: &str) -> Option<&str> {
    let (_, rest) = command.split_once(':')?;
    let rest = rest.trim_start();
    match rest.strip_prefix('<') {
        Some(rest) => bracketed(rest).map(|(address, _)| address),
        None => rest.split_ascii_whitespace().next().filter(|word| word.contains('@')),
    }
}

/// The value of a parameter: `SIZE=`.
fn parameter<'s>(command: &'s str, name: &str) -> Option<&'s str> {
    command.split_ascii_whitespace().find_map(|word| {
        let head = word.get(..name.len())?;
        head.eq_ignore_ascii_case(name).then(|| word.get(name.len()..)).flatten()
    })
}

fn proxied(command: &str) -> ProxiedClient<'_> {
    ProxiedClient {
        session: parameter(command, "SID="),
        address: parameter(command, "IP=").and_then(|text| text.trim_matches(['[', ']']).parse().ok()),
        helo: parameter(command, "DOMAIN="),
    }
}

/// `3454` of `… 3454 bytes in 0.777, 4.338 KB/sec …`; the other numbers follow the server's culture.
fn bytes(reply: &str) -> u64 {
    let before = reply.split_once(" bytes in ").map(|(before, _)| before);
    before.and_then(|text| text.rsplit(' ').next()?.parse().ok()).unwrap_or_default()
}
