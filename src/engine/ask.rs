//! What the user is asked: values that are missing, and whether to go on. Never while the lock is held.

mod confirm;
mod missing;

pub use confirm::{confirm, is_asked};
pub use missing::{complete, list, scalar};

use super::shutdown;
use crate::answer::Problem;
use crate::output::prompt::Interrupted;

/// A question that the user left.
pub(super) fn left(Interrupted(exit): Interrupted) -> Problem {
    shutdown::interrupted(exit)
}
