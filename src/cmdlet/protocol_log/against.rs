//! The logged sessions that come out otherwise now than as of another revision (-Against), or with a change that is not
//! made yet (-WhatIf -ProtocolLog).

use std::collections::{BTreeSet, HashMap};
use std::net::IpAddr;

use super::organization::Organization;
use super::params;
use super::places::{UnknownServers, counted, nothing_compared, of_unknown_server};
use super::scope::Scope;
use crate::answer::{Column, Exit, Object, Problem, TableView};
use crate::cmdlet::args::Args;
use crate::cmdlet::effective_access::shown;
use crate::cmdlet::shared::common_params;
use crate::cmdlet::transaction::{Answers, Draft, LogFiles, LogsRead, Outcome, SessionHandler, short};
use crate::param::Value;
use crate::protocol_log::Session;
use crate::replay::{Changed, Decided};
use crate::text::grouped;

/// What a change does to sessions.
static CHANGE: TableView = TableView {
    noun: "ProtocolLogChange",
    table: &["Effect", "Connector", "Was", "Is", "Sessions", "Messages", "Clients", "RemoteIPAddresses"],
    headings: &[],
    name: "Connector",
};

/// Its columns.
pub static COLUMNS: [Column; 10] = [
    ("Effect", "With -Against: what becomes of the sessions"),
    ("Connector", "The connector in the log"),
    ("Was", "With -Against: what the rules said before"),
    ("Is", "With -Against: what they say after"),
    ("Sessions", "How many sessions came out like that"),
    ("Messages", "With -Against: how many messages these sessions had"),
    ("Clients", "With -Against: how many clients they came from"),
    ("RemoteIPAddresses", "With -Against: the addresses of these clients"),
    ("Examples", "Sessions, by identifier"),
    ("Try", "The line that tries one"),
];

/// What sessions have in common: what happens to them, and the connector that answered.
type Key = (Changed, String);

/// What is kept of a kind.
#[derive(Default)]
struct Kind {
    sessions: u64,
    messages: u64,
    clients: BTreeSet<IpAddr>,
    examples: Vec<String>,
    try_line: String,
}

/// Who compares.
struct Comparing {
    scope: Scope,
    /// How many sessions each row names.
    sample: usize,
    before: Organization,
    now: Organization,
    /// What sessions are compared with, as the notice says it: `as of 354b93e`.
    than: String,
    kinds: HashMap<Key, Kind>,
    compared: u64,
    changed: u64,
    unknown_servers: UnknownServers,
}

/// Begins to compare with the revision that the line names.
///
/// # Errors
/// Exit 4 where there is no such revision.
pub fn begin(args: &Args, draft: &mut Draft<'_>) -> Result<Box<dyn SessionHandler>, Problem> {
    let revision = args.text(&params::AGAINST).unwrap_or_default();
    let past = draft.past(&revision, &params::AGAINST)?;
    let mut old = Draft::new(&*past.source, draft.archive(), Answers::new())?;
    let than = format!("as of {}", short(&past.id));
    comparing(args, &mut old, draft, than)
}

/// The logs that `-ProtocolLog` names beside `-WhatIf`: what a draft does to their sessions.
#[must_use]
pub fn of_draft(paths: Vec<String>) -> LogFiles {
    let parameter = common_params::PROTOCOL_LOG.name;
    LogFiles { parameter, paths, args: Args::default(), begin: begin_with_draft }
}

/// Begins to compare a draft with what it was made from.
fn begin_with_draft(args: &Args, draft: &mut Draft<'_>) -> Result<Box<dyn SessionHandler>, Problem> {
    let mut old = Draft::new(draft.source(), draft.archive(), Answers::new())?;
    comparing(args, &mut old, draft, "without the change".to_owned())
}

fn comparing(
    args: &Args,
    old: &mut Draft<'_>,
    draft: &mut Draft<'_>,
    than: String,
) -> Result<Box<dyn SessionHandler>, Problem> {
    Ok(Box::new(Comparing {
        scope: Scope::of(args)?,
        sample: params::sample(args),
        before: Organization::whole(old)?,
        now: Organization::whole(draft)?,
        than,
        kinds: HashMap::new(),
        compared: 0,
        changed: 0,
        unknown_servers: UnknownServers::default(),
    }))
}

impl SessionHandler for Comparing {
    fn session(&mut self, session: &Session, _: &mut Draft<'_>) -> Result<Vec<Object>, Problem> {
        let Some(facts) = self.scope.facts(session)? else { return Ok(Vec::new()) };
        let server = session.server();
        let decided = |organization: &Organization| {
            organization.with_model(server, |model| model.decide(session, &facts))
        };
        let without = |all: &[Decided]| all.iter().map(|one| one.without_server(server)).collect();
        let (before, now) = match (decided(&self.before), decided(&self.now)) {
            (Some(before), Some(now)) => (before, now),
            (Some(before), None) => {
                let now = without(&before);
                (before, now)
            }
            (None, Some(now)) => (without(&now), now),
            (None, None) => {
                self.unknown_servers.add(session);
                return Ok(Vec::new());
            }
        };
        self.compared += 1;
        let mut seen: BTreeSet<Key> = BTreeSet::new();
        for (was, is) in before.iter().zip(&now) {
            self.note(session, was, is, &mut seen);
        }
        self.changed += u64::from(!seen.is_empty());
        Ok(Vec::new())
    }

    fn end(&mut self, read: &LogsRead, _: &mut Draft<'_>) -> Result<Outcome, Problem> {
        if self.compared == 0 && !read.interrupted {
            return Err(nothing_compared(read, &self.unknown_servers));
        }
        let mut kinds: Vec<(&Key, &Kind)> = self.kinds.iter().collect();
        kinds.sort_by(|(one, first), (other, second)| (second.sessions, one).cmp(&(first.sessions, other)));
        let mut outcome = Outcome::of(kinds.iter().map(|(key, kind)| object(key, kind)).collect());
        outcome.notices.push(read.describe());
        outcome.notices.push(match (self.changed, self.compared) {
            (0, 0) => "nothing was compared yet".to_owned(),
            (0, _) => format!("no session comes out otherwise than {}", self.than),
            (1, all) => format!("1 of {} comes out otherwise than {}", counted(all), self.than),
            (many, all) => {
                format!("{} of {} come out otherwise than {}", grouped(many), counted(all), self.than)
            }
        });
        for (server, unknown) in self.unknown_servers.iter() {
            let sessions = counted(unknown.sessions);
            let are = if unknown.sessions == 1 { "is" } else { "are" };
            let line = unknown.line(server).map(|line| format!(": {line}")).unwrap_or_default();
            outcome.notices.push(format!("{sessions} {are} {}{line}", of_unknown_server(server)));
        }
        outcome.exit = if self.changed > 0 { Exit::No } else { Exit::Done };
        Ok(outcome)
    }
}

impl Comparing {
    fn note(&mut self, session: &Session, was: &Decided, is: &Decided, seen: &mut BTreeSet<Key>) {
        let Some(changed) = was.change(is) else { return };
        let answered = match &was.connector {
            Some(connector) => format!("{}\\{connector}", session.server()),
            None => session.connector.clone(),
        };
        let key = (changed, answered);
        let kind = self.kinds.entry(key.clone()).or_default();
        kind.messages += u64::from(!is.client.recipients.is_empty());
        kind.clients.insert(is.client.remote);
        if kind.try_line.is_empty() {
            kind.try_line = shown::line(session.server(), &is.client);
        }
        if seen.insert(key) {
            kind.sessions += 1;
            if kind.examples.len() < self.sample {
                kind.examples.push(session.id.clone());
            }
        }
    }
}

fn object((changed, connector): &Key, kind: &Kind) -> Object {
    let clients = u64::try_from(kind.clients.len()).unwrap_or_default();
    let values = [
        Value::Choice(changed.effect.into()),
        Value::text(connector),
        Value::text(&changed.was),
        Value::text(&changed.is),
        Value::Int(kind.sessions),
        Value::Int(kind.messages),
        Value::Int(clients),
        Value::List(kind.clients.iter().map(|one| Value::Address(*one)).collect()),
        Value::texts(&kind.examples),
        Value::Line(kind.try_line.clone()),
    ];
    Object::result(&CHANGE, &COLUMNS, values)
}
