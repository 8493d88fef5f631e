//! Principals as they are typed, which a shell may have damaged.

use thiserror::Error;

use super::{PRINCIPALS, Principal};
use crate::param::same_name;
use crate::text::{NEAR, likeness, nearest_by};

/// Why a text names nobody, with what was probably meant.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum BadPrincipal {
    /// No domain stands before it, and it is nobody that every organization has.
    #[error("it has no domain, and it is not a well-known principal")]
    NoDomain {
        /// The name with its domain.
        meant: String,
    },
    /// A backslash is missing after a domain or a server's name.
    #[error("it has no backslash after its domain: a shell takes an unquoted one away")]
    LostBackslash {
        /// The name with its backslash.
        meant: String,
    },
    /// Nothing, or something that no account is called.
    #[error("no account or group is called so")]
    NoName {
        /// A name.
        meant: String,
    },
    /// Nearly the name of somebody that every organization has, in a domain where nobody else is called so.
    #[error("no account or group is called so; a well-known one nearly is")]
    Misspelt {
        /// The well-known name.
        meant: String,
    },
    /// A domain that is neither the system's, nor the organization's, nor that of an account which the store describes.
    #[error("the domain before its backslash is not known")]
    NoDomainOfThatName {
        /// The name in the organization's domain.
        meant: String,
    },
}

impl BadPrincipal {
    /// What was probably meant.
    #[must_use]
    pub fn meant(&self) -> &str {
        match self {
            Self::NoDomain { meant }
            | Self::LostBackslash { meant }
            | Self::NoName { meant }
            | Self::Misspelt { meant }
            | Self::NoDomainOfThatName { meant } => meant,
        }
    }
}

impl Principal {
    /// Reads a principal from a command line. `domain` is the organization's; `servers` have accounts of
    /// their own.
    ///
    /// # Errors
    /// [`BadPrincipal`] for a name that is neither well-known, nor a SID, nor with a domain.
    pub fn typed(text: &str, domain: &str, servers: &[String]) -> Result<Self, BadPrincipal> {
        let text = text.trim();
        let principal = Principal::read_in(text, domain);
        if matches!(principal, Principal::WellKnown(_)) || is_sid(text) {
            return Ok(principal);
        }
        let example = || BadPrincipal::NoName { meant: format!("{domain}\\app1") };
        if text.is_empty() || text.chars().any(is_odd) {
            return Err(example());
        }
        match (text.split_once('\\'), text.split_once('@')) {
            (Some((before, name)), _) if !before.trim().is_empty() && is_name(name) => Ok(principal),
            (None, Some((name, after))) if is_name(name) && is_name(after) => Ok(principal),
            (Some(_), _) | (None, Some(_)) => Err(example()),
            (None, None) => Err(without_domain(text, domain, servers)),
        }
    }
}

impl Principal {
    /// Checks that an account's domain is one that is known: `domain` of the organization, `others` of servers and of
    /// accounts that the store describes, and those of the system.
    ///
    /// # Errors
    /// [`BadPrincipal`] with the nearest well-known name, else with the name in the organization's domain.
    pub(crate) fn in_known_domain(&self, domain: &str, others: &[String]) -> Result<(), BadPrincipal> {
        let Principal::Account(account) = self else { return Ok(()) };
        let Some((before, name)) = account.split_once('\\') else { return Ok(()) };
        let is_exchange = before.eq_ignore_ascii_case(EXCHANGE);
        let is_system = is_exchange || SYSTEM.iter().any(|known| same_name(known, before));
        let is_known = is_system
            || std::iter::once(domain)
                .chain(others.iter().map(String::as_str))
                .any(|known| same_name(known, before));
        if is_known && !is_system {
            return Ok(());
        }
        let names = PRINCIPALS.iter().map(|known| known.name.replace(super::DOMAIN, domain));
        // Blanks and hyphens are what such names are misspelt by.
        let plain = |name: &str| name.replace(['-', ' '], "");
        let near = nearest_by(names, NEAR, |known| likeness(&plain(account), &plain(known)));
        match near {
            Some(meant) => Err(BadPrincipal::Misspelt { meant }),
            None if is_exchange => {
                Err(BadPrincipal::NoName { meant: format!("{EXCHANGE}\\Partner Servers") })
            }
            None if is_known => Ok(()),
            None => Err(BadPrincipal::NoDomainOfThatName { meant: format!("{domain}\\{name}") }),
        }
    }
}

/// The domain of Exchange's own accounts: nobody else is in it.
const EXCHANGE: &str = "MS Exchange";

/// Domains that every system has, by their localized names too.
const SYSTEM: [&str; 5] = ["NT AUTHORITY", "NT-AUTORITÄT", "BUILTIN", "VORDEFINIERT", "NT SERVICE"];

fn is_name(part: &str) -> bool {
    !part.trim().is_empty() && !part.contains('\\')
}

fn is_sid(text: &str) -> bool {
    let rest = text.strip_prefix("S-1-").or_else(|| text.strip_prefix("s-1-"));
    rest.is_some_and(|rest| {
        rest.split('-').all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit()))
    })
}

/// What no account name holds: line ends, marks that turn the direction of reading, wildcards.
fn is_odd(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200e}' | '\u{200f}' | '\u{061c}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
        || matches!(c, '*' | '?' | '"' | '<' | '>' | '|')
}

/// A name without a domain: a backslash that was lost, else the domain that was left out.
fn without_domain(text: &str, domain: &str, servers: &[String]) -> BadPrincipal {
    let bare = |name: &str| name.replace('\\', "").to_lowercase();
    let known = PRINCIPALS
        .iter()
        .flat_map(|known| std::iter::once(known.name).chain(known.aka.iter().copied()))
        .map(|name| name.replace(super::DOMAIN, domain))
        .find(|name| bare(name) == text.to_lowercase());
    let after = |before: &str| {
        let rest = text.get(before.len()..).filter(|rest| !rest.is_empty())?;
        let begins = text.get(..before.len())?.eq_ignore_ascii_case(before);
        begins.then(|| format!("{}\\{rest}", text.get(..before.len()).unwrap_or(before)))
    };
    let lost = || std::iter::once(domain).chain(servers.iter().map(String::as_str)).find_map(after);
    if let Some(meant) = known.or_else(lost) {
        return BadPrincipal::LostBackslash { meant };
    }
    let last = |name: &str| name.rsplit('\\').next().unwrap_or(name).to_owned();
    let near = nearest_by(PRINCIPALS, NEAR, |known| likeness(text, &last(known.name)));
    match near {
        Some(known) => BadPrincipal::Misspelt { meant: known.name.replace(super::DOMAIN, domain) },
        None => BadPrincipal::NoDomain { meant: format!("{domain}\\{text}") },
    }
}
