//! Test-DataPath -OpenPorts: what data paths need, held against what a firewall lets pass (D10).

use std::collections::HashSet;
use std::rc::Rc;

use super::crossing::{self, Unsupported};
use super::{ends, export_rules};
use crate::answer::{Column, Exit, Object, Problem, TableView};
use crate::cmdlet::args::{Args, Call};
use crate::cmdlet::definition::Missing;
use crate::cmdlet::session::params::SERVER;
use crate::cmdlet::shared::excluded;
use crate::cmdlet::shared::identity;
use crate::cmdlet::transaction::{Draft, Outcome};
use crate::datapath::path::Transport;
use crate::datapath::rows;
use crate::flow::firewall::{PortRange, Rules};
use crate::flow::opened::{self, Opened};
use crate::flow::{Closed, Differences, Excess, Group as Connections, Node, Scope, compare, outside_zones};
use crate::manual::Exclusion;
use crate::manual::ParameterSet;
use crate::net::RemoteRange;
use crate::organization::NetworkZone;
use crate::param::{Completes, Finding, Group, Kind, Param, Value, Verb, param, same_name};
use crate::text::decode;

/// The list.
static OPEN_PORTS: Param = param(
    "OpenPorts",
    Kind::Text,
    "A file of what a firewall lets pass, to hold against what data paths need: CSV with Source, Destination, Protocol and Port, or what nft -j list ruleset prints; - is standard input",
)
.on(&[Verb::Test])
.group(Group::Identity)
.completes(Completes::File)
.example("open.csv");

static DIFFERENCE: TableView = TableView::new(
    "OpenPortDifference",
    &["Result", "Source", "Destination", "Ports", "DataPaths", "Place"],
    "Place",
);

/// Its columns.
pub static COLUMNS: [Column; 9] = [
    ("Result", "With -OpenPorts: Closed, TooWide or NotNeeded"),
    ("Source", "Who connects"),
    ("SourceIPAddresses", "With -OpenPorts: the addresses of the source"),
    ("Destination", "To whom"),
    ("DestinationIPAddresses", "With -OpenPorts: the addresses that are connected to"),
    ("Ports", "With -OpenPorts: the ports"),
    ("DataPaths", "With -OpenPorts: the data paths that need the connection, or a part of what a line opens"),
    ("Place", "With -OpenPorts: where the list opens it"),
    ("Needed", "With -OpenPorts: what of a line that opens too much is needed"),
];

/// The parameters of this way to call.
pub fn params() -> Vec<&'static Param> {
    vec![&OPEN_PORTS, &rows::CROSSING, &export_rules::RPC_PORTS]
}

/// Whether a line is about a list of open ports.
pub(crate) fn is_meant(args: &Args) -> bool {
    params().into_iter().any(|param| args.says(param))
}

/// The list goes with none of `others` but the servers that are looked at and their version.
pub fn excludes(others: impl Iterator<Item = &'static Param>) -> Exclusion {
    let with = [SERVER.name, rows::VERSION.name()];
    Exclusion::new(&OPEN_PORTS, others.filter(|param| !with.contains(&param.name)))
}

/// This way to call.
pub fn set() -> ParameterSet {
    let purpose = "whether a firewall opens what data paths need, and nothing else";
    ParameterSet { switch: None, purpose, required: vec![&OPEN_PORTS], gives: Vec::new() }
}

/// The list is what it cannot do without.
#[must_use]
pub fn needs(args: &Args) -> Vec<Missing> {
    let missing = (!args.has(&OPEN_PORTS)).then_some(Missing::of(&OPEN_PORTS));
    missing.into_iter().collect()
}

/// Compares.
///
/// # Errors
/// Exit 2 for a list that is not understood or a line that says two things, exit 4 where a server or zone is not there.
pub fn run(call: &Call<'_>, draft: &mut Draft<'_>) -> Result<Outcome, Problem> {
    // Only here: -Live takes both.
    excluded::check(&Exclusion::new(&rows::CROSSING, [&SERVER]), &call.args)?;
    let nodes = ends::everything(draft)?;
    if !nodes.iter().any(|node| node.host().is_some()) {
        let message = "the store has no server whose data paths could be compared";
        return Err(Problem::new(Exit::NotFound, message)
            .hint("exch new-exchangeserver HUB01 -Version 2019 -IPAddresses 192.168.5.10 makes one"));
    }
    let zones = draft.members::<NetworkZone>()?.to_vec();
    let mut args = call.args.clone();
    args.take_back(|param| param.name == SERVER.name);
    let all = Call::new(call.cmdlet, args, Rc::clone(&call.context));
    let mut found = ends::flows(&all, draft)?;
    let scope = scope(&call.args, &nodes, &zones, draft)?;
    if let Scope::Hosts(hosts) = &scope {
        let is_own = |ranges: &[RemoteRange]| ranges.iter().any(|one| hosts.contains(one));
        found.flows.retain(|flow| is_own(&flow.source.addresses()) || is_own(&flow.destination.addresses()));
    }
    let narrowed = export_rules::narrowed(&call.args);
    // A line may open to every address what is needed from outside the zones: Export-FirewallRule writes such.
    let allowed = Rules::of(&found.flows, &narrowed);
    for flow in &mut found.flows {
        flow.source_addresses = outside_zones(&flow.source, &flow.source_addresses, &zones);
        flow.destination_addresses = outside_zones(&flow.destination, &flow.destination_addresses, &zones);
    }
    let rules = Rules::of(&found.flows, &narrowed);
    let opened = list(call, &nodes, &zones)?;
    let differences = compare(&rules, &allowed, &opened, &scope);
    let mut objects: Vec<Object> = differences.closed.iter().map(closed).collect();
    objects.extend(differences.excess.iter().flat_map(excess));
    let exit = if objects.is_empty() { Exit::Done } else { Exit::No };
    let notices = notices(&rules, &opened, &differences);
    // Of a crossing that is said already, of all that crosses.
    let warnings =
        if matches!(scope, Scope::Crossing(_)) { found.warnings } else { unsupported(&differences.closed) };
    Ok(Outcome { exit, notices, warnings, ..Outcome::of(objects) })
}

/// Which connections are compared.
fn scope(
    args: &Args,
    nodes: &[Node],
    zones: &[NetworkZone],
    draft: &mut Draft<'_>,
) -> Result<Scope, Problem> {
    if args.has(&rows::CROSSING) {
        return crossing::named(args, zones).map(Scope::Crossing);
    }
    let typed = args.texts(&SERVER);
    if typed.is_empty() {
        return Ok(Scope::Everything);
    }
    let names = identity::all_servers(&typed, draft).map_err(|problem| problem.about(SERVER.name))?;
    if names.is_empty() {
        return Err(identity::no_match(&typed).about(SERVER.name));
    }
    let names: HashSet<String> = names.into_iter().collect();
    let own = nodes.iter().filter(|node| node.host().is_some_and(|host| names.contains(&host.server.name)));
    Ok(Scope::Hosts(own.flat_map(Node::addresses).collect()))
}

/// The list that was named, read.
fn list(call: &Call<'_>, nodes: &[Node], zones: &[NetworkZone]) -> Result<Opened, Problem> {
    let file = call.args.text(&OPEN_PORTS).unwrap_or_default();
    let refused = |message: String| {
        Problem::new(Exit::NotUnderstood, format!("parameter {}: {message}", OPEN_PORTS.name))
            .about(OPEN_PORTS.name)
    };
    let bytes = (call.context.read_file)(&file).map_err(|why| {
        let reason = match why.kind() {
            std::io::ErrorKind::NotFound => "there is no such file".to_owned(),
            _ => why.to_string(),
        };
        let hint = match why.kind() {
            std::io::ErrorKind::FileTooLarge => "leave out what is not about these servers",
            _ => "name a file that is there, or - for standard input",
        };
        refused(format!("`{file}` cannot be read: {reason}")).hint(hint).because(why)
    })?;
    let text = decode(&bytes).ok_or_else(|| {
        refused(format!("`{file}` is not text in UTF-8 or UTF-16")).hint("save it as CSV in UTF-8")
    })?;
    let names = |typed: &str| {
        let is_called = |node: &&Node| {
            let fqdn = node.host().map(|host| host.server.fqdn.as_str());
            same_name(node.name(), typed) || fqdn.is_some_and(|fqdn| same_name(fqdn, typed))
        };
        let of_node = nodes.iter().find(is_called).map(Node::addresses);
        of_node.or_else(|| {
            zones.iter().find(|zone| same_name(&zone.name, typed)).map(|zone| zone.subnets.clone())
        })
    };
    opened::read(&text, &names).map_err(|unread| {
        let mut problems = unread.into_iter().map(|one| refused(one.sentence(&file)).hint(one.hint));
        let first = problems.next().unwrap_or_else(|| refused(format!("`{file}` is not understood")));
        first.with(problems.collect())
    })
}

fn closed(one: &Closed) -> Object {
    let ends = (Value::text(&one.source), Value::text(&one.destination));
    object("Closed", ends, &one.group, (&one.paths, Value::Null, Vec::new()))
}

fn excess(line: &Excess) -> Vec<Object> {
    let result = if line.needed.is_empty() { "NotNeeded" } else { "TooWide" };
    let needed: Vec<Value> = line.needed.iter().map(|one| Value::Text(described(one))).collect();
    let each = |group: &Connections| {
        let ends = (Value::Text(joined(&group.sources)), Value::Text(joined(&group.destinations)));
        object(result, ends, group, (&line.paths, Value::Text(line.place.clone()), needed.clone()))
    };
    line.opens.iter().map(each).collect()
}

fn object(
    result: &'static str,
    (source, destination): (Value, Value),
    group: &Connections,
    (paths, place, needed): (&[&'static str], Value, Vec<Value>),
) -> Object {
    let addresses = |ranges: &[RemoteRange]| Value::texts(ranges.iter().map(RemoteRange::as_str));
    let values = [
        Value::Choice(result),
        source,
        addresses(&group.sources),
        destination,
        addresses(&group.destinations),
        Value::texts(ports(group)),
        Value::texts(paths.iter().copied()),
        place,
        Value::List(needed),
    ];
    Object::result(&DIFFERENCE, &COLUMNS, values)
}

fn joined(ranges: &[RemoteRange]) -> String {
    ranges.iter().map(RemoteRange::as_str).collect::<Vec<_>>().join(", ")
}

/// `10.1.1.2 to 192.168.5.10 at 25/TCP`.
fn described(group: &Connections) -> String {
    format!("{} to {} at {}", joined(&group.sources), joined(&group.destinations), ports(group).join(", "))
}

/// `25/TCP`, `6005-6104/TCP`, `any/UDP`.
fn ports(group: &Connections) -> Vec<String> {
    let one = |(transport, (first, last)): &(Transport, PortRange)| {
        let name: &str = (*transport).into();
        match (first, last) {
            (0, &u16::MAX) => format!("any/{name}"),
            (first, last) if first == last => format!("{first}/{name}"),
            (first, last) => format!("{first}-{last}/{name}"),
        }
    };
    group.ports.iter().map(one).collect()
}

/// What was compared, what came of it, and what was not compared.
fn notices(rules: &Rules, opened: &Opened, found: &Differences) -> Vec<String> {
    let mut notices = opened.remarks.clone();
    notices.extend(export_rules::left_out(&rules.left_out, "not compared:"));
    let needless = found.excess.iter().filter(|line| line.needed.is_empty()).count();
    let (closed, wide) = (found.closed_rules, found.excess.len() - needless);
    let (needed, listed) = (rules.rules.len(), opened.openings.len());
    let compared = format!(
        "{} that data paths need and {} of the list were compared",
        counted(needed, "rule"),
        counted(listed, "line")
    );
    let result = match closed + needless + wide {
        0 => "what is needed is open, and nothing else".to_owned(),
        _ => format!(
            "{} open, {closed} closed; {} no wider than needed, {needless} not needed, {wide} too wide",
            counted(needed - closed, "rule"),
            counted(listed - needless - wide, "line")
        ),
    };
    notices.push(format!("{compared}: {result}"));
    notices
}

/// What is closed where no firewall is supported, a warning for each reason.
fn unsupported(closed: &[Closed]) -> Vec<Finding> {
    let mut unsupported = Unsupported::default();
    for one in closed {
        if let Some(note) = one.unsupported {
            unsupported.add(note, "through a firewall", format!("{} to {}", one.source, one.destination));
        }
    }
    unsupported.warnings(OPEN_PORTS.name)
}

fn counted(number: usize, noun: &str) -> String {
    if number == 1 { format!("1 {noun}") } else { format!("{number} {noun}s") }
}
