//! What a problem comes from: an error with the errors below it, kept until `-Verbose` shows them.

use std::sync::Arc;

/// An error with the errors below it. Two are equal when they say the same.
#[derive(Clone, Debug)]
pub struct Cause(Arc<anyhow::Error>);

impl Cause {
    /// Keeps an error.
    #[must_use]
    pub fn new(error: anyhow::Error) -> Self {
        Cause(Arc::new(error))
    }

    /// Whether the system could not read or write.
    #[must_use]
    pub(crate) fn is_io(&self) -> bool {
        self.0.chain().any(|error| error.is::<std::io::Error>())
    }

    /// Returns what the error and those below it say that `sentence` and the cause before it do not say already.
    #[must_use]
    pub fn below(&self, sentence: &str) -> Vec<String> {
        let mut said = vec![sentence.to_owned()];
        for text in self.0.chain().map(ToString::to_string) {
            if !said.iter().any(|above| above.contains(&text)) {
                said.push(text);
            }
        }
        said.split_off(1)
    }
}

impl PartialEq for Cause {
    fn eq(&self, other: &Self) -> bool {
        self.0.chain().map(ToString::to_string).eq(other.0.chain().map(ToString::to_string))
    }
}

impl Eq for Cause {}
