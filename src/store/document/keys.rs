//! Which rows have a key, and in which order: what a reviewer looks for first, then the printed order, then what
//! keeps itself.

use std::collections::HashMap;

use crate::param::{Access, Kind, Noun, Row, Value, Verb};

/// The keys of a noun: made once for a document, since a file may have a hundred thousand tables.
pub(super) struct Keys<N: Noun> {
    order: Vec<&'static Row<N>>,
    needed: Vec<&'static Row<N>>,
    by_name: HashMap<&'static str, &'static Row<N>>,
}

impl<N: Noun> Keys<N> {
    pub fn new() -> Self {
        let stored = N::rows().iter().copied().filter(|row| matches!(row.access, Access::Stored { .. }));
        let set_apart = |row: &&Row<N>| N::FIRST.iter().chain(N::LAST).any(|r| r.name() == row.name());
        let middle = stored.filter(|row| !set_apart(row));
        let order: Vec<_> = N::FIRST.iter().copied().chain(middle).chain(N::LAST.iter().copied()).collect();
        let list = |row: &Row<N>| row.always_written && matches!(row.param.kind, Kind::List(_));
        let needs = |row: &&&'static Row<N>| row.param.required.contains(&Verb::New) || list(row);
        let needed = order.iter().filter(needs).copied().collect();
        Keys { by_name: order.iter().map(|row| (row.name(), *row)).collect(), needed, order }
    }

    /// The rows in the order in which a fresh table has them.
    pub fn order(&self) -> &[&'static Row<N>] {
        &self.order
    }

    /// The values that the keys of `object` hold, in that order.
    pub fn values(&self, object: &N) -> Vec<Option<Value>> {
        self.order.iter().map(|row| shown(row, object)).collect()
    }

    /// The rows that no object can do without: those that New- demands, and lists that define it.
    pub fn needed(&self) -> &[&'static Row<N>] {
        &self.needed
    }

    /// The row whose key is exactly `key`.
    pub fn find(&self, key: &str) -> Option<&'static Row<N>> {
        self.by_name.get(key).copied()
    }
}

/// The value that a row's key holds: flags without the names that are reported and never accepted, which stand
/// for what is written elsewhere. Nothing for a computed row.
pub(super) fn shown<N: Noun>(row: &Row<N>, object: &N) -> Option<Value> {
    let names = row.param.kind.names();
    row.stored(object).map(|value| match value {
        Value::Flags(all) => Value::Flags(all.into_iter().filter(|name| names.contains(name)).collect()),
        other => other,
    })
}
