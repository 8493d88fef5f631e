//! A relay in words: one sentence for those who make one, graded as R3 has it.

use std::fmt;

use super::super::rows;
use super::{Count, Gain, Grade, Session};
use crate::net::{Binding, RemoteRange};
use crate::param::{Finding, Rule};

/// The most ranges that a sentence names.
const MOST: usize = 8;

impl Gain {
    /// What to tell of the connector `identity`: a notice, or for an open relay the warning of [`Gain::warning`].
    #[must_use]
    pub fn sentence(&self, identity: &str) -> String {
        let who = match self.session {
            Session::External => "externally secured",
            Session::Anonymous | Session::Authenticated => "anonymous",
        };
        let (from, public) = (named(&self.ranges), named(&self.public));
        match self.grade {
            Grade::Inside => format!("{who} sessions from {from} can relay through `{identity}`"),
            Grade::Few if from == public => {
                format!("{who} sessions from the public {from} can relay through `{identity}`")
            }
            Grade::Few => {
                format!(
                    "{who} sessions from {from} can relay through `{identity}`; public among them: {public}"
                )
            }
            Grade::Open => format!(
                "open relay: {who} sessions from {from} can relay through `{identity}`; in all that is {}",
                self.count
            ),
        }
    }

    /// The warning of an open relay, with what to type.
    #[must_use]
    pub fn warning(&self, identity: &str) -> Option<Finding> {
        let ranges = rows::REMOTE_IP_RANGES.name();
        let hint = format!(
            "name the senders alone, as in -{ranges} 192.168.5.10,192.168.5.11; a hosted service needs at most 256 public IPv4 addresses, or one IPv6 /64"
        );
        (self.grade == Grade::Open)
            .then(|| Finding::new(Rule::R3, ranges, self.sentence(identity)).hint(hint))
    }
}

/// That the relay `identity`, bound to the wildcard `binding`, should listen at the inner adapter alone.
#[must_use]
pub fn adapter(binding: &Binding, identity: &str) -> String {
    let row = rows::BINDINGS.name();
    format!(
        "`{identity}` listens at every address of its server, `{binding}`: -{row} with the address of the inner adapter keeps a relay inside"
    )
}

impl fmt::Display for Count {
    /// `300 public IPv4 addresses and more of IPv6 than one /64 has`, without what there is none of.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.ipv4, self.ipv6) {
            (ipv4, 0) => write!(f, "{ipv4} public IPv4 addresses"),
            (0, _) => f.write_str("more public IPv6 addresses than one /64 has"),
            (ipv4, _) => {
                let more =
                    if self.has_much_ipv6() { "more of IPv6 than one /64 has" } else { "some of IPv6" };
                write!(f, "{ipv4} public IPv4 addresses and {more}")
            }
        }
    }
}

/// Ranges in words, the first of many.
fn named(ranges: &[RemoteRange]) -> String {
    let texts: Vec<&str> = ranges.iter().take(MOST).map(RemoteRange::as_str).collect();
    match ranges.len() {
        many if many > MOST => format!("{} and {} more", texts.join(", "), many - MOST),
        _ => texts.join(", "),
    }
}
