//! The lines that lead from one state of a store to another, in an order in which no state on the way breaks a rule.
//!
//! Every line is tried on a store in memory before it is written down: what a cmdlet refuses waits for the others, and
//! what still waits then gets a removal out of its way, or a detour. So the order follows from the rules and is written
//! nowhere.

use std::collections::HashSet;
use std::rc::Rc;

use super::Line;
use super::by_server;
use super::detour::detour;
use super::task::{Place, Task, tasks};
use crate::answer::Problem;
use crate::cmdlet::accepted_domain::references;
use crate::cmdlet::args::{Call, Context};
use crate::cmdlet::transaction::{Answers, Difference, Draft, State};

/// Lines, and what they do not reach.
#[derive(Default)]
pub struct Path {
    /// The lines, in order.
    pub lines: Vec<Line>,
    /// Objects that no line brings to what they are to be, each with what is missing and why.
    pub unreached: Vec<(String, String)>,
}

/// The lines that make `goal` of `from`.
#[must_use]
pub fn path(from: State, goal: &State, context: &Rc<Context<'_>>) -> Path {
    let mut way = Way { state: from, goal, context, path: Path::default(), detoured: HashSet::new() };
    // Setup's connectors are there once a server is, and a subscription makes and takes away Send connectors: what
    // differs is looked up anew when everything was brought on its way.
    loop {
        let before = way.path.lines.len();
        let servers = |task: &Task| matches!(task.place, Place::Store | Place::Server) && !task.removes();
        let mut all = tasks(&way.state, goal);
        if all.iter().any(servers) {
            all.retain(servers);
        }
        let refused = way.walk(all);
        if way.path.lines.len() == before {
            let reported = |identity: &String| refused.iter().any(|(other, _)| other == identity);
            let differs = way.state.differences_by_name(goal).into_iter().map(|one| {
                let Difference { identity, property, before, after, .. } = one;
                (identity, format!("{property} stays `{before}`, where `{after}` is wanted"))
            });
            way.path.unreached.extend(differs.filter(|(identity, _)| !reported(identity)));
            way.path.unreached.extend(refused);
            return way.path;
        }
    }
}

struct Way<'a, 'w> {
    state: State,
    goal: &'a State,
    context: &'a Rc<Context<'w>>,
    path: Path,
    /// Objects that took a detour: each takes one.
    detoured: HashSet<String>,
}

impl Way<'_, '_> {
    /// Brings everything as far as it goes; gives what is refused, with the reasons.
    fn walk(&mut self, all: Vec<Task>) -> Vec<(String, String)> {
        let (mut removals, mut waiting): (Vec<Task>, Vec<Task>) = all.into_iter().partition(Task::removes);
        // Who depends on others goes before them.
        removals.reverse();
        let is_connector = |task: &Task| matches!(task.place, Place::Connector(_));
        let first = waiting.iter().position(is_connector).unwrap_or(waiting.len());
        let mut others = waiting.split_off(first);
        self.bring(&mut waiting);
        let lines = by_server::bring(&mut self.state, self.goal, self.context, (&mut others, &mut removals));
        self.path.lines.extend(lines);
        waiting.append(&mut others);
        loop {
            self.bring(&mut waiting);
            if waiting.is_empty()
                || !(self.make_room(&waiting, &mut removals) || self.go_around(&mut waiting))
            {
                break;
            }
        }
        self.bring(&mut removals);
        if !removals.is_empty() || !waiting.is_empty() {
            self.bring(&mut waiting);
            self.bring(&mut removals);
        }
        let why = |task: &Task| {
            let line = task.next(&self.state, self.goal)?;
            let problem = run(&mut self.state.clone(), &line, self.context).err()?;
            Some((task.identity(), problem.message))
        };
        waiting.iter().chain(&removals).filter_map(why).collect()
    }

    /// Brings each task as far as it goes, again and again, until none goes any further; leaves those that wait.
    fn bring(&mut self, tasks: &mut Vec<Task>) {
        loop {
            let before = self.path.lines.len();
            tasks.retain_mut(|task| !self.advance(task));
            if tasks.is_empty() || self.path.lines.len() == before {
                return;
            }
        }
    }

    /// Writes the lines of a task down, as far as they are not refused; whether it is done.
    fn advance(&mut self, task: &mut Task) -> bool {
        let mut last = String::new();
        loop {
            let Some(line) = task.next(&self.state, self.goal) else { return true };
            let text = line.to_string();
            // A line after which the same line is to follow says what a cmdlet does not take from it.
            if text == last || self.take(line).is_err() {
                return text == last;
            }
            task.now.clone_from(&task.then);
            if task.removes() {
                return true;
            }
            last = text;
        }
    }

    fn take(&mut self, line: Line) -> Result<(), Problem> {
        run(&mut self.state, &line, self.context)?;
        self.path.lines.push(line);
        Ok(())
    }

    /// Removes the first object without which something that waits can go on; whether there is one.
    fn make_room(&mut self, waiting: &[Task], removals: &mut Vec<Task>) -> bool {
        let frees = |task: &Task| {
            let mut without = self.state.clone();
            let line = task
                .next(&self.state, self.goal)
                .filter(|line| run(&mut without, line, self.context).is_ok());
            line.filter(|_| {
                waiting
                    .iter()
                    .filter_map(|task| task.next(&without, self.goal))
                    .any(|next| run(&mut without.clone(), &next, self.context).is_ok())
            })
        };
        let found = removals.iter().enumerate().find_map(|(at, task)| Some((at, frees(task)?)));
        let Some((at, line)) = found else { return false };
        removals.remove(at);
        self.take(line).is_ok()
    }

    /// Moves the first object that can be moved out of the others' way; whether there is one.
    fn go_around(&mut self, waiting: &mut [Task]) -> bool {
        for task in waiting {
            let Some((line, name)) = detour(task, &self.state, self.goal) else { continue };
            if self.detoured.insert(task.identity()) && self.take(line).is_ok() {
                task.now = Some(name);
                return true;
            }
        }
        false
    }
}

/// Runs a line on `state`; nothing is changed where the cmdlet refuses it.
pub(super) fn run(state: &mut State, line: &Line, context: &Rc<Context<'_>>) -> Result<(), Problem> {
    let call = Call::new(line.cmdlet, line.args.clone(), Rc::clone(context));
    let mut draft = Draft::new(state, None, Answers::new())?;
    (line.cmdlet.run)(&call, &mut draft)?;
    references::check(&mut draft)?;
    let (changed, after) = (draft.changed(), draft.into_after());
    state.take(&changed, &after);
    Ok(())
}
