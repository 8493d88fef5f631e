//! A session with pseudonyms in place of clients' addresses, accounts, mailboxes, foreign domains and host names, so that
//! it can be shown to others and is decided alike.
//!
//! Servers, their addresses and connectors stay: the store has them. What is not needed and may name somebody, such as
//! certificates, credentials and unknown commands, is removed. What the session names in one place it may name in any
//! sentence: the places are read first, and the sentences then.

use std::net::{IpAddr, SocketAddr};

use super::event::EventKind;
use super::facts::bracketed;
use super::mentions::has_letter;
use super::pairing::Verb;
use super::pseudonyms::{Pseudonyms, REMOVED};
use super::sentence::{Mode, words};
use super::session::{Entry, Session};

/// Parameters of MAIL FROM and RCPT TO that name somebody.
static NAMING: [&str; 3] = ["AUTH", "ORCPT", "XOORG"];
/// Those that name nobody.
static TECHNICAL: [&str; 5] = ["SIZE", "BODY", "RET", "NOTIFY", "XMESSAGEVALUE"];
/// Parameters of XPROXY and XPROXYFROM that name nobody.
static OF_PROXY: [&str; 6] = ["SID", "PORT", "SEQNUM", "PERMS", "CAPABILITIES", "AUTHSRC"];

impl Pseudonyms {
    /// The session with pseudonyms.
    #[must_use]
    pub fn session(&mut self, session: &Session) -> Session {
        session.local.iter().for_each(|local| self.keep(local.ip()));
        self.mentions.clear();
        session.entries().for_each(|entry| self.collect(&entry));
        session.entries().for_each(|entry| self.collect_removed(&entry));
        let mut rewritten = session.rewritten(|entry| self.entry(entry));
        let remote = |remote: SocketAddr| SocketAddr::new(self.address(remote.ip()), remote.port());
        rewritten.remote = session.remote.map(remote);
        rewritten
    }

    /// Gives pseudonyms to whoever has a place of his own in a line.
    fn collect(&mut self, entry: &Entry<'_>) {
        let data = entry.data;
        match entry.kind {
            EventKind::Client => match Verb::read(data) {
                Some(Verb::Hello | Verb::Mail | Verb::Rcpt | Verb::Proxy) => drop(self.command(data)),
                Some(Verb::Other) => {
                    let named = data.split_once(' ').filter(|(verb, _)| is_any(verb, &["VRFY", "EXPN"]));
                    let name = named.map(|(_, name)| name.trim().trim_matches(['<', '>']));
                    name.into_iter().for_each(|name| drop(self.account(name)));
                }
                _ => {}
            },
            EventKind::Information => drop(self.somebody(data, entry.context)),
            EventKind::Server | EventKind::Connect | EventKind::Disconnect => {}
        }
    }

    /// Notes the words that are removed.
    fn collect_removed(&mut self, entry: &Entry<'_>) {
        let Entry { data, context, .. } = *entry;
        match entry.kind {
            EventKind::Client => {
                let rest = data.split_once(' ').map_or("", |(_, rest)| rest);
                match Verb::read(data) {
                    None => self.remove(data),
                    Some(Verb::Mail | Verb::Rcpt) => {}
                    Some(Verb::Proxy) => {
                        let values = rest.split(' ').filter_map(|word| word.split_once('='));
                        let removed = values.filter(|(name, _)| !is_any(name, &["DOMAIN", "IP"]));
                        removed.for_each(|(_, value)| self.remove(value));
                    }
                    Some(_) => self.remove(rest),
                }
            }
            EventKind::Information if is_of_certificate(context) => {
                self.remove(data);
                self.remove(context);
            }
            _ => {}
        }
    }

    fn entry(&mut self, entry: &Entry<'_>) -> (String, String) {
        let Entry { data, context, .. } = *entry;
        match entry.kind {
            EventKind::Client => (self.command(data), self.words(context)),
            EventKind::Server => (self.reply(data), self.words(context)),
            EventKind::Connect | EventKind::Disconnect => (self.words(data), self.words(context)),
            EventKind::Information => self.information(data, context),
        }
    }

    fn information(&mut self, data: &str, context: &str) -> (String, String) {
        if context == "Set Session Permissions" {
            return (data.to_owned(), context.to_owned());
        }
        if let Some(written) = self.somebody(data, context) {
            return written;
        }
        if is_of_certificate(context) {
            let kept = if data.is_empty() { "" } else { REMOVED };
            return (kept.to_owned(), self.sentence(context, Mode::Strict));
        }
        (self.sentence(data, Mode::Remark), self.sentence(context, Mode::Remark))
    }

    /// A remark of a form that has an account in it.
    fn somebody(&mut self, data: &str, context: &str) -> Option<(String, String)> {
        if context == "authenticated" {
            return Some((self.account(data), context.to_owned()));
        }
        if let Some(user) = context.strip_prefix("User Name: ") {
            return Some((self.words(data), format!("User Name: {}", self.account(user))));
        }
        let (head, rest) = context.split_once("Session for")?;
        let (user, tail) = rest.split_once(" will now be proxied")?;
        let space = if user.starts_with(' ') { " " } else { "" };
        let user = self.account(user.trim());
        let tail = self.words(tail);
        Some((self.words(data), format!("{head}Session for{space}{user} will now be proxied{tail}")))
    }

    fn command(&mut self, text: &str) -> String {
        let Some(verb) = Verb::read(text) else {
            return if text.is_empty() { String::new() } else { REMOVED.to_owned() };
        };
        match verb {
            Verb::Hello => self.hello(text),
            Verb::Mail | Verb::Rcpt => self.path(text),
            Verb::Auth => {
                let first = without_rest(text, 2);
                self.sentence(&first, Mode::Strict)
            }
            Verb::Bdat => self.sentence(text, Mode::Strict),
            Verb::Proxy => self.proxy(text),
            _ => without_rest(text, 1),
        }
    }

    /// A reply; its code and the hyphen of a line that is not the last are no part of a name.
    fn reply(&mut self, text: &str) -> String {
        let (code, rest) = match (text.get(..4), text.get(4..)) {
            (Some(code), Some(rest)) if code.starts_with(|one: char| one.is_ascii_digit()) => (code, rest),
            _ => return self.words(text),
        };
        let word = rest.split_ascii_whitespace().next().unwrap_or_default();
        let is_between_servers = word.get(..2).is_some_and(|two| is_any(two, &["XP", "XS"]));
        if code.starts_with("334") || is_between_servers {
            return format!("{code}{}", self.sentence(rest, Mode::Strict));
        }
        let Some((head, tail)) = rest.split_once(" Hello ").filter(|(_, tail)| !tail.starts_with('[')) else {
            return format!("{code}{}", self.words(rest));
        };
        let (name, tail) = tail.split_at(tail.find(' ').unwrap_or(tail.len()));
        let (head, name) = (self.words(head), self.named(name));
        format!("{code}{head} Hello {name}{}", self.words(tail))
    }

    fn hello(&mut self, text: &str) -> String {
        let Some((verb, name)) = text.split_once(' ') else { return text.to_owned() };
        let host = name.split_ascii_whitespace().next().unwrap_or_default();
        format!("{verb} {}", self.named(host))
    }

    /// What a client calls itself: a name, or its address.
    fn named(&mut self, host: &str) -> String {
        let is_literal = host.starts_with('[') || host.parse::<IpAddr>().is_ok();
        if is_literal { self.words(host) } else { self.host(host) }
    }

    /// MAIL FROM and RCPT TO: an address in brackets or, where a copy lost them, the first word.
    fn path(&mut self, text: &str) -> String {
        let Some((verb, rest)) = text.split_once(':') else { return without_rest(text, 1) };
        let word = rest.trim_start();
        let blank = rest.get(..rest.len() - word.len()).unwrap_or_default();
        if let Some((address, parameters)) = word.strip_prefix('<').and_then(bracketed) {
            return format!("{verb}:{blank}<{}>{}", self.account(address), self.parameters(parameters));
        }
        let end = words::quoted_address(word).or_else(|| word.find([' ', '\t'])).unwrap_or(word.len());
        let (address, parameters) = word.split_at(end);
        let is_parameter = address.contains('=') && !address.contains('@');
        let address = if is_parameter { self.parameters(address) } else { self.account(address) };
        format!("{verb}:{blank}{address}{}", self.parameters(parameters))
    }

    /// The parameters of a path.
    fn parameters(&mut self, text: &str) -> String {
        let mut parameter = |word: &str| match word.split_once('=') {
            None => self.sentence(word, Mode::Strict),
            Some((name, _)) if is_any(name, &NAMING) => self.words(word),
            Some((name, value)) if is_any(name, &TECHNICAL) => {
                format!("{name}={}", self.sentence(value, Mode::Strict))
            }
            Some((name, _)) => format!("{}={REMOVED}", self.sentence(name, Mode::Strict)),
        };
        text.split(' ').map(&mut parameter).collect::<Vec<_>>().join(" ")
    }

    /// XPROXY and XPROXYFROM: parameters of a client.
    fn proxy(&mut self, text: &str) -> String {
        let mut parameter = |word: &str| match word.split_once('=') {
            None => self.sentence(word, Mode::Strict),
            Some((name, host)) if is_any(name, &["DOMAIN"]) => format!("{name}={}", self.named(host)),
            Some((name, _)) if is_any(name, &["IP"]) => self.words(word),
            Some((name, value)) if is_any(name, &OF_PROXY) && is_number(value) => word.to_owned(),
            Some((name, value)) if is_any(name, &["AUTHSRC"]) => {
                format!("{name}={}", self.sentence(value, Mode::Strict))
            }
            Some((name, _)) => format!("{}={REMOVED}", self.sentence(name, Mode::Strict)),
        };
        text.split(' ').map(&mut parameter).collect::<Vec<_>>().join(" ")
    }

    /// A sentence: words in it that are addresses, mailboxes, accounts or names of hosts get pseudonyms.
    fn words(&mut self, text: &str) -> String {
        self.sentence(text, Mode::Usual)
    }
}

/// Whether the remark is of a certificate.
fn is_of_certificate(context: &str) -> bool {
    context.contains("ertificate") && has_letter(context)
}

fn is_any(word: &str, all: &[&str]) -> bool {
    all.iter().any(|one| one.eq_ignore_ascii_case(word))
}

/// Whether a value is a number, decimal or hexadecimal.
fn is_number(value: &str) -> bool {
    value.len() <= 16 && value.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// The first words; of what follows, that there was something.
fn without_rest(text: &str, words: usize) -> String {
    let mut all = text.split_ascii_whitespace();
    let kept: Vec<&str> = all.by_ref().take(words).collect();
    let kept = kept.join(" ");
    if all.next().is_some() { format!("{kept} {REMOVED}") } else { kept }
}
