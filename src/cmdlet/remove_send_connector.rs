//! Remove-SendConnector: takes Send connectors away, after asking.

use super::{Call, Cmdlet, Draft, Effect, Outcome, member, nothing_more, row_params};
use crate::answer::Problem;
use crate::manual::{Example, Help};
use crate::organization::SendConnector;
use crate::param::{Param, Verb};

/// The cmdlet.
pub static CMDLET: Cmdlet = Cmdlet {
    verb: Verb::Remove,
    noun: "SendConnector",
    synopsis: "Remove Send connectors",
    help: Help::new(
        "Removes Send connectors after asking, with No as the default; -Confirm:false does not ask. What it sent goes the way of the next connector whose address space fits.",
        &[
            Example::new("remove-sendconnector 'To Fabrikam' -WhatIf", "Shows what would go."),
            Example::new(
                "remove-sendconnector 'To Fabrikam' -Confirm:false",
                "Removes a connector without asking.",
            ),
        ],
    ),
    params,
    effect: Effect::Changes,
    needs: nothing_more,
    run,
};

fn params() -> Vec<&'static Param> {
    row_params::<SendConnector>(Verb::Remove)
}

fn run(call: &Call<'_>, draft: &mut Draft<'_>) -> Result<Outcome, Problem> {
    member::remove::<SendConnector>(call, draft, |_| None)
}
