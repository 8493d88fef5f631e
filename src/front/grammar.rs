//! The one place that knows clap: it holds a bound line against the cmdlet's parameters.
//!
//! clap says what is unknown (with the nearest name) and what is there twice; its own words are never shown.

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, ArgAction, Command};

use super::bound_parameter::BoundParameter;
use crate::answer::{Exit, Problem};
use crate::cmdlet::Cmdlet;
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

fn command(cmdlet: &Cmdlet) -> Command {
    let arg = |name: &'static str| Arg::new(name).long(name).action(ArgAction::SetTrue);
    let args = cmdlet.all_params().into_iter().map(|param| arg(param.name));
    Command::new("exch").disable_help_flag(true).disable_version_flag(true).args(args)
}

fn problem(cmdlet: &Cmdlet, error: &clap::Error, unknown: Option<&str>) -> Problem {
    let said = |kind| match error.get(kind) {
        Some(ContextValue::String(text)) => Some(text.trim_start_matches('-').to_owned()),
        Some(ContextValue::Strings(texts)) => {
            texts.first().map(|text| text.trim_start_matches('-').to_owned())
        }
        _ => None,
    };
    let name = said(ContextKind::InvalidArg).unwrap_or_default();
    match (error.kind(), unknown) {
        (ErrorKind::UnknownArgument, Some(typed)) => {
            let problem = Problem::new(Exit::NotUnderstood, format!("A parameter cannot be found that matches parameter name '{typed}'"));
            if typed.eq_ignore_ascii_case("Server") && cmdlet.noun == "ReceiveConnector" {
                return problem.hint("name the server in the identity: 'SERVER\\Name', or 'SERVER\\*' for all of its connectors");
            }
            let near = |name: &String| likeness(typed, name) >= NEAR;
            match said(ContextKind::SuggestedArg).filter(near) {
                Some(near) => problem.hint(format!("did you mean -{near}?")),
                None => problem.hint(format!("`exch {} -?` lists its parameters; a value that begins with a hyphen is written -Name:-value", cmdlet.name().to_lowercase())),
            }
        }
        _ => Problem::new(Exit::NotUnderstood, format!(
            "Cannot bind parameter because parameter '{name}' is specified more than once. To provide multiple values to parameters that can accept multiple values, use the array syntax. For example, \"-parameter value1,value2,value3\""
        ))
        .hint(format!("give -{name} once")),
    }
}
