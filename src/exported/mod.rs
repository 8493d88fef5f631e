//! What exports of a real organization hold, whatever their format: items of named cells, recognized by content, read
//! into the objects of the store by their rows.
//!
//! Nothing is guessed: a value that the format lost is refused. Nothing is dropped in silence: what has no row is
//! counted. It knows no disk and no store.

mod bounded;
pub mod collector;
mod export;
mod fill;
mod format;
mod from_clixml;
mod from_csv;
mod from_dsc;
mod from_json;
mod from_list;
mod item;
mod kind;
mod numbers;
mod permission;
mod place;
mod server;

use bounded::{Bounded, Budget};
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
    let budget = Budget::default();
    let mut add = |item: Item| {
        budget.renew();
        export.add(&item);
    };
    let bounded = |source| Bounded::new(source, &budget);
    let read = match format {
        Format::Clixml => return clixml(source, export),
        Format::Json => from_json::read(bounded(source), &mut add),
        Format::Csv => from_csv::read(bounded(source), &mut add),
        Format::List => from_list::read(bounded(source), &mut add),
        Format::Dsc => from_dsc::read(bounded(source), &mut add),
    };
    if budget.is_spent() { Err(bounded::too_large()) } else { read }
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
