//! Walks a history from one commit back, newest first, as `git log` orders it. libgit2 could, but would read
//! loose objects by itself (see `inflate`).

use std::collections::{BinaryHeap, HashSet};

use git2::{ObjectType, Oid, Repository};

use super::error::{Result, StoreError};
use super::record::Record;
use super::{disk, objects};

/// Reads a commit.
pub(super) fn commit(repo: &Repository, id: Oid) -> Result<Record> {
    let bytes = objects::read(repo, id, ObjectType::Commit)?;
    Record::parse(&bytes).ok_or_else(|| StoreError::damaged(format!("commit {id}"), "it does not parse"))
}

/// Where the history of a shallow clone ends: the commits whose parents were not fetched, as `shallow` in the git
/// directory lists them. None elsewhere.
pub(super) struct Boundary(HashSet<Oid>);

impl Boundary {
    pub(super) fn of(repo: &Repository) -> Result<Self> {
        let bytes = disk::read_any(&repo.commondir().join("shallow"))?.unwrap_or_default();
        let text = String::from_utf8_lossy(&bytes);
        Ok(Boundary(text.lines().filter_map(|line| Oid::from_str(line).ok()).collect()))
    }

    /// Reads a commit; one at the boundary has no parents.
    pub(super) fn commit(&self, repo: &Repository, id: Oid) -> Result<Record> {
        let mut record = commit(repo, id)?;
        if self.0.contains(&id) {
            record.parents.clear();
        }
        Ok(record)
    }
}

/// The commits that are reached from one, each with its text.
pub(super) struct Walk<'r> {
    repo: &'r Repository,
    boundary: Boundary,
    waiting: BinaryHeap<(i64, Oid)>,
    records: std::collections::HashMap<Oid, Record>,
    met: HashSet<Oid>,
}

impl<'r> Walk<'r> {
    pub(super) fn new(repo: &'r Repository, from: Option<Oid>) -> Result<Self> {
        let records = std::collections::HashMap::new();
        let boundary = Boundary::of(repo)?;
        let mut walk = Walk { repo, boundary, waiting: BinaryHeap::new(), records, met: HashSet::new() };
        from.map_or(Ok(()), |id| walk.meet(id))?;
        Ok(walk)
    }

    /// The tree of a commit that was met and not yet given.
    pub(super) fn tree(&self, id: Oid) -> Option<Oid> {
        self.records.get(&id).map(|record| record.tree)
    }

    fn meet(&mut self, id: Oid) -> Result<()> {
        if self.met.insert(id) {
            let record = self.boundary.commit(self.repo, id)?;
            self.waiting.push((record.when.seconds, id));
            self.records.insert(id, record);
        }
        Ok(())
    }
}

impl Iterator for Walk<'_> {
    type Item = Result<(Oid, Record)>;

    fn next(&mut self) -> Option<Self::Item> {
        let (_, id) = self.waiting.pop()?;
        let record = self.records.remove(&id)?;
        for parent in &record.parents {
            if let Err(error) = self.meet(*parent) {
                self.waiting.clear();
                return Some(Err(error));
            }
        }
        Some(Ok((id, record)))
    }
}
