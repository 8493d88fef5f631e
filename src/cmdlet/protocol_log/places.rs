//! Where the store has what a log names: a session's server, its connector, and the range that its client is in.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::Arc;

use crate::answer::Problem;
use crate::cmdlet::transaction::Draft;
use crate::connector::{Host, ReceiveConnector};
use crate::powershell::quote;
use crate::protocol_log::Session;

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

/// The range of a connector that an address is in: the smallest, as selection has it.
pub(crate) fn range_of(connector: &ReceiveConnector, address: IpAddr) -> Option<usize> {
    let ranges = connector.remote_ip_ranges.iter().enumerate();
    let within = ranges.filter(|(_, range)| range.contains(address));
    within.min_by_key(|(_, range)| range.size()).map(|(at, _)| at)
}
