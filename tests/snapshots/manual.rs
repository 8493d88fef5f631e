//! Help kept as files: a few screens, every example, and the pages of docs/cmdlets and docs/topics.

mod examples;
mod golden;
mod pages;

use libtest_mimic::{Failed, Trial};

/// The trials of this module.
pub fn trials() -> Vec<Trial> {
    [golden::trials(), examples::trials(), pages::trials()].into_iter().flatten().collect()
}

fn holds(condition: bool, what: impl Into<String>) -> Result<(), Failed> {
    if condition { Ok(()) } else { Err(what.into().into()) }
}
