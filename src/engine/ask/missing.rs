//! Values that a call cannot do without, asked for as the Exchange Management Shell does (spec: Prompts).

use super::left;
use crate::answer::{Exit, Problem};
use crate::cmdlet::{Args, Cmdlet, Missing, to_type};
use crate::output::Ui;
use crate::output::prompt::Asker;
use crate::param::{Argument, Param, Value};

/// Fills in what is missing, where somebody can be asked and may be.
///
/// # Errors
/// Exit 2 with everything that is missing and the line to run, where it is not interactive or the line is one
/// that never asks; exit 1 for a list that was left empty; exit 130 or 143 where the user went away.
pub fn complete(
    cmdlet: &'static Cmdlet,
    mut args: Args,
    asker: Option<&mut dyn Asker>,
    ui: &mut Ui<'_>,
) -> Result<Args, Problem> {
    let missing = cmdlet.missing(&args);
    if missing.is_empty() {
        return Ok(args);
    }
    let Some(asker) = asker.filter(|_| missing.iter().all(|missing| missing.ask)) else {
        return Err(lacking(cmdlet, &args, &missing));
    };
    let title = format!("cmdlet {} at command pipeline position 1", cmdlet.name());
    for line in ["", &title, "Supply values for the following parameters:", "(Type !? for Help.)"] {
        ui.say(line);
    }
    for Missing { param, .. } in missing {
        // The product's cmdlets take one object, and ask so.
        let several = param.kind.is_multivalued() && !param.kind.is_identities();
        let value = if several { list(param, asker, ui)? } else { scalar(param, asker, ui)? };
        args.push(param, Argument::Set(value));
    }
    Ok(args)
}

/// Asks for one value until one is read.
///
/// # Errors
/// Exit 130 or 143 where the user went away.
pub fn scalar(param: &'static Param, asker: &mut dyn Asker, ui: &mut Ui<'_>) -> Result<Value, Problem> {
    let label = format!("{}: ", param.name);
    loop {
        let typed = answer(&label, param, asker, ui)?;
        let read = if typed.is_empty() { Err(empty(param, "string")) } else { read(param, &typed) };
        match read {
            Ok(value) => return Ok(value),
            Err(problem) => ui.error(&problem, false),
        }
    }
}

/// Asks for the values of a list, one a line, until an empty line.
///
/// # Errors
/// Exit 1 where there is none, exit 130 or 143 where the user went away.
pub fn list(param: &'static Param, asker: &mut dyn Asker, ui: &mut Ui<'_>) -> Result<Value, Problem> {
    let mut texts: Vec<String> = Vec::new();
    loop {
        let label = format!("{}[{}]: ", param.name, texts.len());
        let typed = answer(&label, param, asker, ui)?;
        if typed.is_empty() {
            let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
            return if texts.is_empty() {
                Err(empty(param, "array"))
            } else {
                Ok(param.kind.parse_all(param.name, &texts)?)
            };
        }
        match read(param, &typed) {
            Ok(_) => texts.push(typed),
            Err(problem) => ui.error(&problem, false),
        }
    }
}

/// What is typed, blanks around it left out; `!?` tells what is asked for and asks again.
fn answer(
    label: &str,
    param: &'static Param,
    asker: &mut dyn Asker,
    ui: &mut Ui<'_>,
) -> Result<String, Problem> {
    loop {
        let typed = asker.line(label).map_err(left)?;
        match typed.trim() {
            "!?" => help(param, ui),
            typed => return Ok(typed.to_owned()),
        }
    }
}

/// The parameter's help, and an example of what to type.
fn help(param: &'static Param, ui: &mut Ui<'_>) {
    ui.say(param.help);
    let names = param.kind.names();
    ui.say(&match names {
        [] => format!("Expected: {}. Ctrl-C cancels; nothing is changed.", param.sample()),
        names => format!("One of {}. Ctrl-C cancels; nothing is changed.", names.join(", ")),
    });
}

/// A text as a value: it is the value, nothing is quoted.
fn read(param: &'static Param, typed: &str) -> Result<Value, Problem> {
    Ok(param.kind.parse_all(param.name, &[typed])?)
}

/// PowerShell's sentence for a value that is nothing.
fn empty(param: &'static Param, what: &str) -> Problem {
    let message = format!("Cannot bind argument to parameter '{}' because it is an empty {what}", param.name);
    Problem::new(Exit::Refused, message)
        .hint(format!("-{} takes a value, such as {}", param.name, param.sample()))
        .about(param.name)
}

/// PowerShell's sentence for what is missing, and the whole line to run.
fn lacking(cmdlet: &'static Cmdlet, args: &Args, missing: &[Missing]) -> Problem {
    let names: Vec<&str> = missing.iter().map(|missing| missing.param.name).collect();
    let wanted = missing.iter().map(|missing| format!("-{} {}", missing.param.name, missing.param.sample()));
    let line: Vec<String> = std::iter::once(to_type(cmdlet, args, None)).chain(wanted).collect();
    let message = "Cannot process command because of one or more missing mandatory parameters";
    let problem =
        Problem::new(Exit::NotUnderstood, format!("{message}: {}", names.join(" "))).hint(line.join(" "));
    match missing.first() {
        Some(first) => problem.about(first.param.name),
        None => problem,
    }
}
