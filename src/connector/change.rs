//! C18: a server gets another version or role, and what its connectors do stays.
//!
//! Connectors hold values, not "default" marks, so staying is what happens by itself; this room says what that
//! means: which defaults move and are therefore written out, which properties end, which groups change content.

use super::{Host, ReceiveConnector, rows, setup};
use crate::param::{Finding, Platform, Row, Rule, Value};
use crate::permission::{Entry, grants};
use crate::powershell::quote;
use crate::server::Server;

/// What a change of version or role does to the connectors of a server.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Effects {
    /// One sentence for each thing that administrators should know.
    pub notes: Vec<String>,
    /// Connectors that setup made for a role that goes, unchanged since: they go along.
    pub dropped: Vec<String>,
}

/// Moves `host` to `server`'s version and roles.
///
/// # Errors
/// C12 where a connector uses a property that the new version has not.
pub fn move_to(host: &mut Host, server: Server) -> Result<Effects, Finding> {
    let mut effects = Effects::default();
    drop_defaults(host, &server, &mut effects);
    let (old, new) = (host.server.platform(), server.platform());
    let was = host.server.clone();
    for connector in &mut host.connectors {
        // What groups give follows the version, and so does which entries are left beside them.
        connector.access = std::mem::take(&mut connector.access).settled(new);
        for row in rows::ROWS {
            let Some(value) = row.stored(connector) else { continue };
            match fate(row, &value, (&was, &server)) {
                Fate::Lost => {
                    return Err(in_use(connector, row.name(), &value, &row.default_on(new), &server));
                }
                Fate::Default(is) => row.assign(connector, is)?,
                Fate::Stays => effects.notes.extend(kept(connector, row, &value, (old, new))),
            }
        }
    }
    group_notes(host, &server, &mut effects);
    host.server = server;
    Ok(effects)
}

/// C12, seen from the server: a connector uses what the new version has not.
fn in_use(
    connector: &ReceiveConnector,
    name: &'static str,
    value: &Value,
    default: &Value,
    server: &Server,
) -> Finding {
    let identity = format!("{}\\{}", server.name, connector.name);
    let message = format!(
        "parameter {name} does not exist in Exchange {}, and connector \"{identity}\" has it at `{value}`",
        server.release().name()
    );
    Finding::new(Rule::C12, name, message).hint(format!("{} first", gives_up(&identity, name, default)))
}

/// The line that puts a property back to `default`.
pub(super) fn gives_up(identity: &str, name: &str, default: &Value) -> String {
    let value = if default.is_empty() { " '$null'".to_owned() } else { format!(":{default}") };
    format!("exch set-receiveconnector {} -{name}{value}", quote::bash(identity))
}

/// A value that was the default and is none any more is written out.
fn kept(
    connector: &ReceiveConnector,
    row: &Row<ReceiveConnector>,
    value: &Value,
    (old, new): (Platform, Platform),
) -> Option<String> {
    let (was, is) = (row.default_on(old), row.default_on(new));
    let name = row.name();
    (*value == was && was != is).then(|| {
        format!("`{}`: {name} stays {value}, written out since the default is now {is}", connector.name)
    })
}

/// What becomes of a value on another version or tier.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Fate {
    /// Both have the property, and it keeps its value.
    Stays,
    /// The property ends or begins: it stands at the default of the version without it or with it.
    Default(Value),
    /// The property ends, and somebody uses it (C12).
    Lost,
}

/// What becomes of `value` on its way from one server to the other.
pub(super) fn fate(row: &Row<ReceiveConnector>, value: &Value, (from, to): (&Server, &Server)) -> Fate {
    let had = row.exists_in(from.release());
    if had && row.exists_in(to.release()) {
        return Fate::Stays;
    }
    let is = row.default_on(to.platform());
    let unused = || value.is_empty() || *value == is || *value == row.default_on(from.platform());
    if had && !unused() { Fate::Lost } else { Fate::Default(is) }
}

/// Default connectors of a role that goes are dropped when they were never changed, else kept and named.
fn drop_defaults(host: &mut Host, server: &Server, effects: &mut Effects) {
    let names =
        |connectors: Vec<ReceiveConnector>| connectors.into_iter().map(|c| c.name).collect::<Vec<_>>();
    let (before, after) =
        (names(setup::default_connectors(&host.server)), names(setup::default_connectors(server)));
    let going: Vec<String> = before.into_iter().filter(|name| !after.contains(name)).collect();
    let same_role = host.server.roles == server.roles;
    let untouched: Vec<String> = setup::untouched_defaults(host).iter().map(|c| c.name.clone()).collect();
    for name in going.iter().filter(|_| !same_role) {
        if untouched.contains(name) {
            effects.dropped.push(name.clone());
        } else if host.connector(name).is_some() {
            effects
                .notes
                .push(format!("`{name}` came with a role that goes; it was changed since and stays"));
        }
    }
    host.connectors.retain(|c| !effects.dropped.contains(&c.name));
}

/// The contents of permission groups follow the version: which entries a group gains and loses.
fn group_notes(host: &Host, server: &Server, effects: &mut Effects) {
    let (old, new) = (host.server.platform(), server.platform());
    for connector in &host.connectors {
        for group in connector.access.groups() {
            let (had, has) = (grants(group, old), grants(group, new));
            let name: &str = group.into();
            for (word, rights) in [("gains", beside(&has, &had)), ("loses", beside(&had, &has))] {
                if !rights.is_empty() {
                    let rights = rights.join(", ");
                    effects.notes.push(format!(
                        "`{}`: group {name} follows the version and {word} {rights}",
                        connector.name
                    ));
                }
            }
        }
    }
}

/// The rights that entries grant and others do not, each once.
fn beside(entries: &[Entry], others: &[Entry]) -> Vec<&'static str> {
    let mut rights: Vec<&'static str> = Vec::new();
    for entry in entries.iter().filter(|entry| !others.contains(entry)) {
        if !rights.contains(&entry.right.name) {
            rights.push(entry.right.name);
        }
    }
    rights
}
