//! Test-DataPath -Live: connections from this machine to the ports that data paths need (D12).

use std::time::Duration;

use super::{domain as by_domain, ends, open_ports, shared as data_path};
use crate::answer::{Column, Exit, Object, Problem, TableView};
use crate::cmdlet::args::{Args, Call, Machine};
use crate::cmdlet::session::params::{PORT, SERVER};
use crate::cmdlet::session::test as by_session;
use crate::cmdlet::shared::timeout::{TIMEOUT, timeout};
use crate::cmdlet::transaction::{Draft, Outcome};
use crate::datapath::rows;
use crate::flow::{Attempt, Flow, Node, Target, attempts};
use crate::live::{Fault, Place, Request, Seen, Step};
use crate::manual::Exclusion;
use crate::manual::ParameterSet;
use crate::param::{Finding, Group, Kind, Param, Rule, Value, Verb, param};
use crate::powershell::quote;

/// More connections are not opened by one line.
const MOST: usize = 4_096;
/// The most servers that a sentence names.
const NAMED: usize = 5;

static LIVE: Param = param(
    "Live",
    Kind::Switch,
    "Connect from this machine to each TCP port that the data paths need: between -Source and -Destination, at the servers of -Server, or through -Crossing",
)
.on(&[Verb::Test])
.group(Group::Identity);

/// What came of a connection.
#[derive(Clone, Copy, PartialEq, Eq, strum::IntoStaticStr)]
enum Reach {
    Open,
    Closed,
    TimedOut,
    Unreachable,
    NotTried,
}

static LIVE_PORT: TableView =
    TableView::new("LivePort", &["Destination", "EndPoint", "Port", "Result", "DataPaths"], "EndPoint");

/// The properties of its rows.
pub static COLUMNS: [Column; 7] = [
    ("Destination", "To whom"),
    ("EndPoint", "With -Live: the address, or the name where the store knows no address"),
    ("Port", "With -Live: the port"),
    ("Result", "With -Live: Open, Closed, TimedOut, Unreachable or NotTried"),
    ("Details", "With -Live: why it is not open, or was not tried"),
    ("Sources", "With -Live: who needs the port"),
    ("DataPaths", "With -Live: the data paths that need it"),
];

/// The parameters of this way to call.
pub fn params() -> Vec<&'static Param> {
    vec![&LIVE, &TIMEOUT]
}

/// Whether a line is about connections.
pub(crate) fn is_meant(args: &Args) -> bool {
    params().into_iter().any(|param| args.says(param))
}

/// Connections go with the ends that they are between, and with none of the other ways.
pub fn excludes() -> Exclusion {
    let own = [SERVER.name, PORT.name, rows::CROSSING.name];
    let others = by_session::params().into_iter().chain(by_domain::params()).chain(open_ports::params());
    let others = others.chain([&rows::THROUGH_FIREWALL, &rows::PERIMETER]);
    Exclusion::new(&LIVE, others.filter(|param| !own.contains(&param.name)))
}

/// This way to call.
pub fn set() -> ParameterSet {
    let purpose = "whether the TCP ports that data paths need are open from this machine";
    ParameterSet { switch: None, purpose, required: vec![&LIVE], gives: Vec::new() }
}

/// Connects, beside parameters of this way alone.
///
/// # Errors
/// Exit 2 for a line that says two things or names more than is connected to, exit 4 where a server or zone is not there.
pub fn run(call: &Call<'_>, draft: &mut Draft<'_>) -> Result<Outcome, Problem> {
    check(&call.args)?;
    let mut found = ends::flows(call, draft)?;
    let left_out = keep_named(&call.args, &mut found.flows, draft)?;
    let attempts = attempts(&found.flows, data_path::asked_port(&call.args));
    let timeout = timeout(&call.args);
    let request = |attempt: &Attempt| {
        let place = match &attempt.target {
            Target::Address(address) => Place::Address(*address),
            Target::Name(name) => Place::Name(name.clone()),
            Target::Unknown(_) => return None,
        };
        Some(Request { place, port: attempt.tried.ok()?, timeout, smtp: None })
    };
    let requests: Vec<Request> = attempts.iter().filter_map(request).collect();
    if requests.len() > MOST {
        return Err(too_many(requests.len()));
    }
    let mut seen = (call.context.dial)(&requests).into_iter();
    let mut unresolved: Vec<(String, String)> = Vec::new();
    let mut reach = |attempt: &Attempt| match request(attempt).and_then(|_| seen.next()) {
        Some(seen) => {
            if let (Target::Name(name), Some((Step::Lookup, _))) = (&attempt.target, &seen.fault) {
                unresolved.push((attempt.destination.clone(), name.clone()));
            }
            outcome(&seen, timeout)
        }
        None => (Reach::NotTried, attempt.tried.err().map(str::to_owned)),
    };
    let results: Vec<(Reach, Option<String>)> = attempts.iter().map(&mut reach).collect();
    let counted = |wanted: Reach| results.iter().filter(|(result, _)| *result == wanted).count();
    let open = counted(Reach::Open);
    let exit = if open > 0 && open == requests.len() { Exit::Done } else { Exit::No };
    let mut notices: Vec<String> = found.without_rows.into_iter().map(ends::no_rows).collect();
    notices.extend(elsewhere(&found.flows, &call.context.machine));
    let untried = counted(Reach::NotTried);
    notices.push(match attempts.len() {
        0 => ends::NOTHING_FITS.to_owned(),
        _ => {
            let (port, were) = if requests.len() == 1 { ("port", "was") } else { ("ports", "were") };
            let (tried, closed) = (requests.len(), requests.len() - open);
            let of = names(found.flows.iter().filter(|flow| !flow.is_local()).map(|flow| &flow.destination));
            format!("{tried} TCP {port} of {of} {were} tried: {open} open, {closed} not; {untried} not tried")
        }
    });
    notices.extend(left_out);
    let objects = attempts.iter().zip(results).map(|(attempt, result)| object(attempt, result)).collect();
    unresolved.dedup();
    let warnings = found.warnings.into_iter().chain(unresolved.iter().map(no_address)).collect();
    Ok(Outcome { exit, notices, warnings, ..Outcome::of(objects) })
}

/// A server of which the store has no address, and whose name leads to none either.
fn no_address((server, name): &(String, String)) -> Finding {
    let message = format!("the store has no address of {server}, and the lookup of its name `{name}` failed");
    let hint = format!("exch set-exchangeserver {} -IPAddresses …", quote::bash(server));
    Finding::new(Rule::D12, "IPAddresses", message).hint(hint)
}

fn check(args: &Args) -> Result<(), Problem> {
    if args.flag(&LIVE) != Some(true) {
        let message = "parameter Timeout: it is for connections, and -Live is missing";
        return Err(Problem::new(Exit::NotUnderstood, message)
            .hint("exch test-datapath -Live -Destination SERVER -Timeout 3")
            .about(TIMEOUT.name));
    }
    Ok(())
}

fn outcome(seen: &Seen, timeout: Duration) -> (Reach, Option<String>) {
    let reach = match seen.fault {
        None => Reach::Open,
        Some((Step::Connect, Fault::Refused)) => Reach::Closed,
        Some((Step::Connect, Fault::TimedOut)) => Reach::TimedOut,
        Some(_) => Reach::Unreachable,
    };
    (reach, seen.fault_sentence(timeout))
}

/// Of servers that are named, their own ports alone are tried; says what is left out.
fn keep_named(args: &Args, flows: &mut Vec<Flow>, draft: &mut Draft<'_>) -> Result<Option<String>, Problem> {
    if !args.has(&SERVER) {
        return Ok(None);
    }
    let named = ends::servers(args, draft)?;
    let is_named = |flow: &Flow| named.iter().any(|server| server.is(&flow.destination));
    let is_left_out = flows.iter().any(|flow| !is_named(flow) && !flow.is_local());
    flows.retain(is_named);
    Ok(match named.as_slice() {
        [only] if is_left_out => Some(format!(
            "ports of others that {0} needs were not tried: -Source {0} in place of -Server tries them",
            only.name()
        )),
        _ => None,
    })
}

/// The names of nodes, each once, and how many more there are.
fn names<'n>(nodes: impl Iterator<Item = &'n Node>) -> String {
    let mut names: Vec<&str> = Vec::new();
    for node in nodes {
        if !names.contains(&node.name()) {
            names.push(node.name());
        }
    }
    let others = names.len().saturating_sub(NAMED);
    names.truncate(NAMED);
    let more = if others > 0 { format!(" and {others} more") } else { String::new() };
    format!("{}{more}", names.join(", "))
}

/// What a firewall lets pass from here says little of servers that are elsewhere.
fn elsewhere(flows: &[Flow], machine: &Machine) -> Option<String> {
    let addresses = (machine.addresses)();
    let is_here = |node: &Node| {
        let host = node.host();
        host.is_some_and(|host| {
            host.server.name.eq_ignore_ascii_case(&machine.name)
                || host.server.addresses.iter().any(|own| addresses.contains(own))
        })
    };
    let others: Vec<&Node> = flows
        .iter()
        .filter(|flow| !flow.is_local() && !is_here(&flow.source))
        .map(|flow| &flow.source)
        .collect();
    (!others.is_empty()).then(|| {
        format!(
            "tried from this machine: what a firewall lets pass from {} may differ",
            names(others.into_iter())
        )
    })
}

fn too_many(connections: usize) -> Problem {
    let message = format!("{connections} ports are too many: {MOST} are tried at most");
    Problem::new(Exit::NotUnderstood, message)
        .hint("name fewer ends with -Source and -Destination, or one port with -Port")
        .about(LIVE.name)
}

fn object(attempt: &Attempt, (result, details): (Reach, Option<String>)) -> Object {
    let end = match &attempt.target {
        Target::Address(address) => address.to_string(),
        Target::Name(name) => name.clone(),
        Target::Unknown(place) => place.clone(),
    };
    let values = [
        Value::Text(attempt.destination.clone()),
        Value::Text(end),
        Value::Text(attempt.port.clone()),
        Value::Choice(result.into()),
        Value::optional(details),
        Value::texts(&attempt.sources),
        Value::texts(attempt.paths.iter().copied()),
    ];
    Object::result(&LIVE_PORT, &COLUMNS, values)
}
