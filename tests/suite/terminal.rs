//! The real program in a pseudo-terminal: every prompt, confirmations, the guided way, and how it is left.

#![expect(clippy::disallowed_methods, reason = "tests look at what the program left")]

mod choices;
mod confirm;
mod daily;
mod guided;
mod leave;
mod missing;
mod pager;
mod pipes;
mod pty;
mod signals;

use std::path::Path;

use libtest_mimic::Trial;

/// The trials of this module.
pub fn trials() -> Vec<Trial> {
    [
        missing::trials(),
        choices::trials(),
        confirm::trials(),
        guided::trials(),
        leave::trials(),
        signals::trials(),
        pipes::trials(),
        pager::trials(),
        daily::trials(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// The same, ignored where a tool is missing.
fn needs(tool: &str, trial: Trial) -> Trial {
    let found = ["/usr/bin", "/bin"].iter().any(|dir| Path::new(dir).join(tool).is_file());
    trial.with_ignored_flag(!found)
}

/// A trial by its name and what it does.
fn trial(name: &str, run: fn()) -> Trial {
    Trial::test(format!("terminal::{name}"), move || {
        run();
        Ok(())
    })
}
