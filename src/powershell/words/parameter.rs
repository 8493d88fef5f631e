//! Whether a word names a parameter: `-Name`, `--Name`, `--remote-ip-ranges`, `–Name`, with `:value` or `=value`.

use super::super::chars::{is_dash, is_quote};
use super::Notice;
use std::borrow::Cow;

/// What kind of word the shell handed over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Word<'w> {
    /// A parameter.
    Parameter {
        /// Its name as typed; of a name after two dashes the inner hyphens are taken out.
        name: Cow<'w, str>,
        /// What stands after the first `:` or `=`; empty where the shell dropped a variable.
        attached: Option<&'w str>,
        /// A long dash stood for the hyphen.
        notice: Option<Notice>,
    },
    /// `--`: what follows is positional.
    EndOfParameters,
    /// `--%`: PowerShell itself takes it away, so another shell was meant to.
    StopParsing,
    /// Anything else, `-5` and a lone `-` among it.
    Value,
}

/// Tells a parameter from a value.
///
/// A word with a space or a quote in its name was quoted as a whole, and is a value.
pub fn word(word: &str) -> Word<'_> {
    match word {
        "--" => return Word::EndOfParameters,
        "--%" => return Word::StopParsing,
        _ => {}
    }
    let Some(first) = word.chars().next().filter(|c| is_dash(*c)) else {
        return Word::Value;
    };
    let rest = word.get(first.len_utf8()..).unwrap_or_default();
    let (name, second) = match rest.chars().next().filter(|c| is_dash(*c)) {
        Some(second) => (rest.get(second.len_utf8()..).unwrap_or_default(), Some(second)),
        None => (rest, None),
    };
    let (name, attached) = match name.split_once([':', '=']) {
        Some((name, attached)) => (name, Some(attached)),
        None => (name, None),
    };
    let begins = name.starts_with(|c: char| c.is_alphabetic() || matches!(c, '_' | '?'));
    if !begins || name.contains(|c: char| c.is_whitespace() || is_quote(c)) {
        return Word::Value;
    }
    let name = match second {
        Some(_) if name.contains('-') => Cow::Owned(name.replace('-', "")),
        _ => Cow::Borrowed(name),
    };
    let long = first != '-' || second.is_some_and(|c| c != '-');
    Word::Parameter { name, attached, notice: long.then_some(Notice::LongDash) }
}
