//! Export-Link: a link to the program by each cmdlet's name, so that lines of a runbook run bare in a shell.

use crate::answer::Problem;
use crate::cmdlet::CMDLETS;
use crate::cmdlet::args::Call;
use crate::cmdlet::definition::{Cmdlet, DEFAULTS, Effect};
use crate::cmdlet::help::export::{Content, Export, Exported, PATH};
use crate::cmdlet::transaction::{Draft, Outcome};
use crate::manual::{Example, Help};
use crate::param::Verb;

/// The cmdlet.
pub(crate) static CMDLET: Cmdlet = Cmdlet {
    verb: Verb::Export,
    noun: "Link",
    synopsis: "Make a link by each cmdlet's name, so that runbook lines run bare",
    help: Help::new(
        "Makes a link to this program by the name of each cmdlet, as New-ReceiveConnector. With the directory on the PATH a line runs without exch before it. Links of ours that are there are set anew; where another file has such a name, nothing is made.",
        &[
            Example::new("export-link -Path bin", "Makes the links in the directory bin."),
            Example::new("export-link tools/exch", "Makes them in another directory, which is made too."),
        ],
    ),
    params: || vec![&PATH],
    effect: Effect::Tells,
    run,
    ..DEFAULTS
};

fn run(call: &Call<'_>, _: &mut Draft<'_>) -> Result<Outcome, Problem> {
    let dir = call.args.text(&PATH).unwrap_or_default();
    let link = |cmdlet: &&Cmdlet| Exported { name: cmdlet.name(), content: Content::Program };
    let files: Vec<Exported> = CMDLETS.iter().map(link).collect();
    let notices = vec![format!(
        "made {} links in {dir}; with that directory on the PATH, New-ReceiveConnector and its kin run by name",
        files.len()
    )];
    Ok(Outcome { export: Some(Export { dir, makes_dir: true, files }), notices, ..Outcome::default() })
}
