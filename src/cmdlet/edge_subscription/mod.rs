//! Cmdlets of Edge subscriptions.

pub(super) mod new;
pub(super) mod remove;
pub(super) mod shared;
pub(super) mod subscription_file;
