//! A store's directory and the repository that keeps its history, opened without looking at either's content.

use std::path::{Path, PathBuf};

use git2::{Config, ErrorCode, Repository, RepositoryOpenFlags};
use jiff::tz::TimeZone;

use super::error::{OPENING, Result, StoreError};
use super::history::History;
use super::view::View;
use super::{disk, head, path, revision};

/// A store on disk. Cheap to open; one for each thread.
pub struct StoreRepository {
    pub(super) repo: Repository,
    /// The top of the work tree, without links; none in a bare repository.
    pub(super) top: Option<PathBuf>,
    /// Where the store lies below the top, with plain slashes; empty when it is the top.
    pub(super) prefix: String,
    /// The zone of dates without an offset.
    pub(super) zone: fn() -> TimeZone,
}

impl StoreRepository {
    /// Opens the store in a directory: in the repository there, or where there is none in the nearest one upward. One
    /// that is there and damaged is an error: what belongs to it must not go into another.
    ///
    /// # Errors
    /// No repository, a damaged one, another user's, one that ignores the directory, or one that cannot be read.
    pub fn open(dir: &Path) -> Result<Self> {
        StoreRepository::open_as(dir, None)
    }

    /// As [`StoreRepository::open`], where `git_config` (`GIT_CONFIG_GLOBAL`) stands for the user's git configuration:
    /// another user's repository is opened if `safe.directory` there names it.
    ///
    /// # Errors
    /// As [`StoreRepository::open`].
    pub(crate) fn open_as(dir: &Path, git_config: Option<&Path>) -> Result<Self> {
        let none: [&str; 0] = [];
        let own = disk::facts(&dir.join(".git"))?.is_some();
        let flags = if own { RepositoryOpenFlags::NO_SEARCH } else { RepositoryOpenFlags::empty() };
        let opened = match Repository::open_ext(dir, flags, none) {
            Err(error) if error.code() == ErrorCode::Owner => {
                git_config.and_then(|config| trusted(dir, config)).ok_or(error)
            }
            opened => opened,
        };
        let repo = opened.map_err(|error| open_error(dir, own, error))?;
        let Some(workdir) = repo.workdir() else {
            return Ok(StoreRepository { repo, top: None, prefix: String::new(), zone: || TimeZone::UTC });
        };
        let top = canonical(workdir)?;
        let place = canonical(dir)?;
        let below = place.strip_prefix(&top).map_err(|_| StoreError::NoRepository(dir.to_owned()))?;
        let prefix = spell(below)?;
        if !prefix.is_empty() && repo.is_path_ignored(&prefix).unwrap_or(false) {
            return Err(StoreError::NoRepository(dir.to_owned()));
        }
        Ok(StoreRepository { repo, top: Some(top), prefix, zone: || TimeZone::UTC })
    }

    /// The same where a date without an offset is one of `zone`; else it is one of UTC.
    #[must_use]
    pub(crate) fn in_zone(self, zone: fn() -> TimeZone) -> Self {
        StoreRepository { zone, ..self }
    }

    /// Pins the current revision for reading. Takes no lock and never waits.
    ///
    /// # Errors
    /// A branch, commit or tree that is damaged.
    pub fn read(&self) -> Result<View<'_>> {
        View::current(self)
    }

    /// Pins an old revision: what git takes (`HEAD~2`, an abbreviated id, a tag), or a date ([`crate::param::Moment`];
    /// of a day its end), which means the last revision at or before it.
    ///
    /// # Errors
    /// No such revision, several, or a damaged one.
    pub fn at(&self, revision: &str) -> Result<View<'_>> {
        View::old(self, revision::resolve(self, revision)?)
    }

    /// The revisions that touched the store, newest first; only those that touched `path` (a file or a
    /// directory below the store) when one is given.
    ///
    /// # Errors
    /// A name that cannot be one, or a damaged branch.
    pub fn history(&self, path: Option<&str>) -> Result<History<'_>> {
        History::new(self, path)
    }

    /// Whether the store made this repository for itself. Such a one it packs; somebody else's it leaves alone.
    #[must_use]
    pub fn is_own(&self) -> bool {
        self.prefix.is_empty() && head::is_own(&self.repo)
    }

    /// The git directory, for messages.
    #[must_use]
    pub fn git_dir(&self) -> &Path {
        self.repo.path()
    }

    /// The name of a file of the store as the repository knows it.
    pub(super) fn full(&self, name: &str) -> Result<String> {
        path::check(name)?;
        Ok(path::join(&self.prefix, name))
    }

    /// The top of the work tree, for those who write.
    pub(super) fn work_tree(&self) -> Result<&Path> {
        self.top.as_deref().ok_or(StoreError::Busy("it is bare: it has no files to change"))
    }
}

/// The repository of another user that a git configuration names as safe. libgit2 looks for `safe.directory` in its own
/// places alone, so such a repository is opened as a bare one and told where its files are.
fn trusted(dir: &Path, git_config: &Path) -> Option<Repository> {
    let none: [&str; 0] = [];
    let git_dir = Repository::discover_path(dir, none).ok()?;
    let top = canonical(git_dir.parent()?).ok().filter(|_| git_dir.ends_with(".git"))?;
    let config = Config::open(git_config).ok()?;
    let mut is_safe = false;
    let mut entries = config.multivar("safe.directory", None).ok()?;
    while let Some(Ok(entry)) = entries.next() {
        match entry.value().unwrap_or_default() {
            // As for git, an empty value takes back those before it.
            "" => is_safe = false,
            "*" => is_safe = true,
            path => {
                let path = Path::new(path);
                is_safe |= match path.file_name().filter(|name| *name == "*").and_then(|_| path.parent()) {
                    Some(above) => top.starts_with(above),
                    None => canonical(path).is_ok_and(|path| path == top),
                };
            }
        }
    }
    let repo = Repository::open_bare(&git_dir).ok().filter(|_| is_safe)?;
    repo.set_workdir(&top, false).ok()?;
    Some(repo)
}

fn open_error(dir: &Path, own: bool, error: git2::Error) -> StoreError {
    match error.code() {
        ErrorCode::NotFound if own => StoreError::damaged(
            "git directory",
            format!("{} is not a repository", dir.join(".git").display()),
        ),
        ErrorCode::NotFound => StoreError::NoRepository(dir.to_owned()),
        ErrorCode::Owner => StoreError::Owner(dir.to_owned()),
        _ => StoreError::git(OPENING)(error),
    }
}

pub(super) fn canonical(path: &Path) -> Result<PathBuf> {
    dunce::canonicalize(path).map_err(StoreError::disk("looking at", path))
}

/// A path below the top, in git's spelling.
fn spell(path: &Path) -> Result<String> {
    let parts: Option<Vec<&str>> = path.components().map(|part| part.as_os_str().to_str()).collect();
    parts.map(|parts| parts.join("/")).ok_or_else(|| StoreError::BadPath(path.to_string_lossy().into_owned()))
}
