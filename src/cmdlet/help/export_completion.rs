//! Export-Completion: the script that makes a shell complete `exch`.

use std::str::FromStr;

use strum::VariantNames;

use crate::answer::Problem;
use crate::cmdlet::args::Call;
use crate::cmdlet::definition::{Cmdlet, DEFAULTS, Effect};
use crate::cmdlet::help::export::text_file;
use crate::cmdlet::transaction::{Draft, Outcome};
use crate::manual::{Example, Help};
use crate::param::{Completes, Group, Kind, Param, Verb, param};

const EXPORT: &[Verb] = &[Verb::Export];

/// A shell whose TAB key asks `exch`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, strum::VariantNames, strum::EnumString)]
#[strum(serialize_all = "lowercase")]
#[expect(missing_docs, reason = "the shells are called by their names")]
pub enum Shell {
    Bash,
    Zsh,
    Fish,
    Pwsh,
}

impl Shell {
    /// Its script.
    #[must_use]
    pub fn script(self) -> &'static str {
        match self {
            Shell::Bash => include_str!("../../../completions/exch.bash"),
            Shell::Zsh => include_str!("../../../completions/exch.zsh"),
            Shell::Fish => include_str!("../../../completions/exch.fish"),
            Shell::Pwsh => include_str!("../../../completions/exch.ps1"),
        }
    }
}

static SHELL: Param =
    param("Shell", Kind::Choice(Shell::VARIANTS), "The shell; pwsh is PowerShell, Windows PowerShell too")
        .on(EXPORT)
        .required(EXPORT)
        .position(1, EXPORT)
        .group(Group::Identity);
static PATH: Param = param("Path", Kind::Text, "The file to write it to; standard output unless given, or -")
    .completes(Completes::File)
    .group(Group::Identity);

/// The cmdlet.
pub(crate) static CMDLET: Cmdlet = Cmdlet {
    verb: Verb::Export,
    noun: "Completion",
    synopsis: "Print the script that makes a shell complete exch",
    help: Help::new(
        "Prints a short script for bash, zsh, fish or PowerShell. With it TAB completes cmdlets, parameters with a line of help, values, and the names in the store. The script stays the same: it asks exch itself. It reads no store.",
        &[
            Example::new("export-completion -Shell bash", "Prints the script for bash."),
            Example::new(
                "export-completion -Shell fish -Path exch.fish",
                "Writes the script for fish to a file, over what stood there.",
            ),
        ],
    ),
    params: || vec![&SHELL, &PATH],
    effect: Effect::Tells,
    run,
    ..DEFAULTS
};

fn run(call: &Call<'_>, _: &mut Draft<'_>) -> Result<Outcome, Problem> {
    let name = call.args.text(&SHELL).unwrap_or_default();
    let script = Shell::from_str(&name).map_or("", Shell::script);
    // A script of ours is known by its first line.
    let mark = script.lines().next().unwrap_or_default();
    Ok(text_file(call.args.text(&PATH).as_deref(), script.to_owned(), mark))
}
