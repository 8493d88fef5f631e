//! Packs the store's own repository when its loose objects pass a limit: git would do it, but git may not be
//! installed. What is loose goes into one more pack; packs are not joined, and somebody else's repository is
//! left alone.

#![expect(clippy::disallowed_methods, reason = "this file is part of the store's disk access")]

use std::path::{Path, PathBuf};

use git2::{Oid, PackBuilder, Repository};

use super::error::{Result, StoreError};
use super::objects::{NewObject, directory, loose};
use super::{disk, head, objects};

/// Git packs at some 6,700 loose objects, and looks into one of the 256 directories to guess.
const MANY: usize = 6_700 / 256;
/// Or when that directory's share stands for 64 MiB: at 10,000 servers each revision holds a tree of 400 KB, and
/// packing 250 of them takes some two seconds, with the lock held.
const LARGE: u64 = 1 << 18;

/// What the `.keep` file of a pack holds that is kept from git for a while.
const KEPT: &[u8] = b"exch: written while git gc ran\n";

/// Whether git may repack a new pack, or drop what no branch names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Keep {
    No,
    /// It has a `.keep` file until [`hand_over`].
    FromGit,
}

/// Gives the packs to git that were kept from it.
pub(super) fn hand_over(repo: &Repository) -> Result<()> {
    for file in disk::entries(&directory(repo).join("pack"))? {
        if name(&file).ends_with(".keep") && disk::read_any(&file)?.as_deref() == Some(KEPT) {
            disk::remove(&file)?;
        }
    }
    Ok(())
}

/// Packs when there is much to pack.
pub(super) fn pack_if_due(repo: &Repository) -> Result<()> {
    if is_due(&directory(repo)) { pack(repo) } else { Ok(()) }
}

/// Writes many new objects as one pack, durably: it is made aside and moved in when it is on the disk, so that no
/// name in git's directory ever stands for a part of one.
pub(super) fn write(repo: &Repository, objects: &[NewObject], keep: Keep) -> Result<()> {
    let failed = || StoreError::git("writing objects");
    let home = directory(repo).join("pack");
    let temp_path = head::state_dir(repo).join("pack");
    disk::create_dirs(&home)?;
    disk::create_dirs(&temp_path)?;
    disk::entries(&temp_path)?.iter().try_for_each(|leftovers| disk::remove(leftovers))?;
    // A repository of its own holds them in memory: what the other one writes goes to the disk as ever.
    let memory = Repository::open(repo.path()).map_err(failed())?;
    let odb = memory.odb().map_err(failed())?;
    odb.add_new_mempack_backend(1_000).map_err(failed())?;
    let mut builder = memory.packbuilder().map_err(failed())?;
    builder.set_threads(0);
    for object in objects {
        odb.write(object.kind, &object.bytes).map_err(failed())?;
        builder.insert_object(object.id, None).map_err(failed())?;
    }
    let files = save(&mut builder, &temp_path)?;
    if let (Keep::FromGit, [pack, _]) = (keep, &files) {
        disk::write_synced(&home.join(name(pack)).with_extension("keep"), KEPT)?;
    }
    for file in files {
        disk::replace(&file, &home.join(name(&file)))?;
    }
    disk::sync_dir(&home)?;
    repo.odb().and_then(|odb| odb.refresh()).map_err(failed())
}

/// Writes a pack and its index, in the order in which they may be moved, and syncs them.
fn save(builder: &mut PackBuilder<'_>, home: &Path) -> Result<[PathBuf; 2]> {
    builder.write(home, 0).map_err(StoreError::git("packing the history"))?;
    let name = builder.name().ok().flatten().unwrap_or_default().to_owned();
    let files = ["pack", "idx"].map(|kind| home.join(format!("pack-{name}.{kind}")));
    for file in &files {
        if !disk::sync_file(file)? {
            return Err(StoreError::damaged("pack", format!("{} was not written", file.display())));
        }
        disk::adopt(file)?;
    }
    Ok(files)
}

fn is_due(top: &Path) -> bool {
    let Ok(sample) = std::fs::read_dir(top.join("17")) else { return false };
    let sizes: Vec<u64> = sample.flatten().filter_map(|file| Some(file.metadata().ok()?.len())).collect();
    sizes.len() > MANY || sizes.iter().sum::<u64>() > LARGE
}

/// Packs every loose object, and removes the loose ones once the pack is on the disk.
fn pack(repo: &Repository) -> Result<()> {
    let failed = || StoreError::git("packing the history");
    let top = directory(repo);
    let home = top.join("pack");
    disk::create_dirs(&home)?;
    remove_litter(&home)?;
    let ids = loose_ids(&top)?;
    let mut builder = repo.packbuilder().map_err(failed())?;
    builder.set_threads(0);
    for id in &ids {
        // Read before libgit2 does: a broken one must not go into a pack, nor be deleted for being in one.
        objects::check(repo, *id)?;
        builder.insert_object(*id, None).map_err(failed())?;
    }
    save(&mut builder, &home)?;
    disk::sync_dir(&home)?;
    repo.odb().and_then(|odb| odb.refresh()).map_err(failed())?;
    ids.iter().try_for_each(|id| disk::remove(&loose(&top, *id)))
}

/// Removes what a packing that was cut short left.
fn remove_litter(home: &Path) -> Result<()> {
    for file in disk::entries(home)? {
        let name = file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        if name.starts_with("pack_git2_") {
            disk::remove(&file)?;
        }
    }
    Ok(())
}

fn loose_ids(top: &Path) -> Result<Vec<Oid>> {
    let mut ids = Vec::new();
    for fan in disk::entries(top)?.into_iter().filter(|path| path.is_dir() && name(path).len() == 2) {
        for file in disk::entries(&fan)? {
            let hex = name(&fan) + &name(&file);
            if hex.len() == 40
                && let Ok(id) = Oid::from_str(&hex)
            {
                ids.push(id);
            }
        }
    }
    Ok(ids)
}

fn name(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}
