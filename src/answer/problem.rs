//! Why a command could not be done: one sentence, what to type, and the exit code.

use super::{Cause, Exit};
use crate::param::{Finding, Meant};

/// A problem as the user meets it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The exit code it ends with.
    pub exit: Exit,
    /// One sentence, no full stop.
    pub message: String,
    /// What to type.
    pub hint: Option<String>,
    /// What few problems have, apart so that all stay small.
    pub(crate) aside: Option<Box<Aside>>,
    /// The parameter it is about.
    pub parameter: Option<&'static str>,
    /// What else is wrong, where a change of many objects lists each.
    pub others: Vec<Problem>,
    /// The error that it comes from, for `-Verbose`.
    pub source: Option<Cause>,
}

/// What few problems have.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Aside {
    /// The text that it is about, with the place marked: two lines.
    excerpt: Option<String>,
    /// What to answer where its parameter alone is asked for, if the hint says what cannot be typed there.
    answer: Option<String>,
}

impl Problem {
    /// A problem without a hint.
    #[must_use]
    pub fn new(exit: Exit, message: impl Into<String>) -> Self {
        Problem {
            exit,
            message: message.into(),
            hint: None,
            aside: None,
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

    /// All refusals, of which the first decides the exit code; nothing where there is none.
    pub(crate) fn of_all(findings: impl IntoIterator<Item = Finding>) -> Option<Self> {
        let mut all = findings.into_iter().map(Problem::from);
        let first = all.next()?;
        Some(first.with(all.collect()))
    }

    /// The same with further problems beside it.
    #[must_use]
    pub fn with(mut self, others: Vec<Problem>) -> Self {
        self.others = others;
        self
    }

    /// The same as it is said at a prompt for its parameter, where a value is typed and no parameter.
    #[must_use]
    pub(crate) fn at_prompt(mut self) -> Self {
        let own = self.parameter.map(|name| format!("-{name} ")).unwrap_or_default();
        let value = |hint: String| if own.is_empty() { hint } else { hint.replace(&own, "") };
        let answer = self.aside.as_mut().and_then(|aside| aside.answer.take());
        self.hint = answer.or_else(|| self.hint.take().map(value));
        self
    }

    /// The text that it is about, with the place marked.
    pub(crate) fn excerpt(&self) -> Option<&str> {
        self.aside.as_ref()?.excerpt.as_deref()
    }

    /// The same with the text that it is about, the place marked: two lines.
    #[must_use]
    pub(crate) fn shown_in(mut self, excerpt: String) -> Self {
        self.aside.get_or_insert_default().excerpt = Some(excerpt);
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
            aside: match finding.meant {
                Meant::Answer(answer) => Some(Aside { answer: Some(answer), ..Aside::default() }.into()),
                Meant::Unknown | Meant::Values(_) | Meant::Example(_) => None,
            },
            parameter: Some(finding.parameter),
            ..Problem::new(finding.rule.into(), finding.message)
        }
    }
}
