//! Which rows have a key, and in which order: what a reviewer looks for first, then the printed order, then what
//! keeps itself.

use std::collections::HashMap;

use crate::connector::{ReceiveConnector, rows as connector};
use crate::organization::Member;
use crate::param::{Access, Kind, Noun, Row, Value, Verb};
use crate::server::{Directory, Server, rows as server};

/// A noun that is kept in a document.
pub(super) trait Kept: Noun {
    /// Rows that stand before all others.
    const FIRST: &'static [&'static Row<Self>] = &[];
    /// Rows that stand after all others.
    const LAST: &'static [&'static Row<Self>] = &[];
}

impl Kept for ReceiveConnector {
    const FIRST: &'static [&'static Row<Self>] = &[
        &connector::NAME,
        &connector::GUID,
        &connector::ENABLED,
        &connector::TRANSPORT_ROLE,
        &connector::BINDINGS,
        &connector::REMOTE_IP_RANGES,
        &connector::AUTH_MECHANISM,
        &connector::PERMISSION_GROUPS,
        &connector::FQDN,
    ];
    const LAST: &'static [&'static Row<Self>] = &[&connector::WHEN_CREATED, &connector::WHEN_CHANGED];
}

impl Kept for Server {
    const LAST: &'static [&'static Row<Self>] = &[&server::WHEN_CREATED, &server::WHEN_CHANGED];
}

impl Kept for Directory {}

impl<N: Member> Kept for N {
    const FIRST: &'static [&'static Row<Self>] = N::FIRST;
    const LAST: &'static [&'static Row<Self>] = N::LAST;
}

/// The keys of a noun: made once for a document, since a file may have a hundred thousand tables.
pub(super) struct Keys<N: Noun> {
    order: Vec<&'static Row<N>>,
    needed: Vec<&'static Row<N>>,
    by_name: HashMap<&'static str, &'static Row<N>>,
}

impl<N: Kept> Keys<N> {
    pub fn new() -> Self {
        let stored = N::rows().iter().copied().filter(|row| matches!(row.access, Access::Stored { .. }));
        let set_apart = |row: &&Row<N>| N::FIRST.iter().chain(N::LAST).any(|r| r.name() == row.name());
        let middle = stored.filter(|row| !set_apart(row));
        let order: Vec<_> = N::FIRST.iter().copied().chain(middle).chain(N::LAST.iter().copied()).collect();
        let list = |row: &Row<N>| row.defining && matches!(row.param.kind, Kind::List(_));
        let needs = |row: &&&'static Row<N>| row.param.required.contains(&Verb::New) || list(row);
        let needed = order.iter().filter(needs).copied().collect();
        Keys { by_name: order.iter().map(|row| (row.name(), *row)).collect(), needed, order }
    }

    /// The rows in the order in which a fresh table has them.
    pub fn order(&self) -> &[&'static Row<N>] {
        &self.order
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
