//! Out of the others' way: two connectors that swap their bindings or names cannot both go straight.

use std::collections::HashSet;

use super::Line;
use super::task::{Place, Task};
use crate::cmdlet::receive_connector;
use crate::cmdlet::receive_connector::shared::identity;
use crate::cmdlet::transaction::State;
use crate::connector::{ReceiveConnector, rows};
use crate::net::Binding;
use crate::param::{Argument, Value};

/// The first port that is tried: above those that services are registered for.
const FIRST_PORT: u16 = 49_152;

/// The line that moves the connector of a task to free ports, or to a free name where its name is to change, and what
/// it is called then. Nothing for what cannot be moved.
pub(super) fn detour(task: &Task, state: &State, goal: &State) -> Option<(Line, String)> {
    let Place::Connector(server) = &task.place else { return None };
    let (host, later) = (state.host_of(server)?, goal.host_of(server)?);
    let (now, then) = (host.connector(task.now.as_deref()?)?, later.connector(task.then.as_deref()?)?);
    let both = || host.connectors.iter().chain(&later.connectors);
    let (name, given) = if now.name.eq_ignore_ascii_case(&then.name) {
        (now.name.clone(), (&rows::BINDINGS.param, free_bindings(now, both())))
    } else {
        let name = free_name(now, both());
        (name.clone(), (&rows::NAME.param, Value::Text(name)))
    };
    let (param, value) = given;
    let given = [
        (&rows::IDENTITY.param, Argument::Set(Value::Text(identity(&host.server.name, &now.name)))),
        (param, Argument::Set(value)),
    ];
    Some((Line::new(&receive_connector::set::CMDLET, given, false), name))
}

/// The same addresses, each at a port of its own that no connector has or is to have.
fn free_bindings<'a>(now: &ReceiveConnector, all: impl Iterator<Item = &'a ReceiveConnector>) -> Value {
    let taken: HashSet<u16> =
        all.flat_map(|connector| &connector.bindings).map(|binding| binding.endpoint().port()).collect();
    let mut free = (FIRST_PORT..=u16::MAX).filter(|port| !taken.contains(port));
    let moved = now
        .bindings
        .iter()
        .filter_map(|binding| Binding::new(binding.endpoint().ip(), free.next()?).ok().map(Value::Binding));
    Value::List(moved.collect())
}

/// A name that no connector has or is to have.
fn free_name<'a>(now: &ReceiveConnector, all: impl Iterator<Item = &'a ReceiveConnector>) -> String {
    let taken: HashSet<String> = all.map(|connector| connector.name.to_lowercase()).collect();
    // Two more names than there are connectors: one of them is free.
    let mut names = (1..=taken.len() + 1).map(|number| format!("Moving {number}"));
    names.find(|name| !taken.contains(&name.to_lowercase())).unwrap_or_else(|| now.name.clone())
}
