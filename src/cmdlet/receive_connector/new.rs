//! New-ReceiveConnector: a connector from a usage preset and what was given (C16).

use std::sync::Arc;

use super::wizard;
use crate::answer::{Exit, Problem};
use crate::cmdlet::accepted_domain::references;
use crate::cmdlet::args::{Args, Call};
use crate::cmdlet::definition::{Cmdlet, DEFAULTS, Effect, Missing, row_params_and};
use crate::cmdlet::receive_connector::shared::{
    apply_args, check, check_given, identity, shown, unauthenticated_servers,
};
use crate::cmdlet::shared::identity::{free_edge_name, local_server};
use crate::cmdlet::shared::usage_switches::{Usages, switches};
use crate::cmdlet::transaction::{Draft, Outcome};
use crate::connector::rules::{self, Case, taken_name};
use crate::connector::setup::connector_roles;
use crate::connector::usage::Usage;
use crate::connector::{Host, ReceiveConnector, rows};
use crate::manual::{Example, Help, ParameterSet};
use crate::param::{Finding, Group, Kind, Param, Platform, Rule, Verb, Version, param};
use crate::permission::PermissionGroup;
use crate::powershell::quote;
use crate::server::Server;

/// The usage type by name.
pub(in crate::cmdlet) static USAGE: Param =
    param("Usage", Kind::Choice(<Usage as strum::VariantNames>::VARIANTS), "What the connector is for")
        .group(Group::Identity);

/// The usage types as switches, in the order of [`Usage::ALL`]. A switch asks for what is missing.
static SWITCHES: [Param; 5] = switches!["Client", "Custom", "Internal", "Internet", "Partner"];

static USAGES: Usages<Usage> = Usages { by_name: &USAGE, switches: &SWITCHES, all: &Usage::ALL };

/// The cmdlet.
pub(crate) static CMDLET: Cmdlet = Cmdlet {
    verb: Verb::New,
    noun: "ReceiveConnector",
    synopsis: "Make a Receive connector",
    help: Help::new(
        "A connector answers the remote addresses in -RemoteIPRanges at the local addresses and ports in -Bindings. Of several connectors at one port the one with the narrowest range answers, so two may share a port but not the same ranges. A usage, by its switch or as -Usage NAME, gives what is not given here; without one it is Custom, and without a permission group no client may submit.",
        &[
            Example::new("new-receiveconnector Scanners -Server HUB01 -Custom -Bindings 0.0.0.0:2525 -RemoteIPRanges 10.0.0.5,10.0.0.6 -PermissionGroups AnonymousUsers", "Lets two devices submit mail to recipients of the organization, without a logon."),
            Example::new("new-receiveconnector 'From the Internet' -Server MBX01 -Internet -Bindings 192.0.2.25:25 -TransportRole FrontendTransport", "Takes mail from everywhere at one address."),
            Example::new("new-receiveconnector Trial -Server MBX01 -Usage Client -RemoteIPRanges 10.1.0.0/16 -Bindings 0.0.0.0:2587 -WhatIf", "Shows what a connector for users' programs would be, and makes nothing."),
        ],
    )
    .sets(sets),
    params: || row_params_and::<ReceiveConnector>(Verb::New, [&USAGE].into_iter().chain(&SWITCHES)),
    effect: Effect::Changes,
    needs,
    possible,
    guide: Some(&wizard::GUIDE),
    excludes: || USAGES.excludes(),
    run,
    ..DEFAULTS
};

/// The usages, as help shows them: what each is for, needs and gives on the newest version.
fn sets() -> Vec<ParameterSet> {
    let platform = Platform::NEWEST;
    // No usage at all is Custom, so help begins with it.
    let mut all: Vec<(Usage, &'static Param)> = Usage::ALL.into_iter().zip(&SWITCHES).collect();
    all.sort_by_key(|(usage, _)| *usage != Usage::Custom);
    let set = |(usage, switch): (Usage, &'static Param)| {
        let preset = usage.preset();
        let gives = preset.values(platform).into_iter().map(|(row, value)| {
            let texts: Vec<String> = value.elements().iter().map(ToString::to_string).collect();
            (&row.param, if texts.is_empty() { "None".to_owned() } else { quote::bash(&texts.join(",")) })
        });
        ParameterSet {
            switch: Some(switch),
            purpose: preset.purpose,
            required: preset.required.iter().map(|row| &row.param).collect(),
            gives: gives.collect(),
        }
    };
    all.into_iter().map(set).collect()
}

/// What the usage needs and was not given.
fn needs(args: &Args) -> Vec<Missing> {
    let required = |usage: Usage| usage.preset().required.iter().map(|row| &row.param).collect();
    USAGES.missing(args, Usage::Custom, required)
}

fn run(call: &Call<'_>, draft: &mut Draft<'_>) -> Result<Outcome, Problem> {
    let usage = usage(&call.args);
    let (host, mut notices) = host(call, draft)?;
    let server = &host.server;
    on_this_server(&call.args, usage, server)?;
    let name = call.args.text(&rows::NAME.param).unwrap_or_default();
    if let Some(taken) = taken_name(&host, &name) {
        return Err(already_there(&identity(&server.name, &taken.name)));
    }
    let (mut connector, mut warnings) = build(&call.args, usage, &name, server)?;
    references::resolve(&mut connector, call, draft)?;
    warnings.extend(check(&connector, None, &host, false)?);
    warnings.extend(unauthenticated_servers(&connector, None, server, draft)?);
    warnings.extend(no_group(&connector, server));
    warnings.extend(not_recommended(usage, server, &name, draft)?);
    let shows = [(server.name.clone(), name)];
    let mut host = draft.take(host);
    host.connectors.push(connector);
    draft.put(host, &call.context)?;
    let mut outcome = Outcome { warnings, ..shown(&shows, draft)? };
    outcome.notices.append(&mut notices);
    Ok(outcome)
}

pub(in crate::cmdlet) fn usage(args: &Args) -> Usage {
    USAGES.one(args).unwrap_or(Usage::Custom)
}

/// The server that the connector is made on: `-Server`, else the local one; the first use registers this machine.
pub(in crate::cmdlet) fn host(
    call: &Call<'_>,
    draft: &mut Draft<'_>,
) -> Result<(Arc<Host>, Vec<String>), Problem> {
    if let Some(name) = call.args.text(&rows::SERVER.param) {
        let found = crate::cmdlet::shared::identity::servers(&name, draft)?;
        let host = found.first().map(|name| draft.host(name)).transpose()?.flatten();
        return host
            .map(|host| (host, Vec::new()))
            .ok_or_else(|| crate::cmdlet::shared::identity::no_server(&name, draft));
    }
    crate::cmdlet::exchange_server::shared::here(call, draft, &rows::SERVER.param)
}

/// Only servers with a transport role have connectors.
pub(in crate::cmdlet) fn has_transport(server: &Server) -> Result<(), Problem> {
    let roles = connector_roles(server.version);
    if !(server.roles & roles).is_empty() {
        return Ok(());
    }
    let names: Vec<&str> = roles.iter().map(Into::into).collect();
    let message =
        format!("server {} has no role that receives mail, so it can have no Receive connector", server.name);
    Err(Finding::new(Rule::C18, rows::SERVER.name(), message)
        .hint(format!("roles that do: {}", names.join(", ")))
        .into())
}

/// Checks what the server's version and roles do not have at all (C11, C12, C18), for a call in which something is
/// still missing. Where no server is meant yet, there is nothing to check.
///
/// # Errors
/// What is refused whatever else is given.
pub(in crate::cmdlet) fn possible(call: &Call<'_>, draft: &mut Draft<'_>) -> Result<(), Problem> {
    let usage = usage(&call.args);
    let host = match call.args.has(&rows::SERVER.param) {
        true => Some(host(call, draft)?.0),
        false => local_server(call, draft)?,
    };
    let Some(host) = host else { return Ok(()) };
    let server = &host.server;
    on_this_server(&call.args, usage, server)?;
    let (connector, _) = build(&call.args, usage, "", server)?;
    let case = Case { connector: &connector, server, before: None, has_peers: false };
    let mut found = rules::check(&case).refusals.into_iter();
    match found.find(|one| matches!(one.rule, Rule::C11 | Rule::C12)) {
        Some(refusal) => Err(refusal.into()),
        None => Ok(()),
    }
}

/// The server's roles, the parameters of its version, and C11's usage.
fn on_this_server(args: &Args, usage: Usage, server: &Server) -> Result<(), Problem> {
    has_transport(server)?;
    check_given(args, server)?;
    if server.is_edge() && !usage.preset().on_edge {
        return Err(Finding::new(
            Rule::C11,
            USAGE.name,
            format!("parameter Usage: `{}`: an Edge Transport server has no such usage", usage.name()),
        )
        .hint("-Usage Internal, Internet, Partner or Custom")
        .into());
    }
    Ok(())
}

/// The preset, then what was given.
fn build(
    args: &Args,
    usage: Usage,
    name: &str,
    server: &Server,
) -> Result<(ReceiveConnector, Vec<Finding>), Problem> {
    let mut connector = ReceiveConnector::new(name, server);
    for (row, value) in usage.preset().values(server.platform()) {
        if !args.has(&row.param) {
            row.assign(&mut connector, value)?;
        }
    }
    let notes = apply_args(&mut connector, args)?;
    Ok((connector, notes))
}

/// C1: the name is taken; said so that a second run of the same line is understood.
fn already_there(identity: &str) -> Problem {
    let quoted = quote::bash(identity);
    Problem::new(Exit::Conflict, format!("the Receive connector \"{identity}\" is there already"))
        .hint(format!("exch get-receiveconnector {quoted} -o list shows it, exch set-receiveconnector {quoted} changes it"))
        .about(rows::NAME.name())
}

/// The usage Internet on a Hub Transport server (doc, 2010).
fn not_recommended(
    usage: Usage,
    server: &Server,
    name: &str,
    draft: &mut Draft<'_>,
) -> Result<Option<Finding>, Problem> {
    if usage != Usage::Internet || server.version >= Version::V2013 || !server.is_hub() {
        return Ok(None);
    }
    let message = "the usage Internet is not recommended on a Hub Transport server: an Edge Transport server should take mail from the Internet";
    let hint = on_an_edge_server(name, draft)?;
    Ok(Some(Finding::new(Rule::C16, USAGE.name, message).hint(hint)))
}

/// Where mail from the Internet is taken instead: the connector of an Edge Transport server that takes it, else a new
/// one there, else a new server.
fn on_an_edge_server(name: &str, draft: &mut Draft<'_>) -> Result<String, Problem> {
    let mut first = None;
    for server in draft.server_names()? {
        let Some(host) = draft.host(&server)?.filter(|host| host.server.is_edge()) else { continue };
        let anonymous = PermissionGroup::AnonymousUsers;
        let takes = |one: &&ReceiveConnector| one.enabled && one.access.groups().contains(anonymous);
        if let Some(there) = host.connectors.iter().find(takes) {
            let quoted = quote::bash(&identity(&server, &there.name));
            return Ok(format!("exch get-receiveconnector {quoted} -o list shows one that takes it"));
        }
        first.get_or_insert(server);
    }
    Ok(match first {
        Some(edge) => format!(
            "exch new-receiveconnector {} -Server {edge} -Internet -Bindings 0.0.0.0:25 makes one that takes it",
            quote::bash(name)
        ),
        None => format!(
            "exch new-exchangeserver {} -ServerRole EdgeTransport has a connector for it",
            free_edge_name(draft)?
        ),
    })
}

/// A connector that no client may submit to.
fn no_group(connector: &ReceiveConnector, server: &Server) -> Option<Finding> {
    let quoted = quote::bash(&identity(&server.name, &connector.name));
    connector.access.groups().is_empty().then(|| {
        Finding::new(
            Rule::C16,
            rows::PERMISSION_GROUPS.name(),
            "no permission group: this connector accepts no mail until one is set",
        )
        .hint(format!("exch set-receiveconnector {quoted} -PermissionGroups GROUP says who may send; `exch get-help permissions` explains the groups"))
    })
}
