//! What the cmdlets for Edge subscriptions share: who is subscribed, who moves mail in a site, whose connectors are
//! whose.

use std::sync::Arc;

use crate::answer::{Exit, Problem};
use crate::cmdlet::args::Call;
use crate::cmdlet::receive_connector::shared::identity as connector_identity;
use crate::cmdlet::shared::identity;
use crate::cmdlet::transaction::Draft;
use crate::connector::edge_default::{EdgeState, SetValue, Settled, settle};
use crate::connector::{Host, ReceiveConnector, rows as receive_connectors};
use crate::organization::edge_subscription::rows;
use crate::organization::{EdgeSubscription, SendConnector};
use crate::param::{Finding, Group, Kind, Param, Row, Rule, Value, Verb, param, same_name};
use crate::powershell::quote;

/// Skips the question.
pub(in crate::cmdlet) static FORCE: Param =
    param("Force", Kind::Switch, "Do not ask; New- replaces a subscription of the same server")
        .on(&[Verb::New, Verb::Remove]);

/// The Edge Transport server that is subscribed; the product learns it from a file.
pub(in crate::cmdlet) static SERVER: Param =
    param("Server", Kind::Text, "The Edge Transport server that is subscribed")
        .on(&[Verb::New])
        .group(Group::Identity)
        .whole();

/// Whether nothing is to be asked.
pub(in crate::cmdlet) fn is_forced(call: &Call<'_>) -> bool {
    call.args.flag(&FORCE) == Some(true)
}

/// ES1: the Edge Transport server of that name.
///
/// # Errors
/// Exit 4 where the store has no such server, exit 1 where it has another role.
pub(in crate::cmdlet) fn edge(name: &str, draft: &mut Draft<'_>) -> Result<Arc<Host>, Problem> {
    let found = if name.contains(['*', '?']) { Vec::new() } else { identity::servers(name, draft)? };
    let host = found.first().map(|name| draft.host(name)).transpose()?.flatten();
    let host = host.ok_or_else(|| identity::no_server(name, draft))?;
    if host.server.is_edge() {
        return Ok(host);
    }
    let server = &host.server.name;
    let message = format!("parameter {}: `{server}` is not an Edge Transport server", SERVER.name);
    Err(Finding::new(Rule::ES1, SERVER.name, message)
        .hint(format!(
            "exch new-exchangeserver {} -ServerRole EdgeTransport adds one; {server} stays what it is",
            identity::free_edge_name(draft)?
        ))
        .into())
}

/// ES2: the site as the servers that move mail in it spell it.
///
/// # Errors
/// Exit 1 where there is no such server.
pub(in crate::cmdlet) fn site(typed: &str, draft: &mut Draft<'_>) -> Result<String, Problem> {
    let mut sites: Vec<String> = Vec::new();
    for name in draft.server_names()? {
        let hub = draft.host(&name)?.filter(|host| host.server.is_hub());
        sites.extend(hub.and_then(|host| host.server.site.clone()));
    }
    if let Some(site) = sites.iter().find(|site| same_name(site, typed)) {
        return Ok(site.clone());
    }
    let name = rows::SITE.name();
    let message = format!(
        "parameter {name}: `{typed}` is the site of no server that moves the organization's mail, so a subscription to it would be orphaned"
    );
    let hint = match crate::cmdlet::shared::not_found::nearest(typed, sites.iter().map(String::as_str))
        .or(sites.first().map(String::as_str))
    {
        Some(near) => format!("-{name} {}", quote::bash(near)),
        None => format!("exch set-exchangeserver SERVER -Site {} says where a server is", quote::bash(typed)),
    };
    Err(Finding::new(Rule::ES2, name, message).hint(hint).into())
}

/// The Send connectors that an Edge Transport server has of its own: it alone sends, and no subscription brought them.
pub(in crate::cmdlet) fn own_connectors(all: &[SendConnector], server: &str) -> Vec<String> {
    let alone = |connector: &&SendConnector| matches!(connector.source_transport_servers.as_slice(), [only] if same_name(only, server));
    all.iter().filter(alone).map(|connector| connector.name.clone()).collect()
}

/// A subscription of another Edge Transport server, or this one's, that has a connector of that name.
pub(in crate::cmdlet) fn owner<'s>(
    all: &'s [EdgeSubscription],
    connector: &str,
) -> Option<&'s EdgeSubscription> {
    all.iter().find(|subscription| subscription.owns(connector))
}

/// Takes a server out of the sources of every Send connector; those without another source go.
pub(in crate::cmdlet) fn without_source(all: Vec<SendConnector>, server: &str) -> Vec<SendConnector> {
    let leave = |mut connector: SendConnector| {
        let before = connector.source_transport_servers.len();
        connector.source_transport_servers.retain(|name| !same_name(name, server));
        let goes = before > 0 && connector.source_transport_servers.is_empty();
        (!goes).then_some(connector)
    };
    all.into_iter().filter_map(leave).collect()
}

/// Puts an Edge Transport server into a site, or with none out of it: the site comes with the subscription, and so does
/// what its default connector offers the organization. Gives what became of that.
///
/// # Errors
/// Where its file cannot be read.
pub(in crate::cmdlet) fn move_to_site(
    call: &Call<'_>,
    draft: &mut Draft<'_>,
    server: &str,
    site: Option<String>,
) -> Result<Option<String>, Problem> {
    let Some(host) = draft.host(server)? else { return Ok(None) };
    let mut host = Host::clone(&host);
    let state = if site.is_some() { EdgeState::Subscribed } else { EdgeState::Alone };
    host.server.site = site;
    let (name, settled) = settle(&mut host, state);
    let name = connector_identity(&host.server.name, &name);
    draft.put(host, &call.context)?;
    Ok(default_connector(&name, &settled, state))
}

/// What became of the default connector, in a sentence.
fn default_connector(name: &str, settled: &Settled, state: EdgeState) -> Option<String> {
    let each = |set: &[SetValue], say: fn(&SetValue) -> String, between: &str| {
        set.iter().map(say).collect::<Vec<_>>().join(between)
    };
    match settled {
        Settled::Same => None,
        Settled::Changed(set) => {
            let change = |one: &SetValue| format!("{} {} → {}", one.property, one.before, one.goal);
            Some(format!("{name}: {}", each(set, change, "; ")))
        }
        Settled::Edited(set) => {
            let names = each(set, |one| one.property.to_owned(), " and ");
            let argument =
                |one: &SetValue| format!("-{} {}", one.property, one.goal.to_string().replace(", ", ","));
            let line =
                format!("exch set-receiveconnector {} {}", quote::bash(name), each(set, argument, " "));
            Some(format!(
                "`{name}` keeps its {names}, which are not those of a default connector any more: `{line}` sets them"
            ))
        }
        Settled::Missing(Some(goal)) => (state == EdgeState::Subscribed).then(|| {
            format!(
                "`{name}` is not there, nor is any other Receive connector of the server: `{}` makes it",
                making(name, goal)
            )
        }),
        Settled::Missing(None) => {
            Some(format!("`{name}` is not there: of the server's other connectors nothing is changed"))
        }
    }
}

/// The line that makes a default connector.
fn making(identity: &str, goal: &ReceiveConnector) -> String {
    let server = identity.split_once('\\').map_or("", |(server, _)| server);
    let mut line = format!(
        "exch new-receiveconnector {} -Server {} -Usage Custom",
        quote::bash(&goal.name),
        quote::bash(server)
    );
    let rows: [&Row<ReceiveConnector>; 4] = [
        &receive_connectors::BINDINGS,
        &receive_connectors::REMOTE_IP_RANGES,
        &receive_connectors::AUTH_MECHANISM,
        &receive_connectors::PERMISSION_GROUPS,
    ];
    for row in rows {
        let values = row.stored(goal).map(|value| value.elements()).unwrap_or_default();
        let values: Vec<String> = values.iter().map(ToString::to_string).collect();
        line.push_str(&format!(" -{} {}", row.name(), values.join(",")));
    }
    line
}

/// Whether nothing of the organization depends on a server, so that it may go: no subscription, no Send connector.
///
/// # Errors
/// Exit 1 with what does.
pub(in crate::cmdlet) fn is_free(draft: &mut Draft<'_>, server: &str) -> Result<(), Problem> {
    let refuse = |message: String, hint: String| {
        Err(Problem::new(Exit::Refused, message).hint(hint).about("Identity"))
    };
    if crate::cmdlet::shared::crud::is_subscribed(draft, server)? {
        let hint = format!("exch remove-edgesubscription {server} removes its subscription first");
        return refuse(format!("the Edge Transport server {server} is subscribed"), hint);
    }
    let sends = |connector: &&SendConnector| {
        connector.source_transport_servers.iter().any(|name| same_name(name, server))
    };
    let all: Vec<&str> =
        draft.members::<SendConnector>()?.iter().filter(sends).map(|one| one.name.as_str()).collect();
    let Some(first) = all.first() else { return Ok(()) };
    let (count, names) = (all.len(), all.join(", "));
    let message = format!(
        "server {server} is configured as a source transport server for {count} connector(s) in the organization, which must be moved or deleted first: {names}"
    );
    refuse(message, format!("exch set-sendconnector {} -SourceTransportServers OTHER", quote::bash(first)))
}

/// ES17: the sites of subscribed Edge Transport servers in which no server moves mail any more, with those servers.
///
/// # Errors
/// Where a file cannot be read.
pub(in crate::cmdlet) fn orphans(draft: &mut Draft<'_>) -> Result<Vec<Finding>, Problem> {
    let mut found = Vec::new();
    for EdgeSubscription { name, site: of, .. } in draft.members::<EdgeSubscription>()?.to_vec() {
        if site(&of, draft).is_err() {
            let message = format!(
                "the Edge Transport server {name} is orphaned: no server moves mail in its site `{of}` any more"
            );
            let hint = format!("exch remove-edgesubscription {name}, or another server there");
            found.push(Finding::new(Rule::ES17, rows::SITE.name(), message).hint(hint));
        }
    }
    Ok(found)
}

/// A text of a parameter that names one thing.
pub(in crate::cmdlet) fn typed(call: &Call<'_>, param: &Param) -> Option<String> {
    call.args.value(param).map(Value::to_string)
}
