//! Where the store is: `-Store`, EXCH_STORE, the nearest directory upward, the user's data directory.

#![expect(clippy::disallowed_methods, reason = "looking for exch.toml upward is part of finding the store")]

use std::fs::Metadata;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use jiff::tz::TimeZone;

use super::{Options, World};
use crate::answer::{Exit, Problem};
use crate::store::{Ownership, StoreError, StoreRepository};

/// The file that makes a directory a store.
pub(crate) const STORE_FILE: &str = "exch.toml";

/// A place that holds a store, or could.
#[derive(Clone, Debug)]
pub struct Place {
    /// The directory.
    pub dir: PathBuf,
    /// Whose repository a store made there goes to.
    pub ownership: Ownership,
    /// What stands for the user's git configuration.
    pub git_config: Option<PathBuf>,
    /// The reader's time zone, of dates without an offset.
    pub zone: fn() -> TimeZone,
}

/// Finds the place.
///
/// # Errors
/// Exit 6 where nothing names one and the user has no data directory.
pub fn find(options: &Options, world: &World) -> Result<Place, Problem> {
    let (environment, zone) = (&world.environment, world.zone);
    let at =
        |dir: PathBuf, ownership| Place { dir, ownership, git_config: environment.git_config.clone(), zone };
    let near = |dir: PathBuf| at(environment.directory.join(dir), Ownership::Nearest);
    if let Some(dir) = options.store.clone().or_else(|| environment.store.clone()) {
        return Ok(near(dir));
    }
    let upward = environment.directory.ancestors().find(|dir| dir.join(STORE_FILE).is_file());
    if let Some(dir) = upward {
        return Ok(near(dir.to_owned()));
    }
    let data = environment.data_dir.as_ref().ok_or_else(|| {
        Problem::new(Exit::Store, "no place for the store: the user has no data directory")
            .hint("-Store DIR, or set EXCH_STORE")
    })?;
    Ok(at(data.join("exch"), Ownership::Own))
}

/// Opens the repository at a place; nothing where there is none yet.
///
/// # Errors
/// Where there is one that cannot be read.
pub fn open(place: &Place) -> Result<Option<StoreRepository>, Problem> {
    let Some(facts) = look(&place.dir)? else { return Ok(None) };
    if !facts.is_dir() {
        let message = format!("{} is a file, and a store is a directory", place.dir.display());
        return Err(Problem::new(Exit::Store, message).hint("name a directory with -Store or EXCH_STORE"));
    }
    let own = place.ownership == Ownership::Own;
    if own && !is_there(&place.dir.join(".git"))? {
        return no_repository(&place.dir);
    }
    match StoreRepository::open_as(&place.dir, place.git_config.as_deref()) {
        Ok(repository) => Ok(Some(repository.in_zone(place.zone))),
        Err(StoreError::NoRepository(_)) => no_repository(&place.dir),
        Err(error) => Err(error.into()),
    }
}

/// A directory without a repository is no store, unless it holds the store's file: then its history is missing.
fn no_repository(dir: &Path) -> Result<Option<StoreRepository>, Problem> {
    if !is_there(&dir.join(STORE_FILE))? {
        return Ok(None);
    }
    Err(Problem::new(
        Exit::Store,
        format!("{} holds a store without its history: it is not under git", dir.display()),
    )
    .hint(format!("git -C {} init, and the next change records what is there", dir.display())))
}

/// Whether something stands at a path. What cannot be looked at is not absent: that would be "no store yet".
fn is_there(path: &Path) -> Result<bool, Problem> {
    look(path).map(|facts| facts.is_some())
}

/// The facts about what stands at a path.
fn look(path: &Path) -> Result<Option<Metadata>, Problem> {
    match path.metadata() {
        Ok(facts) => Ok(Some(facts)),
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => Ok(None),
        Err(error) => {
            Err(Problem::new(Exit::Store, format!("looking at {} failed: {error}", path.display()))
                .hint("check its permissions, or run this as the owner of the store"))
        }
    }
}
