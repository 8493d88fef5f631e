//! Plain cmdlets: everything of them is said by their noun's rows, a synopsis, a text and examples.

use crate::answer::Problem;
use crate::cmdlet::args::Call;
use crate::cmdlet::definition::{Cmdlet, DEFAULTS, Effect, row_params};
use crate::cmdlet::shared::crud;
use crate::cmdlet::transaction::{Draft, Outcome};
use crate::manual::{Example, Help};
use crate::organization::Member;
use crate::param::{Param, Verb};

type Run = fn(&Call<'_>, &mut Draft<'_>) -> Result<Outcome, Problem>;
type Examples = &'static [Example];

/// New-.
pub(super) const fn new<N: Member>(synopsis: &'static str, text: &'static str, examples: Examples) -> Cmdlet {
    let run: Run = |call, draft| crud::new::<N>(call, &call.args, draft, |_, _, _, _| Ok(Vec::new()));
    cmdlet::<N>(Verb::New, synopsis, Help::new(text, examples), || row_params::<N>(Verb::New), run)
}

/// Get-.
pub(super) const fn get<N: Member>(synopsis: &'static str, text: &'static str, examples: Examples) -> Cmdlet {
    let run: Run = |call, draft| crud::get::<N>(call, draft);
    cmdlet::<N>(Verb::Get, synopsis, Help::new(text, examples), || row_params::<N>(Verb::Get), run)
}

/// What is said of a Set- that does nothing of its own.
pub(super) const SET_TEXT: &str = "Changes what is given and leaves the rest as it is. A list replaces the old one; '@{Add=\"…\";Remove=\"…\"}' in quotes adds and removes single values.";

/// Set-.
pub(super) const fn set<N: Member>(synopsis: &'static str, examples: Examples) -> Cmdlet {
    let run: Run = |call, draft| crud::set::<N>(call, &call.args, draft, |_, _, _, _| Ok(Vec::new()));
    cmdlet::<N>(Verb::Set, synopsis, Help::new(SET_TEXT, examples), || row_params::<N>(Verb::Set), run)
}

/// Remove-.
pub(super) const fn remove<N: Member>(
    synopsis: &'static str,
    text: &'static str,
    examples: Examples,
) -> Cmdlet {
    let run: Run = |call, draft| crud::remove::<N>(call, draft, |_| None);
    cmdlet::<N>(Verb::Remove, synopsis, Help::new(text, examples), || row_params::<N>(Verb::Remove), run)
}

const fn cmdlet<N: Member>(
    verb: Verb,
    synopsis: &'static str,
    help: Help,
    params: fn() -> Vec<&'static Param>,
    run: Run,
) -> Cmdlet {
    let effect = if matches!(verb, Verb::Get) { Effect::Reads } else { Effect::Changes };
    Cmdlet { verb, noun: N::NAME, synopsis, help, params, effect, run, ..DEFAULTS }
}
