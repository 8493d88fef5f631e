//! Makes a store's directory and, where it lies in nobody's repository, a repository of its own. It commits
//! nothing: the first change does.

#![expect(clippy::disallowed_methods, reason = "this file is part of the store's disk access")]

use std::path::Path;

use git2::{Repository, RepositoryInitOptions};

use super::error::{Result, StoreError};
use super::repository::StoreRepository;
use super::{disk, head, path, system};

/// Whose repository a new store goes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ownership {
    /// The repository that the directory lies in, unless it ignores it; else one of its own.
    Nearest,
    /// One of its own, whatever lies above: for the user's data directory.
    Own,
}

impl StoreRepository {
    /// Makes the directory (0700) and finds or makes its repository; one that is there already is opened.
    ///
    /// # Errors
    /// A directory that cannot be made, or a repository that cannot be opened.
    pub fn create(dir: &Path, ownership: Ownership) -> Result<Self> {
        disk::create_place(dir)?;
        let own = dir.join(".git").exists();
        if own || ownership == Ownership::Nearest {
            match StoreRepository::open(dir) {
                Ok(repository) if repository.top.is_some() => return Ok(repository),
                Ok(_) | Err(StoreError::NoRepository(_)) if !own => {}
                other => return other,
            }
        }
        let made = init(dir);
        // Of several processes that begin a store at once, one makes the repository and all open it.
        if dir.join(".git").exists() {
            StoreRepository::open(dir)
        } else {
            made.and_then(|()| StoreRepository::open(dir))
        }
    }
}

/// Makes a repository aside and moves it into place whole, so that a crash leaves one or none.
fn init(dir: &Path) -> Result<()> {
    let failed = || StoreError::disk("creating", dir);
    let temp_path = tempfile::Builder::new().prefix(path::TEMPORARY).tempdir_in(dir).map_err(failed())?;
    let mut options = RepositoryInitOptions::new();
    options.external_template(false).initial_head("main");
    let repo =
        Repository::init_opts(temp_path.path(), &options).map_err(StoreError::git("making a repository"))?;
    let git = repo.path().to_owned();
    drop(repo);
    system::make_private(&git).map_err(failed())?;
    disk::create_dirs(&git.join("exch"))?;
    disk::write_synced(&head::own_mark(&git), b"")?;
    let exclude = format!("{}*\n", path::TEMPORARY);
    disk::write_synced(&git.join("info").join("exclude"), exclude.as_bytes())?;
    // libgit2 leaves these when they cannot be removed, and git would wait for them for ever.
    for lock in ["HEAD.lock", "config.lock"] {
        disk::remove(&git.join(lock))?;
    }
    // git checks files out as they are, whatever the user told it to do with line ends.
    disk::write_synced(&git.join("info").join("attributes"), b"* -text\n")?;
    sync_all(&git)?;
    system::replace(&git, &dir.join(".git")).map_err(failed())?;
    disk::sync_dir(dir)
}

/// Removes what a process that was killed in [`init`] left. Another one that is still at it finds the repository
/// there when it looks again, and opens that; what it makes meanwhile stays for the next time.
pub(super) fn tidy(dir: &Path) -> Result<()> {
    for entry in disk::entries(dir)? {
        let name = entry.file_name().unwrap_or_default().to_string_lossy();
        if name.starts_with(path::TEMPORARY) && entry.is_dir() && !entry.is_symlink() {
            // Litter that cannot be removed harms nobody, and stops no change.
            let _ = std::fs::remove_dir_all(&entry);
        }
    }
    Ok(())
}

/// Syncs a small tree of files, directories last, and closes to others what libgit2 made.
fn sync_all(dir: &Path) -> Result<()> {
    for path in disk::entries(dir)? {
        disk::adopt(&path)?;
        if path.is_dir() {
            sync_all(&path)?;
        } else {
            disk::sync_file(&path)?;
        }
    }
    disk::sync_dir(dir)
}
