//! What a session does to the files of a store: those that are new or other afterwards, in `after/`, and the paths
//! of those that are gone, in `gone`.

#![expect(clippy::disallowed_methods, reason = "tests read and write their fixtures")]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use libtest_mimic::Failed;

use super::files::{self, Files};

/// Everything else is as it was.
#[derive(Debug, PartialEq, Eq)]
pub struct Difference {
    after: Files,
    gone: BTreeSet<String>,
}

impl Difference {
    /// What tells the files at the end from those at the beginning.
    pub fn between(begun: &Files, ended: &Files) -> Self {
        let moved = ended.0.iter().filter(|(path, bytes)| begun.0.get(*path) != Some(bytes));
        Difference {
            after: Files(moved.map(|(path, bytes)| (path.clone(), bytes.clone())).collect()),
            gone: begun.0.keys().filter(|path| !ended.0.contains_key(*path)).cloned().collect(),
        }
    }

    /// What a case expects; nothing changes where it says nothing.
    pub fn read(case: &Path) -> Result<Self, Failed> {
        let gone = case.join("gone");
        let gone = if gone.exists() { files::text(&gone)? } else { String::new() };
        Ok(Difference {
            after: Files::below(&case.join("after"))?,
            gone: gone.lines().map(ToOwned::to_owned).collect(),
        })
    }

    /// Makes a case expect this.
    pub fn write(&self, case: &Path) -> Result<(), Failed> {
        self.after.write(&case.join("after"))?;
        let list = case.join("gone");
        if !self.gone.is_empty() {
            let lines: String = self.gone.iter().map(|path| format!("{path}\n")).collect();
            return files::write(&list, lines.as_bytes());
        }
        if list.exists() { Ok(fs::remove_file(list)?) } else { Ok(()) }
    }

    /// Fails with the first file that is another one than expected, or that a case lists although it is as it was.
    pub fn expect(&self, begun: &Files, ended: &Files) -> Result<(), Failed> {
        let mut wanted = begun.clone();
        wanted.0.retain(|path, _| !self.gone.contains(path));
        wanted.0.extend(self.after.0.clone());
        wanted.same(ended)?;
        let found = Difference::between(begun, ended);
        let listed = self.after.0.keys().filter(|path| !found.after.0.contains_key(*path));
        let idle: Vec<&String> = listed.chain(self.gone.difference(&found.gone)).collect();
        if idle.is_empty() { Ok(()) } else { Err(format!("as before, and need no mention: {idle:?}").into()) }
    }
}
