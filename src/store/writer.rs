//! The one who may change a store: holds its lock, settles what an earlier one left unfinished, makes revisions.

use std::time::Duration;

use git2::{ObjectType, Oid};

use super::change::Change;
use super::commit::{self, Step, Verdict};
use super::error::{Result, StoreError};
use super::plan::plan;
use super::repository::StoreRepository;
use super::revision::RevisionId;
use super::view::View;
use super::{create, disk, head, index, intent, lock, names, pack, recover, reference};

/// A locked store. Dropping it frees the lock.
pub struct Writer<'d> {
    repository: &'d StoreRepository,
    branch: String,
    /// The revision that changes are made from.
    base: Option<Oid>,
    notices: Vec<String>,
    _lock: lock::Lock,
}

impl StoreRepository {
    /// Locks the store for a change, waiting as long as `timeout` for another writer, and settles a change that
    /// was cut short; [`Writer::take_notices`] says so.
    ///
    /// # Errors
    /// A lock that was not had, or that the file system does not know; a repository that takes no changes now
    /// (bare, HEAD detached, a merge under way); damage.
    pub fn lock(&self, timeout: Duration) -> Result<Writer<'_>> {
        head::writable_branch(&self.repo)?;
        let state_dir = head::state_dir(&self.repo);
        disk::create_dirs(&state_dir)?;
        let lock = lock::take(&state_dir.join("lock"), timeout)?;
        // Asked again now that nobody else of ours can move anything.
        let branch = head::writable_branch(&self.repo)?;
        let notices = settle(self, &branch)?;
        let base = head::commit(&self.repo)?;
        if base.is_none() && self.is_own() {
            create::tidy(self.work_tree()?)?;
        }
        Ok(Writer { repository: self, branch, base, notices, _lock: lock })
    }
}

/// Settles an unfinished change, if there is one; gives what to say about it.
fn settle(repository: &StoreRepository, branch: &str) -> Result<Vec<String>> {
    let state_dir = head::state_dir(&repository.repo);
    let unfinished = match intent::read(&state_dir) {
        Ok(None) => return Ok(Vec::new()),
        Ok(Some(unfinished)) => unfinished,
        Err(error @ StoreError::Damaged { .. }) => {
            // Records are put in place whole, so this one was spoiled later: what the change had done to files
            // shows as hand edits.
            reference::abandon(&repository.repo, &state_dir, branch)?;
            index::abandon(&repository.repo, &state_dir)?;
            intent::set_aside(&state_dir)?;
            return Ok(vec![format!(
                "{error}; it is set aside, and an unfinished change shows as hand edits"
            )]);
        }
        Err(error) => return Err(error),
    };
    let settled = recover::settle(repository, &unfinished)?;
    let done = if settled.finished {
        format!(
            "a change that was cut short is finished: revision {}",
            RevisionId::new(unfinished.commit).short()
        )
    } else {
        "a change that was cut short is undone".to_owned()
    };
    Ok(std::iter::once(done).chain(settled.notices).collect())
}

impl<'d> Writer<'d> {
    /// The revision that the next change is made from, with the hand edits over it.
    ///
    /// # Errors
    /// A damaged commit or tree.
    pub fn view(&self) -> Result<View<'d>> {
        View::pinned(self.repository, self.base)
    }

    /// Whether a view is of the revision that the next change is made from.
    #[must_use]
    pub(crate) fn stands_at(&self, view: &View<'_>) -> bool {
        self.base == view.commit()
    }

    /// Makes a revision, all of it or nothing, durable when this returns; none when the change changes nothing.
    ///
    /// A file must stand in the work tree as the revision has it, or already as it is to be (which is how a hand
    /// edit is recorded).
    ///
    /// # Errors
    /// [`StoreError::Moved`] for a hand edit that the change does not know, [`StoreError::BranchMoved`] when git
    /// moved the branch meanwhile, a full or failing disk. The state is then the one before, except with
    /// [`StoreError::Unconfirmed`].
    pub fn commit(&mut self, change: &Change) -> Result<Option<RevisionId>> {
        self.commit_watched(change, &mut |_| Verdict::Go)
    }

    /// As [`Writer::commit`], asking `probe` at each step whether to go on: for tests of crashes. After
    /// [`Verdict::Die`] the writer is to be dropped, as the process would be.
    ///
    /// # Errors
    /// As [`Writer::commit`].
    pub fn commit_watched(
        &mut self,
        change: &Change,
        probe: &mut dyn FnMut(Step) -> Verdict,
    ) -> Result<Option<RevisionId>> {
        if head::commit(&self.repository.repo)? != self.base
            || head::branch(&self.repository.repo)? != self.branch
        {
            return Err(StoreError::BranchMoved(self.branch.clone()));
        }
        let Some(plan) = plan(self.repository, &self.view()?, &self.branch, change)? else { return Ok(None) };
        let notices = commit::carry_out(self.repository, &plan, probe)?;
        self.notices.extend(notices);
        self.base = Some(plan.intent.commit);
        for tree in plan.objects.iter().filter(|object| object.kind == ObjectType::Tree) {
            // It only helps, and readers do without.
            let _ = names::write(&head::state_dir(&self.repository.repo), tree.id, &tree.bytes);
        }
        if self.repository.is_own()
            && let Err(error) = pack::pack_if_due(&self.repository.repo)
        {
            self.notices.push(format!("the history could not be packed: {error}"));
        }
        Ok(Some(RevisionId::new(plan.intent.commit)))
    }

    /// What happened besides, one sentence each; each is given once.
    pub fn take_notices(&mut self) -> Vec<String> {
        std::mem::take(&mut self.notices)
    }
}
