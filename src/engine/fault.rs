//! Errors of the store and its documents, classified once: what they are called and how the program exits.

use crate::answer::{Exit, Problem};
use crate::powershell::quote;
use crate::store::document::{DocumentError, Fault};
use crate::store::{Class, StoreError};

/// An error of the store.
#[must_use]
pub fn of_store(error: &StoreError) -> Problem {
    let exit = match error.class() {
        Class::NoRevision => Exit::NotFound,
        Class::Moved => Exit::Conflict,
        Class::Damaged | Class::Locked | Class::Unreadable | Class::Refused => Exit::Store,
    };
    Problem::new(exit, error.to_string()).hint(error.hint())
}

/// An error of a document: always the store's own trouble.
#[must_use]
pub fn of_document(error: &DocumentError) -> Problem {
    let problem = Problem::new(Exit::Store, error.to_string());
    match error {
        DocumentError::Broken(faults) => match faults.first() {
            Some(Fault { hint: Some(hint), .. }) => problem.hint(hint.as_str()),
            Some(Fault { file, .. }) => problem.hint(format!(
                "correct the line, or in the store's directory: git checkout HEAD -- {}",
                quote::bash(file)
            )),
            None => problem,
        },
        DocumentError::Unkeepable(fault) => match &fault.hint {
            Some(hint) => problem.hint(hint),
            None => problem,
        },
        DocumentError::Newer { .. } => problem.hint("use a newer version of exch"),
        DocumentError::Lost { .. } => problem.exit(Exit::Fault),
    }
}
