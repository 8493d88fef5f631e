//! The texts of replies, by version and with or without enhanced status codes (M).
//!
//! It does not know when a reply is given.

use std::fmt::Write as _;

use crate::connector::ReceiveConnector;
use crate::param::Version;
use crate::server::Server;

/// A refusal as the server words it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reply {
    /// The three digits.
    pub code: u16,
    enhanced: &'static str,
    text: &'static str,
    since_2016: Option<(&'static str, &'static str)>,
}

/// A reply of every version.
pub(super) const fn reply(code: u16, enhanced: &'static str, text: &'static str) -> Reply {
    Reply { code, enhanced, text, since_2016: None }
}

impl Reply {
    /// The same with another wording from 2016 on.
    pub(super) const fn since_2016(self, enhanced: &'static str, text: &'static str) -> Self {
        Reply { since_2016: Some((enhanced, text)), ..self }
    }

    /// The line as a server of that version sends it; `enhanced` is EnhancedStatusCodesEnabled.
    #[must_use]
    pub fn line(&self, version: Version, enhanced: bool) -> String {
        let mut line = String::new();
        self.add_line(&mut line, version, enhanced);
        line
    }

    /// The same at the end of a text.
    pub(crate) fn add_line(&self, to: &mut String, version: Version, enhanced: bool) {
        let newer = self.since_2016.filter(|_| version >= Version::V2016);
        let (status, text) = newer.unwrap_or((self.enhanced, self.text));
        // Writing to memory cannot fail.
        let _ = write!(to, "{} ", self.code);
        if enhanced {
            to.extend([status, " "]);
        }
        to.push_str(text);
    }

    /// Whether a logged line begins with the reply of that version, in any case, with or without its enhanced status
    /// code.
    #[must_use]
    pub fn begins(&self, line: &str, version: Version) -> bool {
        let newer = self.since_2016.filter(|_| version >= Version::V2016);
        let (status, text) = newer.unwrap_or((self.enhanced, self.text));
        let Some((code, rest)) = line.split_once(' ') else { return false };
        if code.parse() != Ok(self.code) {
            return false;
        }
        let plain = strip(rest, status).and_then(|rest| rest.strip_prefix(' '));
        strip(rest, text).is_some() || plain.is_some_and(|rest| strip(rest, text).is_some())
    }
}

/// What follows `head` in any case.
fn strip<'l>(line: &'l str, head: &str) -> Option<&'l str> {
    let (found, rest) = line.split_at_checked(head.len())?;
    found.eq_ignore_ascii_case(head).then_some(rest)
}

/// The reply to a recipient that is taken.
pub(super) const RECIPIENT_OK: Reply = reply(250, "2.1.5", "Recipient OK");

/// The reply to a message that is taken.
pub(super) const QUEUED: Reply = reply(250, "2.6.0", "Queued mail for delivery");

/// The name that a connector goes by in its banner and EHLO: its Fqdn, else its server's.
#[must_use]
pub fn name<'a>(connector: &'a ReceiveConnector, server: &'a Server) -> &'a str {
    connector.fqdn.as_deref().filter(|fqdn| !fqdn.is_empty()).unwrap_or(&server.fqdn)
}

/// The greeting: the banner whole, or the usual one with the date as given.
#[must_use]
pub fn banner(banner: &str, fqdn: &str, date: &str) -> String {
    if banner.is_empty() {
        format!("220 {fqdn} Microsoft ESMTP MAIL Service ready at {date}")
    } else {
        banner.to_owned()
    }
}

/// The answer to EHLO, one line each.
#[must_use]
pub fn ehlo(fqdn: &str, remote: std::net::IpAddr, keywords: &[String]) -> Vec<String> {
    let hello = format!("{fqdn} Hello [{}]", remote.to_canonical());
    let last = keywords.len();
    let line = |(at, text): (usize, &String)| format!("250{}{text}", if at == last { ' ' } else { '-' });
    std::iter::once(&hello).chain(keywords).enumerate().map(line).collect()
}
