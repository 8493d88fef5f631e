//! Help: the cmdlets that print or export it, its pages and its topics.

pub(super) mod export;
pub(super) mod export_completion;
pub(super) mod export_link;
pub(super) mod export_manual;
pub(super) mod get_command;
pub(super) mod get_help;
pub mod pages;
pub mod rule_text;
pub mod topics;

pub use export::{Content, Export, Exported};
pub use export_completion::Shell;
