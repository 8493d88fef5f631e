//! Help: the frame, its laws over every cmdlet, what is found, and manual pages.

mod laws;
mod man;
mod search;

use std::path::Path;

use crate::console::{Ran, run, world};
use crate::outcome::Failed;

/// Runs a line that needs no store, through a pipe.
pub fn tell(line: &str) -> Ran {
    let nowhere = Path::new("/nonexistent/store");
    run(&world(nowhere, Path::new("/nonexistent")), line, None, false)
}

fn holds(condition: bool, what: impl Into<String>) -> Result<(), Failed> {
    if condition { Ok(()) } else { Err(what.into().into()) }
}
