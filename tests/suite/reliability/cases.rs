//! Faults that these proofs found, each with its case, named after what went wrong.

use std::io::Write as _;
use std::time::Duration;

use exch::answer::Exit;

use super::strace::{self, Blow, Call};
use super::{Done, Failed, Place, Ran, ensure, files, git, leftovers, same};

const SET: [&str; 4] = ["set-receiveconnector", "HUB01\\A", "-Comment", "after"];

/// The first call of some kind.
fn find(place: &Place, words: &[&str], which: impl Fn(&Call) -> bool) -> Result<Call, Failed> {
    let (_, calls) = strace::list(&place.copy()?, words)?;
    calls.into_iter().find(which).ok_or_else(|| "no such call in the trace".into())
}

fn kill(place: &Place, words: &[&str], which: impl Fn(&Call) -> bool) -> Result<Ran, Failed> {
    let (ran, hit) = strace::strike(place, words, &find(place, words, which)?, Blow::Kill)?;
    ensure(hit.is_some() && ran.code().is_none(), "it was not killed")?;
    Ok(ran)
}

/// Where the system gives no thread, what threads would do is done without them.
#[test]
fn without_more_threads_the_program_faulted() -> Done {
    needs!("strace", strace::is_there());
    let place = Place::with_servers(&["HUB01"])?;
    for words in [&["--version"][..], &SET, &["get-receiveconnector", "stranger"]] {
        let inject = ["-f", "-qq", "-o", "/dev/null", "-e", "trace=clone,clone3"];
        let failing = ["-e", "inject=clone,clone3:error=EAGAIN"];
        let mut command = place.command("strace");
        let ran = Ran::of(command.args(inject).args(failing).arg(super::EXCH).args(words).output()?);
        ensure(
            [Some(0), Some(4)].contains(&ran.code()),
            &format!("{words:?}: {:?}: {}", ran.status, ran.err),
        )?;
    }
    place.check_with_git()
}

/// A file made by hand whose name differs in case from another's is no second server.
#[test]
fn two_files_of_one_server_were_listed_twice() -> Done {
    needs!("case", cfg!(target_os = "linux"));
    let place = Place::with_servers(&["HUB01"])?;
    let servers = place.store.join("servers");
    let text = std::fs::read_to_string(servers.join("HUB01.toml"))?;
    std::fs::write(servers.join("hub01.toml"), text.replace("HUB01", "hub01"))?;
    for (words, code) in [(&["get-receiveconnector"][..], 6), (&["test-store"], 3)] {
        let ran = place.exch(words)?;
        ensure(ran.code() == Some(code), &format!("{words:?}: {:?}: {}{}", ran.status, ran.out, ran.err))?;
        let said = format!("{}{}", ran.out, ran.err);
        ensure(said.contains("servers/HUB01.toml and servers/hub01.toml"), &said)?;
    }
    Ok(())
}

/// Where the answer cannot be written, the error says that the change is made: a script must not repeat it.
#[test]
fn a_change_without_output_was_refused() -> Done {
    needs!("/dev/full", cfg!(target_os = "linux"));
    let place = Place::with_servers(&["HUB01"])?;
    let full = std::fs::OpenOptions::new().write(true).open("/dev/full")?;
    let ran = Ran::of(place.command(super::EXCH).args(SET).stdout(full).output()?);
    ensure(ran.code() == Some(6), &format!("{:?}: {}", ran.status, ran.err))?;
    ensure(ran.err.contains("error: the change is made, as revision"), &ran.err)?;
    ensure(place.git(&["log", "-1", "--format=%s"])?.contains("HUB01\\A"), "the change is made")
}

/// The file as an earlier revision has it is missing: nothing but Test-Store would look.
#[test]
fn test_store_read_no_old_file() -> Done {
    let place = Place::with_servers(&["HUB01"])?;
    let repo = git2::Repository::open(&place.store)?;
    let old = repo.revparse_single("HEAD~1:servers/HUB01.toml")?.id().to_string();
    let (fan, rest) = old.split_at(2);
    // Windows removes no read-only file, but moves it.
    std::fs::rename(
        place.git_dir().join("objects").join(fan).join(rest),
        place.dir.path().join("taken away"),
    )?;
    let ran = place.home().run(["test-store"]);
    ensure(ran.exit == Exit::No && ran.out.contains(&old), &ran.both)
}

#[test]
fn a_store_without_its_file_was_called_no_store() -> Done {
    let place = Place::with_servers(&["HUB01"])?;
    let before = place.state()?;
    let file = place.store.join("exch.toml");
    let bytes = std::fs::read(&file)?;
    std::fs::remove_file(&file)?;
    for words in [&["get-receiveconnector"][..], &["test-store"], &SET] {
        let ran = place.home().run(words.iter());
        ensure(ran.exit == Exit::Store && ran.err.contains("exch.toml was taken away by hand"), &ran.both)?;
    }
    std::fs::write(file, bytes)?;
    same(place.state()?, before)
}

#[test]
fn a_server_taken_away_by_hand_was_not_mentioned() -> Done {
    needs!("git");
    let place = Place::with_servers(&["HUB01", "HUB02"])?;
    std::fs::remove_file(place.store.join("servers/HUB01.toml"))?;
    for words in [&["get-receiveconnector"][..], &["get-receiveconnector", "HUB01\\A"], &["test-store"]] {
        let ran = place.home().run(words.iter());
        ensure(ran.err.contains("servers/HUB01.toml was edited by hand"), &ran.both)?;
    }
    place.home().done(["set-receiveconnector", "*\\A", "-Comment", "x", "-Confirm:false"]);
    let state = place.state()?;
    ensure(!state.edited, "it is recorded")?;
    same(state.history.get(1).map(String::as_str), Some("edited by hand: servers/HUB01.toml"))?;
    place.check_with_git()
}

/// A home under git, as many keep it: the map of a mail network must not go into that repository.
#[test]
fn a_damaged_repository_gave_way_to_the_one_above() -> Done {
    needs!("git");
    for lost in ["HEAD", "objects", "refs"] {
        let place = Place::with_servers(&["HUB01"])?;
        let home = place.dir.path().to_owned();
        git(&place, &home, &["init", "-q"])?;
        git(&place, &home, &["commit", "-q", "--allow-empty", "-m", "dotfiles"])?;
        let at = place.git_dir().join(lost);
        if at.is_dir() {
            std::fs::remove_dir_all(at)?
        } else {
            std::fs::remove_file(at)?
        }
        for words in [&["get-receiveconnector"][..], &["test-store"], &SET] {
            let ran = place.home().run(words.iter());
            ensure(ran.exit == Exit::Store && ran.err.contains("git directory is damaged"), &ran.both)?;
        }
        same(git(&place, &home, &["rev-list", "--count", "HEAD"])?.trim(), "1")?;
    }
    Ok(())
}

/// A link that leads to itself stands for whatever the system refuses to look at.
#[cfg(unix)]
#[test]
fn a_store_that_cannot_be_looked_at_was_none() -> Done {
    let mut place = Place::new()?;
    place.store = place.dir.path().join("loop");
    place.named = true;
    std::os::unix::fs::symlink(&place.store, &place.store)?;
    for words in [&["get-receiveconnector"][..], &["test-store"], &["get-storehistory"], &SET] {
        let ran = place.home().run(words.iter());
        ensure(ran.exit == Exit::Store && ran.err.contains("looking at"), &ran.both)?;
    }
    Ok(())
}

/// As git is often set up on Windows.
#[test]
fn git_wrote_other_line_ends_into_the_stores_own_files() -> Done {
    needs!("git");
    let place = Place::with_servers(&["HUB01"])?;
    let before = place.state()?;
    git(&place, &place.store, &["config", "core.autocrlf", "true"])?;
    for name in ["exch.toml", "servers/HUB01.toml"] {
        std::fs::remove_file(place.store.join(name))?;
        git(&place, &place.store, &["checkout", "-q", "--", name])?;
    }
    same(place.state()?, before)?;
    place.check_with_git()
}

#[test]
fn a_killed_writer_left_half_an_object() -> Done {
    needs!("strace", strace::is_there());
    let place = Place::with_servers(&["HUB01"])?;
    kill(&place, &SET, |call| call.is_one(&["write"]) && call.path().contains("/objects/"))?;
    ensure(!leftovers(&place.store)?.is_empty(), "there was something to tidy")?;
    place.exch(&SET)?.well()?;
    same(leftovers(&place.store)?, Vec::new())
}

#[test]
fn a_killed_first_use_left_half_a_repository() -> Done {
    needs!("strace", strace::is_there());
    let place = Place::new()?;
    let words = ["new-exchangeserver", "HUB01", "-Version", "2010"];
    kill(&place, &words, |call| call.path().ends_with("/info/exclude") && call.changes)?;
    ensure(
        files(&place.store)?.iter().any(|file| file.to_string_lossy().contains("/.exch-")),
        "half of one",
    )?;
    place.exch(&words)?.well()?;
    same(leftovers(&place.store)?, Vec::new())
}

/// git would have shown the change as taken back, and the next `git commit` would have taken it back.
#[test]
fn an_index_that_failed_once_stayed_behind() -> Done {
    needs!("strace", strace::is_there());
    let place = Place::with_servers(&["HUB01"])?;
    let call = find(&place, &SET, |call| call.is_one(&["rename"]) && call.path().ends_with("/.git/index"))?;
    let before = place.state()?;
    let (ran, _) = strace::strike(&place, &SET, &call, Blow::Once("EIO"))?;
    ensure(ran.code() == Some(6), &ran.err)?;
    same(place.state()?, before)?;
    place.check_with_git()?;
    place.exch(&["new-exchangeserver", "NEXT", "-Version", "2010"])?.well()?;
    place.check_with_git()
}

/// Once the branch has moved, old content is not what a writer left: somebody put it there.
#[test]
fn old_content_put_back_by_hand_after_a_crash_was_undone() -> Done {
    needs!("strace", strace::is_there());
    let place = Place::with_servers(&["HUB01"])?;
    let file = place.store.join("servers/HUB01.toml");
    let old = std::fs::read(&file)?;
    kill(&place, &SET, |call| call.is_one(&["unlink"]) && call.path().ends_with("/exch/intent"))?;
    std::fs::write(&file, &old)?;
    ensure(place.state()?.edited, "readers show the hand edit")?;
    place.exch(&["new-exchangeserver", "NEXT", "-Version", "2010"])?.well()?;
    same(std::fs::read(&file)?, old)?;
    ensure(place.state()?.edited, "recovery leaves the hand edit")
}

/// The branch had moved when giving back its lock failed, and tidying failed as well.
#[test]
fn a_revision_that_was_made_was_called_refused() -> Done {
    needs!("strace", strace::is_there());
    let place = Place::with_servers(&["HUB01"])?;
    let call = find(&place, &SET, |call| call.is_one(&["unlink"]) && call.path().ends_with("/main.lock"))?;
    let (ran, _) = strace::strike(&place, &SET, &call, Blow::On("EIO"))?;
    ensure(ran.code() == Some(6) && ran.err.contains("was made, but"), &ran.err)?;
    place.exch(&["new-exchangeserver", "NEXT", "-Version", "2010"])?.well()?;
    same(place.state()?.history.get(1).map(String::as_str), Some("Set-ReceiveConnector HUB01\\A"))?;
    place.check_with_git()
}

/// Whichever look at the store's copy of the index fails: no entry of another file is lost.
#[test]
fn an_index_that_was_not_read_became_an_empty_one() -> Done {
    needs!("strace", strace::is_there());
    let template = Place::with_servers(&["HUB01", "HUB02"])?;
    let staged = |place: &Place| git(place, &place.store, &["ls-files"]);
    let whole = staged(&template)?;
    let (_, calls) = strace::list(&template.copy()?, &SET)?;
    let looks = ["stat", "lstat", "newfstatat", "statx", "access", "faccessat", "faccessat2"];
    let calls: Vec<Call> = calls
        .into_iter()
        .filter(|call| call.is_one(&looks) && call.path().ends_with("/.git/exch/index"))
        .collect();
    ensure(!calls.is_empty(), "nothing looks at the copy")?;
    for call in calls {
        let place = template.copy()?;
        let (ran, hit) = strace::strike(&place, &SET, &call, Blow::Once("EIO"))?;
        ensure(hit.is_some() && [Some(0), Some(6)].contains(&ran.code()), &ran.err)?;
        same((&call.text, staged(&place)?), (&call.text, whole.clone()))?;
        place.exch(&["new-exchangeserver", "NEXT", "-Version", "2010"])?.well()?;
        place.check_with_git()?;
    }
    Ok(())
}

/// What a restored server replaces may be damaged, but where the disk does not give it the call is refused.
#[test]
fn a_server_that_the_disk_did_not_give_was_called_created() -> Done {
    needs!("strace", strace::is_there());
    let template = Place::with_servers(&["HUB01"])?;
    template.exch(&SET)?.well()?;
    let restore = ["restore-storerevision", "HEAD~1", "-Confirm:false"];
    let (_, calls) = strace::list(&template.copy()?, &restore)?;
    let opens = |call: &Call| call.name == "openat" && call.path().ends_with("/servers/HUB01.toml");
    let calls: Vec<Call> = calls.into_iter().filter(opens).collect();
    ensure(!calls.is_empty(), "nothing opens the file")?;
    for call in calls {
        let place = template.copy()?;
        let (ran, hit) = strace::strike(&place, &restore, &call, Blow::Once("EIO"))?;
        ensure(hit.is_some() && ran.code() == Some(6), &ran.err)?;
        same(place.state()?, template.state()?)?;
    }
    Ok(())
}

/// `git gc` takes a loose object away before it is synced: the call fails as it does then.
#[test]
fn an_object_that_gc_packed_was_not_synced() -> Done {
    needs!("strace", strace::is_there());
    let template = Place::with_servers(&["HUB01"])?;
    let (_, calls) = strace::list(&template.copy()?, &SET)?;
    let is_object = |path: &str| path.rsplit('/').next().is_some_and(|name| name.len() == 38);
    let synced: Vec<String> = calls
        .iter()
        .filter(|call| call.name == "fsync")
        .map(Call::path)
        .filter(|path| is_object(path))
        .collect();
    // The first calls of a thread have the numbers of those that load the program.
    let opens = |call: &&Call| call.name == "openat" && call.nth > 5 && synced.contains(&call.path());
    let call = calls.iter().find(opens).ok_or("no object is opened to be synced")?;
    // Objects have other names each time, so that a call more or less is made before it.
    let mut met = String::new();
    for _ in 0..20 {
        let place = template.copy()?;
        let (ran, hit) = strace::strike(&place, &SET, call, Blow::Once("ENOENT"))?;
        met = hit.unwrap_or_default();
        if met.split('"').nth(1).is_some_and(|path| is_object(path) && path.contains("/objects/")) {
            ran.well()?;
            place.test_store()?;
            return place.check_with_git();
        }
    }
    Err(format!("{} number {} was never it, but {met}", call.text, call.nth).into())
}

/// The disk is full from the index on, so that undoing writes an empty file beside the server's.
#[test]
fn half_a_file_of_undoing_was_taken_for_a_hand_edit() -> Done {
    needs!("strace", strace::is_there());
    let place = Place::with_servers(&["HUB01"])?;
    let before = place.state()?;
    let call = find(&place, &SET, |call| call.name == "write" && call.path().ends_with("/exch/index.lock"))?;
    let (ran, _) = strace::strike(&place, &SET, &call, Blow::On("ENOSPC"))?;
    ensure(ran.code() == Some(6), &ran.err)?;
    same(place.state()?, before)?;
    place.exch(&["new-exchangeserver", "NEXT", "-Version", "2010"])?.well()?;
    ensure(!place.state()?.edited, "a hand edit is shown that nobody made")?;
    place.check_with_git()
}

/// A hand edit after the file was compared and before the new one is renamed over it: in the file or in the history.
#[test]
fn a_hand_edit_of_the_last_moment_was_replaced() -> Done {
    needs!("strace", strace::is_there());
    let set = ["set-receiveconnector", "HUB01\\A", "-Comment", "after"];
    let remove = ["remove-exchangeserver", "HUB01", "-Confirm:false"];
    let new = ["new-exchangeserver", "HUB02", "-Version", "2010"];
    for (words, file, code) in [(&set[..], "HUB01", 0), (&remove, "HUB01", 0), (&new, "HUB02", 6)] {
        let place = Place::with_servers(&["HUB01"])?;
        let call = find(&place, words, |call| {
            call.name.starts_with("rename") && call.text.contains(&format!("/servers/{file}.toml\""))
        })?;
        let file = place.store.join("servers").join(file).with_extension("toml");
        let lock = place.git_dir().join("refs/heads/main.lock");
        let struck = std::thread::scope(|scope| {
            let struck = scope.spawn(|| strace::strike(&place, words, &call, Blow::Late));
            while !lock.exists() && !struck.is_finished() {
                std::thread::sleep(Duration::from_millis(1));
            }
            std::thread::sleep(Duration::from_millis(300));
            let mut file = std::fs::OpenOptions::new().append(true).create(true).open(&file)?;
            file.write_all(b"# by hand\n")?;
            struck.join().unwrap_or_else(|_| Err("a thread panicked".into()))
        });
        let (ran, hit) = struck?;
        ensure(hit.is_some(), "the call was not met")?;
        ensure(ran.code() == Some(code), &format!("{words:?}: {:?}: {}", ran.status, ran.err))?;
        let kept = std::fs::read_to_string(&file).unwrap_or_default() + &place.git(&["log", "-p"])?;
        ensure(kept.contains("# by hand"), &format!("{words:?}: the edit is lost: {}", ran.err))?;
        same(leftovers(&place.store)?, Vec::new())?;
    }
    Ok(())
}

#[test]
fn an_index_that_recovery_failed_at_stayed_behind() -> Done {
    needs!("strace", strace::is_there());
    let place = Place::with_servers(&["HUB01"])?;
    let call = find(&place, &SET, |call| call.name == "fsync" && call.path().ends_with("/refs/heads"))?;
    let (ran, _) = strace::strike(&place, &SET, &call, Blow::On("EIO"))?;
    ensure(ran.code() == Some(6) && ran.err.contains("was made, but"), &ran.err)?;
    place.exch(&["new-exchangeserver", "NEXT", "-Version", "2010"])?.well()?;
    place.check_with_git()
}

#[test]
fn a_lock_in_the_copy_of_the_index_stopped_the_next() -> Done {
    needs!("strace", strace::is_there());
    let place = Place::with_servers(&["HUB01"])?;
    std::fs::write(place.git_dir().join("exch/index.lock"), "")?;
    let ran = place.exch(&SET)?;
    ensure(!ran.err.contains("index is not up to date"), &ran.err)?;
    place.check_with_git()
}

#[test]
fn a_lock_was_moved_into_place_with_a_new_repository() -> Done {
    needs!("strace", strace::is_there());
    let place = Place::new()?;
    let words = ["new-exchangeserver", "HUB01", "-Version", "2010"];
    let call = find(&place, &words, |call| call.is_one(&["unlink"]) && call.path().ends_with("/HEAD.lock"))?;
    strace::strike(&place, &words, &call, Blow::Once("EIO"))?.0.well()?;
    place.check_with_git()
}
