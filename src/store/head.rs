//! Where the repository stands: the commit that HEAD names, its branch, and whether something is under way
//! that a change would spoil.

#![expect(clippy::disallowed_methods, reason = "this file is part of the store's disk access")]

use std::path::{Path, PathBuf};

use git2::{ErrorClass, ErrorCode, Oid, Reference, ReferenceType, Repository, RepositoryState};

use super::disk;
use super::error::{Result, StoreError};

/// The commit that HEAD names; none before the first.
pub(super) fn commit(repo: &Repository) -> Result<Option<Oid>> {
    match repo.refname_to_id("HEAD") {
        Ok(id) => Ok(Some(id)),
        Err(error) if error.code() == ErrorCode::NotFound => match check_unborn(repo) {
            Ok(()) => Ok(None),
            // Somebody may have made the first revision in between.
            Err(damaged) => repo.refname_to_id("HEAD").map(Some).map_err(|_| damaged),
        },
        // What may not be read is not damaged.
        Err(error) if error.class() == ErrorClass::Os => Err(StoreError::git("reading the branch")(error)),
        Err(error) => Err(damaged(error.message())),
    }
}

/// A branch without a revision is normal once; where its log has lines, or where the store's own repository has
/// other branches, its name or its file was damaged.
fn check_unborn(repo: &Repository) -> Result<()> {
    let name = branch(repo)?;
    let log = repo.commondir().join("logs").join(&name);
    let logged = disk::facts(&log)?.is_some_and(|facts| facts.len() > 0);
    let heads = || repo.references_glob("refs/heads/*").is_ok_and(|mut all| all.next().is_some());
    if logged || (is_own(repo) && heads()) {
        return Err(damaged(&format!("{name} names no revision, though the store has a history")));
    }
    Ok(())
}

fn damaged(detail: &str) -> StoreError {
    StoreError::damaged("branch", detail)
}

/// The full name of the branch that HEAD is on.
pub(super) fn branch(repo: &Repository) -> Result<String> {
    let head = repo.find_reference("HEAD").map_err(|error| damaged(error.message()))?;
    let name = symbolic(&head)?.ok_or(StoreError::Busy("HEAD is detached"))?;
    let sound = name.starts_with("refs/heads/") && Reference::is_valid_name(&name);
    if !sound {
        return Err(damaged(&format!("HEAD names {name}")));
    }
    Ok(name)
}

fn symbolic(reference: &Reference<'_>) -> Result<Option<String>> {
    reference.symbolic_target().map(|name| name.map(str::to_owned)).map_err(|error| damaged(error.message()))
}

/// The branch to commit to, when the repository takes changes now.
pub(super) fn writable_branch(repo: &Repository) -> Result<String> {
    if repo.workdir().is_none() {
        return Err(StoreError::Busy("it is bare: it has no files to change"));
    }
    if let Some(what) = under_way(repo.state()) {
        return Err(StoreError::Busy(what));
    }
    let name = branch(repo)?;
    match repo.find_reference(&name) {
        Ok(found) if found.kind() == Some(ReferenceType::Symbolic) => {
            Err(StoreError::Busy("its branch is another name for a branch"))
        }
        Err(error) if error.code() != ErrorCode::NotFound => Err(damaged(error.message())),
        _ => Ok(name),
    }
}

/// What is under way. Bisecting is not listed: it detaches HEAD, or leaves the branch to commit to.
fn under_way(state: RepositoryState) -> Option<&'static str> {
    use RepositoryState as S;
    match state {
        S::Clean | S::Bisect => None,
        S::Merge => Some("a merge is under way"),
        S::Revert | S::RevertSequence => Some("a revert is under way"),
        S::CherryPick | S::CherryPickSequence => Some("a cherry-pick is under way"),
        S::Rebase | S::RebaseInteractive | S::RebaseMerge => Some("a rebase is under way"),
        S::ApplyMailbox | S::ApplyMailboxOrRebase => Some("patches are being applied"),
    }
}

/// The store's own corner of the git directory: lock, intent record, marks.
pub(super) fn state_dir(repo: &Repository) -> PathBuf {
    repo.path().join("exch")
}

/// The mark of a repository that the store made for itself.
pub(super) fn own_mark(git_dir: &Path) -> PathBuf {
    git_dir.join("exch").join("own")
}

/// Whether the store made this repository for itself.
pub(super) fn is_own(repo: &Repository) -> bool {
    own_mark(repo.path()).exists()
}
