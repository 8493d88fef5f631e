//! What the user is asked: values that are missing, and whether to go on. Never while the lock is held.

use super::Options;
use crate::answer::{Exit, Problem};
use crate::cmdlet::{Answers, Args, Call, Cmdlet, Missing, Question};
use crate::powershell::quote;

/// The user went away: Ctrl-C at a prompt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Interrupted;

/// Somebody at a terminal.
pub trait Asker {
    /// Asks whether to go on with a question of several; `default` is what an empty answer means.
    ///
    /// # Errors
    /// [`Interrupted`] on Ctrl-C.
    fn confirm(&mut self, question: &Question, of: usize, default: bool)
    -> Result<Confirmation, Interrupted>;
}

/// An answer to a confirmation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Confirmation {
    /// This one.
    Yes,
    /// This one and the others.
    All,
    /// Not this one.
    No,
    /// None of them.
    NoneAtAll,
}

/// Fills in what is missing at a terminal.
///
/// # Errors
/// Exit 2 with everything that is missing and the line to run, where nobody can be asked.
pub fn complete(
    cmdlet: &'static Cmdlet,
    args: Args,
    _asker: Option<&mut dyn Asker>,
) -> Result<Args, Problem> {
    let missing = cmdlet.missing(&args);
    if missing.is_empty() { Ok(args) } else { Err(lacking(cmdlet, &args, &missing)) }
}

/// PowerShell's sentence for what is missing, and the whole line to run.
fn lacking(cmdlet: &'static Cmdlet, args: &Args, missing: &[Missing]) -> Problem {
    let names: Vec<&str> = missing.iter().map(|missing| missing.param.name).collect();
    let given = args.iter().map(|(param, argument)| crate::cmdlet::written(param, argument));
    let wanted =
        missing.iter().map(|missing| format!("-{} {}", missing.param.name, missing.param.kind.example()));
    let line: Vec<String> = given.chain(wanted).collect();
    let problem = Problem::new(
        Exit::NotUnderstood,
        format!(
            "Cannot process command because of one or more missing mandatory parameters: {}",
            names.join(" ")
        ),
    );
    let problem = problem.hint(format!("exch {} {}", cmdlet.name().to_lowercase(), line.join(" ")));
    match missing.first() {
        Some(first) => problem.about(first.param.name),
        None => problem,
    }
}

/// Asks the questions that a change raised.
///
/// # Errors
/// Exit 2 where nobody can be asked, exit 130 on Ctrl-C.
pub fn confirm(
    questions: &[Question],
    call: &Call<'_>,
    options: &Options,
    asker: Option<&mut dyn Asker>,
    answers: &mut Answers,
) -> Result<(), Problem> {
    let open: Vec<&Question> = questions.iter().filter(|question| is_asked(question, options)).collect();
    if open.is_empty() {
        return Ok(());
    }
    let Some(asker) = asker else { return Err(cannot_ask(&open, call)) };
    for (at, question) in open.iter().enumerate() {
        let answer = asker.confirm(question, open.len() - at, !question.removes);
        let answer = answer
            .map_err(|Interrupted| Problem::new(Exit::Interrupted, "interrupted: nothing was changed"))?;
        let target = || question.target.clone();
        match answer {
            Confirmation::Yes => drop(answers.insert(target(), true)),
            Confirmation::No => drop(answers.insert(target(), false)),
            Confirmation::All | Confirmation::NoneAtAll => {
                let yes = answer == Confirmation::All;
                answers.extend(open.iter().skip(at).map(|question| (question.target.clone(), yes)));
                return Ok(());
            }
        }
    }
    Ok(())
}

/// Whether a question is put: `-Confirm:false` never, `-Confirm` always, else those that always are.
#[must_use]
pub fn is_asked(question: &Question, options: &Options) -> bool {
    options.confirm.unwrap_or(question.always)
}

fn cannot_ask(questions: &[&Question], call: &Call<'_>) -> Problem {
    let targets: Vec<String> = questions
        .iter()
        .map(|question| {
            let along = if question.along.is_empty() {
                String::new()
            } else {
                format!(" (with {})", question.along.join(", "))
            };
            format!("{}{along}", quote::powershell(&question.target))
        })
        .collect();
    let operation = questions.first().map_or("change", |question| question.operation).to_lowercase();
    Problem::new(
        Exit::NotUnderstood,
        format!("nobody can be asked whether to {operation} {}", targets.join(", ")),
    )
    .hint(format!("add -Confirm:false: exch {} -Confirm:false", call.line()))
    .about("Confirm")
}
