//! The store's lock: the operating system's, on a file in the git directory, so that it is free the moment its
//! process ends, however it ends.

#![expect(clippy::disallowed_methods, reason = "the lock alone measures time")]

use std::fs::{File, TryLockError};
use std::io::ErrorKind;
use std::path::Path;
use std::time::{Duration, Instant};

use super::error::{Result, StoreError};
use super::system;

const FIRST_PAUSE: Duration = Duration::from_millis(1);
const LONGEST_PAUSE: Duration = Duration::from_millis(40);

/// How long somebody is willing to wait, from when it was made.
pub struct Patience {
    begun: Instant,
    whole: Duration,
}

impl Patience {
    /// Patience for so long, from now.
    #[must_use]
    pub fn new(whole: Duration) -> Self {
        Patience { begun: Instant::now(), whole }
    }

    /// What is left of it.
    #[must_use]
    pub fn left(&self) -> Duration {
        self.whole.saturating_sub(self.begun.elapsed())
    }

    /// Whether nothing is left.
    #[must_use]
    pub fn is_over(&self) -> bool {
        self.left().is_zero()
    }
}

/// The lock, held until it is dropped or its process ends.
pub(super) struct Lock {
    file: File,
}

impl Drop for Lock {
    /// Closing the file alone would not do: a process that another thread is just starting has a copy of it until
    /// it runs its program, and the lock would last as long.
    fn drop(&mut self) {
        // The system frees it with the process at the latest, and there is no one to report a failure to.
        let _ = self.file.unlock();
    }
}

/// Takes the lock, asking again for as long as `timeout`.
pub(super) fn take(path: &Path, timeout: Duration) -> Result<Lock> {
    let file = system::open_append(path).map_err(StoreError::disk("opening", path))?;
    let patience = Patience::new(timeout);
    let mut pause = FIRST_PAUSE;
    loop {
        match file.try_lock() {
            Ok(()) => return Ok(Lock { file }),
            Err(TryLockError::WouldBlock) => {}
            Err(TryLockError::Error(error)) if error.kind() == ErrorKind::Interrupted => continue,
            Err(TryLockError::Error(error)) if system::has_no_locks(&error) => {
                return Err(StoreError::NoLocks { path: path.to_owned(), source: error });
            }
            Err(TryLockError::Error(error)) => return Err(StoreError::disk("locking", path)(error)),
        }
        let left = patience.left();
        if left.is_zero() {
            return Err(StoreError::Locked(timeout));
        }
        std::thread::sleep(pause.min(left));
        pause = (pause * 3 / 2).min(LONGEST_PAUSE);
    }
}
