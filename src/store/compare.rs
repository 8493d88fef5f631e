//! Which files of the store differ between two revisions, by the names and hashes of their trees alone.

use std::collections::BTreeMap;

use git2::Oid;

use super::error::Result;
use super::view::View;

/// Where the store keeps files: itself, and its two directories.
const PLACES: [&str; 3] = ["exch.toml", "servers", "organization"];

impl View<'_> {
    /// The files that differ from an older view, hand edits over this one included, in order.
    ///
    /// # Errors
    /// A damaged tree, or a file of the work tree that cannot be read.
    pub(crate) fn changed_since(&self, older: &View<'_>) -> Result<Vec<String>> {
        let (new, old) = (self.hashes()?, older.hashes()?);
        let differs = |name: &&String| new.get(*name) != old.get(*name);
        let mut names: Vec<String> = new.keys().chain(old.keys()).filter(differs).cloned().collect();
        names.extend(self.edited(&PLACES)?);
        names.sort();
        names.dedup();
        Ok(names)
    }

    /// The store's files in this revision, with their hashes.
    fn hashes(&self) -> Result<BTreeMap<String, Oid>> {
        let mut hashes = BTreeMap::new();
        for place in PLACES {
            hashes.append(&mut self.committed_files(place)?);
        }
        Ok(hashes)
    }
}
