//! Get-ReceiveConnector: one connector, some, or all.

use crate::answer::{Exit, Object, Problem};
use crate::cmdlet::ad_permission::shared::Shown;
use crate::cmdlet::args::Call;
use crate::cmdlet::definition::{Cmdlet, DEFAULTS, Effect, row_params};
use crate::cmdlet::receive_connector::shared::object;
use crate::cmdlet::shared::{common_params, identity};
use crate::cmdlet::transaction::{Draft, Outcome, PerServer};
use crate::connector::{ReceiveConnector, rows, same_name};
use crate::manual::{Example, Help};
use crate::param::{Completes, Group, Kind, Param, Verb, param};

/// The cmdlet.
pub(crate) static CMDLET: Cmdlet = Cmdlet {
    verb: Verb::Get,
    noun: "ReceiveConnector",
    synopsis: "Show Receive connectors",
    help: Help::new(
        "Without an identity it shows the connectors of every server. -Output list shows every property as Format-List does, json and csv are for programs, and -At shows an old revision. A wildcard that matches nothing shows nothing and is no error.",
        &[
            Example::new("get-receiveconnector", "Shows the connectors of every server."),
            Example::new(
                "get-receiveconnector 'HUB01\\Default HUB01' -Output list",
                "Shows one connector with every property.",
            ),
            Example::new(
                "get-receiveconnector -Server MBX01 -Property 'Name,Bindings,Max*'",
                "Shows some properties of the connectors of a server.",
            ),
        ],
    ),
    params: || row_params::<ReceiveConnector>(Verb::Get).into_iter().chain([&SERVERS]).collect(),
    effect: Effect::Reads,
    run,
    ..DEFAULTS
};

/// The servers whose connectors are shown.
static SERVERS: Param =
    param("Server", Kind::List(&Kind::Text), "The servers; wildcards are allowed. Every one unless given")
        .completes(Completes::Server)
        .on(&[Verb::Get])
        .group(Group::Identity);

/// The connectors of one server.
fn of_server(name: &str, draft: &mut Draft<'_>) -> Result<Vec<Object>, Problem> {
    let Some(host) = draft.host(name)? else { return Ok(Vec::new()) };
    host.connectors.iter().map(|connector| object(connector, &host.server, draft)).collect()
}

fn run(call: &Call<'_>, draft: &mut Draft<'_>) -> Result<Outcome, Problem> {
    let (args, is_verbose) = (&call.args, call.args.flag(&common_params::VERBOSE) == Some(true));
    if !args.has(&rows::IDENTITY.param) && !args.has(&SERVERS) && !is_verbose {
        let per_server = Some(PerServer { servers: draft.server_names()?, make: of_server, condition: None });
        return Ok(Outcome { per_server, ..Outcome::default() });
    }
    let servers = match call.args.texts(&SERVERS).as_slice() {
        [] => None,
        names => Some(identity::all_servers(names, draft)?),
    };
    let wanted = match (call.args.texts(&rows::IDENTITY.param).as_slice(), &servers) {
        ([], None) => identity::connectors("*", call, draft)?,
        ([], Some(servers)) => on_servers(servers, "*", call, draft)?,
        (names, None) => identity::all_connectors(names, call, draft)?,
        (names, Some(servers)) => {
            let mut found = Vec::new();
            for name in names {
                found.extend(on_servers(servers, name, call, draft)?);
            }
            found
        }
    };
    let directory = draft.directory().clone();
    let mut outcome = Outcome::default();
    for (server, name) in wanted {
        let Some(host) = draft.host(&server)? else { continue };
        for connector in host.connectors.iter().filter(|c| same_name(&c.name, &name)) {
            outcome.objects.push(object(connector, &host.server, draft)?);
            if is_verbose {
                outcome.notices.extend(Shown::new(connector, &host, &directory).incomplete_groups());
            }
        }
    }
    Ok(outcome)
}

/// The connectors that an identity means on these servers alone.
fn on_servers(
    servers: &[String],
    name: &str,
    call: &Call<'_>,
    draft: &mut Draft<'_>,
) -> Result<Vec<identity::Found>, Problem> {
    let (mut found, mut missing) = (Vec::new(), None);
    for server in servers {
        let named = if identity::is_bare(name) { format!("{server}\\{name}") } else { name.to_owned() };
        match identity::connectors(&named, call, draft) {
            Ok(here) => found.extend(here.into_iter().filter(|(s, _)| same_name(s, server))),
            Err(problem) if problem.exit == Exit::NotFound => missing = missing.or(Some(problem)),
            Err(problem) => return Err(problem),
        }
    }
    if !found.is_empty() || servers.is_empty() || identity::is_wildcard(name) {
        return Ok(found);
    }
    Err(missing.unwrap_or_else(|| elsewhere(name, servers)))
}

/// Exit 4 for a connector that is there, and not on the servers that were named.
fn elsewhere(name: &str, servers: &[String]) -> Problem {
    let message = format!(
        "The operation couldn't be performed because object '{name}' couldn't be found on server {}",
        servers.join(", ")
    );
    Problem::new(Exit::NotFound, message).hint("leave -Server out").about(rows::IDENTITY.name())
}
