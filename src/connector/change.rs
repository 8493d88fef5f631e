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
/// C12 with every property that the new version has not and a connector uses.
pub fn move_to(host: &mut Host, server: Server) -> Result<Effects, Finding> {
    let mut effects = Effects::default();
    drop_defaults(host, &server, &mut effects);
    let (old, new) = (host.server.platform(), server.platform());
    let was = host.server.clone();
    let mut lost: Vec<Lost> = Vec::new();
    for connector in &mut host.connectors {
        // What groups give follows the version, and so does which entries are left beside them.
        connector.access = std::mem::take(&mut connector.access).settled(new);
        for row in rows::ROWS {
            let Some(value) = row.stored(connector) else { continue };
            match fate(row, &value, (&was, &server)) {
                Fate::Lost => {
                    let user = (format!("{}\\{}", server.name, connector.name), value);
                    match lost.iter_mut().find(|lost| lost.row.name() == row.name()) {
                        Some(lost) => lost.users.push(user),
                        None => lost.push(Lost { row, default: row.default_on(new), users: vec![user] }),
                    }
                }
                Fate::Default(is) => row.assign(connector, is)?,
                Fate::Stays => effects.notes.extend(kept(connector, row, &value, (old, new))),
            }
        }
    }
    if !lost.is_empty() {
        return Err(in_use(&lost, &server));
    }
    group_notes(host, &server, &mut effects);
    host.server = server;
    Ok(effects)
}

/// A property that the new version has not and connectors use.
struct Lost {
    row: &'static Row<ReceiveConnector>,
    /// What gives it up.
    default: Value,
    /// The connectors, by identity, each with its value.
    users: Vec<(String, Value)>,
}

/// How many connectors an error names of each property.
const NAMED: usize = 4;

impl Lost {
    fn sentence(&self, release: &str) -> String {
        let have = |(identity, value): &(String, Value)| format!("\"{identity}\" has it at `{value}`");
        let few = self.users.iter().take(NAMED).map(have).collect::<Vec<_>>().join(", ");
        let more = match self.users.len().saturating_sub(NAMED) {
            0 => String::new(),
            more => format!(", and {more} more have a value of it"),
        };
        let name = self.row.name();
        format!("parameter {name} does not exist in Exchange {release}, and connector {few}{more}")
    }
}

/// C12, seen from the server: connectors use what the new version has not.
fn in_use(lost: &[Lost], server: &Server) -> Finding {
    let release = server.release().name();
    let message = lost.iter().map(|lost| lost.sentence(&release)).collect::<Vec<_>>().join("; ");
    let mut users: Vec<&String> = lost.iter().flat_map(|lost| &lost.users).map(|(user, _)| user).collect();
    users.dedup();
    // What no connector of the new version has can be taken from all of them by one line.
    let identity = match users.as_slice() {
        [only] => (*only).clone(),
        _ => format!("{}\\*", server.name),
    };
    let line = gives_up(&identity, lost.iter().map(|lost| (lost.row.name(), &lost.default)));
    let name = lost.first().map_or("", |lost| lost.row.name());
    Finding::new(Rule::C12, name, message).hint(format!("{line} first"))
}

/// The line that puts properties back to their defaults.
pub(super) fn gives_up<'v>(
    identity: &str,
    defaults: impl IntoIterator<Item = (&'static str, &'v Value)>,
) -> String {
    let mut line = format!("exch set-receiveconnector {}", quote::bash(identity));
    for (name, default) in defaults {
        let value = if default.is_empty() { " '$null'".to_owned() } else { format!(":{default}") };
        line.push_str(&format!(" -{name}{value}"));
    }
    line
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
