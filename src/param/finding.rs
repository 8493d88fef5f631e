//! What a rule has to say about a value: one sentence, and what to type instead.

use std::collections::HashMap;

use super::Rule;
use crate::powershell::quote;

/// How many objects a sentence names; the others are counted.
const NAMED: usize = 4;

/// What was meant in place of what was refused.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Meant {
    /// It cannot be seen.
    #[default]
    Unknown,
    /// These values, which the hint has too.
    Values(Box<[String]>),
    /// Nothing of it can be seen, and the hint has a value that is taken.
    Example(Box<str>),
    /// What to answer where the property alone is asked for, as the hint says what cannot be typed there.
    Answer(String),
}

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
    /// What was meant in place of what was refused.
    pub meant: Meant,
    /// The objects that it is about, where a command is about several; else empty.
    pub objects: Vec<String>,
}

impl Finding {
    /// A finding without a hint.
    #[must_use]
    pub fn new(rule: Rule, parameter: &'static str, message: impl Into<String>) -> Self {
        let (message, hint, objects) = (message.into(), None, Vec::new());
        Finding { rule, parameter, message, hint, meant: Meant::Unknown, objects }
    }

    /// A finding on what was given for a parameter, which its sentence names first.
    #[must_use]
    pub fn of(rule: Rule, parameter: &'static str, why: impl std::fmt::Display) -> Self {
        Finding::new(rule, parameter, format!("parameter {parameter}: {why}"))
    }

    /// The same with what to type.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// The same with the values that were meant, and the parameter with them to type.
    #[must_use]
    pub fn instead(mut self, values: Vec<String>) -> Self {
        let quoted: Vec<String> = values.iter().map(|value| quote::bash(value)).collect();
        self.hint = Some(format!("-{} {}", self.parameter, quoted.join(",")));
        self.meant = Meant::Values(values.into());
        self
    }

    /// The same with a value that is taken, and the parameter with it to type.
    #[must_use]
    pub fn example(mut self, value: &str) -> Self {
        self.hint = Some(format!("-{} {}", self.parameter, quote::bash(value)));
        self.meant = Meant::Example(value.into());
        self
    }

    /// The same with the values that were meant put among others. An example is no value to put there.
    #[must_use]
    pub(super) fn within(self, place: impl FnOnce(&[String]) -> Vec<String>) -> Self {
        match &self.meant {
            Meant::Values(values) => {
                let all = place(values);
                self.instead(all)
            }
            Meant::Example(example) => {
                let hint = format!("give each as `{example}`");
                self.hint(hint)
            }
            Meant::Unknown | Meant::Answer(_) => self,
        }
    }

    /// The same of one half of an edit: what to type is the whole edit, as `spell` writes it with what was meant in that
    /// half.
    #[must_use]
    pub fn in_edit(self, spell: impl FnOnce(&[String]) -> String) -> Self {
        let hint = match &self.meant {
            Meant::Values(values) => format!("-{} {}", self.parameter, spell(values)),
            Meant::Example(example) => format!("give each as `{example}`"),
            Meant::Unknown | Meant::Answer(_) => return self,
        };
        self.hint(hint)
    }

    /// The same with what to answer where the property alone is asked for.
    #[must_use]
    pub fn answer(mut self, answer: impl Into<String>) -> Self {
        self.meant = Meant::Answer(answer.into());
        self
    }

    /// The same of one object among several; a sentence that names it already stays as it is.
    #[must_use]
    pub fn on(mut self, object: &str) -> Self {
        if self.objects.is_empty() && !self.message.contains(object) {
            self.objects.push(object.to_owned());
        }
        self
    }

    /// The sentence, after the objects that it is about.
    #[must_use]
    pub fn sentence(&self) -> String {
        let named = self.objects.iter().take(NAMED).map(|object| format!("`{object}`"));
        let named = named.collect::<Vec<_>>().join(", ");
        match self.objects.len() {
            0 => self.message.clone(),
            all if all > NAMED => format!("{named} and {} more: {}", all - NAMED, self.message),
            _ => format!("{named}: {}", self.message),
        }
    }
}

/// The same statements with each sentence once, about all of its objects, in the order in which they were first made.
#[must_use]
pub fn merged(findings: &[Finding]) -> Vec<Finding> {
    let mut merged: Vec<Finding> = Vec::new();
    let mut places: HashMap<(&str, Option<&str>), usize> = HashMap::new();
    for finding in findings {
        let key = (finding.message.as_str(), finding.hint.as_deref());
        match places.get(&key).and_then(|place| merged.get_mut(*place)) {
            Some(known) => known.objects.extend_from_slice(&finding.objects),
            None => {
                places.insert(key, merged.len());
                merged.push(finding.clone());
            }
        }
    }
    merged
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
    pub(crate) fn warn(&mut self, finding: impl Into<Option<Finding>>) {
        self.warnings.extend(finding.into());
    }

    /// Leaves out the warnings that were given before: a change is not blamed for what was there.
    #[must_use]
    pub fn since(mut self, before: &Findings) -> Self {
        self.warnings.retain(|warning| !before.warnings.contains(warning));
        self
    }
}
