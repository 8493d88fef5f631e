//! Which servers and roles a line of Get-DataPath is about, and the flows between them (D6).

use std::sync::Arc;

use super::shared as data_path;
use crate::answer::{Exit, Problem};
use crate::cmdlet::args::{Args, Call};
use crate::cmdlet::shared::identity;
use crate::cmdlet::transaction::Draft;
use crate::connector::Host;
use crate::datapath::{Edition, Role, rows};
use crate::flow::{Flow, Node, Setting, between, unplaced};
use crate::organization::EdgeSubscription;
use crate::param::{Param, Version, same_name};

/// More servers than this have more pairs than anybody reads.
const MOST_SERVERS: usize = 1_000;

/// An end as it was typed.
enum End {
    /// A role, by any of its names.
    Role(String),
    /// Servers, by a name or a wildcard.
    Servers(Vec<Node>),
}

impl End {
    /// Whether a flow has it, of the end that is given.
    fn has(&self, node: &Node, role: &Role, version: Version) -> bool {
        match self {
            End::Role(typed) => Edition::of(version).called(typed, version).contains(&role),
            End::Servers(servers) => servers.iter().any(|server| server.is(node)),
        }
    }
}

/// What there is between servers.
pub struct Found {
    /// The flows.
    pub flows: Vec<Flow>,
    /// The versions of servers between which no table has a row.
    pub without_rows: Vec<(Version, Version)>,
}

/// Whether a line is about servers rather than about roles alone.
///
/// # Errors
/// Exit 2 for an end that is neither a role nor a server.
pub fn are_servers(args: &Args, draft: &mut Draft<'_>) -> Result<bool, Problem> {
    if args.has(&rows::SERVER) || args.has(&rows::SITE) {
        return Ok(true);
    }
    let ends = [end(&rows::SOURCE.param, args, draft)?, end(&rows::DESTINATION.param, args, draft)?];
    Ok(ends.iter().flatten().any(|end| matches!(end, End::Servers(_))))
}

/// The flows that a line is about.
///
/// # Errors
/// Exit 4 for a server that is not there, exit 2 where the version that is asked about does not know one.
pub fn flows(call: &Call<'_>, draft: &mut Draft<'_>) -> Result<Found, Problem> {
    let args = &call.args;
    let subscriptions = draft.members::<EdgeSubscription>()?.to_vec();
    let setting = Setting { version: data_path::asked_version(args), subscriptions: &subscriptions };
    match args.has(&rows::SERVER) || args.has(&rows::SITE) {
        true => of_servers(args, draft, &setting),
        false => of_ends(args, draft, &setting).map(|flows| Found { flows, without_rows: Vec::new() }),
    }
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
            Ok(Found { flows, without_rows: Vec::new() })
        }
        several => {
            let flows = among(several, several, setting);
            Ok(Found { without_rows: without_rows(several, &flows), flows })
        }
    }
}

/// From one end to the other, of which at least one is a server; an end that is left open is everything.
fn of_ends(args: &Args, draft: &mut Draft<'_>, setting: &Setting<'_>) -> Result<Vec<Flow>, Problem> {
    let source = end(&rows::SOURCE.param, args, draft)?;
    let destination = end(&rows::DESTINATION.param, args, draft)?;
    let all = everything(draft)?;
    let nodes = |end: &Option<End>| match end {
        Some(End::Servers(servers)) => servers.clone(),
        Some(End::Role(_)) | None => all.clone(),
    };
    let (from, to) = (nodes(&source), nodes(&destination));
    for end in [&source, &destination] {
        if let Some(End::Servers(servers)) = end {
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
fn servers(args: &Args, draft: &mut Draft<'_>) -> Result<Vec<Node>, Problem> {
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

/// Every server of the store.
fn everything(draft: &mut Draft<'_>) -> Result<Vec<Node>, Problem> {
    hosts(draft.server_names()?, draft)
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

/// A role where the text names one in any edition, else servers.
fn end(param: &'static Param, args: &Args, draft: &mut Draft<'_>) -> Result<Option<End>, Problem> {
    let Some(typed) = args.text(param) else { return Ok(None) };
    if typed.contains(['*', '?']) {
        let names = identity::servers(&typed, draft)?;
        return Ok(Some(End::Servers(hosts(names, draft)?)));
    }
    Ok(data_path::end(param, args, draft)?.map(|end| match end {
        data_path::End::Role(name) => End::Role(name),
        data_path::End::Server(host) => End::Servers(vec![Node::Server(host)]),
    }))
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
