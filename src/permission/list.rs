//! The access list of one connector, kept short: whole groups by name, every other entry as itself.

use std::collections::HashSet;

use enumset::EnumSet;

use super::entry::allow;
use super::group::mask;
use super::mask::Mask;
use super::{Entry, PermissionGroup, Principal, Right, could_give, grants};
use crate::param::{Field, Mismatch, Platform, Value};

/// The entries of a connector. Groups whose entries are all there stand by name, and `entries` holds what no
/// whole group explains, so that two lists are equal when they grant the same.
#[derive(Clone, Debug, Default)]
pub struct AccessList {
    groups: EnumSet<PermissionGroup>,
    entries: Vec<Entry>,
}

impl AccessList {
    /// Exactly those groups.
    #[must_use]
    pub fn of(groups: EnumSet<PermissionGroup>) -> Self {
        AccessList { groups, entries: Vec::new() }
    }

    /// Groups by name and further entries, brought to the canonical form on `platform`: a group that the
    /// entries make whole is named, an entry that a named group gives or that is there twice is dropped.
    #[must_use]
    pub fn from_parts(groups: EnumSet<PermissionGroup>, mut entries: Vec<Entry>, platform: Platform) -> Self {
        let named = explained(groups, platform);
        let have = named.and(Mask::of(&entries));
        let whole = |group: &PermissionGroup| {
            let given = mask(*group, platform);
            groups.contains(*group) || given.len() > 0 && have.holds(given)
        };
        let groups: EnumSet<PermissionGroup> = EnumSet::all().iter().filter(whole).collect();
        let explained = explained(groups, platform);
        let mut seen = HashSet::with_capacity(entries.len());
        entries.retain(|entry| !explained.has(entry) && seen.insert(entry.clone()));
        AccessList { groups, entries }
    }

    /// The groups that are whole.
    #[must_use]
    pub fn groups(&self) -> EnumSet<PermissionGroup> {
        self.groups
    }

    /// The entries that no whole group explains.
    #[must_use]
    pub fn own_entries(&self) -> &[Entry] {
        &self.entries
    }

    /// Every entry, groups expanded.
    #[must_use]
    pub fn entries(&self, platform: Platform) -> Vec<Entry> {
        let given = self.groups.iter().flat_map(|group| grants(group, platform));
        given.chain(self.entries.iter().cloned()).collect()
    }

    /// Those of `wanted` that are in the list, each said to be there or not.
    #[must_use]
    pub fn holds(&self, wanted: &[Entry], platform: Platform) -> Vec<bool> {
        let given = explained(self.groups, platform);
        let own: HashSet<&Entry> = self.entries.iter().collect();
        wanted.iter().map(|entry| given.has(entry) || own.contains(entry)).collect()
    }

    /// Whether a session has `right` (P5): own entries decide before inherited ones, and Deny first. Of one question
    /// the same as [`super::Evaluator::allows`], which lays the whole list out first.
    #[must_use]
    pub fn allows(&self, session: &[Principal], right: &'static Right, platform: Platform) -> bool {
        let given = explained(self.groups, platform);
        let by_group = |principal: &Principal| {
            Some(Entry::own(principal.clone(), right, false)).filter(|e| given.has(e))
        };
        let by_groups: Vec<Entry> = session.iter().filter_map(by_group).collect();
        let spoken = self.entries.iter().filter(|e| e.right.covers(right) && session.contains(&e.principal));
        allow(by_groups.iter().chain(spoken))
    }

    /// The list with `more` in it: a group that this makes whole is named (P3).
    #[must_use]
    pub fn with(&self, more: &[Entry], platform: Platform) -> Self {
        let entries = self.entries.iter().chain(more).cloned().collect();
        AccessList::from_parts(self.groups, entries, platform)
    }

    /// The list without `gone`: a group that loses an entry leaves its others as entries of their own.
    #[must_use]
    pub fn without(&self, gone: &[Entry], platform: Platform) -> Self {
        let lost = Mask::of(gone);
        let breaks = |group: &PermissionGroup| mask(*group, platform).common(lost).len() > 0;
        let broken: EnumSet<PermissionGroup> = self.groups.iter().filter(breaks).collect();
        let gone: HashSet<&Entry> = gone.iter().collect();
        let others = broken.iter().flat_map(|group| grants(group, platform));
        let entries = self.entries.iter().cloned().chain(others).filter(|entry| !gone.contains(entry));
        AccessList::from_parts(self.groups - broken, entries.collect(), platform)
    }

    /// The same in the canonical form on `platform`, after a value was assigned, which knows no platform.
    #[must_use]
    pub fn settled(self, platform: Platform) -> Self {
        AccessList::from_parts(self.groups, self.entries, platform)
    }

    /// The entries that the connector has from its parents in the directory.
    pub fn inherited(&self) -> impl Iterator<Item = &Entry> {
        self.entries.iter().filter(|entry| entry.inherited)
    }

    /// Sets PermissionGroups (P2): exactly those groups; entries that no group could give stay.
    pub fn set_groups(&mut self, groups: EnumSet<PermissionGroup>) {
        self.groups = groups;
        self.entries.retain(|entry| !could_give(entry));
    }
}

/// The entries of whole groups.
fn explained(groups: EnumSet<PermissionGroup>, platform: Platform) -> Mask {
    groups.iter().fold(Mask::default(), |all, group| all.and(mask(group, platform)))
}

/// Lists are sets (P1): the order of entries is the file's own.
impl PartialEq for AccessList {
    fn eq(&self, other: &Self) -> bool {
        let same = || {
            let mine: HashSet<&Entry> = self.entries.iter().collect();
            other.entries.iter().all(|entry| mine.contains(entry))
        };
        self.groups == other.groups
            && self.entries.len() == other.entries.len()
            && (self.entries == other.entries || same())
    }
}

impl Eq for AccessList {}

/// What PermissionGroups reads when something is there that no whole group explains.
pub const CUSTOM: &str = "Custom";

/// The list as PermissionGroups shows it (P3). A value with `Custom`, which only an edit of the old value can
/// hold, keeps what no whole group explains.
impl Field for AccessList {
    fn value(&self) -> Value {
        let mut names: Vec<&'static str> = self.groups.iter().map(Into::into).collect();
        let speaks_of_sessions =
            |entry: &Entry| entry.right.is_extended() || entry.right.holds_all_extended();
        if self.entries.iter().any(|entry| !entry.inherited && speaks_of_sessions(entry)) {
            names.push(CUSTOM);
        }
        Value::Flags(names)
    }

    fn assign(&mut self, value: Value) -> Result<(), Mismatch> {
        let Value::Flags(names) = value else { return Err(Mismatch) };
        let edited = names.contains(&CUSTOM);
        let mut groups = EnumSet::<PermissionGroup>::new();
        groups.assign(Value::Flags(names.into_iter().filter(|name| *name != CUSTOM).collect()))?;
        if edited {
            self.groups = groups;
        } else {
            self.set_groups(groups);
        }
        Ok(())
    }
}
