//! Makes a planned change durable, in an order that a crash cannot spoil: intent, objects, everything that needs
//! space, then only renames (files, index, branch), and the intent is removed. There are three waits for the disk,
//! each for all that was written since the one before: before the first file is replaced, before the branch moves,
//! and before the change is acknowledged.
//!
//! git's index is locked from before the branch moves until afterwards, and is replaced before it: a `git commit`
//! that starts from the new revision never finds the entries of the old one, with which it would take the change
//! back.
//!
//! What fails before the branch moves is undone; what fails after it is a notice.

#![expect(clippy::disallowed_methods, reason = "this file is part of the store's disk access")]

use std::collections::BTreeSet;
use std::fs::Metadata;
use std::path::PathBuf;

use super::error::{Result, StoreError};
use super::index::{self, Wanted};
use super::intent::Touched;
use super::plan::{Plan, Planned};
use super::repository::StoreRepository;
use super::{disk, gc, head, intent, objects, path, recover, reference, swap};

/// A point of a commit that has just been passed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// The intent record is in place.
    Intent,
    /// It is on the disk, and so are the objects and the new files beside the old ones.
    Objects,
    /// The branch is locked.
    Prepared,
    /// The n-th file is replaced.
    File(usize),
    /// The files' directories and the new index, beside git's own, are on the disk.
    Directories,
    /// The branch has moved: the change is made.
    Branch,
    /// git's index, which knows it, is unlocked.
    Index,
    /// The intent record is gone.
    Done,
}

/// What a test's probe wants to happen at a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Go on.
    Go,
    /// Fail as if the disk had, and undo.
    Fail,
    /// Stop dead, as if killed: nothing is undone.
    Die,
}

/// Watches a commit, for tests.
pub(super) type Probe<'p> = &'p mut dyn FnMut(Step) -> Verdict;

struct Stopped {
    error: StoreError,
    dead: bool,
    /// Whether the branch has moved already, though the disk did not confirm it.
    moved: bool,
}

impl From<StoreError> for Stopped {
    fn from(error: StoreError) -> Self {
        Stopped { error, dead: false, moved: false }
    }
}

type Progress = std::result::Result<(), Stopped>;

/// Carries a plan out; gives the notices. The store's lock is held.
pub(super) fn carry_out(
    repository: &StoreRepository,
    plan: &Plan<'_>,
    probe: Probe<'_>,
) -> Result<Vec<String>> {
    let mut notices = Vec::new();
    match until_branch(repository, plan, probe, &mut notices) {
        Ok(()) => {}
        Err(stopped) if stopped.dead => return Err(stopped.error),
        Err(stopped) => return Err(undo(repository, plan, stopped)),
    }
    match after_branch(repository, plan, probe, notices.is_empty()) {
        Err(stopped) if stopped.dead => Err(stopped.error),
        Err(stopped) => {
            notices.push(format!("the change is made, but not tidied after: {}", stopped.error));
            Ok(notices)
        }
        Ok(()) => Ok(notices),
    }
}

fn until_branch(
    repository: &StoreRepository,
    plan: &Plan<'_>,
    probe: Probe<'_>,
    notices: &mut Vec<String>,
) -> Progress {
    let (repo, state_dir) = (&repository.repo, head::state_dir(&repository.repo));
    let mut written = intent::put(&state_dir, &plan.intent)?.to_vec();
    pass(Step::Intent, probe)?;
    let found = usable(index::open(repo, &state_dir), notices)?;
    let prepared = prepare_files(repository, plan)?;
    written.extend(prepared.iter().flatten().map(|file| file.path.clone()));
    written.push(reference::write_aside(&state_dir, plan.intent.commit)?);
    objects::write(repo, &plan.objects, &written)?;
    pass(Step::Objects, probe)?;
    reference::prepare(repo, &state_dir, &plan.intent.branch, plan.parent)?;
    pass(Step::Prepared, probe)?;
    for n in 0..plan.files.len() {
        replace(repository, plan, n)?;
        pass(Step::File(n), probe)?;
    }
    let copy = found.map(|found| prepare_index(repository, plan, &prepared, found));
    let copy = copy.and_then(|copy| usable(copy, notices).transpose()).transpose()?;
    let has_index = copy.is_some();
    disk::sync_together(&replaced(repository, plan)?.into_iter().chain(copy).collect::<Vec<_>>())?;
    pass(Step::Directories, probe)?;
    gc::outlast(repo, &plan.objects)?;
    if has_index {
        index::place(repo, &state_dir)?;
    }
    reference::apply(repo, &state_dir, &plan.intent.branch)?;
    let moved = [reference::directory(repo, &plan.intent.branch), repo.path().to_owned()];
    gc::outlast(repo, &plan.objects)
        .and_then(|()| disk::sync_together(&moved))
        .and_then(|()| reference::release(repo, &plan.intent.branch))
        .map_err(|error| Stopped { error, dead: false, moved: true })
}

/// A broken index, which no `git commit` can use either, holds nothing up.
fn usable<T>(index: Result<T>, notices: &mut Vec<String>) -> Result<Option<T>> {
    match index {
        Err(error @ StoreError::Damaged { .. }) => {
            notices.push(format!("git's index is not up to date; the next change tries again: {error}"));
            Ok(None)
        }
        index => index.map(Some),
    }
}

/// Puts the change into a copy of git's index and leaves that locked.
fn prepare_index(
    repository: &StoreRepository,
    plan: &Plan<'_>,
    prepared: &[Option<Prepared>],
    found: index::Found,
) -> Result<PathBuf> {
    let (repo, state_dir) = (&repository.repo, head::state_dir(&repository.repo));
    let files = plan.intent.files.iter().zip(&plan.files).zip(prepared);
    let wanted: Vec<Wanted<'_>> = files
        .map(|((at, file), prepared)| Wanted {
            path: &at.path,
            entry: at.new.map(|id| (file.mode, id)),
            written: prepared.as_ref().map(|file| &file.facts),
            over: None,
        })
        .collect();
    index::prepare(repo, repository.work_tree()?, &state_dir, found, &wanted)
}

/// Tidies. Where the index could not be written the intent record stays, so that the next change tries again.
fn after_branch(
    repository: &StoreRepository,
    plan: &Plan<'_>,
    probe: Probe<'_>,
    is_index_written: bool,
) -> Progress {
    pass(Step::Branch, probe)?;
    let (repo, state_dir) = (&repository.repo, head::state_dir(&repository.repo));
    // The log of a branch is git's convenience: that it cannot be written loses nothing.
    let line = format!("{}\tcommit: {}", plan.signature, subject(plan));
    let _ = reference::log(repo, &plan.intent.branch, plan.parent, plan.intent.commit, &line);
    if !is_index_written {
        return Ok(());
    }
    index::release(repo)?;
    pass(Step::Index, probe)?;
    intent::finish(&state_dir)?;
    pass(Step::Done, probe)
}

/// A new file beside the one that it will replace.
struct Prepared {
    path: PathBuf,
    facts: Metadata,
}

/// Writes the new files: a full disk shows here, before anything moved. None for what goes or is there already.
fn prepare_files(repository: &StoreRepository, plan: &Plan<'_>) -> Result<Vec<Option<Prepared>>> {
    let top = repository.work_tree()?;
    let files = plan.intent.files.iter().zip(&plan.files).enumerate();
    let prepare = |(n, (at, file)): (usize, (&Touched, &Planned<'_>))| {
        let (Some(bytes), Some(path), false) = (file.bytes, plan.intent.temporary(top, n), at.by_hand) else {
            return Ok(None);
        };
        path.parent().map_or(Ok(()), disk::create_dirs)?;
        let written = disk::write_new(&path, bytes)?;
        disk::copy_modes(&top.join(&at.path), &path)?;
        let facts = written.metadata().map_err(StoreError::disk("looking at", &path))?;
        Ok(Some(Prepared { path, facts }))
    };
    files.map(prepare).collect()
}

/// Puts the n-th new file in its place, unless a hand has been at the old one since the change was planned.
fn replace(repository: &StoreRepository, plan: &Plan<'_>, n: usize) -> Result<()> {
    let top = repository.work_tree()?;
    let (Some(at), Some(temporary)) = (plan.intent.files.get(n), plan.intent.temporary(top, n)) else {
        return Ok(());
    };
    if at.by_hand {
        return Ok(());
    }
    swap::put(top, &at.path, &temporary, [at.old, at.new])
}

/// What is synced when the files are replaced: their directories, and what a hand wrote, for which the change vouches
/// as well.
fn replaced(repository: &StoreRepository, plan: &Plan<'_>) -> Result<Vec<PathBuf>> {
    let top = repository.work_tree()?;
    let by_hand = plan.intent.files.iter().filter(|at| at.by_hand && at.new.is_some());
    let by_hand: Vec<PathBuf> = by_hand.map(|at| top.join(&at.path)).collect();
    let directories: BTreeSet<PathBuf> =
        plan.intent.files.iter().map(|at| top.join(path::split(&at.path).0)).collect();
    Ok(by_hand.into_iter().chain(directories.into_iter().filter(|at| at.is_dir())).collect())
}

/// Undoes what a failed change did. When even that fails the intent record stays: readers see the state before,
/// and the next change settles it.
fn undo(repository: &StoreRepository, plan: &Plan<'_>, stopped: Stopped) -> StoreError {
    let finished = recover::settle(repository, &plan.intent).is_ok_and(|settled| settled.finished);
    if finished || stopped.moved { unconfirmed(plan, stopped.error) } else { stopped.error }
}

fn unconfirmed(plan: &Plan<'_>, error: StoreError) -> StoreError {
    StoreError::Unconfirmed { revision: plan.intent.commit.to_string(), source: Box::new(error) }
}

fn pass(step: Step, probe: Probe<'_>) -> Progress {
    let stopped = |dead| {
        let source = std::io::Error::other(format!("stopped after {step:?}"));
        Stopped {
            error: StoreError::Disk { doing: "testing", path: PathBuf::new(), source },
            dead,
            moved: false,
        }
    };
    match probe(step) {
        Verdict::Go => Ok(()),
        Verdict::Fail => Err(stopped(false)),
        Verdict::Die => Err(stopped(true)),
    }
}

/// The first line of the message, as the commit holds it.
fn subject(plan: &Plan<'_>) -> String {
    let text = plan.objects.last().map(|commit| String::from_utf8_lossy(&commit.bytes)).unwrap_or_default();
    text.split_once("\n\n").and_then(|(_, message)| message.lines().next()).unwrap_or_default().to_owned()
}
