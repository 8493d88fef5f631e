//! Export-Runbook: the whole store as the lines that make it of none.

use super::{MARK, whole};
use crate::answer::Problem;
use crate::cmdlet::args::Call;
use crate::cmdlet::definition::{Cmdlet, DEFAULTS, Effect};
use crate::cmdlet::help::export::text_file;
use crate::cmdlet::transaction::{Draft, Outcome};
use crate::manual::{Example, Help};
use crate::param::{Completes, Group, Kind, Param, STDIN, Verb, param};

const EXPORT: &[Verb] = &[Verb::Export];

/// The file.
static PATH: Param = param("Path", Kind::Text, "The file to write; - is standard output")
    .completes(Completes::File)
    .on(EXPORT)
    .required(EXPORT)
    .position(1, EXPORT)
    .example("store.ps1")
    .group(Group::Identity);

/// The cmdlet.
pub(crate) static CMDLET: Cmdlet = Cmdlet {
    verb: Verb::Export,
    noun: "Runbook",
    synopsis: "Write the whole store as a runbook",
    help: Help::new(
        "Writes the lines that make everything a store holds: on an empty store Invoke-Runbook makes the same objects of them, dates and identifiers aside, and in the Exchange Management Shell the lines run as they are. What Exchange has no cmdlet for stands in comments that begin with `#exch `. The lines are in an order in which no state on the way breaks a rule. A file that another Export-Runbook wrote is written over; any other is not.",
        &[
            Example::new("export-runbook store.ps1", "Writes the store to a file."),
            Example::new(
                "export-runbook -Path - -At HEAD~1",
                "Prints the store as it was before the last change.",
            ),
        ],
    ),
    params: || vec![&PATH],
    effect: Effect::Reads,
    run,
    ..DEFAULTS
};

fn run(call: &Call<'_>, draft: &mut Draft<'_>) -> Result<Outcome, Problem> {
    let path = call.args.text(&PATH).unwrap_or_default();
    let outcome = whole(call, draft)?;
    if path == STDIN {
        return Ok(outcome);
    }
    let mut notices = outcome.notices;
    notices.push(format!("wrote {path}; exch run {path} makes the same on an empty store"));
    Ok(Outcome { notices, ..text_file(Some(&path), outcome.script.unwrap_or_default(), MARK) })
}
