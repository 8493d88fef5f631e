//! Remove-ReceiveConnector: takes connectors away, after asking.

use crate::answer::Problem;
use crate::cmdlet::args::Call;
use crate::cmdlet::definition::{Cmdlet, DEFAULTS, Effect, row_params};
use crate::cmdlet::receive_connector::shared::identity as joined;
use crate::cmdlet::shared::identity;
use crate::cmdlet::transaction::{Draft, Outcome, Question};
use crate::connector::{ReceiveConnector, rows, same_name};
use crate::manual::{Example, Help};
use crate::param::Verb;

/// The cmdlet.
pub(crate) static CMDLET: Cmdlet = Cmdlet {
    verb: Verb::Remove,
    noun: "ReceiveConnector",
    synopsis: "Remove Receive connectors",
    help: Help::new(
        "Asks before it removes, with No as the default; -Confirm:false does not ask. Nothing is lost: Restore-StoreRevision brings a connector back with its identifier and dates.",
        &[
            Example::new("remove-receiveconnector 'HUB01\\Relay' -WhatIf", "Shows what would go."),
            Example::new(
                "remove-receiveconnector 'HUB01\\Relay' -Confirm:false",
                "Removes a connector without asking.",
            ),
        ],
    ),
    params: || row_params::<ReceiveConnector>(Verb::Remove),
    effect: Effect::Changes,
    run,
    ..DEFAULTS
};

fn run(call: &Call<'_>, draft: &mut Draft<'_>) -> Result<Outcome, Problem> {
    let targets = identity::targets(call, &rows::IDENTITY.param, draft)?;
    let mut removed = Vec::new();
    for (server, name) in &targets.found {
        let target = joined(server, name);
        let question =
            Question { operation: "Remove", target, along: Vec::new(), removes: true, always: true };
        if draft.confirm(question)
            && let Some(host) = draft.host(server)?
        {
            let mut host = draft.take(host);
            host.connectors.retain(|c| !same_name(&c.name, name));
            draft.put(host, &call.context)?;
            removed.push(joined(server, name));
        }
    }
    let mut outcome = Outcome { notices: targets.unmatched, ..Outcome::default() };
    if removed.len() > 1 {
        outcome.notices.push(format!("removes {} Receive connectors: {}", removed.len(), removed.join(", ")));
    }
    Ok(outcome)
}
