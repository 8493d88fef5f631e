//! A new document.

use super::collection::Collection;
use super::keys::{Keys, shown};
use super::spell::spell_value;
use crate::connector::Host;
use crate::param::{Noun, Release, Row, Value};

/// The file of a server: its keys, and a table for each connector. `domain` is the organization's.
#[must_use]
pub fn new_host(host: &Host, domain: &str) -> String {
    fresh(host, domain)
}

/// A new document: its own keys and its tables, a blank line between them.
pub(super) fn fresh<C: Collection>(all: &C, domain: &str) -> String {
    let (keys, owner) = (Keys::new(), all.owner());
    let own = Keys::new();
    let own = lines(&own, owner, &own.values(&C::blank_owner()), C::release(owner), "\n");
    let blank = keys.values(&C::blank_item(owner));
    let tables = all.items().iter().map(|item| table::<C>(&keys, item, (owner, &blank), (domain, "\n")));
    let is_owned = !C::Owner::rows().is_empty();
    std::iter::once(own).filter(|_| is_owned).chain(tables).collect::<Vec<_>>().join("\n")
}

/// An item's table and those inside it, a blank line between them.
pub(super) fn table<C: Collection>(
    keys: &Keys<C::Item>,
    item: &C::Item,
    (owner, blank): (&C::Owner, &[Option<Value>]),
    (domain, eol): (&str, &str),
) -> String {
    let header = if C::SINGLE { String::new() } else { format!("[[{}]]{eol}", C::Item::NAME) };
    let own = header + &lines(keys, item, blank, C::release(owner), eol);
    std::iter::once(own).chain(C::write_inner(item, domain, eol)).collect::<Vec<_>>().join(eol)
}

/// The keys that a fresh table has, each on its line: what defines the object, and what is not as in `blank`, the
/// values of an object of which nothing is said. Without a release, keys of every edition.
pub(super) fn lines<N: Noun>(
    keys: &Keys<N>,
    object: &N,
    blank: &[Option<Value>],
    release: Option<Release>,
    eol: &str,
) -> String {
    let rows = keys.order().iter().zip(blank);
    let rows = rows.filter(|(row, _)| release.is_none_or(|release| row.exists_in(release)));
    let line = |(row, absent): (&&'static Row<N>, &Option<Value>)| {
        let value = shown(row, object);
        let written = row.always_written || value != *absent;
        let spelled = value.filter(|_| written).and_then(|value| spell_value(row.param.kind, &value))?;
        Some(format!("{} = {}{eol}", row.name(), spelled.after(row.name(), eol)))
    };
    rows.filter_map(line).collect()
}
