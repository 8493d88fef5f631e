//! Cmdlets of the store and its history.

mod accepted;
pub(super) mod compare;
pub(super) mod history;
pub(super) mod initialize;
mod past;
pub(super) mod restore;
pub(super) mod set;
pub(super) mod test;
pub(super) mod undo;
