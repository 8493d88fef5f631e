//! TOML text to the model and back: one server's file, those of the organization, and `exch.toml`.
//!
//! Text in, text out; nothing here knows a disk or git. Files are edited like a guest: an edit is a list of
//! splices into the bytes that the user wrote, so that whatever a change does not speak of stays as it is,
//! line ends, comments and number spellings included. Every answer is read again before it is handed out.

mod access;
mod blank;
mod collection;
mod cut;
mod directory;
mod edit;
mod error;
mod file_name;
mod fresh;
mod keys;
mod place;
mod read;
mod records;
mod section;
mod source;
mod spell;
mod value;

pub use cut::read_apart;
pub use directory::{SCHEMA, edit_directory, new_directory, read_directory};
pub use edit::edit_host;
pub use error::{DocumentError, Fault};
pub use file_name::{file_name, server_name};
pub use fresh::new_host;
pub use place::Place;
pub use records::{read_host, read_part, write_part};
