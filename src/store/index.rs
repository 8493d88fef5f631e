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
    match Index::open(&file(repo)) {
        Err(error) if error.message().contains("mandatory extension") => {
            Err(StoreError::Busy("its index is split or sparse, which only git itself can write"))
        }
        _ => Ok(()),
    }
}

/// Sets the entries.
pub(super) fn update(repo: &Repository, top: &Path, state_dir: &Path, wanted: &[Wanted<'_>]) -> Result<()> {
    let target = file(repo);
    gitlock::take(state_dir, &target)?;
    let done = rewrite(&target, top, state_dir, wanted);
    let released = gitlock::release(&target);
    done.and(released)
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
    if let Some(bytes) = disk::read_any(target)? {
        disk::append(&temp_path, &bytes)?;
    }
    let failed = || StoreError::git("bringing the index up to date");
    // Opened by its path alone it knows no repository: libgit2 has nothing to scan, filter or ask.
    let mut index = Index::open(&temp_path).map_err(failed())?;
    distrust(&mut index, target)?;
    for file in wanted {
        if !is_ours(&index, file) {
            continue;
        }
        match file.entry {
            Some((mode, id)) => index.add(&entry(top, file.path, mode, id)?),
            None => index.remove(Path::new(file.path), 0),
        }
        .or_else(|error| if error.code() == git2::ErrorCode::NotFound { Ok(()) } else { Err(error) })
        .map_err(failed())?;
    }
    index.write().map_err(failed())?;
    disk::sync_file(&temp_path)?;
    disk::replace(&temp_path, target)
}

fn is_ours(index: &Index, file: &Wanted<'_>) -> bool {
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
