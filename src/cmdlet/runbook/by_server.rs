//! The connectors of one server on their way, each tried beside those alone that are not what they are to be yet.
//!
//! What is as it is to be cannot be in the way of what becomes so, since the goal breaks no rule between connectors. So a
//! line takes the same time however many connectors a server has, and however many servers there are.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::rc::Rc;
use std::sync::Arc;

use super::Line;
use super::next_line;
use super::path::run;
use super::task::{Place, Task, connectors};
use crate::cmdlet::args::Context;
use crate::cmdlet::transaction::State;
use crate::connector::rules::check_host;
use crate::connector::{Host, ReceiveConnector};
use crate::param::Rule;

/// What other connectors of a server depend on.
fn same_claim(one: &ReceiveConnector, other: &ReceiveConnector) -> bool {
    one.name == other.name
        && one.bindings == other.bindings
        && one.remote_ip_ranges == other.remote_ip_ranges
        && one.transport_role == other.transport_role
}

/// The connectors of one server.
struct Few<'a, 'w> {
    /// The server with the connectors that are not what they are to be, and the organization.
    state: State,
    server: &'a str,
    /// Those that are, in the order in which they became so.
    done: Vec<ReceiveConnector>,
    goal: HashMap<&'a str, &'a ReceiveConnector>,
    context: &'a Rc<Context<'w>>,
    lines: Vec<Line>,
}

/// Brings the connectors of each server as far as they go without a detour, with the removals that make room for them, and
/// leaves the tasks that wait. Gives the lines.
pub(super) fn bring(
    state: &mut State,
    goal: &State,
    context: &Rc<Context<'_>>,
    (tasks, removals): (&mut Vec<Task>, &mut Vec<Task>),
) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut leaving = grouped(&mut removals.clone());
    let mut gone: HashSet<String> = HashSet::new();
    for (server, mut waiting) in grouped(tasks) {
        let going = leaving.remove(&server).unwrap_or_default();
        if let Some(mut few) = Few::of(state, goal, &server, (&waiting, &going), context) {
            let mut left = going.clone();
            few.bring_all(&mut waiting, &mut left);
            gone.extend(going.iter().filter(|task| !left.contains(task)).map(Task::identity));
            lines.append(&mut few.lines);
            few.put_back(state);
        }
        tasks.append(&mut waiting);
    }
    removals.retain(|task| !matches!(task.place, Place::Connector(_)) || !gone.contains(&task.identity()));
    lines
}

/// Takes the tasks of connectors out, by server.
fn grouped(tasks: &mut Vec<Task>) -> BTreeMap<String, Vec<Task>> {
    let mut by_server: BTreeMap<String, Vec<Task>> = BTreeMap::new();
    for task in tasks.extract_if(.., |task| matches!(task.place, Place::Connector(_))) {
        if let Place::Connector(server) = &task.place {
            by_server.entry(server.to_lowercase()).or_default().push(task);
        }
    }
    by_server
}

impl<'a, 'w> Few<'a, 'w> {
    /// Nothing where the goal itself has connectors in each other's way.
    fn of(
        state: &mut State,
        goal: &'a State,
        server: &'a str,
        (tasks, removals): (&[Task], &[Task]),
        context: &'a Rc<Context<'w>>,
    ) -> Option<Self> {
        let wanted = goal.host_of(server)?;
        let clashes = |rule: Rule| rule.is_conflict() || rule == Rule::C1;
        if check_host(wanted).iter().any(|(_, finding)| clashes(finding.rule)) {
            return None;
        }
        let goal = connectors(wanted);
        let host = Arc::unwrap_or_clone(state.hosts.remove(server)?);
        let moving: HashSet<&str> =
            tasks.iter().chain(removals).filter_map(|task| task.now.as_deref()).collect();
        let stays = |one: &ReceiveConnector| {
            !moving.contains(one.name.as_str())
                && goal.get(one.name.as_str()).is_some_and(|goal| same_claim(one, goal))
        };
        let (done, connectors) = host.connectors.into_iter().partition(stays);
        let host = Host { server: host.server, connectors };
        let state = State {
            directory: state.directory.clone(),
            hosts: BTreeMap::from([(server.to_owned(), Arc::new(host))]),
            organization: std::mem::take(&mut state.organization),
            exists: state.exists,
        };
        Some(Few { state, server, done, goal, context, lines: Vec::new() })
    }

    /// Gives everything back to where it was taken from.
    fn put_back(self, state: &mut State) {
        let Few { state: mut few, server, mut done, .. } = self;
        if let Some(host) = few.hosts.remove(server) {
            let host = Arc::unwrap_or_clone(host);
            done.extend(host.connectors);
            state.hosts.insert(server.to_owned(), Arc::new(Host { server: host.server, connectors: done }));
        }
        state.organization = few.organization;
    }

    fn bring_all(&mut self, tasks: &mut Vec<Task>, removals: &mut Vec<Task>) {
        loop {
            let before = self.lines.len();
            tasks.retain_mut(|task| !self.go(task, removals));
            if tasks.is_empty() || self.lines.len() == before {
                return;
            }
        }
    }

    /// Brings one as far as it goes, with the removals that it needs; whether it is done.
    fn go(&mut self, task: &mut Task, removals: &mut Vec<Task>) -> bool {
        loop {
            if self.advance(task) {
                return true;
            }
            if !self.make_room(task, removals) {
                return false;
            }
        }
    }

    fn host(&self) -> Option<&Host> {
        self.state.hosts.get(self.server).map(Arc::as_ref)
    }

    fn next(&self, task: &Task, state: &State) -> Option<Line> {
        let host = state.hosts.get(self.server)?;
        let present = task.now.as_deref().and_then(|name| host.connector(name));
        let wanted = task.then.as_deref().and_then(|name| self.goal.get(name).copied());
        next_line::connector(host, present, wanted, &state.directory)
    }

    /// Writes the lines of a task down, as far as they are not refused; whether it is done.
    fn advance(&mut self, task: &mut Task) -> bool {
        let mut last = String::new();
        while let Some(line) = self.next(task, &self.state) {
            let text = line.to_string();
            // A line after which the same line is to follow says what a cmdlet does not take from it.
            if text == last {
                break;
            }
            if !self.take(line, task) {
                return false;
            }
            task.now.clone_from(&task.then);
            last = text;
        }
        self.finish(task);
        true
    }

    /// Runs a line that brings a connector into nobody's way.
    fn take(&mut self, line: Line, task: &Task) -> bool {
        let (Some(goal), Some(host)) =
            (task.then.as_deref().and_then(|name| self.goal.get(name).copied()), self.host())
        else {
            return false;
        };
        let before = task.now.as_deref().and_then(|name| host.connector(name)).cloned();
        let mut after = self.state.hosts.clone();
        std::mem::swap(&mut after, &mut self.state.hosts);
        let ran = run(&mut self.state, &line, self.context).is_ok();
        let is_harmless = |made: &ReceiveConnector| {
            same_claim(made, goal) || before.as_ref().is_some_and(|before| same_claim(made, before))
        };
        let is_taken =
            ran && self.host().and_then(|host| host.connector(&goal.name)).is_some_and(is_harmless);
        if is_taken {
            self.lines.push(line);
        } else {
            self.state.hosts = after;
        }
        is_taken
    }

    /// What is as it is to be needs not be looked at any more.
    fn finish(&mut self, task: &Task) {
        let Some(host) = self.state.hosts.get_mut(self.server).map(Arc::make_mut) else { return };
        let at = host.connectors.iter().position(|one| Some(&one.name) == task.then.as_ref());
        let is_there = |at: &usize| {
            let made = &host.connectors[*at];
            self.goal.get(made.name.as_str()).is_some_and(|goal| same_claim(made, goal))
        };
        if let Some(at) = at.filter(is_there) {
            self.done.push(host.connectors.remove(at));
        }
    }

    /// Removes the first connector without which one that waits can go on; whether there is one.
    fn make_room(&mut self, waiting: &Task, removals: &mut Vec<Task>) -> bool {
        for at in 0..removals.len() {
            let Some(removal) = self.next(&removals[at], &self.state) else { continue };
            let hosts = self.state.hosts.clone();
            if run(&mut self.state, &removal, self.context).is_ok() {
                let without = self.state.hosts.clone();
                let next = self.next(waiting, &self.state);
                let frees = next.is_some_and(|next| run(&mut self.state, &next, self.context).is_ok());
                self.state.hosts = without;
                if frees {
                    self.lines.push(removal);
                    removals.remove(at);
                    return true;
                }
            }
            self.state.hosts = hosts;
        }
        false
    }
}
