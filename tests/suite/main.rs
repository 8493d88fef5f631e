//! One binary for every test: laws over the tables, naive twins, folders of cases, the real program.
//!
//! Each module returns its trials; a trial whose tool is absent shows as ignored.

mod conflict;
mod net;
mod powershell;
mod store;

use libtest_mimic::{Arguments, Trial};

fn main() {
    let arguments = Arguments::from_args();
    let trials: Vec<Trial> = [net::trials(), conflict::trials(), powershell::trials(), store::trials()]
        .into_iter()
        .flatten()
        .collect();
    libtest_mimic::run(&arguments, trials).exit();
}
