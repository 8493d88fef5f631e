//! Export-Collector: the PowerShell script that exports what Import-Organization reads.

use super::params::COLLECTOR_PATH;
use crate::answer::Problem;
use crate::cmdlet::args::Call;
use crate::cmdlet::definition::{Cmdlet, DEFAULTS, Effect};
use crate::cmdlet::help::export::text_file;
use crate::cmdlet::transaction::{Draft, Outcome};
use crate::exported::collector;
use crate::manual::{Example, Help};
use crate::param::Verb;

/// The cmdlet.
pub(crate) static CMDLET: Cmdlet = Cmdlet {
    verb: Verb::Export,
    noun: "Collector",
    synopsis: "Write the PowerShell script that exports what Import-Organization reads",
    help: Help::new(
        "Writes a script for the Exchange Management Shell, Exchange 2007 to Subscription Edition. Run there, it writes what the Get- cmdlets return into one new folder, and a manifest with the time, the account, the computer and what could not be read. It changes nothing, asks for nothing and sends nothing; its comments say so to whoever has to approve it. Without -Path the script is printed.",
        &[
            Example::new("export-collector", "Prints the script."),
            Example::new("export-collector -Path collect.ps1", "Writes it to a file, over an older one."),
        ],
    ),
    params: || vec![&COLLECTOR_PATH],
    effect: Effect::Tells,
    run,
    ..DEFAULTS
};

fn run(call: &Call<'_>, _: &mut Draft<'_>) -> Result<Outcome, Problem> {
    let path = call.args.text(&COLLECTOR_PATH);
    Ok(text_file(path.as_deref(), collector::script(), collector::MARK))
}
