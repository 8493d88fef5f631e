//! Import-Organization: brings exports of a real organization into the store, as one revision.

use super::apply::apply;
use super::params::{KIND, MERGE, PATH, SERVER};
use super::report::{COLUMNS, few};
use super::scope::Scope;
use crate::answer::{Exit, Problem};
use crate::cmdlet::args::Call;
use crate::cmdlet::definition::{Cmdlet, DEFAULTS, Effect};
use crate::cmdlet::transaction::{Draft, Outcome};
use crate::exported::Export;
use crate::manual::{Example, Help};
use crate::param::Verb;

/// The cmdlet.
pub(crate) static CMDLET: Cmdlet = Cmdlet {
    verb: Verb::Import,
    noun: "Organization",
    synopsis: "Bring exports of Exchange servers into the store, as one revision",
    help: Help::new(
        "Reads what Export-Clixml wrote of servers, Receive connectors, their access lists (Get-ADPermission), Send connectors, accepted domains, the transport configuration and Edge subscriptions; also JSON, CSV, Format-List text and DSC configurations. The store becomes equal to the files: where they hold connectors of a server, or objects of a kind that belongs to no server, those that they do not hold are removed, which is asked first. Identifiers and dates are kept. All of it becomes one revision, or none; the same files a second time change nothing.",
        &[
            Example::new(
                "import-organization exports -Merge -WhatIf",
                "Shows what the files of a directory would add and change.",
            ),
            Example::new(
                "import-organization exports -Server HUB01 -Kind ReceiveConnector -Confirm:false",
                "Makes the Receive connectors of one server equal to the files, and removes the others without asking.",
            ),
        ],
    )
    .columns(|| COLUMNS.to_vec()),
    params: || vec![&PATH, &SERVER, &KIND, &MERGE],
    effect: Effect::Changes,
    run,
    ..DEFAULTS
};

fn run(call: &Call<'_>, draft: &mut Draft<'_>) -> Result<Outcome, Problem> {
    let mut report = apply(export(call)?, &Scope::of(&call.args), call, draft)?;
    if !report.missing_servers.is_empty() {
        let (which, _) = few(&report.missing_servers);
        report.notices.push(format!(
            "the files do not hold {which}, which the store has: it stays, and exch remove-exchangeserver takes it out"
        ));
    }
    let objects = report.objects();
    Ok(Outcome { warnings: report.warnings, notices: report.notices, ..Outcome::of(objects) })
}

/// What the files hold that the engine read for the call.
///
/// # Errors
/// Exit 2 within a runbook, whose lines name no files.
pub(super) fn export<'c>(call: &'c Call<'_>) -> Result<&'c Export, Problem> {
    call.export.as_deref().ok_or_else(|| {
        let message = format!("{} reads files, which does not run within a runbook", call.cmdlet.name());
        let hint = format!("run it by itself: exch {} PATH", call.cmdlet.name().to_lowercase());
        Problem::new(Exit::NotUnderstood, message).hint(hint)
    })
}
