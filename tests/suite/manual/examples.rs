//! Every example of every cmdlet runs, each on a store of its own: a Hub Transport server of 2010, a Mailbox
//! server of 2019, their default connectors, a relay, and a few revisions.

#![expect(clippy::disallowed_methods, reason = "each example gets a copy of the prepared store")]

use std::fs;
use std::path::Path;
use std::sync::{Arc, OnceLock};

use exch::answer::Exit;
use exch::cmdlet::CMDLETS;
use libtest_mimic::{Failed, Trial};
use tempfile::TempDir;

use super::holds;
use super::world::{run, world};

/// The lines that prepare the store.
const PREPARED: [&str; 7] = [
    "initialize-store -Organization Contoso -Domain contoso.com",
    "new-accepteddomain fabrikam.com -DomainName fabrikam.com",
    "new-principal 'CONTOSO\\app1' -EmailAddresses app1@contoso.com",
    "new-exchangeserver HUB01 -Version 2010",
    "new-exchangeserver MBX01 -Version 2019",
    "new-receiveconnector Relay -Server HUB01 -Usage Custom -Bindings 0.0.0.0:2526 -RemoteIPRanges 10.0.0.7",
    "set-receiveconnector 'HUB01\\Relay' -PermissionGroups AnonymousUsers",
];

pub fn trials() -> Vec<Trial> {
    let store: Arc<OnceLock<Result<TempDir, String>>> = Arc::default();
    let lines = CMDLETS.iter().flat_map(|cmdlet| cmdlet.help.examples).map(|example| example.line);
    lines
        .map(|line| {
            let store = store.clone();
            Trial::test(format!("manual::example::{line}"), move || {
                let prepared = store.get_or_init(|| prepare().map_err(|why| format!("{why:?}")));
                example(prepared.as_ref()?.path(), line)
            })
        })
        .collect()
}

fn prepare() -> Result<TempDir, Failed> {
    let dir = tempfile::tempdir()?;
    let store = dir.path().join("store");
    for line in PREPARED {
        let ran = run(&world(&store, dir.path()), line, None, false);
        holds(ran.exit == Exit::Done, format!("{line}: {}", ran.err))?;
    }
    Ok(dir)
}

fn example(prepared: &Path, line: &str) -> Result<(), Failed> {
    let dir = tempfile::tempdir()?;
    copy(prepared, dir.path())?;
    let ran = run(&world(&dir.path().join("store"), dir.path()), line, None, false);
    let compares = line.starts_with("compare-");
    let wanted = if compares { Exit::No } else { Exit::Done };
    holds(ran.exit == wanted, format!("{:?}: {}{}", ran.exit, ran.out, ran.err))
}

fn copy(from: &Path, to: &Path) -> std::io::Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}
