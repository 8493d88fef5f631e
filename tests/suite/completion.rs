//! Completion: the program's answers by the entry that the scripts use, the scripts, and the real shells.

mod entry;
mod laws;
mod powershell;
#[cfg(unix)]
mod shells;
mod store;

use libtest_mimic::Trial;

/// The trials of this module.
pub fn trials() -> Vec<Trial> {
    let modules = [entry::trials(), laws::trials(), powershell::trials()];
    #[cfg(unix)]
    let modules = modules.into_iter().chain([shells::trials()]);
    modules.into_iter().flatten().collect()
}

fn trial(name: &str, test: fn()) -> Trial {
    Trial::test(format!("completion::{name}"), move || {
        test();
        Ok(())
    })
}
