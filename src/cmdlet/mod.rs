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
pub use transaction::{
    Answers, Archive, Batch, ChangedFiles, Damage, Difference, Draft, EachRevision, InputRow, LogFiles,
    LogsRead, Outcome, Past, PerServer, Question, RevisionInfo, RowHandler, RowResult, SessionHandler,
    Source, StoreFile, differences, short,
};

use crate::answer::Problem;

/// Every cmdlet, in the order in which help lists them.
pub static CMDLETS: &[&Cmdlet] = &[
    &receive_connector::new::CMDLET,
    &receive_connector::get::CMDLET,
    &receive_connector::set::CMDLET,
    &receive_connector::remove::CMDLET,
    &receive_connector::copy::CMDLET,
    &receive_connector::compare::CMDLET,
    &send_connector::new::CMDLET,
    &plain::GET_SEND_CONNECTOR,
    &send_connector::set::CMDLET,
    &plain::REMOVE_SEND_CONNECTOR,
    &ad_permission::add::CMDLET,
    &ad_permission::get::CMDLET,
    &ad_permission::remove::CMDLET,
    &plain::NEW_PRINCIPAL,
    &plain::GET_PRINCIPAL,
    &plain::SET_PRINCIPAL,
    &plain::REMOVE_PRINCIPAL,
    &exchange_server::new::CMDLET,
    &exchange_server::get::CMDLET,
    &exchange_server::set::CMDLET,
    &exchange_server::remove::CMDLET,
    &accepted_domain::new::CMDLET,
    &plain::GET_ACCEPTED_DOMAIN,
    &accepted_domain::set::CMDLET,
    &accepted_domain::remove::CMDLET,
    &plain::GET_TRANSPORT_CONFIG,
    &transport_config::set::CMDLET,
    &data_path::get::CMDLET,
    &data_path::test::CMDLET,
    &session::connectivity::CMDLET,
    &data_path::export_rules::CMDLET,
    &data_path::surroundings::NEW_ENDPOINT,
    &data_path::surroundings::GET_ENDPOINT,
    &data_path::surroundings::SET_ENDPOINT,
    &data_path::surroundings::REMOVE_ENDPOINT,
    &data_path::surroundings::NEW_ZONE,
    &data_path::surroundings::GET_ZONE,
    &data_path::surroundings::SET_ZONE,
    &data_path::surroundings::REMOVE_ZONE,
    &effective_access::get::CMDLET,
    &effective_access::compare::CMDLET,
    &effective_access::write_policy::NEW,
    &plain::GET_ACCESS_POLICY,
    &effective_access::write_policy::SET,
    &plain::REMOVE_ACCESS_POLICY,
    &effective_access::test_policy::CMDLET,
    &protocol_log::get::CMDLET,
    &protocol_log::measure::CMDLET,
    &protocol_log::test::CMDLET,
    &edge_subscription::new::CMDLET,
    &plain::GET_EDGE_SUBSCRIPTION,
    &edge_subscription::remove::CMDLET,
    &organization::collector::CMDLET,
    &organization::import::CMDLET,
    &organization::compare::CMDLET,
    &runbook::invoke::CMDLET,
    &runbook::export::CMDLET,
    &store::initialize::CMDLET,
    &store::set::CMDLET,
    &store::test::CMDLET,
    &store::history::CMDLET,
    &store::compare::CMDLET,
    &store::undo::CMDLET,
    &store::restore::CMDLET,
    &help::get_help::CMDLET,
    &help::get_command::CMDLET,
    &help::export_manual::CMDLET,
    &help::export_link::CMDLET,
    &help::export_completion::CMDLET,
];

/// PowerShell's short names for cmdlets.
pub(crate) static ALIASES: &[(&str, &Cmdlet)] = &[
    ("help", &help::get_help::CMDLET),
    ("man", &help::get_help::CMDLET),
    ("gcm", &help::get_command::CMDLET),
    ("run", &runbook::invoke::CMDLET),
];

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
        let Some(condition) = Condition::of(&call.args, self.noun)? else { return (self.run)(call, draft) };
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
