//! What can be wrong with a document: a place in it and one sentence, or a reason to leave it alone.

use std::fmt;

use thiserror::Error;

use crate::param::Rule;

/// One thing that is wrong, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The file, as the caller called it.
    pub file: String,
    /// Its line, from 1.
    pub line: usize,
    /// The character in that line, from 1.
    pub column: usize,
    /// One sentence, no full stop.
    pub message: String,
    /// What to write instead.
    pub hint: Option<String>,
    /// The rule of docs/semantics.md that is broken, if it is one of those.
    pub rule: Option<Rule>,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}: {}", self.file, self.line, self.column, self.message)
    }
}

/// Why a document was not read or not edited. Nothing was changed.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum DocumentError {
    /// It is no TOML, or says what cannot be: every fault, in the file's order, at least one.
    #[error("{}", first(.0))]
    Broken(Vec<Fault>),
    /// It was written by a newer program, and is left untouched.
    #[error("{file} has schema {found}, and this program knows schemas up to {known}")]
    Newer {
        /// The file.
        file: String,
        /// Its schema.
        found: i64,
        /// The newest schema that is known here.
        known: i64,
    },
    /// It can be read, but not edited without printing anew what its author wrote.
    #[error("{0}")]
    Unkeepable(Box<Fault>),
    /// An edited text that does not say what was meant, or lost a line: a defect of this program.
    #[error(
        "{file}: the edited text is not what was meant ({what}); nothing was changed, please report this"
    )]
    Lost {
        /// The file.
        file: String,
        /// What differs.
        what: String,
    },
}

/// The first fault, and how many follow.
fn first(faults: &[Fault]) -> String {
    match faults {
        [] => "the file cannot be read".to_owned(),
        [one] => one.to_string(),
        [one, rest @ ..] => format!("{one} (and {} more)", rest.len()),
    }
}

/// A fault before its place is counted out: a byte of the text.
#[derive(Clone, Debug)]
pub(super) struct Flaw {
    pub at: usize,
    pub message: String,
    pub hint: Option<String>,
    pub rule: Option<Rule>,
}

impl Flaw {
    pub fn new(at: usize, message: impl Into<String>, hint: impl Into<String>) -> Self {
        Flaw { at, message: message.into(), hint: Some(hint.into()), rule: None }
    }

    /// What a rule said, at the byte of the key or value that it spoke of.
    pub fn of(finding: crate::param::Finding, at: usize) -> Self {
        Flaw { at, message: finding.message, hint: finding.hint, rule: Some(finding.rule) }
    }
}
