//! Which cmdlet a line names: `New-ReceiveConnector` in any case, or `receiveconnector new`.

use std::ffi::OsStr;
use std::path::Path;

use super::elsewhere;
use crate::answer::{Exit, Problem};
use crate::cmdlet::{ALIASES, CMDLETS, Cmdlet};
use crate::param::Verb;
use crate::text::{NEAR, likeness, nearest_by};

/// The cmdlet that the line begins with, and how many words name it.
pub fn cmdlet(words: &[&str]) -> Result<(&'static Cmdlet, usize), Problem> {
    let first = words.first().copied().unwrap_or_default();
    let plain = first.replace(['–', '—', '―'], "-");
    if let Some(cmdlet) = by_name(&plain) {
        return Ok((cmdlet, 1));
    }
    if let Some(cmdlet) = words.get(1).and_then(|second| by_parts(first, second)) {
        return Ok((cmdlet, 2));
    }
    Err(unknown(first))
}

/// The cmdlet that the program's own name is, where it was started by a link. Aliases are no names of links:
/// `man` would hide another program.
#[must_use]
pub fn linked(program: &OsStr) -> Option<String> {
    let file = Path::new(program).file_name()?.to_str()?.to_ascii_lowercase();
    let bare = file.strip_suffix(".exe").unwrap_or(&file);
    CMDLETS.iter().find(|cmdlet| cmdlet.is_called(bare)).map(|cmdlet| cmdlet.name())
}

pub(super) fn by_name(name: &str) -> Option<&'static Cmdlet> {
    let alias = ALIASES.iter().find(|(alias, _)| alias.eq_ignore_ascii_case(name)).map(|(_, cmdlet)| *cmdlet);
    alias.or_else(|| CMDLETS.iter().find(|cmdlet| cmdlet.is_called(name)).copied())
}

/// `receiveconnector new`, or the other way round.
fn by_parts(first: &str, second: &str) -> Option<&'static Cmdlet> {
    by_name(&format!("{second}-{first}")).or_else(|| by_name(&format!("{first}-{second}")))
}

/// How alike a word and a cmdlet that takes something away must be before it is offered.
const NEARLY: f64 = 0.9;

pub(super) fn unknown(name: &str) -> Problem {
    if let Some(problem) = elsewhere::known(name) {
        return problem;
    }
    if name.eq_ignore_ascii_case("exch") {
        return unrecognized(name)
            .hint("leave `exch` out, and the quotes around a table such as @{Add=\"10.0.0.1\"}: a runbook has cmdlets");
    }
    let noun = name.split_once('-').map_or("", |(_, noun)| noun);
    let of_noun = || CMDLETS.iter().find(|cmdlet| cmdlet.noun.eq_ignore_ascii_case(noun));
    let near = nearest_by(CMDLETS, NEAR, |cmdlet| alike(name, cmdlet))
        .filter(|cmdlet| cmdlet.verb != Verb::Remove || alike(name, cmdlet) >= NEARLY);
    let problem = unrecognized(name);
    match near {
        Some(near) => problem.hint(format!("exch {}", near.name().to_lowercase())),
        None => match of_noun() {
            Some(known) => problem.hint(format!("exch get-command -Noun {} lists its cmdlets", known.noun)),
            None => problem.hint("exch --help lists every cmdlet"),
        },
    }
}

/// PowerShell's sentence for a name of nothing.
pub(super) fn unrecognized(name: &str) -> Problem {
    Problem::new(
        Exit::NotUnderstood,
        format!(
            "The term '{name}' is not recognized as a name of a cmdlet, function, script file, or executable program"
        ),
    )
}

/// How alike a word and a cmdlet's name are: no more than their verbs and no more than their nouns, so that a noun that
/// is right does not carry a verb that does something else.
fn alike(typed: &str, cmdlet: &Cmdlet) -> f64 {
    let whole = likeness(typed, &cmdlet.name());
    match typed.split_once('-') {
        Some((verb, noun)) => {
            let own: &str = cmdlet.verb.into();
            whole.min(likeness(verb, own)).min(likeness(noun, cmdlet.noun))
        }
        None => whole,
    }
}
