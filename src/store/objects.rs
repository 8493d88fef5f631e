//! Git's objects, read whole and checked, written and synced by name. It refuses to know what they are for.
//!
//! libgit2 syncs only where the repository's configuration tells it to, and somebody else's is not ours to
//! change: so the objects that a change wrote are synced here, the same way in every repository.

use std::collections::BTreeSet;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use git2::{ErrorCode, ObjectType, Oid, Repository};

use super::disk;
use super::error::{Result, StoreError};
use super::inflate::inflate;
use super::pack::{self, Keep};

/// So many objects are written as one pack: a sync for each would take longer than all the rest.
const MANY: usize = 1_000;

/// An object that is composed but not yet written.
pub(super) struct NewObject {
    pub kind: ObjectType,
    pub bytes: Vec<u8>,
    pub id: Oid,
}

/// Composes an object.
pub(super) fn compose(kind: ObjectType, bytes: Vec<u8>) -> Result<NewObject> {
    let id = hash(kind, &bytes)?;
    Ok(NewObject { kind, bytes, id })
}

fn hash(kind: ObjectType, bytes: &[u8]) -> Result<Oid> {
    Oid::hash_object(kind, bytes).map_err(StoreError::git("hashing"))
}

/// The name that git gives to a file's content.
pub(super) fn blob_id(bytes: &[u8]) -> Result<Oid> {
    hash(ObjectType::Blob, bytes)
}

/// Reads an object, its bytes checked against its name: a loose one here (see `inflate`), a packed one by libgit2.
pub(super) fn read(repo: &Repository, id: Oid, kind: ObjectType) -> Result<Vec<u8>> {
    read_once(repo, id, kind).or_else(|_| {
        // `git gc` may have moved it between two looks, from its file into a pack or from pack to pack.
        refresh(repo)?;
        read_once(repo, id, kind)
    })
}

/// Has libgit2 look again which packs there are.
fn refresh(repo: &Repository) -> Result<()> {
    repo.odb().and_then(|odb| odb.refresh()).map_err(StoreError::git("opening the objects"))
}

fn read_once(repo: &Repository, id: Oid, kind: ObjectType) -> Result<Vec<u8>> {
    let damaged = |detail: String| StoreError::damaged(format!("{} {id}", kind.str()), detail);
    if let Some(bytes) = disk::read_any(&loose(&directory(repo), id))? {
        return unwrap(&bytes, id, kind).map_err(|detail| damaged(detail.to_owned()));
    }
    let odb = repo.odb().map_err(StoreError::git("opening the objects"))?;
    let object = odb.read(id).map_err(|error| match error.code() {
        ErrorCode::NotFound => damaged("it is missing".to_owned()),
        _ => damaged(error.message().to_owned()),
    })?;
    if object.kind() == kind {
        Ok(object.data().to_vec())
    } else {
        Err(damaged(format!("it is a {}", object.kind().str())))
    }
}

/// The content of a loose object's file.
fn unwrap(bytes: &[u8], id: Oid, kind: ObjectType) -> std::result::Result<Vec<u8>, &'static str> {
    checked(inflate(bytes).ok_or("its file is cut short or spoiled")?, id, kind)
}

/// The content of a loose object, decompressed.
fn checked(mut whole: Vec<u8>, id: Oid, kind: ObjectType) -> std::result::Result<Vec<u8>, &'static str> {
    let end = whole.iter().take(40).position(|byte| *byte == 0).ok_or("it has no header")?;
    let body = whole.split_off(end + 1);
    if whole != format!("{} {}\0", kind.str(), body.len()).as_bytes() {
        return Err("it is not what its header says, or of another kind");
    }
    match Oid::hash_object(kind, &body) {
        Ok(found) if found == id => Ok(body),
        _ => Err("its content is not what its name says"),
    }
}

/// Checks a loose object of any kind.
pub(super) fn check(repo: &Repository, id: Oid) -> Result<()> {
    let Some(bytes) = disk::read_any(&loose(&directory(repo), id))? else {
        // It was there when it was listed: `git gc` has packed it, or had no more use for it.
        return Ok(());
    };
    let whole = inflate(&bytes).unwrap_or_default();
    let word = whole.split(|byte| *byte == b' ').next().and_then(|word| std::str::from_utf8(word).ok());
    let kind = word.and_then(ObjectType::from_str);
    if kind.is_some_and(|kind| checked(whole, id, kind).is_ok()) {
        Ok(())
    } else {
        Err(StoreError::damaged(format!("object {id}"), "its file is spoiled"))
    }
}

/// Writes objects and makes them durable: each file, each directory that holds one, and the top. What else is to be
/// synced, `besides`, is synced at the same time.
pub(super) fn write(repo: &Repository, objects: &[NewObject], besides: &[PathBuf]) -> Result<()> {
    let odb = repo.odb().map_err(StoreError::git("opening the objects"))?;
    let top = directory(repo);
    for object in objects {
        // An object that is there already may be what an earlier power cut left of it: writing it again would
        // be skipped, so it is read back, and taken away if it is broken.
        if odb.exists(object.id) && read(repo, object.id, object.kind).is_err() {
            disk::remove(&loose(&top, object.id))?;
            odb.refresh().map_err(StoreError::git("opening the objects"))?;
        }
        if objects.len() < MANY {
            odb.write(object.kind, &object.bytes).map_err(StoreError::git("writing objects"))?;
        }
    }
    if objects.len() >= MANY {
        return disk::sync_together(besides).and_then(|()| pack::write(repo, objects, Keep::No));
    }
    sync(repo, &top, objects, besides)
}

/// How often `git gc` may take objects away while they are synced.
const SYNCS: usize = 5;

/// Syncs loose objects by name; one in a pack is its writer's, also one that `git gc` packs meanwhile.
fn sync(repo: &Repository, top: &Path, objects: &[NewObject], besides: &[PathBuf]) -> Result<()> {
    for _ in 1..SYNCS {
        match sync_loose(top, objects, besides) {
            Err(StoreError::Disk { source, .. }) if source.kind() == ErrorKind::NotFound => {}
            done => return done.and_then(|()| all_there(repo, top, objects)),
        }
    }
    sync_loose(top, objects, besides).and_then(|()| all_there(repo, top, objects))
}

/// libgit2 makes objects as whoever runs it.
fn adopt(path: &Path) -> Result<()> {
    match disk::adopt(path) {
        // `git gc` was quicker; syncing tells.
        Err(StoreError::Disk { source, .. }) if source.kind() == ErrorKind::NotFound => Ok(()),
        done => done,
    }
}

/// Whether each object has a file of its own.
pub(super) fn are_loose(repo: &Repository, objects: &[NewObject]) -> Result<bool> {
    let top = directory(repo);
    for object in objects {
        if !is_loose(&top, object)? {
            return Ok(false);
        }
    }
    Ok(true)
}

fn is_loose(top: &Path, object: &NewObject) -> Result<bool> {
    disk::facts(&loose(top, object.id)).map(|facts| facts.is_some())
}

/// An error unless each object is loose or packed.
fn all_there(repo: &Repository, top: &Path, objects: &[NewObject]) -> Result<()> {
    for object in objects {
        if !is_loose(top, object)? {
            read(repo, object.id, object.kind)?;
        }
    }
    Ok(())
}

fn sync_loose(top: &Path, objects: &[NewObject], besides: &[PathBuf]) -> Result<()> {
    let mut files = Vec::new();
    let mut directories = BTreeSet::new();
    for object in objects {
        let path = loose(top, object.id);
        if disk::facts(&path)?.is_some() {
            directories.extend(path.parent().map(Path::to_owned));
            files.push(path);
        }
    }
    // The directory first: what is in it goes to its owner.
    directories.iter().chain(&files).try_for_each(|path| adopt(path))?;
    if !files.is_empty() {
        directories.insert(top.to_owned());
    }
    files.extend(directories);
    files.extend_from_slice(besides);
    disk::sync_together(&files)
}

/// Removes what libgit2 leaves of an object whose writer was killed: git prunes it too, but weeks later.
pub(super) fn remove_litter(repo: &Repository) -> Result<()> {
    for file in disk::entries(&directory(repo))? {
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        if name.starts_with("tmp_object_git2_") {
            disk::remove(&file)?;
        }
    }
    Ok(())
}

/// Where the objects of a repository (and of its worktrees) are.
pub(super) fn directory(repo: &Repository) -> PathBuf {
    repo.commondir().join("objects")
}

/// The file of a loose object.
pub(super) fn loose(top: &Path, id: Oid) -> PathBuf {
    let hex = id.to_string();
    let (fan, rest) = hex.split_at(2.min(hex.len()));
    top.join(fan).join(rest)
}
