//! Which servers and roles a line of Get-DataPath is about, and the flows between them (D6).

use std::sync::Arc;

use super::{crossing, get::no_path, shared as data_path};
use crate::answer::{Exit, Problem};
use crate::cmdlet::args::{Args, Call};
use crate::cmdlet::shared::identity;
use crate::cmdlet::transaction::Draft;
use crate::connector::Host;
use crate::datapath::{Edition, Role, rows};
use crate::flow::{Flow, Node, Setting, between, unplaced};
use crate::organization::{EdgeSubscription, NetworkEndpoint};
use crate::param::{Finding, Param, Version, same_name};

/// What is said where nothing is found.
pub(crate) const NOTHING_FITS: &str =
    "no data path fits between these ends, as far as the published tables go";
/// More servers than this have more pairs than anybody reads.
const MOST_SERVERS: usize = 1_000;

/// An end as it was typed.
enum End {
    /// A role, by any of its names.
    Role(String),
    /// Servers and network endpoints, by a name or a wildcard.
    Named(Vec<Node>),
}

impl End {
    /// Whether a flow has it, of the end that is given.
    fn has(&self, node: &Node, role: &Role, version: Version) -> bool {
        match self {
            End::Role(typed) => Edition::of(version).called(typed, version).contains(&role),
            End::Named(servers) => servers.iter().any(|server| server.is(node)),
        }
    }
}

/// What there is between servers.
pub struct Found {
    /// The flows.
    pub flows: Vec<Flow>,
    /// The versions of servers between which no table has a row.
    pub without_rows: Vec<(Version, Version)>,
    /// What is not supported as the network is.
    pub warnings: Vec<Finding>,
}

impl Found {
    fn of(flows: Vec<Flow>) -> Self {
        Found { flows, without_rows: Vec::new(), warnings: Vec::new() }
    }
}

/// Whether a line is about servers rather than about roles alone.
///
/// # Errors
/// Exit 2 for an end that is neither a role nor a server.
pub(crate) fn are_servers(args: &Args, draft: &mut Draft<'_>) -> Result<bool, Problem> {
    if [&rows::SERVER, &rows::SITE, &rows::CROSSING].iter().any(|param| args.has(param)) {
        return Ok(true);
    }
    let version = data_path::asked_version(args).unwrap_or(Version::V2010);
    for param in [&rows::SOURCE.param, &rows::DESTINATION.param] {
        let is_named = match end(param, args, draft)? {
            None => false,
            Some(End::Named(_)) => true,
            Some(End::Role(typed)) => {
                let known = !Edition::of(version).called(&typed, version).is_empty();
                !known && !endpoints_called(&typed, draft)?.is_empty()
            }
        };
        if is_named {
            return Ok(true);
        }
    }
    Ok(false)
}

/// The same where a line is about servers: an endpoint of a role's name is meant before the role.
fn end_beside_servers(
    param: &'static Param,
    args: &Args,
    draft: &mut Draft<'_>,
) -> Result<Option<End>, Problem> {
    let Some(typed) = args.text(param) else { return Ok(None) };
    let is_server = draft.server_names()?.iter().any(|name| same_name(name, &typed));
    match endpoints_called(&typed, draft)? {
        found if !found.is_empty() && !identity::is_wildcard(&typed) && !is_server => {
            Ok(Some(End::Named(found)))
        }
        _ => end(param, args, draft),
    }
}

/// The sentence that says so of two versions.
#[must_use]
pub(crate) fn no_rows((older, newer): (Version, Version)) -> String {
    let (older, newer) = (older.name(), newer.name());
    format!("the published tables have no rows between servers of Exchange {older} and of Exchange {newer}")
}

/// The flows that a line is about.
///
/// # Errors
/// Exit 4 for a server that is not there, exit 2 where the version that is asked about does not know one.
pub fn flows(call: &Call<'_>, draft: &mut Draft<'_>) -> Result<Found, Problem> {
    let args = &call.args;
    let subscriptions = draft.members::<EdgeSubscription>()?.to_vec();
    let setting = Setting { version: data_path::asked_version(args), subscriptions: &subscriptions };
    let mut found = match args.has(&rows::SERVER) || args.has(&rows::SITE) {
        true => of_servers(args, draft, &setting)?,
        false => Found::of(of_ends(args, draft, &setting)?),
    };
    if args.has(&rows::CROSSING) {
        crossing::keep(args, &mut found, draft)?;
    }
    narrow(call, &mut found.flows)?;
    Ok(found)
}

/// Keeps the flows that the rest of the line is about.
fn narrow(call: &Call<'_>, flows: &mut Vec<Flow>) -> Result<(), Problem> {
    let asked = data_path::asked_version(&call.args).unwrap_or(Version::V2010);
    let queries = data_path::queries(call, asked);
    let table = call.args.text(&rows::TABLE.param);
    let names = call.args.texts(&rows::ID.param);
    let has = |name: &String, version| {
        Edition::of(version).paths(version).any(|path| identity::matches(name, path.id))
    };
    let is_known = |name: &String| {
        identity::is_wildcard(name) || data_path::version_with(|_, version| has(name, version)).is_some()
    };
    if let Some(unknown) = names.iter().find(|name| !is_known(name)) {
        return Err(no_path(unknown, asked));
    }
    let is_named = |flow: &Flow| names.iter().any(|name| identity::matches(name, flow.path.id));
    flows.retain(|flow| {
        queries.iter().any(|query| flow.is_asked(query))
            && table.as_deref().is_none_or(|table| table == flow.path.table.name())
            && (names.is_empty() || is_named(flow))
    });
    Ok(())
}

/// Between the servers that are named; of one alone, all that begins or ends there.
fn of_servers(args: &Args, draft: &mut Draft<'_>, setting: &Setting<'_>) -> Result<Found, Problem> {
    let named = servers(args, draft)?;
    check_version(&named, setting)?;
    match named.as_slice() {
        [only] => {
            let all = everything(draft)?;
            let pairs = all.iter().map(|other| (only, other));
            let back = all.iter().filter(|other| !other.is(only)).map(|other| (other, only));
            let mut flows: Vec<Flow> =
                pairs.chain(back).flat_map(|(from, to)| between(from, to, setting)).collect();
            flows.extend(unplaced(only, &all, setting));
            Ok(Found::of(flows))
        }
        several => {
            let around = endpoints(draft)?;
            let mut flows = among(several, several, setting);
            flows.extend(among(several, &around, setting));
            flows.extend(among(&around, several, setting));
            Ok(Found { without_rows: without_rows(several, &flows), ..Found::of(flows) })
        }
    }
}

/// From one end to the other, of which at least one is a server; an end that is left open is everything.
fn of_ends(args: &Args, draft: &mut Draft<'_>, setting: &Setting<'_>) -> Result<Vec<Flow>, Problem> {
    let source = end_beside_servers(&rows::SOURCE.param, args, draft)?;
    let destination = end_beside_servers(&rows::DESTINATION.param, args, draft)?;
    let all = everything(draft)?;
    let nodes = |end: &Option<End>| match end {
        Some(End::Named(servers)) => servers.clone(),
        Some(End::Role(_)) | None => all.clone(),
    };
    let (from, to) = (nodes(&source), nodes(&destination));
    for end in [&source, &destination] {
        if let Some(End::Named(servers)) = end {
            check_version(servers, setting)?;
        }
    }
    let mut flows = among(&from, &to, setting);
    let open = |server: &Node| unplaced(server, &all, setting).into_iter();
    flows.extend(from.iter().flat_map(|server| open(server).filter(|flow| flow.source.is(server))));
    flows.extend(to.iter().flat_map(|server| open(server).filter(|flow| flow.destination.is(server))));
    let has = |end: &Option<End>, node: &Node, role: &Role, version: Version| {
        end.as_ref().is_none_or(|end| end.has(node, role, version))
    };
    flows.retain(|flow| {
        has(&source, &flow.source, flow.path.source, flow.version)
            && has(&destination, &flow.destination, flow.path.destination, flow.version)
    });
    Ok(flows)
}

fn among(from: &[Node], to: &[Node], setting: &Setting<'_>) -> Vec<Flow> {
    from.iter().flat_map(|one| to.iter().flat_map(move |other| between(one, other, setting))).collect()
}

/// The servers that `-Server` and `-Site` name.
///
/// # Errors
/// Exit 4 for a server or site that is not there.
pub fn servers(args: &Args, draft: &mut Draft<'_>) -> Result<Vec<Node>, Problem> {
    let names = match args.texts(&rows::SERVER).as_slice() {
        [] => draft.server_names()?,
        texts => identity::all_servers(texts, draft)?,
    };
    let mut named = hosts(names, draft)?;
    let sites = args.texts(&rows::SITE);
    let has = |node: &Node, site: &String| node.site().is_some_and(|own| same_name(own, site));
    if let Some(unknown) = sites.iter().find(|site| !named.iter().any(|node| has(node, site))) {
        return Err(no_site(unknown, &named));
    }
    named.retain(|node| sites.is_empty() || sites.iter().any(|site| has(node, site)));
    Ok(named)
}

/// The versions of servers between which no table has a row: the newer tables do not know the older servers.
fn without_rows(servers: &[Node], flows: &[Flow]) -> Vec<(Version, Version)> {
    let inner = servers.iter().filter(|node| !node.is_edge());
    let mut versions: Vec<Version> = inner.filter_map(Node::version).collect();
    versions.sort_unstable();
    versions.dedup();
    let pair = |flow: &Flow| Some((flow.source.version()?, flow.destination.version()?));
    let inside = |flow: &&Flow| !flow.source.is_edge() && !flow.destination.is_edge();
    let found: Vec<(Version, Version)> = flows.iter().filter(inside).filter_map(pair).collect();
    let older = |newer: Version| versions.iter().copied().filter(move |older| *older < newer);
    let pairs = versions.iter().flat_map(|newer| older(*newer).map(move |older| (older, *newer)));
    pairs
        .filter(|(older, newer)| Edition::of(*older).name != Edition::of(*newer).name)
        .filter(|(older, newer)| !found.contains(&(*older, *newer)) && !found.contains(&(*newer, *older)))
        .collect()
}

/// Every server of the store, and every network endpoint.
///
/// # Errors
/// Exit 2 where the store has more servers than are asked at once.
pub fn everything(draft: &mut Draft<'_>) -> Result<Vec<Node>, Problem> {
    let mut all = hosts(draft.server_names()?, draft)?;
    all.extend(endpoints(draft)?);
    Ok(all)
}

fn endpoints(draft: &mut Draft<'_>) -> Result<Vec<Node>, Problem> {
    Ok(draft.members::<NetworkEndpoint>()?.iter().cloned().map(|one| Node::Endpoint(Arc::new(one))).collect())
}

/// The network endpoints of that name, or that fit a wildcard.
fn endpoints_called(typed: &str, draft: &mut Draft<'_>) -> Result<Vec<Node>, Problem> {
    let mut all = endpoints(draft)?;
    all.retain(|node| identity::matches(typed, node.name()));
    Ok(all)
}

fn hosts(names: Vec<String>, draft: &mut Draft<'_>) -> Result<Vec<Node>, Problem> {
    if names.len() > MOST_SERVERS {
        return Err(too_many(names.len()));
    }
    let mut found: Vec<Arc<Host>> = Vec::new();
    for name in names {
        found.extend(draft.host(&name)?);
    }
    Ok(found.into_iter().map(Node::Server).collect())
}

/// A role where the text names one in any edition, else servers or network endpoints.
fn end(param: &'static Param, args: &Args, draft: &mut Draft<'_>) -> Result<Option<End>, Problem> {
    let Some(typed) = args.text(param) else { return Ok(None) };
    if typed.contains(',') {
        return list(param, &typed, draft).map(Some);
    }
    if typed.contains(['*', '?']) {
        let names = identity::servers(&typed, draft)?;
        let mut nodes = hosts(names, draft)?;
        nodes.extend(endpoints_called(&typed, draft)?);
        return Ok(Some(End::Named(nodes)));
    }
    match data_path::end(param, args, draft) {
        Ok(end) => Ok(end.map(|end| match end {
            data_path::End::Role(name) => End::Role(name),
            data_path::End::Server(host) => End::Named(vec![Node::Server(host)]),
        })),
        Err(problem) => match endpoints_called(&typed, draft)? {
            none if none.is_empty() => Err(problem),
            found => Ok(Some(End::Named(found))),
        },
    }
}

/// Several servers and network endpoints, parted by commas.
fn list(param: &'static Param, typed: &str, draft: &mut Draft<'_>) -> Result<End, Problem> {
    let mut all = Vec::new();
    for name in typed.split(',').map(str::trim).filter(|name| !name.is_empty()) {
        let mut found = match identity::servers(name, draft) {
            Ok(names) => hosts(names, draft)?,
            Err(problem) if problem.exit == Exit::NotFound => Vec::new(),
            Err(problem) => return Err(problem),
        };
        if found.is_empty() || identity::is_wildcard(name) {
            found.extend(endpoints_called(name, draft)?);
        }
        if found.is_empty() {
            let message = format!("parameter {}: `{name}` is not a server of the store", param.name);
            return Err(Problem::new(Exit::NotUnderstood, message)
                .hint("a list is of servers and network endpoints; name a role alone")
                .about(param.name));
        }
        all.extend(found);
    }
    Ok(End::Named(all))
}

/// A version that was named must know the servers.
fn check_version(servers: &[Node], setting: &Setting<'_>) -> Result<(), Problem> {
    let Some(version) = setting.version else { return Ok(()) };
    servers
        .iter()
        .filter_map(Node::host)
        .try_for_each(|host| data_path::server_roles(&host.server, version).map(drop))
}

fn no_site(typed: &str, servers: &[Node]) -> Problem {
    let mut sites: Vec<&str> = servers.iter().filter_map(Node::site).collect();
    sites.sort_unstable();
    sites.dedup();
    let problem = Problem::new(Exit::NotFound, format!("parameter Site: no server is of the site `{typed}`"))
        .about(rows::SITE.name);
    match sites.as_slice() {
        [] => problem.hint("exch set-exchangeserver NAME -Site SITE gives a server its site"),
        sites => problem.hint(format!("sites of these servers: {}", sites.join(", "))),
    }
}

fn too_many(servers: usize) -> Problem {
    let message =
        format!("{servers} servers are too many: data paths are shown between {MOST_SERVERS} at most");
    Problem::new(Exit::NotUnderstood, message)
        .hint("name fewer with -Server, or a site with -Site")
        .about(rows::SERVER.name)
}
