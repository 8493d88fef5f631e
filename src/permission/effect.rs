//! What a session may do: which entries speak of it, and that Deny wins (P5).
//!
//! A session is the principals that it has (P6); who has which is not known here.

use std::collections::HashMap;

use super::entry::allow;
use super::group::{ANONYMOUS, AUTHENTICATED, giver};
use super::principal::{EVERYONE, NETWORK};
use super::{AccessList, Entry, PermissionGroup, Principal, RIGHTS, Right};
use crate::param::Platform;

/// An entry that speaks of a session, and where it comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ground {
    /// The entry.
    pub entry: Entry,
    /// The whole group that gives it; nothing for an entry of its own.
    pub group: Option<PermissionGroup>,
}

/// What is said of one right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Effect {
    /// The right.
    pub right: &'static Right,
    /// What allows it.
    pub allowed: Vec<Ground>,
    /// What denies it.
    pub denied: Vec<Ground>,
}

impl Effect {
    /// Whether the session has the right (P5).
    #[must_use]
    pub fn is_allowed(&self) -> bool {
        allow(self.allowed.iter().chain(&self.denied).map(|ground| &ground.entry))
    }

    /// The entries that decide: those that deny the right, or those that allow it.
    #[must_use]
    pub fn decisive(&self) -> &[Ground] {
        if self.is_allowed() { &self.allowed } else { &self.denied }
    }
}

/// An access list laid out by principal, for many questions.
#[derive(Clone, Debug)]
pub struct Evaluator {
    principals: Vec<Principal>,
    grounds: HashMap<Principal, Vec<Ground>>,
}

impl Evaluator {
    /// The list of a connector on `platform`.
    #[must_use]
    pub fn new(list: &AccessList, platform: Platform) -> Self {
        let mut all = Evaluator { principals: Vec::new(), grounds: HashMap::new() };
        for entry in list.entries(platform) {
            let group = giver(&entry).filter(|group| list.groups().contains(*group));
            let principal = entry.principal.clone();
            let grounds = all.grounds.entry(principal.clone()).or_default();
            if grounds.is_empty() {
                all.principals.push(principal);
            }
            grounds.push(Ground { entry, group });
        }
        all
    }

    /// Everybody that the list speaks of, in its order.
    #[must_use]
    pub fn principals(&self) -> &[Principal] {
        &self.principals
    }

    /// What the list says of a session, one for each right that it speaks of, in the order of [`RIGHTS`].
    #[must_use]
    pub fn effects(&self, session: &[Principal]) -> Vec<Effect> {
        RIGHTS.iter().filter_map(|right| self.effect(session, right)).collect()
    }

    /// What the list says of a session's right; nothing where it does not speak of it.
    #[must_use]
    pub fn effect(&self, session: &[Principal], right: &'static Right) -> Option<Effect> {
        let grounds = session.iter().filter_map(|principal| self.grounds.get(principal)).flatten();
        let spoken = grounds.filter(|ground| ground.entry.right.covers(right)).cloned();
        let (denied, allowed): (Vec<_>, Vec<_>) = spoken.partition(|ground| ground.entry.deny);
        let is_spoken_of = !denied.is_empty() || !allowed.is_empty();
        is_spoken_of.then_some(Effect { right, allowed, denied })
    }

    /// Whether a session has `right` (P5): own entries decide before inherited ones, and Deny first.
    #[must_use]
    pub fn allows(&self, session: &[Principal], right: &Right) -> bool {
        let grounds = session.iter().filter_map(|principal| self.grounds.get(principal)).flatten();
        allow(grounds.map(|ground| &ground.entry).filter(|entry| entry.right.covers(right)))
    }
}

impl Principal {
    /// The session of somebody of whom no more is known (P6): the principal, of an account Authenticated Users too, and
    /// the groups of every session. Whether Everyone holds anonymous sessions is the system's policy: here it does not.
    #[must_use]
    pub fn session(&self) -> Vec<Principal> {
        let groups: &[&str] = match self {
            Principal::Account(_) => &[AUTHENTICATED, EVERYONE, NETWORK],
            Principal::WellKnown(_) if self.is_universal() => &[],
            Principal::WellKnown(known) if known.name == ANONYMOUS => &[NETWORK],
            Principal::WellKnown(_) => &[EVERYONE, NETWORK],
        };
        std::iter::once(self.clone()).chain(groups.iter().map(|name| Principal::read(name))).collect()
    }
}
