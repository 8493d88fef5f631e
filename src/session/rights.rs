//! What the access list of one connector lets a session do, as bits (P5, P8): one word of allowed and one of
//! denied rights for each principal.
//!
//! [`crate::permission::Evaluator`] says the same with its grounds, and slower.

use std::collections::HashMap;

use strum::VariantArray;

use super::client::Client;
use super::identity::Who;
use super::policy::Policy;
use crate::param::Platform;
use crate::permission::{AUTHENTICATED, AccessList, EVERYONE, NETWORK, PRINCIPALS, Principal, RIGHTS, Right};

/// A right by its place in [`RIGHTS`], as far as a session is decided by it (P8).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, VariantArray)]
#[expect(missing_docs, reason = "the product's names; rights say themselves what they decide")]
pub enum Deciding {
    Submit,
    AcceptAnyRecipient,
    AcceptAuthenticationFlag,
    AcceptAnySender,
    AcceptAuthoritativeDomainSender,
    BypassAntiSpam,
    BypassMessageSizeLimit,
    AcceptExch50,
    AcceptHeadersRouting,
    AcceptHeadersForest,
    AcceptHeadersOrganization,
}

impl Deciding {
    const fn place(self) -> usize {
        match self {
            Deciding::Submit => 0,
            Deciding::AcceptAnyRecipient => 1,
            Deciding::AcceptAuthenticationFlag => 2,
            Deciding::AcceptAnySender => 3,
            Deciding::AcceptAuthoritativeDomainSender => 4,
            Deciding::BypassAntiSpam => 5,
            Deciding::BypassMessageSizeLimit => 6,
            Deciding::AcceptExch50 => 8,
            Deciding::AcceptHeadersRouting => 9,
            Deciding::AcceptHeadersForest => 10,
            Deciding::AcceptHeadersOrganization => 11,
        }
    }

    /// The right itself.
    #[must_use]
    pub fn right(self) -> &'static Right {
        &RIGHTS[self.place()]
    }
}

/// The rights that a session has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Held(u32);

impl Held {
    /// These rights.
    pub fn of(rights: impl IntoIterator<Item = Deciding>) -> Self {
        Held::of_places(rights.into_iter().map(Deciding::place))
    }

    /// The rights at these places in [`RIGHTS`].
    pub(crate) fn of_places(places: impl IntoIterator<Item = usize>) -> Self {
        let bit =
            |place| u32::try_from(place).ok().and_then(|place| 1_u32.checked_shl(place)).unwrap_or_default();
        Held(places.into_iter().fold(0, |bits, place| bits | bit(place)))
    }

    /// Those of them that are among others.
    pub(crate) fn among(self, others: Held) -> Self {
        Held(self.0 & others.0)
    }

    /// Those of them that are not among others.
    pub(crate) fn without(self, others: Held) -> Self {
        Held(self.0 & !others.0)
    }

    /// The rights themselves.
    pub fn rights(self) -> impl Iterator<Item = &'static Right> {
        RIGHTS.iter().enumerate().filter(move |(place, _)| self.has_place(*place)).map(|(_, right)| right)
    }

    /// Whether it has the right.
    pub fn has(self, right: Deciding) -> bool {
        self.has_place(right.place())
    }

    /// Whether it has the right at that place in [`RIGHTS`].
    pub(crate) fn has_place(self, place: usize) -> bool {
        self.0.checked_shr(u32::try_from(place).unwrap_or(u32::MAX)).is_some_and(|bits| bits & 1 != 0)
    }
}

/// What a list says of one principal.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Said {
    own: Bits,
    inherited: Bits,
}

/// Allowed and denied rights.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Bits {
    allowed: u32,
    denied: u32,
}

impl Bits {
    fn and(self, other: Bits) -> Bits {
        Bits { allowed: self.allowed | other.allowed, denied: self.denied | other.denied }
    }

    fn held(self) -> u32 {
        self.allowed & !self.denied
    }
}

impl Said {
    fn and(self, other: Said) -> Said {
        Said { own: self.own.and(other.own), inherited: self.inherited.and(other.inherited) }
    }

    /// P5: Deny wins, and entries of the connector itself before inherited ones.
    fn held(self) -> Held {
        Held(self.own.held() | self.inherited.held() & !self.own.denied)
    }
}

/// The access list of one connector.
#[derive(Clone, Debug)]
pub(super) struct Rights {
    known: Vec<Said>,
    accounts: HashMap<Principal, Said>,
    /// Authenticated Users with the groups of every session.
    authenticated: Said,
    everyone: Said,
    network: Said,
    /// Whether the list names Everyone.
    pub names_everyone: bool,
}

impl Rights {
    /// The list of a connector on `platform`.
    pub fn new(list: &AccessList, platform: Platform) -> Self {
        let mut known = vec![Said::default(); PRINCIPALS.len()];
        let mut accounts: HashMap<Principal, Said> = HashMap::new();
        for entry in list.entries(platform) {
            let place_of =
                || u32::try_from(entry.right.place()).ok().and_then(|place| 1_u32.checked_shl(place));
            let bit = if entry.right.holds_all_extended() { Some(u32::MAX) } else { place_of() };
            let said = match &entry.principal {
                Principal::WellKnown(one) => place(one).and_then(|at| known.get_mut(at)),
                account @ Principal::Account(_) => Some(accounts.entry(account.clone()).or_default()),
            };
            let (Some(said), Some(bit)) = (said, bit) else { continue };
            let bits = if entry.inherited { &mut said.inherited } else { &mut said.own };
            if entry.deny { bits.denied |= bit } else { bits.allowed |= bit }
        }
        let of = |name: &str| known_at(name).and_then(|at| known.get(at)).copied().unwrap_or_default();
        let (everyone, network) = (of(EVERYONE), of(NETWORK));
        let authenticated = of(AUTHENTICATED).and(everyone).and(network);
        let names_everyone = everyone != Said::default();
        Rights { known, accounts, authenticated, everyone, network, names_everyone }
    }

    /// What the session has.
    pub fn held(&self, who: Who, client: &Client, policy: &Policy) -> Held {
        let Some(at) = who.place() else { return self.of_account(client, policy).held() };
        let everyone = if who == Who::Anonymous { Said::default() } else { self.everyone };
        self.known.get(at).copied().unwrap_or_default().and(everyone).and(self.network).held()
    }

    fn of_account(&self, client: &Client, policy: &Policy) -> Said {
        let user = client.user.as_deref().unwrap_or_default();
        match policy.principals(user) {
            Some(principals) => principals.iter().fold(Said::default(), |all, one| all.and(self.of(one))),
            None if self.accounts.is_empty() => self.authenticated,
            None => self.authenticated.and(self.of(&Principal::Account(user.to_owned()))),
        }
    }

    fn of(&self, principal: &Principal) -> Said {
        let said = match principal {
            Principal::WellKnown(known) => place(known).and_then(|at| self.known.get(at)),
            account => self.accounts.get(account),
        };
        said.copied().unwrap_or_default()
    }
}

fn known_at(name: &str) -> Option<usize> {
    PRINCIPALS.iter().position(|known| known.name == name)
}

fn place(known: &crate::permission::WellKnown) -> Option<usize> {
    PRINCIPALS.iter().position(|other| std::ptr::eq(other, known))
}
