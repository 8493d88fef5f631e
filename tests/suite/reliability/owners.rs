//! Stores whose files belong to another user. Only root may give a file away, so that nobody else can try it.

use std::os::unix::fs::{MetadataExt, chown, lchown};
use std::path::PathBuf;

use libtest_mimic::Trial;

use super::somebody::{everything, theirs};
use super::{Done, EXCH, Failed, Ran, ensure, host, needs, same};

/// Nobody of this machine.
const USER: u32 = 12_345;

pub fn trials() -> Vec<Trial> {
    let may_try = host::has("git") && may_give_away();
    let trial = |name, run: fn() -> Done| needs("root or git", may_try, name, run);
    vec![trial("owners::another_owner", owner), trial("owners::root_with_sudo", sudo)]
}

fn may_give_away() -> bool {
    let file = tempfile::NamedTempFile::new();
    file.is_ok_and(|file| chown(file.path(), Some(USER), None).is_ok())
}

/// Somebody else's repository is neither read nor changed until the user says that it is trusted.
fn owner() -> Done {
    let (place, top) = theirs()?;
    place.servers(&["HUB01"])?;
    for file in [top.clone(), top.join(".git")] {
        chown(&file, Some(USER), None)?;
    }
    let before = everything(&top)?;
    for words in [&["get-receiveconnector"][..], &["set-receiveconnector", "HUB01\\A", "-Comment", "x"]] {
        let ran = place.exch(words)?;
        let clear = ran.code() == Some(6) && ran.err.contains("belongs to another user");
        ensure(clear, &format!("{:?}: {}", ran.status, ran.err))?;
    }
    same(everything(&top)?, before)?;
    std::fs::write(
        place.dir.path().join(".gitconfig"),
        format!("[safe]\n\tdirectory = {}\n", top.display()),
    )?;
    place.exch(&["get-receiveconnector"])?.well().map(|_| ())
}

/// root in a user's store, as with sudo: whatever it makes is the user's.
fn sudo() -> Done {
    let (place, top) = theirs()?;
    place.servers(&["HUB01"])?;
    let everything = || -> Result<Vec<PathBuf>, Failed> {
        let mut found = vec![top.clone()];
        let mut waiting = vec![top.clone()];
        while let Some(directory) = waiting.pop() {
            for entry in std::fs::read_dir(directory)? {
                let entry = entry?;
                found.push(entry.path());
                if entry.file_type()?.is_dir() {
                    waiting.push(entry.path());
                }
            }
        }
        Ok(found)
    };
    for path in everything()? {
        lchown(&path, Some(USER), Some(USER))?;
    }
    for words in [
        &["set-receiveconnector", "HUB01\\A", "-Comment", "x"][..],
        &["new-exchangeserver", "HUB02", "-Version", "2010"],
        &["new-accepteddomain", "x", "-DomainName", "x.example"],
        &["remove-exchangeserver", "HUB01", "-Confirm:false"],
    ] {
        let output = place.command(EXCH).args(words).env("SUDO_UID", USER.to_string()).output()?;
        Ran::of(output).well()?;
        for path in everything()? {
            let facts = path.symlink_metadata()?;
            same((&path, facts.uid(), facts.gid()), (&path, USER, USER))?;
        }
    }
    Ok(())
}
