//! Whether to go on, asked as the Exchange Management Shell asks, with what would go (spec: Prompts).

use super::left;
use crate::answer::{Exit, Problem};
use crate::cmdlet::shared::common_params;
use crate::cmdlet::{Answers, Args, Cmdlet, Difference, Question, to_type};
use crate::engine::{Options, changes};
use crate::output::Ui;
use crate::output::prompt::Asker;
use crate::powershell::quote;

/// The most objects that a question lists by name.
const LISTED: usize = 20;

/// PowerShell's own words for `?`.
const HELP: [&str; 4] = [
    "Y - Continue with only the next step of the operation.",
    "A - Continue with all the steps of the operation.",
    "N - Skip this operation and proceed with the next operation.",
    "L - Skip this operation and all subsequent operations.",
];

/// An answer to one question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Confirmation {
    Yes,
    All,
    No,
    NoneAtAll,
}

/// Asks the questions that a change raised, each with what it would change, and notes the answers down; whether any was
/// asked. The call as typed is for the hint.
///
/// # Errors
/// Exit 2 where it is not interactive, exit 130 or 143 where the user went away.
pub fn confirm(
    (questions, changes): (&[Question], &[Difference]),
    (cmdlet, typed): (&Cmdlet, &Args),
    options: &Options,
    asker: Option<&mut dyn Asker>,
    answers: &mut Answers,
    ui: &mut Ui<'_>,
) -> Result<bool, Problem> {
    let open: Vec<&Question> = questions.iter().filter(|question| is_asked(question, options)).collect();
    if open.is_empty() {
        return Ok(false);
    }
    let Some(asker) = asker else { return Err(cannot_ask(&open, cmdlet, typed)) };
    if open.len() > 1 {
        ui.say("");
        ui.say(&format!("{} objects:", open.len()));
        listed(open.iter().map(|question| question.target.as_str()), ui);
    }
    for (at, question) in open.iter().enumerate() {
        let answer = one(question, &changes::of(&question.target, changes), asker, ui)?;
        match answer {
            Confirmation::Yes | Confirmation::No => {
                answers.insert(question.target.clone(), answer == Confirmation::Yes);
            }
            Confirmation::All | Confirmation::NoneAtAll => {
                let yes = answer == Confirmation::All;
                answers.extend(open.iter().skip(at).map(|question| (question.target.clone(), yes)));
                break;
            }
        }
    }
    Ok(true)
}

/// Whether a question is put: `-Confirm:false` never, `-Confirm` always, else those that always are.
#[must_use]
pub fn is_asked(question: &Question, options: &Options) -> bool {
    options.confirm.unwrap_or(question.always)
}

/// One question, put until it is answered.
fn one(
    question: &Question,
    changes: &[String],
    asker: &mut dyn Asker,
    ui: &mut Ui<'_>,
) -> Result<Confirmation, Problem> {
    let Question { operation, target, along, removes, .. } = question;
    let default = if *removes { Confirmation::No } else { Confirmation::Yes };
    for line in ["", "Confirm", "Are you sure you want to perform this action?"] {
        ui.say(line);
    }
    ui.say(&format!("Performing the operation \"{operation}\" on target \"{target}\"."));
    listed(changes.iter().map(String::as_str), ui);
    if !along.is_empty() {
        ui.say("These go with it:");
        listed(along.iter().map(String::as_str), ui);
    }
    let letter = if *removes { "N" } else { "Y" };
    let label =
        format!("[Y] Yes  [A] Yes to All  [N] No  [L] No to All  [?] Help (default is \"{letter}\"): ");
    loop {
        let typed = asker.line(&label).map_err(left)?;
        match typed.trim().to_ascii_lowercase().as_str() {
            "" => return Ok(default),
            "y" | "yes" => return Ok(Confirmation::Yes),
            "a" | "yes to all" => return Ok(Confirmation::All),
            "n" | "no" => return Ok(Confirmation::No),
            "l" | "no to all" => return Ok(Confirmation::NoneAtAll),
            "?" | "help" | "!?" => HELP.iter().for_each(|line| ui.say(line)),
            _ => {}
        }
    }
}

/// Names, one a line; of very many, the first.
fn listed<'n>(names: impl Iterator<Item = &'n str>, ui: &mut Ui<'_>) {
    let names: Vec<&str> = names.collect();
    names.iter().take(LISTED).for_each(|name| ui.say(&format!("    {name}")));
    if let Some(more) = names.len().checked_sub(LISTED).filter(|more| *more > 0) {
        ui.say(&format!("    and {more} more"));
    }
}

fn cannot_ask(questions: &[&Question], cmdlet: &Cmdlet, typed: &Args) -> Problem {
    let target = |question: &&Question| match question.along.as_slice() {
        [] => quote::powershell(&question.target),
        along => {
            let how = if question.operation == "Remove" { "with" } else { "which removes" };
            format!("{} ({how} {})", quote::powershell(&question.target), along.join(", "))
        }
    };
    let targets: Vec<String> = questions.iter().map(target).collect();
    let operation = questions.first().map_or("change", |question| question.operation).to_lowercase();
    Problem::new(Exit::NotUnderstood, format!("cannot ask whether to {operation} {}", targets.join(", ")))
        .hint(format!(
            "add -Confirm:false: {} -Confirm:false",
            to_type(cmdlet, typed, Some(&common_params::CONFIRM))
        ))
        .about("Confirm")
}
