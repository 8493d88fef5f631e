//! Where the store has what a log names: a session's server, its connector, and the range that its client is in.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::net::IpAddr;
use std::sync::Arc;

use super::period::covering;
use crate::answer::{Exit, Problem};
use crate::cmdlet::transaction::{Draft, LogsRead};
use crate::connector::{Host, ReceiveConnector};
use crate::param::Version;
use crate::powershell::quote;
use crate::protocol_log::Session;
use crate::text::grouped;

/// Servers of the store that logs name, each looked up once.
#[derive(Default)]
pub struct Places {
    hosts: HashMap<String, Option<Arc<Host>>>,
}

impl Places {
    /// The server that a session was with; nothing where the store does not have it.
    ///
    /// # Errors
    /// Where its file cannot be read.
    pub fn host(&mut self, session: &Session, draft: &mut Draft<'_>) -> Result<Option<Arc<Host>>, Problem> {
        let name = session.server();
        if let Some(host) = self.hosts.get(name) {
            return Ok(host.clone());
        }
        let host = if name.is_empty() { None } else { draft.host(name)? };
        self.hosts.insert(name.to_owned(), host.clone());
        Ok(host)
    }
}

/// What is said of sessions with a server that the store does not have.
pub(crate) fn of_unknown_server(server: &str) -> String {
    if server.is_empty() {
        return "of no server: the log names a connector without one".to_owned();
    }
    format!("of {server}, which the store does not have")
}

/// What the logs have of a server that the store does not have.
#[derive(Default)]
pub(crate) struct UnknownServer {
    /// Its sessions.
    pub(crate) sessions: u64,
    version: Option<Version>,
    addresses: BTreeSet<IpAddr>,
}

/// Servers that the store does not have, by their names.
#[derive(Default)]
pub(crate) struct UnknownServers(BTreeMap<String, UnknownServer>);

impl UnknownServers {
    /// Notes a session of one.
    pub(crate) fn add(&mut self, session: &Session) {
        let one = match self.0.get_mut(session.server()) {
            Some(known) => known,
            None => self.0.entry(session.server().to_owned()).or_default(),
        };
        one.sessions += 1;
        one.version = one.version.or(session.version);
        let local = session.local.map(|local| local.ip()).filter(|ip| !ip.is_loopback());
        if let Some(address) = local.filter(|_| one.addresses.len() < MOST_ADDRESSES) {
            one.addresses.insert(address);
        }
    }

    /// All of them, by name.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, &UnknownServer)> {
        self.0.iter().map(|(name, one)| (name.as_str(), one))
    }

    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    /// The sessions of all of them.
    pub(crate) fn sessions(&self) -> u64 {
        self.0.values().map(|one| one.sessions).sum()
    }
}

impl UnknownServer {
    /// The line that adds the server of this name, with what the logs are certain of; nothing where they have no name. A log
    /// is foreign: its names are quoted.
    pub(crate) fn line(&self, server: &str) -> Option<String> {
        if server.is_empty() {
            return None;
        }
        let version = self.version.map(|version| format!(" -Version {}", <&str>::from(version)));
        let addresses: Vec<String> = self.addresses.iter().map(IpAddr::to_string).collect();
        let addresses = (!addresses.is_empty()).then(|| format!(" -IPAddresses {}", addresses.join(",")));
        let (version, addresses) = (version.unwrap_or_default(), addresses.unwrap_or_default());
        Some(format!("exch new-exchangeserver {}{version}{addresses}", quote::bash(server)))
    }
}

/// The most addresses of a server that a line has: what is beyond is no adapter but a log of another kind.
const MOST_ADDRESSES: usize = 8;
/// The most servers that a message names.
const MOST_SHOWN: usize = 4;

/// What is said of a check that had nothing to check: it must not pass for one that found no fault. `unknown_servers` are the
/// sessions that were meant, by servers that the store does not have.
pub(crate) fn nothing_compared(read: &LogsRead, unknown_servers: &UnknownServers) -> Problem {
    if read.sessions == 0 {
        return Problem::new(Exit::NotFound, "nothing to compare: no session was read")
            .hint("name logs that have sessions: a log with its header alone is of a time without any");
    }
    let problem = |why: String| Problem::new(Exit::NotFound, format!("nothing to compare: {why}"));
    if unknown_servers.len() == 0 {
        return problem(format!("none of {} matches{}", counted(read.sessions), covering(read)))
            .hint("leave out what selects sessions: -Server, -Identity, -Since, -Until, -RemoteIPAddress, -User, -Outcome");
    }
    let one = |(server, one): (&str, &UnknownServer)| match server.is_empty() {
        true => format!("{} of a connector without a server", counted(one.sessions)),
        false => format!("{} of {server}", counted(one.sessions)),
    };
    let mut all: Vec<String> = unknown_servers.iter().take(MOST_SHOWN).map(one).collect();
    let more = unknown_servers.len().saturating_sub(MOST_SHOWN);
    if more > 0 {
        all.push(format!("{more} more servers"));
    }
    let problem = problem(format!("no session is of a server in the store: {}", all.join(", ")));
    match unknown_servers.iter().find_map(|(server, one)| one.line(server)) {
        Some(line) => problem.hint(format!("{line} adds it")),
        None => problem
            .hint("the connector-id of a log is SERVER\\Connector: take the log as the server wrote it"),
    }
}

/// `1 session`, `1,204 sessions`.
pub(crate) fn counted(sessions: u64) -> String {
    format!("{} session{}", grouped(sessions), if sessions == 1 { "" } else { "s" })
}

/// The range of a connector that an address is in: the smallest, as selection has it.
pub(crate) fn range_of(connector: &ReceiveConnector, address: IpAddr) -> Option<usize> {
    let ranges = connector.remote_ip_ranges.iter().enumerate();
    let within = ranges.filter(|(_, range)| range.contains(address));
    within.min_by_key(|(_, range)| range.size()).map(|(at, _)| at)
}
