//! What the cmdlets for data paths are asked: the ends looked up as roles or servers, the rest of the question.

use std::sync::Arc;

use crate::answer::{Exit, Problem};
use crate::cmdlet::args::{Args, Call};
use crate::cmdlet::shared::identity;
use crate::cmdlet::transaction::Draft;
use crate::connector::Host;
use crate::datapath::{Condition, EDITIONS, Edition, Query, Role, rows};
use crate::manual::Exclusion;
use crate::param::{Param, Value, Version};
use crate::server::Server;
use crate::text;

/// More servers than this a hint does not name.
const MOST_NAMED: usize = 5;

/// Who stands at an end of a data path, as it was typed.
#[derive(Clone)]
pub enum End {
    /// A role, by any of its names.
    Role(String),
    /// A server of the store.
    Server(Arc<Host>),
}

impl End {
    /// The name to show.
    #[must_use]
    pub fn name(&self) -> &str {
        match self {
            End::Role(name) => name,
            End::Server(host) => &host.server.name,
        }
    }

    /// The server, where it is one.
    #[must_use]
    pub fn host(&self) -> Option<&Host> {
        match self {
            End::Role(_) => None,
            End::Server(host) => Some(host),
        }
    }
}

/// What stands at an end: a role where the text names one in any edition, else a server of the store (D2).
///
/// # Errors
/// Exit 2 for a text that names neither, with what comes nearest.
pub fn end(param: &'static Param, args: &Args, draft: &mut Draft<'_>) -> Result<Option<End>, Problem> {
    let Some(typed) = args.text(param) else { return Ok(None) };
    if version_with(|edition, version| !edition.called(&typed, version).is_empty()).is_some() {
        return Ok(Some(End::Role(typed)));
    }
    match identity::servers(&typed, draft).map(|names| names.into_iter().next()) {
        Ok(Some(name)) if !typed.contains(['*', '?']) => Ok(draft.host(&name)?.map(End::Server)),
        Err(problem) if problem.exit != Exit::NotFound => Err(problem),
        _ => Err(unknown(param, &typed, asked_version(args), draft)),
    }
}

/// The version that a line names.
#[must_use]
pub(crate) fn asked_version(args: &Args) -> Option<Version> {
    args.text(&rows::VERSION.param).and_then(|name| name.parse().ok())
}

/// The version that is asked about: the one that was named, else the newest of the servers', else 2010 (D2).
#[must_use]
pub fn version<'h>(args: &Args, hosts: impl Iterator<Item = &'h Host>) -> Version {
    asked_version(args).or_else(|| hosts.map(|host| host.server.version).max()).unwrap_or(Version::V2010)
}

/// The roles that an end stands for in the tables of `version`.
///
/// # Errors
/// Exit 2 where they have none of it.
pub fn roles(param: &Param, end: &End, version: Version) -> Result<Vec<&'static Role>, Problem> {
    let edition = Edition::of(version);
    let found = match end {
        End::Role(name) => edition.called(name, version),
        End::Server(host) => return server_roles(&host.server, version),
    };
    if !found.is_empty() {
        return Ok(found);
    }
    let name = end.name();
    let problem = Problem::new(
        Exit::NotUnderstood,
        format!("parameter {}: the tables of Exchange {} have no `{name}`", param.name, version.name()),
    )
    .about(param.name);
    Err(match version_with(|edition, version| !edition.called(name, version).is_empty()) {
        Some(other) => problem.hint(format!("-Version {} has it", other.name())),
        None => problem,
    })
}

/// Servers and sites are both ends of a path, so that neither end is named by itself.
pub(super) fn whole_or_ends() -> Vec<Exclusion> {
    let ends = || [&rows::SOURCE.param, &rows::DESTINATION.param];
    vec![Exclusion::new(&rows::SERVER, ends()), Exclusion::new(&rows::SITE, ends())]
}

/// The first version of which something is so.
#[must_use]
pub(crate) fn version_with(is_so: impl Fn(&Edition, Version) -> bool) -> Option<Version> {
    let all = EDITIONS.iter().flat_map(|edition| edition.versions.iter().map(move |v| (*edition, *v)));
    all.into_iter().find(|(edition, version)| is_so(edition, *version)).map(|(_, version)| version)
}

/// The roles that a server stands for in the tables of `version`.
///
/// # Errors
/// Exit 2 where they know no such server: it is newer than they are.
pub fn server_roles(server: &Server, version: Version) -> Result<Vec<&'static Role>, Problem> {
    let found = Edition::of(version).of_server(server);
    if !found.is_empty() {
        return Ok(found);
    }
    Err(Problem::new(
        Exit::NotUnderstood,
        format!(
            "parameter Version: the tables of Exchange {} know no server like {}, which runs Exchange {}",
            version.name(),
            server.name,
            server.version.name()
        ),
    )
    .hint(format!("-Version {}, or leave it out", server.version.name()))
    .about(rows::VERSION.name()))
}

/// The port that a call asks about.
#[must_use]
pub(crate) fn asked_port(args: &Args) -> Option<u16> {
    match args.value(&rows::PORT.param) {
        Some(Value::Int(number)) => u16::try_from(*number).ok(),
        _ => None,
    }
}

/// The same question for each port that a call names; one without a port where it names none.
#[must_use]
pub fn queries(call: &Call<'_>, version: Version) -> Vec<Query> {
    let query = query(call, version);
    let ports: Vec<u16> =
        call.args.texts(&rows::ASKED_PORTS).iter().filter_map(|text| text.parse::<u16>().ok()).collect();
    if ports.is_empty() {
        return vec![query];
    }
    ports.into_iter().map(|port| Query { port: Some(port), ..query.clone() }).collect()
}

/// The question that a call asks about `version`, the ends left open.
#[must_use]
pub fn query(call: &Call<'_>, version: Version) -> Query {
    let args = &call.args;
    let port = asked_port(args);
    let said = |param, condition| (args.flag(param) == Some(true)).then_some(condition);
    let conditions =
        [said(&rows::THROUGH_FIREWALL, Condition::Firewall), said(&rows::PERIMETER, Condition::Perimeter)];
    Query {
        port,
        protocol: args.text(&rows::PROTOCOL.param),
        auth: args.text(&rows::AUTHENTICATION.param).and_then(|name| name.parse().ok()),
        encrypted: args.flag(&rows::ENCRYPTED.param),
        conditions: conditions.into_iter().flatten().collect(),
        ..Query::new(version)
    }
}

/// Exit 2 for a text that names neither a role nor a server: what comes nearest, else the servers of the store and the
/// roles of the version that is asked about.
fn unknown(param: &Param, typed: &str, asked: Option<Version>, draft: &mut Draft<'_>) -> Problem {
    let mut servers = draft.server_names().unwrap_or_default();
    let spellings =
        EDITIONS.iter().flat_map(|edition| edition.roles.iter().flat_map(|role| role.spellings()));
    let endpoints = draft.after().organization.network_endpoints.iter().map(|one| one.name.clone());
    let names = spellings.map(str::to_owned).chain(servers.iter().cloned()).chain(endpoints);
    let message = format!(
        "parameter {}: `{typed}` is neither a role of the tables nor a server or network endpoint of the store",
        param.name
    );
    let problem = Problem::new(Exit::NotUnderstood, message).about(param.name);
    if let Some(near) = text::nearest(typed, names, text::LIKE) {
        return problem.hint(format!("did you mean {near}?"));
    }
    // A file that cannot be read is no matter of this line.
    let hosts = servers.iter().filter_map(|name| draft.host(name).ok().flatten());
    let newest = hosts.map(|host| host.server.version).max();
    servers.sort_by(|one, other| text::likeness(typed, other).total_cmp(&text::likeness(typed, one)));
    let more = servers.len().saturating_sub(MOST_NAMED);
    servers.truncate(MOST_NAMED);
    let version = asked.or(newest).unwrap_or(Version::V2010);
    let roles: Vec<&str> = Edition::of(version).roles.iter().map(|role| role.name).collect();
    let roles = format!("roles of Exchange {} are {}", version.name(), roles.join(", "));
    let and_more = if more > 0 { format!(" and {more} more") } else { String::new() };
    problem.hint(match servers.as_slice() {
        [] => roles,
        named => format!("servers of the store are {}{and_more}; {roles}", named.join(", ")),
    })
}
