//! A new document.

use super::collection::Collection;
use super::keys::{Keys, shown};
use super::spell::spell;
use crate::connector::Host;
use crate::param::{Noun, Version};
use crate::permission::DOMAIN;

/// The file of a server whose organization goes unnamed.
#[must_use]
pub fn new_host(host: &Host) -> String {
    new_host_in(host, DOMAIN)
}

/// The file of a server: its keys, and a table for each connector. `domain` is the organization's.
#[must_use]
pub fn new_host_in(host: &Host, domain: &str) -> String {
    fresh(host, domain)
}

/// A new document: its own keys and its tables, a blank line between them.
pub(super) fn fresh<C: Collection>(all: &C, domain: &str) -> String {
    let (keys, owner) = (Keys::new(), all.owner());
    let blank = C::blank_item(owner);
    let own = lines(&Keys::new(), owner, &C::blank_owner(), C::version(owner), "\n");
    let tables = all.items().iter().map(|item| table::<C>(&keys, item, (owner, &blank), (domain, "\n")));
    let is_owned = !C::Owner::rows().is_empty();
    std::iter::once(own).filter(|_| is_owned).chain(tables).collect::<Vec<_>>().join("\n")
}

/// An item's table and those inside it, a blank line between them.
pub(super) fn table<C: Collection>(
    keys: &Keys<C::Item>,
    item: &C::Item,
    (owner, blank): (&C::Owner, &C::Item),
    (domain, eol): (&str, &str),
) -> String {
    let header = if C::SINGLE { String::new() } else { format!("[[{}]]{eol}", C::Item::NAME) };
    let own = header + &lines(keys, item, blank, C::version(owner), eol);
    std::iter::once(own).chain(C::write_inner(item, domain, eol)).collect::<Vec<_>>().join(eol)
}

/// The keys that a fresh table has, each on its line: what defines the object, and what is not as in `blank`.
/// Without a version, keys of every edition.
pub(super) fn lines<N: Noun>(
    keys: &Keys<N>,
    object: &N,
    blank: &N,
    version: Option<Version>,
    eol: &str,
) -> String {
    let rows = keys.order().iter().filter(|row| version.is_none_or(|version| row.exists_in(version)));
    let written = rows.filter(|row| row.always_written || shown(row, object) != shown(row, blank));
    written
        .filter_map(|row| {
            Some(format!("{} = {}{eol}", row.name(), spell(row, object)?.after(row.name(), eol)))
        })
        .collect()
}
