//! What the user is asked: values that are missing, and whether to go on. Never while the lock is held.

mod confirm;
mod missing;
mod offer;

pub use confirm::{confirm, is_asked};
pub use missing::{complete, list, scalar};

use super::shutdown::SHUTDOWN;
use crate::answer::Problem;
use crate::cmdlet::Args;
use crate::output::prompt::Interrupted;
use crate::param::Completes;

/// What a question may look up before it is put.
pub struct Lookup<'k> {
    /// The names that something may be chosen from.
    pub names: &'k dyn Fn(Completes) -> Vec<String>,
    /// Whether a call with these arguments could be run.
    pub tries: &'k dyn Fn(&Args) -> Result<(), Problem>,
}

/// A question that the user left.
pub(super) fn left(Interrupted(exit): Interrupted) -> Problem {
    SHUTDOWN.interrupted(exit)
}
