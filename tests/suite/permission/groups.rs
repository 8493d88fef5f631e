//! Groups to entries and back (P1 to P3).

use enumset::EnumSet;
use exch::param::{Field, Value};
use exch::permission::{AccessList, Changed, Entry, PermissionGroup, Principal, RIGHTS, giver, grants};

use super::platforms;

fn subsets() -> impl Iterator<Item = EnumSet<PermissionGroup>> {
    (0..32_u8).map(EnumSet::from_u8)
}

fn names(list: &AccessList) -> Vec<&'static str> {
    let Value::Flags(names) = list.value() else { return Vec::new() };
    names
}

/// Those of `groups` that mean something on `platform`.
fn real(groups: EnumSet<PermissionGroup>, platform: exch::param::Platform) -> EnumSet<PermissionGroup> {
    groups.iter().filter(|group| !grants(*group, platform).is_empty()).collect()
}

#[test]
fn groups_to_entries_to_groups_is_the_identity() {
    for platform in platforms() {
        for groups in subsets().map(|groups| real(groups, platform)) {
            let entries = AccessList::of(groups).entries(platform);
            let mut backwards = entries.clone();
            backwards.reverse();
            backwards.extend(entries.iter().cloned());
            for entries in [entries, backwards] {
                let again = AccessList::from_parts(EnumSet::empty(), entries, platform);
                assert_eq!(again, AccessList::of(groups), "{platform:?}");
                assert!(again.own_entries().is_empty() && !names(&again).contains(&"Custom"));
            }
        }
    }
}

#[test]
fn one_entry_less_is_custom_and_back() {
    for platform in platforms() {
        for group in EnumSet::<PermissionGroup>::all() {
            let whole = AccessList::of(group.into());
            let given = grants(group, platform);
            for entry in &given {
                let less = whole.without(std::slice::from_ref(entry), platform);
                assert_eq!(less.own_entries().len(), given.len() - 1);
                assert!(less.groups().is_empty());
                let custom: &[&str] = if given.len() > 1 { &["Custom"] } else { &[] };
                assert_eq!(names(&less), custom);
                let nearly = less.incomplete(platform);
                assert!(
                    nearly.iter().all(|nearly| nearly.group == group && nearly.missing == [entry.clone()])
                );
                assert_eq!(nearly.len(), usize::from(given.len() > 1), "{group:?} on {platform:?}");
                assert_eq!(less.with(std::slice::from_ref(entry), platform), whole);
            }
        }
    }
}

#[test]
fn with_then_without_is_the_identity() {
    let principals = ["ANONYMOUS LOGON", r"CONTOSO\app1", "S-1-5-11", r"MS Exchange\Hub Transport Servers"];
    for platform in platforms() {
        for groups in subsets().map(|groups| real(groups, platform)) {
            let list = AccessList::of(groups);
            for (principal, right) in principals.iter().flat_map(|p| RIGHTS.iter().map(move |r| (p, r))) {
                for deny in [false, true] {
                    let entry = [Entry::own(Principal::read(principal), right, deny)];
                    let there = list.holds(&entry, platform) == [true];
                    let more = list.with(&entry, platform);
                    assert_eq!(more.holds(&entry, platform), [true]);
                    assert_eq!(there, more == list);
                    if !there {
                        assert_eq!(more.without(&entry, platform), list);
                    }
                }
            }
        }
    }
}

#[test]
fn setting_groups_gives_exactly_those() {
    let own = Entry::own(Principal::read(r"CONTOSO\app1"), &RIGHTS[0], false);
    let denied = Entry::own(Principal::read("ANONYMOUS LOGON"), &RIGHTS[0], true);
    for platform in platforms() {
        for (old, new) in subsets().flat_map(|old| subsets().map(move |new| (old, new))) {
            let mut list = AccessList::of(old).with(&[own.clone(), denied.clone()], platform);
            if let Some(first) = AccessList::of(old).entries(platform).first() {
                list = list.without(std::slice::from_ref(first), platform);
            }
            list.set_groups(new);
            assert_eq!(list.groups(), new);
            assert_eq!(list.own_entries(), [own.clone(), denied.clone()]);
        }
    }
}

#[test]
fn no_two_groups_give_the_same() {
    for platform in platforms() {
        for group in EnumSet::<PermissionGroup>::all() {
            for entry in grants(group, platform) {
                assert_eq!(giver(&entry), Some(group));
                assert_eq!(giver(&Entry { deny: true, ..entry }), None);
            }
        }
    }
}

/// Whole groups that come and go are told by PermissionGroups; whatever else differs is told by entry.
#[test]
fn a_difference_tells_what_groups_do_not() {
    let platform = platforms()[1];
    let anonymous = AccessList::of(PermissionGroup::AnonymousUsers.into());
    let entry = grants(PermissionGroup::AnonymousUsers, platform)[1].clone();
    let less = anonymous.without(std::slice::from_ref(&entry), platform);
    let none = AccessList::default();
    let between = |old: &AccessList, new: &AccessList| {
        let changed = Changed::beside_groups((old, platform), (new, platform));
        (changed.gone.len(), changed.come.len())
    };
    assert_eq!(between(&none, &anonymous), (0, 0));
    assert_eq!(between(&anonymous, &none), (0, 0));
    assert_eq!(between(&anonymous, &less), (1, 0));
    assert_eq!(between(&less, &anonymous), (0, 1));
    assert_eq!(between(&less, &none), (3, 0));
    let newer = Changed::beside_groups((&anonymous, platforms()[0]), (&anonymous, platforms()[16]));
    assert_eq!(newer, Changed::default());
}
