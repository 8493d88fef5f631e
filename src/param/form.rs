//! Types of text that one noun alone has: how a value is written, and what is refused.
//!
//! A form is a fact of the noun that uses it, so it stands there; the closed set of kinds knows it as data.

use std::fmt;

use super::Value;

/// A type of value that is written as a text of its own form.
pub struct Form {
    /// What PowerShell calls the type.
    pub type_name: &'static str,
    /// The form in one line, for help: `[type:]space[;cost]`.
    pub syntax: &'static str,
    /// A value of it, to show in the line that an error suggests.
    pub example: &'static str,
    /// A second value of it, another than the example.
    pub other: &'static str,
    /// Reads one text.
    pub read: fn(&str) -> Result<Value, Refused>,
}

/// Why a text is none of its form, and what to type instead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// What is wrong with it.
    pub why: String,
    /// A value to type; the form's example where there is none nearer.
    pub instead: Option<String>,
}

impl Refused {
    /// A refusal that shows the form's example.
    #[must_use]
    pub fn new(why: impl Into<String>) -> Self {
        Refused { why: why.into(), instead: None }
    }

    /// The same with a nearer value to type.
    #[must_use]
    pub fn instead(self, text: impl Into<String>) -> Self {
        Refused { instead: Some(text.into()), ..self }
    }
}

impl fmt::Debug for Form {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.type_name)
    }
}
