//! Works a change out before anything is written: which files differ, every object that will be needed, and the
//! intent record. Nothing here touches the disk but to read.

use std::collections::BTreeMap;

use git2::{ObjectType, Oid};

use super::change::{Change, When};
use super::error::{Result, StoreError};
use super::intent::{Intent, Touched};
use super::objects::{NewObject, blob_id, compose};
use super::repository::StoreRepository;
use super::view::{View, malformed};
use super::{disk, signature, tree};

/// A change, worked out.
pub(super) struct Plan<'c> {
    pub intent: Intent,
    /// What to write to each file of the intent.
    pub files: Vec<Planned<'c>>,
    pub objects: Vec<NewObject>,
    pub parent: Option<Oid>,
    /// The committer's line, for the branch's log.
    pub signature: String,
}

/// The new state of one file.
pub(super) struct Planned<'c> {
    pub bytes: Option<&'c [u8]>,
    pub mode: u32,
}

type Leaves<'a> = BTreeMap<&'a str, Option<(u32, Oid)>>;

/// Works a change out against the revision that it was made from; none when it changes nothing.
pub(super) fn plan<'c>(
    repository: &StoreRepository,
    base: &View<'_>,
    branch: &str,
    change: &'c Change,
) -> Result<Option<Plan<'c>>> {
    let (touched, files) = differing(repository, base, change)?;
    if touched.is_empty() {
        return Ok(None);
    }
    let mut objects = Vec::new();
    for (at, file) in touched.iter().zip(&files) {
        if let (Some(id), Some(bytes)) = (at.new, file.bytes) {
            objects.push(NewObject { kind: ObjectType::Blob, bytes: bytes.to_vec(), id });
        }
    }
    let leaves = touched.iter().zip(&files);
    let leaves = leaves.map(|(at, file)| (at.path.as_str(), at.new.map(|id| (file.mode, id)))).collect();
    let root = match grow(base, base.root(), &leaves, &mut objects)? {
        Some(root) => root,
        None => push(&mut objects, ObjectType::Tree, Vec::new())?,
    };
    let [author, committer] = signature::sign(&repository.repo, change, later(base.when(), change.when))?;
    let text = compose_commit(root, base.commit(), &[&author, &committer], &change.message);
    let commit = push(&mut objects, ObjectType::Commit, text)?;
    let intent = Intent { branch: branch.to_owned(), commit, files: touched };
    Ok(Some(Plan { intent, files, objects, parent: base.commit(), signature: committer }))
}

/// No revision is older than the one that it was made from, also where another machine's clock is ahead: dates name
/// revisions, and git lists them by date.
fn later(parent: Option<When>, now: When) -> When {
    let seconds = parent.map_or(now.seconds, |parent| now.seconds.max(parent.seconds));
    When { seconds, ..now }
}

/// The files whose new state is not the revision's. Each must stand in the work tree as the revision has it, or
/// already as it is to be: anything else is a hand edit that the change does not know.
fn differing<'c>(
    repository: &StoreRepository,
    base: &View<'_>,
    change: &'c Change,
) -> Result<(Vec<Touched>, Vec<Planned<'c>>)> {
    let (mut touched, mut files) = (Vec::new(), Vec::new());
    for (name, bytes) in &change.files {
        let path = repository.full(name)?;
        let entry = base.entry(&path)?;
        let old = entry.map(|(_, id)| id);
        let new = bytes.as_deref().map(blob_id).transpose()?;
        let stands = disk::read(repository.work_tree()?, &path)?.as_deref().map(blob_id).transpose()?;
        if stands != old && stands != new {
            return Err(StoreError::Moved(name.clone()));
        }
        if old != new {
            touched.push(Touched { path, old, new, by_hand: stands == new });
            let mode = entry.map_or(tree::FILE, |(mode, _)| mode);
            files.push(Planned { bytes: bytes.as_deref(), mode });
        }
    }
    Ok((touched, files))
}

/// Composes the trees with the leaves put in, bottom up; none for a tree that has become empty.
fn grow(
    base: &View<'_>,
    at: Option<Oid>,
    leaves: &Leaves<'_>,
    objects: &mut Vec<NewObject>,
) -> Result<Option<Oid>> {
    let old = at.map(|id| base.tree(id)).transpose()?;
    let old = old.as_ref().map_or(&[][..], |tree| tree.bytes.as_slice());
    let mut changes: Vec<(&str, Option<(u32, Oid)>)> = Vec::new();
    let mut below: BTreeMap<&str, Leaves<'_>> = BTreeMap::new();
    for (path, leaf) in leaves {
        match path.split_once('/') {
            None => changes.push((path, *leaf)),
            Some((directory, rest)) => {
                below.entry(directory).or_default().insert(rest, *leaf);
            }
        }
    }
    let broken = || malformed(at.unwrap_or(Oid::ZERO_SHA1));
    for (name, leaves) in &below {
        let found = tree::find(old, name).ok_or_else(broken)?;
        if found.is_some_and(|entry| !entry.is_directory()) {
            return Err(StoreError::NotPlain((*name).to_owned()));
        }
        let grown = grow(base, found.map(|entry| entry.id), leaves, objects)?;
        changes.push((name, grown.map(|id| (tree::DIRECTORY, id))));
    }
    let bytes = tree::splice(old, &changes).ok_or_else(broken)?;
    if bytes.is_empty() { Ok(None) } else { push(objects, ObjectType::Tree, bytes).map(Some) }
}

fn push(objects: &mut Vec<NewObject>, kind: ObjectType, bytes: Vec<u8>) -> Result<Oid> {
    let object = compose(kind, bytes)?;
    let id = object.id;
    objects.push(object);
    Ok(id)
}

fn compose_commit(root: Oid, parent: Option<Oid>, [author, committer]: &[&str; 2], message: &str) -> Vec<u8> {
    let parent = parent.map(|id| format!("parent {id}\n")).unwrap_or_default();
    // A commit's text ends at a zero byte for some readers: none is let in.
    let message = message.replace('\0', " ");
    let end = if message.ends_with('\n') { "" } else { "\n" };
    format!("tree {root}\n{parent}author {author}\ncommitter {committer}\n\n{message}{end}").into_bytes()
}
