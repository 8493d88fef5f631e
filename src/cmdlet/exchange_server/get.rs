//! Get-ExchangeServer: one server, some, or all.

use crate::answer::Problem;
use crate::cmdlet::args::Call;
use crate::cmdlet::definition::{Cmdlet, Effect, nothing_more, row_params};
use crate::cmdlet::exchange_server::shared::object;
use crate::cmdlet::shared::identity;
use crate::cmdlet::transaction::{Draft, Outcome};
use crate::manual::{Example, Help};
use crate::param::{Param, Verb};
use crate::server::{Server, rows};

/// The cmdlet.
pub static CMDLET: Cmdlet = Cmdlet {
    verb: Verb::Get,
    noun: "ExchangeServer",
    synopsis: "Show servers",
    help: Help::new(
        "Shows servers with their version, roles and names. Without an identity it shows all of them.",
        &[
            Example::new("get-exchangeserver", "Shows every server."),
            Example::new("get-exchangeserver 'HUB*' -Output json", "Shows some servers as a JSON array."),
        ],
    ),
    params,
    effect: Effect::Reads,
    needs: nothing_more,
    run,
};

fn params() -> Vec<&'static Param> {
    row_params::<Server>(Verb::Get)
}

fn run(call: &Call<'_>, draft: &mut Draft<'_>) -> Result<Outcome, Problem> {
    let names = match call.args.texts(&rows::IDENTITY.param).as_slice() {
        [] => draft.server_names()?,
        texts => identity::all_servers(texts, draft)?,
    };
    let directory = draft.directory().clone();
    let mut objects = Vec::new();
    for name in names {
        objects.extend(draft.host(&name)?.map(|host| object(&host.server, &directory)));
    }
    Ok(Outcome::of(objects))
}
