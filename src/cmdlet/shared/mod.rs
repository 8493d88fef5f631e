//! What the cmdlets of several nouns share.

pub mod common_params;
pub(super) mod completion_names;
pub(super) mod crud;
pub mod excluded;
pub(super) mod filter;
pub(super) mod fix_command;
pub mod identity;
pub mod identity_list;
pub mod identity_stdin;
pub(super) mod not_found;
pub(super) mod possible;
pub(super) mod table_views;
pub(super) mod timeout;
pub(super) mod usage_switches;
pub mod wizard;
