//! Tidies after a change that was cut short, or that failed: HEAD decides. Where the branch has moved the change
//! is finished, where it has not it is undone, and either way each file that the intent record names and that
//! still is as a writer left it becomes what HEAD holds. A file that a hand edited since is left and reported.

use std::collections::BTreeSet;

use super::error::{Result, StoreError};
use super::index::{self, Wanted};
use super::intent::{self, Intent, Touched};
use super::repository::StoreRepository;
use super::view::View;
use super::walk::Walk;
use super::{disk, head, objects, path, reference, swap};

/// What tidying came to.
pub(super) struct Settled {
    /// Whether the change is in the history; else it is undone.
    pub finished: bool,
    /// What there is to say besides, one sentence each.
    pub notices: Vec<String>,
}

/// Settles an unfinished change. The store's lock is held.
pub(super) fn settle(repository: &StoreRepository, intent: &Intent) -> Result<Settled> {
    let top = repository.work_tree()?;
    let state_dir = head::state_dir(&repository.repo);
    let now = View::current(repository)?;
    let finished = has(repository, &now, intent);
    let mut notices = Vec::new();
    let mut directories = BTreeSet::new();
    for (n, file) in intent.files.iter().enumerate() {
        // The branch moves when every file is in its place: what differs since then is no writer's.
        let temporary = intent.temporary(top, n).filter(|_| !file.by_hand);
        if let Some(temporary) = &temporary {
            if !finished && swap::rescue(top, &file.path, temporary, [file.old, file.new])? {
                directories.insert(path::split(&file.path).0);
            }
            disk::remove(temporary)?;
        }
        // Another name: what is cut short there must not be taken for a hand edit that was swapped out.
        let temporary = temporary.map(|path| path.with_extension("undo"));
        if let Some(temporary) = &temporary {
            disk::remove(temporary)?;
        }
        let temporary = temporary.filter(|_| !finished);
        match restore(repository, &now, file, temporary) {
            Ok(true) => {
                directories.insert(path::split(&file.path).0);
            }
            Ok(false) => {}
            Err(StoreError::Moved(name)) => {
                notices.push(format!("{name} was edited by hand after that and is left as it is"));
            }
            Err(error) => return Err(error),
        }
    }
    for directory in directories {
        disk::sync_dir(&top.join(directory))?;
    }
    reference::abandon(&repository.repo, &state_dir, &intent.branch)?;
    if let Err(error) = tidy_index(repository, &now, intent) {
        // An index that cannot be read was not written either; another one may hold the change.
        let was_written = matches!(error, StoreError::Disk { .. } | StoreError::Git { .. });
        notices.push(format!("git's index is not up to date; the next change tries again: {error}"));
        if finished || was_written {
            return Ok(Settled { finished, notices });
        }
    }
    disk::remove(&state_dir.join("intent-new"))?;
    if repository.is_own() {
        objects::remove_litter(&repository.repo)?;
    }
    intent::remove(&state_dir)?;
    Ok(Settled { finished, notices })
}

/// Makes a file what HEAD holds, if a writer left it otherwise; whether it did. Without a temporary file to do it
/// with, any difference is a hand's.
fn restore(
    repository: &StoreRepository,
    now: &View<'_>,
    file: &Touched,
    temporary: Option<std::path::PathBuf>,
) -> Result<bool> {
    if file.by_hand {
        return Ok(false);
    }
    let top = repository.work_tree()?;
    let moved = || StoreError::Moved(file.path.clone());
    let held = now.entry(&file.path)?.map(|(_, id)| id);
    let stands = match disk::read(top, &file.path) {
        Err(StoreError::NotPlain(_)) => return Err(moved()),
        read => read?.as_deref().map(objects::blob_id).transpose()?,
    };
    if stands == held {
        return Ok(false);
    }
    let Some(temporary) = temporary.filter(|_| stands == file.old || stands == file.new) else {
        return Err(moved());
    };
    if let Some(id) = held {
        let target = top.join(&file.path);
        let bytes = objects::read(&repository.repo, id, git2::ObjectType::Blob)?;
        target.parent().map_or(Ok(()), disk::create_dirs)?;
        disk::write_synced(&temporary, &bytes)?;
        disk::copy_modes(&target, &temporary)?;
    }
    swap::put(top, &file.path, &temporary, [stands, held]).map(|()| true)
}

fn tidy_index(repository: &StoreRepository, now: &View<'_>, intent: &Intent) -> Result<()> {
    let state_dir = head::state_dir(&repository.repo);
    index::abandon(&repository.repo, &state_dir)?;
    let mut wanted = Vec::new();
    for file in &intent.files {
        let over = Some([file.old, file.new]);
        wanted.push(Wanted { path: &file.path, entry: now.entry(&file.path)?, written: None, over });
    }
    index::update(&repository.repo, repository.work_tree()?, &state_dir, &wanted)
}

/// Whether the change's commit is in the history that HEAD names.
fn has(repository: &StoreRepository, now: &View<'_>, intent: &Intent) -> bool {
    now.commit() == Some(intent.commit)
        || Walk::new(&repository.repo, now.commit())
            .is_ok_and(|mut walk| walk.any(|one| one.is_ok_and(|(id, _)| id == intent.commit)))
}
