//! Why a command could not be done: one sentence, what to type, and the exit code.

use super::{Cause, Exit};
use crate::param::Finding;

/// A problem as the user meets it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The exit code it ends with.
    pub exit: Exit,
    /// One sentence, no full stop.
    pub message: String,
    /// What to type.
    pub hint: Option<String>,
    /// The text that it is about, with the place marked: two lines.
    pub excerpt: Option<Box<str>>,
    /// The parameter it is about.
    pub parameter: Option<&'static str>,
    /// What else is wrong, where a change of many objects lists each.
    pub others: Vec<Problem>,
    /// The error that it comes from, for `-Verbose`.
    pub source: Option<Cause>,
}

impl Problem {
    /// A problem without a hint.
    #[must_use]
    pub fn new(exit: Exit, message: impl Into<String>) -> Self {
        Problem {
            exit,
            message: message.into(),
            hint: None,
            excerpt: None,
            parameter: None,
            others: Vec::new(),
            source: None,
        }
    }

    /// The same with what to type.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// The same about a parameter.
    #[must_use]
    pub fn about(mut self, parameter: &'static str) -> Self {
        self.parameter = Some(parameter);
        self
    }

    /// Keeps the error that it comes from.
    #[must_use]
    pub fn because(mut self, error: impl Into<anyhow::Error>) -> Self {
        self.source = Some(Cause::new(error.into()));
        self
    }

    /// The same with further problems beside it.
    #[must_use]
    pub fn with(mut self, others: Vec<Problem>) -> Self {
        self.others = others;
        self
    }

    /// The same with another exit code.
    #[must_use]
    pub fn exit(mut self, exit: Exit) -> Self {
        self.exit = exit;
        self
    }
}

/// A rule's refusal, with the exit code of its rule.
impl From<Finding> for Problem {
    fn from(finding: Finding) -> Self {
        Problem {
            hint: finding.hint,
            parameter: Some(finding.parameter),
            ..Problem::new(finding.rule.into(), finding.message)
        }
    }
}
