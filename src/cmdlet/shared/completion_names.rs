//! Names that are known beyond a command line, as completion asks for them: what may stand in a value, each with
//! a word on it.

use crate::param::Completes;

/// What is asked for.
#[derive(Clone, Copy, Debug)]
pub struct CompletionRequest<'l> {
    /// Names of what.
    pub what: Completes,
    /// How they begin, as far as it is typed.
    pub typed: &'l str,
    /// The store that the line names.
    pub store: Option<&'l str>,
}

/// One name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CompletionCandidate {
    /// The name.
    pub text: String,
    /// A word on it; may be empty.
    pub help: String,
    /// Whether it is a whole value; `HUB01\` is the beginning of one.
    pub whole: bool,
}

impl CompletionCandidate {
    /// A whole value.
    #[must_use]
    pub fn whole(text: impl Into<String>, help: impl Into<String>) -> Self {
        CompletionCandidate { text: text.into(), help: help.into(), whole: true }
    }
}

/// Whether a name begins with what was typed, in any case.
#[must_use]
pub fn begins(name: &str, typed: &str) -> bool {
    let mut name = name.chars().flat_map(char::to_lowercase);
    typed.chars().flat_map(char::to_lowercase).all(|c| name.next() == Some(c))
}
