//! Entries of access lists, as Get-ADPermission gives them.

use std::rc::Rc;

use super::{Item, Place};
use crate::permission::{Entry, Principal, Right, right, rows};

/// What an export says of one connector's access list.
#[derive(Clone, Debug, Default)]
pub struct AccessEntries {
    /// Rights of mail: whose, which, and whether they are denied.
    own: Vec<(Rc<str>, &'static Right, bool)>,
    /// Entries of rights of mail that come from a container above.
    pub inherited: usize,
    /// Entries of rights over the directory's object.
    pub directory: usize,
    /// Entries that allow everything, and with it every right of mail.
    pub everything: usize,
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
        if names.is_empty() {
            let all = texts(rows::ACCESS_RIGHTS.name()).into_iter().any(|text| bare(text) == "GenericAll");
            *(if all { &mut self.everything } else { &mut self.directory }) += 1;
            return Vec::new();
        }
        if item.is(rows::IS_INHERITED.name()) {
            self.inherited += names.len();
            return Vec::new();
        }
        let deny = item.is(rows::DENY.name());
        let mut unknown = Vec::new();
        for name in names {
            match right(&name) {
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
