//! What exports of a real organization hold, whatever their format: items of named cells, recognized by content, read
//! into the objects of the store by their rows.
//!
//! Nothing is guessed: a value that the format lost is refused. Nothing is dropped in silence: what has no row is
//! counted. It knows no disk and no store.

mod export;
mod fill;
mod format;
mod from_clixml;
mod item;
mod kind;
mod permission;
mod place;
mod server;

pub use export::{Export, Found, FoundConnector, Refused, SourceFile};
pub use fill::{Filled, Unkept};
pub use format::Format;
pub use item::{Cell, Item};
pub use kind::ExportKind;
pub use permission::AccessEntries;
pub use place::Place;
pub use server::ServerFacts;

use std::io::BufRead;

/// Reads the objects of one file into `export`. What is refused of single objects is noted there.
///
/// # Errors
/// The sentence for a file that cannot be read as a whole.
pub fn read(format: Format, source: impl BufRead, export: &mut Export) -> Result<(), String> {
    match format {
        Format::Clixml => clixml(source, export),
    }
}

fn clixml(source: impl BufRead, export: &mut Export) -> Result<(), String> {
    for object in crate::clixml::Objects::new(source) {
        let object = object.map_err(|why| why.to_string())?;
        for item in from_clixml::items(&object) {
            export.add(&item);
        }
    }
    Ok(())
}
