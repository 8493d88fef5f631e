//! One revision of the store, whole, as a reader sees it while writers write, with the hand edits of the work
//! tree over it. It refuses to know what the files mean.

use std::cell::{Cell, OnceCell, RefCell};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::Path;
use std::rc::Rc;

use git2::{ObjectType, Oid};

use super::change::When;
use super::error::{Result, StoreError};
use super::history::History;
use super::names::Names;
use super::repository::StoreRepository;
use super::revision::RevisionId;
use super::watch::{self, Found};
use super::{disk, objects, path, tree, walk};

/// A file of the store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stored {
    /// Its content.
    pub bytes: Vec<u8>,
    /// Whether this content was put there by hand and is in no revision yet.
    pub edited: bool,
}

/// A pinned revision.
pub struct View<'d> {
    repository: &'d StoreRepository,
    commit: Option<Oid>,
    when: Option<When>,
    tree: Option<Oid>,
    /// Whether the work tree is looked at: an old revision has no hand edits.
    current: bool,
    trees: RefCell<HashMap<Oid, Rc<tree::Directory>>>,
    /// How many names were asked for, and what may know them without a tree.
    asked: Cell<u32>,
    names: OnceCell<RefCell<Option<Names>>>,
    /// What directories of the work tree list, each read once.
    present: RefCell<HashMap<String, Rc<[String]>>>,
}

/// Beyond so many names a large tree is read whole.
const FEW: u32 = 16;

impl<'d> View<'d> {
    pub(super) fn current(repository: &'d StoreRepository) -> Result<Self> {
        View::pin(repository, super::head::commit(&repository.repo)?, repository.top.is_some())
    }

    /// A revision that a writer pinned before, with the hand edits over it.
    pub(super) fn pinned(repository: &'d StoreRepository, commit: Option<Oid>) -> Result<Self> {
        View::pin(repository, commit, repository.top.is_some())
    }

    pub(super) fn old(repository: &'d StoreRepository, commit: Oid) -> Result<Self> {
        View::pin(repository, Some(commit), false)
    }

    fn pin(repository: &'d StoreRepository, commit: Option<Oid>, current: bool) -> Result<Self> {
        let record = commit.map(|commit| walk::commit(&repository.repo, commit)).transpose()?;
        let (when, tree) = record.map(|record| (record.when, record.tree)).unzip();
        let (trees, names, present) = (RefCell::default(), OnceCell::new(), RefCell::default());
        Ok(View { repository, commit, when, tree, current, trees, asked: Cell::new(0), names, present })
    }

    /// The revision; none before the first.
    #[must_use]
    pub fn revision(&self) -> Option<RevisionId> {
        self.commit.map(RevisionId::new)
    }

    /// When the revision was committed.
    pub(crate) fn when(&self) -> Option<When> {
        self.when
    }

    /// Reads a file like `servers/HUB01.toml`; none when there is none, or a hand took it away.
    ///
    /// # Errors
    /// A name that cannot be one, a damaged object, a symbolic link, an unreadable file.
    pub fn file(&self, name: &str) -> Result<Option<Stored>> {
        let path = self.repository.full(name)?;
        let pinned = self.entry(&path)?.map(|(_, id)| id);
        let stored = |bytes, edited| Stored { bytes, edited };
        match self.look(&path, pinned)? {
            Found::Same(bytes) => Ok(Some(stored(bytes, false))),
            Found::Edited(bytes) => Ok(bytes.map(|bytes| stored(bytes, true))),
            Found::Pinned => Ok(self.blob(pinned)?.map(|bytes| stored(bytes, false))),
        }
    }

    /// Reads a file as the revision holds it, whatever a hand did since.
    ///
    /// # Errors
    /// As [`View::file`].
    pub fn committed(&self, name: &str) -> Result<Option<Vec<u8>>> {
        self.blob(self.entry(&self.repository.full(name)?)?.map(|(_, id)| id))
    }

    /// Whether the revision holds a file, whatever a hand did since.
    ///
    /// # Errors
    /// As [`View::file`].
    pub(crate) fn is_committed(&self, name: &str) -> Result<bool> {
        Ok(self.entry(&self.repository.full(name)?)?.is_some())
    }

    /// The names in a directory like `servers`, in order: the revision's, with those that a hand added and
    /// without those that it took away.
    ///
    /// # Errors
    /// As [`View::file`].
    pub fn list(&self, directory: &str) -> Result<Vec<String>> {
        Ok(self.listed(directory)?.0)
    }

    /// As [`View::list`] in less time: the names that the work tree has, with no look at the revision unless there
    /// is no work tree. What is no file of the store may be among them.
    ///
    /// # Errors
    /// As [`View::file`].
    pub fn present(&self, directory: &str) -> Result<Rc<[String]>> {
        match self.repository.top.as_ref().filter(|_| self.current) {
            Some(top) => self.present_in(top, &self.repository.full(directory)?),
            None => self.list(directory).map(Rc::from),
        }
    }

    /// The names that a directory of the work tree lists, in order.
    fn present_in(&self, top: &Path, directory: &str) -> Result<Rc<[String]>> {
        if let Some(names) = self.present.borrow().get(directory) {
            return Ok(Rc::clone(names));
        }
        let names: Rc<[String]> = disk::names(top, directory)?.into();
        self.present.borrow_mut().insert(directory.to_owned(), Rc::clone(&names));
        Ok(names)
    }

    /// Those of `names`, files in a directory, that `may` says yes to, by what the work tree holds; all of them where
    /// that is not this revision's. No file is compared with the revision.
    ///
    /// # Errors
    /// As [`View::file`].
    pub fn filtered(
        &self,
        directory: &str,
        names: Vec<String>,
        may: impl Fn(&[u8]) -> bool + Sync,
    ) -> Result<Vec<String>> {
        let Some(top) = self.repository.top.as_ref().filter(|_| self.current && self.is_settled()) else {
            return Ok(names);
        };
        let at = top.join(self.repository.full(directory)?);
        let kept = disk::filtered(&at, &names, may);
        // A change that began meanwhile may have replaced files that were read and others that were not.
        Ok(if self.is_settled() { kept } else { names })
    }

    /// Whether the work tree is that of this revision but for hand edits: no change is under way.
    fn is_settled(&self) -> bool {
        let repo = &self.repository.repo;
        let unfinished = super::intent::read(&super::head::state_dir(repo));
        matches!(unfinished, Ok(None)) && super::head::commit(repo).is_ok_and(|now| now == self.commit)
    }

    /// As [`View::list`], and the names that a hand took away.
    ///
    /// # Errors
    /// As [`View::file`].
    pub fn listed(&self, directory: &str) -> Result<(Vec<String>, Vec<String>)> {
        let full = self.repository.full(directory)?;
        let Some(top) = self.repository.top.as_ref().filter(|_| self.current) else {
            return Ok((self.committed_names(&full)?.into_keys().collect(), Vec::new()));
        };
        let present = self.present_in(top, &full)?;
        if self.holds_exactly(&full, &present)? {
            return Ok((present.to_vec(), Vec::new()));
        }
        let committed: BTreeSet<String> = self.committed_names(&full)?.into_keys().collect();
        let present: BTreeSet<String> = present.iter().cloned().collect();
        let mut names = committed.clone();
        for name in committed.symmetric_difference(&present) {
            let path = path::join(&full, name);
            match self.look(&path, self.entry(&path)?.map(|(_, id)| id)) {
                Ok(Found::Edited(Some(_))) => names.insert(name.clone()),
                Ok(Found::Edited(None)) => names.remove(name),
                // What is no plain file is no file of the store.
                Ok(_) | Err(StoreError::NotPlain(_)) => continue,
                Err(error) => return Err(error),
            };
        }
        let gone = committed.difference(&names).cloned().collect();
        Ok((names.into_iter().collect(), gone))
    }

    /// The files that hands changed, added or took away, below the files and directories named; each is read.
    ///
    /// # Errors
    /// As [`View::file`].
    pub fn edited(&self, places: &[&str]) -> Result<Vec<String>> {
        let Some(top) = self.repository.top.as_ref().filter(|_| self.current) else { return Ok(Vec::new()) };
        let mut edited = Vec::new();
        for place in places {
            let full = self.repository.full(place)?;
            let mut names: BTreeSet<String> =
                self.committed_names(&full).unwrap_or_default().into_keys().collect();
            if disk::facts(&top.join(&full))?.is_some_and(|facts| facts.is_dir()) {
                names.extend(disk::names(top, &full)?);
            }
            let mut paths: Vec<String> = names.iter().map(|name| path::join(place, name)).collect();
            if paths.is_empty() {
                paths.push((*place).to_owned());
            }
            for name in paths {
                if self.is_edited(&name)? {
                    edited.push(name);
                }
            }
        }
        Ok(edited)
    }

    /// The revisions up to this one, newest first, as [`StoreRepository::history`] gives them.
    ///
    /// # Errors
    /// As [`StoreRepository::history`].
    pub fn history(&self, path: Option<&str>) -> Result<History<'d>> {
        History::from(self.repository, self.commit, path)
    }

    fn is_edited(&self, name: &str) -> Result<bool> {
        let path = self.repository.full(name)?;
        let pinned = match self.entry(&path) {
            // A place that is a directory without files.
            Err(StoreError::NotPlain(_)) => return Ok(false),
            entry => entry?.map(|(_, id)| id),
        };
        match self.look(&path, pinned) {
            Err(StoreError::NotPlain(_)) if pinned.is_none() => Ok(false),
            found => Ok(matches!(found?, Found::Edited(_))),
        }
    }

    fn look(&self, path: &str, pinned: Option<Oid>) -> Result<Found> {
        if self.current { watch::look(self.repository, self.commit, path, pinned) } else { Ok(Found::Pinned) }
    }

    fn blob(&self, id: Option<Oid>) -> Result<Option<Vec<u8>>> {
        id.map(|id| objects::read(&self.repository.repo, id, ObjectType::Blob)).transpose()
    }

    /// The files that the revision holds at a place, itself or in it, with their hashes.
    pub(super) fn committed_files(&self, place: &str) -> Result<BTreeMap<String, Oid>> {
        let full = self.repository.full(place)?;
        match self.walk(&full)? {
            Some((mode, id)) if mode != tree::DIRECTORY => Ok(BTreeMap::from([(place.to_owned(), id)])),
            _ => {
                let files = self.committed_names(&full)?.into_iter();
                Ok(files.map(|(name, id)| (path::join(place, &name), id)).collect())
            }
        }
    }

    /// Whether a directory of the revision has files of these names, in order, and nothing else.
    fn holds_exactly(&self, directory: &str, names: &[String]) -> Result<bool> {
        let Some((tree::DIRECTORY, id)) = self.walk(directory)? else { return Ok(false) };
        let directory = self.tree(id)?;
        let mut names = names.iter();
        let is_next = |entry: Option<tree::Entry<'_>>| {
            entry.is_some_and(|entry| {
                entry.is_file() && names.next().is_some_and(|name| name.as_bytes() == entry.name)
            })
        };
        Ok(tree::entries(&directory.bytes).all(is_next) && names.next().is_none())
    }

    /// The names of the files in a directory, with their hashes.
    fn committed_names(&self, directory: &str) -> Result<BTreeMap<String, Oid>> {
        let Some(id) = self.walk(directory)?.filter(|(mode, _)| *mode == tree::DIRECTORY).map(|(_, id)| id)
        else {
            return Ok(BTreeMap::new());
        };
        let directory = self.tree(id)?;
        let mut names = BTreeMap::new();
        for entry in tree::entries(&directory.bytes) {
            let entry = entry.ok_or_else(|| malformed(id))?;
            if entry.is_file() {
                names.insert(String::from_utf8_lossy(entry.name).into_owned(), entry.id);
            }
        }
        Ok(names)
    }

    /// The mode and hash of a file, named from the top.
    pub(super) fn entry(&self, path: &str) -> Result<Option<(u32, Oid)>> {
        match self.walk(path)? {
            Some((mode, _)) if mode & 0o170_000 != 0o100_000 => Err(StoreError::NotPlain(path.to_owned())),
            found => Ok(found),
        }
    }

    /// The mode and hash of whatever the revision holds at a path.
    fn walk(&self, path: &str) -> Result<Option<(u32, Oid)>> {
        let Some(root) = self.tree else { return Ok(None) };
        let mut found = (tree::DIRECTORY, root);
        for part in path.split('/') {
            let (mode, id) = found;
            if mode != tree::DIRECTORY {
                return Err(StoreError::NotPlain(path.to_owned()));
            }
            match self.find(id, part)? {
                Some(entry) => found = entry,
                None => return Ok(None),
            }
        }
        Ok(Some(found))
    }

    /// The mode and id that a name has in a tree.
    fn find(&self, tree: Oid, name: &str) -> Result<Option<(u32, Oid)>> {
        if !self.trees.borrow().contains_key(&tree) && self.asked.replace(self.asked.get() + 1) < FEW {
            let open = || RefCell::new(Names::open(&super::head::state_dir(&self.repository.repo)));
            let mut names = self.names.get_or_init(open).borrow_mut();
            if let Some(found) = names.as_mut().and_then(|names| names.find(tree, name)) {
                return Ok(found);
            }
        }
        self.tree(tree)?.find(name).ok_or_else(|| malformed(tree))
    }

    /// A tree, read once a view.
    pub(super) fn tree(&self, id: Oid) -> Result<Rc<tree::Directory>> {
        if let Some(read) = self.trees.borrow().get(&id) {
            return Ok(Rc::clone(read));
        }
        let read = Rc::new(tree::Directory::new(objects::read(&self.repository.repo, id, ObjectType::Tree)?));
        self.trees.borrow_mut().insert(id, Rc::clone(&read));
        Ok(read)
    }

    pub(super) fn root(&self) -> Option<Oid> {
        self.tree
    }

    pub(super) fn commit(&self) -> Option<Oid> {
        self.commit
    }
}

pub(super) fn malformed(id: Oid) -> StoreError {
    StoreError::damaged(format!("tree {id}"), "it does not parse")
}
