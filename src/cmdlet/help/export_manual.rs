//! Export-Manual: the manual as pages for `man`.

use super::pages as help;
use crate::answer::Problem;
use crate::cmdlet::args::Call;
use crate::cmdlet::definition::{Cmdlet, DEFAULTS, Effect};
use crate::cmdlet::help::export::{Content, Export, Exported, PATH};
use crate::cmdlet::transaction::{Draft, Outcome};
use crate::manual::{Chapter, Example, Help, MARK};
use crate::param::Verb;

/// The cmdlet.
pub(crate) static CMDLET: Cmdlet = Cmdlet {
    verb: Verb::Export,
    noun: "Manual",
    synopsis: "Write the manual as pages for man",
    help: Help::new(
        "Writes exch.1, a page for each cmdlet, as exch-new-receiveconnector.1, and a page for each topic, as exch-relay.7. They are made of the same tables as get-help is. Pages of an older version are written over; other files of those names are not, and then nothing is written.",
        &[
            Example::new(
                "export-manual -Path man",
                "Writes the pages to the directory man; man -l man/exch.1 shows the first.",
            ),
            Example::new("export-manual man/man1", "Another directory, which is made."),
        ],
    ),
    params: || vec![&PATH],
    effect: Effect::Tells,
    run,
    ..DEFAULTS
};

fn run(call: &Call<'_>, _: &mut Draft<'_>) -> Result<Outcome, Problem> {
    let dir = call.args.text(&PATH).unwrap_or_default();
    let files: Vec<Exported> = help::manual().iter().map(page).collect();
    let notices =
        vec![format!("wrote {} manual pages to {dir}; man -l {dir}/exch.1 shows the first", files.len())];
    Ok(Outcome { export: Some(Export { dir, makes_dir: true, files }), notices, ..Outcome::default() })
}

fn page(chapter: &Chapter) -> Exported {
    let (name, section) = chapter.about.manual();
    let content = Content::Text { text: chapter.man(), mark: MARK };
    Exported { name: format!("{name}.{section}"), content }
}
