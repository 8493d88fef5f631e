//! Messages on standard error: `error:`, `warning:` and `notice:` with a `hint:`, each on one line; at a terminal, sentences are
//! broken between words.
//!
//! What a user typed may stand in a message. It cannot make a line of its own there, nor reach the terminal,
//! nor flood it: control characters are spelled out for every reader, and what is too long loses its middle.

use std::borrow::Cow;

use console::Style;
use serde::Serialize;

use super::escape::{in_json, visible};
use super::screen::Screen;
use crate::answer::Problem;
use crate::powershell::quote::{Quoting, powershell_line};
use crate::text::grouped;
use crate::text::wrap::{fill, width};

/// The most characters of a sentence; a hint may hold a whole command line.
const SENTENCE: usize = 1_000;
const HINT: usize = 4_000;

/// The most characters of a text that [`quoted`] keeps.
const QUOTED: usize = 100;

/// An error and its hint, then its causes if they are asked for and the others beside it; with `json` one object
/// on one line instead.
#[must_use]
pub fn error(problem: &Problem, json: bool, with_causes: bool, screen: &Screen) -> String {
    if json {
        return object(problem, with_causes);
    }
    let mut out = line("error:", &Style::new().red().bold(), &problem.message, SENTENCE, screen);
    out.extend(problem.excerpt().into_iter().flat_map(str::lines).map(|text| format!("{}\n", visible(text))));
    out.push_str(&hint(problem.hint.as_deref(), screen));
    let causes = causes(problem, with_causes);
    out.extend(causes.iter().map(|cause| line("cause:", &Style::new().red(), cause, SENTENCE, screen)));
    out.extend(problem.others.iter().map(|other| error(other, false, with_causes, screen)));
    out
}

/// The errors below a problem that its sentence does not repeat, the nearest first.
fn causes(problem: &Problem, asked_for: bool) -> Vec<String> {
    let source = problem.source.as_ref().filter(|_| asked_for);
    source.map_or_else(Vec::new, |source| source.below(&problem.message))
}

/// A warning and its hint.
#[must_use]
pub fn warning(message: &str, what_to_type: Option<&str>, screen: &Screen) -> String {
    let mut out = line("warning:", &Style::new().yellow(), message, SENTENCE, screen);
    out.push_str(&hint(what_to_type, screen));
    out
}

/// Something worth knowing that needs no answer.
#[must_use]
pub fn notice(message: &str, screen: &Screen) -> String {
    line("notice:", &Style::new(), message, SENTENCE, screen)
}

/// A user's text inside a sentence, in backticks; a long one as its beginning and its length.
#[must_use]
pub fn quoted(text: &str) -> String {
    match text.char_indices().nth(QUOTED) {
        None => format!("`{text}`"),
        Some((end, _)) => {
            format!("`{}…` ({} bytes)", text.get(..end).unwrap_or_default(), grouped(text.len()))
        }
    }
}

/// A sentence as a plain line.
pub(super) fn plain(message: &str, screen: &Screen) -> String {
    format!("{}\n", fitted(&visible(&shortened(message, SENTENCE)), screen))
}

fn hint(text: Option<&str>, screen: &Screen) -> String {
    text.map_or_else(String::new, |text| {
        let text = match screen.quoting {
            Quoting::Posix => Cow::Borrowed(text),
            Quoting::PowerShell => Cow::Owned(powershell_line(text)),
        };
        let label = Style::new().cyan();
        let is_long = |bound: &usize| width("hint: ") + width(&text) > *bound;
        let Some(bound) = screen.bound().filter(is_long) else {
            return line("hint:", &label, &text, HINT, screen);
        };
        let text = shortened(&text, HINT);
        let text = visible(&text);
        let (before, command, after) = parted(&text);
        let sentences = |text: &str| fill(text, bound).join("\n");
        let first = sentences(format!("hint: {before}").trim_end());
        let mut out =
            first.replacen("hint:", &label.force_styling(screen.colour).apply_to("hint:").to_string(), 1);
        if !command.is_empty() {
            out.push_str(&format!("\n    {command}"));
        }
        if !after.is_empty() {
            out.push_str(&format!("\n{}", sentences(after)));
        }
        out.push('\n');
        out
    })
}

/// What stands before the command of a hint, the command, and what stands after it. The command goes to the end, or to a
/// semicolon outside of quotes.
fn parted(hint: &str) -> (&str, &str, &str) {
    const COMMAND: &str = "exch ";
    let begin = match hint.find(&format!(": {COMMAND}")) {
        _ if hint.starts_with(COMMAND) => 0,
        Some(at) => at + 2,
        None => return (hint, "", ""),
    };
    let (before, rest) = hint.split_at(begin);
    let mut quoted = false;
    let end = rest.char_indices().find(|(at, c)| {
        quoted ^= *c == '\'';
        !quoted && rest.get(*at..).is_some_and(|rest| rest.starts_with("; "))
    });
    let (command, after) = rest.split_at(end.map_or(rest.len(), |(at, _)| at));
    (before, command, after.trim_start_matches("; "))
}

/// A label and a sentence.
fn line(label: &str, style: &Style, text: &str, most: usize, screen: &Screen) -> String {
    let text = shortened(text, most);
    let text = fitted(&format!("{label} {}", visible(&text)), screen);
    let rest = text.strip_prefix(label).unwrap_or(&text);
    format!("{}{rest}\n", style.clone().force_styling(screen.colour).apply_to(label))
}

/// A sentence within the width of a terminal, broken between words. A line to type stays whole, so that it can be
/// copied.
fn fitted(text: &str, screen: &Screen) -> String {
    match screen.bound() {
        Some(bound) if width(text) > bound && !text.starts_with([' ']) => fill(text, bound).join("\n"),
        _ => text.to_owned(),
    }
}

/// The text with its middle left out when it has more characters than that. Both ends are kept: a sentence
/// names its parameter first and says what was expected last.
fn shortened(text: &str, most: usize) -> String {
    let head = text.char_indices().nth(most * 2 / 3).map(|(at, _)| at);
    let tail = text.char_indices().rev().nth(most / 4).map(|(at, _)| at);
    match (head, tail) {
        (Some(head), Some(tail)) if text.chars().nth(most).is_some() => {
            let (first, last) = (text.get(..head).unwrap_or_default(), text.get(tail..).unwrap_or_default());
            format!("{first}… ({} bytes left out) …{last}", grouped(tail - head))
        }
        _ => text.to_owned(),
    }
}

/// A problem as programs read it.
#[derive(Serialize)]
struct Described<'a> {
    code: u8,
    message: String,
    hint: Option<String>,
    parameter: Option<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    causes: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    errors: Vec<Described<'a>>,
}

impl<'a> Described<'a> {
    fn of(problem: &'a Problem, with_causes: bool) -> Self {
        Described {
            code: problem.exit.code(),
            message: shortened(&problem.message, SENTENCE),
            hint: problem.hint.as_deref().map(|hint| shortened(hint, HINT)),
            parameter: problem.parameter,
            causes: causes(problem, with_causes).iter().map(|cause| shortened(cause, SENTENCE)).collect(),
            errors: problem.others.iter().map(|other| Described::of(other, with_causes)).collect(),
        }
    }
}

fn object(problem: &Problem, with_causes: bool) -> String {
    let described = Described::of(problem, with_causes);
    // Texts and a number: there is no error to report.
    format!("{}\n", in_json(serde_json::to_string(&described).unwrap_or_default()))
}
