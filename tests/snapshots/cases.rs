//! Cases: a test is a folder one can read. `tests/cases/<topic>/<name>/` holds
//!
//! - `session`: what an administrator types and sees. A line `$ exch …` is typed into bash; what follows up to
//!   `[exit N]` is what it prints, in order, standard error with `! ` before it; everything else is a remark.
//!   Another `exch …`, or `printf '…'`, may be piped into it; without that standard input is a terminal.
//!   A command that is refused (any exit but 0 and 3) and every `-WhatIf` must leave files and history alone.
//! - `before/`: the store to begin with, committed as its first revision, or a file that names one of
//!   `tests/cases/stores`. Without it there is no store yet.
//! - `by-hand/` (optional): files that somebody edits in the work tree after that.
//! - `beside/` (optional): files in the directory in which commands are typed.
//! - `after/` (optional): the store's files that are new or other afterwards, and no others; `gone`: the paths of
//!   those that are not there any more, one a line. All the rest is unchanged, byte by byte.
//! - `world.toml` (optional): another machine, domain or addresses, EXCH_SERVER (see [`stage::Setting`]).
//!
//! The clock stands at 05:00 UTC on 22 November 2026, a day after the first revision, and goes on by a minute a
//! command; identifiers are counted. In what is expected, revisions are called `rev0001` and on, oldest first,
//! and the directory of the case is `[HOME]`; a command may name revisions so too.
//!
//! With `EXCH_BLESS=1` the expectations are written anew. Read each one before you keep it: the right exit code,
//! the product's words first, the parameter named, what was typed, and a hint that says what to type.

#![expect(clippy::disallowed_methods, reason = "cases are folders")]

mod difference;
mod files;
mod many;
mod session;
mod stage;

use std::path::{Path, PathBuf};

use libtest_mimic::{Failed, Trial};

use difference::Difference;
use files::Files;
use session::Session;
use stage::Stage;

use crate::host;

/// The trials of this module: one for each folder, and the store of many servers.
pub fn trials() -> Vec<Trial> {
    let mut trials = many::trials();
    trials.push(Trial::test("cases::every_error_ends_in_what_to_type", hinted));
    for topic in files::folders(&root()).into_iter().filter(|topic| !topic.ends_with("stores")) {
        for case in files::folders(&topic) {
            let name = format!("cases::{}::{}", files::name(&topic), files::name(&case));
            trials.push(Trial::test(name, move || run(&case)));
        }
    }
    trials
}

/// Under every error of every session stands a hint.
fn hinted() -> Result<(), Failed> {
    let mut without = Vec::new();
    for case in files::folders(&root()).iter().flat_map(|topic| files::folders(topic)) {
        let Ok(text) = files::text(&case.join("session")) else { continue };
        let lines: Vec<&str> = text.lines().collect();
        for (at, line) in lines.iter().enumerate().filter(|(_, line)| line.starts_with("! error: ")) {
            // The line of a runbook stands between, marked.
            let after = lines.iter().skip(at + 1).find(|line| !line.starts_with("!  "));
            if !after.is_some_and(|next| next.starts_with("! hint: ")) {
                without.push(format!("{}: {line}", case.display()));
            }
        }
    }
    if without.is_empty() { Ok(()) } else { Err(format!("{without:#?}").into()) }
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases")
}

fn run(case: &Path) -> Result<(), Failed> {
    let wanted = Session::read(&files::text(&case.join("session"))?)?;
    let before = before(case)?;
    let by_hand = Files::below(&case.join("by-hand"))?;
    let mut stage = Stage::set(&files::text(&case.join("world.toml")).unwrap_or_default(), &before)?;
    stage.edit_by_hand(&by_hand)?;
    stage.put_beside(&Files::below(&case.join("beside"))?)?;
    let begun = stage.files()?;
    let played = wanted.play(&mut stage)?;
    let ended = stage.files()?;
    if host::blesses() {
        files::write(&case.join("session"), played.to_string().as_bytes())?;
        return Difference::between(&begun, &ended).write(case);
    }
    if played != wanted {
        return Err(format!("found:\n{played}\nwanted:\n{wanted}").into());
    }
    Difference::read(case)?.expect(&begun, &ended)
}

/// The store to begin with; empty where there is none.
fn before(case: &Path) -> Result<Files, Failed> {
    let before = case.join("before");
    if before.is_file() {
        let name = files::text(&before)?;
        let store = root().join("stores").join(name.trim());
        let found = Files::below(&store)?;
        return if found.is_empty() {
            Err(format!("there is no store {}", store.display()).into())
        } else {
            Ok(found)
        };
    }
    Files::below(&before)
}
