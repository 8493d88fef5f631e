//! Get-ExchangeServer: one server, some, or all.

use crate::answer::Problem;
use crate::cmdlet::args::Call;
use crate::cmdlet::definition::{Cmdlet, DEFAULTS, Effect, row_params_and};
use crate::cmdlet::exchange_server::shared::object;
use crate::cmdlet::shared::identity;
use crate::cmdlet::transaction::{Draft, Outcome};
use crate::manual::{Example, Help};
use crate::param::{Group, Kind, Param, Verb, param};
use crate::server::{Server, rows};

/// The cmdlet.
pub(crate) static CMDLET: Cmdlet = Cmdlet {
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
    params: || row_params_and::<Server>(Verb::Get, [&STATUS]),
    effect: Effect::Reads,
    run,
    ..DEFAULTS
};

/// Accepted, no effect: there is no running server to ask.
static STATUS: Param = param(
    "Status",
    Kind::Switch,
    "Accepted without effect: only a running server knows its domain controllers and its edition",
)
.group(Group::Ignored);

/// Whether a server is in a domain, by its FQDN.
fn is_in(server: &Server, domain: &str) -> bool {
    server.domain().eq_ignore_ascii_case(domain)
}

fn run(call: &Call<'_>, draft: &mut Draft<'_>) -> Result<Outcome, Problem> {
    let names = match call.args.texts(&rows::IDENTITY.param).as_slice() {
        [] => draft.server_names()?,
        texts => identity::all_servers(texts, draft)?,
    };
    let domain = call.args.text(&rows::DOMAIN.param);
    let directory = draft.directory().clone();
    let mut objects = Vec::new();
    for name in names {
        let host = draft.host(&name)?;
        let meant = host.filter(|host| domain.as_deref().is_none_or(|domain| is_in(&host.server, domain)));
        objects.extend(meant.map(|host| object(&host.server, &directory)));
    }
    Ok(Outcome::of(objects))
}
