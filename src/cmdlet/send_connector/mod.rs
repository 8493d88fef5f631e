//! Cmdlets of Send connectors.

pub(super) mod new;
pub(super) mod set;
pub(super) mod shared;
