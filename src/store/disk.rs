//! Plain file operations with the store's manners: links are not followed, what is written is synced, and an
//! error names the file. It refuses to know what is in them.

#![expect(clippy::disallowed_methods, reason = "this file is part of the store's disk access")]

use std::fs::{File, Metadata};
use std::io::{ErrorKind, Read, Write};
use std::path::{Path, PathBuf};

use super::error::{Result, StoreError};
use super::{parallel, path, system};

/// How many syncs wait at one time.
const AT_ONCE: usize = 32;

/// The facts about what stands at a path, a link itself included; none when nothing does.
pub(super) fn facts(path: &Path) -> Result<Option<Metadata>> {
    match path.symlink_metadata() {
        Ok(facts) => Ok(Some(facts)),
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => Ok(None),
        Err(error) => Err(StoreError::disk("looking at", path)(error)),
    }
}

/// Reads a plain file below `root`; none when it or a directory on the way is absent.
pub(super) fn read(root: &Path, name: &str) -> Result<Option<Vec<u8>>> {
    if !has_plain_parents(root, name)? {
        return Ok(None);
    }
    let path = root.join(name);
    match facts(&path)? {
        None => Ok(None),
        Some(facts) if facts.is_file() => read_any(&path),
        Some(_) => Err(StoreError::NotPlain(name.to_owned())),
    }
}

/// Reads a file wherever it is; none when it is absent.
pub(super) fn read_any(path: &Path) -> Result<Option<Vec<u8>>> {
    match std::fs::read(path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(StoreError::disk("reading", path)(error)),
    }
}

/// Reads the first bytes of a file; none when it is absent or shorter.
pub(super) fn read_head<const N: usize>(path: &Path) -> Result<Option<[u8; N]>> {
    let mut head = [0; N];
    match File::open(path).and_then(|mut file| file.read_exact(&mut head)) {
        Ok(()) => Ok(Some(head)),
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::UnexpectedEof) => Ok(None),
        Err(error) => Err(StoreError::disk("reading", path)(error)),
    }
}

/// Gives a file that nobody writes in place a second name, or a copy where the file system has no links; the facts
/// about what was found, none when it is absent.
pub(super) fn link(from: &Path, to: &Path) -> Result<Option<Metadata>> {
    match std::fs::hard_link(from, to) {
        Ok(()) => facts(to),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) if system::has_no_links(&error) => {
            let found = facts(from)?;
            if let Some(bytes) = read_any(from)? {
                append(to, &bytes)?;
            }
            Ok(found)
        }
        Err(error) => Err(StoreError::disk("creating", to)(error)),
    }
}

/// Whether every directory between `root` and the file is there; an error when one of them is a link or a file.
fn has_plain_parents(root: &Path, name: &str) -> Result<bool> {
    for (at, _) in name.match_indices('/') {
        let Some(directory) = name.get(..at) else { continue };
        match facts(&root.join(directory))? {
            None => return Ok(false),
            Some(facts) if facts.is_dir() => {}
            Some(_) => return Err(StoreError::NotPlain(directory.to_owned())),
        }
    }
    Ok(true)
}

/// The names in a directory below `root`, in order, without the store's temporary ones; empty when absent.
pub(super) fn names(root: &Path, directory: &str) -> Result<Vec<String>> {
    if !has_plain_parents(root, &format!("{directory}/"))? {
        return Ok(Vec::new());
    }
    let path = root.join(directory);
    let failed = || StoreError::disk("listing", &path);
    let mut names = Vec::new();
    for entry in std::fs::read_dir(&path).map_err(failed())? {
        let name = entry.map_err(failed())?.file_name();
        // A name that is no text cannot be one of the store's.
        names.extend(name.into_string().ok().filter(|name| !name.starts_with(path::TEMPORARY)));
    }
    names.sort_unstable();
    Ok(names)
}

/// Whether a directory below `root` lists a file under exactly this name, case included.
pub(super) fn has_name(root: &Path, name: &str) -> Result<bool> {
    let (directory, file) = name.rsplit_once('/').unwrap_or(("", name));
    Ok(names(root, directory)?.iter().any(|listed| listed == file))
}

/// Those of the files whose content `may` says yes to, and those that cannot be read, in the order given; read by as
/// many threads as there are processors.
pub(super) fn filtered(
    directory: &Path,
    names: &[String],
    may: impl Fn(&[u8]) -> bool + Sync,
) -> Vec<String> {
    let is_kept = |name: &String| {
        let read = read(directory, name);
        !matches!(&read, Ok(Some(bytes)) if !may(bytes))
    };
    let kept = parallel::map(names, is_kept);
    names.iter().zip(kept).filter(|(_, kept)| *kept).map(|(name, _)| name.clone()).collect()
}

/// What stands in a directory, in no order.
pub(super) fn entries(path: &Path) -> Result<Vec<PathBuf>> {
    let failed = || StoreError::disk("listing", path);
    std::fs::read_dir(path).map_err(failed())?.map(|entry| Ok(entry.map_err(failed())?.path())).collect()
}

/// Writes a new file and syncs it; whatever stood there goes first. The directory is not synced.
pub(super) fn write_synced(path: &Path, bytes: &[u8]) -> Result<()> {
    let file = write_new(path, bytes)?;
    file.sync_all().map_err(StoreError::disk("syncing", path))
}

/// Writes a new file, not yet synced; whatever stood there goes first.
pub(super) fn write_new(path: &Path, bytes: &[u8]) -> Result<File> {
    let failed = || StoreError::disk("writing", path);
    remove(path)?;
    let mut file = system::create_new(path).map_err(failed())?;
    file.write_all(bytes).map_err(failed())?;
    Ok(file)
}

/// Syncs files and directories, each by name and all at one time: the system then writes its journal once for
/// many, and not once for each. An error is the first one's; the others are waited for.
pub(super) fn sync_together(paths: &[PathBuf]) -> Result<()> {
    let share = paths.len().div_ceil(AT_ONCE).max(1);
    let sync = |paths: &[PathBuf]| paths.iter().try_for_each(|path| sync_one(path));
    let mut shares = paths.chunks(share);
    let mut mine = vec![shares.next().unwrap_or_default()];
    std::thread::scope(|scope| {
        let mut others = Vec::new();
        for share in shares {
            // Where the system has no more threads, the share is synced here.
            match std::thread::Builder::new().spawn_scoped(scope, move || sync(share)) {
                Ok(other) => others.push(other),
                Err(_) => mine.push(share),
            }
        }
        let done = mine.into_iter().try_for_each(sync);
        let lost = |_| Err(StoreError::disk("syncing", Path::new("files"))(ErrorKind::Other.into()));
        others.into_iter().map(|other| other.join().unwrap_or_else(lost)).fold(done, Result::and)
    })
}

fn sync_one(path: &Path) -> Result<()> {
    if path.is_dir() {
        return sync_dir(path);
    }
    system::sync_file(path).map_err(StoreError::disk("syncing", path))
}

/// Syncs a file that somebody else wrote; absent is fine.
pub(super) fn sync_file(path: &Path) -> Result<bool> {
    match system::sync_file(path) {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(false),
        Err(error) => Err(StoreError::disk("syncing", path)(error)),
    }
}

/// Syncs a directory's names.
pub(super) fn sync_dir(path: &Path) -> Result<()> {
    system::sync_dir(path).map_err(StoreError::disk("syncing", path))
}

/// Puts one file in another's place.
pub(super) fn replace(from: &Path, to: &Path) -> Result<()> {
    system::replace(from, to).map_err(StoreError::disk("replacing", to))
}

/// Swaps two files at once, where the system can; else the first takes the place of the second. Whether they were
/// swapped.
pub(super) fn swap(from: &Path, to: &Path) -> Result<bool> {
    system::swap(from, to).map_err(StoreError::disk("replacing", to))
}

/// Gives a file a name at which nothing stands; whether it was free.
pub(super) fn put_new(from: &Path, to: &Path) -> Result<bool> {
    match system::put_new(from, to) {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == ErrorKind::AlreadyExists => Ok(false),
        Err(error) => Err(StoreError::disk("replacing", to)(error)),
    }
}

/// Removes a file; absent is fine.
pub(super) fn remove(path: &Path) -> Result<()> {
    match system::remove(path) {
        Err(error) if !matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {
            Err(StoreError::disk("removing", path)(error))
        }
        _ => Ok(()),
    }
}

/// Gives a file or directory that libgit2 made the owner and the privacy of the directory that it is in.
pub(super) fn adopt(path: &Path) -> Result<()> {
    system::adopt(path).map_err(StoreError::disk("giving to its owner", path))
}

/// Creates a directory of a store and those above it that are missing, each synced into its parent.
pub(super) fn create_dirs(path: &Path) -> Result<()> {
    create(path, |path| system::create_dir(path).and_then(|()| system::adopt(path)))
}

/// As [`create_dirs`], for the directory that becomes a store: it is its maker's.
pub(super) fn create_place(path: &Path) -> Result<()> {
    create(path, system::create_dir)
}

fn create(path: &Path, make: fn(&Path) -> std::io::Result<()>) -> Result<()> {
    if path.is_dir() || path.as_os_str().is_empty() {
        return Ok(());
    }
    if let Some(parent) = path.parent() {
        create(parent, make)?;
    }
    match make(path) {
        Err(error) if error.kind() != ErrorKind::AlreadyExists || !path.is_dir() => {
            Err(StoreError::disk("creating", path)(error))
        }
        _ => path.parent().filter(|p| !p.as_os_str().is_empty()).map_or(Ok(()), sync_parent),
    }
}

/// Syncs the directory that a new one was put into, where we may: it can be somebody else's.
fn sync_parent(path: &Path) -> Result<()> {
    match system::sync_dir(path) {
        Err(error) if error.kind() != ErrorKind::PermissionDenied => {
            Err(StoreError::disk("syncing", path)(error))
        }
        _ => Ok(()),
    }
}

/// Appends to a file, creating it; not synced.
pub(super) fn append(path: &Path, bytes: &[u8]) -> Result<()> {
    let failed = || StoreError::disk("writing", path);
    system::open_append(path).and_then(|mut file| file.write_all(bytes)).map_err(failed())
}

/// Gives `to` the modes of `from`, where `from` exists.
pub(super) fn copy_modes(from: &Path, to: &Path) -> Result<()> {
    match facts(from)? {
        Some(facts) => {
            std::fs::set_permissions(to, facts.permissions()).map_err(StoreError::disk("writing", to))
        }
        None => Ok(()),
    }
}
