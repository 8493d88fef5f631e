//! Walks a history from one commit back, newest first, as `git log` orders it. libgit2 could, but would read
//! loose objects by itself (see `inflate`).

use std::collections::{BinaryHeap, HashSet};

use git2::{ObjectType, Oid, Repository};

use super::error::{Result, StoreError};
use super::objects;
use super::record::Record;

/// Reads a commit.
pub(super) fn commit(repo: &Repository, id: Oid) -> Result<Record> {
    let bytes = objects::read(repo, id, ObjectType::Commit)?;
    Record::parse(&bytes).ok_or_else(|| StoreError::damaged(format!("commit {id}"), "it does not parse"))
}

/// The commits that are reached from one, each with its text.
pub(super) struct Walk<'r> {
    repo: &'r Repository,
    waiting: BinaryHeap<(i64, Oid)>,
    records: std::collections::HashMap<Oid, Record>,
    met: HashSet<Oid>,
}

impl<'r> Walk<'r> {
    pub(super) fn new(repo: &'r Repository, from: Option<Oid>) -> Result<Self> {
        let records = std::collections::HashMap::new();
        let mut walk = Walk { repo, waiting: BinaryHeap::new(), records, met: HashSet::new() };
        from.map_or(Ok(()), |id| walk.meet(id))?;
        Ok(walk)
    }

    fn meet(&mut self, id: Oid) -> Result<()> {
        if self.met.insert(id) {
            let record = commit(self.repo, id)?;
            self.waiting.push((record.when.seconds, id));
            self.records.insert(id, record);
        }
        Ok(())
    }

    /// Where a shallow clone ends, the parents are not there.
    fn is_cut(&self) -> bool {
        self.repo.is_shallow()
    }
}

impl Iterator for Walk<'_> {
    type Item = Result<(Oid, Record)>;

    fn next(&mut self) -> Option<Self::Item> {
        let (_, id) = self.waiting.pop()?;
        let record = self.records.remove(&id)?;
        for parent in &record.parents {
            match self.meet(*parent) {
                Err(_) if self.is_cut() => {}
                Err(error) => {
                    self.waiting.clear();
                    return Some(Err(error));
                }
                Ok(()) => {}
            }
        }
        Some(Ok((id, record)))
    }
}
