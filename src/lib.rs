//! `exch`: Exchange Server's transport cmdlets over a versioned store of TOML files.
//!
//! Nouns are tables, verbs are thin files, laws are pure. The map of rooms and the arrows between them are
//! drawn in `docs/architecture.md`; a test holds the code to that picture.

pub mod answer;
pub mod cmdlet;
pub mod connector;
pub mod net;
pub mod param;
pub mod permission;
pub mod powershell;
pub mod server;
pub mod store;
