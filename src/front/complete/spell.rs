//! A candidate as it goes into the line: quoted for the shell, beginning where the shell begins to replace.
//!
//! bash and zsh replace the end of a word (after a `:`, a `=` or an open quote), PowerShell a value or an element
//! with its quotes, fish the whole word, which it quotes itself.

use super::offer::{Candidate, Sort};
use super::request::Request;
use super::shell_tokenizer::{Opened, Quote};
use super::slot::Place;
use crate::cmdlet::Shell;
use crate::powershell::quote;

/// How the candidates of one place are spelled.
pub struct Spelling<'l> {
    request: &'l Request,
    place: &'l Place<'l>,
    /// The byte at which the value begins, with a quote of its own.
    value: usize,
    /// The quote that the value stands in, opened before it.
    inside: Option<Opened>,
    /// The byte at which the shell begins to replace.
    from: usize,
}

impl<'l> Spelling<'l> {
    /// For one place of one line.
    pub fn new(request: &'l Request, place: &'l Place<'l>) -> Self {
        let (word, kept) = (place.word, place.kept);
        let first = word.units.get(kept).map(|unit| unit.at);
        let quote = word.units.get(kept).map_or(word.open, |unit| unit.quote);
        let earlier = kept.checked_sub(1).and_then(|at| word.units.get(at)).and_then(|unit| unit.quote);
        let (value, inside) = match quote {
            Some(opened) if earlier != Some(opened) => (opened.0, None),
            other => (first.unwrap_or(request.before.len()), other),
        };
        let value = if word.units.is_empty() && quote.is_none() { word.start } else { value };
        let from = match request.shell {
            Shell::Pwsh => inside.map_or_else(|| powershell_from(place, value), |(at, _)| at),
            _ if request.before.ends_with(&request.replaced) => request.before.len() - request.replaced.len(),
            _ => word.start,
        };
        Spelling { request, place, value, inside, from }
    }

    /// Every candidate, in the same order.
    pub fn all(&self, candidates: &[Candidate]) -> Vec<String> {
        // One that needs quotes gives them to all, so that what they have in common can be put in.
        let quoted = candidates.iter().any(|candidate| quote::bash(&candidate.text) != candidate.text);
        let spell = |candidate: &Candidate| match self.request.shell {
            Shell::Fish => format!("{}{}", self.kept_text(0), candidate.text),
            Shell::Pwsh => self.powershell(candidate),
            Shell::Bash | Shell::Zsh => self.posix(candidate, quoted),
        };
        candidates.iter().map(spell).collect()
    }

    /// What the program would get of the word before the value, from a byte on.
    fn kept_text(&self, from: usize) -> String {
        let kept = self.place.word.units.iter().take(self.place.kept);
        kept.filter(|unit| unit.at >= from).map(|unit| unit.c).collect()
    }

    fn powershell(&self, candidate: &Candidate) -> String {
        let text = &candidate.text;
        if self.inside.is_some() {
            let whole = format!("{}{text}", self.kept_text(self.from));
            return open_unless(candidate.whole, quote::powershell_list(&[whole]));
        }
        let before = self.request.before.get(self.from..self.value).unwrap_or_default();
        let opened = self.request.before.get(self.value..).is_some_and(|rest| rest.starts_with(['\'', '"']));
        let text = match quote::powershell(text) {
            _ if candidate.sort != Sort::Value && !opened => text.clone(),
            bare if bare == *text && opened => quote::powershell_list(&[text]),
            spelled => spelled,
        };
        format!("{before}{}", open_unless(candidate.whole, text))
    }

    fn posix(&self, candidate: &Candidate, quoted: bool) -> String {
        let Candidate { text, whole, .. } = candidate;
        if self.from > self.value {
            return self.rest(text, *whole);
        }
        let before = self.request.before.get(self.from..self.value).unwrap_or_default();
        let spelled = match self.inside {
            None if quoted => open_unless(*whole, quoted_always(text)),
            None => text.clone(),
            // A quote that is replaced is closed here; of others the shell takes care.
            Some((at, quote)) if at >= self.from && *whole => {
                format!("{}{}", within(quote, text), mark(quote))
            }
            Some((_, quote)) => within(quote, text),
        };
        if before.is_empty() { spelled } else { format!("{before}{spelled}") }
    }

    /// The end of a value whose beginning the shell leaves as it was typed.
    fn rest(&self, text: &str, whole: bool) -> String {
        let typed = self.place.word.units.iter().skip(self.place.kept);
        let rest: String = text.chars().skip(typed.filter(|unit| unit.at < self.from).count()).collect();
        match self.place.word.open.filter(|(at, _)| *at < self.from) {
            Some((_, quote)) => within(quote, &rest),
            None if rest.is_empty() => rest,
            None => match quote::bash(&rest) {
                bare if bare == rest => bare,
                quoted => open_unless(whole, quoted),
            },
        }
    }
}

/// PowerShell replaces what follows the `:` of a parameter or the last `,` of a list, else the whole word.
fn powershell_from(place: &Place<'_>, value: usize) -> usize {
    let before = place.kept.checked_sub(1).and_then(|at| place.word.units.get(at));
    match before.map(|unit| unit.c) {
        Some('=') | None => place.word.start,
        Some(_) => value,
    }
}

/// The same without its last quote, where more is to come inside.
fn open_unless(whole: bool, mut text: String) -> String {
    if !whole && text.ends_with('\'') {
        text.pop();
    }
    text
}

fn quoted_always(text: &str) -> String {
    let quoted = quote::bash(text);
    if quoted == text { format!("'{text}'") } else { quoted }
}

fn mark(quote: Quote) -> char {
    match quote {
        Quote::Single => '\'',
        Quote::Double => '"',
    }
}

/// A text inside a quote of bash or zsh that is open.
fn within(quote: Quote, text: &str) -> String {
    if quote == Quote::Single {
        return text.replace('\'', r"'\''");
    }
    let mut out = String::new();
    let mut left = text.chars().peekable();
    while let Some(c) = left.next() {
        match c {
            // History is expanded in double quotes, and a backslash would stay.
            '!' => out.push_str("\"'!'\""),
            '$' | '`' | '"' => out.extend(['\\', c]),
            '\\' if left.peek().is_none_or(|next| "$`\"\\\n!".contains(*next)) => out.push_str("\\\\"),
            c => out.push(c),
        }
    }
    out
}
