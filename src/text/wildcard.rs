//! Names with wildcards: `*` is any text, `?` any character, letters in any case.

use wildmatch::WildMatch;

/// Returns whether the text holds a wildcard.
#[must_use]
pub fn is_wild(text: &str) -> bool {
    text.contains(['*', '?'])
}

/// A pattern, ready to be compared with names.
#[derive(Clone)]
pub struct Wildcard(WildMatch);

impl Wildcard {
    /// Reads a pattern; without a wildcard it is the one name.
    #[must_use]
    pub fn new(pattern: &str) -> Self {
        Wildcard(WildMatch::new(&pattern.to_lowercase()))
    }

    /// Returns whether the whole name fits.
    #[must_use]
    pub fn matches(&self, name: &str) -> bool {
        self.0.matches(&name.to_lowercase())
    }
}
