//! Where the store has what a log names: a session's server, its connector, and the range that its client is in.

use std::collections::{BTreeMap, HashMap};
use std::net::IpAddr;
use std::sync::Arc;

use crate::answer::{Exit, Problem};
use crate::cmdlet::transaction::{Draft, LogsRead};
use crate::connector::{Host, ReceiveConnector};
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
pub(crate) fn of_stranger(server: &str) -> String {
    if server.is_empty() {
        return "of no server: the log names a connector without one".to_owned();
    }
    format!("of {server}, which the store does not have")
}

/// The line that adds such a server; nothing where the log names none. A log is foreign: its names are quoted.
pub(crate) fn adds_stranger(server: &str) -> Option<String> {
    (!server.is_empty()).then(|| format!("exch new-exchangeserver {}", quote::bash(server)))
}

/// The most servers that a message names.
const MOST_SHOWN: usize = 4;

/// What is said of a check that had nothing to check: it must not pass for one that found no fault. `strangers` are the
/// sessions that were meant, by servers that the store does not have.
pub(crate) fn nothing_compared(read: &LogsRead, strangers: &BTreeMap<String, u64>) -> Problem {
    if read.sessions == 0 {
        return Problem::new(Exit::NotFound, "nothing to compare: no session was read")
            .hint("name logs that have sessions: a log with its header alone is of a time without any");
    }
    let problem = |why: String| Problem::new(Exit::NotFound, format!("nothing to compare: {why}"));
    if strangers.is_empty() {
        return problem(format!("none of {} matches", counted(read.sessions)))
            .hint("leave out what selects sessions: -Server, -Identity, -Since, -Until, -RemoteIPAddress, -User, -Outcome");
    }
    let one = |(server, count): (&String, &u64)| match server.is_empty() {
        true => format!("{} of a connector without a server", counted(*count)),
        false => format!("{} of {server}", counted(*count)),
    };
    let mut all: Vec<String> = strangers.iter().take(MOST_SHOWN).map(one).collect();
    let more = strangers.len().saturating_sub(MOST_SHOWN);
    if more > 0 {
        all.push(format!("{more} more servers"));
    }
    let problem = problem(format!("no session is of a server in the store: {}", all.join(", ")));
    match strangers.keys().find_map(|server| adds_stranger(server)) {
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
