//! What stands above a question for a missing value: what it is, what may be chosen, and an example that can be had.
//! All of it comes from the parameter's row and from the store.

use std::path::Path;

use super::Lookup;
use crate::cmdlet::{Args, Cmdlet};
use crate::output::Ui;
use crate::param::{Argument, Completes, Kind, Param};

/// The most names that are shown.
const SHOWN: usize = 12;
/// The most examples that are tried.
const TRIED: usize = 4;

/// Says what a parameter of the call is, what may be chosen, and an example.
pub fn offer(cmdlet: &Cmdlet, args: &Args, param: &'static Param, lookup: &Lookup<'_>, ui: &mut Ui<'_>) {
    ui.say("");
    ui.say(&format!("{}.", param.help));
    match (choices(param.kind), known(param, lookup)) {
        ([], Some(known)) => ui.say(&known),
        ([], None) => {
            if let Some(example) = example(cmdlet, args, param, lookup) {
                ui.say(&format!("Example: {example}"));
            }
        }
        (closed, _) => ui.say(&format!("One of: {}", closed.join(", "))),
    }
    if param.kind.is_identities() {
        ui.say("Several are separated by commas.");
    } else if param.kind.is_multivalued() {
        ui.say("Several on one line are separated by commas; an empty line ends the list.");
    }
}

/// The names that a type takes, those of its elements too.
pub fn choices(kind: Kind) -> &'static [&'static str] {
    match kind {
        Kind::List(element) => element.names(),
        kind => kind.names(),
    }
}

/// The first names that the parameter may be given, and how many more there are.
fn known(param: &Param, lookup: &Lookup<'_>) -> Option<String> {
    let mut names = (lookup.names)(param.completes);
    let label = match param.completes {
        Completes::Connector | Completes::Server | Completes::ObjectOf(_) => "In the store",
        Completes::Revision => "The newest",
        Completes::File => {
            let ending = |name: &str| Path::new(name).extension().map(std::ffi::OsStr::to_ascii_lowercase);
            let wanted = ending(param.sample());
            names.retain(|name| wanted.is_some() && ending(name) == wanted);
            "In this directory"
        }
        _ => "Known",
    };
    let first = names.iter().take(SHOWN).map(String::as_str).collect::<Vec<_>>().join(", ");
    match names.len().saturating_sub(SHOWN) {
        _ if names.is_empty() => None,
        0 => Some(format!("{label}: {first}")),
        more => Some(format!("{label}: {first}, and {more} more")),
    }
}

/// A value that the call can be run with, as far as this parameter is concerned: the row's own example, else another
/// of its type. What is asked for later is given as its own example.
fn example(cmdlet: &Cmdlet, args: &Args, param: &'static Param, lookup: &Lookup<'_>) -> Option<String> {
    let mut candidates = candidates(param);
    let fits = |text: &String| {
        let mut args = args.clone();
        let later = cmdlet.missing(&args).into_iter().map(|missing| missing.param);
        let samples: Vec<_> = later.filter(|later| later.name != param.name).collect();
        let mut put = |param: &'static Param, text: &str| {
            let value = param.parse_default(text);
            value.map(|value| args.push(param, Argument::Set(value))).is_ok()
        };
        put(param, text)
            && samples.into_iter().all(|later| put(later, sample(later)))
            && (lookup.tries)(&args).err().is_none_or(|problem| problem.parameter != Some(param.name))
    };
    let at = candidates.iter().take(TRIED).position(fits).unwrap_or_default();
    (at < candidates.len()).then(|| candidates.swap_remove(at))
}

/// The parameter's own example without its quotes, then others of its type.
fn candidates(param: &Param) -> Vec<String> {
    let own = sample(param);
    if own.chars().all(|c| c.is_ascii_uppercase()) {
        // It only stands for a value, as `NAME` does.
        return Vec::new();
    }
    let others: Vec<String> = match element(param.kind) {
        Kind::Binding => [2525, 2526, 2527].map(|port| format!("0.0.0.0:{port}")).into(),
        Kind::Name => (2..5).map(|number| numbered(own, number)).collect(),
        Kind::Form(form) => vec![form.other.trim_matches('\'').to_owned()],
        _ => Vec::new(),
    };
    std::iter::once(own.to_owned()).chain(others).collect()
}

fn element(kind: Kind) -> Kind {
    if let Kind::List(element) = kind { *element } else { kind }
}

fn sample(param: &Param) -> &'static str {
    param.sample().trim_matches('\'')
}

/// `HUB01` as `HUB02`, `Relay` as `Relay 2`.
fn numbered(name: &str, number: usize) -> String {
    match name.trim_end_matches(|c: char| c.is_ascii_digit()) {
        stem if stem.len() < name.len() => format!("{stem}{number:0width$}", width = name.len() - stem.len()),
        stem => format!("{stem} {number}"),
    }
}
