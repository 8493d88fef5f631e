//! Inside somebody's repository: only the store's own files are committed, nothing of theirs is touched or run.

use std::path::PathBuf;

use exch::store::{Class, Ownership, RevisionId, Step, StoreRepository, Trees, Verdict};

use super::{Done, PATIENCE, World, change, ensure, git, same, seen};
use crate::outcome::Failed;

/// A repository with a file, a commit, and a store in `mail/store`.
pub(super) fn foreign() -> std::result::Result<(World, PathBuf), Failed> {
    let dir = crate::host::tempdir()?;
    let top = dir.path().join("repo");
    std::fs::create_dir_all(&top)?;
    git(&top, &["init", "-q", "-b", "trunk"])?;
    std::fs::write(top.join("theirs.txt"), "theirs\n")?;
    git(&top, &["add", "."])?;
    git(&top, &["commit", "-q", "-m", "theirs"])?;
    let store = top.join("mail/store");
    let repository = StoreRepository::create(&store, Ownership::Nearest)?;
    ensure(!repository.is_own() && !store.join(".git").exists(), "their repository is used")?;
    Ok((World { dir, store }, top))
}

#[test]
fn only_its_own_files() -> Done {
    needs!("git");
    let (world, top) = foreign()?;
    let config = std::fs::read(top.join(".git/config"))?;
    std::fs::write(top.join("theirs.txt"), "staged\n")?;
    std::fs::write(top.join("new.txt"), "new\n")?;
    git(&top, &["add", "."])?;
    std::fs::write(top.join("theirs.txt"), "changed again\n")?;
    std::fs::write(top.join("untracked.txt"), "u\n")?;
    world.commit(&[("exch.toml", Some("one\n")), ("servers/A.toml", Some("a\n"))])?;
    world.commit(&[("servers/A.toml", Some("a2\n"))])?;
    let status = git(&top, &["status", "--porcelain"])?;
    same(status.as_str(), "A  new.txt\nMM theirs.txt\n?? untracked.txt\n")?;
    same(git(&top, &["show", "HEAD:theirs.txt"])?.as_str(), "theirs\n")?;
    same(
        git(&top, &["show", "--format=%an %s", "--name-only", "HEAD"])?.as_str(),
        "Ann Admin a change\n\nmail/store/servers/A.toml\n",
    )?;
    git(&top, &["fsck", "--full", "--strict"])?;
    same(std::fs::read(top.join(".git/config"))?, config)?;
    git(&top, &["commit", "-q", "-m", "theirs too"])?;
    let repository = world.repository()?;
    same(repository.history(None)?.count(), 2)?;
    same(repository.history(Some("exch.toml"))?.count(), 1)?;
    let newest = repository.history(None)?.next().ok_or("none")??;
    same(newest.paths(&Trees::of(&repository))?, vec!["servers/A.toml".into()])?;
    same(git(&top, &["reflog", "-1", "--format=%gs", "trunk@{1}"])?.trim(), "commit: a change")?;
    same(world.see("servers/A.toml")?, seen("a2\n", false))
}

#[test]
fn nothing_is_run() -> Done {
    needs!("git");
    let (world, top) = foreign()?;
    let mark = world.dir.path().join("was-run");
    let evil = format!("#!/bin/sh\ntouch '{}'\ncat\n", mark.display());
    let script = top.join(".git/evil");
    std::fs::write(&script, &evil)?;
    git(&top, &["config", "core.fsmonitor", ".git/evil"])?;
    git(&top, &["config", "filter.evil.clean", ".git/evil"])?;
    git(&top, &["config", "filter.evil.smudge", ".git/evil"])?;
    git(&top, &["config", "filter.evil.required", "true"])?;
    git(&top, &["config", "commit.gpgSign", "true"])?;
    git(&top, &["config", "gpg.program", ".git/evil"])?;
    let hooks = [
        "pre-commit",
        "commit-msg",
        "prepare-commit-msg",
        "post-commit",
        "reference-transaction",
        "post-index-change",
        "post-checkout",
    ];
    let mut scripts: Vec<PathBuf> = hooks.iter().map(|hook| top.join(".git/hooks").join(hook)).collect();
    scripts.push(script);
    for script in &scripts {
        std::fs::write(script, &evil)?;
        executable(script)?;
    }
    std::fs::write(top.join(".gitattributes"), "* filter=evil text=auto eol=lf\n")?;
    world.commit(&[("exch.toml", Some("one\r\n")), ("servers/A.toml", Some("a\n"))])?;
    world.write("servers/B.toml", "b\n")?;
    let repository = world.repository()?;
    same(repository.read()?.edited(&["exch.toml", "servers"])?, vec!["servers/B.toml".into()])?;
    same(repository.at("HEAD")?.committed("exch.toml")?, Some(b"one\r\n".to_vec()))?;
    same(repository.history(None)?.count(), 1)?;
    ensure(!mark.exists(), "nothing that the repository names is run")
}

#[cfg(unix)]
fn executable(path: &std::path::Path) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o755))
}

#[cfg(not(unix))]
fn executable(_path: &std::path::Path) -> std::io::Result<()> {
    Ok(())
}

fn refused(world: &World) -> std::result::Result<(), Class> {
    world.commit(&[("exch.toml", Some("refused\n"))]).map(|_: Option<RevisionId>| ()).map_err(|e| e.class())
}

#[test]
fn detached_head_is_refused() -> Done {
    needs!("git");
    let (world, top) = foreign()?;
    world.commit(&[("exch.toml", Some("one\n"))])?;
    git(&top, &["checkout", "-q", "--detach"])?;
    same(refused(&world), Err(Class::Refused))?;
    same(world.see("exch.toml")?, seen("one\n", false))
}

#[test]
fn a_merge_under_way_is_refused() -> Done {
    needs!("git");
    let (world, top) = foreign()?;
    world.commit(&[("exch.toml", Some("one\n"))])?;
    git(&top, &["checkout", "-q", "-b", "other"])?;
    git(&top, &["commit", "-q", "--allow-empty", "-m", "other"])?;
    git(&top, &["checkout", "-q", "trunk"])?;
    git(&top, &["merge", "-q", "--no-ff", "--no-commit", "other"])?;
    same(refused(&world), Err(Class::Refused))?;
    same(world.see("exch.toml")?, seen("one\n", false))?;
    git(&top, &["merge", "--abort"])?;
    same(refused(&world), Ok(()))
}

#[test]
fn packed_refs_and_deep_branches() -> Done {
    needs!("git");
    let (world, top) = foreign()?;
    world.commit(&[("exch.toml", Some("one\n"))])?;
    git(&top, &["checkout", "-q", "-b", "deep/in/branches"])?;
    git(&top, &["gc", "-q"])?;
    git(&top, &["pack-refs", "--all", "--prune"])?;
    let _ = std::fs::remove_dir_all(top.join(".git/refs/heads/deep"));
    let loose = || git(&top, &["count-objects"]);
    same(world.see("exch.toml")?, seen("one\n", false))?;
    world.commit(&[("exch.toml", Some("two\n"))])?;
    same(world.see("exch.toml")?, seen("two\n", false))?;
    ensure(!loose()?.starts_with('0'), "new objects are loose")?;
    git(&top, &["fsck", "--full", "--strict"])?;
    same(git(&top, &["status", "--porcelain"])?.as_str(), "")
}

#[test]
fn a_linked_worktree() -> Done {
    needs!("git");
    let (world, top) = foreign()?;
    world.commit(&[("exch.toml", Some("one\n"))])?;
    let second = world.dir.path().join("second");
    git(&top, &["worktree", "add", "-q", "-b", "side", second.to_string_lossy().as_ref()])?;
    let repository = StoreRepository::open(&second.join("mail/store"))?;
    repository.lock(PATIENCE)?.commit(&change(&[("exch.toml", Some("side\n"))], "in the side tree"))?;
    same(world.see("exch.toml")?, seen("one\n", false))?;
    same(git(&second, &["status", "--porcelain"])?.as_str(), "")?;
    same(git(&second, &["log", "--format=%s", "-1", "side"])?.trim(), "in the side tree")
}

#[test]
fn an_ignored_directory_gets_its_own() -> Done {
    needs!("git");
    let (_world, top) = foreign()?;
    std::fs::write(top.join(".gitignore"), "/private\n")?;
    let repository = StoreRepository::create(&top.join("private"), Ownership::Nearest)?;
    ensure(repository.is_own(), "an ignored directory is not theirs to keep")?;
    let forced = StoreRepository::create(&top.join("mail/forced"), Ownership::Own)?;
    ensure(forced.is_own(), "as it was asked for")
}

#[test]
fn locks_of_git_are_respected() -> Done {
    needs!("git");
    let (world, top) = foreign()?;
    world.commit(&[("exch.toml", Some("one\n"))])?;
    let index = top.join(".git/index.lock");
    std::fs::write(&index, "")?;
    // Behind it stands an index that knows nothing of the change: a commit of it would take the change back.
    same(refused(&world), Err(Class::Locked))?;
    ensure(index.exists(), "their lock is left")?;
    same(world.see("exch.toml")?, seen("one\n", false))?;
    std::fs::remove_file(&index)?;
    world.commit(&[("exch.toml", Some("two\n"))])?;
    let branch = top.join(".git/refs/heads/trunk.lock");
    std::fs::write(&branch, "")?;
    same(refused(&world), Err(Class::Locked))?;
    ensure(branch.exists(), "their lock is left")?;
    same(world.see("exch.toml")?, seen("two\n", false))
}

#[test]
fn bare_is_read_only() -> Done {
    needs!("git");
    let (world, top) = foreign()?;
    let bare = world.dir.path().join("bare.git");
    let own = World::own()?;
    own.commit(&[("exch.toml", Some("one\n"))])?;
    git(
        &top,
        &["clone", "-q", "--bare", own.store.to_string_lossy().as_ref(), bare.to_string_lossy().as_ref()],
    )?;
    let repository = StoreRepository::open(&bare)?;
    same(repository.read()?.file("exch.toml")?.map(|file| file.edited), Some(false))?;
    same(repository.lock(PATIENCE).map(|_| ()).map_err(|error| error.class()), Err(Class::Refused))
}

#[test]
fn branch_moved_meanwhile() -> Done {
    needs!("git");
    let (world, top) = foreign()?;
    world.commit(&[("exch.toml", Some("one\n"))])?;
    let repository = world.repository()?;
    let mut writer = repository.lock(PATIENCE)?;
    git(&top, &["commit", "-q", "--allow-empty", "-m", "meanwhile"])?;
    let refused = writer.commit(&change(&[("exch.toml", Some("two\n"))], "late"));
    same(refused.map_err(|error| error.class()), Err(Class::Moved))?;
    drop(writer);
    world.commit(&[("exch.toml", Some("two\n"))])?;
    same(git(&top, &["status", "--porcelain"])?.as_str(), "")
}

/// `git commit` of another file at every step of a change, also of one that is killed there: whatever it makes
/// holds the change wherever it comes after it.
#[test]
fn a_commit_meanwhile_takes_nothing_back() -> Done {
    needs!("git");
    for verdict in [Verdict::Go, Verdict::Die] {
        for stop in 0.. {
            let (world, top) = foreign()?;
            world.commit(&[("exch.toml", Some("one\n"))])?;
            std::fs::write(top.join("theirs.txt"), "theirs too\n")?;
            git(&top, &["add", "theirs.txt"])?;
            let (mut count, mut passed) = (0, None);
            let mut probe = |step| {
                count += 1;
                if count != stop + 1 {
                    return Verdict::Go;
                }
                // It may be refused; what counts is what is in the history afterwards.
                passed = Some((step, git(&top, &["commit", "-q", "-m", "meanwhile"]).is_ok()));
                verdict
            };
            let made = world
                .repository()?
                .lock(PATIENCE)?
                .commit_watched(&change(&[("exch.toml", Some("two\n"))], "ours"), &mut probe);
            let Some((step, committed)) = passed else { break };
            let moved = matches!(step, Step::Branch | Step::Index | Step::Done);
            drop(world.repository()?.lock(PATIENCE)?);
            if made.is_ok() || moved {
                same((step, world.see("exch.toml")?), (step, seen("two\n", false)))?;
            }
            let touched = git(&top, &["log", "--format=%s", "--", "mail/store/exch.toml"])?;
            let meanwhile = touched.lines().any(|subject| subject == "meanwhile");
            ensure(!meanwhile, &format!("{verdict:?} after {step:?}: their commit changed our file"))?;
            ensure(step != Step::Branch || !committed, "the index is locked when the branch has moved")?;
            world.commit(&[("exch.toml", Some("three\n"))])?;
            git(&top, &["fsck", "--full", "--strict"])?;
        }
    }
    Ok(())
}

/// `git stash pop` leaves a conflict in the index without a merge under way. The file is put right by hand and then
/// changed: the index has one entry for it, and another file's conflict is left to its owner.
#[test]
fn a_conflict_settled_by_hand_is_recorded() -> Done {
    needs!("git");
    let (world, top) = foreign()?;
    world.commit(&[("exch.toml", Some("one\n"))])?;
    world.write("exch.toml", "stashed\n")?;
    std::fs::write(top.join("theirs.txt"), "stashed\n")?;
    git(&top, &["stash", "-q"])?;
    world.commit(&[("exch.toml", Some("two\n"))])?;
    std::fs::write(top.join("theirs.txt"), "committed\n")?;
    git(&top, &["commit", "-q", "-a", "-m", "theirs"])?;
    ensure(git(&top, &["stash", "pop", "-q"]).is_err(), "a conflict")?;
    let unmerged = |path| git(&top, &["ls-files", "--unmerged", path]).map(|text| text.lines().count());
    same((unmerged("mail")?, unmerged("theirs.txt")?), (3, 3))?;
    world.write("exch.toml", "two\n")?;
    world.commit(&[("exch.toml", Some("three\n"))])?;
    same((unmerged("mail")?, unmerged("theirs.txt")?), (0, 3))?;
    git(&top, &["fsck", "--full", "--strict"])?;
    git(&top, &["add", "theirs.txt"])?;
    git(&top, &["commit", "-q", "-m", "settled"])?;
    same(git(&top, &["status", "--porcelain"])?.as_str(), "")
}
