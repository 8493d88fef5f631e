//! The revisions of the store, newest first, each with its sentence. What changed inside a file is read above.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use git2::{ObjectType, Oid};

use super::change::{Person, When};
use super::error::Result;
use super::record::Record;
use super::repository::StoreRepository;
use super::revision::RevisionId;
use super::tree::Held;
use super::view::malformed;
use super::walk::{Walk, commit};
use super::{head, objects, path, tree};

/// Trees that were read: of two neighbours in a history, the one's are the other's too.
pub struct Trees<'r> {
    repository: &'r StoreRepository,
    read: RefCell<HashMap<Oid, Rc<[u8]>>>,
}

impl<'r> Trees<'r> {
    /// More than two revisions have of their own.
    const KEPT: usize = 16;

    /// None read yet.
    #[must_use]
    pub fn of(repository: &'r StoreRepository) -> Self {
        Trees { repository, read: RefCell::default() }
    }

    fn get(&self, id: Oid) -> Result<Rc<[u8]>> {
        if let Some(read) = self.read.borrow().get(&id) {
            return Ok(Rc::clone(read));
        }
        let tree: Rc<[u8]> = objects::read(&self.repository.repo, id, ObjectType::Tree)?.into();
        let mut read = self.read.borrow_mut();
        if read.len() >= Self::KEPT {
            read.clear();
        }
        read.insert(id, Rc::clone(&tree));
        Ok(tree)
    }

    /// What a tree holds at a place (empty for the tree itself).
    fn held(&self, root: Oid, place: &str) -> Result<Held> {
        let mut found = (tree::DIRECTORY, root);
        for part in place.split('/').filter(|part| !part.is_empty()) {
            if found.0 != tree::DIRECTORY {
                return Ok(None);
            }
            match tree::find(&self.get(found.1)?, part).ok_or_else(|| malformed(found.1))? {
                Some(entry) => found = (entry.mode, entry.id),
                None => return Ok(None),
            }
        }
        Ok(Some(found))
    }

    /// Collects the files that differ between two things at a path.
    fn compare(&self, old: Held, new: Held, at: &str, paths: &mut Vec<String>) -> Result<()> {
        if old == new {
            return Ok(());
        }
        let is_file = |held: Held| held.is_some_and(|(mode, _)| mode != tree::DIRECTORY);
        if is_file(old) || is_file(new) {
            paths.push(at.to_owned());
        }
        let (was, is) = (self.directory(old)?, self.directory(new)?);
        let broken = || {
            let is_broken = |bytes: &[u8]| tree::entries(bytes).any(|entry| entry.is_none());
            let held = if is_broken(&was) { old } else { new };
            malformed(held.map_or(Oid::ZERO_SHA1, |(_, id)| id))
        };
        for (name, old, new) in tree::differences(&was, &is).ok_or_else(broken)? {
            self.compare(old, new, &path::join(at, &String::from_utf8_lossy(name)), paths)?;
        }
        Ok(())
    }

    /// A tree; of what is none, one without entries.
    fn directory(&self, held: Held) -> Result<Rc<[u8]>> {
        match held {
            Some((tree::DIRECTORY, id)) => self.get(id),
            _ => Ok(Rc::default()),
        }
    }
}

/// One revision, as its commit words it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Revision {
    /// Its full name.
    pub id: RevisionId,
    /// The one before; none for the first, also of a shallow clone.
    pub parent: Option<RevisionId>,
    /// When it was made.
    pub when: When,
    /// Who made it.
    pub author: Person,
    /// The first line.
    pub subject: String,
    /// What follows, without the trailers.
    pub body: String,
    /// The lines `Key: value` at the end.
    pub trailers: Vec<(String, String)>,
    tree: Oid,
    /// The tree of the one before, where the walk has met it already.
    parent_tree: Option<Oid>,
}

impl Revision {
    /// The files of the store that it changed, in order.
    ///
    /// # Errors
    /// A damaged object.
    pub fn paths(&self, trees: &Trees<'_>) -> Result<Vec<String>> {
        let StoreRepository { repo, prefix, .. } = trees.repository;
        let new = trees.held(self.tree, prefix)?;
        let old = match (self.parent_tree, self.parent) {
            (Some(tree), _) => trees.held(tree, prefix)?,
            (None, Some(parent)) => trees.held(commit(repo, parent.oid())?.tree, prefix)?,
            (None, None) => None,
        };
        let mut paths = Vec::new();
        trees.compare(old, new, "", &mut paths)?;
        paths.sort_unstable();
        Ok(paths)
    }
}

/// An iterator over revisions.
pub struct History<'d> {
    trees: Trees<'d>,
    walk: Walk<'d>,
    /// What a revision must have touched, from the top; empty for anything.
    place: String,
}

impl<'d> History<'d> {
    pub(super) fn new(repository: &'d StoreRepository, path: Option<&str>) -> Result<Self> {
        History::from(repository, head::commit(&repository.repo)?, path)
    }

    pub(super) fn from(
        repository: &'d StoreRepository,
        commit: Option<Oid>,
        path: Option<&str>,
    ) -> Result<Self> {
        if let Some(path) = path {
            path::check(path)?;
        }
        let place =
            path.map_or_else(|| repository.prefix.clone(), |path| path::join(&repository.prefix, path));
        Ok(History { trees: Trees::of(repository), walk: Walk::new(&repository.repo, commit)?, place })
    }

    /// Whether a commit's place is not what any of its parents had there.
    fn touched(&self, record: &Record) -> Result<bool> {
        if self.place.is_empty() {
            return Ok(true);
        }
        let new = self.trees.held(record.tree, &self.place)?;
        let mut parents = 0;
        for parent in &record.parents {
            let tree = match self.walk.tree(*parent) {
                Some(tree) => tree,
                None => commit(&self.trees.repository.repo, *parent)?.tree,
            };
            if self.trees.held(tree, &self.place)? == new {
                return Ok(false);
            }
            parents += 1;
        }
        Ok(parents > 0 || new.is_some())
    }
}

impl Iterator for History<'_> {
    type Item = Result<Revision>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let (id, record) = match self.walk.next()? {
                Ok(found) => found,
                Err(error) => return Some(Err(error)),
            };
            match self.touched(&record) {
                Ok(false) => {}
                Ok(true) => {
                    let parent_tree = record.parents.first().and_then(|parent| self.walk.tree(*parent));
                    return Some(Ok(worded(id, record, parent_tree)));
                }
                Err(error) => return Some(Err(error)),
            }
        }
    }
}

fn worded(id: Oid, record: Record, parent_tree: Option<Oid>) -> Revision {
    let (subject, rest) = record.message.split_once('\n').unwrap_or((&record.message, ""));
    let (body, trailers) = split(rest, &record.message);
    Revision {
        id: RevisionId::new(id),
        parent: record.parents.first().copied().map(RevisionId::new),
        when: record.when,
        subject: subject.trim_end().to_owned(),
        author: record.author,
        body,
        trailers,
        tree: record.tree,
        parent_tree,
    }
}

/// Parts the trailers, by git's rule, from the body: they are its last paragraph or not there.
fn split(rest: &str, whole: &str) -> (String, Vec<(String, String)>) {
    let found = git2::message_trailers_bytes(whole);
    let lossy = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let trailers: Vec<_> =
        found.map(|all| all.iter().map(|(k, v)| (lossy(k), lossy(v))).collect()).unwrap_or_default();
    let body = rest.trim();
    if trailers.is_empty() {
        return (body.to_owned(), trailers);
    }
    let above = body.rsplit_once("\n\n").map_or("", |(above, _)| above);
    (above.trim_end().to_owned(), trailers)
}
