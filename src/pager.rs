//! A pager for help that is longer than the terminal: `$EXCH_PAGER`, else `$PAGER`, else `less` where there is one.

#![expect(clippy::disallowed_methods, reason = "part of main, which reads the environment")]

use std::env;
use std::io::{self, ErrorKind, IsTerminal, Write};
use std::process::{Command, Stdio};

use exch::engine::SHUTDOWN;

/// The options of `less` where `$LESS` is not set: end with the text where it fits, keep bold, leave the text on the screen.
const LESS: &str = "FRX";

/// Shows a text in the pager, and returns whether it was shown: not without a terminal, where the text fits on the screen, or
/// where there is no pager.
pub fn show(text: &str) -> bool {
    let Some((program, words)) = chosen().filter(|_| is_needed(text)) else { return false };
    // Ctrl-C is for the pager, which goes on: the program ends after it.
    let Ok(_guard) = SHUTDOWN.hold() else { return false };
    let mut command = Command::new(program);
    command.args(words).stdin(Stdio::piped());
    if env::var_os("LESS").is_none() {
        command.env("LESS", LESS);
    }
    let Ok(mut pager) = command.spawn() else { return false };
    let written = pager.stdin.take().map_or(Ok(()), |mut stdin| stdin.write_all(text.as_bytes()));
    let ended = pager.wait();
    let left = written.as_ref().is_err_and(|error| error.kind() == ErrorKind::BrokenPipe);
    (written.is_ok() || left) && ended.is_ok_and(|status| status.success() || left)
}

/// The pager's program and its arguments; nothing where it is `cat` or empty.
fn chosen() -> Option<(String, Vec<String>)> {
    let named = ["EXCH_PAGER", "PAGER"].into_iter().find_map(|name| env::var(name).ok());
    let line = match named {
        Some(line) => line,
        None if cfg!(unix) => "less".to_owned(),
        None => return None,
    };
    let mut words = line.split_whitespace().map(str::to_owned);
    let program = words.next().filter(|program| program != "cat")?;
    Some((program, words.collect()))
}

/// Whether somebody reads at a terminal whose screen is too small.
fn is_needed(text: &str) -> bool {
    let interactive = io::stdin().is_terminal() && io::stdout().is_terminal();
    let able = env::var_os("CI").is_none() && env::var_os("TERM").is_none_or(|term| term != "dumb");
    let rows = console::Term::stdout().size_checked().map_or(usize::MAX, |(rows, _)| usize::from(rows));
    interactive && able && text.lines().count() >= rows
}
