//! What a change did, in a line for each property: before and after, of a list what was added and removed.

use std::collections::{HashMap, HashSet};

use super::change::Tried;
use super::{Run, message};
use crate::cmdlet::runbook::PATH;
use crate::cmdlet::{Cmdlet, Difference, Question};
use crate::output::Ui;
use crate::param::{Value, Verb};

/// The most lines.
const LINES: usize = 20;
/// The most elements of a list on a line.
const ELEMENTS: usize = 8;

/// So many targets `-WhatIf` names one by one; the table that follows names them all.
const NAMED: usize = 5;

/// What the call would be done to: each target that it asks about, of many their number; of a call that asks nothing,
/// what it changes. An import that asks about what it removes changes the others as well.
pub(super) fn targets(run: &Run<'_, '_>, tried: &Tried) -> Vec<(&'static str, String)> {
    let operation: &'static str = run.call.cmdlet.verb.into();
    match tried.questions.as_slice() {
        [] if tried.differences.is_empty() => Vec::new(),
        [] => match run.call.args.text(&PATH).filter(|_| run.call.cmdlet.runs_lines) {
            Some(name) => vec![(operation, format!("{name}: {}", message::objects(&tried.differences)))],
            None => named(operation, &message::meant(run.call.cmdlet, &tried.differences)),
        },
        [first, ..] if tried.questions.len() > NAMED => {
            vec![(first.operation, format!("{} objects", tried.questions.len()))]
        }
        few => {
            let asked = few.iter().map(|question| (question.operation, question.target.clone()));
            asked.chain(named(operation, &beside(few, operation, &tried.differences))).collect()
        }
    }
}

/// Each object that differs, of many their number.
fn named(operation: &'static str, differences: &[Difference]) -> Vec<(&'static str, String)> {
    let mut names = message::names(differences);
    if names.len() > NAMED {
        return vec![(operation, format!("{} objects", names.len()))];
    }
    // A server and its subscription are two objects and one name.
    let mut seen = HashSet::new();
    names.retain(|name| seen.insert(*name));
    names.into_iter().map(|name| (operation, name.to_owned())).collect()
}

/// What a call changes beside what it asks about, where all of its questions are about what another verb does.
fn beside(questions: &[Question], operation: &str, differences: &[Difference]) -> Vec<Difference> {
    let is_another = |one: &Question| one.operation != operation && one.operation.parse::<Verb>().is_ok();
    if !questions.iter().all(is_another) {
        return Vec::new();
    }
    let asked: HashSet<&String> =
        questions.iter().flat_map(|one| one.along.iter().chain([&one.target])).collect();
    differences.iter().filter(|one| !asked.contains(&one.identity)).cloned().collect()
}

/// Whether the user is shown what the cmdlet will change, before it is asked for: others name it in the question.
pub(super) fn is_shown(cmdlet: &Cmdlet) -> bool {
    matches!(cmdlet.verb, Verb::Set | Verb::Undo | Verb::Restore)
}

/// Whether the user is shown what the cmdlet changed: what others create, they print.
pub(super) fn is_reported(cmdlet: &Cmdlet) -> bool {
    is_shown(cmdlet) || cmdlet.verb == Verb::Remove
}

/// Shows the differences.
pub(super) fn show(differences: &[Difference], ui: &mut Ui<'_>) {
    let lines = lines(differences);
    lines.iter().take(LINES).for_each(|line| ui.say(line));
    if let Some(more) = lines.len().checked_sub(LINES).filter(|more| *more > 0) {
        ui.say(&format!("and {more} more changes; exch compare-storerevision HEAD~1 shows them all"));
    }
}

/// What becomes of one object, a line for each property.
pub(super) fn of(target: &str, differences: &[Difference]) -> Vec<String> {
    let of_it = differences.iter().filter(|difference| difference.identity == target);
    of_it
        .map(|Difference { property, before, after, .. }| format!("{property} {}", changed(before, after)))
        .collect()
}

/// A line for each difference; an object that was created or removed is one.
pub(super) fn lines(differences: &[Difference]) -> Vec<String> {
    let mut whole: HashMap<(&str, &str), (bool, bool)> = HashMap::new();
    for Difference { noun, identity, before, after, .. } in
        differences.iter().filter(|one| one.property == "Name")
    {
        whole.entry((noun, identity)).or_insert((*before == Value::Null, *after == Value::Null));
    }
    let line = |Difference { noun, identity, property, before, after }: &Difference| match whole
        .get(&(*noun, identity.as_str()))
    {
        Some((true, _)) if *property == "Name" => Some(format!("{identity}: created")),
        Some((_, true)) if *property == "Name" => Some(format!("{identity}: removed")),
        Some((true, _) | (_, true)) => None,
        _ => Some(format!("{identity}: {property} {}", changed(before, after))),
    };
    differences.iter().filter_map(line).collect()
}

fn changed(before: &Value, after: &Value) -> String {
    let (old, new) = (before.elements(), after.elements());
    let is_list = matches!(
        (before, after),
        (Value::List(_) | Value::Null, Value::List(_)) | (Value::List(_), Value::Null)
    );
    if is_list {
        let beside = |all: &[Value], others: &[Value]| -> Vec<String> {
            all.iter().filter(|one| !others.contains(one)).map(ToString::to_string).collect()
        };
        let (added, removed) = (beside(&new, &old), beside(&old, &new));
        let parts = [("added", added), ("removed", removed)];
        let parts: Vec<String> = parts
            .iter()
            .filter(|(_, all)| !all.is_empty())
            .map(|(word, all)| format!("{word} {}", some(all)))
            .collect();
        if !parts.is_empty() {
            return parts.join("; ");
        }
    }
    format!("{} → {}", shown(before), shown(after))
}

/// The first of many.
fn some(all: &[String]) -> String {
    let first: Vec<&str> = all.iter().take(ELEMENTS).map(String::as_str).collect();
    match all.len().saturating_sub(ELEMENTS) {
        0 => first.join(", "),
        more => format!("{} and {more} more", first.join(", ")),
    }
}

fn shown(value: &Value) -> String {
    match value {
        Value::Null => "(none)".to_owned(),
        value if value.to_string().is_empty() => "(blank)".to_owned(),
        Value::List(items) if items.is_empty() => "(none)".to_owned(),
        Value::List(items) => some(&items.iter().map(ToString::to_string).collect::<Vec<_>>()),
        Value::Size(size) => size.short(),
        value => value.to_string(),
    }
}
