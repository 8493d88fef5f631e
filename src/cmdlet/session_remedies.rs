//! What would let a refused session pass, as lines to type in any shell.
//!
//! Which change helps, and whether it opens a relay, is the verdict's to know.

use super::mend::changing;
use crate::connector::Host;
use crate::session::{Action, Remedy};

/// One thing that helps.
pub enum Help {
    /// A line to type.
    Line {
        /// The line.
        line: String,
        /// Whether the connector would be an open relay with it (R3).
        opens_relay: bool,
    },
    /// What the client must do.
    Client(&'static str),
}

/// A remedy on `host`, in words; account names in the organization's domain. Nothing for one that names no
/// property.
pub fn help(remedy: &Remedy, host: &Host, domain: &str) -> Option<Help> {
    if let Action::Client(what) = remedy.action {
        return Some(Help::Client(what));
    }
    let connector = remedy.connector.and_then(|at| host.connectors.get(at))?;
    let line = changing(&remedy.action, host, connector, domain)?;
    Some(Help::Line { line, opens_relay: remedy.opens_relay })
}
