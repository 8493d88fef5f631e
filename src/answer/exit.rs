//! Exit codes: what a calling script learns without reading a word.

use strum::{EnumMessage, VariantArray};

use crate::param::Rule;

/// How a command ended. What each variant says of itself here is what help says of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Default, EnumMessage, VariantArray)]
pub enum Exit {
    /// Done, or already so.
    #[default]
    Done = 0,
    /// Refused: a value has the wrong type, is out of range, or breaks a rule.
    Refused = 1,
    /// Not understood, or something could not be asked for.
    NotUnderstood = 2,
    /// A question answered no: differences, damage found, mail rejected.
    No = 3,
    /// No such object.
    NotFound = 4,
    /// The object exists, bindings and ranges conflict, the store moved.
    Conflict = 5,
    /// The store could not be read, written or locked.
    Store = 6,
    /// A fault of `exch` itself (sysexits' EX_SOFTWARE).
    Fault = 70,
    /// Ended by Ctrl-C: 128 and SIGINT.
    Interrupted = 130,
    /// Ended by SIGTERM: 128 and the signal.
    Terminated = 143,
}

impl Exit {
    /// The number that the process exits with.
    #[must_use]
    pub fn code(self) -> u8 {
        self as u8
    }

    /// What it means, in a sentence.
    #[must_use]
    pub fn means(self) -> &'static str {
        self.get_documentation().unwrap_or_default()
    }

    /// Every code, the smallest first.
    #[must_use]
    pub fn all() -> &'static [Exit] {
        Exit::VARIANTS
    }
}

/// The exit code of a command that breaks the rule.
impl From<Rule> for Exit {
    fn from(rule: Rule) -> Self {
        if rule.is_conflict() { Exit::Conflict } else { Exit::Refused }
    }
}
