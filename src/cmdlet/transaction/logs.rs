//! Protocol logs, read session by session: what a cmdlet gives back that reads logs, and what the engine asks it.
//!
//! It knows no file: sessions come read.

use super::{Draft, Outcome};
use crate::answer::{Object, Problem};
use crate::cmdlet::args::Args;
use crate::protocol_log::{Session, Totals};
use crate::text::grouped;

/// What was read when the last session had come.
#[derive(Clone, Debug, Default)]
pub struct LogsRead {
    /// Files that are receive logs.
    pub files: u64,
    /// Their lines.
    pub totals: Totals,
    /// Sessions, parts without an end included.
    pub sessions: u64,
    /// The times of the first and of the last line, in milliseconds since 1970.
    pub covered: Option<(i64, i64)>,
    /// Whether the run was ended before the last line.
    pub interrupted: bool,
    /// Whether a log could not be read, or not to its end.
    pub cut: bool,
}

impl LogsRead {
    /// Notes when a session was: times can go back within one.
    pub fn cover(&mut self, session: &Session) {
        let (start, end) = (session.start(), session.end());
        let (first, last) = self.covered.unwrap_or((start, end));
        self.covered = Some((first.min(start).min(end), last.max(start).max(end)));
    }

    /// Whether there may be sessions that were not read.
    #[must_use]
    pub fn is_part(&self) -> bool {
        self.interrupted || self.cut
    }

    /// `2 files, 42 lines, 5 sessions`.
    #[must_use]
    pub fn describe(&self) -> String {
        let counted = |count: u64, what: &str| {
            let s = if count == 1 { "" } else { "s" };
            format!("{} {what}{s}", grouped(count))
        };
        let each = [(self.files, "file"), (self.totals.lines, "line"), (self.sessions, "session")];
        each.map(|(count, what)| counted(count, what)).join(", ") + " read"
    }
}

/// What takes sessions, one after the other, in the order in which they end.
pub trait SessionHandler {
    /// A session; what it gives is printed at once.
    ///
    /// # Errors
    /// What ends the run: a store that cannot be read.
    fn session(&mut self, session: &Session, draft: &mut Draft<'_>) -> Result<Vec<Object>, Problem>;

    /// Text that is printed as it is, of the sessions since it was asked for last.
    fn text(&mut self) -> String {
        String::new()
    }

    /// What is printed after the last one.
    ///
    /// # Errors
    /// As [`SessionHandler::session`].
    fn end(&mut self, read: &LogsRead, draft: &mut Draft<'_>) -> Result<Outcome, Problem>;

    /// The next object that is printed after that, where there may be more of them than memory should hold at once.
    fn row(&mut self) -> Option<Object> {
        None
    }
}

/// Makes what takes the sessions.
pub type BeginLogs = fn(&Args, &mut Draft<'_>) -> Result<Box<dyn SessionHandler>, Problem>;

/// Logs to read.
#[derive(Clone, Debug)]
pub struct LogFiles {
    /// The parameter that named them.
    pub parameter: &'static str,
    /// Files, folders and wildcards as typed; `-` is standard input.
    pub paths: Vec<String>,
    /// What the line says.
    pub args: Args,
    /// Makes what takes the sessions.
    pub begin: BeginLogs,
}
