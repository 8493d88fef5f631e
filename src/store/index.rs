//! Brings git's index up to date for the files of a change, so that `git status` is quiet. Entries of other
//! files stay as their owner staged them. The work tree is never scanned, and nothing that the repository names
//! is run: the index is changed in a copy of the store's own, which is renamed into place under git's lock.

use std::fs::Metadata;
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
    /// The facts about the file when this writer wrote it: where they still hold, it is not read again.
    pub written: Option<&'a Metadata>,
    /// When given, the entry is changed only if it has one of these (or is absent): else its owner staged it.
    pub over: Option<[Option<Oid>; 2]>,
}

/// git's index as it was found, in a copy of the store's own that is not written yet.
pub(super) struct Found {
    index: Index,
    facts: Option<Metadata>,
}

/// Reads the index. One of a kind that only git itself can write is refused: left behind, it would have the next
/// `git commit` take the change back.
pub(super) fn open(repo: &Repository, state_dir: &Path) -> Result<Found> {
    let (target, temp_path) = (file(repo), temp_path(state_dir));
    // A pipe would be read for ever, with the store's lock held.
    if disk::facts(&target)?.is_some_and(|facts| !facts.is_file()) {
        return Err(StoreError::NotPlain("the index of its repository".to_owned()));
    }
    disk::remove(&temp_path)?;
    disk::remove(&state_dir.join("index.lock"))?;
    let facts = disk::link(&target, &temp_path)?;
    match parse(&temp_path) {
        Ok(index) => Ok(Found { index, facts }),
        Err(error) => disk::remove(&temp_path).and(Err(error)),
    }
}

/// Reads an index by its path alone, so that it knows no repository: libgit2 has nothing to scan, filter or ask.
fn parse(path: &Path) -> Result<Index> {
    let index = Index::open(path).map_err(|error| match error.message() {
        text if text.contains("mandatory extension") => {
            StoreError::Busy("its index is split or sparse, which only git itself can write")
        }
        _ => StoreError::git("reading the index")(error),
    })?;
    if index.len() < count(path)? {
        // libgit2 takes a file that it may not look at for one that is absent.
        let source = std::io::Error::other("not all of its entries were read");
        return Err(StoreError::disk("reading", path)(source));
    }
    Ok(index)
}

/// Sets the entries in the store's copy and keeps git's lock on the index. Gives the copy, which its caller syncs
/// before [`place`]. When it fails the lock is given back already.
pub(super) fn prepare(
    repo: &Repository,
    top: &Path,
    state_dir: &Path,
    found: Found,
    wanted: &[Wanted<'_>],
) -> Result<PathBuf> {
    let target = file(repo);
    gitlock::take(state_dir, &target)?;
    let rewritten = current(repo, state_dir, found).and_then(|found| rewrite(found, top, state_dir, wanted));
    rewritten.or_else(|error| gitlock::release(&target).and(Err(error)))
}

/// What was found, read again where git has replaced the index since. git's lock is held.
fn current(repo: &Repository, state_dir: &Path, found: Found) -> Result<Found> {
    let same = match (&found.facts, &disk::facts(&file(repo))?) {
        (Some(then), Some(now)) => system::is_same_file(then, now),
        (then, now) => then.is_none() && now.is_none(),
    };
    if same { Ok(found) } else { open(repo, state_dir) }
}

/// Puts the store's copy into the place of git's index, which stays locked.
pub(super) fn place(repo: &Repository, state_dir: &Path) -> Result<()> {
    let target = file(repo);
    disk::replace(&temp_path(state_dir), &target).or_else(|error| gitlock::release(&target).and(Err(error)))
}

/// Gives git's lock on the index back.
pub(super) fn release(repo: &Repository) -> Result<()> {
    gitlock::release(&file(repo))
}

/// Sets the entries, durably.
pub(super) fn update(repo: &Repository, top: &Path, state_dir: &Path, wanted: &[Wanted<'_>]) -> Result<()> {
    let found = open(repo, state_dir)?;
    let copy = prepare(repo, top, state_dir, found, wanted)?;
    let synced = disk::sync_together(&[copy]);
    let placed = synced.or_else(|error| release(repo).and(Err(error))).and_then(|()| place(repo, state_dir));
    placed.and_then(|()| disk::sync_dir(repo.path())).and_then(|()| release(repo))
}

/// Takes away what an update that was cut short left.
pub(super) fn abandon(repo: &Repository, state_dir: &Path) -> Result<()> {
    disk::remove(&temp_path(state_dir))?;
    disk::remove(&state_dir.join("index.lock"))?;
    gitlock::release(&file(repo))
}

fn rewrite(found: Found, top: &Path, state_dir: &Path, wanted: &[Wanted<'_>]) -> Result<PathBuf> {
    let failed = || StoreError::git("bringing the index up to date");
    let Found { mut index, facts } = found;
    if let Some(facts) = facts {
        distrust(&mut index, &facts)?;
    }
    for file in wanted {
        if !is_ours(&index, file) {
            continue;
        }
        if let Some((mode, id)) = file.entry {
            index.add(&entry(top, file, mode, id)?).map_err(failed())?;
        } else {
            drop_stage(&mut index, file.path, 0)?;
        }
        // The file is settled, as with `git add`: an index with both is one that git calls fatal.
        UNMERGED.into_iter().try_for_each(|stage| drop_stage(&mut index, file.path, stage))?;
    }
    index.write().map_err(failed())?;
    let temp_path = temp_path(state_dir);
    disk::adopt(&temp_path)?;
    Ok(temp_path)
}

/// How many entries the header of an index says it has (gitformat-index(5): `DIRC`, version, count; big-endian).
fn count(index: &Path) -> Result<usize> {
    let head = disk::read_head::<12>(index)?.unwrap_or_default();
    let [.., a, b, c, d] = head;
    Ok(usize::try_from(u32::from_be_bytes([a, b, c, d])).unwrap_or(usize::MAX))
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
fn distrust(index: &mut Index, facts: &Metadata) -> Result<()> {
    let written = facts.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok());
    let Some(written) = written else { return Ok(()) };
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
fn entry(top: &Path, file: &Wanted<'_>, mode: u32, id: Oid) -> Result<IndexEntry> {
    let path = file.path;
    let facts = disk::facts(&top.join(path))?;
    let is_untouched = match (file.written, &facts) {
        (Some(written), Some(facts)) => system::is_same_file(written, facts),
        _ => false,
    };
    let holds = is_untouched || disk::read(top, path)?.as_deref().map(blob_id).transpose()? == Some(id);
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
