//! Entries of access lists, as Get-ADPermission gives them.

use std::rc::Rc;

use super::{Item, Place};
use crate::permission::{Entry, Principal, Right, access_right, right, rows};

/// What an export says of one connector's access list.
#[derive(Clone, Debug, Default)]
pub struct AccessEntries {
    /// Whose, which right, whether it is denied, and whether it is inherited.
    kept: Vec<(Rc<str>, &'static Right, bool, bool)>,
    /// Whether some are from a file that has the list whole.
    pub whole: bool,
    /// Inherited entries of rights that decide no session.
    pub without_effect: usize,
    /// Entries that are narrowed to properties or to kinds of objects.
    pub narrowed: usize,
}

impl AccessEntries {
    /// The entries, each once, where the organization's NetBIOS domain is `domain`.
    #[must_use]
    pub fn entries(&self, domain: &str) -> Vec<Entry> {
        let entry = |(user, right, deny, inherited): &(Rc<str>, &'static Right, bool, bool)| Entry {
            principal: Principal::read_in(user, domain),
            right,
            deny: *deny,
            inherited: *inherited,
        };
        self.kept.iter().map(entry).collect()
    }

    /// How many inherited entries are kept.
    #[must_use]
    pub fn inherited(&self) -> usize {
        self.kept.iter().filter(|(.., inherited)| *inherited).count()
    }

    /// Adds what an item says; the names of rights that are not known are given back.
    pub(super) fn add(&mut self, item: &Item, user: &Rc<str>) -> Vec<String> {
        let texts = |name: &str| item.cell(name).map(super::Cell::texts).unwrap_or_default();
        let bare = |text: &str| text.trim_matches(['{', '}', ' ']).to_owned();
        let names: Vec<String> = texts(rows::EXTENDED_RIGHTS.name()).into_iter().map(bare).collect();
        let names: Vec<String> = names.into_iter().filter(|name| !name.is_empty()).collect();
        let access: Vec<String> = texts(rows::ACCESS_RIGHTS.name()).into_iter().map(bare).collect();
        let inherited = item.is(rows::IS_INHERITED.name());
        let narrowed = [&rows::PROPERTIES, &rows::CHILD_OBJECT_TYPES, &rows::INHERITED_OBJECT_TYPE];
        let narrowed = narrowed.into_iter().any(|row| !texts(row.name()).is_empty());
        if narrowed && (names.is_empty() || inherited) {
            self.narrowed += 1;
            return Vec::new();
        }
        let deny = item.is(rows::DENY.name());
        let mut unknown = Vec::new();
        let rights = if names.is_empty() {
            access.into_iter().map(|name| (access_right(&name), name)).collect::<Vec<_>>()
        } else {
            names.into_iter().map(|name| (right(&name), name)).collect()
        };
        for (right, name) in rights {
            match right {
                // An inherited entry of a right that decides no session is counted, not kept.
                Some(right) if inherited && !right.is_extended() && !right.holds_all_extended() => {
                    self.without_effect += 1;
                }
                None if inherited => self.without_effect += 1,
                Some(right) => self.kept.push((Rc::clone(user), right, deny, inherited)),
                None => unknown.push(name),
            }
        }
        unknown
    }
}

/// The place of the object whose list an entry is in.
pub(super) fn place(item: &Item) -> Option<Place> {
    let name = rows::IDENTITY.name();
    item.text(&format!("{name}.DistinguishedName")).or_else(|| item.text(name)).and_then(Place::of)
}
