//! Compare-ReceiveConnector: whether connectors that should be alike are, two of them or those of whole servers.

use crate::answer::{Exit, Problem};
use crate::cmdlet::args::{Args, Call};
use crate::cmdlet::definition::{Cmdlet, DEFAULTS, Effect, Missing};
use crate::cmdlet::receive_connector::comparison::{COLUMNS, Drift, Standing, between, of_servers};
use crate::cmdlet::receive_connector::shared::identity as joined;
use crate::cmdlet::shared::identity;
use crate::cmdlet::transaction::{Draft, Outcome};
use crate::connector::{rows, same_name};
use crate::manual::{Example, Exclusion, Help};
use crate::param::{Completes, Group, Kind, Param, Verb, param};

const COMPARE: &[Verb] = &[Verb::Compare];

/// The second connector.
static OTHER: Param = param("DifferenceIdentity", Kind::Text, "The connector that is compared with it")
    .example(r"'HUB02\Relay'")
    .completes(Completes::Connector)
    .on(COMPARE)
    .position(2, COMPARE)
    .group(Group::Identity);
/// The servers whose connectors are compared.
static SERVERS: Param = param(
    "Server",
    Kind::List(&Kind::Text),
    "The servers whose connectors are compared with those of the first; with -Identity, with that one alone",
)
.on(COMPARE)
.example("HUB01,HUB02")
.completes(Completes::Server)
.group(Group::Identity);

/// The cmdlet.
pub(crate) static CMDLET: Cmdlet = Cmdlet {
    verb: Verb::Compare,
    noun: "ReceiveConnector",
    synopsis: "Show how Receive connectors differ; exit 3 when they do",
    help: Help::new(
        "Compares two connectors; with -Server the connectors of two or more servers with those of the first, or with one identity that connector with those like it. One row is shown for each property and each entry of an access list that differs; lists have no order, and ranges count by their first and last address. Connectors of servers are matched by name, where each server's own name counts as the same: 'Default HUB01' is compared with 'Default HUB02'. It exits with 3 when something differs and with 0 when nothing does.",
        &[
            Example::new(
                "compare-receiveconnector 'HUB01\\Client HUB01' 'MBX01\\Client Frontend MBX01'",
                "Shows how two connectors differ.",
            ),
            Example::new(
                "compare-receiveconnector -Server HUB01,MBX01",
                "Shows where a server has drifted from another.",
            ),
            Example::new(
                "compare-receiveconnector 'HUB01\\Relay' -Server MBX01 -Output json",
                "Shows whether a server has the same connector, for a program.",
            ),
        ],
    )
    .columns(|| COLUMNS.to_vec()),
    params: || vec![&rows::IDENTITY.param, &OTHER, &SERVERS],
    effect: Effect::Reads,
    needs,
    excludes: || {
        let hint = Some("two identities, or -Server alone, or one identity and -Server");
        vec![Exclusion { hint, ..Exclusion::new(&OTHER, [&SERVERS]) }]
    },
    run,
    ..DEFAULTS
};

/// Without servers, two connectors.
fn needs(args: &Args) -> Vec<Missing> {
    if args.has(&SERVERS) {
        return Vec::new();
    }
    let two: [&'static Param; 2] = [&rows::IDENTITY.param, &OTHER];
    two.into_iter().filter(|param| !args.has(param)).map(Missing::of).collect()
}

fn run(call: &Call<'_>, draft: &mut Draft<'_>) -> Result<Outcome, Problem> {
    let found = if call.args.has(&SERVERS) { servers(call, draft)? } else { two(call, draft)? };
    let exit = if found.is_empty() { Exit::Done } else { Exit::No };
    Ok(Outcome { exit, ..Outcome::of(found.iter().map(Drift::object).collect()) })
}

/// Two connectors.
fn two(call: &Call<'_>, draft: &mut Draft<'_>) -> Result<Vec<Drift>, Problem> {
    let (one, other) = (single(&rows::IDENTITY.param, call, draft)?, single(&OTHER, call, draft)?);
    if one == other {
        let message = format!("both identities are the connector `{}`", joined(&one.0, &one.1));
        return Err(not_understood(message, &OTHER, "name another one"));
    }
    let (Some(here), Some(there)) = (draft.host(&one.0)?, draft.host(&other.0)?) else {
        return Ok(Vec::new());
    };
    let (Some(first), Some(second)) = (here.connector(&one.1), there.connector(&other.1)) else {
        return Ok(Vec::new());
    };
    let one = Standing { connector: first, server: &here.server };
    let other = Standing { connector: second, server: &there.server };
    Ok(between(one, other, draft.directory()))
}

/// The connectors of servers with those of the first, or with one connector.
fn servers(call: &Call<'_>, draft: &mut Draft<'_>) -> Result<Vec<Drift>, Problem> {
    let mut names = named(call, draft)?;
    let (reference, only) = if call.args.has(&rows::IDENTITY.param) {
        let (server, name) = single(&rows::IDENTITY.param, call, draft)?;
        names.retain(|other| !same_name(other, &server));
        (server, Some(name))
    } else if names.is_empty() {
        return Err(too_few("no server", &names));
    } else {
        (names.remove(0), None)
    };
    if names.is_empty() {
        return Err(too_few("no server but ", &[reference]));
    }
    let Some(first) = draft.host(&reference)? else { return Err(identity::no_server(&reference, draft)) };
    let mut found = Vec::new();
    for name in names {
        let Some(host) = draft.host(&name)? else { continue };
        found.extend(of_servers(&first, &host, only.as_deref(), draft.directory()));
    }
    Ok(found)
}

/// The servers that the call names, each once, in the order named.
fn named(call: &Call<'_>, draft: &mut Draft<'_>) -> Result<Vec<String>, Problem> {
    let mut names: Vec<String> = Vec::new();
    for text in call.args.texts(&SERVERS) {
        let found = identity::servers(&text, draft)?;
        names.extend(found.into_iter().filter(|name| !names.contains(name)).collect::<Vec<_>>());
    }
    Ok(names)
}

/// The one connector that an identity means.
fn single(param: &'static Param, call: &Call<'_>, draft: &mut Draft<'_>) -> Result<identity::Found, Problem> {
    let texts = call.args.texts(param);
    let mut found = identity::targets_of(&texts, call, draft)?;
    match (found.many, found.found.pop()) {
        (false, Some(one)) => Ok(one),
        _ => {
            let message =
                format!("parameter {}: `{}` is not a single connector", param.name, texts.join(","));
            let hint = "name two connectors, or compare all of several servers: exch compare-receiveconnector -Server SERVER,OTHER";
            Err(not_understood(message, param, hint))
        }
    }
}

fn too_few(what: &str, names: &[String]) -> Problem {
    let message = format!(
        "parameter {}: {what}{} is named, so there is nothing to compare",
        SERVERS.name,
        names.concat()
    );
    not_understood(message, &SERVERS, "name another server too, as in -Server SERVER,OTHER")
}

fn not_understood(message: String, param: &'static Param, hint: &str) -> Problem {
    Problem::new(Exit::NotUnderstood, message).hint(hint).about(param.name)
}
