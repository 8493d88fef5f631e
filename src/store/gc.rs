//! Keeps a change beside `git gc --prune=now`, which deletes every object that no branch named when it began: those of a
//! change under way among them, whatever their age.
//!
//! A change asks here before and after its branch moves. While a `git gc` runs, the change's objects are written once
//! more, as a pack with a `.keep` file, which git leaves alone; a later change takes that file away. What a `git gc`
//! that has ended took is written anew.

use std::path::Path;
use std::time::{Duration, SystemTime};

use git2::Repository;

use super::error::{Result, StoreError};
use super::objects::{self, NewObject};
use super::pack::{self, Keep};
use super::{disk, head};

/// git takes a `gc.pid` that is older for that of a process that died.
const STALE: Duration = Duration::from_secs(12 * 60 * 60);

/// Sees to it that the objects outlast a `git gc` that runs, or that has just ended. The store's lock is held, and
/// the intent record is of now.
pub(super) fn outlast(repo: &Repository, new: &[NewObject]) -> Result<()> {
    if is_running(repo)? {
        return pack::write(repo, new, Keep::FromGit);
    }
    // What stays kept is only packed later.
    let _ = pack::hand_over(repo);
    if objects::are_loose(repo, new)? {
        return Ok(());
    }
    // libgit2 goes on believing in packs that it has seen.
    let fresh = Repository::open(repo.path()).map_err(StoreError::git("opening the objects"))?;
    let odb = fresh.odb().map_err(StoreError::git("opening the objects"))?;
    if new.iter().all(|object| odb.exists(object.id)) { Ok(()) } else { objects::write(&fresh, new, &[]) }
}

/// Whether a `git gc` is under way: it leaves a file while it is.
fn is_running(repo: &Repository) -> Result<bool> {
    let Some(begun) = modified(&repo.commondir().join("gc.pid"))? else { return Ok(false) };
    // The file system's own clock, which is another machine's on a network.
    let now = modified(&head::state_dir(repo).join("intent"))?;
    let age = now.and_then(|now| now.duration_since(begun).ok()).unwrap_or_default();
    Ok(age < STALE)
}

fn modified(path: &Path) -> Result<Option<SystemTime>> {
    Ok(disk::facts(path)?.and_then(|facts| facts.modified().ok()))
}
