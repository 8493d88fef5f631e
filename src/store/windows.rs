//! What Windows does its own way. Written by its documentation and not tested.

#![expect(clippy::disallowed_methods, reason = "this file is part of the store's door to the disk")]

use std::fs::{File, Metadata, OpenOptions};
use std::io;
use std::os::windows::fs::MetadataExt;
use std::path::Path;
use std::time::Duration;

/// Creates a directory; access is inherited, which in a profile means its owner's alone.
pub(super) fn create_dir(path: &Path) -> io::Result<()> {
    std::fs::create_dir(path)
}

/// Nothing to do: access is inherited.
pub(super) fn make_private(_path: &Path) -> io::Result<()> {
    Ok(())
}

/// Creates a file that must not exist yet.
pub(super) fn create_new(path: &Path) -> io::Result<File> {
    OpenOptions::new().write(true).create_new(true).open(path)
}

/// Opens a file for locking or appending, creating it.
pub(super) fn open_append(path: &Path) -> io::Result<File> {
    OpenOptions::new().append(true).create(true).open(path)
}

/// Nothing to do: NTFS journals names, and a directory opened without backup semantics cannot be flushed.
pub(super) fn sync_dir(_path: &Path) -> io::Result<()> {
    Ok(())
}

/// Puts one file in another's place. A scanner or a reader without FILE_SHARE_DELETE may hold the old one for a
/// moment, so it is tried a few times.
pub(super) fn replace(from: &Path, to: &Path) -> io::Result<()> {
    for pause in [1, 5, 20, 50, 100] {
        match std::fs::rename(from, to) {
            Err(error) if error.kind() == io::ErrorKind::PermissionDenied => {
                std::thread::sleep(Duration::from_millis(pause));
            }
            done => return done,
        }
    }
    std::fs::rename(from, to)
}

/// Whether the system says that a file system cannot lock at all (ERROR_INVALID_FUNCTION, ERROR_NOT_SUPPORTED).
pub(super) fn has_no_locks(error: &io::Error) -> bool {
    matches!(error.raw_os_error(), Some(1 | 50)) || error.kind() == io::ErrorKind::Unsupported
}

/// The facts by which git's index knows a file: on Windows its size and last change, the rest is zero.
#[expect(clippy::cast_possible_truncation, reason = "git's index keeps 32 bits")]
pub(super) fn index_entry(facts: &Metadata, path: &str, id: git2::Oid, mode: u32) -> git2::IndexEntry {
    // FILETIME counts 100 ns since 1601.
    let ticks = facts.last_write_time().saturating_sub(116_444_736_000_000_000);
    git2::IndexEntry {
        ctime: git2::IndexTime::new(0, 0),
        mtime: git2::IndexTime::new((ticks / 10_000_000) as i32, (ticks % 10_000_000) as u32 * 100),
        dev: 0,
        ino: 0,
        mode,
        uid: 0,
        gid: 0,
        file_size: facts.file_size() as u32,
        id,
        flags: 0,
        flags_extended: 0,
        path: path.as_bytes().to_vec(),
    }
}
