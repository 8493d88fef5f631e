//! What exports of a real organization hold, whatever their format: items of named cells, recognized by content, read
//! into the objects of the store by their rows.
//!
//! Nothing is guessed: a value that the format lost is refused. Nothing is dropped in silence: what has no row is
//! counted. It knows no disk and no store.

pub mod collector;
mod export;
mod fill;
mod format;
mod from_clixml;
mod from_csv;
mod from_json;
mod from_list;
mod item;
mod kind;
mod numbers;
mod permission;
mod place;
mod server;

pub use export::{Export, Found, FoundConnector, Manifest, Refused, SourceFile};
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
    let mut add = |item: Item| export.add(&item);
    match format {
        Format::Clixml => clixml(source, export),
        Format::Json => from_json::read(source, &mut add),
        Format::Csv => from_csv::read(source, &mut add),
        Format::List => from_list::read(source, &mut add),
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
