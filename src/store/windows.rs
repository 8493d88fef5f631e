//! What Windows does its own way: flushing needs a handle that may write, a rename is flushed, a file's
//! read-only attribute refuses writers. docs/reliability.md says what this promises on NTFS.

#![expect(clippy::disallowed_methods, reason = "this file is part of the store's disk access")]

use std::fs::{File, Metadata, OpenOptions};
use std::io::{self, ErrorKind};
use std::os::windows::fs::{MetadataExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// A directory is opened with this flag alone.
const FILE_FLAG_BACKUP_SEMANTICS: u32 = 0x0200_0000;
/// How long a scanner, an indexer or a reader that shares nothing is waited for, in milliseconds.
const PAUSES: [u64; 8] = [1, 5, 20, 50, 100, 200, 400, 800];

/// Creates a directory; access is inherited, which in a profile means its owner's alone.
pub(super) fn create_dir(path: &Path) -> io::Result<()> {
    std::fs::create_dir(path)
}

/// Nothing to do: access is inherited.
pub(super) fn adopt(_path: &Path) -> io::Result<()> {
    Ok(())
}

/// Nothing to do: access is inherited.
pub(super) fn make_private(_path: &Path) -> io::Result<()> {
    Ok(())
}

/// Creates a file that must not exist yet.
pub(super) fn create_new(path: &Path) -> io::Result<File> {
    OpenOptions::new().write(true).create_new(true).open(path)
}

/// Opens a file for locking or appending, creating it. A lock needs the right to read as well.
pub(super) fn open_append(path: &Path) -> io::Result<File> {
    OpenOptions::new().read(true).append(true).create(true).open(path)
}

/// Makes a file's content durable (FlushFileBuffers), which a handle that only reads may not do.
pub(super) fn sync_file(path: &Path) -> io::Result<()> {
    writable(path, || OpenOptions::new().write(true).open(path)?.sync_all())
}

/// Makes the names in a directory durable where the file system takes that: NTFS flushes a directory like a file,
/// FAT and some network drives do not know how. The names do not hang on it: see [`replace`].
pub(super) fn sync_dir(path: &Path) -> io::Result<()> {
    let open = |options: &mut OpenOptions| options.custom_flags(FILE_FLAG_BACKUP_SEMANTICS).open(path);
    match open(OpenOptions::new().write(true)).and_then(|directory| directory.sync_all()) {
        Err(error) if !refuses_flush(&error) => Err(error),
        _ => Ok(()),
    }
}

/// Whether the system says that this cannot be flushed, and not that flushing failed: ERROR_INVALID_FUNCTION,
/// ERROR_ACCESS_DENIED, ERROR_INVALID_HANDLE, ERROR_NOT_SUPPORTED, ERROR_INVALID_PARAMETER.
fn refuses_flush(error: &io::Error) -> bool {
    matches!(error.raw_os_error(), Some(1 | 5 | 6 | 50 | 87))
}

/// Puts one file in another's place, and flushes it there.
///
/// The standard library renames with MoveFileEx, and where that is refused because the old file is being read, with
/// POSIX semantics. It does not offer the write-through of MoveFileEx: the file is flushed under its new name instead.
pub(super) fn replace(from: &Path, to: &Path) -> io::Result<()> {
    patiently(|| writable(to, || std::fs::rename(from, to)))?;
    flush(to)
}

/// Nothing is swapped: the standard library does not offer ReplaceFile.
pub(super) fn swap(from: &Path, to: &Path) -> io::Result<bool> {
    replace(from, to).map(|()| false)
}

/// Gives a file a name; what stood there was looked at just before.
pub(super) fn put_new(from: &Path, to: &Path) -> io::Result<()> {
    replace(from, to)
}

fn flush(path: &Path) -> io::Result<()> {
    if path.is_dir() { sync_dir(path) } else { sync_file(path) }
}

/// Removes a file, read-only or not, as git leaves its objects.
pub(super) fn remove(path: &Path) -> io::Result<()> {
    patiently(|| writable(path, || std::fs::remove_file(path)))
}

/// Tries again while access is denied: a scanner may hold a file for a moment.
fn patiently(act: impl Fn() -> io::Result<()>) -> io::Result<()> {
    for pause in PAUSES {
        match act() {
            Err(error)
                if error.kind() == io::ErrorKind::PermissionDenied || error.raw_os_error() == Some(32) =>
            {
                std::thread::sleep(Duration::from_millis(pause));
            }
            done => return done,
        }
    }
    act()
}

/// Does what the read-only attribute refuses; what is there afterwards has the attribute again.
fn writable(path: &Path, act: impl Fn() -> io::Result<()>) -> io::Result<()> {
    match act() {
        Err(error) if error.kind() == io::ErrorKind::PermissionDenied => {
            let mut permissions = std::fs::symlink_metadata(path).map_err(|_| error)?.permissions();
            if !permissions.readonly() {
                return act();
            }
            permissions.set_readonly(false);
            std::fs::set_permissions(path, permissions.clone())?;
            let done = act();
            permissions.set_readonly(true);
            // The file may be gone, which was the purpose.
            let _ = std::fs::set_permissions(path, permissions);
            done
        }
        done => done,
    }
}

/// A path as messages show it and as functions of Windows take it: parted by backslashes alone.
pub(super) fn native(path: &Path) -> PathBuf {
    path.components().collect()
}

/// Whether the system says that a file system cannot lock at all (ERROR_INVALID_FUNCTION, ERROR_NOT_SUPPORTED).
pub(super) fn has_no_locks(error: &io::Error) -> bool {
    matches!(error.raw_os_error(), Some(1 | 50)) || error.kind() == io::ErrorKind::Unsupported
}

/// Whether the facts are about the same file, not replaced or written to in between.
pub(super) fn is_same_file(then: &Metadata, now: &Metadata) -> bool {
    let facts = |of: &Metadata| (of.len(), of.modified().ok());
    facts(then) == facts(now)
}

/// Whether the file system knows no hard links (FAT, some mounts).
pub(super) fn has_no_links(error: &io::Error) -> bool {
    matches!(error.kind(), ErrorKind::Unsupported | ErrorKind::PermissionDenied | ErrorKind::CrossesDevices)
}

/// The facts by which git's index knows a file: on Windows its size, when it was made and last
/// changed, as git for Windows does; the rest is zero.
#[expect(clippy::cast_possible_truncation, reason = "git's index keeps 32 bits")]
pub(super) fn index_entry(facts: &Metadata, path: &str, id: git2::Oid, mode: u32) -> git2::IndexEntry {
    // FILETIME counts 100 ns since 1601.
    let time = |ticks: u64| {
        let ticks = ticks.saturating_sub(116_444_736_000_000_000);
        git2::IndexTime::new((ticks / 10_000_000) as i32, (ticks % 10_000_000) as u32 * 100)
    };
    git2::IndexEntry {
        ctime: time(facts.creation_time()),
        mtime: time(facts.last_write_time()),
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
