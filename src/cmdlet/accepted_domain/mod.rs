//! Cmdlets of accepted domains, and the references to them.

pub(super) mod new;
pub(super) mod references;
pub(super) mod remove;
pub(super) mod set;
