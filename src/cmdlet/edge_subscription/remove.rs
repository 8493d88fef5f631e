//! Remove-EdgeSubscription: gives an Edge Transport server back to itself, after asking.

use crate::answer::Problem;
use crate::cmdlet::args::Call;
use crate::cmdlet::definition::{Cmdlet, DEFAULTS, Effect, row_params_and};
use crate::cmdlet::edge_subscription::shared::{FORCE, is_forced, move_to_site, without_source};
use crate::cmdlet::shared::crud;
use crate::cmdlet::transaction::{Draft, Outcome, Question};
use crate::manual::{Example, Help};
use crate::organization::edge_subscription::rows;
use crate::organization::{EdgeSubscription, SendConnector};
use crate::param::{Verb, same_name};

/// The cmdlet.
pub(crate) static CMDLET: Cmdlet = Cmdlet {
    verb: Verb::Remove,
    noun: "EdgeSubscription",
    synopsis: "Take Edge Transport servers out of the organization",
    help: Help::new(
        "Removes subscriptions on both sides, after asking, with No as the default; -Force and -Confirm:false do not ask. The server leaves the sources of every Send connector, and a connector without another source goes, whoever made it. The server belongs to no site then and changes its own objects again. Its default connector is for mail from the Internet alone again, unless its AuthMechanism or PermissionGroups were changed by hand.",
        &[
            Example::new("remove-edgesubscription EDGE02 -WhatIf", "Shows what would go."),
            Example::new("remove-edgesubscription EDGE02 -Force", "Removes a subscription without asking."),
        ],
    ),
    params: || row_params_and::<EdgeSubscription>(Verb::Remove, [&FORCE]),
    effect: Effect::Changes,
    run,
    ..DEFAULTS
};

fn run(call: &Call<'_>, draft: &mut Draft<'_>) -> Result<Outcome, Problem> {
    let scene = crud::scene(call, draft)?;
    let mut outcome = Outcome::default();
    for text in call.args.texts(&rows::IDENTITY.param) {
        let all = draft.members::<EdgeSubscription>()?.to_vec();
        for at in crud::places(&text, &all, &scene)? {
            remove(call, draft, &all[at].name, &mut outcome)?;
        }
    }
    Ok(outcome)
}

fn remove(
    call: &Call<'_>,
    draft: &mut Draft<'_>,
    server: &str,
    outcome: &mut Outcome,
) -> Result<(), Problem> {
    let connectors = draft.members::<SendConnector>()?.to_vec();
    let left = without_source(connectors.clone(), server);
    let stays = |name: &str| left.iter().any(|connector| same_name(&connector.name, name));
    let gone: Vec<String> =
        connectors.iter().map(|connector| connector.name.clone()).filter(|name| !stays(name)).collect();
    let question = Question {
        operation: "Remove",
        target: server.to_owned(),
        along: gone.clone(),
        removes: true,
        always: !is_forced(call),
    };
    if !draft.confirm(question) {
        return Ok(());
    }
    if !gone.is_empty() {
        outcome.notices.push(format!("without another source, and so removed: {}", gone.join(", ")));
    }
    draft.put_members(left, &call.context)?;
    let mut all = draft.members::<EdgeSubscription>()?.to_vec();
    all.retain(|subscription| !same_name(&subscription.name, server));
    draft.put_members(all, &call.context)?;
    outcome.notices.extend(move_to_site(call, draft, server, None)?);
    Ok(())
}
