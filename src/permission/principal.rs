//! Who an access list speaks of: the well-known accounts of Exchange, or any account as it was written.

use std::fmt;
use std::hash::{Hash, Hasher};

use crate::param::same_name;

/// An account or group that every organization has.
#[derive(Debug, PartialEq, Eq)]
pub struct WellKnown {
    /// Its name; `<DOMAIN>` stands for the organization's NetBIOS domain.
    pub name: &'static str,
    /// Its security identifier; none where it differs per domain.
    pub sid: Option<&'static str>,
    /// Its names on localized systems.
    pub aka: &'static [&'static str],
    /// Which sessions have it.
    pub session: &'static str,
}

/// Every well-known principal.
pub static PRINCIPALS: &[WellKnown] = &[
    WellKnown {
        name: r"NT AUTHORITY\ANONYMOUS LOGON",
        sid: Some("S-1-5-7"),
        aka: &[r"NT-AUTORITÄT\ANONYMOUS-ANMELDUNG"],
        session: "every session that has not authenticated",
    },
    WellKnown {
        name: r"NT AUTHORITY\Authenticated Users",
        sid: Some("S-1-5-11"),
        aka: &[r"NT-AUTORITÄT\Authentifizierte Benutzer"],
        session: "every session after a successful AUTH, beside the account itself and its groups",
    },
    WellKnown {
        name: r"MS Exchange\Partner Servers",
        sid: Some("S-1-9-1419165041-1139599005-3936102811-1022490595-10"),
        aka: &[],
        session: "mutual TLS with a sender domain on TLSReceiveDomainSecureList, on a connector with DomainSecureEnabled",
    },
    WellKnown {
        name: r"MS Exchange\Hub Transport Servers",
        sid: Some("S-1-9-1419165041-1139599005-3936102811-1022490595-21"),
        aka: &[],
        session: "Exchange Server authentication by a Hub Transport (2013 and later: Mailbox) server of the organization",
    },
    WellKnown {
        name: r"MS Exchange\Edge Transport Servers",
        sid: Some("S-1-9-1419165041-1139599005-3936102811-1022490595-22"),
        aka: &[],
        session: "Exchange Server authentication by a subscribed Edge Transport server (direct trust)",
    },
    WellKnown {
        name: r"MS Exchange\Externally Secured Servers",
        sid: Some("S-1-9-1419165041-1139599005-3936102811-1022490595-23"),
        aka: &[],
        session: "every session on a connector with ExternalAuthoritative, without AUTH",
    },
    WellKnown {
        name: r"MS Exchange\Legacy Exchange Servers",
        sid: Some("S-1-9-1419165041-1139599005-3936102811-1022490595-24"),
        aka: &[],
        session: "Send connectors only",
    },
    WellKnown {
        name: r"<DOMAIN>\Exchange Servers",
        sid: None,
        aka: &[],
        session: "an Exchange server of the organization that authenticated with Kerberos",
    },
    WellKnown {
        name: r"<DOMAIN>\ExchangeLegacyInterop",
        sid: None,
        aka: &[],
        session: "an Exchange 2003 server that authenticated",
    },
    WellKnown {
        name: EVERYONE,
        sid: Some("S-1-1-0"),
        aka: &["Jeder"],
        session: "every session; an anonymous one only where the system's policy applies Everyone permissions to anonymous users",
    },
    WellKnown {
        name: NETWORK,
        sid: Some("S-1-5-2"),
        aka: &[r"NT-AUTORITÄT\NETZWERK"],
        session: "every session",
    },
];

/// The group of every session that proved something, and of anonymous ones where the system's policy says so.
pub const EVERYONE: &str = "Everyone";
/// The group of every session.
pub const NETWORK: &str = r"NT AUTHORITY\NETWORK";

/// What stands for the organization's NetBIOS domain in the names above.
pub const DOMAIN: &str = "<DOMAIN>";

/// A principal of an access list.
#[derive(Clone, Debug)]
pub enum Principal {
    /// One of [`PRINCIPALS`].
    WellKnown(&'static WellKnown),
    /// Any other account or group, as written: `CONTOSO\app1`.
    Account(String),
}

impl Principal {
    /// Reads a name where the organization's domain goes unnamed: as [`Principal::read_in`] `<DOMAIN>`.
    #[must_use]
    pub fn read(text: &str) -> Self {
        Principal::read_in(text, DOMAIN)
    }

    /// Reads a name as a file or a command line has it: a well-known name, its last part, its SID or a
    /// localized name, in any case; anything else is an account. `domain` is the organization's: another
    /// domain's `Exchange Servers` are accounts like any other.
    #[must_use]
    pub fn read_in(text: &str, domain: &str) -> Self {
        // Most names that are read are spelled as the table has them, and no other one fits those.
        let exact = PRINCIPALS.iter().find(|known| known.name == text);
        let found = exact.or_else(|| PRINCIPALS.iter().find(|known| known.is(text, domain)));
        found.map_or_else(|| Principal::Account(text.to_owned()), Principal::WellKnown)
    }

    /// The name, with `<DOMAIN>` left in place.
    #[must_use]
    pub fn name(&self) -> &str {
        match self {
            Principal::WellKnown(known) => known.name,
            Principal::Account(name) => name,
        }
    }

    /// Whether it is a group that sessions have whoever they are.
    #[must_use]
    pub(crate) fn is_universal(&self) -> bool {
        matches!(self, Principal::WellKnown(known) if known.name == EVERYONE || known.name == NETWORK)
    }

    /// The name in the organization's domain.
    #[must_use]
    pub(crate) fn name_in(&self, domain: &str) -> String {
        match self {
            Principal::WellKnown(known) => known.name.replace(DOMAIN, domain),
            Principal::Account(name) => name.clone(),
        }
    }
}

impl WellKnown {
    /// Whether `text` names it.
    fn is(&self, text: &str, domain: &str) -> bool {
        let same = |name: &str| same_name(name, text);
        let last = self.name.rsplit('\\').next().unwrap_or(self.name);
        let at_home = || self.name.strip_prefix(DOMAIN).is_some_and(|rest| same(&format!("{domain}{rest}")));
        same(self.name)
            || same(last)
            || self.sid.is_some_and(same)
            || self.aka.iter().any(|aka| same(aka))
            || at_home()
    }
}

impl PartialEq for Principal {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Principal::WellKnown(one), Principal::WellKnown(other)) => std::ptr::eq(*one, *other),
            (Principal::Account(one), Principal::Account(other)) => same_name(one, other),
            _ => false,
        }
    }
}

impl Eq for Principal {}

impl Hash for Principal {
    fn hash<H: Hasher>(&self, state: &mut H) {
        match self {
            Principal::WellKnown(known) => std::ptr::hash(*known, state),
            Principal::Account(name) => name.to_lowercase().hash(state),
        }
    }
}

impl fmt::Display for Principal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
