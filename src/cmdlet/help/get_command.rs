//! Get-Command: the cmdlets, by name, verb or noun.

use crate::answer::{Exit, Problem};
use crate::cmdlet::CMDLETS;
use crate::cmdlet::args::Call;
use crate::cmdlet::definition::{Cmdlet, DEFAULTS, Effect};
use crate::cmdlet::help::pages::{COLUMNS, object};
use crate::cmdlet::shared::identity;
use crate::cmdlet::transaction::{Draft, Outcome};
use crate::manual::{Example, Help};
use crate::param::{Completes, Group, Kind, Param, Verb, param};
use crate::text::{LIKE, nearest};

const GET: &[Verb] = &[Verb::Get];
const TEXTS: Kind = Kind::List(&Kind::Text);

static NAME: Param = param("Name", TEXTS, "Cmdlets by name; wildcards are allowed")
    .completes(Completes::Cmdlet)
    .on(GET)
    .position(1, GET)
    .group(Group::Identity);
static NOUN: Param =
    param("Noun", TEXTS, "Cmdlets of these nouns").completes(Completes::Noun).group(Group::Identity);
static VERB: Param =
    param("Verb", TEXTS, "Cmdlets of these verbs").completes(Completes::Verb).group(Group::Identity);

/// The cmdlet.
pub(crate) static CMDLET: Cmdlet = Cmdlet {
    verb: Verb::Get,
    noun: "Command",
    synopsis: "List cmdlets",
    help: Help::new(
        "Lists the cmdlets, each with one line; -Output list shows their syntax too. It reads no store.",
        &[
            Example::new("get-command", "Lists every cmdlet."),
            Example::new("get-command -Noun ReceiveConnector", "Lists what can be done to a connector."),
            Example::new("get-command 'Set-*' -Output list", "Shows the syntax of what changes things."),
        ],
    )
    .columns(|| COLUMNS.to_vec()),
    params: || vec![&NAME, &NOUN, &VERB],
    effect: Effect::Tells,
    run,
    ..DEFAULTS
};

fn run(call: &Call<'_>, _: &mut Draft<'_>) -> Result<Outcome, Problem> {
    let verb = |cmdlet: &Cmdlet| <&str>::from(cmdlet.verb).to_owned();
    let mut found: Vec<&'static Cmdlet> = CMDLETS.to_vec();
    keep(call, &NAME, Cmdlet::name, &mut found)?;
    keep(call, &NOUN, |cmdlet| cmdlet.noun.to_owned(), &mut found)?;
    keep(call, &VERB, verb, &mut found)?;
    Ok(Outcome::of(found.into_iter().map(object).collect()))
}

/// Keeps the cmdlets that one of the patterns of `param` fits.
fn keep(
    call: &Call<'_>,
    param: &'static Param,
    part: impl Fn(&Cmdlet) -> String,
    found: &mut Vec<&'static Cmdlet>,
) -> Result<(), Problem> {
    if !call.args.has(param) {
        return Ok(());
    }
    let patterns = call.args.texts(param);
    for pattern in patterns.iter().filter(|pattern| !pattern.contains(['*', '?'])) {
        if !CMDLETS.iter().any(|cmdlet| identity::matches(pattern, &part(cmdlet))) {
            return Err(unknown(param, pattern, CMDLETS.iter().map(|cmdlet| part(cmdlet))));
        }
    }
    found.retain(|cmdlet| patterns.iter().any(|pattern| identity::matches(pattern, &part(cmdlet))));
    Ok(())
}

fn unknown(param: &'static Param, typed: &str, names: impl Iterator<Item = String>) -> Problem {
    let message = match param.name {
        name if name == NAME.name => format!(
            "The term '{typed}' is not recognized as a name of a cmdlet, function, script file, or executable program"
        ),
        name => format!("parameter {name}: no cmdlet has `{typed}`"),
    };
    let hint = match nearest(typed, names, LIKE) {
        Some(near) => format!("exch get-command -{} {near}", param.name),
        None => "exch get-command lists every cmdlet".to_owned(),
    };
    Problem::new(Exit::NotFound, message).hint(hint).about(param.name)
}
