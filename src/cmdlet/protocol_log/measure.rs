//! Measure-ProtocolLog: who uses which connector, and what is not used.

use std::iter;

use super::counts::Order;
use super::period::covering;
use super::scope::Scope;
use super::unused::Used;
use super::usage::{Dimension, Usage};
use super::{anonymous, names, params, unused, usage};
use crate::answer::{Column, Exit, Object, Problem};
use crate::cmdlet::args::{Args, Call};
use crate::cmdlet::definition::{Cmdlet, DEFAULTS, Effect};
use crate::cmdlet::transaction::{BeginLogs, Draft, LogFiles, LogsRead, Outcome, SessionHandler};
use crate::manual::{Example, Exclusion, Help};
use crate::organization::AcceptedDomain;
use crate::param::{Value, Verb};
use crate::protocol_log::Session;
use crate::session::Domains;

/// The cmdlet.
pub(crate) static CMDLET: Cmdlet = Cmdlet {
    verb: Verb::Measure,
    noun: "ProtocolLog",
    synopsis: "Count who uses which Receive connector, from protocol logs",
    help: Help::new(
        "Reads receive protocol logs and counts sessions by connector, or by what -GroupBy names: sessions, accepted messages and their recipients, sessions in which something was refused, recipients outside the accepted domains of the store (relayed; -Relayed shows who relays alone), the share of sessions with TLS, the first and last time. With -Unused it compares the store with the logs: each connector or remote range that no session used, with the line that disables or removes it. A front end logs the sessions of its clients, and the Transport service those of the front end: -GroupBy Service counts them apart.",
        &[
            Example::new("measure-protocollog logs", "Counts the sessions of each connector."),
            Example::new(
                "measure-protocollog logs -Identity '*\\Default Frontend MBX01' -GroupBy RemoteIPAddress,User",
                "Shows who uses one connector.",
            ),
            Example::new(
                "measure-protocollog logs -Relayed -GroupBy Connector,RemoteIPAddress",
                "Shows who relays.",
            ),
            Example::new("measure-protocollog logs -Unused", "Shows what no session used, and what to type."),
        ],
    )
    .columns(columns),
    params: || params::of(Verb::Measure),
    effect: Effect::Reads,
    excludes: || {
        let others =
            [&params::RELAYED, &params::GROUP_BY, &params::TOP, &params::REMOTE, &params::USER, &params::OUTCOME];
        vec![Exclusion::new(&params::UNUSED, others)]
    },
    run,
    ..DEFAULTS
};

fn columns() -> Vec<Column> {
    usage::columns().into_iter().chain(unused::COLUMNS).collect()
}

fn run(call: &Call<'_>, draft: &mut Draft<'_>) -> Result<Outcome, Problem> {
    let args = call.args.clone();
    params::period(&args)?;
    let of_store = [
        (&params::UNUSED, "whose connectors could be unused"),
        (&params::RELAYED, "whose accepted domains say what was relayed"),
    ];
    if draft.archive().is_none()
        && let Some((param, purpose)) = of_store.into_iter().find(|(param, _)| args.flag(param) == Some(true))
    {
        let name = param.name;
        return Err(Problem::new(
            Exit::NotFound,
            format!("parameter {name}: there is no store yet {purpose}"),
        )
        .hint("leave it out: measure-protocollog counts without a store")
        .about(name));
    }
    let mut begin: BeginLogs = |args, draft| names::begun(args, draft, begin);
    if args.flag(&params::UNUSED) == Some(true) {
        names::in_store(&args, draft)?;
        begin = |args, draft| anonymous::begun(args, draft, begin_unused);
    }
    let paths = args.texts(&params::PATH);
    let logs = LogFiles { parameter: params::PATH.name, paths, args, begin };
    Ok(Outcome { logs: Some(logs), ..Outcome::default() })
}

fn begin(args: &Args, draft: &mut Draft<'_>) -> Result<Box<dyn SessionHandler>, Problem> {
    let domains = match draft.archive() {
        Some(_) => Some(Domains::new(draft.members::<AcceptedDomain>()?)),
        None => None,
    };
    let mut by: Vec<Dimension> =
        args.texts(&params::GROUP_BY).iter().filter_map(|name| name.parse().ok()).collect();
    if by.is_empty() {
        by.push(Dimension::Connector);
    }
    let most = match args.value(&params::TOP) {
        Some(Value::Int(most)) => usize::try_from(*most).ok(),
        _ => None,
    };
    let order = match args.flag(&params::RELAYED) {
        Some(true) => Order::Relayed,
        _ => Order::Sessions,
    };
    let (usage, rows) = (Some(Usage::new(by, domains)), Box::new(iter::empty()));
    Ok(Box::new(Counting { scope: Scope::of(args)?, usage, rows, order, most, meant: 0 }))
}

/// Who counts.
struct Counting {
    scope: Scope,
    usage: Option<Usage>,
    /// What is printed, made row by row.
    rows: Box<dyn Iterator<Item = Object>>,
    order: Order,
    most: Option<usize>,
    meant: u64,
}

impl SessionHandler for Counting {
    fn session(&mut self, session: &Session, draft: &mut Draft<'_>) -> Result<Vec<Object>, Problem> {
        if let Some(facts) = self.scope.facts(session)?
            && let Some(usage) = &mut self.usage
        {
            self.meant += 1;
            usage.add(session, &facts, draft)?;
        }
        Ok(Vec::new())
    }

    fn end(&mut self, read: &LogsRead, _: &mut Draft<'_>) -> Result<Outcome, Problem> {
        let mut outcome = Outcome::default();
        outcome.notices.push(read.describe());
        let Some(usage) = self.usage.take() else { return Ok(outcome) };
        let nothing = usage.nothing_relayed();
        let rows = usage.rows(self.order, self.most);
        if self.meant == 0 && read.sessions > 0 {
            outcome.notices.push(format!("none of these sessions matches{}", covering(read)));
        } else if self.meant > 0 && rows.len() == 0 {
            outcome.notices.push(nothing);
        }
        self.rows = Box::new(rows);
        Ok(outcome)
    }

    fn row(&mut self) -> Option<Object> {
        self.rows.next()
    }
}

fn begin_unused(args: &Args, _: &mut Draft<'_>) -> Result<Box<dyn SessionHandler>, Problem> {
    Ok(Box::new(Comparing { scope: Scope::of(args)?, used: Used::default() }))
}

/// Who compares with the store.
struct Comparing {
    scope: Scope,
    used: Used,
}

impl SessionHandler for Comparing {
    fn session(&mut self, session: &Session, draft: &mut Draft<'_>) -> Result<Vec<Object>, Problem> {
        if self.scope.has_time(session) {
            self.used.add(session, draft)?;
        }
        Ok(Vec::new())
    }

    fn end(&mut self, read: &LogsRead, draft: &mut Draft<'_>) -> Result<Outcome, Problem> {
        let mut outcome = self.used.outcome(&self.scope, read, draft)?;
        outcome.notices.insert(0, read.describe());
        Ok(outcome)
    }
}
