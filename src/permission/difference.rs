//! What a change of an access list gives and takes, beside whole groups that come and go under their names.

use std::collections::HashSet;

use enumset::EnumSet;

use super::group::giver;
use super::{AccessList, Entry, PermissionGroup};
use crate::param::Platform;

/// Entries that go and entries that come.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changed {
    /// There before and not after.
    pub gone: Vec<Entry>,
    /// There after and not before.
    pub come: Vec<Entry>,
}

impl Changed {
    /// Every entry that differs.
    #[must_use]
    pub fn between(old: &AccessList, new: &AccessList, platform: Platform) -> Self {
        Changed::of(&old.entries(platform), &new.entries(platform))
    }

    /// The same of entries.
    #[must_use]
    pub fn of(old: &[Entry], new: &[Entry]) -> Self {
        let without = |all: &[Entry], others: &[Entry]| {
            let others: HashSet<&Entry> = others.iter().collect();
            all.iter().filter(|entry| !others.contains(entry)).cloned().collect()
        };
        Changed { gone: without(old, new), come: without(new, old) }
    }

    /// What PermissionGroups does not say: a group that was whole and is gone, or came, or stayed while its
    /// contents followed the version, is said there.
    #[must_use]
    pub fn beside_groups(old: (&AccessList, Platform), new: (&AccessList, Platform)) -> Self {
        let (before, after) = (old.0.entries(old.1), new.0.entries(new.1));
        let groups = |list: &[Entry]| list.iter().filter_map(giver).collect::<EnumSet<PermissionGroup>>();
        let (had, has) = (groups(&before), groups(&after));
        let describe = |entry: &Entry| {
            giver(entry).is_some_and(|group| {
                match (old.0.groups().contains(group), new.0.groups().contains(group)) {
                    (true, true) => true,
                    (true, false) => !has.contains(group),
                    (false, true) => !had.contains(group),
                    (false, false) => false,
                }
            })
        };
        let mut changed = Changed::of(&before, &after);
        changed.gone.retain(|entry| !describe(entry));
        changed.come.retain(|entry| !describe(entry));
        changed
    }
}

/// Entries by principal: whose, and the names of the rights joined.
#[must_use]
pub fn by_principal(entries: &[Entry], domain: &str) -> Vec<(String, String)> {
    let mut found: Vec<(&Entry, Vec<&str>)> = Vec::new();
    for entry in entries {
        let same = |other: &Entry| {
            other.principal == entry.principal
                && (other.deny, other.inherited) == (entry.deny, entry.inherited)
        };
        match found.iter_mut().find(|(first, _)| same(first)) {
            Some((_, rights)) => rights.push(entry.right.name),
            None => found.push((entry, vec![entry.right.name])),
        }
    }
    let describe = |(entry, rights): (&Entry, Vec<&str>)| {
        let marks = match (entry.deny, entry.inherited) {
            (false, false) => "",
            (true, false) => " (Deny)",
            (false, true) => " (inherited)",
            (true, true) => " (inherited Deny)",
        };
        (format!("{}{marks}", entry.principal.name_in(domain)), rights.join(", "))
    };
    found.into_iter().map(describe).collect()
}
