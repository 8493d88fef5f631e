//! Groups that are not whole and yet meant: `AnonymousUsers` without the right to send as one of us.

use enumset::EnumSet;

use super::group::mask;
use super::mask::Mask;
use super::{AccessList, Entry, PermissionGroup, grants};
use crate::param::Platform;

/// The most entries that are named in a sentence.
const MOST: usize = 4;

/// A group of which at least half the entries are there, and not all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Incomplete {
    /// The group.
    pub group: PermissionGroup,
    /// What is missing.
    pub missing: Vec<Entry>,
}

impl AccessList {
    /// The groups that `Custom` nearly is.
    #[must_use]
    pub fn incomplete(&self, platform: Platform) -> Vec<Incomplete> {
        if self.own_entries().is_empty() {
            return Vec::new();
        }
        let own = Mask::of(self.own_entries());
        let absent = EnumSet::all() - self.groups();
        let incomplete_groups = |group: &PermissionGroup| {
            let given = mask(*group, platform);
            let there = given.common(own).len();
            there > 0 && there * 2 >= given.len()
        };
        let describe = |group| {
            let missing = grants(group, platform).into_iter().filter(|entry| !own.has(entry)).collect();
            Incomplete { group, missing }
        };
        absent.iter().filter(incomplete_groups).map(describe).collect()
    }
}

impl Incomplete {
    /// `AnonymousUsers without ms-Exch-SMTP-Accept-Any-Sender`; of a group with several principals whose.
    #[must_use]
    pub fn describe(&self, domain: &str) -> String {
        let name: &str = self.group.into();
        let several = self.group == PermissionGroup::ExchangeServers;
        let missing = self.missing.iter().map(|entry| match several {
            true => format!("{} for {}", entry.right.name, entry.principal.name_in(domain)),
            false => entry.right.name.to_owned(),
        });
        let more = self.missing.len().saturating_sub(MOST);
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        format!("{name} without {}{more}", missing.take(MOST).collect::<Vec<_>>().join(", "))
    }
}
