//! Sessions: selection against a linear twin, real EHLO transcripts, the table of replies row by row.

#![expect(clippy::unwrap_used, reason = "a test may fail by panicking")]

mod ehlo;
mod model;
mod path;
pub mod scene;
mod security;
mod selection;
mod table;
pub mod twin;
