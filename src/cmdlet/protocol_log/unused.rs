//! What of the store no session of the logs used: connectors and remote ranges, each with the line that disables or
//! removes it; and the period that the logs cover. What the logs cannot show is unknown, and gets no such line.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::net::IpAddr;

use super::period::{Period, asked_for};
use super::places::{Places, UnknownServers, of_unknown_server, range_of};
use super::scope::Scope;
use crate::answer::{Column, Object, Problem, TableView};
use crate::cmdlet::args::{Args, to_type};
use crate::cmdlet::receive_connector::{set, shared};
use crate::cmdlet::transaction::{Draft, LogsRead, Outcome};
use crate::connector::{Host, ProtocolLoggingLevel, ReceiveConnector, TransportRole, rows};
use crate::net::RemoteRange;
use crate::param::{Argument, Param, Value};
use crate::protocol_log::{Service, Session};

/// No session.
const UNUSED_STATE: &str = "Unused";
/// The connector's sessions are not logged, so nothing is known.
const NOT_LOGGED: &str = "NotLogged";
/// The logs do not show it.
const UNKNOWN: &str = "Unknown";

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
    (
        "State",
        "Unused, NotLogged: the connector keeps no protocol log, or Unknown: no log of its service was read, or a log not to its end",
    ),
    ("LastSeen", "The last session of a connector whose clients all came from ranges that it had before"),
    (
        "Command",
        "The line that removes the range, disables the connector, or has it logged; empty for Unknown",
    ),
];

/// The most servers without a session that are named.
const MOST_SHOWN: usize = 4;

/// What was seen of a connector.
struct Seen {
    ranges: BTreeSet<usize>,
    last: i64,
    /// Whether a session was without the client's address: it can have come from any range.
    is_hidden: bool,
}

/// What sessions used.
#[derive(Default)]
pub struct Used {
    places: Places,
    /// By the server's and the connector's name in small letters.
    seen: HashMap<(String, String), Seen>,
    /// The services whose logs were read, by server.
    services: HashMap<String, BTreeSet<Service>>,
    period: Period,
    /// Servers that the store does not have.
    unknown_servers: UnknownServers,
}

impl Used {
    /// Notes a session.
    ///
    /// # Errors
    /// Where its server's file cannot be read.
    pub fn add(&mut self, session: &Session, draft: &mut Draft<'_>) -> Result<(), Problem> {
        let host = self.places.host(session, draft)?;
        self.period.add(session, host.as_ref().map(|host| host.server.name.as_str()));
        let Some(host) = host else {
            self.unknown_servers.add(session);
            return Ok(());
        };
        let server = host.server.name.to_lowercase();
        let connector = host.connector(session.connector_name());
        let role = connector.and_then(|connector| service_of(&host, connector));
        let services = self.services.entry(server.clone()).or_default();
        // A folder may be called like a service by chance, so the connector goes first.
        services.extend(role.or(session.service));
        let Some(connector) = connector else { return Ok(()) };
        let (key, end) = ((server, connector.name.to_lowercase()), session.end());
        let new = || Seen { ranges: BTreeSet::new(), last: end, is_hidden: false };
        let seen = self.seen.entry(key).or_insert_with(new);
        seen.last = seen.last.max(end);
        seen.is_hidden |= session.remote.is_none();
        seen.ranges.extend(session.remote.and_then(|remote| range_of(connector, remote.ip())));
        Ok(())
    }

    /// What of the servers whose logs were read was not used.
    ///
    /// # Errors
    /// Where a server's file cannot be read.
    pub fn outcome(&self, scope: &Scope, read: &LogsRead, draft: &mut Draft<'_>) -> Result<Outcome, Problem> {
        let (mut outcome, mut silent, mut is_any) = (Outcome::default(), Vec::new(), false);
        let mut unread: BTreeMap<Service, Vec<String>> = BTreeMap::new();
        for name in draft.server_names()?.into_iter().filter(|name| scope.has_server(name)) {
            let Some(services) = self.services.get(&name.to_lowercase()) else {
                silent.push(name);
                continue;
            };
            let Some(host) = draft.host(&name)? else { continue };
            for connector in host.connectors.iter().filter(|connector| connector.enabled) {
                if !scope.has_connector(&shared::identity(&name, &connector.name), &connector.name) {
                    continue;
                }
                is_any = true;
                let seen = self.seen.get(&(name.to_lowercase(), connector.name.to_lowercase()));
                let service = service_of(&host, connector).filter(|one| !services.contains(one));
                if let Some(service) = service.filter(|_| seen.is_none()) {
                    let servers = unread.entry(service).or_default();
                    if servers.last() != Some(&name) {
                        servers.push(name.clone());
                    }
                }
                let is_known = (service.is_none() || seen.is_some()) && !read.is_part();
                let rows = Rows { host: &host, connector, is_known };
                let is_logged = connector.protocol_logging_level != ProtocolLoggingLevel::None;
                match seen {
                    Some(seen) => outcome.objects.extend(rows.of_ranges(seen)),
                    None if is_logged || read.is_part() => outcome.objects.push(rows.of_whole(None)),
                    None => outcome.objects.push(rows.not_logged()),
                }
            }
        }
        outcome.notices.push(self.period.describe(scope.period(), read, |name| scope.has_server(name)));
        if is_any && outcome.objects.is_empty() {
            let sentence = "nothing is unused: each connector and each range of it had sessions";
            outcome.notices.push(sentence.to_owned());
        }
        let when = asked_for(scope.period()).map(|when| format!(" {when}")).unwrap_or_default();
        for (service, servers) in &unread {
            let of = match service {
                Service::FrontEnd => "the Front End Transport service of ",
                _ => "the Transport service of ",
            };
            outcome.notices.extend(of_silent(of, servers, &when, read));
        }
        outcome.notices.extend(of_silent("", &silent, &when, read));
        for (server, unknown) in self.unknown_servers.iter().take(MOST_SHOWN) {
            let line = unknown.line(server).map(|line| format!(": {line}")).unwrap_or_default();
            outcome.notices.push(format!("the logs have sessions {}{line}", of_unknown_server(server)));
        }
        match self.unknown_servers.len().saturating_sub(MOST_SHOWN) {
            0 => {}
            1 => outcome.notices.push("1 more server of the logs is not in the store".to_owned()),
            more => outcome.notices.push(format!("{more} more servers of the logs are not in the store")),
        }
        Ok(outcome)
    }
}

/// The rows of a connector.
struct Rows<'r> {
    host: &'r Host,
    connector: &'r ReceiveConnector,
    /// Whether the logs would show a session.
    is_known: bool,
}

impl Rows<'_> {
    fn row(
        &self,
        range: Value,
        state: &'static str,
        last: Option<i64>,
        change: (&'static Param, Argument),
    ) -> Object {
        let identity = Value::Text(shared::identity(&self.host.server.name, &self.connector.name));
        let last = last.map_or(Value::Null, super::columns::time);
        let command = if state == UNKNOWN {
            Value::Null
        } else {
            let mut args = Args::default();
            args.push(&rows::IDENTITY.param, Argument::Set(identity.clone()));
            args.push(change.0, change.1);
            Value::Line(to_type(&set::CMDLET, &args, None))
        };
        Object::result(&UNUSED, &COLUMNS, [identity, range, Value::Choice(state), last, command])
    }

    fn not_logged(&self) -> Object {
        let verbose = Value::Choice(ProtocolLoggingLevel::Verbose.into());
        let change = (&rows::PROTOCOL_LOGGING_LEVEL.param, Argument::Set(verbose));
        self.row(Value::Null, NOT_LOGGED, None, change)
    }

    fn of_whole(&self, last: Option<i64>) -> Object {
        let state = if self.is_known { UNUSED_STATE } else { UNKNOWN };
        self.row(Value::Null, state, last, (&rows::ENABLED.param, Argument::Set(Value::Bool(false))))
    }

    /// The ranges that no session came from. A connector keeps at least one: where there would be none left, the whole
    /// connector is not used by anybody who could still use it.
    fn of_ranges(&self, seen: &Seen) -> Vec<Object> {
        let all = &self.connector.remote_ip_ranges;
        let unused = all.iter().enumerate();
        let unused = unused.filter(|(at, range)| !seen.ranges.contains(at) && !is_everybody(range));
        let unused: Vec<&RemoteRange> = unused.map(|(_, range)| range).collect();
        let is_known = self.is_known && !seen.is_hidden;
        if unused.len() == all.len() && !all.is_empty() {
            return vec![Rows { is_known, ..*self }.of_whole(Some(seen.last))];
        }
        let state = if is_known { UNUSED_STATE } else { UNKNOWN };
        let row = |range: &RemoteRange| {
            let edit = Argument::Edit { add: Vec::new(), remove: vec![Value::Range(range.clone())] };
            self.row(Value::Range(range.clone()), state, None, (&rows::REMOTE_IP_RANGES.param, edit))
        };
        unused.into_iter().map(row).collect()
    }
}

/// What is said of servers, or of a service of theirs, that the logs do not have: their connectors are neither used nor
/// unused.
fn of_silent(of: &str, servers: &[String], when: &str, read: &LogsRead) -> Option<String> {
    let shown = servers.iter().take(MOST_SHOWN).map(String::as_str).collect::<Vec<_>>().join(", ");
    let more = servers.len().saturating_sub(MOST_SHOWN);
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    let logs = if read.is_part() { "the part that was read has" } else { "the logs have" };
    let whose = if servers.len() == 1 { "its" } else { "their" };
    (!servers.is_empty()).then(|| {
        format!(
            "{logs} no session of {of}{shown}{more}{when}: whether {whose} connectors are used is unknown"
        )
    })
}

/// Whether a range is every address of its family, which says nothing of a client.
fn is_everybody(range: &RemoteRange) -> bool {
    let (first, last) = (range.first(), range.last());
    first.is_unspecified() && (last == IpAddr::from([255; 4]) || last == IpAddr::from([0xffff_u16; 8]))
}

/// The service that writes a connector's log; nothing where a server has one alone.
fn service_of(host: &Host, connector: &ReceiveConnector) -> Option<Service> {
    if !host.server.has_transport_roles() {
        return None;
    }
    Some(match connector.transport_role {
        TransportRole::FrontendTransport => Service::FrontEnd,
        TransportRole::HubTransport => Service::Hub,
    })
}
