//! Who can relay through a connector (R1 to R3): which sessions may send to any recipient, from where, and what a
//! change gives to whom.
//!
//! It looks at one connector by itself. Which connector answers an address, and whether a firewall lets the address
//! come this far, it refuses to know.

mod public;
mod report;

use std::sync::LazyLock;

use enumset::{EnumSet, EnumSetType};
use strum::{IntoStaticStr, VariantNames};

pub use public::{Count, Grade, public};
pub use report::adapter;

use super::{AuthMechanism, ReceiveConnector};
use crate::net::{Binding, RangeSubtraction, RemoteRange};
use crate::param::Platform;
use crate::permission::{
    ANONYMOUS, AUTHENTICATED, EVERYONE, EXTERNAL, Evaluator, PARTNER, Principal, Right, right,
};

/// What a session is to a connector (P6), in the order in which Relay names them.
#[derive(EnumSetType, Debug, IntoStaticStr, VariantNames)]
#[strum(serialize_all = "lowercase")]
pub enum Session {
    /// Nobody in particular.
    Anonymous,
    /// An account after AUTH, or a partner whom mutual TLS proves.
    Authenticated,
    /// Whoever comes, on a connector with `ExternalAuthoritative`.
    External,
}

/// A connector as the law sees it.
#[derive(Clone, Copy, Debug)]
pub struct Way<'c> {
    /// The connector.
    pub connector: &'c ReceiveConnector,
    /// Its server's, which says what permission groups give.
    pub platform: Platform,
    /// Whether the organization's accepted domains take every recipient: one of them is `*` or a top-level
    /// `*.com`. Nobody needs the right to send to any recipient then (R3).
    pub catch_all: bool,
}

/// The principals of a session, and what such a session is called.
type Party = (Session, Vec<Principal>);

static SUBMIT: LazyLock<Option<&'static Right>> = LazyLock::new(|| right("ms-Exch-SMTP-Submit"));
static ANY_RECIPIENT: LazyLock<Option<&'static Right>> =
    LazyLock::new(|| right("ms-Exch-SMTP-Accept-Any-Recipient"));
static PARTIES: LazyLock<[Party; 5]> = LazyLock::new(|| {
    let party = |session, name| (session, Principal::read(name).session());
    let mut in_everyone = party(Session::Anonymous, ANONYMOUS);
    in_everyone.1.push(Principal::read(EVERYONE));
    [
        party(Session::Anonymous, ANONYMOUS),
        // Where the system's policy says so.
        in_everyone,
        party(Session::Authenticated, AUTHENTICATED),
        party(Session::Authenticated, PARTNER),
        party(Session::External, EXTERNAL),
    ]
});

impl Way<'_> {
    /// The sessions that can relay: those that may submit, and may send to any recipient or need not ask.
    ///
    /// Servers of the organization, which may always, are nobody here. A disabled connector answers nobody.
    #[must_use]
    pub fn sessions(&self) -> EnumSet<Session> {
        if !self.connector.enabled {
            return EnumSet::empty();
        }
        let list = &self.connector.access;
        let here = PARTIES.iter().filter(|party| self.has(party));
        let able = |party: &&Party| self.relays(|right| list.allows(&party.1, right, self.platform));
        let mut found: EnumSet<Session> = here.filter(able).map(|party| party.0).collect();
        if !found.contains(Session::Authenticated) && self.offers_auth() && self.an_account_relays() {
            found.insert(Session::Authenticated);
        }
        found
    }

    /// The session without AUTH that can relay, if it can: a connector has anonymous ones or externally secured
    /// ones (P6).
    #[must_use]
    pub fn outsider(&self) -> Option<Session> {
        (self.sessions() - Session::Authenticated).iter().next()
    }

    /// Whether such sessions occur at all (P6, P9).
    fn has(&self, (session, principals): &Party) -> bool {
        let external = self.connector.auth.contains(AuthMechanism::ExternalAuthoritative);
        match session {
            Session::Anonymous => !external,
            Session::External => external,
            Session::Authenticated if principals.contains(&Principal::read(AUTHENTICATED)) => {
                self.offers_auth()
            }
            Session::Authenticated => {
                !external && self.connector.domain_secure && self.connector.auth.contains(AuthMechanism::Tls)
            }
        }
    }

    fn offers_auth(&self) -> bool {
        !self.connector.auth.is_disjoint(AuthMechanism::Integrated | AuthMechanism::BasicAuth)
    }

    fn relays(&self, may: impl Fn(&'static Right) -> bool) -> bool {
        let has = |right: &LazyLock<Option<&'static Right>>| right.is_some_and(&may);
        has(&SUBMIT) && (self.catch_all || has(&ANY_RECIPIENT))
    }

    /// Whether an account that the list names can relay, by its own entries and those of Authenticated Users.
    fn an_account_relays(&self) -> bool {
        let list = &self.connector.access;
        let account = |principal: &Principal| matches!(principal, Principal::Account(_));
        if !list.own_entries().iter().any(|entry| account(&entry.principal)) {
            return false;
        }
        let list = Evaluator::new(list, self.platform);
        let mut accounts = list.principals().iter().filter(|principal| account(principal));
        accounts.any(|account| {
            let session = account.session();
            self.relays(|right| list.allows(&session, right))
        })
    }
}

/// What a change gave to sessions without AUTH: they can relay from where they could not before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gain {
    /// Which sessions.
    pub session: Session,
    /// From where, as entered where the whole of a range is new.
    pub ranges: Vec<RemoteRange>,
    /// The public addresses among them.
    pub public: Vec<RemoteRange>,
    /// [`Grade::Inside`] where none of them is public, else that of the connector as it is now: the limits count
    /// all its addresses.
    pub grade: Grade,
    /// The public addresses of the connector as it is now.
    pub count: Count,
}

/// What sessions without AUTH can do through a connector after a change that they could not do before it.
#[must_use]
pub fn gain(before: Option<&Way<'_>>, after: &Way<'_>) -> Option<Gain> {
    let session = after.outsider()?;
    let before = before.filter(|way| way.outsider() == Some(session));
    let ranges = &after.connector.remote_ip_ranges;
    let had = RangeSubtraction::new(before.map_or(&[], |way| &way.connector.remote_ip_ranges));
    let new = parts(ranges, |range| had.left(range));
    let seen = parts(ranges, |range| had.left(range).iter().flat_map(public::left).collect());
    let count = Count::of(ranges);
    let grade = if seen.is_empty() { Grade::Inside } else { count.grade() };
    (!new.is_empty()).then_some(Gain { session, ranges: new, public: seen, grade, count })
}

/// A wildcard binding at which sessions without AUTH can relay after a change, and could at none before it.
#[must_use]
pub fn everywhere<'c>(before: Option<&Way<'_>>, after: &Way<'c>) -> Option<&'c Binding> {
    fn wildcard<'c>(way: &Way<'c>) -> Option<&'c Binding> {
        way.connector
            .bindings
            .iter()
            .find(|binding| binding.is_wildcard())
            .filter(|_| way.outsider().is_some())
    }
    wildcard(after).filter(|_| before.and_then(wildcard).is_none())
}

/// An open relay: sessions without AUTH from more public addresses than any sender has; told like a change that
/// made it.
#[must_use]
pub fn open(way: &Way<'_>) -> Option<Gain> {
    gain(None, way).filter(|gain| gain.grade == Grade::Open)
}

/// More parts of a range than a reader wants: the range as entered says more.
const FEW: usize = 3;

/// What is left of each range: its parts, or the range itself where they are many.
fn parts(ranges: &[RemoteRange], left: impl Fn(&RemoteRange) -> Vec<RemoteRange>) -> Vec<RemoteRange> {
    let shortest = |range: &RemoteRange| {
        let parts = left(range);
        if parts.len() > FEW { vec![range.clone()] } else { parts }
    };
    ranges.iter().flat_map(shortest).collect()
}
