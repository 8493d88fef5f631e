//! Get-EdgeSubscription: one Edge subscription, some, or all.

use super::shapes::EDGE_SUBSCRIPTION;
use super::{Call, Cmdlet, Draft, Effect, Outcome, member, nothing_more, row_params};
use crate::answer::Problem;
use crate::manual::{Example, Help};
use crate::organization::EdgeSubscription;
use crate::param::{Param, Verb};

/// The cmdlet.
pub static CMDLET: Cmdlet = Cmdlet {
    verb: Verb::Get,
    noun: "EdgeSubscription",
    synopsis: "Show Edge subscriptions",
    help: Help::new(
        "Shows which Edge Transport servers belong to which site. Without an identity it shows every subscription.",
        &[
            Example::new("get-edgesubscription", "Shows every subscription."),
            Example::new("get-edgesubscription EDGE02 -Output list", "Shows one with every property."),
        ],
    ),
    params,
    effect: Effect::Reads,
    needs: nothing_more,
    run,
};

fn params() -> Vec<&'static Param> {
    row_params::<EdgeSubscription>(Verb::Get)
}

fn run(call: &Call<'_>, draft: &mut Draft<'_>) -> Result<Outcome, Problem> {
    member::get::<EdgeSubscription>(call, draft, &EDGE_SUBSCRIPTION)
}
