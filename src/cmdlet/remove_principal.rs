//! Remove-Principal: forgets what the store knows of accounts and groups.

use super::{Call, Cmdlet, Draft, Effect, Outcome, member, nothing_more, row_params};
use crate::answer::Problem;
use crate::manual::{Example, Help};
use crate::organization::Principal;
use crate::param::{Param, Verb};

/// The cmdlet.
pub static CMDLET: Cmdlet = Cmdlet {
    verb: Verb::Remove,
    noun: "Principal",
    synopsis: "Forget accounts and groups",
    help: Help::new(
        "Forgets what is known of accounts and groups, after asking; -Confirm:false does not ask. Access lists that name them stay as they are.",
        &[
            Example::new("remove-principal 'CONTOSO\\app1' -WhatIf", "Shows what would go."),
            Example::new(
                "remove-principal 'CONTOSO\\app1' -Confirm:false",
                "Forgets an account without asking.",
            ),
        ],
    ),
    params,
    effect: Effect::Changes,
    needs: nothing_more,
    run,
};

fn params() -> Vec<&'static Param> {
    row_params::<Principal>(Verb::Remove)
}

fn run(call: &Call<'_>, draft: &mut Draft<'_>) -> Result<Outcome, Problem> {
    member::remove::<Principal>(call, draft, |_| None)
}
