//! What the cmdlets for Send connectors share: the servers and connectors that they name, and what these decide.

use crate::answer::Problem;
use crate::cmdlet::args::{Args, Call};
use crate::cmdlet::shared::crud::is_subscribed;
use crate::cmdlet::shared::identity;
use crate::cmdlet::transaction::Draft;
use crate::organization::send_connector::rules::{check_change, written_local};
use crate::organization::send_connector::{EVERY_HUB, Role, Source, check_sources, rows};
use crate::organization::{Scene, SendConnector};
use crate::param::{Argument, Finding, Rule, Value, Version};
use crate::server::Server;

/// What was given, with source servers and the linked receive connector by their names.
///
/// # Errors
/// Exit 4 where one is not there; SC12 on an Edge Transport server, which is its own source; what an Edge
/// subscription alone makes.
pub(in crate::cmdlet) fn resolved(call: &Call<'_>, draft: &mut Draft<'_>) -> Result<Args, Problem> {
    let mut args = call.args.clone();
    let sources = &rows::SOURCE_TRANSPORT_SERVERS.param;
    if let Some(argument) = call.args.get(sources) {
        if let Some(edge) = identity::local_server(call, draft)?.filter(|host| host.server.is_edge()) {
            return Err(own_source(&edge.server.name).into());
        }
        args.put(sources, servers(argument, draft)?);
    }
    let linked = &rows::LINKED_RECEIVE_CONNECTOR.param;
    if let Some(text) = call.args.text(linked) {
        let found = identity::targets_of(&[text], call, draft)?.found;
        if let Some((server, name)) = found.first() {
            let joined = crate::cmdlet::receive_connector::shared::identity(server, name);
            args.put(linked, Argument::Set(Value::Text(joined)));
        }
    }
    no_every_hub(&args)?;
    Ok(args)
}

/// SC12, on an Edge Transport server.
fn own_source(server: &str) -> Finding {
    let name = rows::SOURCE_TRANSPORT_SERVERS.name();
    let why = format!("the Edge Transport server `{server}` is its own source, and no other");
    Finding::of(Rule::SC12, name, why).hint(format!("leave -{name} out"))
}

/// The servers of a list or of an edit, by name.
fn servers(argument: &Argument, draft: &mut Draft<'_>) -> Result<Argument, Problem> {
    let mut named = |values: &[Value]| -> Result<Vec<Value>, Problem> {
        let mut names = Vec::new();
        for value in values {
            let found = identity::servers(&value.to_string(), draft)?.into_iter().map(Value::Text);
            let new: Vec<Value> = found.filter(|name| !names.contains(name)).collect();
            names.extend(new);
        }
        Ok(names)
    };
    Ok(match argument {
        Argument::Set(value) => Argument::Set(Value::List(named(&value.elements())?)),
        Argument::Edit { add, remove } => Argument::Edit { add: named(add)?, remove: named(remove)? },
    })
}

/// The smart host that an Edge subscription alone makes.
fn no_every_hub(args: &Args) -> Result<(), Problem> {
    let name = rows::SMART_HOSTS.name();
    let typed = match args.get(&rows::SMART_HOSTS.param) {
        Some(Argument::Set(value)) => value.elements(),
        Some(Argument::Edit { add, .. }) => add.clone(),
        None => Vec::new(),
    };
    if !typed.contains(&Value::text(EVERY_HUB)) {
        return Ok(());
    }
    let why =
        format!("`{EVERY_HUB}`, every server of the subscribed site, comes with an Edge subscription alone");
    Err(Finding::of(Rule::SC1, name, why).hint(format!("name the servers: -{name} hub01.contoso.com")).into())
}

/// Checks a connector with what its sources decide, and gives its warnings; `before` is the one that is changed.
///
/// # Errors
/// The first refusal.
pub(in crate::cmdlet) fn check(
    draft: &mut Draft<'_>,
    connector: &SendConnector,
    before: Option<&SendConnector>,
    args: &Args,
    scene: &Scene,
) -> Result<Vec<Finding>, Problem> {
    if args.has(&rows::ADDRESS_SPACES.param) && scene.version() != Version::V2007 {
        written_local(connector).map_or(Ok(()), |space| Err(local_space(space, scene.version())))?;
    }
    let sources = sources(draft, &connector.source_transport_servers)?;
    let chosen =
        args.has(&rows::SOURCE_TRANSPORT_SERVERS.param) && !scene.local.as_ref().is_some_and(Server::is_edge);
    match check_sources(connector, &sources, chosen) {
        Some(refusal) => Err(refusal.into()),
        None => Ok(check_change(connector, before).warnings),
    }
}

/// C12: what 2007 writes before a space has a parameter since.
fn local_space(space: &str, version: Version) -> Finding {
    let name = rows::ADDRESS_SPACES.name();
    let plain = space.split_once(':').map_or(space, |(_, rest)| rest);
    let why = format!("`{space}`: Exchange {} has no Local: before a type", version.name());
    Finding::of(Rule::C12, name, why).hint(format!("-{name} '{plain}' -IsScopedConnector:true"))
}

/// What each source does with mail; a server that is no more in the store does nothing that could be checked.
fn sources(draft: &mut Draft<'_>, names: &[String]) -> Result<Vec<Source>, Problem> {
    let mut sources = Vec::new();
    for name in names {
        if let Some(host) = draft.host(name)? {
            let subscribed = host.server.is_edge() && is_subscribed(draft, name)?;
            sources.push(Source { name: name.clone(), role: role(&host.server, subscribed) });
        }
    }
    Ok(sources)
}

fn role(server: &Server, subscribed: bool) -> Role {
    if subscribed {
        Role::SubscribedEdge
    } else if server.is_edge() {
        Role::Edge
    } else if server.is_hub() {
        Role::Hub
    } else {
        Role::None
    }
}
