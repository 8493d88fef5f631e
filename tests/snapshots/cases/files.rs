//! Files of a case and of its store, by their path below it, with plain slashes.

#![expect(clippy::disallowed_methods, reason = "tests read and write their fixtures")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use libtest_mimic::Failed;

/// A small tree of files.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Files(pub BTreeMap<String, Vec<u8>>);

impl Files {
    /// Every file below `dir`, git's own left out; none where there is no such directory.
    pub fn below(dir: &Path) -> Result<Self, Failed> {
        let mut found = Files::default();
        if dir.is_dir() {
            found.collect(dir, "")?;
        }
        Ok(found)
    }

    fn collect(&mut self, dir: &Path, prefix: &str) -> Result<(), Failed> {
        for entry in fs::read_dir(dir)? {
            let path = entry?.path();
            let below = format!("{prefix}{}", name(&path));
            if path.is_dir() && name(&path) != ".git" {
                self.collect(&path, &format!("{below}/"))?;
            } else if path.is_file() {
                self.0.insert(below, fs::read(&path)?);
            }
        }
        Ok(())
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Makes `dir` hold these files and no others.
    pub fn write(&self, dir: &Path) -> Result<(), Failed> {
        clear(dir)?;
        self.lay_over(dir)
    }

    /// Writes these files below `dir`, others left alone.
    pub fn lay_over(&self, dir: &Path) -> Result<(), Failed> {
        self.0.iter().try_for_each(|(path, bytes)| write(&dir.join(path), bytes))
    }

    /// Fails with the first file that is another one in `found`.
    pub fn same(&self, found: &Files) -> Result<(), Failed> {
        let none = Vec::new();
        for path in self.0.keys().chain(found.0.keys()) {
            let (wanted, found) = (self.0.get(path), found.0.get(path));
            if wanted != found {
                let text = |bytes: Option<&Vec<u8>>| match bytes {
                    Some(bytes) => String::from_utf8_lossy(bytes).into_owned(),
                    None => "(no such file)".to_owned(),
                };
                let same = wanted.unwrap_or(&none) == found.unwrap_or(&none);
                let empty = if same { " (one is empty, one is not there)" } else { "" };
                let described = format!("{path}{empty}\nfound:\n{}\nwanted:\n{}", text(found), text(wanted));
                return Err(described.into());
            }
        }
        Ok(())
    }
}

/// The directories in a directory, in order.
pub fn folders(dir: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(dir).into_iter().flatten().flatten().map(|entry| entry.path());
    let mut folders: Vec<PathBuf> = entries.filter(|path| path.is_dir()).collect();
    folders.sort();
    folders
}

/// The last part of a path.
pub fn name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

/// A file's text; the error names the file.
pub fn text(path: &Path) -> Result<String, Failed> {
    fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()).into())
}

/// Writes a file, and the directories that it needs.
pub fn write(path: &Path, bytes: &[u8]) -> Result<(), Failed> {
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent)?;
    }
    Ok(fs::write(path, bytes)?)
}

/// Takes a directory away with everything in it.
pub fn clear(dir: &Path) -> Result<(), Failed> {
    if dir.is_dir() { Ok(fs::remove_dir_all(dir)?) } else { Ok(()) }
}
