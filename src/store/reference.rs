//! Moves a branch the way git does: under its lock file, only from the commit that it was seen at, by renaming
//! a synced file into place. A branch in packed-refs gets a file of its own, which git reads first.

use std::path::{Path, PathBuf};

use git2::{ErrorCode, Oid, Repository};

use super::error::{Result, StoreError};
use super::{disk, gitlock};

/// Writes the new value aside; its caller syncs the file that is given.
pub(super) fn write_aside(state_dir: &Path, to: Oid) -> Result<PathBuf> {
    let temp_path = temp_path(state_dir);
    disk::write_new(&temp_path, format!("{to}\n").as_bytes())?;
    Ok(temp_path)
}

/// Takes the branch's lock and checks that it still stands where it was seen.
pub(super) fn prepare(repo: &Repository, state_dir: &Path, branch: &str, from: Option<Oid>) -> Result<()> {
    let file = file(repo, branch);
    if let Some(parent) = file.parent() {
        disk::create_dirs(parent)?;
    }
    gitlock::take(state_dir, &file)?;
    if current(repo, branch)? == from { Ok(()) } else { Err(StoreError::BranchMoved(branch.to_owned())) }
}

/// Moves the branch.
pub(super) fn apply(repo: &Repository, state_dir: &Path, branch: &str) -> Result<()> {
    disk::replace(&temp_path(state_dir), &file(repo, branch))
}

/// The directory in which a branch moves; its caller syncs it.
pub(super) fn directory(repo: &Repository, branch: &str) -> PathBuf {
    file(repo, branch).parent().map(Path::to_owned).unwrap_or_default()
}

/// Gives a branch's lock back.
pub(super) fn release(repo: &Repository, branch: &str) -> Result<()> {
    gitlock::release(&file(repo, branch))
}

/// Takes away what `prepare` left, if it is ours.
pub(super) fn abandon(repo: &Repository, state_dir: &Path, branch: &str) -> Result<()> {
    disk::remove(&temp_path(state_dir))?;
    gitlock::release(&file(repo, branch))
}

/// Adds a line to the logs of the branch and of HEAD, where the repository keeps them.
pub(super) fn log(repo: &Repository, branch: &str, from: Option<Oid>, to: Oid, line: &str) -> Result<()> {
    let wanted = repo.config().and_then(|config| config.get_string("core.logallrefupdates"));
    let wanted = !wanted.is_ok_and(|word| word.eq_ignore_ascii_case("false"));
    let from = from.unwrap_or(Oid::ZERO_SHA1);
    let entry = format!("{from} {to} {line}\n");
    let branch_log = repo.commondir().join("logs").join(branch);
    for log in [branch_log, repo.path().join("logs").join("HEAD")] {
        if wanted || disk::facts(&log)?.is_some() {
            log.parent().map_or(Ok(()), disk::create_dirs)?;
            disk::append(&log, entry.as_bytes())?;
        }
    }
    Ok(())
}

fn current(repo: &Repository, branch: &str) -> Result<Option<Oid>> {
    match repo.refname_to_id(branch) {
        Ok(id) => Ok(Some(id)),
        Err(error) if error.code() == ErrorCode::NotFound => Ok(None),
        Err(error) => Err(StoreError::git("reading the branch")(error)),
    }
}

fn temp_path(state_dir: &Path) -> PathBuf {
    state_dir.join("branch-new")
}

fn file(repo: &Repository, branch: &str) -> PathBuf {
    repo.commondir().join(branch)
}
