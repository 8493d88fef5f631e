//! Git's own lock files (`index.lock`, `refs/heads/main.lock`), taken as git takes them, but so that one left
//! behind by a killed process is known as ours: it is a hard link to a token, whole from its first moment.

use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::error::{Result, StoreError};
use super::{disk, system};

const TOKEN: &[u8] = b"held by exch\n";

/// How long another program is waited for: git holds these locks for moments.
const PAUSES: [u64; 10] = [1, 2, 5, 10, 20, 40, 80, 150, 300, 400];

/// Takes git's lock on a file of the git directory.
pub(super) fn take(state_dir: &Path, target: &Path) -> Result<()> {
    let lock = path(target);
    let token = token(state_dir)?;
    for pause in PAUSES {
        match std::fs::hard_link(&token, &lock) {
            Ok(()) => return Ok(()),
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {
                std::thread::sleep(Duration::from_millis(pause));
            }
            Err(error) if system::has_no_links(&error) => return create(&lock),
            Err(error) => return Err(StoreError::disk("creating", &lock)(error)),
        }
    }
    Err(StoreError::GitLocked(lock))
}

/// Gives a lock back, or takes away one that a killed process of ours left; another program's stays.
pub(super) fn release(target: &Path) -> Result<()> {
    let lock = path(target);
    match disk::facts(&lock)? {
        Some(facts) if facts.is_file() && disk::read_any(&lock)?.as_deref() == Some(TOKEN) => {
            disk::remove(&lock)
        }
        _ => Ok(()),
    }
}

fn path(target: &Path) -> PathBuf {
    let mut name = target.as_os_str().to_owned();
    name.push(".lock");
    PathBuf::from(name)
}

fn token(state_dir: &Path) -> Result<PathBuf> {
    let token = state_dir.join("token");
    if disk::read_any(&token)?.as_deref() != Some(TOKEN) {
        disk::write_synced(&token, TOKEN)?;
    }
    Ok(token)
}

fn create(lock: &Path) -> Result<()> {
    match system::create_new(lock).and_then(|mut file| file.write_all(TOKEN)) {
        Err(error) if error.kind() == ErrorKind::AlreadyExists => Err(StoreError::GitLocked(lock.to_owned())),
        done => done.map_err(StoreError::disk("creating", lock)),
    }
}
