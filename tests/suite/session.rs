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

use libtest_mimic::Trial;

/// The trials of this module.
pub fn trials() -> Vec<Trial> {
    let modules = [
        selection::trials(),
        ehlo::trials(),
        table::trials(),
        security::trials(),
        twin::trials(),
        path::trials(),
    ];
    modules.into_iter().flatten().collect()
}

fn trial(name: &str, test: fn()) -> Trial {
    Trial::test(format!("session::{name}"), move || {
        test();
        Ok(())
    })
}
