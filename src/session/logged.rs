//! What a log can show of a refusal: the reply that it words, and whether the log has everything that it depends on.

use super::steps::{RULES, Refusal};
use crate::param::Version;

impl Refusal {
    /// The refusals whose reply a server of that version words like the line, with or without enhanced status codes.
    #[must_use]
    pub(crate) fn worded(line: &str, version: Version) -> Vec<Refusal> {
        let is_worded = |refusal: &Refusal| refusal.reply().is_some_and(|reply| reply.begins(line, version));
        RULES.iter().map(|rule| rule.refusal).filter(is_worded).collect()
    }

    /// Whether it depends on what no protocol log has.
    #[must_use]
    pub(crate) fn needs_more_than_a_log(self) -> bool {
        self.rule().is_unlogged
    }

    /// Whether a right of the session would have prevented it.
    #[must_use]
    pub(crate) fn needs_a_right(self) -> bool {
        self.rule().is_by_right
    }
}
