//! Values that a call cannot do without, asked for as the Exchange Management Shell does (spec: Prompts).

use super::offer::{choices, offer};
use super::{Lookup, left};
use crate::answer::{Exit, Problem};
use crate::cmdlet::{Args, Cmdlet, Missing, to_type};
use crate::output::Ui;
use crate::output::prompt::Asker;
use crate::param::{Argument, Completes, Kind, Param, Value};
use crate::powershell::quote;
use crate::powershell::words::{self, Listed};

/// Fills in what is missing, where somebody can be asked and may be. What a rule refuses of an answer is asked for again.
///
/// # Errors
/// Exit 2 with everything that is missing and the line to run, where it is not interactive or the line is one
/// that never asks; exit 130 or 143 where the user went away.
pub fn complete(
    cmdlet: &'static Cmdlet,
    mut args: Args,
    asker: Option<&mut dyn Asker>,
    lookup: &Lookup<'_>,
    ui: &mut Ui<'_>,
) -> Result<Args, Problem> {
    let missing = cmdlet.missing(&args);
    if missing.is_empty() {
        return Ok(args);
    }
    let Some(asker) = asker.filter(|_| missing.iter().all(|missing| missing.asked_by.is_none())) else {
        return Err(missing_problem(cmdlet, &args, &missing, lookup.names));
    };
    let title = format!("cmdlet {} at command pipeline position 1", cmdlet.name());
    for line in ["", &title, "Supply values for the following parameters:", "(Type !? for Help.)"] {
        ui.say(line);
    }
    let mut asked: Vec<&str> = Vec::new();
    loop {
        for Missing { param, .. } in cmdlet.missing(&args) {
            offer(cmdlet, &args, param, lookup, ui);
            let several = param.kind.is_multivalued() && !param.kind.is_identities();
            let value = if several { list(param, asker, ui)? } else { scalar(param, asker, ui)? };
            args.push(param, Argument::Set(value));
            asked.push(param.name);
        }
        match (lookup.tries)(&args) {
            Err(problem)
                if args.take_back(|param| is_about(&problem, param) && asked.contains(&param.name)) =>
            {
                ui.error(&problem.at_prompt(), false);
            }
            _ => return Ok(args),
        }
    }
}

fn is_about(problem: &Problem, param: &Param) -> bool {
    problem.parameter == Some(param.name)
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
            Err(problem) => ui.error(&problem.at_prompt(), false),
        }
    }
}

/// Asks for the values of a list, one or several a line, until an empty line.
///
/// # Errors
/// Exit 130 or 143 where the user went away.
pub fn list(param: &'static Param, asker: &mut dyn Asker, ui: &mut Ui<'_>) -> Result<Value, Problem> {
    let mut texts: Vec<String> = Vec::new();
    loop {
        let label = format!("{}[{}]: ", param.name, texts.len());
        let typed = answer(&label, param, asker, ui)?;
        if typed.is_empty() && !texts.is_empty() {
            let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
            return Ok(param.kind.parse_all(param.name, &texts)?);
        }
        let read = if typed.is_empty() { Err(empty(param, "array")) } else { elements(param, &typed) };
        match read {
            Ok(elements) => texts.extend(elements),
            Err(problem) => ui.error(&problem.at_prompt(), false),
        }
    }
}

/// The values on one line, as on a command line: with commas between them, with or without quotes.
fn elements(param: &'static Param, typed: &str) -> Result<Vec<String>, Problem> {
    let flags = matches!(param.kind, Kind::Flags(..));
    let read = if flags { words::flags(&[typed]) } else { words::list(&[typed]) };
    let elements = match read.map(|read| read.listed) {
        Ok(Listed::Elements(elements)) => elements,
        Ok(Listed::Edit { .. } | Listed::Null) => vec![typed.to_owned()],
        Err(why) => {
            let message = format!("parameter {}: `{typed}`: {why}", param.name);
            return Err(Problem::new(Exit::NotUnderstood, message)
                .hint("separate values by commas, or type one on each line")
                .about(param.name));
        }
    };
    let texts: Vec<&str> = elements.iter().map(String::as_str).collect();
    param.kind.parse_all(param.name, &texts)?;
    Ok(elements)
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
    let names = choices(param.kind);
    ui.say(&match names {
        [] => format!("Expected: {}. Ctrl-C cancels; nothing is changed.", param.sample()),
        names => format!("One of {}. Ctrl-C cancels; nothing is changed.", names.join(", ")),
    });
}

/// A text as a value: it is the value, nothing is quoted. Names of objects are parted at their commas, with or without
/// spaces beside them, unless they are quoted.
fn read(param: &'static Param, typed: &str) -> Result<Value, Problem> {
    if param.kind.is_identities() && !typed.starts_with(['\'', '"']) {
        let names: Vec<&str> = typed.split(',').map(str::trim).collect();
        return Ok(param.kind.parse_all(param.name, &[&names.join(",")])?);
    }
    Ok(param.kind.parse_all(param.name, &[typed])?)
}

/// PowerShell's sentence for a value that is nothing.
fn empty(param: &'static Param, what: &str) -> Problem {
    let message = format!("Cannot bind argument to parameter '{}' because it is an empty {what}", param.name);
    Problem::new(Exit::Refused, message)
        .hint(format!("give one, such as {}", param.sample()))
        .about(param.name)
}

/// A value to show in a line to type: the parameter's own sample where its server is there or no server is, else the
/// first object of the store that fits.
fn sample(param: &'static Param, known: &dyn Fn(Completes) -> Vec<String>) -> String {
    let own = param.sample();
    if !matches!(param.completes, Completes::Connector | Completes::Server) {
        return own.to_owned();
    }
    let servers = known(Completes::Server);
    let named = own.trim_matches('\'').split(['\\', ',']).next().unwrap_or_default();
    if servers.is_empty() || servers.iter().any(|server| server.eq_ignore_ascii_case(named)) {
        return own.to_owned();
    }
    known(param.completes).first().map_or_else(|| own.to_owned(), |first| quote::bash(first))
}

/// PowerShell's sentence for what is missing, and the whole line to run.
fn missing_problem(
    cmdlet: &'static Cmdlet,
    args: &Args,
    missing: &[Missing],
    known: &dyn Fn(Completes) -> Vec<String>,
) -> Problem {
    let wanted =
        missing.iter().map(|missing| format!("-{} {}", missing.param.name, sample(missing.param, known)));
    let line: Vec<String> = std::iter::once(to_type(cmdlet, args, None)).chain(wanted).collect();
    let line = format!("{}{}", line.join(" "), other_way(missing));
    Missing::problem(missing).hint(line)
}

/// Where the missing values may come from instead: names from a pipe; of a usage that was named, its switch asks for them.
fn other_way(missing: &[Missing]) -> String {
    if let Some(identity) = missing.iter().find(|missing| missing.param.kind.is_identities()) {
        return format!("; -{} - reads names from standard input", identity.param.name);
    }
    match missing.iter().find_map(|missing| missing.asked_by) {
        Some(switch) => format!("; -{} asks at a terminal", switch.name),
        None => String::new(),
    }
}
