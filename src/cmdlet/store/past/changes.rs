//! What each revision did to one file, and which of that was about one object, whatever it was called then.

use super::StoredObject;
use crate::answer::Problem;
use crate::cmdlet::transaction::difference::{Difference, of_directory, of_host, of_part};
use crate::cmdlet::transaction::{Archive, RevisionInfo, Source, StoreFile};
use crate::organization::Organization;
use crate::param::{Value, same_name};

/// A revision, and what it did.
#[derive(Clone, Debug)]
pub(in crate::cmdlet::store) struct Revised {
    /// The revision.
    pub revision: RevisionInfo,
    /// What it did; nothing where the file could not be read before or after it.
    pub differences: Vec<Difference>,
    /// Why the file could not be read.
    pub unread: Option<String>,
}

/// What the revisions did to `file`, from the newest.
///
/// # Errors
/// Where the history cannot be read.
pub(in crate::cmdlet::store) fn of_file(
    archive: &dyn Archive,
    file: &StoreFile,
) -> Result<Vec<Revised>, Problem> {
    let mut found = Vec::new();
    archive.history(Some(file), &mut |revision| {
        let (differences, unread) = match between(archive, file, revision.parent.as_deref(), &revision.id) {
            Ok(differences) => (differences, None),
            Err(problem) => (Vec::new(), Some(problem.message)),
        };
        found.push(Revised { revision, differences, unread });
        Ok(true)
    })?;
    Ok(found)
}

/// What differs in `file` between two revisions; before the first there is nothing.
fn between(
    archive: &dyn Archive,
    file: &StoreFile,
    old: Option<&str>,
    new: &str,
) -> Result<Vec<Difference>, Problem> {
    let old = old.map(|id| archive.at(id)).transpose()?;
    let new = archive.at(new)?;
    let old = old.as_ref().map(|past| past.source.as_ref());
    let mut found = Vec::new();
    difference(file, old, new.source.as_ref(), &mut found)?;
    Ok(found)
}

/// What differs in `file` between two states of the store.
///
/// # Errors
/// Where the file cannot be read.
pub(in crate::cmdlet::store) fn difference(
    file: &StoreFile,
    old: Option<&dyn Source>,
    new: &dyn Source,
    found: &mut Vec<Difference>,
) -> Result<(), Problem> {
    let names = new.directory()?;
    match file {
        StoreFile::Names => {
            if let Some(old) = old {
                of_directory(&old.directory()?, &names, found);
            }
        }
        StoreFile::Server(name) => {
            let [before, after] = match old {
                Some(old) => new.host_since(old, name)?,
                None => [None, new.host(name)?],
            };
            of_host(before.as_ref(), after.as_ref(), &names, found);
        }
        StoreFile::Part(part) => {
            let (mut before, mut after) = (Organization::default(), Organization::default());
            if let Some(old) = old {
                old.part(*part, &mut before)?;
            }
            new.part(*part, &mut after)?;
            of_part(*part, &before, &after, found);
        }
    }
    Ok(())
}

/// The name that an object had before, where a difference says that it was renamed.
fn renamed(difference: &Difference) -> Option<&str> {
    match (difference.property, &difference.before, &difference.after) {
        ("Name", Value::Text(before), Value::Text(_)) => Some(before),
        _ => None,
    }
}

/// The object as it is called since the newest of `revisions`; nothing where none of them was about one of its name.
pub(in crate::cmdlet::store) fn latest(object: &StoredObject, revisions: &[Revised]) -> Option<StoredObject> {
    let mut renames: Vec<(String, String)> = Vec::new();
    for difference in revisions.iter().flat_map(|revised| &revised.differences) {
        if object.is_of(&difference.identity) {
            return Some(object.clone());
        }
        if let Some(old) = renamed(difference) {
            let new = difference.after.to_string();
            let was = object.named(old);
            if same_name(old, &object.name) && object.named(&new).is_of(&difference.identity) {
                let later = renames
                    .iter()
                    .rev()
                    .fold(new, |name, (old, new)| if same_name(old, &name) { new.clone() } else { name });
                return Some(was.named(&later));
            }
            renames.push((old.to_owned(), new));
        }
    }
    None
}

/// Of `revisions`, from the newest, those that were about `object`, each with what it did to it. It goes by the name
/// that it had then.
pub(in crate::cmdlet::store) fn about(object: &StoredObject, revisions: Vec<Revised>) -> Vec<Revised> {
    let mut now = object.clone();
    let mut found = Vec::new();
    for mut revised in revisions {
        revised.differences.retain(|difference| now.is_of(&difference.identity));
        // A server's differences are those of its connectors too, which have names of their own.
        let identity = now.identity();
        let own = revised.differences.iter().filter(|one| same_name(&one.identity, &identity));
        if let Some(old) = own.filter_map(renamed).next() {
            now = now.named(old);
        }
        if !revised.differences.is_empty() || revised.unread.is_some() {
            found.push(revised);
        }
    }
    found
}
