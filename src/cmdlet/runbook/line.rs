//! A line of a runbook that is written: one cmdlet with its arguments, as PowerShell takes it.

use std::fmt::{self, Display, Formatter};

use crate::cmdlet::args::{Args, in_powershell};
use crate::cmdlet::definition::Cmdlet;
use crate::param::{Argument, Param};

/// How wide a line gets before it goes on in the next one.
const WIDTH: usize = 120;

/// What the lines after the first one begin with.
const INDENT: &str = "    ";

/// A cmdlet with its arguments.
#[derive(Clone)]
pub struct Line {
    /// The cmdlet.
    pub cmdlet: &'static Cmdlet,
    /// Its arguments.
    pub args: Args,
    /// Exchange has no such line, so that it is written as a comment that begins with `#exch `.
    pub hidden: bool,
}

impl Line {
    /// A line; of what is given twice for a parameter, the first counts.
    pub fn new(
        cmdlet: &'static Cmdlet,
        given: impl IntoIterator<Item = (&'static Param, Argument)>,
        hidden: bool,
    ) -> Self {
        let mut args = Args::default();
        for (param, argument) in given {
            if !args.has(param) {
                args.push(param, argument);
            }
        }
        Line { cmdlet, args, hidden }
    }

    /// The name of the cmdlet, then each parameter with its argument.
    fn words(&self) -> impl Iterator<Item = String> {
        std::iter::once(self.cmdlet.name())
            .chain(self.args.iter().map(|(param, argument)| in_powershell(param, argument)))
    }
}

/// Wrapped with backticks, and behind the commas of a list that is longer than a line. A comment ends with its line, so
/// that a hidden one is never wrapped.
impl Display for Line {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        if self.hidden {
            let words: Vec<String> = self.words().collect();
            return write!(f, "#exch {}", words.join(" "));
        }
        let mut column = 0;
        for word in self.words() {
            let width = first_line(&word);
            let (lead, room) = match column {
                0 => ("", WIDTH),
                _ if column + 1 + width <= WIDTH - " `".len() => (" ", WIDTH),
                _ => (BREAK, WIDTH - INDENT.len()),
            };
            f.write_str(lead)?;
            column = if lead == BREAK { INDENT.len() } else { column + lead.len() };
            if width <= room {
                f.write_str(&word)?;
                column = ends_at(&word, column);
                continue;
            }
            for piece in pieces(&word) {
                if column > INDENT.len() && column + first_line(piece) > WIDTH {
                    write!(f, "\n{INDENT}")?;
                    column = INDENT.len();
                }
                f.write_str(piece)?;
                column = ends_at(piece, column);
            }
        }
        Ok(())
    }
}

/// A backtick, which lets the line go on in the next one.
const BREAK: &str = " `\n    ";

/// How wide a text is up to its first line break: a text of several lines stays as it is, since a break inside of it
/// would be part of the text.
fn first_line(text: &str) -> usize {
    text.split('\n').next().unwrap_or_default().chars().count()
}

/// The column after a text that begins at `column`.
fn ends_at(text: &str, column: usize) -> usize {
    match text.rsplit_once('\n') {
        Some((_, last)) => last.chars().count(),
        None => column + text.chars().count(),
    }
}

/// The parts of a list, each with its comma.
fn pieces(word: &str) -> impl Iterator<Item = &str> {
    let mut quoted = false;
    word.split_inclusive(move |c| {
        quoted ^= c == '\'';
        c == ',' && !quoted
    })
}
