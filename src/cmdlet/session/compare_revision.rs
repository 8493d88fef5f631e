//! -Against: the answer as of another revision, and what has changed since.

use crate::answer::{Exit, Object, Problem};
use crate::cmdlet::args::Args;
use crate::cmdlet::session::params::AGAINST;
use crate::cmdlet::session::test::Asked;
use crate::cmdlet::transaction::{Answers, Draft, Outcome, short};
use crate::manual::{Block, Report};
use crate::param::Value;

/// Adds the answer as of `revision` to the outcome, and to the report what differs from the one that stands there.
///
/// # Errors
/// Exit 4 where there is no such revision; a server that it does not have is reported.
pub fn add(
    revision: &str,
    args: &Args,
    draft: &Draft<'_>,
    outcome: &mut Outcome,
    report: &mut Report,
) -> Result<(), Problem> {
    let past = draft.past(revision, &AGAINST)?;
    let mut old = Draft::new(&*past.source, draft.archive(), Answers::new())?;
    let name = short(&past.id).to_owned();
    report.blocks.push(Block::Section("Changed"));
    match Asked::of(args, &mut old) {
        Ok(asked) => {
            let answer = asked.answer(Some(name.clone()));
            let before = answer.object();
            let changed = outcome.objects.first().map(|now| changes(&before, now)).unwrap_or_default();
            report.blocks.push(Block::prose(match changed.is_empty() {
                true => format!("Nothing: as of {name} the answer was the same."),
                false => format!("As of {name}: {}", answer.sentence()),
            }));
            report.blocks.extend((!changed.is_empty()).then_some(Block::Entries(changed)));
            outcome.objects.push(before);
        }
        Err(problem) if problem.exit == Exit::NotFound => {
            report.blocks.push(Block::prose(format!("As of {name} the store had no such server.")));
        }
        Err(problem) => return Err(problem),
    }
    Ok(())
}

/// What follows from other properties, and would say everything twice.
const FOLLOWS: [&str; 5] = ["Message", "Candidates", "Dialogue", "Remedies", "Revision"];

/// The properties that differ: of a list what is gone and what is new, of others the old and the new value. How a
/// message is treated is compared where both sessions take one.
fn changes(before: &Object, now: &Object) -> Vec<(String, String)> {
    let describe = |(name, value): &(&'static str, Value)| {
        let old = before.get(name)?;
        let taken = |object: &Object| object.get("Internal").is_some_and(|value| *value != Value::Null);
        let compared =
            if name.starts_with("Headers") { taken(before) && taken(now) } else { !FOLLOWS.contains(name) };
        let both =
            *old != Value::Null && *value != Value::Null || matches!(*name, "Connector" | "Reply" | "Code");
        (old != value && compared && both).then(|| ((*name).to_owned(), change(old, value)))
    };
    now.cells.iter().filter_map(describe).collect()
}

fn change(old: &Value, new: &Value) -> String {
    let (Value::List(old), Value::List(new)) = (old, new) else {
        let shown = |value: &Value| match value {
            Value::Null => "nothing".to_owned(),
            value => format!("`{value}`"),
        };
        return format!("was {}, is {}", shown(old), shown(new));
    };
    let only = |here: &[Value], there: &[Value], what: &str| {
        let only: Vec<_> =
            here.iter().filter(|one| !there.contains(one)).map(|one| format!("`{one}`")).collect();
        (!only.is_empty()).then(|| format!("{what} {}", only.join(", ")))
    };
    let parts = [only(old, new, "was"), only(new, old, "is")];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    if parts.is_empty() { "in another order".to_owned() } else { parts.join("; ") }
}
