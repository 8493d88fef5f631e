//! Tests that are made from files and tables: a trial for each case folder, page, example and screen. What they
//! expect is in files, which `EXCH_BLESS=1` writes anew. Plain tests are in `tests/suite`.

mod cases;
#[path = "../support/console.rs"]
mod console;
#[path = "../support/host.rs"]
mod host;
#[cfg(unix)]
mod hostile;
mod manual;
#[cfg(unix)]
#[path = "../support/other_user.rs"]
mod other_user;
#[path = "../support/shown.rs"]
mod shown;
mod tours;
#[expect(dead_code, reason = "plain tests use more of it")]
#[path = "../support/world.rs"]
mod world;

use libtest_mimic::{Arguments, Trial};

fn main() {
    let modules = [cases::trials(), manual::trials(), tours::trials()];
    #[cfg(unix)]
    let modules = modules.into_iter().chain([hostile::trials()]);
    let trials: Vec<Trial> = modules.into_iter().flatten().collect();
    libtest_mimic::run(&Arguments::from_args(), trials).exit();
}
