//! Screens as an administrator sees them, kept as files to be read in review.

#![expect(clippy::disallowed_methods, reason = "golden files are read, and written when blessed")]

use std::path::{Path, PathBuf};

use libtest_mimic::{Failed, Trial};

use crate::console::{run, world};

const SCREENS: [(&str, &str, usize); 11] = [
    ("help-80", "--help", 80),
    ("get-help-new-receiveconnector-80", "get-help new-receiveconnector", 80),
    ("get-help-new-receiveconnector-200", "get-help new-receiveconnector", 200),
    ("get-help-test-store-80", "get-help test-store", 80),
    ("parameter-maxhopcount-80", "get-help set-receiveconnector -Full -Parameter MaxHopCount", 80),
    ("parameter-remoteipranges-80", "get-help new-receiveconnector -Parameter RemoteIPRanges", 80),
    ("examples-set-receiveconnector-80", "get-help set-receiveconnector -Examples", 80),
    ("get-command-80", "get-command", 80),
    ("get-help-test-datapath-80", "get-help test-datapath", 80),
    ("get-datapath-transport-80", "get-datapath -Version 2007 -Table transport", 80),
    ("get-datapath-internal-80", "get-datapath -Version 2013 -Table internal", 80),
];

pub fn trials() -> Vec<Trial> {
    let screen = |(name, line, width)| {
        Trial::test(format!("manual::golden::{name}"), move || golden(name, line, width))
    };
    SCREENS.into_iter().map(screen).collect()
}

fn golden(name: &str, line: &str, width: usize) -> Result<(), Failed> {
    let nowhere = Path::new("/nonexistent");
    let ran = run(&world(nowhere, nowhere), line, Some(width), false);
    let found = ran.out + &ran.err;
    let file = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(format!("tests/golden/{name}.txt"));
    if crate::host::blesses() {
        std::fs::write(&file, &found)?;
    }
    let wanted = std::fs::read_to_string(&file).unwrap_or_default();
    if found == wanted { Ok(()) } else { Err(format!("EXCH_BLESS=1 accepts this:\n{found}").into()) }
}
