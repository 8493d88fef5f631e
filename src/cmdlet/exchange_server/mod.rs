//! Cmdlets of Exchange servers.

pub(super) mod get;
pub(super) mod new;
pub(super) mod remove;
pub(super) mod set;
pub(super) mod shared;
