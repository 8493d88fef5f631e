//! The store as bytes, in temporary directories: revisions, hand edits, crashes, other people's
//! repositories, damage.

#![expect(clippy::disallowed_methods, reason = "these tests play the user's part on the disk")]

mod basics;
mod crash;
mod damage;
mod foreign;
mod gc;
mod history;
mod names;
mod readers;
mod writers;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Duration;

use exch::store::{Change, Identity, Ownership, Person, Result, RevisionId, StoreRepository, When};

use crate::host;
use crate::outcome::{Done, Failed};

/// A temporary directory with a store in it.
struct World {
    dir: host::TempDir,
    store: PathBuf,
}

impl World {
    /// A store with a repository of its own.
    fn own() -> std::result::Result<World, Failed> {
        let dir = host::tempdir()?;
        let store = dir.path().join("store");
        StoreRepository::create(&store, Ownership::Own)?;
        Ok(World { dir, store })
    }

    fn repository(&self) -> Result<StoreRepository> {
        StoreRepository::open(&self.store)
    }

    /// Commits files (none deletes).
    fn commit(&self, files: &[(&str, Option<&str>)]) -> Result<Option<RevisionId>> {
        self.repository()?.lock(PATIENCE)?.commit(&change(files, "a change"))
    }

    /// What a reader sees of a file, and whether by hand.
    fn see(&self, name: &str) -> Result<Option<(String, bool)>> {
        let seen = self.repository()?.read()?.file(name)?;
        Ok(seen.map(|file| (String::from_utf8_lossy(&file.bytes).into_owned(), file.edited)))
    }

    fn write(&self, name: &str, text: &str) -> std::io::Result<()> {
        let path = self.store.join(name);
        path.parent().map_or(Ok(()), std::fs::create_dir_all)?;
        std::fs::write(path, text)
    }

    /// Everything that git can check, where there is git; the work tree must equal HEAD.
    fn check_with_git(&self) -> Done {
        if !host::has("git") {
            return Ok(());
        }
        let status = git(&self.store, &["status", "--porcelain"])?;
        ensure(status.is_empty(), &format!("git status says: {status}"))?;
        git(&self.store, &["fsck", "--full", "--strict"])?;
        Ok(())
    }
}

const PATIENCE: Duration = Duration::from_secs(30);

fn change(files: &[(&str, Option<&str>)], message: &str) -> Change {
    let owned =
        |(name, text): &(&str, Option<&str>)| ((*name).to_owned(), text.map(|t| t.as_bytes().to_vec()));
    Change {
        files: files.iter().map(owned).collect::<BTreeMap<_, _>>(),
        message: message.to_owned(),
        author: Person { name: "Ann Admin".into(), email: "ann@exlab.dom".into() }.into(),
        committer: Identity::default(),
        git_config: None,
        fallback: Person { name: "ann".into(), email: "ann@host".into() },
        when: When { seconds: 1_795_000_000, offset_minutes: 60 },
    }
}

/// Runs git without anybody's configuration; its stdout.
fn git(dir: &Path, words: &[&str]) -> std::result::Result<String, Failed> {
    let out = host::command("git", dir)
        .args(["-c", "user.name=Bob", "-c", "user.email=bob@exlab.dom"])
        .args(words)
        .output()?;
    let text = String::from_utf8_lossy(&out.stdout).into_owned();
    ensure(out.status.success(), &format!("git {words:?}: {text}{}", String::from_utf8_lossy(&out.stderr)))?;
    Ok(text)
}

fn ensure(holds: bool, otherwise: &str) -> Done {
    if holds { Ok(()) } else { Err(otherwise.into()) }
}

fn same<T: PartialEq + std::fmt::Debug>(got: T, want: T) -> Done {
    ensure(got == want, &format!("got {got:?}, want {want:?}"))
}

fn seen(text: &str, edited: bool) -> Option<(String, bool)> {
    Some((text.to_owned(), edited))
}
