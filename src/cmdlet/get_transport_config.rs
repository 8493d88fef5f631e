//! Get-TransportConfig: what holds for all mail of the organization.

use super::shapes::TRANSPORT_CONFIG;
use super::{Call, Cmdlet, Draft, Effect, Outcome, member, nothing_more, row_params};
use crate::answer::Problem;
use crate::manual::{Example, Help};
use crate::organization::TransportConfig;
use crate::param::{Param, Verb};

/// The cmdlet.
pub static CMDLET: Cmdlet = Cmdlet {
    verb: Verb::Get,
    noun: "TransportConfig",
    synopsis: "Show the transport configuration",
    help: Help::new(
        "Shows what holds for all mail of the organization, as a list. Which properties there are depends on the edition of the local server.",
        &[
            Example::new("get-transportconfig", "Shows every property."),
            Example::new(
                "get-transportconfig -Property 'TLS*,Max*Size'",
                "Shows the domains with Domain Security, and limits.",
            ),
        ],
    ),
    params,
    effect: Effect::Reads,
    needs: nothing_more,
    run,
};

fn params() -> Vec<&'static Param> {
    row_params::<TransportConfig>(Verb::Get)
}

fn run(call: &Call<'_>, draft: &mut Draft<'_>) -> Result<Outcome, Problem> {
    member::get::<TransportConfig>(call, draft, &TRANSPORT_CONFIG)
}
