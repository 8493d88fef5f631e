//! Cmdlets of data paths between roles, servers and domains.

mod crossing;
pub(super) mod domain;
mod ends;
pub(super) mod export_rules;
mod flow_object;
pub(super) mod get;
mod live;
pub(super) mod mail;
pub(super) mod names;
mod open_ports;
mod picture;
pub(super) mod roles;
pub(super) mod servers;
pub(super) mod shared;
pub(super) mod test;
