//! Get-AcceptedDomain: one accepted domain, some, or all.

use super::shapes::ACCEPTED_DOMAIN;
use super::{Call, Cmdlet, Draft, Effect, Outcome, member, nothing_more, row_params};
use crate::answer::Problem;
use crate::manual::{Example, Help};
use crate::organization::AcceptedDomain;
use crate::param::{Param, Verb};

/// The cmdlet.
pub static CMDLET: Cmdlet = Cmdlet {
    verb: Verb::Get,
    noun: "AcceptedDomain",
    synopsis: "Show accepted domains",
    help: Help::new(
        "Shows the domains that the organization takes mail for. Without an identity it shows all of them.",
        &[
            Example::new("get-accepteddomain", "Shows every accepted domain."),
            Example::new("get-accepteddomain contoso.com -Output list", "Shows one with every property."),
        ],
    ),
    params,
    effect: Effect::Reads,
    needs: nothing_more,
    run,
};

fn params() -> Vec<&'static Param> {
    row_params::<AcceptedDomain>(Verb::Get)
}

fn run(call: &Call<'_>, draft: &mut Draft<'_>) -> Result<Outcome, Problem> {
    member::get::<AcceptedDomain>(call, draft, &ACCEPTED_DOMAIN)
}
