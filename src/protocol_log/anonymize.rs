//! A session with pseudonyms in place of clients' addresses, accounts, mailboxes, foreign domains and host names, so that
//! it can be shown to others and is decided alike.
//!
//! Servers, their addresses and connectors stay: the store has them. What is not needed and may name somebody, such as
//! certificates, credentials and unknown commands, is removed.

use std::net::{IpAddr, SocketAddr};

use super::event::EventKind;
use super::pairing::Verb;
use super::pseudonyms::Pseudonyms;
use super::session::{Entry, Session};

/// What stands in place of what is left out.
const REMOVED: &str = "(removed)";
/// What a word ends at.
const ENDS: &[char] = &[' ', '\t', ',', ';', '<', '>', '(', ')', '[', ']', '"', '\'', '='];
/// What the codes of Exchange begin with that look like names of hosts.
static CODES: [&str; 10] = [
    "RESOLVER.",
    "STOREDRV.",
    "SMTPSEND.",
    "ROUTING.",
    "APPROVAL.",
    "AGENT.",
    "QUEUE.",
    "CAT.",
    "DELIVERY.",
    "TRANSPORT.",
];

impl Pseudonyms {
    /// The session with pseudonyms.
    #[must_use]
    pub fn session(&mut self, session: &Session) -> Session {
        session.local.iter().for_each(|local| self.keep(local.ip()));
        let mut rewritten = session.rewritten(|entry| self.entry(entry));
        let remote = |remote: SocketAddr| SocketAddr::new(self.address(remote.ip()), remote.port());
        rewritten.remote = session.remote.map(remote);
        rewritten
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
        if context == "authenticated" {
            return (self.account(data), context.to_owned());
        }
        if let Some(user) = context.strip_prefix("User Name: ") {
            return (self.words(data), format!("User Name: {}", self.account(user)));
        }
        if context.contains("ertificate") {
            let kept = if data.is_empty() { "" } else { REMOVED };
            return (kept.to_owned(), self.words(context));
        }
        let proxied = context.split_once("Session for").and_then(|(head, rest)| {
            rest.split_once(" will now be proxied").map(|(user, tail)| (head, user, tail))
        });
        if let Some((head, user, tail)) = proxied {
            let space = if user.starts_with(' ') { " " } else { "" };
            let user = self.account(user.trim());
            return (self.words(data), format!("{head}Session for{space}{user} will now be proxied{tail}"));
        }
        (self.words(data), self.words(context))
    }

    fn command(&mut self, text: &str) -> String {
        let Some(verb) = Verb::read(text) else {
            return if text.is_empty() { String::new() } else { REMOVED.to_owned() };
        };
        match verb {
            Verb::Hello => self.hello(text),
            Verb::Mail | Verb::Rcpt => self.path(text),
            Verb::Auth => without_rest(text, 2),
            Verb::Other => without_rest(text, 1),
            Verb::Proxy => self.proxy(text),
            _ => self.words(text),
        }
    }

    /// A reply; its code and the hyphen of a line that is not the last are no part of a name.
    fn reply(&mut self, text: &str) -> String {
        match (text.get(..4), text.get(4..)) {
            (Some(code), Some(rest)) if code.starts_with(|one: char| one.is_ascii_digit()) => {
                format!("{code}{}", self.words(rest))
            }
            _ => self.words(text),
        }
    }

    fn hello(&mut self, text: &str) -> String {
        let Some((verb, name)) = text.split_once(' ') else { return text.to_owned() };
        let host = name.split_ascii_whitespace().next().unwrap_or_default();
        let is_literal = host.starts_with('[') || host.parse::<IpAddr>().is_ok();
        let host = if is_literal { self.words(host) } else { self.host(host) };
        format!("{verb} {host}")
    }

    /// MAIL FROM and RCPT TO: an address in brackets or, where a copy lost them, the first word.
    fn path(&mut self, text: &str) -> String {
        let Some((verb, rest)) = text.split_once(':') else { return without_rest(text, 1) };
        if let Some((blank, rest)) = rest.split_once('<')
            && blank.trim().is_empty()
            && let Some((address, parameters)) = rest.split_once('>')
        {
            return format!("{verb}:{blank}<{}>{}", self.account(address), self.words(parameters));
        }
        let word = rest.trim_start();
        let blank = rest.get(..rest.len() - word.len()).unwrap_or_default();
        let (address, parameters) = word.split_at(word.find([' ', '\t']).unwrap_or(word.len()));
        let address = if address.contains('=') { self.words(address) } else { self.account(address) };
        format!("{verb}:{blank}{address}{}", self.words(parameters))
    }

    /// XPROXY and XPROXYFROM: parameters of a client.
    fn proxy(&mut self, text: &str) -> String {
        let parameter = |word: &str| match word.split_once('=') {
            Some((name, host)) if name.eq_ignore_ascii_case("DOMAIN") => {
                format!("{name}={}", self.host(host))
            }
            _ => self.words(word),
        };
        text.split(' ').map(parameter).collect::<Vec<_>>().join(" ")
    }

    /// Words of a sentence: those that are addresses, mailboxes, accounts or names of hosts get pseudonyms.
    fn words(&mut self, text: &str) -> String {
        let mut written = String::with_capacity(text.len());
        let mut rest = text;
        while !rest.is_empty() {
            let is_message = names_message(&written);
            let end = if is_message { rest.find('>') } else { rest.find(ENDS) };
            let (word, tail) = rest.split_at(end.unwrap_or(rest.len()));
            written.push_str(&if is_message { self.message(word) } else { self.word(word) });
            let end = tail.chars().next().map_or(0, char::len_utf8);
            let (end, tail) = tail.split_at(end);
            written.push_str(end);
            rest = tail;
        }
        written
    }

    fn word(&mut self, word: &str) -> String {
        let bare = word.trim_end_matches(['.', ':']);
        let end = word.get(bare.len()..).unwrap_or_default();
        let (prefix, bare) = match bare.get(..5) {
            Some(prefix) if prefix.eq_ignore_ascii_case("IPv6:") => bare.split_at(5),
            _ => ("", bare),
        };
        let pseudonym = if let Ok(address) = bare.parse::<IpAddr>() {
            self.address(address).to_string()
        } else if let Ok(endpoint) = bare.parse::<SocketAddr>() {
            SocketAddr::new(self.address(endpoint.ip()), endpoint.port()).to_string()
        } else if bare.contains(['@', '\\']) {
            self.account(bare)
        } else if is_host(bare) {
            self.host(bare)
        } else {
            bare.to_owned()
        };
        format!("{prefix}{pseudonym}{end}")
    }
}

/// Whether an identifier of a message follows.
fn names_message(written: &str) -> bool {
    written == "2.6.0 <" || written.ends_with("InternetMessageId <")
}

/// A name with dots that ends in letters, and is none of Exchange's own codes.
fn is_host(word: &str) -> bool {
    let is_label = |label: &str| {
        !label.is_empty() && label.chars().all(|one| one.is_alphanumeric() || one == '-' || one == '_')
    };
    let last = word.rsplit('.').next().unwrap_or_default();
    word.contains('.')
        && word.split('.').all(is_label)
        && last.chars().all(char::is_alphabetic)
        && !CODES.iter().any(|code| word.starts_with(code))
}

/// The first words; of what follows, that there was something.
fn without_rest(text: &str, words: usize) -> String {
    let mut all = text.split_ascii_whitespace();
    let kept: Vec<&str> = all.by_ref().take(words).collect();
    let kept = kept.join(" ");
    if all.next().is_some() { format!("{kept} {REMOVED}") } else { kept }
}
