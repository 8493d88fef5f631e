//! Cmdlets of data paths between roles, servers and domains.

pub(super) mod domain;
mod ends;
mod flow_object;
pub(super) mod get;
pub(super) mod mail;
pub(super) mod roles;
pub(super) mod servers;
pub(super) mod shared;
pub(super) mod test;
