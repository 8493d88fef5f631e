//! Remove-AcceptedDomain: takes accepted domains away, after asking.

use crate::answer::{Exit, Problem};
use crate::cmdlet::args::Call;
use crate::cmdlet::definition::{Cmdlet, DEFAULTS, Effect, row_params};
use crate::cmdlet::shared::crud;
use crate::cmdlet::transaction::{Draft, Outcome};
use crate::manual::{Example, Help};
use crate::organization::AcceptedDomain;
use crate::param::Verb;

/// The cmdlet.
pub(crate) static CMDLET: Cmdlet = Cmdlet {
    verb: Verb::Remove,
    noun: "AcceptedDomain",
    synopsis: "Stop taking mail for domains",
    help: Help::new(
        "Removes accepted domains after asking, with No as the default; -Confirm:false does not ask. The default domain cannot be removed, nor one that a Receive connector names as its DefaultDomain.",
        &[
            Example::new("remove-accepteddomain fabrikam.com -WhatIf", "Shows what would go."),
            Example::new(
                "remove-accepteddomain fabrikam.com -Confirm:false",
                "Removes a domain without asking.",
            ),
        ],
    ),
    params: || row_params::<AcceptedDomain>(Verb::Remove),
    effect: Effect::Changes,
    run,
    ..DEFAULTS
};

fn run(call: &Call<'_>, draft: &mut Draft<'_>) -> Result<Outcome, Problem> {
    crud::remove::<AcceptedDomain>(call, draft, |domain| domain.default.then(|| is_default(&domain.name)))
}

/// AD1: another one is made the default first.
fn is_default(name: &str) -> Problem {
    Problem::new(Exit::Refused, format!("`{name}` is the default accepted domain, and one always is"))
        .hint("exch set-accepteddomain OTHER -MakeDefault:true makes another one the default first")
        .about("Identity")
}
