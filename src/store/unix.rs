//! What Unix does its own way: modes, directory sync, the facts about a file that git's index keeps.

#![expect(clippy::disallowed_methods, reason = "this file is part of the store's disk access")]

use std::fs::{DirBuilder, File, Metadata, OpenOptions, Permissions};
use std::io::{self, ErrorKind};
use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt, PermissionsExt, fchown, lchown};
use std::path::Path;

#[cfg(target_os = "linux")]
use rustix::{
    fs::{CWD, RenameFlags, renameat_with},
    io::Errno,
};

/// Creates a directory for its owner alone.
pub(super) fn create_dir(path: &Path) -> io::Result<()> {
    DirBuilder::new().mode(0o700).create(path)
}

/// Gives what root made in somebody's directory to the owner of the directory: else `sudo` would shut the owner out
/// of the store. Nothing else changes hands, neither a link nor what has another name besides. What the owner made is
/// closed to whom the directory is closed to.
pub(super) fn adopt(path: &Path) -> io::Result<()> {
    let facts = path.symlink_metadata()?;
    if !(facts.is_dir() || facts.is_file() && facts.nlink() == 1) {
        return Ok(());
    }
    match owner_above(path)? {
        Some((user, group)) if facts.uid() == ROOT => tolerated(lchown(path, Some(user), Some(group))),
        _ => close(path, &facts),
    }
}

/// Takes group's or others' rights away where they have none to the directory, whatever the umask was.
fn close(path: &Path, facts: &Metadata) -> io::Result<()> {
    let Some(above) = path.parent().map(Path::metadata).transpose()? else { return Ok(()) };
    let closed = [0o070, 0o007].into_iter().filter(|class| above.mode() & class == 0).sum::<u32>();
    if above.uid() != facts.uid() || facts.mode() & closed == 0 {
        return Ok(());
    }
    std::fs::set_permissions(path, Permissions::from_mode(facts.mode() & 0o777 & !closed))
}

/// As [`adopt`], for a file that has just been opened; another user's stays as it is.
fn adopted(file: File, path: &Path) -> io::Result<File> {
    if file.metadata()?.uid() == ROOT
        && let Some((user, group)) = owner_above(path)?
    {
        tolerated(fchown(&file, Some(user), Some(group)))?;
    }
    Ok(file)
}

const ROOT: u32 = 0;

/// User and group of the directory that a path is in; none where that is root's.
fn owner_above(path: &Path) -> io::Result<Option<(u32, u32)>> {
    let Some(parent) = path.parent().filter(|parent| !parent.as_os_str().is_empty()) else { return Ok(None) };
    let facts = parent.metadata()?;
    Ok((facts.uid() != ROOT).then(|| (facts.uid(), facts.gid())))
}

/// The root of a container may not give files to users whom it does not have.
fn tolerated(done: io::Result<()>) -> io::Result<()> {
    match done {
        Err(error) if matches!(error.kind(), ErrorKind::PermissionDenied | ErrorKind::InvalidInput) => Ok(()),
        done => done,
    }
}

/// Closes a directory that exists to everybody but its owner.
pub(super) fn make_private(path: &Path) -> io::Result<()> {
    std::fs::set_permissions(path, Permissions::from_mode(0o700))
}

/// Creates a file that must not exist yet, for its owner alone.
pub(super) fn create_new(path: &Path) -> io::Result<File> {
    adopted(OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?, path)
}

/// Opens a file for locking or appending, creating it for its owner alone.
pub(super) fn open_append(path: &Path) -> io::Result<File> {
    adopted(OpenOptions::new().append(true).create(true).mode(0o600).open(path)?, path)
}

/// Makes a file's content durable.
pub(super) fn sync_file(path: &Path) -> io::Result<()> {
    File::open(path)?.sync_all()
}

/// Makes the names in a directory durable.
pub(super) fn sync_dir(path: &Path) -> io::Result<()> {
    File::open(path)?.sync_all()
}

/// Puts one file in another's place at once; readers keep the one that they have open.
pub(super) fn replace(from: &Path, to: &Path) -> io::Result<()> {
    std::fs::rename(from, to)
}

/// Swaps two files at once; where the system cannot, one is put in the place of the other. Whether they were swapped.
#[cfg(target_os = "linux")]
pub(super) fn swap(from: &Path, to: &Path) -> io::Result<bool> {
    let swapped = renameat_with(CWD, from, CWD, to, RenameFlags::EXCHANGE);
    if is_unknown(swapped) {
        replace(from, to).map(|()| false)
    } else {
        swapped?;
        Ok(true)
    }
}

/// Gives a file a name at which nothing stands.
#[cfg(target_os = "linux")]
pub(super) fn put_new(from: &Path, to: &Path) -> io::Result<()> {
    let put = renameat_with(CWD, from, CWD, to, RenameFlags::NOREPLACE);
    if is_unknown(put) { replace(from, to) } else { Ok(put?) }
}

/// Whether the system or the file system does not know this way of renaming.
#[cfg(target_os = "linux")]
fn is_unknown(done: rustix::io::Result<()>) -> bool {
    matches!(done, Err(Errno::INVAL | Errno::NOSYS | Errno::OPNOTSUPP))
}

/// Nothing is swapped: no safe function offers it here.
#[cfg(not(target_os = "linux"))]
pub(super) fn swap(from: &Path, to: &Path) -> io::Result<bool> {
    replace(from, to).map(|()| false)
}

/// Gives a file a name; what stood there was looked at just before.
#[cfg(not(target_os = "linux"))]
pub(super) fn put_new(from: &Path, to: &Path) -> io::Result<()> {
    replace(from, to)
}

/// Removes a file.
pub(super) fn remove(path: &Path) -> io::Result<()> {
    std::fs::remove_file(path)
}

/// A path as messages show it.
pub(super) fn native(path: &Path) -> &Path {
    path
}

/// Whether the system says that a file system cannot lock at all (ENOLCK and its kin).
pub(super) fn has_no_locks(error: &io::Error) -> bool {
    const ENOLCK: i32 = if cfg!(target_os = "linux") { 37 } else { 77 };
    error.raw_os_error() == Some(ENOLCK) || error.kind() == io::ErrorKind::Unsupported
}

/// Whether the facts are about the same file, not replaced or written to in between.
pub(super) fn is_same_file(then: &Metadata, now: &Metadata) -> bool {
    let facts = |of: &Metadata| (of.dev(), of.ino(), of.size(), of.mtime(), of.mtime_nsec());
    facts(then) == facts(now)
}

/// Whether the file system knows no hard links (FAT, some mounts).
pub(super) fn has_no_links(error: &io::Error) -> bool {
    matches!(error.kind(), ErrorKind::Unsupported | ErrorKind::PermissionDenied | ErrorKind::CrossesDevices)
}

/// The facts by which git's index knows a file without reading it. Wide ones are cut to 32 bits, as git does.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "git's index keeps 32 bits")]
pub(super) fn index_entry(facts: &Metadata, path: &str, id: git2::Oid, mode: u32) -> git2::IndexEntry {
    git2::IndexEntry {
        ctime: git2::IndexTime::new(facts.ctime() as i32, facts.ctime_nsec() as u32),
        mtime: git2::IndexTime::new(facts.mtime() as i32, facts.mtime_nsec() as u32),
        dev: facts.dev() as u32,
        ino: facts.ino() as u32,
        mode,
        uid: facts.uid(),
        gid: facts.gid(),
        file_size: facts.size() as u32,
        id,
        flags: 0,
        flags_extended: 0,
        path: path.as_bytes().to_vec(),
    }
}
