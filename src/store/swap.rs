//! Puts a new file in the place of one whose content is known, and loses no hand edit of the last moment: the old file
//! is swapped out, looked at, and put back where it is not what the change was made from.
//!
//! Where the system cannot swap two files, the old one is looked at just before it is replaced, which leaves some
//! microseconds.

use std::io::ErrorKind;
use std::path::Path;

use git2::Oid;

use super::error::{Result, StoreError};
use super::objects::blob_id;
use super::{disk, path};

/// Makes a file what stands at `temporary`, or removes it where nothing is to be there. `temporary` is used up.
///
/// # Errors
/// [`StoreError::Moved`] where the file is not what it was: it is left as it is.
pub(super) fn put(top: &Path, name: &str, temporary: &Path, [old, new]: [Option<Oid>; 2]) -> Result<()> {
    let moved = || StoreError::Moved(name.to_owned());
    if content(top, name)? != old {
        return Err(moved());
    }
    let target = top.join(name);
    let is_aside = match (old, new) {
        (None, None) => return Ok(()),
        (None, Some(_)) => return if disk::put_new(temporary, &target)? { Ok(()) } else { Err(moved()) },
        (Some(_), Some(_)) => disk::swap(temporary, &target),
        (Some(_), None) => disk::replace(&target, temporary).map(|()| true),
    };
    match is_aside {
        Ok(true) => {}
        Ok(false) => return Ok(()),
        // A hand has taken the file away.
        Err(StoreError::Disk { source, .. }) if source.kind() == ErrorKind::NotFound => return Err(moved()),
        Err(error) => return Err(error),
    }
    if aside(top, name, temporary)? != Aside::Content(old) {
        put_back(&target, temporary, new)?;
        return Err(moved());
    }
    disk::remove(temporary)
}

/// After a change that was cut short: puts back a hand edit that [`put`] had swapped out and not yet looked at; whether
/// there was one.
pub(super) fn rescue(top: &Path, name: &str, temporary: &Path, [old, new]: [Option<Oid>; 2]) -> Result<bool> {
    let aside = aside(top, name, temporary)?;
    let is_known = [Aside::Content(None), Aside::Content(old), Aside::Content(new)].contains(&aside);
    // While the old file stands, what is beside it is a new one that was not written to its end.
    if is_known || old.is_none() || content(top, name)? != new {
        return Ok(false);
    }
    put_back(&top.join(name), temporary, new).map(|()| true)
}

/// What was swapped out.
#[derive(PartialEq, Eq)]
enum Aside {
    Content(Option<Oid>),
    /// A link, say.
    NotPlain,
}

fn aside(top: &Path, name: &str, temporary: &Path) -> Result<Aside> {
    let beside = temporary.file_name().unwrap_or_default().to_string_lossy();
    match content(top, &path::join(path::split(name).0, &beside)) {
        Err(StoreError::NotPlain(_)) => Ok(Aside::NotPlain),
        content => content.map(Aside::Content),
    }
}

fn content(top: &Path, name: &str) -> Result<Option<Oid>> {
    disk::read(top, name)?.as_deref().map(blob_id).transpose()
}

fn put_back(target: &Path, temporary: &Path, new: Option<Oid>) -> Result<()> {
    if new.is_some() {
        disk::replace(temporary, target)?;
    } else if !disk::put_new(temporary, target)? {
        // The hand was quicker and has written the file anew.
        disk::remove(temporary)?;
    }
    Ok(())
}
