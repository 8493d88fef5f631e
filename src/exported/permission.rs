//! Entries of access lists, as Get-ADPermission gives them.

use std::rc::Rc;

use super::{Item, Place};
use crate::permission::{Entry, Principal, Right, access_right, right, rows};

/// What an export says of one connector's access list.
#[derive(Clone, Debug, Default)]
pub struct AccessEntries {
    /// Whose, which right, and whether it is denied.
    own: Vec<(Rc<str>, &'static Right, bool)>,
    /// Inherited entries of extended rights.
    pub inherited: usize,
    /// Inherited entries of other rights over the directory object.
    pub directory: usize,
    /// Inherited entries of GenericAll.
    pub everything: usize,
    /// Entries that are narrowed to properties or to kinds of objects.
    pub narrowed: usize,
}

impl AccessEntries {
    /// The entries, each once, where the organization's NetBIOS domain is `domain`.
    #[must_use]
    pub fn entries(&self, domain: &str) -> Vec<Entry> {
        let entry = |(user, right, deny): &(Rc<str>, &'static Right, bool)| Entry {
            principal: Principal::read_in(user, domain),
            right,
            deny: *deny,
        };
        self.own.iter().map(entry).collect()
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
        if inherited {
            let counted = if !names.is_empty() {
                &mut self.inherited
            } else if access.iter().any(|name| name == "GenericAll") {
                &mut self.everything
            } else {
                &mut self.directory
            };
            *counted += 1;
            return Vec::new();
        }
        if names.is_empty() && narrowed.into_iter().any(|row| !texts(row.name()).is_empty()) {
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
                Some(right) => self.own.push((Rc::clone(user), right, deny)),
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
