//! Get-SendConnector: one Send connector, some, or all.

use super::shapes::SEND_CONNECTOR;
use super::{Call, Cmdlet, Draft, Effect, Outcome, member, nothing_more, row_params};
use crate::answer::Problem;
use crate::manual::{Example, Help};
use crate::organization::SendConnector;
use crate::param::{Param, Verb};

/// The cmdlet.
pub static CMDLET: Cmdlet = Cmdlet {
    verb: Verb::Get,
    noun: "SendConnector",
    synopsis: "Show Send connectors",
    help: Help::new(
        "Shows where the organization's mail goes. Without an identity it shows every connector.",
        &[
            Example::new("get-sendconnector", "Shows every Send connector."),
            Example::new("get-sendconnector 'To Fabrikam' -Output list", "Shows one with every property."),
        ],
    ),
    params,
    effect: Effect::Reads,
    needs: nothing_more,
    run,
};

fn params() -> Vec<&'static Param> {
    row_params::<SendConnector>(Verb::Get)
}

fn run(call: &Call<'_>, draft: &mut Draft<'_>) -> Result<Outcome, Problem> {
    member::get::<SendConnector>(call, draft, &SEND_CONNECTOR)
}
