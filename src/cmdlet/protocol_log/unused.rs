//! What of the store no session of the logs used: connectors and remote ranges, each with the line that disables or
//! removes it; and the period that the logs cover.

use std::collections::{BTreeSet, HashMap};
use std::net::IpAddr;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::places::{Places, range_of};
use super::scope::Scope;
use crate::answer::{Column, Object, Problem, TableView};
use crate::cmdlet::args::{Args, to_type};
use crate::cmdlet::receive_connector::{set, shared};
use crate::cmdlet::transaction::{Draft, Outcome};
use crate::connector::{Host, ProtocolLoggingLevel, ReceiveConnector, TransportRole, rows};
use crate::net::RemoteRange;
use crate::param::{Argument, Param, Value, Version};
use crate::protocol_log::{Service, Session};

/// No session.
const UNUSED_STATE: &str = "Unused";
/// The connector's sessions are not logged, so nothing is known.
const NOT_LOGGED: &str = "NotLogged";

/// What is not used.
static UNUSED: TableView = TableView {
    noun: "UnusedConnector",
    table: &["Identity", "RemoteIPRange", "State", "Command"],
    headings: &[("RemoteIPRange", "Range")],
    name: "Identity",
};

/// Its columns.
pub static COLUMNS: [Column; 5] = [
    ("Identity", "The connector"),
    ("RemoteIPRange", "Its range that no session came from; empty for the whole connector"),
    ("State", "Unused, or NotLogged: the connector keeps no protocol log"),
    ("LastSeen", "The last session of the connector"),
    ("Command", "The line that removes the range, disables the connector, or has it logged"),
];

/// The most servers without a session that are named.
const MOST_SHOWN: usize = 4;
/// The milliseconds of a day.
const DAY: i64 = 86_400_000;

/// What was seen of a connector.
struct Seen {
    ranges: BTreeSet<usize>,
    last: i64,
}

/// What sessions used.
#[derive(Default)]
pub struct Used {
    places: Places,
    /// By the server's and the connector's name in small letters.
    seen: HashMap<(String, String), Seen>,
    /// The services whose logs were read, by server; nothing where no path names one.
    services: HashMap<String, BTreeSet<Option<Service>>>,
    days: BTreeSet<i64>,
    /// The times of the first and of the last line.
    period: Option<(i64, i64)>,
    /// Servers that the store does not have.
    strangers: BTreeSet<String>,
}

impl Used {
    /// Notes a session.
    ///
    /// # Errors
    /// Where its server's file cannot be read.
    pub fn add(&mut self, session: &Session, draft: &mut Draft<'_>) -> Result<(), Problem> {
        let start = session.start();
        self.days.extend([start.div_euclid(DAY), session.end().div_euclid(DAY)]);
        let end = session.end();
        let (first, last) = self.period.unwrap_or((start, end));
        // Times can go back within a session.
        self.period = Some((first.min(start).min(end), last.max(start).max(end)));
        let Some(host) = self.places.host(session, draft)? else {
            self.strangers.insert(session.server().to_owned());
            return Ok(());
        };
        let server = host.server.name.to_lowercase();
        self.services.entry(server.clone()).or_default().insert(session.service);
        let Some(connector) = host.connector(session.connector_name()) else { return Ok(()) };
        let key = (server, connector.name.to_lowercase());
        let seen = self.seen.entry(key).or_insert(Seen { ranges: BTreeSet::new(), last: end });
        seen.last = seen.last.max(end);
        seen.ranges.extend(session.remote.and_then(|remote| range_of(connector, remote.ip())));
        Ok(())
    }

    /// What of the servers whose logs were read was not used.
    ///
    /// # Errors
    /// Where a server's file cannot be read.
    pub fn outcome(&self, scope: &Scope, draft: &mut Draft<'_>) -> Result<Outcome, Problem> {
        let (mut outcome, mut silent) = (Outcome::default(), Vec::new());
        for name in draft.server_names()?.into_iter().filter(|name| scope.has_server(name)) {
            let Some(services) = self.services.get(&name.to_lowercase()) else {
                silent.push(name);
                continue;
            };
            let Some(host) = draft.host(&name)? else { continue };
            for connector in &host.connectors {
                let identity = shared::identity(&name, &connector.name);
                if scope.has_connector(&identity, &connector.name) && is_read(&host, connector, services) {
                    outcome.objects.extend(self.of_connector(&host, connector));
                }
            }
        }
        outcome.notices.push(self.period());
        outcome.notices.extend(of_silent(&silent));
        if !self.strangers.is_empty() {
            let names: Vec<&str> = self.strangers.iter().map(String::as_str).collect();
            outcome.notices.push(format!(
                "the store does not have {}: exch new-exchangeserver adds a server",
                names.join(", ")
            ));
        }
        Ok(outcome)
    }

    fn of_connector(&self, host: &Host, connector: &ReceiveConnector) -> Vec<Object> {
        if !connector.enabled {
            return Vec::new();
        }
        let identity = shared::identity(&host.server.name, &connector.name);
        let key = (host.server.name.to_lowercase(), connector.name.to_lowercase());
        let set = |param: &'static Param, argument: Argument| {
            let mut args = Args::default();
            args.push(&rows::IDENTITY.param, Argument::Set(Value::Text(identity.clone())));
            args.push(param, argument);
            to_type(&set::CMDLET, &args, None)
        };
        let row = |range: Value, state: &'static str, last: Option<i64>, command: String| {
            let last = last.map_or(Value::Null, super::columns::time);
            let (identity, command) = (Value::Text(identity.clone()), Value::Text(command));
            Object::result(&UNUSED, &COLUMNS, [identity, range, Value::Choice(state), last, command])
        };
        let Some(seen) = self.seen.get(&key) else {
            if connector.protocol_logging_level == ProtocolLoggingLevel::None {
                let verbose = Value::Choice(ProtocolLoggingLevel::Verbose.into());
                let line = set(&rows::PROTOCOL_LOGGING_LEVEL.param, Argument::Set(verbose));
                return vec![row(Value::Null, NOT_LOGGED, None, line)];
            }
            let line = set(&rows::ENABLED.param, Argument::Set(Value::Bool(false)));
            return vec![row(Value::Null, UNUSED_STATE, None, line)];
        };
        let ranges = connector.remote_ip_ranges.iter().enumerate();
        let unused = ranges.filter(|(at, range)| !seen.ranges.contains(at) && !is_everybody(range)).map(
            |(_, range)| {
                let range = Value::Range(range.clone());
                let edit = Argument::Edit { add: Vec::new(), remove: vec![range.clone()] };
                row(range, UNUSED_STATE, Some(seen.last), set(&rows::REMOTE_IP_RANGES.param, edit))
            },
        );
        unused.collect()
    }

    /// The time from the first to the last line, and the days in between without a session.
    fn period(&self) -> String {
        let Some((first, last)) = self.period else { return "the logs have no session".to_owned() };
        let moment = |millis: i64| {
            let time = Timestamp::from_millisecond(millis).unwrap_or_default().to_zoned(TimeZone::UTC);
            time.strftime("%Y-%m-%d %H:%M").to_string()
        };
        let days = last.div_euclid(DAY) - first.div_euclid(DAY) + 1;
        let missing = days - i64::try_from(self.days.len()).unwrap_or_default();
        let gaps = match missing {
            0 | i64::MIN..0 => "every day has sessions".to_owned(),
            1 => "1 day has no session".to_owned(),
            many => format!("{many} days have no session"),
        };
        format!(
            "the logs cover {} to {} UTC: {gaps}; a client that comes less often is not in them",
            moment(first),
            moment(last)
        )
    }
}

/// What is said of servers that the logs do not have: their connectors are neither used nor unused.
fn of_silent(servers: &[String]) -> Option<String> {
    let shown = servers.iter().take(MOST_SHOWN).map(String::as_str).collect::<Vec<_>>().join(", ");
    let more = servers.len().saturating_sub(MOST_SHOWN);
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    (!servers.is_empty()).then(|| {
        format!("the logs have no session of {shown}{more}: whether their connectors are used is unknown")
    })
}

/// Whether a range is every address of its family, which says nothing of a client.
fn is_everybody(range: &RemoteRange) -> bool {
    let (first, last) = (range.first(), range.last());
    first.is_unspecified() && (last == IpAddr::from([255; 4]) || last == IpAddr::from([0xffff_u16; 8]))
}

/// Whether the logs of the service that owns a connector were read; where no path names a service, they may have been.
fn is_read(host: &Host, connector: &ReceiveConnector, services: &BTreeSet<Option<Service>>) -> bool {
    if services.contains(&None) || host.server.version < Version::V2013 || host.server.is_edge() {
        return true;
    }
    services.contains(&Some(match connector.transport_role {
        TransportRole::FrontendTransport => Service::FrontEnd,
        TransportRole::HubTransport => Service::Hub,
    }))
}
