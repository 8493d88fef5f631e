//! What a rule has to say about a value: one sentence, and what to type instead.

/// One statement of a rule, as a refusal or as a warning.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The rule's number in docs/semantics.md: `C3`, `V1`.
    pub rule: &'static str,
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
    pub fn new(rule: &'static str, parameter: &'static str, message: impl Into<String>) -> Self {
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
    /// Adds a refusal.
    pub fn refuse(&mut self, finding: Finding) {
        self.refusals.push(finding);
    }

    /// Adds a warning.
    pub fn warn(&mut self, finding: Finding) {
        self.warnings.push(finding);
    }
}
