//! Runbooks: files of cmdlet lines that run as one change.

pub(super) mod invoke;
mod step;

pub use invoke::PATH;
pub use step::{Location, Statement, Step};
