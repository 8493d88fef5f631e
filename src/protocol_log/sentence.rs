//! Sentences with pseudonyms: a word that names somebody, by its form or because the session named it elsewhere.

use std::net::{IpAddr, SocketAddr};

use super::mentions::{has_letter, parts};
use super::pseudonyms::{Pseudonyms, REMOVED};

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
/// What stands before somebody in a remark.
static BEFORE_SOMEBODY: [&str; 7] = ["for", "user", "username", "account", "mailbox", "as", "by"];
/// The fewest hexadecimal digits of what identifies a certificate; identifiers of sessions have 16.
const THUMBPRINT: usize = 24;

/// How much of a sentence stays.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// All but what names somebody.
    Usual,
    /// The same, and a word after `for` or `user` is somebody.
    Remark,
    /// Numbers and words that servers say by themselves.
    Strict,
}

impl Pseudonyms {
    /// A sentence with pseudonyms.
    pub fn sentence(&mut self, text: &str, mode: Mode) -> String {
        if let Some((start, end)) = words::distinguished_name(text) {
            let (head, rest) = text.split_at(start);
            let tail = rest.get(end - start..).unwrap_or_default();
            return format!("{}{REMOVED}{}", self.sentence(head, mode), self.sentence(tail, mode));
        }
        let mut written = String::with_capacity(text.len());
        let (mut rest, mut before) = (text, "");
        while !rest.is_empty() {
            if let Some(end) = words::quoted_address(rest) {
                let (address, tail) = rest.split_at(end);
                written.push_str(&self.account(address));
                rest = tail;
                continue;
            }
            let is_message = words::names_message(&written);
            let end = if is_message { rest.find('>').unwrap_or(rest.len()) } else { words::end(rest) };
            let (word, tail) = rest.split_at(end);
            if is_message {
                written.push_str(&self.message(word));
            } else if self.stays(word) {
                written.push_str(word);
            } else {
                written.push_str(&self.word(word, before, mode));
            }
            before = if word.is_empty() { before } else { word };
            let end = tail.chars().next().map_or(0, char::len_utf8);
            let (end, tail) = tail.split_at(end);
            written.push_str(end);
            rest = tail;
        }
        written
    }

    fn word(&mut self, word: &str, before: &str, mode: Mode) -> String {
        let bare = word.trim_end_matches(['.', ':', '!']);
        let end = word.get(bare.len()..).unwrap_or_default();
        let (prefix, bare) = match bare.get(..5) {
            Some(prefix) if prefix.eq_ignore_ascii_case("IPv6:") => bare.split_at(5),
            _ => ("", bare),
        };
        let (bare, zone) = match bare.split_once('%') {
            Some((address, zone)) if address.parse::<IpAddr>().is_ok() => (address, zone),
            _ => (bare, ""),
        };
        let pseudonym = if let Ok(address) = bare.parse::<IpAddr>() {
            let percent = if zone.is_empty() { "" } else { "%" };
            format!("{}{percent}{zone}", self.address(address))
        } else if let Ok(endpoint) = bare.parse::<SocketAddr>() {
            SocketAddr::new(self.address(endpoint.ip()), endpoint.port()).to_string()
        } else if let Some((one, other)) = bare.split_once(':') {
            format!("{}:{}", self.word(one, before, mode), self.word(other, one, mode))
        } else if bare.contains(['@', '\\']) {
            self.account(bare)
        } else if let Some(known) = self.mentioned(&bare.to_lowercase()) {
            known
        } else if words::is_host(bare) {
            self.host(bare)
        } else {
            self.plain(bare, before, mode)
        };
        format!("{prefix}{pseudonym}{end}")
    }

    /// A word of no form that names somebody.
    fn plain(&mut self, word: &str, before: &str, mode: Mode) -> String {
        let folded = word.to_lowercase();
        if let Some((start, end, address)) = words::address_within(word) {
            let (head, tail) = (word.get(..start).unwrap_or_default(), word.get(end..).unwrap_or_default());
            let (head, pseudonym) = (self.plain(head, before, mode), self.address(address));
            return format!("{head}{pseudonym}{}", self.plain(tail, before, mode));
        }
        if !has_letter(word) || self.is_common(&folded) {
            return word.to_owned();
        }
        let is_thumbprint = word.len() >= THUMBPRINT && word.bytes().all(|byte| byte.is_ascii_hexdigit());
        if is_thumbprint || folded.starts_with("s-1-") {
            return REMOVED.to_owned();
        }
        if let Some(pseudonym) = self.mentions.within(&folded) {
            return pseudonym.to_owned();
        }
        let mut written = String::with_capacity(word.len());
        let (mut at, mut is_unknown) = (0, false);
        for part in parts(word) {
            let start = word.get(at..).and_then(|rest| rest.find(part)).unwrap_or_default() + at;
            written.push_str(word.get(at..start).unwrap_or_default());
            at = start + part.len();
            let folded = part.to_lowercase();
            let pseudonym = self.mentions.of_part(&folded);
            is_unknown |= pseudonym.is_none() && has_letter(part) && !self.is_common(&folded);
            written.push_str(pseudonym.unwrap_or(part));
        }
        written.push_str(word.get(at..).unwrap_or_default());
        let names_somebody = || BEFORE_SOMEBODY.iter().any(|one| one.eq_ignore_ascii_case(before));
        match mode {
            Mode::Strict if is_unknown => REMOVED.to_owned(),
            Mode::Remark if is_unknown && names_somebody() => self.account(word),
            _ => written,
        }
    }
}

/// Where words begin and end, and what their form says.
pub mod words {
    use std::net::{IpAddr, Ipv4Addr};

    use super::CODES;

    /// What a word ends at: blanks, and signs that no name or address has.
    fn is_end(one: char) -> bool {
        let is_within = |one| matches!(one, '!' | '$' | '%' | '+' | '-' | '.' | ':' | '@' | '\\' | '_');
        matches!(one, ' ' | '\t') || one.is_ascii_punctuation() && !is_within(one)
    }

    /// What the parts of a distinguished name begin with.
    static ATTRIBUTES: [&str; 16] = [
        "CN",
        "OU",
        "O",
        "DC",
        "L",
        "S",
        "ST",
        "C",
        "E",
        "T",
        "G",
        "SN",
        "UID",
        "STREET",
        "SERIALNUMBER",
        "EMAILADDRESS",
    ];

    /// Where the first word ends. An apostrophe between letters is a part of it, and so is a literal after `@`.
    pub fn end(text: &str) -> usize {
        let (mut before, mut is_literal) = (' ', false);
        for (at, one) in text.char_indices() {
            let next = text.get(at + one.len_utf8()..).and_then(|rest| rest.chars().next()).unwrap_or(' ');
            match one {
                ']' if is_literal => return at + 1,
                '[' if before == '@' => is_literal = true,
                '\'' if before.is_alphanumeric() && next.is_alphanumeric() => {}
                one if is_end(one) => return at,
                _ => {}
            }
            before = one;
        }
        text.len()
    }

    /// Where an address ends that begins with a quoted part: `"John Smith"@fabrikam.com`.
    pub fn quoted_address(text: &str) -> Option<usize> {
        let mut is_escaped = false;
        let inner = text.strip_prefix('"')?;
        let close = inner.char_indices().find(|(_, one)| {
            let closes = *one == '"' && !is_escaped;
            is_escaped = *one == '\\' && !is_escaped;
            closes
        });
        let at = close?.0 + 2;
        let rest = text.get(at..)?;
        rest.starts_with('@').then(|| at + end(rest))
    }

    /// The first IPv4 address in a word that has more than it, as in `10.0.0.1-10.0.0.9`.
    pub fn address_within(word: &str) -> Option<(usize, usize, IpAddr)> {
        let mut from = 0;
        loop {
            let rest = word.get(from..)?;
            let start = from + rest.find(|one: char| one.is_ascii_digit())?;
            let rest = word.get(start..)?;
            let length = rest.find(|one: char| !one.is_ascii_digit() && one != '.').unwrap_or(rest.len());
            let digits = rest.get(..length)?.trim_end_matches('.');
            if let Ok(address) = digits.parse::<Ipv4Addr>() {
                return Some((start, start + digits.len(), address.into()));
            }
            from = start + length;
        }
    }

    /// Where a distinguished name begins and ends: at the end of the text, or of the quotes that it stands in.
    pub fn distinguished_name(text: &str) -> Option<(usize, usize)> {
        for (at, _) in text.match_indices('=') {
            let head = text.get(..at)?;
            let name = head.rsplit(|one: char| !one.is_ascii_alphanumeric()).next()?;
            let start = at - name.len();
            // Exchange's own form has small letters: /o=First Organization/cn=Recipients.
            let is_slashed = head.get(..start)?.ends_with('/');
            let is_attribute = ATTRIBUTES.contains(&name)
                || is_slashed && ATTRIBUTES.iter().any(|one| one.eq_ignore_ascii_case(name));
            if is_attribute && text.get(at + 1..).is_some_and(|value| !value.is_empty()) {
                let quote = text.get(..start)?.chars().next_back().filter(|one| ['\'', '"'].contains(one));
                let close = quote.and_then(|quote| text.get(at..)?.find(quote)).map(|length| at + length);
                return Some((start, close.unwrap_or(text.len())));
            }
        }
        None
    }

    /// Whether an identifier of a message follows.
    pub fn names_message(written: &str) -> bool {
        written == "2.6.0 <" || written.ends_with("InternetMessageId <")
    }

    /// A name with dots that ends in letters, and is none of Exchange's own codes.
    pub fn is_host(word: &str) -> bool {
        let is_label = |label: &str| {
            !label.is_empty() && label.chars().all(|one| one.is_alphanumeric() || one == '-' || one == '_')
        };
        let last = word.rsplit('.').next().unwrap_or_default();
        word.contains('.')
            && word.split('.').all(is_label)
            && (last.chars().all(char::is_alphabetic) || last.starts_with("xn--"))
            && !CODES.iter().any(|code| word.starts_with(code))
    }
}
