//! Remove-ExchangeServer: takes a server away with its connectors, after naming them.

use crate::answer::Problem;
use crate::cmdlet::args::Call;
use crate::cmdlet::definition::{Cmdlet, DEFAULTS, Effect, row_params};
use crate::cmdlet::edge_subscription::shared::{is_free, orphans};
use crate::cmdlet::shared::identity;
use crate::cmdlet::transaction::{Draft, Outcome, Question};
use crate::manual::{Example, Help};
use crate::param::Verb;
use crate::server::{Server, rows};

/// The cmdlet.
pub(crate) static CMDLET: Cmdlet = Cmdlet {
    verb: Verb::Remove,
    noun: "ExchangeServer",
    synopsis: "Remove servers, and their Receive connectors with them",
    help: Help::new(
        "Removes servers with all their connectors, after naming them; No is the default. -Confirm:false does not ask.",
        &[
            Example::new("remove-exchangeserver HUB01 -WhatIf", "Shows what would go."),
            Example::new(
                "remove-exchangeserver HUB01 -Confirm:false",
                "Removes a server and its connectors without asking.",
            ),
        ],
    ),
    params: || row_params::<Server>(Verb::Remove),
    effect: Effect::Changes,
    run,
    ..DEFAULTS
};

fn run(call: &Call<'_>, draft: &mut Draft<'_>) -> Result<Outcome, Problem> {
    let mut outcome = Outcome::default();
    let orphaned = orphans(draft)?;
    for name in identity::all_servers(&call.args.texts(&rows::IDENTITY.param), draft)? {
        let Some(host) = draft.host(&name)? else { continue };
        is_free(draft, &name)?;
        let along: Vec<String> = host.connectors.iter().map(|c| format!("{name}\\{}", c.name)).collect();
        let question = Question {
            operation: "Remove",
            target: name.clone(),
            along: along.clone(),
            removes: true,
            always: true,
        };
        if draft.confirm(question) {
            draft.remove(&name)?;
            if !along.is_empty() {
                outcome.notices.push(format!("removed with it: {}", along.join(", ")));
            }
        }
    }
    outcome.warnings.extend(orphans(draft)?.into_iter().filter(|one| !orphaned.contains(one)));
    Ok(outcome)
}
