//! What a rule has to say about a value: one sentence, and what to type instead.

use super::Rule;

/// One statement of a rule, as a refusal or as a warning.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The rule of docs/semantics.md that it comes from.
    pub rule: Rule,
    /// The property it speaks of, by its row's name.
    pub parameter: &'static str,
    /// One sentence, no full stop; the product's own words first where they are known.
    pub message: String,
    /// What to type.
    pub hint: Option<String>,
}

impl Finding {
    /// A finding without a hint.
    #[must_use]
    pub fn new(rule: Rule, parameter: &'static str, message: impl Into<String>) -> Self {
        Finding { rule, parameter, message: message.into(), hint: None }
    }

    /// The same with what to type.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }
}

/// What all rules said of one object.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Findings {
    /// What cannot stand.
    pub refusals: Vec<Finding>,
    /// What can, but hardly was meant.
    pub warnings: Vec<Finding>,
}

impl Findings {
    /// Adds a refusal, where there is one.
    pub fn refuse(&mut self, finding: impl Into<Option<Finding>>) {
        self.refusals.extend(finding.into());
    }

    /// Adds a warning, where there is one.
    pub fn warn(&mut self, finding: impl Into<Option<Finding>>) {
        self.warnings.extend(finding.into());
    }

    /// Leaves out the warnings that were given before: a change is not blamed for what was there.
    #[must_use]
    pub fn since(mut self, before: &Findings) -> Self {
        self.warnings.retain(|warning| !before.warnings.contains(warning));
        self
    }
}
