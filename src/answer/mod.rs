//! What a command answers with: objects as Get- shows them, or a problem and its exit code.
//!
//! Cmdlets make answers, output prints them; neither knows the other.

mod cause;
mod exit;
mod object;
mod problem;

pub use cause::Cause;
pub use exit::Exit;
pub use object::{Column, Object, TableView, cells};
pub use problem::Problem;
