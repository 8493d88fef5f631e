//! The one place that knows clap: it holds a bound line against the cmdlet's parameters.
//!
//! clap says what is unknown (with the nearest name), what is there twice, and what does not go together; its own words
//! are never shown.

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, ArgAction, Command};

use super::bound_parameter::BoundParameter;
use crate::answer::{Exit, Problem};
use crate::cmdlet::shared::excluded;
use crate::cmdlet::{Args, Cmdlet};
use crate::param::Param;
use crate::text::{NEAR, likeness};

/// Checks the parameters given, and after them one name that no parameter has.
///
/// # Errors
/// Exit 2 for a parameter that is there twice or unknown.
pub fn check(cmdlet: &Cmdlet, given: &[BoundParameter], unknown: Option<&str>) -> Result<(), Problem> {
    if given.len() < 2 && unknown.is_none() {
        return Ok(());
    }
    let tokens = given.iter().map(|given| format!("--{}", given.param.name));
    let all = std::iter::once("exch".to_owned()).chain(tokens).chain(unknown.map(|name| format!("--{name}")));
    match command(cmdlet).try_get_matches_from(all) {
        Ok(_) => Ok(()),
        Err(error) => Err(problem(cmdlet, &error, unknown)),
    }
}

/// Checks that what was given goes together.
///
/// # Errors
/// Exit 2 for a parameter that excludes another one.
pub fn exclusive(cmdlet: &Cmdlet, args: &Args) -> Result<(), Problem> {
    let counted = args.iter().filter(|(param, argument)| !param.is_off(argument));
    let given: Vec<&'static str> = counted.map(|(param, _)| param.name).collect();
    let excludes = (cmdlet.excludes)();
    if given.len() < 2 || excludes.is_empty() {
        return Ok(());
    }
    // What was not given excludes nothing, and a line of a runbook is one of many.
    let declared = excludes.iter().filter(|one| given.contains(&one.param.name)).fold(
        of_flags(given.iter().copied()),
        |command, one| {
            let others = one.others.iter().map(|other| other.name).filter(|name| given.contains(name));
            command.mut_arg(one.param.name, |arg| arg.conflicts_with_all(others.collect::<Vec<_>>()))
        },
    );
    let line = given.iter().map(|name| format!("--{name}"));
    let Err(error) = declared.try_get_matches_from(std::iter::once("exch".to_owned()).chain(line)) else {
        return Ok(());
    };
    let named = [ContextKind::InvalidArg, ContextKind::PriorArg].map(|kind| said(&error, kind));
    let is_named = |param: &&'static Param| named.iter().flatten().any(|name| name == param.name);
    let pair = excludes.iter().filter(|one| is_named(&one.param));
    match pair.filter_map(|one| Some((one, one.others.iter().find(|other| is_named(other))?))).next() {
        Some((one, other)) => Err(excluded::refusal(one.param, other, one.hint)),
        None => Err(Problem::new(Exit::Fault, "parameters that do not go together were not named")),
    }
}

/// What an error says of a kind, without hyphens.
fn said(error: &clap::Error, kind: ContextKind) -> Option<String> {
    match error.get(kind) {
        Some(ContextValue::String(text)) => Some(text.trim_start_matches('-').to_owned()),
        Some(ContextValue::Strings(texts)) => {
            texts.first().map(|text| text.trim_start_matches('-').to_owned())
        }
        _ => None,
    }
}

fn command(cmdlet: &Cmdlet) -> Command {
    of_flags(cmdlet.all_params().into_iter().map(|param| param.name))
}

fn of_flags(names: impl Iterator<Item = &'static str>) -> Command {
    let args = names.map(|name| Arg::new(name).long(name).action(ArgAction::SetTrue));
    Command::new("exch").disable_help_flag(true).disable_version_flag(true).args(args)
}

fn problem(cmdlet: &Cmdlet, error: &clap::Error, unknown: Option<&str>) -> Problem {
    let name = said(error, ContextKind::InvalidArg).unwrap_or_default();
    match (error.kind(), unknown) {
        (ErrorKind::UnknownArgument, Some(typed)) => {
            let problem = Problem::new(Exit::NotUnderstood, format!("A parameter cannot be found that matches parameter name '{typed}'"));
            if typed.eq_ignore_ascii_case("Server") && cmdlet.noun == "ReceiveConnector" {
                return problem.hint("name the server in the identity: 'SERVER\\Name', or 'SERVER\\*' for all of its connectors");
            }
            let near = |name: &String| likeness(typed, name) >= NEAR;
            match said(error, ContextKind::SuggestedArg).filter(near) {
                Some(near) => problem.hint(format!("did you mean -{near}?")),
                None => {
                    let value = if is_name(typed) { "" } else { "; a value that begins with a hyphen is written -Name:-value" };
                    problem.hint(format!("`exch {} -?` lists its parameters{value}", cmdlet.name().to_lowercase()))
                }
            }
        }
        _ => Problem::new(Exit::NotUnderstood, format!(
            "Cannot bind parameter because parameter '{name}' is specified more than once. To provide multiple values to parameters that can accept multiple values, use the array syntax. For example, \"-parameter value1,value2,value3\""
        ))
        .hint(format!("give -{name} once")),
    }
}

/// Whether a word after a hyphen is spelled as names of parameters are, so that hardly anybody means a value by it.
fn is_name(typed: &str) -> bool {
    typed.starts_with(|first: char| first.is_ascii_alphabetic())
        && typed.chars().all(|character| character.is_ascii_alphanumeric())
}
