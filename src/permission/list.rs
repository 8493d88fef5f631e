//! The access list of one connector, kept short: whole groups by name, every other entry as itself.

use enumset::EnumSet;

use super::{Entry, PermissionGroup, could_give, grants};
use crate::param::{Field, Mismatch, Platform, Value};

/// The entries of a connector. Groups whose entries are all there stand by name, and `entries` holds what no
/// whole group explains, so that two lists are equal when they grant the same.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
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
    /// entries make whole is named, an entry that a named group gives is dropped.
    #[must_use]
    pub fn from_parts(groups: EnumSet<PermissionGroup>, entries: Vec<Entry>, platform: Platform) -> Self {
        let mut all: Vec<Entry> = groups.iter().flat_map(|group| grants(group, platform)).collect();
        for entry in entries {
            if !all.contains(&entry) {
                all.push(entry);
            }
        }
        let whole = |group: &PermissionGroup| {
            let given = grants(*group, platform);
            groups.contains(*group) || !given.is_empty() && given.iter().all(|entry| all.contains(entry))
        };
        let groups: EnumSet<PermissionGroup> = EnumSet::all().iter().filter(whole).collect();
        let explained: Vec<Entry> = groups.iter().flat_map(|group| grants(group, platform)).collect();
        all.retain(|entry| !explained.contains(entry));
        AccessList { groups, entries: all }
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

    /// Sets PermissionGroups (P2): exactly those groups; entries that no group could give stay.
    pub fn set_groups(&mut self, groups: EnumSet<PermissionGroup>) {
        self.groups = groups;
        self.entries.retain(|entry| !could_give(entry));
    }
}

/// The list as PermissionGroups shows it (P3): `Custom` when something is there that no whole group explains.
impl Field for AccessList {
    fn value(&self) -> Value {
        let mut names: Vec<&'static str> = self.groups.iter().map(Into::into).collect();
        if !self.entries.is_empty() {
            names.push("Custom");
        }
        Value::Flags(names)
    }

    fn assign(&mut self, value: Value) -> Result<(), Mismatch> {
        let Value::Flags(names) = value else { return Err(Mismatch) };
        let mut groups = EnumSet::<PermissionGroup>::new();
        groups.assign(Value::Flags(names.into_iter().filter(|name| *name != "Custom").collect()))?;
        self.set_groups(groups);
        Ok(())
    }
}
