//! Errors of the store and its documents, classified once: what they are called and how the program exits.

use crate::answer::{Exit, Problem};
use crate::powershell::quote;
use crate::store::document::DocumentError;
use crate::store::{Class, StoreError};

impl From<StoreError> for Problem {
    fn from(error: StoreError) -> Self {
        let exit = match error.class() {
            Class::NoRevision => Exit::NotFound,
            Class::Moved => Exit::Conflict,
            Class::Damaged | Class::Locked | Class::Unreadable | Class::Refused => Exit::Store,
        };
        Problem::new(exit, error.to_string()).hint(error.hint()).because(error)
    }
}

/// An error of a document is always the store's own trouble.
impl From<DocumentError> for Problem {
    fn from(error: DocumentError) -> Self {
        let exit = match error {
            DocumentError::Lost { .. } => Exit::Fault,
            _ => Exit::Store,
        };
        Problem { hint: hint(&error), ..Problem::new(exit, error.to_string()).because(error) }
    }
}

/// What to type where a document is wrong.
fn hint(error: &DocumentError) -> Option<String> {
    match error {
        DocumentError::Broken(faults) => {
            let first = faults.first()?;
            Some(first.hint.clone().unwrap_or_else(|| {
                format!(
                    "correct the line, or in the store's directory: git checkout HEAD -- {}",
                    quote::bash(&first.file)
                )
            }))
        }
        DocumentError::Unkeepable(fault) => fault.hint.clone(),
        DocumentError::Newer { .. } => Some("use a newer version of exch".to_owned()),
        DocumentError::Lost { .. } => None,
    }
}
