//! The text of a runbook: a file that the user names, or standard input; and how far its run has come.

#![expect(clippy::disallowed_methods, reason = "a parameter names a file that is no part of the store")]

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;
use std::rc::Rc;

use super::input::nothing_piped;
use super::{ReadRunbook, World};
use crate::answer::{Exit, Problem};
use crate::cmdlet::Args;
use crate::cmdlet::runbook::{PATH, ROWS_OF, Runbook};
use crate::output::{Progress, Ui};
use crate::param::STDIN;
use crate::powershell::quote;
use crate::text::decode;

/// More than any runbook has: half a million lines.
const MOST: u64 = 64 << 20;

/// How many lines take longer than a blink.
const MANY: usize = 1_000;

/// The runbook that a call names, read.
///
/// # Errors
/// As [`text`], and every place of it that is refused.
pub(super) fn read<'w>(read: ReadRunbook, args: &Args, world: &World) -> Result<Runbook<'w>, Problem> {
    let (name, text) = text(args, world)?;
    read(&name, &text, args.text(&ROWS_OF).as_deref()).map(Runbook::new)
}

/// The runbook's name and its text.
///
/// # Errors
/// Exit 2 where there is no such file, it cannot be read, is too long, or is no text.
fn text(args: &Args, world: &World) -> Result<(String, String), Problem> {
    let name = args.text(&PATH).unwrap_or_default();
    let is_table = Path::new(&name).extension().is_some_and(|ending| ending.eq_ignore_ascii_case("csv"));
    if is_table && !args.has(&ROWS_OF) {
        let message = format!("parameter Path: `{name}` is a table, and a runbook has lines");
        let hint =
            format!("exch run {} -Cmdlet New-ReceiveConnector makes a line of each row", quote::bash(&name));
        return Err(refused(message).hint(hint));
    }
    let bytes = if name == STDIN {
        from_input(world)?
    } else {
        from_file(&name, world).map_err(|why| unread(&name, &why))?
    };
    if u64::try_from(bytes.len()).is_ok_and(|length| length > MOST) {
        let message = format!("parameter Path: `{name}` has more than {} MB", MOST >> 20);
        return Err(refused(message).hint("split it into several runbooks"));
    }
    let text = decode(&bytes).ok_or_else(|| {
        refused(format!("parameter Path: `{name}` is not text in UTF-8 or UTF-16")).hint("save it as UTF-8")
    })?;
    Ok((name, text))
}

/// Shows on a terminal how many of `all` lines have run; not of a runbook that is over at once.
pub(super) fn progress<'w>(all: usize, ui: &Ui<'_>) -> Option<Rc<dyn Fn(usize) + 'w>> {
    if all < MANY {
        return None;
    }
    let progress = Progress::of_lines(ui.err_screen(), all);
    Some(Rc::new(move |passed| progress.passed(passed, all)))
}

fn from_input(world: &World) -> Result<Vec<u8>, Problem> {
    let Some(input) = (world.input)() else {
        return Err(
            nothing_piped(PATH.name).hint("exch run - <<'END', the lines, and END on a line of its own")
        );
    };
    whole(input).map_err(|why| unread(STDIN, &why))
}

fn from_file(name: &str, world: &World) -> io::Result<Vec<u8>> {
    let path = world.environment.directory.join(name);
    if !std::fs::metadata(&path)?.is_file() {
        return Err(io::Error::new(io::ErrorKind::InvalidInput, "it is not a file"));
    }
    whole(File::open(&path)?)
}

fn whole(input: impl Read) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    input.take(MOST + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn unread(name: &str, why: &io::Error) -> Problem {
    let reason = match why.kind() {
        io::ErrorKind::NotFound => "there is no such file".to_owned(),
        _ => why.to_string(),
    };
    refused(format!("parameter Path: `{name}` cannot be read: {reason}"))
}

fn refused(message: String) -> Problem {
    Problem::new(Exit::NotUnderstood, message).about(PATH.name)
}
