//! Who an access list speaks of: the well-known accounts of Exchange, or any account as it was written.

use std::fmt;

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
];

/// A principal of an access list.
#[derive(Clone, Debug)]
pub enum Principal {
    /// One of [`PRINCIPALS`].
    WellKnown(&'static WellKnown),
    /// Any other account or group, as written: `CONTOSO\app1`.
    Account(String),
}

impl Principal {
    /// Reads a name as a file or a command line has it: a well-known name, its last part, its SID or a
    /// localized name, in any case; anything else is an account. `<DOMAIN>` matches any domain.
    #[must_use]
    pub fn read(text: &str) -> Self {
        let fits = |known: &&WellKnown| known.is(text);
        PRINCIPALS.iter().find(fits).map_or_else(|| Principal::Account(text.to_owned()), Principal::WellKnown)
    }

    /// The name, with `<DOMAIN>` left in place for the caller to fill in.
    #[must_use]
    pub fn name(&self) -> &str {
        match self {
            Principal::WellKnown(known) => known.name,
            Principal::Account(name) => name,
        }
    }
}

impl WellKnown {
    fn is(&self, text: &str) -> bool {
        let same = |name: &str| name.eq_ignore_ascii_case(text) || name.to_lowercase() == text.to_lowercase();
        let last = self.name.rsplit('\\').next().unwrap_or(self.name);
        let in_any_domain =
            self.name.starts_with("<DOMAIN>") && text.rsplit('\\').next().is_some_and(same_as(last));
        same(self.name)
            || same(last)
            || in_any_domain
            || self.sid.is_some_and(same)
            || self.aka.iter().any(|aka| same(aka))
    }
}

fn same_as(name: &str) -> impl Fn(&str) -> bool {
    move |other| other.eq_ignore_ascii_case(name)
}

/// Names are compared as the directory compares them: ignoring case.
impl PartialEq for Principal {
    fn eq(&self, other: &Self) -> bool {
        self.name().to_lowercase() == other.name().to_lowercase()
    }
}

impl Eq for Principal {}

impl fmt::Display for Principal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
