//! Get-Principal: what the store knows of accounts and groups.

use super::shapes::PRINCIPAL;
use super::{Call, Cmdlet, Draft, Effect, Outcome, member, nothing_more, row_params};
use crate::answer::Problem;
use crate::manual::{Example, Help};
use crate::organization::Principal;
use crate::param::{Param, Verb};

/// The cmdlet.
pub static CMDLET: Cmdlet = Cmdlet {
    verb: Verb::Get,
    noun: "Principal",
    synopsis: "Show what is known of accounts and groups",
    help: Help::new(
        "Shows the accounts and groups that the store knows something of. Without an identity it shows all of them.",
        &[
            Example::new("get-principal", "Shows all of them."),
            Example::new(
                "get-principal 'CONTOSO\\*' -Output list",
                "Shows those of a domain with every property.",
            ),
        ],
    ),
    params,
    effect: Effect::Reads,
    needs: nothing_more,
    run,
};

fn params() -> Vec<&'static Param> {
    row_params::<Principal>(Verb::Get)
}

fn run(call: &Call<'_>, draft: &mut Draft<'_>) -> Result<Outcome, Problem> {
    member::get::<Principal>(call, draft, &PRINCIPAL)
}
