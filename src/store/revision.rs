//! Names of revisions: what git takes, and dates. It refuses to know what a revision holds.

use std::fmt;

use git2::{ErrorCode, ObjectType, Oid, Repository};
use jiff::Timestamp;

use super::error::{Result, StoreError};
use super::repository::StoreRepository;
use super::walk::{Boundary, Walk};
use super::{head, objects};
use crate::param::{Moment, print_moment};

/// The full name of a revision.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RevisionId(Oid);

impl RevisionId {
    pub(super) fn new(id: Oid) -> Self {
        RevisionId(id)
    }

    pub(super) fn oid(self) -> Oid {
        self.0
    }

    /// The first seven digits, for people.
    #[must_use]
    pub fn short(self) -> String {
        self.to_string().chars().take(7).collect()
    }
}

impl fmt::Display for RevisionId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// Finds the commit that a text means: git's reading first, so that a tag may look like a date.
pub(super) fn resolve(repository: &StoreRepository, text: &str) -> Result<Oid> {
    let unknown = || StoreError::NoRevision(text.to_owned());
    // Nothing names a revision whose branch is damaged; what HEAD means must be known first.
    head::commit(&repository.repo)?;
    let (base, steps) = text.split_at(text.find(['~', '^', '@', ':']).unwrap_or(text.len()));
    if let Some(found) = named(&repository.repo, base)? {
        let found = peel(&repository.repo, found)?.ok_or_else(unknown)?;
        return match walk_back(&repository.repo, found, steps)? {
            Some(found) => found.ok_or_else(unknown),
            None => by_git(&repository.repo, text),
        };
    }
    match Moment::parse(text).and_then(|moment| moment.last(&(repository.zone)())) {
        Some(moment) => at(repository, moment.as_second(), text),
        None => by_git(&repository.repo, text),
    }
}

/// A reference or the beginning of an id. The object itself is not read, since libgit2 must not be the one to
/// read a loose one (see `inflate`).
fn named(repo: &Repository, name: &str) -> Result<Option<Oid>> {
    // libgit2 takes no name at all for HEAD.
    if name.is_empty() {
        return Ok(None);
    }
    if let Ok(found) = repo.resolve_reference_from_short_name(name) {
        return Ok(found.resolve().ok().and_then(|found| found.target()));
    }
    let is_id = (4..=40).contains(&name.len()) && name.bytes().all(|digit| digit.is_ascii_hexdigit());
    let Some(part) = Oid::from_str(name).ok().filter(|_| is_id) else { return Ok(None) };
    let odb = repo.odb().map_err(StoreError::git("opening the objects"))?;
    match odb.exists_prefix(part, name.len()) {
        Ok(id) => Ok(Some(id)),
        Err(error) if error.code() == ErrorCode::Ambiguous => Err(StoreError::Ambiguous(name.to_owned())),
        Err(_) => Ok(None),
    }
}

/// The commit that a tag names; none for what is neither.
fn peel(repo: &Repository, id: Oid) -> Result<Option<Oid>> {
    let mut id = id;
    loop {
        let commit = objects::read(repo, id, ObjectType::Commit);
        let Err(error) = commit else { return Ok(Some(id)) };
        let Ok(tag) = objects::read(repo, id, ObjectType::Tag) else {
            let other = [ObjectType::Tree, ObjectType::Blob];
            let is_other = other.iter().any(|kind| objects::read(repo, id, *kind).is_ok());
            return if is_other { Ok(None) } else { Err(error) };
        };
        let text = String::from_utf8_lossy(&tag);
        let target = text.lines().next().and_then(|line| line.strip_prefix("object "));
        let Some(target) = target.and_then(|hex| Oid::from_str(hex).ok()) else { return Err(error) };
        id = target;
    }
}

/// Follows `~2` and `^`; the outer option is none for what only git can read.
fn walk_back(repo: &Repository, from: Oid, steps: &str) -> Result<Option<Option<Oid>>> {
    let (mut at, mut rest) = (from, steps);
    let boundary = Boundary::of(repo)?;
    while let Some(sign) = rest.chars().next() {
        let digits = rest.get(1..).unwrap_or_default();
        let end = digits.find(|c: char| !c.is_ascii_digit()).unwrap_or(digits.len());
        let (number, after) = digits.split_at(end);
        let number: usize = if number.is_empty() { 1 } else { number.parse().unwrap_or(usize::MAX) };
        let (times, parent) = match sign {
            '~' => (number, 1),
            '^' if number == 0 => (0, 1),
            '^' if !after.starts_with('{') => (1, number),
            _ => return Ok(None),
        };
        for _ in 0..times {
            match boundary.commit(repo, at)?.parents.get(parent - 1) {
                Some(id) => at = *id,
                None => return Ok(Some(None)),
            }
        }
        rest = after;
    }
    Ok(Some(Some(at)))
}

/// What only git can read: `main@{1}`, `:/text`, the names that git describe gives.
fn by_git(repo: &Repository, text: &str) -> Result<Oid> {
    let unknown = || StoreError::NoRevision(text.to_owned());
    match repo.revparse_single(text) {
        Ok(object) => object.peel(ObjectType::Commit).map(|found| found.id()).map_err(|_| unknown()),
        Err(error) if error.code() == ErrorCode::Ambiguous => Err(StoreError::Ambiguous(text.to_owned())),
        Err(error) => match error.code() {
            ErrorCode::NotFound | ErrorCode::InvalidSpec | ErrorCode::UnbornBranch | ErrorCode::Peel => {
                Err(unknown())
            }
            _ => Err(StoreError::git("reading a revision")(error)),
        },
    }
}

/// The newest commit that was made at or before a moment, which was typed as `text`.
fn at(repository: &StoreRepository, moment: i64, text: &str) -> Result<Oid> {
    let mut first = None;
    for found in Walk::new(&repository.repo, head::commit(&repository.repo)?)? {
        let (id, record) = found?;
        if record.when.seconds <= moment {
            return Ok(id);
        }
        first = Some(record.when.seconds);
    }
    let text = text.to_owned();
    let Some(first) = first else { return Err(StoreError::NoRevision(text)) };
    let first = print_moment(Timestamp::from_second(first).unwrap_or_default(), (repository.zone)());
    Err(StoreError::BeforeFirst { text, first })
}
