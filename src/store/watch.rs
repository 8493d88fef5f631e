//! Tells a hand edit from an unfinished write, without a lock: a file of the work tree is compared with the
//! pinned revision, then the intent record and HEAD are looked at again. It refuses to know what a file means.
//!
//! A writer puts down its intent, replaces files, moves the branch, removes the intent. So a difference that a
//! writer made is seen with an intent record that names it, or after HEAD has moved, or is gone at a second look
//! (a write that failed and was undone).

use std::path::Path;

use git2::Oid;

use super::error::Result;
use super::objects::blob_id;
use super::repository::StoreRepository;
use super::{disk, head, intent};

/// What the work tree says about a file, held against the pinned revision.
pub(super) enum Found {
    /// The pinned content, or a write that this reader does not see.
    Pinned,
    /// The same content, already read.
    Same(Vec<u8>),
    /// A hand edit: new content, or (none) taken away.
    Edited(Option<Vec<u8>>),
}

/// Looks at a file, named from the top, of which the pinned revision holds `pinned`.
pub(super) fn look(
    repository: &StoreRepository,
    head: Option<Oid>,
    path: &str,
    pinned: Option<Oid>,
) -> Result<Found> {
    let Some(top) = &repository.top else { return Ok(Found::Pinned) };
    let mut seen = read(top, path, pinned)?;
    loop {
        let id = seen.as_deref().map(blob_id).transpose()?;
        match seen {
            Some(bytes) if id == pinned => return Ok(Found::Same(bytes)),
            None if pinned.is_none() => return Ok(Found::Pinned),
            _ if is_writers(repository, head, path, id)? => return Ok(Found::Pinned),
            _ => {}
        }
        let again = read(top, path, pinned)?;
        if again == seen {
            return Ok(Found::Edited(seen));
        }
        seen = again;
    }
}

/// A file of the work tree under exactly this name. A file system that ignores case finds HUB01.toml by the name
/// hub01.toml too; what the revision holds is known to have its name.
fn read(top: &Path, path: &str, pinned: Option<Oid>) -> Result<Option<Vec<u8>>> {
    let seen = disk::read(top, path)?;
    let is_there = seen.is_none() || pinned.is_some() || disk::has_name(top, path)?;
    Ok(seen.filter(|_| is_there))
}

/// Whether a difference may be a writer's: HEAD has moved since, or an intent record names this content. A file
/// that is neither as that writer found it nor as it leaves it was edited by hand all the same.
fn is_writers(
    repository: &StoreRepository,
    pinned: Option<Oid>,
    path: &str,
    id: Option<Oid>,
) -> Result<bool> {
    // A record that is damaged hides nothing from readers; the next writer reports it.
    let unfinished = intent::read(&head::state_dir(&repository.repo)).unwrap_or_default();
    let named = unfinished.as_ref().and_then(|intent| intent.about(path));
    let now = head::commit(&repository.repo)?;
    // When the branch has moved, every file is in its place.
    let moved = unfinished.as_ref().is_some_and(|intent| now == Some(intent.commit));
    let writing = named.is_some_and(|file| !moved && !file.by_hand && (id == file.old || id == file.new));
    Ok(writing || now != pinned)
}
