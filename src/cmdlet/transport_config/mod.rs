//! Cmdlets of the transport configuration.

pub(super) mod set;
