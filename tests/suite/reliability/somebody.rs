//! Inside somebody's repository, with the real program: only the store's files are committed, nothing of theirs is
//! touched, nothing that the repository names is run.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::{Done, Failed, Place, State, Tally, add, copy_tree, ensure, files, git, host, same};

/// A repository `repo` with some history, and a place for a store in `mail/store`.
pub(super) fn theirs() -> Result<(Place, PathBuf), Failed> {
    let mut place = Place::new()?;
    let top = place.dir.path().join("repo");
    std::fs::create_dir_all(top.join("src"))?;
    git(&place, place.dir.path(), &["init", "-q", "-b", "trunk", "repo"])?;
    for (name, text) in [("theirs.txt", "theirs\n"), ("src/main.c", "int main;\n"), ("zz.txt", "zz\n")] {
        std::fs::write(top.join(name), text)?;
    }
    git(&place, &top, &["add", "."])?;
    git(&place, &top, &["commit", "-q", "-m", "theirs"])?;
    place.store = top.join("mail/store");
    place.named = true;
    Ok((place, top))
}

/// Everything that is not the store's: each file with its bytes, and every entry of the index.
#[derive(Debug, PartialEq)]
struct Theirs {
    files: BTreeMap<PathBuf, Vec<u8>>,
    index: Vec<String>,
}

impl Theirs {
    fn look(place: &Place, top: &Path) -> Result<Theirs, Failed> {
        let ours = ["mail/", ".git/exch/", ".git/objects/", ".git/logs/", ".git/refs/heads/", ".git/index"];
        let mut held = BTreeMap::new();
        for file in files(top)? {
            let name = file.strip_prefix(top)?.to_owned();
            if !ours.iter().any(|ours| name.to_string_lossy().starts_with(ours)) {
                held.insert(name, std::fs::read(&file)?);
            }
        }
        let index = git(place, top, &["ls-files", "--stage", "-v"])?;
        let index = index.lines().filter(|line| !line.contains("mail/")).map(str::to_owned).collect();
        Ok(Theirs { files: held, index })
    }
}

/// Some of every kind of change and of reading.
fn work(place: &Place) -> Done {
    place.servers(&["HUB01", "HUB02"])?;
    place.exch(&["set-receiveconnector", "*\\A", "-Comment", "x", "-Confirm:false"])?.well()?;
    place.exch(&["remove-exchangeserver", "HUB02", "-Confirm:false"])?.well()?;
    place.exch(&["restore-storerevision", "HEAD~1", "-Confirm:false"])?.well()?;
    let file = place.store.join("servers/HUB01.toml");
    std::fs::write(&file, std::fs::read_to_string(&file)? + "# by hand\n")?;
    place.exch(&["set-receiveconnector", "HUB01\\A", "-Comment", "y"])?.well()?;
    for noun in ["get-receiveconnector", "get-exchangeserver", "get-storehistory", "test-store"] {
        place.exch(&[noun])?.well()?;
    }
    Ok(())
}

#[test]
fn nothing_of_theirs_is_touched_or_run() -> Done {
    needs!("git");
    let mut tally = Tally::of("somebody::nothing_of_theirs_is_touched_or_run");
    let (place, top) = theirs()?;
    std::fs::write(top.join("theirs.txt"), "staged\n")?;
    std::fs::write(top.join("new.txt"), "new\n")?;
    std::fs::write(top.join("intended.txt"), "intended\n")?;
    git(&place, &top, &["add", "theirs.txt", "new.txt"])?;
    git(&place, &top, &["add", "--intent-to-add", "intended.txt"])?;
    git(&place, &top, &["update-index", "--assume-unchanged", "zz.txt"])?;
    git(&place, &top, &["update-index", "--skip-worktree", "src/main.c"])?;
    std::fs::write(top.join("theirs.txt"), "changed again\n")?;
    std::fs::write(top.join("untracked.txt"), "u\n")?;
    let mark = place.dir.path().join("was-run");
    arm(&place, &top, &mark)?;
    let before = Theirs::look(&place, &top)?;
    let _ = std::fs::remove_file(&mark);
    tally.add("work", work(&place));
    tally.add("nothing is run", ensure(!mark.exists(), "something that the repository names was run"));
    let after = Theirs::look(&place, &top)?;
    tally.add("files", same(&after.files, &before.files));
    tally.add("index", same(&after.index, &before.index));
    disarm(&top)?;
    let status = git(&place, &top, &["status", "--porcelain"])?;
    tally.add(
        "status",
        same(status.as_str(), " A intended.txt\nA  new.txt\nMM theirs.txt\n?? untracked.txt\n"),
    );
    tally.add(
        "history",
        same(git(&place, &top, &["log", "--format=%h", "--", "theirs.txt", "src"])?.lines().count(), 1),
    );
    tally.add("fsck", git(&place, &top, &["fsck", "--full", "--strict"]).map(|_| ()));
    tally.add(
        "no signature",
        ensure(!git(&place, &top, &["cat-file", "-p", "HEAD"])?.contains("gpgsig"), "signed"),
    );
    tally.finish()
}

const HOOKS: [&str; 12] = [
    "pre-commit",
    "prepare-commit-msg",
    "commit-msg",
    "post-commit",
    "reference-transaction",
    "post-index-change",
    "post-checkout",
    "post-rewrite",
    "pre-auto-gc",
    "post-merge",
    "fsmonitor-watchman",
    "pre-applypatch",
];

/// Puts a program that leaves a mark wherever git would run one.
fn arm(place: &Place, top: &Path, mark: &Path) -> Done {
    let evil = format!("#!/bin/sh\ntouch '{}'\ncat\n", mark.display());
    let script = top.join(".git/evil");
    let hooks = HOOKS.iter().map(|hook| top.join(".git/hooks").join(hook));
    std::fs::create_dir_all(top.join(".git/hooks"))?;
    for script in hooks.chain([script.clone()]) {
        std::fs::write(&script, &evil)?;
        executable(&script)?;
    }
    let script = script.display().to_string();
    std::fs::write(
        top.join(".gitattributes"),
        "* filter=evil diff=evil merge=evil text=auto eol=lf ident\n",
    )?;
    git(
        place,
        top,
        &[
            "update-index",
            "--add",
            "--cacheinfo",
            "100644,e69de29bb2d1d6434b8b29ae775ad8c2e48c5391,.gitattributes",
        ],
    )?;
    for (key, value) in [
        ("filter.evil.clean", script.as_str()),
        ("filter.evil.smudge", &script),
        ("filter.evil.process", &script),
        ("filter.evil.required", "true"),
        ("diff.evil.command", &script),
        ("diff.evil.textconv", &script),
        ("merge.evil.driver", &script),
        ("commit.gpgSign", "true"),
        ("gpg.program", &script),
        ("core.editor", &script),
        ("core.pager", &script),
        ("credential.helper", &script),
        ("core.hooksPath", top.join(".git/hooks").to_string_lossy().as_ref()),
        ("core.fsmonitor", &script),
    ] {
        git(place, top, &["config", key, value])?;
    }
    Ok(())
}

/// Takes the programs away again, so that git can be asked.
fn disarm(top: &Path) -> Done {
    std::fs::remove_file(top.join(".gitattributes"))?;
    for hook in HOOKS {
        std::fs::remove_file(top.join(".git/hooks").join(hook))?;
    }
    let config = std::fs::read_to_string(top.join(".git/config"))?;
    let kept =
        config.split_inclusive('\n').filter(|line| !line.contains(".git/evil") && !line.contains("gpgSign"));
    std::fs::write(top.join(".git/config"), kept.collect::<String>())?;
    std::fs::write(top.join(".git/info/exclude"), ".gitattributes\n")?;
    let index = host::command("git", top).args(["rm", "-q", "--cached", ".gitattributes"]).status()?;
    ensure(index.success(), "disarmed")
}

#[cfg(unix)]
fn executable(path: &Path) -> Done {
    use std::os::unix::fs::PermissionsExt;
    Ok(std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o755))?)
}

#[cfg(not(unix))]
fn executable(_: &Path) -> Done {
    Ok(())
}

/// Where git converts line ends: our files do not show as modified, nor theirs as ours.
#[test]
fn line_ends_that_git_converts() -> Done {
    needs!("git");
    let mut tally = Tally::of("somebody::line_ends_that_git_converts");
    for (name, setting, attributes) in [
        ("autocrlf=true", "true", ""),
        ("autocrlf=input", "input", ""),
        ("text=auto", "false", "* text=auto\n"),
        ("eol=crlf", "false", "* text=auto eol=crlf\n"),
    ] {
        let (place, top) = theirs()?;
        git(&place, &top, &["config", "core.autocrlf", setting])?;
        if !attributes.is_empty() {
            std::fs::write(top.join(".gitattributes"), attributes)?;
            git(&place, &top, &["add", ".gitattributes"])?;
            git(&place, &top, &["commit", "-q", "-m", "attributes"])?;
        }
        tally.add(&format!("{name}: work"), work(&place));
        let status = || git(&place, &top, &["status", "--porcelain"]);
        tally.add(&format!("{name}: status"), same(status()?.as_str(), ""));
        tally.add(&format!("{name}: a fresh checkout"), fresh_checkout(&place, &top));
        // A file with CRLF, as an editor may leave it, stays so.
        let file = place.store.join("servers/HUB01.toml");
        let crlf = std::fs::read_to_string(&file)?.replace('\r', "").replace('\n', "\r\n");
        std::fs::write(&file, crlf)?;
        place.exch(&["set-receiveconnector", "HUB01\\A", "-Comment", "crlf"])?.well()?;
        let text = std::fs::read_to_string(&file)?;
        tally.add(
            &format!("{name}: CRLF is kept"),
            same(text.matches('\n').count(), text.matches("\r\n").count()),
        );
        tally.add(&format!("{name}: status with CRLF"), same(status()?.as_str(), ""));
    }
    tally.finish()
}

/// git itself writes the files anew. Where it was told to write CRLF that shows as a hand edit, which is recorded:
/// nothing is lost, and git shows nothing as modified afterwards.
fn fresh_checkout(place: &Place, top: &Path) -> Done {
    let seen = place.state()?;
    for file in files(&place.store)? {
        std::fs::remove_file(file)?;
    }
    git(place, top, &["checkout", "-q", "--", "mail"])?;
    let edited = std::fs::read_to_string(place.store.join("exch.toml"))?.contains("\r\n");
    same(place.state()?, State { edited, ..seen.clone() })?;
    place.exch(&["set-receiveconnector", "*\\A", "-Comment", "fresh", "-Confirm:false"])?.well()?;
    same(place.state()?.history.len(), seen.history.len() + 1 + usize::from(edited))?;
    same(git(place, top, &["status", "--porcelain"])?.as_str(), "")
}

/// A state of the repository, and the words that lead to it.
type Way = (&'static str, &'static [&'static [&'static str]]);

const WAYS: &[Way] = &[
    ("detached HEAD", &[&["checkout", "-q", "--detach"]]),
    ("merge", &[&["merge", "-q", "--no-commit", "--no-ff", "side"]]),
    ("merge with conflicts", &[&["merge", "-q", "clash"]]),
    ("rebase", &[&["rebase", "-q", "clash"]]),
    ("interactive rebase", &[&["-c", "sequence.editor=sed -i 1s/pick/edit/", "rebase", "-i", "HEAD~1"]]),
    ("cherry-pick", &[&["cherry-pick", "clash"]]),
    ("revert", &[&["revert", "--no-commit", "HEAD"]]),
];

#[test]
fn nothing_changes_while_something_is_under_way() -> Done {
    needs!("git");
    let mut tally = Tally::of("somebody::nothing_changes_while_something_is_under_way");
    let (place, top) = theirs()?;
    place.servers(&["HUB01"])?;
    for (branch, file) in [("side", "side.txt"), ("clash", "theirs.txt")] {
        git(&place, &top, &["checkout", "-q", "-b", branch])?;
        std::fs::write(top.join(file), branch)?;
        git(&place, &top, &["add", "."])?;
        git(&place, &top, &["commit", "-q", "-m", branch])?;
        git(&place, &top, &["checkout", "-q", "trunk"])?;
    }
    std::fs::write(top.join("theirs.txt"), "trunk\n")?;
    git(&place, &top, &["commit", "-q", "-am", "trunk"])?;
    let kept = place.dir.path().join("kept");
    copy_tree(&top, &kept)?;
    for (name, words) in WAYS {
        std::fs::remove_dir_all(&top)?;
        copy_tree(&kept, &top)?;
        let done = || -> Done {
            for words in *words {
                // A conflict is what some of these are for.
                let _ = git(&place, &top, words);
            }
            refused(&place, &top)
        };
        tally.add(name, done());
    }
    tally.finish()
}

fn refused(place: &Place, top: &Path) -> Done {
    let before = (Theirs::look(place, top)?, everything(top)?, place.state()?);
    for words in [&add("HUB01", "B", "2526")[..], &["set-receiveconnector", "HUB01\\A", "-Comment", "no"]] {
        let ran = place.exch(words)?;
        let clear = ran.code() == Some(6) && ran.err.contains("takes no changes while");
        ensure(clear, &format!("{:?}: {}", ran.status, ran.err))?;
    }
    place.test_store()?;
    same((Theirs::look(place, top)?, everything(top)?, place.state()?), before)
}

/// Every byte of a repository and its work tree.
pub(super) fn everything(top: &Path) -> Result<BTreeMap<PathBuf, Vec<u8>>, Failed> {
    // Our lock is no content.
    let all = files(top)?.into_iter().filter(|file| !file.ends_with("exch/lock"));
    all.map(|file| Ok((file.clone(), std::fs::read(&file)?))).collect()
}

#[test]
fn in_a_submodule() -> Done {
    needs!("git");
    let mut tally = Tally::of("somebody::in_a_submodule");
    let (mut place, top) = theirs()?;
    let outer = place.dir.path().join("outer");
    git(&place, place.dir.path(), &["init", "-q", "-b", "outer", "outer"])?;
    git(&place, &outer, &["submodule", "--quiet", "add", top.to_string_lossy().as_ref(), "sub"])?;
    git(&place, &outer, &["commit", "-q", "-m", "with a submodule"])?;
    place.store = outer.join("sub/mail/store");
    let head = git(&place, &outer, &["rev-parse", "HEAD"])?;
    tally.add("work", work(&place));
    tally.add(
        "status inside",
        git(&place, &outer.join("sub"), &["status", "--porcelain"]).and_then(|s| same(s.as_str(), "")),
    );
    tally.add("outside", git(&place, &outer, &["rev-parse", "HEAD"]).and_then(|now| same(now, head)));
    let status = git(&place, &outer, &["status", "--porcelain"])?;
    tally.add("the outer repository sees a newer submodule", same(status.as_str(), " M sub\n"));
    tally.add("fsck", git(&place, &outer.join("sub"), &["fsck", "--full", "--strict"]).map(|_| ()));
    // As `git submodule update` leaves it.
    git(&place, &outer.join("sub"), &["checkout", "-q", "--detach"])?;
    tally.add("detached", refused(&place, &outer.join("sub")));
    tally.finish()
}

#[test]
fn in_a_linked_worktree() -> Done {
    needs!("git");
    let mut tally = Tally::of("somebody::in_a_linked_worktree");
    let (mut place, top) = theirs()?;
    let second = place.dir.path().join("second");
    git(&place, &top, &["worktree", "add", "-q", "-b", "linked", second.to_string_lossy().as_ref()])?;
    let first = Theirs::look(&place, &top)?;
    place.store = second.join("mail/store");
    tally.add("work", work(&place));
    for dir in [&top, &second] {
        tally.add("status", git(&place, dir, &["status", "--porcelain"]).and_then(|s| same(s.as_str(), "")));
    }
    let now = Theirs::look(&place, &top)?;
    tally.add("the index of the first", same(now.index, first.index));
    tally.add(
        "its branch",
        git(&place, &top, &["log", "--format=%s", "trunk"]).and_then(|log| same(log.as_str(), "theirs\n")),
    );
    tally.add("fsck", git(&place, &top, &["fsck", "--full", "--strict"]).map(|_| ()));
    tally.finish()
}

#[test]
fn bare() -> Done {
    needs!("git");
    let mut tally = Tally::of("somebody::bare");
    let own = Place::with_servers(&["HUB01"])?;
    let mut place = Place::new()?;
    let bare = place.dir.path().join("bare.git");
    let from = own.store.to_string_lossy().into_owned();
    git(&place, place.dir.path(), &["clone", "-q", "--bare", &from, bare.to_string_lossy().as_ref()])?;
    (place.store, place.named) = (bare.clone(), true);
    let before = everything(&bare)?;
    let ran = place.exch(&["set-receiveconnector", "HUB01\\A", "-Comment", "x"])?;
    let clear = ran.code() == Some(6) && ran.err.contains("bare");
    tally.add("refused", ensure(clear, &format!("{:?}: {}", ran.status, ran.err)));
    tally.add("read", same(place.state()?, own.state()?));
    tally.add("untouched", same(everything(&bare)?, before));
    tally.finish()
}

/// The kinds of index that git can be told to keep.
#[test]
fn kinds_of_index() -> Done {
    needs!("git");
    let mut tally = Tally::of("somebody::kinds_of_index");
    for (name, words) in [
        ("split", &["update-index", "--split-index"][..]),
        ("sparse", &["sparse-checkout", "set", "--cone", "--sparse-index", "mail"]),
    ] {
        // One that is left as it is would have the next `git commit` take the change back.
        let (place, top) = theirs()?;
        git(&place, &top, words)?;
        let before = everything(&top)?;
        let ran = place.exch(&["new-exchangeserver", "HUB01", "-Version", "2010"])?;
        let clear = ran.code() == Some(6) && ran.err.contains("split or sparse");
        tally.add(name, ensure(clear, &format!("{:?}: {}", ran.status, ran.err)));
        tally.add(name, same(everything(&top)?, before));
    }
    for (name, words) in [
        ("version 2", &["update-index", "--index-version", "2"][..]),
        ("version 4", &["update-index", "--index-version", "4"]),
        ("untracked cache", &["update-index", "--force-untracked-cache"]),
    ] {
        let (place, top) = theirs()?;
        git(&place, &top, words)?;
        std::fs::write(top.join("zz.txt"), "staged\n")?;
        git(&place, &top, &["add", "zz.txt"])?;
        let before = Theirs::look(&place, &top)?.index;
        tally.add(&format!("{name}: work"), work(&place));
        let after = Theirs::look(&place, &top)?.index;
        tally.add(&format!("{name}: their entries"), same(after, before));
        tally.add(
            &format!("{name}: status"),
            git(&place, &top, &["status", "--porcelain"]).and_then(|s| same(s.as_str(), "M  zz.txt\n")),
        );
        tally.add(&format!("{name}: fsck"), git(&place, &top, &["fsck", "--full", "--strict"]).map(|_| ()));
    }
    tally.finish()
}

/// A clone without the whole history, as CI systems make it: its history ends at the boundary, and what is beyond
/// is no revision. A parent that is missing elsewhere is damage.
#[test]
fn in_a_shallow_clone() -> Done {
    needs!("git");
    let mut tally = Tally::of("somebody::in_a_shallow_clone");
    let own = Place::with_servers(&["HUB01", "HUB02"])?;
    let mut place = Place::new()?;
    let clone = place.dir.path().join("clone");
    let from = format!("file://{}", own.store.display());
    let words = ["clone", "-q", "--depth", "2", &from, &clone.to_string_lossy()];
    git(&place, place.dir.path(), &words)?;
    (place.store, place.named) = (clone.clone(), true);
    let history = |place: &Place| Ok::<_, Failed>(place.state()?.history);
    let whole = history(&own)?;
    tally.add("history", same(history(&place)?.as_slice(), whole.get(..2).unwrap_or_default()));
    tally.add("sound", place.test_store());
    for (at, code) in [("HEAD~1", 0), ("HEAD~2", 4), ("HEAD~3", 4)] {
        let ran = place.exch(&["get-receiveconnector", "-At", at])?;
        tally.add(at, ensure(ran.code() == Some(code), &format!("{:?}: {}", ran.status, ran.err)));
    }
    place.exch(&["set-receiveconnector", "HUB01\\A", "-Comment", "x"])?.well()?;
    tally.add("a change", same(history(&place)?.len(), 3));
    tally.add("fsck", git(&place, &clone, &["fsck", "--full", "--strict"]).map(|_| ()));
    std::fs::remove_file(clone.join(".git/shallow"))?;
    let ran = place.exch(&["get-storehistory"])?;
    tally.add("a parent that is missing", ensure(ran.code() == Some(6), &ran.err));
    tally.finish()
}
