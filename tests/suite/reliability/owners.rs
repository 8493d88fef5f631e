//! Stores whose files belong to another user. Only root may give a file away, so that nobody else can try it.

use std::os::unix::fs::{MetadataExt, chown, lchown};
use std::path::{Path, PathBuf};

use super::somebody::{everything, theirs};
use super::{Done, EXCH, Failed, Place, Ran, add, ensure, host, same};

/// Nobody of this machine.
const USER: u32 = 12_345;

fn may_try() -> bool {
    host::has("git") && may_give_away()
}

/// What libgit2 makes has modes of its own; in somebody's repository those are theirs.
#[test]
fn everything_is_private_whatever_the_umask() -> Done {
    needs!("sh");
    let place = Place::new()?;
    for words in [&["new-exchangeserver", "HUB01", "-Version", "2010"][..], &add("HUB01", "B", "2526")] {
        let mut command = place.command("sh");
        command.args(["-c", r#"umask 000 && exec "$@""#, "sh", EXCH]).args(words);
        Ran::of(command.output()?).well()?;
    }
    let mut open = Vec::new();
    for file in everything_below(&place.store)? {
        if file.symlink_metadata()?.mode() & 0o077 != 0 {
            open.push(file);
        }
    }
    same(open, Vec::new())
}

fn everything_below(dir: &Path) -> Result<Vec<PathBuf>, Failed> {
    let mut all = vec![dir.to_owned()];
    for entry in std::fs::read_dir(dir)? {
        let path = entry?.path();
        all.extend(if path.is_dir() { everything_below(&path)? } else { vec![path] });
    }
    Ok(all)
}

fn may_give_away() -> bool {
    let file = tempfile::NamedTempFile::new();
    file.is_ok_and(|file| chown(file.path(), Some(USER), None).is_ok())
}

/// Somebody else's repository is neither read nor changed until the user says that it is trusted.
#[test]
fn another_owner() -> Done {
    needs!("root or git", may_try());
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

/// A runner of a CI system: the repository is another user's, and git is told by variables what to think of that and who
/// commits. They count as they do for git.
#[test]
fn a_runner_with_variables_of_git() -> Done {
    needs!("root or git", may_try());
    let (place, top) = theirs()?;
    place.servers(&["HUB01"])?;
    for file in [top.clone(), top.join(".git")] {
        chown(&file, Some(USER), None)?;
    }
    let config = place.dir.path().join("runner.gitconfig");
    let exch = |words: &[&str], author: &[(&str, &str)]| -> Result<Ran, Failed> {
        let mut command = place.command(EXCH);
        command.args(words).env("GIT_CONFIG_GLOBAL", &config).envs(author.iter().copied());
        Ok(Ran::of(command.output()?))
    };
    let set = |comment| ["set-receiveconnector", "HUB01\\A", "-Comment", comment];
    for (text, is_safe) in [
        (String::new(), false),
        ("[safe]\n\tdirectory = /somewhere/else\n".to_owned(), false),
        (format!("[safe]\n\tdirectory = {}\n\tdirectory =\n", top.display()), false),
        (format!("[safe]\n\tdirectory = {}\n", top.display()), true),
        ("[safe]\n\tdirectory = *\n[user]\n\tname = Runner\n\temail = runner@x.example\n".to_owned(), true),
    ] {
        std::fs::write(&config, &text)?;
        let ran = exch(&["get-receiveconnector"], &[])?;
        ensure((ran.code() == Some(0)) == is_safe, &format!("{text}: {:?}: {}", ran.status, ran.err))?;
    }
    let who = || -> Result<String, Failed> {
        let words = ["-c", "safe.directory=*", "log", "-1", "--format=%an %ae, %cn %ce"];
        Ok(Ran::of(place.command("git").current_dir(&top).args(words).output()?).well()?.trim().to_owned())
    };
    exch(&set("configured"), &[])?.well()?;
    same(who()?.as_str(), "Runner runner@x.example, Runner runner@x.example")?;
    exch(&set("author"), &[("GIT_AUTHOR_NAME", "Ann")])?.well()?;
    same(who()?.as_str(), "Ann runner@x.example, Runner runner@x.example")?;
    let both =
        [("GIT_AUTHOR_NAME", "Ann"), ("GIT_AUTHOR_EMAIL", "ann@x.example"), ("GIT_COMMITTER_NAME", "Bot")];
    exch(&set("both"), &both)?.well()?;
    same(who()?.as_str(), "Ann ann@x.example, Bot runner@x.example")?;
    let status = ["-c", "safe.directory=*", "status", "--porcelain", "mail"];
    same(Ran::of(place.command("git").current_dir(&top).args(status).output()?).well()?, String::new())
}

/// root in a user's store, as with sudo: whatever it makes is the user's.
#[test]
fn root_with_sudo() -> Done {
    needs!("root or git", may_try());
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
