//! Get-StoreHistory: who changed what, when and why.

use crate::answer::{Exit, Object, Problem};
use crate::cmdlet::args::Call;
use crate::cmdlet::definition::{Cmdlet, Effect, nothing_more};
use crate::cmdlet::shared::identity;
use crate::cmdlet::shared::not_found;
use crate::cmdlet::shared::table_views::STORE_HISTORY;
use crate::cmdlet::transaction::{Draft, Outcome, RevisionInfo};
use crate::manual::{Example, Help};
use crate::param::{Completes, Group, Kind, Param, Value, Verb, param};

const GET: &[Verb] = &[Verb::Get];

static SERVER: Param = param("Server", Kind::Text, "Changes to this server alone")
    .completes(Completes::Server)
    .on(GET)
    .position(1, GET)
    .group(Group::Identity);
static RESULT_SIZE: Param =
    param("ResultSize", Kind::Unlimited(1, 1_000_000), "How many revisions to show, from the newest")
        .group(Group::Limits);

/// The cmdlet.
pub static CMDLET: Cmdlet = Cmdlet {
    verb: Verb::Get,
    noun: "StoreHistory",
    synopsis: "Show the store's revisions, the newest first",
    help: Help::new(
        "Every change is a revision with its author, its moment, the line that made it and the reason that was given. The newest comes first. Revisions that somebody made by hand, in an editor or with git, are listed too.",
        &[
            Example::new("get-storehistory", "Shows every revision."),
            Example::new(
                "get-storehistory HUB01 -ResultSize 3 -Output list",
                "Shows the last three changes to a server, with the lines that made them.",
            ),
        ],
    ),
    params,
    effect: Effect::Reads,
    needs: nothing_more,
    run,
};

fn params() -> Vec<&'static Param> {
    vec![&SERVER, &RESULT_SIZE]
}

fn run(call: &Call<'_>, draft: &mut Draft<'_>) -> Result<Outcome, Problem> {
    let Some(archive) = draft.archive() else { return Ok(Outcome::default()) };
    let limit = match call.args.value(&RESULT_SIZE) {
        Some(Value::Int(number)) => usize::try_from(*number).ok(),
        _ => None,
    };
    // A server that is gone has a history all the same, so a name that is not there now is asked for as typed.
    let server = call.args.text(&SERVER).map(|name| match identity::servers(&name, draft) {
        Ok(names) => names.into_iter().next().unwrap_or(name),
        Err(_) => name,
    });
    let revisions = archive.history(server.as_deref(), limit)?;
    if let Some(name) = server.as_ref().filter(|_| revisions.is_empty())
        && draft.host(name)?.is_none()
    {
        return Err(unknown(name, draft)?);
    }
    Ok(Outcome::of(revisions.iter().map(object).collect()))
}

/// A server that no revision touched: there is none of that name, and there never was.
fn unknown(name: &str, draft: &mut Draft<'_>) -> Result<Problem, Problem> {
    let (server, connector) = name.split_once('\\').unwrap_or((name, ""));
    let problem = not_found::no_server(server, draft);
    Ok(match draft.host(server)? {
        Some(host) if !connector.is_empty() => Problem::new(
            Exit::NotFound,
            format!("parameter Server: `{name}` is a connector's identity, and history is kept by server"),
        )
        .hint(format!("exch get-storehistory {}", host.server.name))
        .about(SERVER.name),
        _ => problem.about(SERVER.name),
    })
}

fn object(revision: &RevisionInfo) -> Object {
    let text = |text: &str| Value::Text(text.to_owned());
    let cells = vec![
        ("Revision", text(revision.id.get(..7).unwrap_or(&revision.id))),
        ("When", Value::Time(revision.when)),
        ("Author", text(&revision.author)),
        ("Subject", text(&revision.subject)),
        ("Servers", Value::List(revision.servers.iter().map(|name| text(name)).collect())),
        ("Body", text(revision.body.trim_end())),
        ("Id", text(&revision.id)),
    ];
    Object::new(&STORE_HISTORY, cells)
}
