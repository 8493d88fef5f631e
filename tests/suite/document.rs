//! Documents of the store: TOML to the model and back, and edits that a careful person would have typed.

pub mod apart;
mod faults;
mod guest;
mod laws;
mod lists;
mod members;
mod names;
pub mod random;

use std::fmt::Write as _;

use exch::connector::Host;
use exch::store::document::{edit_host, read_host};

use crate::outcome::Failed;

const FILE: &str = "servers/HUB01.toml";

/// The text after `change`, which must say what the changed model says, and nothing when done again.
fn edited(text: &str, change: impl FnOnce(&mut Host)) -> Result<String, Failed> {
    let mut host = read_host(text, FILE)?;
    change(&mut host);
    let new = edit_host(text, FILE, &host)?;
    same(&edit_host(&new, FILE, &host)?, &new)?;
    Ok(new)
}

/// Holds `found` to `meant`, byte for byte.
fn same(found: &str, meant: &str) -> Result<(), Failed> {
    if found == meant {
        return Ok(());
    }
    let mut message = String::from("texts differ\n");
    let _ = write!(message, "--- meant\n{meant:?}\n--- found\n{found:?}\n--- found, as it is\n{found}");
    Err(message.into())
}

/// Fails with `message` unless `holds`.
fn ensure(holds: bool, message: impl Into<String>) -> Result<(), Failed> {
    if holds { Ok(()) } else { Err(message.into().into()) }
}
