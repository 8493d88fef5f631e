//! -Against: the logged sessions that come out otherwise now than as of another revision.

use std::collections::{BTreeSet, HashMap};
use std::net::IpAddr;

use super::organization::Organization;
use super::params;
use super::scope::Scope;
use crate::answer::{Exit, Object, Problem, TableView};
use crate::cmdlet::args::Args;
use crate::cmdlet::effective_access::shown;
use crate::cmdlet::transaction::{Answers, Draft, LogsRead, Outcome, SessionHandler};
use crate::param::Value;
use crate::protocol_log::{Facts, Session};
use crate::replay::{Decided, Effect};

/// What a change does to sessions.
static CHANGE: TableView = TableView {
    noun: "ProtocolLogChange",
    table: &["Effect", "Connector", "Was", "Is", "Sessions", "Messages", "Clients"],
    headings: &[],
    name: "Connector",
};

/// What sessions have in common: the effect, the connector that answered, and how they came out before and now.
type Key = (Effect, String, String, String);

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
    revision: String,
    before: Organization,
    now: Organization,
    kinds: HashMap<Key, Kind>,
    changed: u64,
}

/// Begins to compare with the revision that the line names.
///
/// # Errors
/// Exit 4 where there is no such revision.
pub fn begin(args: &Args, draft: &mut Draft<'_>) -> Result<Box<dyn SessionHandler>, Problem> {
    let revision = args.text(&params::AGAINST).unwrap_or_default();
    let archive = draft.archive().ok_or_else(|| {
        let message = format!("there is no store yet, so no revision {revision:?}");
        Problem::new(Exit::NotFound, message).about(params::AGAINST.name)
    })?;
    let past = archive.at(&revision).map_err(|problem| problem.about(params::AGAINST.name))?;
    let mut old = Draft::new(&*past.source, Some(archive), Answers::new())?;
    Ok(Box::new(Comparing {
        scope: Scope::of(args),
        sample: params::sample(args),
        revision: past.id.get(..7).unwrap_or(&past.id).to_owned(),
        before: Organization::whole(&mut old)?,
        now: Organization::whole(draft)?,
        kinds: HashMap::new(),
        changed: 0,
    }))
}

impl SessionHandler for Comparing {
    fn session(&mut self, session: &Session, _: &mut Draft<'_>) -> Result<Vec<Object>, Problem> {
        if !self.scope.has(session) {
            return Ok(Vec::new());
        }
        let facts = Facts::of(session);
        if !self.scope.has_facts(session, &facts) {
            return Ok(Vec::new());
        }
        let decided = |organization: &Organization| {
            organization.with_model(session.server(), |model| model.decide(session, &facts))
        };
        let (Some(before), Some(now)) = (decided(&self.before), decided(&self.now)) else {
            return Ok(Vec::new());
        };
        let mut seen: BTreeSet<Key> = BTreeSet::new();
        for (was, is) in before.iter().zip(&now) {
            self.note(session, was, is, &mut seen);
        }
        self.changed += u64::from(!seen.is_empty());
        Ok(Vec::new())
    }

    fn end(&mut self, read: &LogsRead, _: &mut Draft<'_>) -> Result<Outcome, Problem> {
        let mut kinds: Vec<(&Key, &Kind)> = self.kinds.iter().collect();
        kinds.sort_by(|(one, first), (other, second)| (second.sessions, one).cmp(&(first.sessions, other)));
        let mut outcome = Outcome::of(kinds.iter().map(|(key, kind)| object(key, kind)).collect());
        outcome.notices.push(read.describe());
        outcome.notices.push(match self.changed {
            0 => format!("every session comes out as of {}", self.revision),
            1 => format!("1 session comes out otherwise than as of {}", self.revision),
            many => format!("{many} sessions come out otherwise than as of {}", self.revision),
        });
        outcome.exit = if self.changed > 0 { Exit::No } else { Exit::Done };
        Ok(outcome)
    }
}

impl Comparing {
    fn note(&mut self, session: &Session, was: &Decided, is: &Decided, seen: &mut BTreeSet<Key>) {
        let Some(effect) = was.change(is) else { return };
        let connector = |one: &Decided| one.connector.clone().unwrap_or_else(|| "none".to_owned());
        let (old, new) = match effect {
            Effect::Connector => (connector(was), connector(is)),
            _ => (was.reply.clone(), is.reply.clone()),
        };
        let answered = format!("{}\\{}", session.server(), connector(was));
        let key = (effect, answered, old, new);
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

fn object((effect, connector, was, is): &Key, kind: &Kind) -> Object {
    let text = |text: &String| Value::Text(text.clone());
    let clients = u64::try_from(kind.clients.len()).unwrap_or_default();
    let cells = vec![
        ("Effect", Value::Choice((*effect).into())),
        ("Connector", text(connector)),
        ("Was", text(was)),
        ("Is", text(is)),
        ("Sessions", Value::Int(kind.sessions)),
        ("Messages", Value::Int(kind.messages)),
        ("Clients", Value::Int(clients)),
        ("RemoteIPAddresses", Value::List(kind.clients.iter().map(|one| Value::Address(*one)).collect())),
        ("Examples", Value::List(kind.examples.iter().map(text).collect())),
        ("Try", text(&kind.try_line)),
    ];
    Object::new(&CHANGE, cells)
}
