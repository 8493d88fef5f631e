//! What the cmdlets for servers share: showing one, checking one, registering this machine on first use.

use std::sync::Arc;

use crate::answer::{Exit, Object, Problem};
use crate::cmdlet::args::Call;
use crate::cmdlet::shared::identity;
use crate::cmdlet::shared::table_views::EXCHANGE_SERVER;
use crate::cmdlet::transaction::Draft;
use crate::connector::{Host, rules};
use crate::param::{Finding, Param, Version};
use crate::server::{self, Directory, Server, ServerRole};

/// A server as Get- shows it.
#[must_use]
pub fn object(server: &Server, directory: &Directory) -> Object {
    Object::of(&EXCHANGE_SERVER, server, directory, server.release())
}

/// The server of that name, as an outcome shows it.
///
/// # Errors
/// Where its file cannot be read.
pub fn shown(name: &str, draft: &mut Draft<'_>) -> Result<Vec<Object>, Problem> {
    let host = draft.host(name)?;
    Ok(host.iter().map(|host| object(&host.server, draft.directory())).collect())
}

/// Checks a server with its connectors, and gives the server's warnings.
///
/// # Errors
/// Each refusal of the rules for the server, or else the first for its connectors.
pub fn check(host: &Host) -> Result<Vec<Finding>, Problem> {
    let found = server::check(&host.server);
    let connectors = || crate::param::record::first_refused(&host.connectors, rules::check_host(host));
    let problem = Problem::of_all(found.refusals).or_else(|| connectors().map(Problem::from));
    problem.map_or(Ok(found.warnings), Err)
}

/// The roles that a server of `version` has when none are named.
#[must_use]
pub(crate) fn usual_roles(version: Version) -> enumset::EnumSet<ServerRole> {
    match version {
        Version::V2007 | Version::V2010 => ServerRole::HubTransport.into(),
        Version::V2013 => ServerRole::Mailbox | ServerRole::ClientAccess,
        Version::V2016 | Version::V2019 | Version::Se => ServerRole::Mailbox.into(),
    }
}

/// The server that a call is about where `param` names none: the local one; the first use registers this machine.
/// Gives what is to be said of that.
///
/// # Errors
/// Exit 2 where the store has several servers and none of them is local.
pub fn here(
    call: &Call<'_>,
    draft: &mut Draft<'_>,
    param: &Param,
) -> Result<(Arc<Host>, Vec<String>), Problem> {
    if let Some(host) = identity::local_server(call, draft)? {
        return Ok((host, Vec::new()));
    }
    let names = draft.server_names()?;
    if names.is_empty() {
        return register_machine(call, draft);
    }
    let name = param.name;
    let shown: Vec<String> = names.iter().take(5).map(|server| format!("-{name} {server}")).collect();
    Err(Problem::new(Exit::NotUnderstood, format!("parameter {name}: the store has several servers and none is this machine, so the server must be named"))
        .hint(format!("{}, or set EXCH_SERVER", shown.join(" or ")))
        .about(name))
}

/// Registers this machine as a server: the first use of a store just works. It is a Hub Transport server of
/// 2010, the edition that the product mirrors first, or a Mailbox server of 2019 when the call has a parameter
/// that came later; without default connectors, since registering is not installing.
///
/// # Errors
/// Where the machine's name is no server name.
fn register_machine(call: &Call<'_>, draft: &mut Draft<'_>) -> Result<(Arc<Host>, Vec<String>), Problem> {
    let machine = &call.context.machine;
    if machine.name.is_empty() {
        return Err(Problem::new(
            Exit::NotUnderstood,
            "the store has no server, and this machine has no name to register",
        )
        .hint("exch new-exchangeserver HUB01"));
    }
    let newer = call.args.iter().any(|(param, _)| param.since > Version::V2010);
    let mut server = Server::new(&machine.name, &format!("{}.{}", machine.name, draft.directory().domain));
    server.version = if newer { Version::V2019 } else { Version::V2010 };
    server.roles = usual_roles(server.version);
    server.addresses = (machine.addresses)();
    let roles: Vec<&str> = server.roles.iter().map(Into::into).collect();
    let notice = format!(
        "registered this machine as server {}: Exchange {}, {}, without default connectors; `exch set-exchangeserver {} -Version {}` changes it, `exch new-exchangeserver` adds others",
        server.name,
        server.version.name(),
        roles.join(", "),
        server.name,
        if newer { "2016" } else { "2019" },
    );
    draft.put(Host { server, connectors: Vec::new() }, &call.context)?;
    let host = draft.host(&machine.name)?;
    host.map(|host| (host, vec![notice]))
        .ok_or_else(|| Problem::new(Exit::Fault, "the server that was just registered is gone"))
}
