//! The intent record: which files an unfinished change is about, with their old and new hashes. It is synced
//! before anything else is written and removed last, so that whoever finds one knows what to tidy.
//!
//! Lines of text, the last one the hash of those before; what does not fit is damage, never a guess. It refuses
//! to know what to do about an unfinished change: that is recovery's.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use git2::Oid;

use super::error::{Result, StoreError};
use super::objects::blob_id;
use super::{disk, path};

const HEADER: &str = "exch intent 1";

/// An unfinished change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Intent {
    /// The branch that will move.
    pub branch: String,
    /// The commit that it will move to.
    pub commit: Oid,
    /// The files, in the order in which they are replaced.
    pub files: Vec<Touched>,
}

/// One file of an unfinished change, named from the top of the work tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Touched {
    pub path: String,
    /// Its hash before; none when it was not there.
    pub old: Option<Oid>,
    /// Its hash after; none when it goes.
    pub new: Option<Oid>,
    /// The user's hand put it into its new state: the change only records that, and undoing leaves it.
    pub by_hand: bool,
}

impl Intent {
    /// The entry about a file.
    pub(super) fn about(&self, path: &str) -> Option<&Touched> {
        self.files.iter().find(|file| file.path == path)
    }

    /// The temporary file that stands beside the n-th file until it takes its place.
    pub(super) fn temporary(&self, top: &Path, n: usize) -> Option<PathBuf> {
        let (directory, _) = path::split(&self.files.get(n)?.path);
        Some(top.join(path::join(directory, &format!("{}{n}", path::TEMPORARY))))
    }

    fn print(&self) -> Result<String> {
        let mut text = format!("{HEADER}\nbranch {}\ncommit {}\n", self.branch, self.commit);
        for file in &self.files {
            let word = if file.by_hand { "hand" } else { "file" };
            let spell = |id: Option<Oid>| id.map_or_else(|| "-".to_owned(), |id| id.to_string());
            let (old, new) = (spell(file.old), spell(file.new));
            // A string takes any text: writing to one does not fail.
            let _ = writeln!(text, "{word} {old} {new} {}", file.path);
        }
        let sum = blob_id(text.as_bytes())?;
        let _ = writeln!(text, "sum {sum}");
        Ok(text)
    }

    fn parse(text: &str) -> Option<Self> {
        let (body, sum) = text.strip_suffix('\n')?.rsplit_once("\nsum ")?;
        let body = format!("{body}\n");
        if blob_id(body.as_bytes()).ok()?.to_string() != sum {
            return None;
        }
        let mut lines = body.lines();
        if lines.next()? != HEADER {
            return None;
        }
        let branch = lines.next()?.strip_prefix("branch ")?.to_owned();
        let commit = Oid::from_str(lines.next()?.strip_prefix("commit ")?).ok()?;
        let files = lines.map(Touched::parse).collect::<Option<_>>()?;
        Some(Intent { branch, commit, files })
    }
}

impl Touched {
    fn parse(line: &str) -> Option<Self> {
        let mut words = line.splitn(4, ' ');
        let by_hand = match words.next()? {
            "file" => false,
            "hand" => true,
            _ => return None,
        };
        let (old, new) = (parse_id(words.next()?)?, parse_id(words.next()?)?);
        // What recovery will write to must lie in the work tree, whoever wrote the record.
        let path = words.next().filter(|path| path::check(path).is_ok())?.to_owned();
        Some(Touched { path, old, new, by_hand })
    }
}

fn parse_id(word: &str) -> Option<Option<Oid>> {
    if word == "-" { Some(None) } else { Oid::from_str(word).ok().map(Some) }
}

fn file(state_dir: &Path) -> PathBuf {
    state_dir.join("intent")
}

/// Reads the record; none when no change is unfinished.
pub(super) fn read(state_dir: &Path) -> Result<Option<Intent>> {
    // A pipe or a device would be read for ever, with the store's lock held.
    if disk::facts(&file(state_dir))?.is_some_and(|facts| !facts.is_file()) {
        return Err(StoreError::damaged("intent record", "it is not a plain file"));
    }
    let Some(bytes) = disk::read_any(&file(state_dir))? else { return Ok(None) };
    let parsed = String::from_utf8(bytes).ok().and_then(|text| Intent::parse(&text));
    parsed.map(Some).ok_or_else(|| StoreError::damaged("intent record", "it is not what was written"))
}

/// Puts the record in place; gives what its caller syncs before anything that is seen changes. A record that a power
/// cut spoiled before that fits its hash no more, and nothing else was done then.
pub(super) fn put(state_dir: &Path, intent: &Intent) -> Result<[PathBuf; 2]> {
    let temp_path = state_dir.join("intent-new");
    disk::write_new(&temp_path, intent.print()?.as_bytes())?;
    disk::replace(&temp_path, &file(state_dir))?;
    Ok([file(state_dir), state_dir.to_owned()])
}

/// Removes the record of a change that is made and on the disk. It is not synced: a record that comes back after a
/// power cut is about files that are all in their places, and finishing it again changes none of them.
pub(super) fn finish(state_dir: &Path) -> Result<()> {
    disk::remove(&file(state_dir))
}

/// Removes the record, durably.
pub(super) fn remove(state_dir: &Path) -> Result<()> {
    disk::remove(&file(state_dir))?;
    disk::sync_dir(state_dir)
}

/// Sets a damaged record aside, so that the store is not shut for good by it.
pub(super) fn set_aside(state_dir: &Path) -> Result<()> {
    disk::replace(&file(state_dir), &state_dir.join("intent-damaged"))?;
    disk::sync_dir(state_dir)
}
