//! The cmdlets: one thin file each, and the table that names them.
//!
//! A cmdlet reads a call, changes a draft and says what came of it. It never commits, prints, asks or meets a
//! disk, a clock or a command line.

mod accepted_domain;
mod ad_permission;
mod args;
mod data_path;
mod definition;
mod edge_subscription;
mod effective_access;
mod exchange_server;
pub mod help;
mod organization;
mod plain;
mod protocol_log;
mod receive_connector;
pub mod runbook;
mod send_connector;
mod session;
pub mod shared;
mod store;
mod table;
mod transaction;
mod transport_config;

pub use args::{Args, Call, Context, Dial, Machine, to_type};
pub use definition::{Cmdlet, Effect, Missing};
pub use effective_access::effect::{OpenedOrClosed, effect, sentences};
pub use help::{Content, Export, Exported, Shell};
pub use organization::PATH as EXPORT_PATH;
pub use protocol_log::logs_of_change;
pub use shared::completion_names::{CompletionCandidate, CompletionRequest, begins};
use shared::filter::Condition;
pub use shared::table_views::DIFFERENCE;
pub(crate) use table::ALIASES;
pub use table::CMDLETS;
pub use transaction::{
    Answers, Archive, Batch, ChangedFiles, Damage, Difference, Draft, EachRevision, InputRow, LogFiles,
    LogsRead, Outcome, Past, PerServer, Question, RevisionInfo, RowHandler, RowResult, SessionHandler,
    Source, StoreFile, differences, short,
};

use crate::answer::Problem;

impl Cmdlet {
    /// The files that a call reads objects of a real organization from; none where it reads none.
    #[must_use]
    pub(crate) fn takes_export(&self, args: &Args) -> Option<Vec<String>> {
        let takes =
            (self.params)().into_iter().any(|param| std::ptr::eq(param, &raw const organization::PATH));
        takes.then(|| args.texts(&organization::PATH))
    }

    /// Whether `-Output powershell` prints cmdlet lines.
    #[must_use]
    pub(crate) fn writes_lines(&self) -> bool {
        self.shows_what_lines_make() || self.prints_lines
    }

    /// Answers from `draft`, with the objects of which `-Filter` holds.
    ///
    /// # Errors
    /// Those of the cmdlet, and a condition that is none.
    pub fn answer(&self, call: &Call<'_>, draft: &mut Draft<'_>) -> Result<Outcome, Problem> {
        let Some(condition) = Condition::of(call, self.noun)? else { return (self.run)(call, draft) };
        let mut outcome = (self.run)(call, draft)?;
        outcome.objects = condition.keep(outcome.objects)?;
        outcome.document = None;
        if let Some(servers) = &mut outcome.per_server {
            servers.condition = Some(condition);
        }
        Ok(outcome)
    }

    /// Does the work on `draft`, checks what no cmdlet has to check by itself, and reports what none has to report.
    ///
    /// # Errors
    /// Those of the cmdlet, and a connector's DefaultDomain that is no accepted domain.
    pub fn work(&self, call: &Call<'_>, draft: &mut Draft<'_>) -> Result<Outcome, Problem> {
        let mut outcome = (self.run)(call, draft)?;
        for next in call.following() {
            let more = (next.cmdlet.run)(&next, draft)?;
            outcome.warnings.extend(more.warnings);
            outcome.notices.extend(more.notices);
        }
        accepted_domain::references::check(draft)?;
        data_path::names::check(draft)?;
        receive_connector::relay_notice::report(draft, &mut outcome)?;
        effective_access::policies::enforce(call, draft, &mut outcome)?;
        Ok(outcome)
    }
}
