//! Help: the frame, its laws over every cmdlet, examples that run, and a few screens kept as golden files
//! (EXCH_BLESS=1 writes them anew).

mod examples;
mod golden;
mod laws;
mod man;
mod pages;
mod search;
mod world;

use libtest_mimic::{Failed, Trial};

pub use world::tell;

/// The trials of this module.
pub fn trials() -> Vec<Trial> {
    let parts = [laws::trials(), search::trials(), golden::trials(), examples::trials(), pages::trials()];
    parts.into_iter().flatten().chain(man::trials()).collect()
}

fn trial(name: &str, test: fn() -> Result<(), Failed>) -> Trial {
    Trial::test(format!("manual::{name}"), test)
}

fn holds(condition: bool, what: impl Into<String>) -> Result<(), Failed> {
    if condition { Ok(()) } else { Err(what.into().into()) }
}
