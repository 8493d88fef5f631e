//! Which sessions a line is about.

use std::net::IpAddr;

use super::columns::{Read, SESSION, names, object};
use super::params;
use crate::answer::Problem;
use crate::cmdlet::args::Args;
use crate::cmdlet::shared::filter::Condition;
use crate::net::RemoteRange;
use crate::param::{Param, Value};
use crate::protocol_log::{Facts, Outcome, Session};
use crate::text::Wildcard;

/// What a line says.
pub struct Scope {
    servers: Vec<Wildcard>,
    connectors: Vec<Wildcard>,
    since: Option<i64>,
    until: Option<i64>,
    ranges: Vec<RemoteRange>,
    users: Vec<Wildcard>,
    outcomes: Vec<Outcome>,
    id: Option<String>,
    condition: Option<Condition>,
}

impl Scope {
    /// What the line says.
    ///
    /// # Errors
    /// Exit 2 for a `-Filter` that is no condition of sessions.
    pub fn of(args: &Args) -> Result<Self, Problem> {
        let wildcards = |names: Vec<String>| names.iter().map(|text| Wildcard::new(text)).collect();
        let time =
            |param| args.text(param).and_then(|text| params::moment(&text)).map(|at| at.as_millisecond());
        let values = |param: &Param| args.value(param).map(Value::elements).unwrap_or_default();
        let range = |value| if let Value::Range(range) = value { Some(range) } else { None };
        Ok(Scope {
            condition: Condition::among(args, SESSION.noun, &names())?,
            servers: wildcards(params::servers(args)),
            connectors: wildcards(args.texts(&params::IDENTITY)),
            since: time(&params::SINCE),
            until: time(&params::UNTIL),
            ranges: values(&params::REMOTE).into_iter().filter_map(range).collect(),
            users: wildcards(args.texts(&params::USER)),
            outcomes: args.texts(&params::OUTCOME).iter().filter_map(|name| name.parse().ok()).collect(),
            id: args.text(&params::SESSION_ID),
        })
    }

    /// What was said in the session, where it is meant.
    ///
    /// # Errors
    /// Exit 2 where a value of the condition is none of its property's type.
    pub fn facts<'s>(&self, session: &'s Session) -> Result<Option<Facts<'s>>, Problem> {
        if !self.has(session) {
            return Ok(None);
        }
        let facts = Facts::of(session);
        Ok(self.has_facts(session, &facts)?.then_some(facts))
    }

    /// Whether the session's place and time are meant, which is known without reading its lines.
    fn has(&self, session: &Session) -> bool {
        let any = |all: &[Wildcard], name: &str| all.is_empty() || all.iter().any(|one| one.matches(name));
        any(&self.servers, session.server())
            && self.has_connector(&session.connector, session.connector_name())
            && self.has_time(session)
            && self.id.as_ref().is_none_or(|id| id.eq_ignore_ascii_case(&session.id))
    }

    /// Whether the session began in the time that is meant.
    pub(crate) fn has_time(&self, session: &Session) -> bool {
        let start = session.start();
        self.since.is_none_or(|since| start >= since) && self.until.is_none_or(|until| start < until)
    }

    /// The first moment that is meant, and the one after the last.
    pub(crate) fn period(&self) -> (Option<i64>, Option<i64>) {
        (self.since, self.until)
    }

    /// Whether a connector is meant: by its whole name, or by its own name alone.
    pub(crate) fn has_connector(&self, whole: &str, name: &str) -> bool {
        let all = &self.connectors;
        all.is_empty() || all.iter().any(|one| one.matches(whole) || one.matches(name))
    }

    /// Whether a server is meant.
    pub(crate) fn has_server(&self, name: &str) -> bool {
        self.servers.is_empty() || self.servers.iter().any(|one| one.matches(name))
    }

    /// Whether the session's client, account and outcome are meant, and the condition holds.
    fn has_facts(&self, session: &Session, facts: &Facts<'_>) -> Result<bool, Problem> {
        let within = |address: IpAddr| self.ranges.iter().any(|range| range.contains(address));
        let proxied = || facts.proxied.iter().filter_map(|client| client.address).any(within);
        let remote = || session.remote.is_some_and(|remote| within(remote.ip()));
        let named = |user: &str| self.users.iter().any(|one| one.matches(user));
        let meant = (self.ranges.is_empty() || remote() || proxied())
            && (self.users.is_empty() || facts.user.or(facts.refused_user).is_some_and(named))
            && (self.outcomes.is_empty() || self.outcomes.contains(&facts.outcome()));
        match &self.condition {
            Some(condition) if meant => condition.holds(&object(&Read { session, facts })),
            _ => Ok(meant),
        }
    }
}
