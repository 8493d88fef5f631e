//! The revisions of the store, newest first, each with its sentence. What changed inside a file is read above.

use std::collections::BTreeMap;

use git2::{ObjectType, Oid, Repository};

use super::change::{Person, When};
use super::error::Result;
use super::record::Record;
use super::repository::StoreRepository;
use super::revision::RevisionId;
use super::view::malformed;
use super::walk::{Walk, commit};
use super::{head, objects, path, tree};

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
    pub fn paths(&self, repository: &StoreRepository) -> Result<Vec<String>> {
        let repo = &repository.repo;
        let new = held(repo, self.tree, &repository.prefix)?;
        let old = match (self.parent_tree, self.parent) {
            (Some(tree), _) => held(repo, tree, &repository.prefix)?,
            (None, Some(parent)) => held(repo, commit(repo, parent.oid())?.tree, &repository.prefix)?,
            (None, None) => None,
        };
        let mut paths = Vec::new();
        compare(repo, old, new, "", &mut paths)?;
        paths.sort_unstable();
        Ok(paths)
    }
}

type Held = Option<(u32, Oid)>;
type Names = BTreeMap<Vec<u8>, (Held, Held)>;

/// What a tree holds at a place (empty for the tree itself).
fn held(repo: &Repository, root: Oid, place: &str) -> Result<Held> {
    let mut found = (tree::DIRECTORY, root);
    for part in place.split('/').filter(|part| !part.is_empty()) {
        if found.0 != tree::DIRECTORY {
            return Ok(None);
        }
        let bytes = objects::read(repo, found.1, ObjectType::Tree)?;
        match tree::find(&bytes, part).ok_or_else(|| malformed(found.1))? {
            Some(entry) => found = (entry.mode, entry.id),
            None => return Ok(None),
        }
    }
    Ok(Some(found))
}

/// Collects the files that differ between two things at a path.
fn compare(repo: &Repository, old: Held, new: Held, at: &str, paths: &mut Vec<String>) -> Result<()> {
    if old == new {
        return Ok(());
    }
    let is_file = |held: Held| held.is_some_and(|(mode, _)| mode != tree::DIRECTORY);
    if is_file(old) || is_file(new) {
        paths.push(at.to_owned());
    }
    let mut sides = Names::new();
    gather(repo, old, &mut sides, |pair, held| pair.0 = held)?;
    gather(repo, new, &mut sides, |pair, held| pair.1 = held)?;
    for (name, (old, new)) in sides.into_iter().filter(|(_, (old, new))| old != new) {
        compare(repo, old, new, &path::join(at, &String::from_utf8_lossy(&name)), paths)?;
    }
    Ok(())
}

/// Puts what a tree holds on its side of the comparison; what is no tree holds nothing.
fn gather(repo: &Repository, held: Held, sides: &mut Names, put: fn(&mut (Held, Held), Held)) -> Result<()> {
    let Some((tree::DIRECTORY, id)) = held else { return Ok(()) };
    let bytes = objects::read(repo, id, ObjectType::Tree)?;
    for entry in tree::entries(&bytes) {
        let entry = entry.ok_or_else(|| malformed(id))?;
        put(sides.entry(entry.name.to_vec()).or_default(), Some((entry.mode, entry.id)));
    }
    Ok(())
}

/// An iterator over revisions.
pub struct History<'d> {
    repo: &'d Repository,
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
        Ok(History { repo: &repository.repo, walk: Walk::new(&repository.repo, commit)?, place })
    }

    /// Whether a commit's place is not what any of its parents had there.
    fn touched(&self, record: &Record) -> Result<bool> {
        if self.place.is_empty() {
            return Ok(true);
        }
        let new = held(self.repo, record.tree, &self.place)?;
        let mut parents = 0;
        for parent in &record.parents {
            let parent = commit(self.repo, *parent)?;
            if held(self.repo, parent.tree, &self.place)? == new {
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
