//! Connectors that should be alike, on different servers or on one: which properties and entries differ.
//!
//! A value is compared by what it means: a list without order, a range by its ends, a text with its own server's
//! name left out of account. Properties that a server's version does not have are not compared.

use crate::answer::{Column, Object};
use crate::cmdlet::receive_connector::shared::identity;
use crate::cmdlet::shared::table_views::DRIFT;
use crate::cmdlet::transaction::difference::{Difference, of_entries};
use crate::connector::{Host, ReceiveConnector, namesake, rows, same_name};
use crate::param::record::is_mark;
use crate::param::{Platform, Value};
use crate::permission::{AccessList, CUSTOM};
use crate::server::{Directory, Server};

/// A connector where it stands.
#[derive(Clone, Copy)]
pub struct Standing<'a> {
    /// The connector.
    pub connector: &'a ReceiveConnector,
    /// Its server.
    pub server: &'a Server,
}

impl<'a> Standing<'a> {
    /// Its access list and where that stands.
    fn access(self) -> (&'a AccessList, Platform) {
        (&self.connector.access, self.server.platform())
    }
}

/// One property or entry in which two connectors differ.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Drift {
    /// The one that the other is compared with.
    pub identity: String,
    /// The other.
    pub other: String,
    /// What differs.
    pub property: &'static str,
    /// What the one has.
    pub value: Value,
    /// What the other has.
    pub other_value: Value,
}

/// The columns of a difference between two connectors.
pub static COLUMNS: [Column; 5] = [
    (
        "Identity",
        "The connector that the other is compared with; its server alone where it has none like the other",
    ),
    ("Other", "The other connector; its server alone where it has none like this"),
    ("Property", "The property that differs; ADPermission is an entry of the access list"),
    ("Value", "What the connector has"),
    ("OtherValue", "What the other has"),
];

impl Drift {
    /// As an object to print.
    #[must_use]
    pub fn object(&self) -> Object {
        let [identity, other, property] = [&self.identity, &self.other, self.property].map(Value::text);
        let values = [identity, other, property, self.value.clone(), self.other_value.clone()];
        Object::result(&DRIFT, &COLUMNS, values)
    }
}

/// What differs between two connectors.
#[must_use]
pub fn between(one: Standing<'_>, other: Standing<'_>, directory: &Directory) -> Vec<Drift> {
    let drift = |property, value, other_value| Drift {
        identity: identity(&one.server.name, &one.connector.name),
        other: identity(&other.server.name, &other.connector.name),
        property,
        value,
        other_value,
    };
    let both = |row: &&&crate::param::Row<ReceiveConnector>| {
        row.exists_in(one.server.release()) && row.exists_in(other.server.release())
    };
    let compared = rows::ROWS.iter().filter(|row| !is_mark(row.name())).filter(both);
    let mut found = Vec::new();
    for row in compared {
        let (Some(value), Some(other_value)) = (row.stored(one.connector), row.stored(other.connector))
        else {
            continue;
        };
        let any_case = row.name() == rows::NAME.name();
        if !alike(&value, &other_value, (one.server, other.server), any_case) {
            found.push(drift(row.name(), value, other_value));
        }
    }
    let entries = entries(one, other, directory).into_iter();
    found.extend(entries.map(|entry| drift(entry.property, entry.before, entry.after)));
    found
}

/// Entries of the access list that PermissionGroups does not say; those of an account of each server itself are
/// alike.
fn entries(one: Standing<'_>, other: Standing<'_>, directory: &Directory) -> Vec<Difference> {
    let mut found = Vec::new();
    of_entries("", Some(one.access()), Some(other.access()), directory, &mut found);
    let (gone, come): (Vec<Difference>, Vec<Difference>) =
        found.into_iter().partition(|entry| entry.after.is_empty());
    let same = |gone: &Difference, come: &Difference| {
        alike(&gone.before, &come.after, (one.server, other.server), false)
    };
    let only_gone = gone.iter().filter(|g| !come.iter().any(|c| same(g, c)));
    let only_come = come.iter().filter(|c| !gone.iter().any(|g| same(g, c)));
    only_gone.chain(only_come).cloned().collect()
}

/// Whether two values mean the same, each on its server.
fn alike(one: &Value, other: &Value, servers: (&Server, &Server), any_case: bool) -> bool {
    match (one, other) {
        (Value::Text(a), Value::Text(b)) => {
            let (a_there, b_there) = (namesake::abstracted(a, servers.0), namesake::abstracted(b, servers.1));
            a == b || a_there == b_there || any_case && (same_name(a, b) || same_name(&a_there, &b_there))
        }
        (Value::List(_) | Value::Flags(_), _) => {
            let elements = |value: &Value| {
                let mut elements = value.elements();
                // Entries beside whole groups are reported one by one.
                elements.retain(|element| *element != Value::Choice(CUSTOM));
                elements
            };
            let (a, b) = (elements(one), elements(other));
            a == b || a.iter().all(|value| b.contains(value)) && b.iter().all(|value| a.contains(value))
        }
        _ => one == other || one.is_empty() && other.is_empty(),
    }
}

/// What differs between the connectors of two servers, matched by name with the server's own name left out of
/// account; with `only`, that of one connector of the first.
#[must_use]
pub(crate) fn of_servers(one: &Host, other: &Host, only: Option<&str>, directory: &Directory) -> Vec<Drift> {
    let mut found = Vec::new();
    let wanted = |c: &&ReceiveConnector| only.is_none_or(|only| same_name(only, &c.name));
    for connector in one.connectors.iter().filter(wanted) {
        let here = Standing { connector, server: &one.server };
        match counterpart(here, other) {
            Some(connector) => {
                found.extend(between(here, Standing { connector, server: &other.server }, directory));
            }
            None => found.push(missing(here, &other.server, false)),
        }
    }
    for connector in other.connectors.iter().filter(|_| only.is_none()) {
        let there = Standing { connector, server: &other.server };
        if counterpart(there, one).is_none() {
            found.push(missing(there, &one.server, true));
        }
    }
    found
}

/// The connector of `host` that is to it what `of` is to its own server, else the one of the same name.
fn counterpart<'h>(of: Standing<'_>, host: &'h Host) -> Option<&'h ReceiveConnector> {
    let wanted = namesake::abstracted(&of.connector.name, of.server);
    let like = |c: &&ReceiveConnector| same_name(&namesake::abstracted(&c.name, &host.server), &wanted);
    host.connectors.iter().find(like).or_else(|| host.connector(&of.connector.name))
}

/// A connector that the server `without` does not have: that server stands alone in the row. `first`: whether it is the
/// one that others are compared with.
fn missing(of: Standing<'_>, without: &Server, first: bool) -> Drift {
    let there = identity(&of.server.name, &of.connector.name);
    let without = without.name.clone();
    let name = Value::Text(of.connector.name.clone());
    let property = rows::NAME.name();
    if first {
        Drift { identity: without, other: there, property, value: Value::Null, other_value: name }
    } else {
        Drift { identity: there, other: without, property, value: name, other_value: Value::Null }
    }
}
