//! Copy-ReceiveConnector: a connector with its access list on other servers, on all of them or on none.

use crate::answer::{Exit, Problem};
use crate::cmdlet::args::Call;
use crate::cmdlet::definition::{Cmdlet, DEFAULTS, Effect, row_params_and};
use crate::cmdlet::receive_connector::copy_plan::{Copies, Target};
use crate::cmdlet::receive_connector::shared::shown;
use crate::cmdlet::shared::identity;
use crate::cmdlet::transaction::{Draft, Outcome};
use crate::connector::{ReceiveConnector, rows, same_name};
use crate::manual::{Example, Help};
use crate::param::{Completes, Group, Kind, Param, Verb, param};

const COPY: &[Verb] = &[Verb::Copy];

/// The servers that get a copy.
static TO: Param = param(
    "Server",
    Kind::List(&Kind::Text),
    "The servers that get a copy: names, FQDNs or wildcards; a wildcard leaves the connector's own server out",
)
.on(COPY)
.required(COPY)
.position(2, COPY)
.example("HUB02")
.completes(Completes::Server)
.group(Group::Identity);

/// The cmdlet.
pub(crate) static CMDLET: Cmdlet = Cmdlet {
    verb: Verb::Copy,
    noun: "ReceiveConnector",
    synopsis: "Copy Receive connectors to other servers",
    help: Help::new(
        "Makes the connector on every server that -Server names, with its settings and every entry of its access list, in one revision. The server's name in the connector's name, and its FQDN in Fqdn, become those of the server that gets the copy; any other Fqdn stays. Every server is checked before anything is written: when one cannot have its copy none gets one, and the error lists each. Wildcards are asked about first.",
        &[
            Example::new(
                "copy-receiveconnector 'HUB01\\Relay' -Server MBX01",
                "Makes the same connector on another server.",
            ),
            Example::new(
                "copy-receiveconnector 'HUB01\\Relay' -Server HUB01,MBX01 -Name Scanners -Bindings 0.0.0.0:2527",
                "Makes a second one at another port on both servers.",
            ),
            Example::new(
                "copy-receiveconnector 'HUB01\\Relay' -Server 'MBX*' -WhatIf",
                "Shows what copies to all these servers would be, and what stands in the way.",
            ),
        ],
    ),
    params: || row_params_and::<ReceiveConnector>(Verb::Copy, [&TO]),
    effect: Effect::Changes,
    run,
    ..DEFAULTS
};

fn run(call: &Call<'_>, draft: &mut Draft<'_>) -> Result<Outcome, Problem> {
    let sources = identity::targets(call, &rows::IDENTITY.param, draft)?;
    one_name(call, sources.found.len())?;
    let targets = targets(call, draft)?;
    let always = sources.many || targets.iter().any(|target| target.by_wildcard);
    let mut copies = Copies::new(call, always);
    for source in &sources.found {
        for target in &targets {
            copies.add(source, target, draft)?;
        }
    }
    let (made, outcome) = copies.finish(draft)?;
    Ok(Outcome { objects: shown(&made, draft)?.objects, ..outcome })
}

/// The servers that the call names, each once; one that is named by itself is no wildcard's.
fn targets(call: &Call<'_>, draft: &mut Draft<'_>) -> Result<Vec<Target>, Problem> {
    let mut found: Vec<Target> = Vec::new();
    for text in call.args.texts(&TO) {
        let by_wildcard = text.contains(['*', '?']);
        for server in identity::servers(&text, draft)? {
            match found.iter_mut().find(|target| same_name(&target.server, &server)) {
                Some(known) => known.by_wildcard &= by_wildcard,
                None => found.push(Target { server, by_wildcard }),
            }
        }
    }
    Ok(found)
}

/// One name cannot be that of several connectors.
fn one_name(call: &Call<'_>, sources: usize) -> Result<(), Problem> {
    if sources < 2 || !call.args.has(&rows::NAME.param) {
        return Ok(());
    }
    let message =
        format!("parameter Name: the identity means {sources} connectors, and -Name names one copy");
    Err(Problem::new(Exit::NotUnderstood, message)
        .hint("leave -Name out: each copy is called as what it is copied from")
        .about(rows::NAME.name()))
}
