//! Brings git's index up to date for the files of a change, so that `git status` is quiet. Entries of other
//! files stay as their owner staged them. The work tree is never scanned, and nothing that the repository names
//! is run: the index is changed in a copy of the store's own and renamed into place under git's lock.

use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use git2::{Index, IndexEntry, Oid, Repository};

use super::error::{Result, StoreError};
use super::objects::blob_id;
use super::{disk, gitlock, system};

/// The entry that one file is to have; none takes it out.
pub(super) struct Wanted<'a> {
    pub path: &'a str,
    pub entry: Option<(u32, Oid)>,
    /// When given, the entry is changed only if it has one of these (or is absent): else its owner staged it.
    pub over: Option<[Option<Oid>; 2]>,
}

/// Refuses an index of a kind that only git itself can write: left behind, it would have the next `git commit`
/// take the change back. One that is broken holds nothing up: git says so by itself.
pub(super) fn check(repo: &Repository) -> Result<()> {
    let file = file(repo);
    // A pipe would be read for ever, with the store's lock held.
    if disk::facts(&file)?.is_some_and(|facts| !facts.is_file()) {
        return Err(StoreError::NotPlain("the index of its repository".to_owned()));
    }
    match Index::open(&file) {
        Err(error) if error.message().contains("mandatory extension") => {
            Err(StoreError::Busy("its index is split or sparse, which only git itself can write"))
        }
        _ => Ok(()),
    }
}

/// Sets the entries and keeps git's lock on the index, which [`release`] gives back. When it fails the lock is
/// given back already.
pub(super) fn put(repo: &Repository, top: &Path, state_dir: &Path, wanted: &[Wanted<'_>]) -> Result<()> {
    let target = file(repo);
    gitlock::take(state_dir, &target)?;
    match rewrite(&target, top, state_dir, wanted) {
        Ok(()) => Ok(()),
        Err(error) => gitlock::release(&target).and(Err(error)),
    }
}

/// Gives git's lock on the index back.
pub(super) fn release(repo: &Repository) -> Result<()> {
    gitlock::release(&file(repo))
}

/// Sets the entries.
pub(super) fn update(repo: &Repository, top: &Path, state_dir: &Path, wanted: &[Wanted<'_>]) -> Result<()> {
    put(repo, top, state_dir, wanted)?;
    release(repo)
}

/// Takes away what an update that was cut short left.
pub(super) fn abandon(repo: &Repository, state_dir: &Path) -> Result<()> {
    disk::remove(&temp_path(state_dir))?;
    disk::remove(&state_dir.join("index.lock"))?;
    gitlock::release(&file(repo))
}

fn rewrite(target: &Path, top: &Path, state_dir: &Path, wanted: &[Wanted<'_>]) -> Result<()> {
    let temp_path = temp_path(state_dir);
    disk::remove(&temp_path)?;
    disk::remove(&state_dir.join("index.lock"))?;
    let bytes = disk::read_any(target)?.unwrap_or_default();
    if !bytes.is_empty() {
        disk::append(&temp_path, &bytes)?;
    }
    let failed = || StoreError::git("bringing the index up to date");
    // Opened by its path alone it knows no repository: libgit2 has nothing to scan, filter or ask.
    let mut index = Index::open(&temp_path).map_err(failed())?;
    if index.len() < count(&bytes) {
        // libgit2 takes a file that it may not look at for one that is absent.
        let source = std::io::Error::other("not all of its entries were read");
        return Err(StoreError::disk("reading", &temp_path)(source));
    }
    distrust(&mut index, target)?;
    for file in wanted {
        if !is_ours(&index, file) {
            continue;
        }
        if let Some((mode, id)) = file.entry {
            index.add(&entry(top, file.path, mode, id)?).map_err(failed())?;
        } else {
            drop_stage(&mut index, file.path, 0)?;
        }
        // The file is settled, as with `git add`: an index with both is one that git calls fatal.
        UNMERGED.into_iter().try_for_each(|stage| drop_stage(&mut index, file.path, stage))?;
    }
    index.write().map_err(failed())?;
    disk::adopt(&temp_path)?;
    disk::sync_file(&temp_path)?;
    disk::replace(&temp_path, target)
}

/// How many entries the header of an index says it has (gitformat-index(5): `DIRC`, version, count; big-endian).
fn count(bytes: &[u8]) -> usize {
    let word = bytes.get(8..12).and_then(|word| <[u8; 4]>::try_from(word).ok());
    word.and_then(|word| usize::try_from(u32::from_be_bytes(word)).ok()).unwrap_or_default()
}

/// The stages of a path that a merge left in conflict: what it was, what it is here, what it is there.
const UNMERGED: [i32; 3] = [1, 2, 3];

fn drop_stage(index: &mut Index, path: &str, stage: i32) -> Result<()> {
    match index.remove(Path::new(path), stage) {
        Err(error) if error.code() != git2::ErrorCode::NotFound => {
            Err(StoreError::git("bringing the index up to date")(error))
        }
        _ => Ok(()),
    }
}

fn is_ours(index: &Index, file: &Wanted<'_>) -> bool {
    let is_unmerged = UNMERGED.iter().any(|stage| index.get_path(Path::new(file.path), *stage).is_some());
    if is_unmerged && file.over.is_some() {
        return false;
    }
    let staged = index.get_path(Path::new(file.path), 0).map(|entry| entry.id);
    file.over.is_none_or(|over| staged.is_none() || over.contains(&staged))
}

/// An entry as young as the index itself may be stale without showing it, and a younger index would hide that
/// for good: such entries lose their size, so that git looks at the file.
fn distrust(index: &mut Index, target: &Path) -> Result<()> {
    let written = disk::facts(target)?.and_then(|facts| facts.modified().ok());
    let Some(written) = written.and_then(|time| time.duration_since(UNIX_EPOCH).ok()) else { return Ok(()) };
    let second = i32::try_from(written.as_secs()).unwrap_or(i32::MAX);
    let written = git2::IndexTime::new(second, written.subsec_nanos());
    let young: Vec<IndexEntry> =
        index.iter().filter(|entry| entry.mtime >= written && entry.file_size != 0).collect();
    for mut entry in young {
        entry.file_size = 0;
        index.add(&entry).map_err(StoreError::git("bringing the index up to date"))?;
    }
    Ok(())
}

/// The entry of a file: with the facts about it if it holds what the entry says, without them if a hand was
/// quicker, so that git looks again.
fn entry(top: &Path, path: &str, mode: u32, id: Oid) -> Result<IndexEntry> {
    let facts = disk::facts(&top.join(path))?;
    let holds = disk::read(top, path)?.as_deref().map(blob_id).transpose()? == Some(id);
    let none = git2::IndexTime::new(0, 0);
    Ok(match facts {
        Some(facts) if holds => system::index_entry(&facts, path, id, mode),
        _ => IndexEntry {
            ctime: none,
            mtime: none,
            dev: 0,
            ino: 0,
            mode,
            uid: 0,
            gid: 0,
            file_size: 0,
            id,
            flags: 0,
            flags_extended: 0,
            path: path.as_bytes().to_vec(),
        },
    })
}

fn temp_path(state_dir: &Path) -> PathBuf {
    state_dir.join("index")
}

fn file(repo: &Repository) -> PathBuf {
    repo.path().join("index")
}
