//! What can go wrong between a caller and the bytes of a store, each with the line that helps.
//!
//! It classifies and words; exit codes belong to the edge of the program.

use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use thiserror::Error;

use super::system;

/// The result of every operation of the store.
pub type Result<T> = std::result::Result<T, StoreError>;

/// The kind of trouble, for the edge that chooses an exit code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    /// Something in the repository is not what git wrote there.
    Damaged,
    /// Another process holds the store.
    Locked,
    /// The disk, its permissions or the place itself stands in the way.
    Unreadable,
    /// The store is in a state, or was asked for something, in which changes are not taken.
    Refused,
    /// Somebody changed what the change is about, after it was looked at.
    Moved,
    /// The revision that was named is none, or several.
    NoRevision,
}

/// What was being done when the repository itself could not be used.
pub(super) const OPENING: &str = "opening the repository";

/// A path as the system's own tools write it.
fn shown(path: &Path) -> String {
    system::native(path).display().to_string()
}

/// An error of the store: one sentence, a hint, a class.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum StoreError {
    /// An object, a reference or a record does not hold what it must.
    #[error("the store's {what} is damaged: {detail}")]
    Damaged {
        /// What is damaged, as a noun.
        what: String,
        /// What is wrong with it.
        detail: String,
    },
    /// The lock was not had in time.
    #[error("another change holds the store and did not end within {} s", .0.as_secs())]
    Locked(Duration),
    /// Git's own lock on the branch is held by another program.
    #[error("another program holds git's lock {}", shown(.0))]
    GitLocked(PathBuf),
    /// The file system cannot lock.
    #[error("the file system of {} has no locks, so that a change there could be lost", shown(.path))]
    NoLocks {
        /// The file that could not be locked.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// A file could not be read or written.
    #[error("{doing} {} failed: {source}", shown(.path))]
    Disk {
        /// What was being done, as a participle.
        doing: &'static str,
        /// To which file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// git could not do something, for a reason outside the store's files.
    #[error("git failed at {doing}: {}", .source.message())]
    Git {
        /// What was being done, as a participle.
        doing: &'static str,
        /// What libgit2 said.
        source: git2::Error,
    },
    /// The revision is there, but whether it survives a power cut is not known.
    #[error("revision {revision} was made, but the disk did not confirm it: {source}")]
    Unconfirmed {
        /// The revision that HEAD names now.
        revision: String,
        /// What failed after it was made.
        source: Box<StoreError>,
    },
    /// The directory lies in no repository.
    #[error("{} is not under git", shown(.0))]
    NoRepository(PathBuf),
    /// The repository belongs to somebody else.
    #[error("the repository of {} belongs to another user", shown(.0))]
    Owner(PathBuf),
    /// The repository is in a state that takes no changes.
    #[error("the repository takes no changes while {0}")]
    Busy(&'static str),
    /// The name cannot be a file of the store.
    #[error("{0:?} cannot name a file of the store")]
    BadPath(String),
    /// A symbolic link, a directory or a device stands where a file must.
    #[error("{0} is a symbolic link or no plain file, and the store does not follow it")]
    NotPlain(String),
    /// The work tree holds something that the change was not made from.
    #[error("{0} was changed by hand meanwhile")]
    Moved(String),
    /// The branch was moved without the store's lock.
    #[error("{0} was moved by another program meanwhile")]
    BranchMoved(String),
    /// No revision has this name or date.
    #[error("there is no revision {0:?}")]
    NoRevision(String),
    /// The store's first revision is of a later date.
    #[error("no revision is as old as {text:?}: the first one is of {first}")]
    BeforeFirst {
        /// The date as typed.
        text: String,
        /// When the first revision was made.
        first: String,
    },
    /// Several revisions begin like this.
    #[error("several revisions are called {0:?}")]
    Ambiguous(String),
}

impl StoreError {
    /// The class of this error.
    #[must_use]
    pub fn class(&self) -> Class {
        use StoreError as E;
        match self {
            E::Damaged { .. } => Class::Damaged,
            E::Locked(_) | E::GitLocked(_) => Class::Locked,
            E::NoLocks { .. } | E::Disk { .. } | E::Git { .. } | E::Unconfirmed { .. } => Class::Unreadable,
            E::NoRepository(_) | E::Owner(_) => Class::Unreadable,
            E::Busy(_) | E::BadPath(_) | E::NotPlain(_) => Class::Refused,
            E::Moved(_) | E::BranchMoved(_) => Class::Moved,
            E::NoRevision(_) | E::BeforeFirst { .. } | E::Ambiguous(_) => Class::NoRevision,
        }
    }

    /// What the reader can do about it.
    #[must_use]
    pub fn hint(&self) -> &'static str {
        use StoreError as E;
        match self {
            E::Damaged { .. } => "git fsck --full says more; a clone of the store may still have it whole",
            E::Locked(_) => "try again, or wait longer: -LockTimeout 00:01:00 waits a minute",
            E::GitLocked(_) => "wait for that program; if none runs, remove the file",
            E::NoLocks { .. } => "keep the store on a local disk",
            E::Git { doing: OPENING, source } if source.class() != git2::ErrorClass::Os => {
                "correct its configuration, or use a repository with SHA-1 objects and references in files"
            }
            E::Disk { .. } | E::Git { .. } => "look at its permissions and at the space on the disk",
            E::Unconfirmed { .. } => "look at the disk, then at the history",
            E::NoRepository(_) => "Initialize-Store makes a store there",
            E::Owner(_) => "git config --global --add safe.directory DIR says that you trust it",
            E::Busy(_) => "finish or leave that in git first; reading works meanwhile",
            E::BadPath(_) => "use names without slashes, dots in front or control characters",
            E::NotPlain(_) => "put a plain file in its place",
            E::Moved(_) | E::BranchMoved(_) => "run the command again: it starts from what is there now",
            E::BeforeFirst { .. } => "Get-StoreHistory lists the revisions",
            E::NoRevision(_) => {
                "Get-StoreHistory lists the revisions; a date is written 2026-11-26 or '2026-11-26 13:19:55'"
            }
            E::Ambiguous(_) => "give more of the revision's characters",
        }
    }

    pub(super) fn damaged(what: impl Into<String>, detail: impl Into<String>) -> Self {
        StoreError::Damaged { what: what.into(), detail: detail.into() }
    }

    /// Wraps a system error with what was done to which file.
    pub(super) fn disk(doing: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_owned();
        move |source| StoreError::Disk { doing, path, source }
    }

    /// Sorts an error of libgit2: the system's and the configuration's are git's, the rest is damage.
    pub(super) fn git(doing: &'static str) -> impl FnOnce(git2::Error) -> Self {
        use git2::ErrorClass as C;
        move |source| match source.class() {
            C::Os | C::NoMemory | C::Config | C::Filter | C::Repository | C::Thread => {
                StoreError::Git { doing, source }
            }
            _ => StoreError::damaged("git repository", format!("{doing}: {}", source.message())),
        }
    }
}
