//! The guided way at a terminal: one step after the other until the call is whole, then what it would do.

use std::rc::Rc;

use super::ask::{self, left};
use super::{Run, change};
use crate::answer::{Exit, Problem};
use crate::cmdlet::shared::wizard::{Asks, Guide, Names, Settled, Step};
use crate::cmdlet::{Answers, Args, Call, Cmdlet, Difference, Draft, Question, to_type};
use crate::output::prompt::Asker;
use crate::output::{self, Format, Ui};
use crate::param::{Argument, Param, Value, merged};

/// The guide for a call to which nothing was given, but for parameters of our own such as `-Store`.
#[must_use]
pub fn of(cmdlet: &Cmdlet, args: &Args) -> Option<&'static Guide> {
    cmdlet.guide.filter(|_| args.iter().all(|(param, _)| param.is_ours()))
}

/// Asks step by step until the call could be run. What a rule refuses is asked for again.
///
/// # Errors
/// What no answer can fix, and exit 130 or 143 where the user went away.
pub fn fill(guide: &'static Guide, run: &mut Run<'_, '_>, ui: &mut Ui<'_>) -> Result<(), Problem> {
    ui.say(&format!("{}, step by step. Ctrl-C cancels; nothing is changed.", run.call.cmdlet.synopsis));
    loop {
        let next =
            change::on_draft(run, &Answers::new(), |run, draft| match (guide.next)(&run.call, draft)? {
                Some(step) => Ok(Err(step)),
                None => whole_call(guide, run, draft).map(Ok),
            });
        match next.map(|(step, _)| step) {
            Ok(Ok(Settled { args, then })) => {
                (run.call.args, run.call.then) = (args, then);
                return Ok(());
            }
            Ok(Err(step)) => {
                let Some(asker) = run.asker.as_deref_mut() else { return Ok(()) };
                for (param, value) in answer(&step, run.call.cmdlet, asker, ui)? {
                    run.call.args.put(param, Argument::Set(value));
                }
            }
            Err(problem) if take_back(guide, &problem, &mut run.call.args) => {
                ui.error(&asked_again(problem, run.call.cmdlet), false);
            }
            Err(problem) => return Err(problem),
        }
    }
}

/// The call that the answers make, once it could be run.
fn whole_call(guide: &Guide, run: &Run<'_, '_>, draft: &mut Draft<'_>) -> Result<Settled, Problem> {
    let Settled { args, then } = (guide.settle)(&run.call, draft)?;
    let Call { cmdlet, context, .. } = &run.call;
    let call = Call { then, ..Call::new(cmdlet, args, Rc::clone(context)) };
    cmdlet.work(&call, draft)?;
    Ok(Settled { args: call.args, then: call.then })
}

/// Takes back the answer that a problem is about, and those that it goes together with; whether there was one.
fn take_back(guide: &Guide, problem: &Problem, args: &mut Args) -> bool {
    let about = |name: &str| problem.parameter == Some(name);
    let together = problem.exit == Exit::Conflict && guide.together.iter().any(|param| about(param.name));
    args.take_back(|param| {
        about(param.name) || together && guide.together.iter().any(|p| p.name == param.name)
    })
}

/// A problem as it is said before its answers are asked for again: a hint that names a parameter cannot be typed there.
fn asked_again(problem: Problem, cmdlet: &Cmdlet) -> Problem {
    let names_one =
        |hint: &String| (cmdlet.params)().iter().any(|param| hint.contains(&format!("-{} ", param.name)));
    if problem.hint.as_ref().is_some_and(names_one) { problem.at_prompt() } else { problem }
}

/// What one step answers: its parameter, and what else goes with the answer.
type Answered = Vec<(&'static Param, Value)>;

/// Asks one step.
fn answer(step: &Step, cmdlet: &Cmdlet, asker: &mut dyn Asker, ui: &mut Ui<'_>) -> Result<Answered, Problem> {
    let Step { param, says, asks } = step;
    ui.say("");
    says.iter().filter(|line| !line.is_empty()).for_each(|line| ui.say(line));
    match asks {
        Asks::Typed => Ok(vec![(param, typed(param, asker, ui)?)]),
        Asks::Decided(value) => {
            ui.say(&format!("{}: {}", param.name, shown(value)));
            Ok(vec![(param, value.clone())])
        }
        Asks::OneOf(heading, choices) => {
            let texts: Vec<String> = choices.iter().map(|choice| choice.text.clone()).collect();
            let chosen = choices.get(asker.choose(heading, &texts).map_err(left)?);
            let Some((choice, value)) = chosen.and_then(|choice| Some((choice, choice.value.clone()?)))
            else {
                chosen.iter().flat_map(|choice| &choice.says).for_each(|line| ui.say(line));
                return Ok(vec![(param, typed(param, asker, ui)?)]);
            };
            // A question of the guide's own has no parameter that a line could name.
            let is_own = (cmdlet.params)().iter().any(|own| own.name == param.name);
            let (asked, answered) =
                if is_own { (param.name, shown(&value)) } else { (heading.as_str(), choice.text.clone()) };
            ui.say(&format!("{asked}: {answered}"));
            choice.says.iter().for_each(|line| ui.say(line));
            Ok(std::iter::once((*param, value)).chain(choice.also.iter().cloned()).collect())
        }
        Asks::AnyOf(names) => {
            let value = any_of(param, names, asker, ui)?;
            ui.say(&format!("{}: {}", param.name, shown(&value)));
            Ok(vec![(param, value)])
        }
    }
}

/// Asks for names until at least one is chosen.
fn any_of(
    param: &'static Param,
    Names { heading, names, none }: &Names,
    asker: &mut dyn Asker,
    ui: &mut Ui<'_>,
) -> Result<Value, Problem> {
    let longest = names.iter().map(|(name, ..)| name.len()).max().unwrap_or(0);
    let text = |(name, says, marked): &(&str, String, bool)| (format!("{name:longest$}  {says}"), *marked);
    let options: Vec<(String, bool)> = names.iter().map(text).collect();
    loop {
        let marked = asker.check(heading, &options).map_err(left)?;
        let chosen: Vec<&str> =
            marked.iter().filter_map(|at| names.get(*at)).map(|(name, ..)| *name).collect();
        if !chosen.is_empty() {
            return Ok(param.kind.parse_all(param.name, &chosen)?);
        }
        ui.say(none);
    }
}

/// A value that was chosen, without the braces of a list.
fn shown(value: &Value) -> String {
    let texts: Vec<String> = value.elements().iter().map(ToString::to_string).collect();
    if texts.is_empty() { value.to_string() } else { texts.join(", ") }
}

/// Asks for what the parameter takes.
fn typed(param: &'static Param, asker: &mut dyn Asker, ui: &mut Ui<'_>) -> Result<Value, Problem> {
    if param.kind.is_multivalued() { ask::list(param, asker, ui) } else { ask::scalar(param, asker, ui) }
}

/// Shows what the call would do, what the rules say to it, and the line that does the same.
pub(crate) fn preview(run: &Run<'_, '_>, tried: &change::Tried, ui: &mut Ui<'_>) -> Result<(), Problem> {
    let objects: Vec<_> = tried.differences.iter().map(Difference::object).collect();
    let properties = ["Identity", "Property", "After"].map(str::to_owned);
    let table = output::render(&objects, Format::Table, &properties, ui.err_screen())?;
    ui.say("");
    ui.say("This is what it makes:");
    table.lines().for_each(|line| ui.say(line));
    for warning in merged(&tried.outcome.warnings) {
        ui.warning(&warning.sentence(), warning.hint.as_deref());
    }
    ui.say("");
    let Call { cmdlet, args, then, .. } = &run.call;
    ui.say(if then.is_empty() { "The line that makes the same:" } else { "The lines that make the same:" });
    for (cmdlet, args) in std::iter::once((*cmdlet, args)).chain(then.iter().map(|(c, args)| (*c, args))) {
        ui.say(&format!("    {}", to_type(cmdlet, args, None)));
    }
    Ok(())
}

/// The question whether to go on with a call as a whole.
#[must_use]
pub fn whole(run: &Run<'_, '_>, tried: &change::Tried) -> Question {
    let object = tried.outcome.objects.first();
    let named = object.and_then(|object| object.get(object.shape.name)).map(ToString::to_string);
    let target = named.or_else(|| tried.differences.first().map(|d| d.identity.clone())).unwrap_or_default();
    let operation: &'static str = run.call.cmdlet.verb.into();
    let removes = run.call.cmdlet.verb == crate::param::Verb::Remove;
    Question { operation, target, along: Vec::new(), removes, always: true }
}
