//! Cmdlets of AD permissions, and the effective rights of an access list.

pub(super) mod add;
pub(super) mod args;
pub(super) mod change;
pub(super) mod effective;
pub(super) mod get;
pub(super) mod holder;
pub(super) mod instance;
pub(super) mod remove;
pub(super) mod shared;
