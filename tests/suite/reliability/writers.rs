//! Many processes at once: every change is made once, readers see whole revisions, a dead writer holds nobody up.

use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
#[cfg(unix)]
use std::time::Duration;

use super::strace;
use super::{Done, EXCH, Failed, Place, Ran, Tally, add, depth, ensure, same};

#[test]
fn none_is_lost() -> Done {
    needs!("git");
    let mut tally = Tally::of("writers::none_is_lost");
    let writers = depth(16, 64);
    for round in 0..depth(1, 5) {
        let done = Place::with_servers(&["HUB01"]).and_then(|place| at_once(&place, writers, 2));
        tally.add(&format!("round {round}"), done);
    }
    tally.finish()
}

/// Nobody has a store yet; the first server is the first change of one of them.
#[test]
fn first_use_by_all_at_once() -> Done {
    needs!("git");
    let mut tally = Tally::of("writers::first_use_by_all_at_once");
    for round in 0..depth(1, 10) {
        tally.add(&format!("round {round}"), Place::new().and_then(|place| begin(&place, depth(6, 16))));
    }
    tally.finish()
}

fn begin(place: &Place, count: usize) -> Done {
    let names: Vec<String> = (0..count).map(|n| format!("S{n:02}")).collect();
    let start = |name: &String| {
        let mut command = place.command(EXCH);
        command.args(["new-exchangeserver", name, "-Version", "2010", "-LockTimeout", "00:05:00"]);
        spawn(command)
    };
    let all: Vec<Child> = names.iter().map(start).collect::<Result<_, _>>()?;
    all.into_iter().try_for_each(ended_well)?;
    same(place.state()?.history.len(), count)?;
    same(place.exch(&["get-exchangeserver", "-Output", "name"])?.well()?.lines().count(), count)?;
    place.test_store()?;
    place.check_with_git()
}

fn spawn(mut command: Command) -> Result<Child, Failed> {
    Ok(command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn()?)
}

fn ended_well(child: Child) -> Done {
    let ran = Ran::of(child.wait_with_output()?);
    ensure(ran.code() == Some(0), &format!("{:?}: {}", ran.status, ran.err))
}

/// Each writer adds one connector to the same server.
fn at_once(place: &Place, writers: usize, earlier: usize) -> Done {
    let names: Vec<(String, String)> =
        (0..writers).map(|n| (format!("W{n:02}"), format!("{}", 3000 + n))).collect();
    let start = |(name, port): &(String, String)| {
        let mut command = place.command(EXCH);
        command.args(add("HUB01", name, port)).args(["-LockTimeout", "00:05:00"]);
        spawn(command)
    };
    let all: Vec<Child> = names.iter().map(start).collect::<Result<_, _>>()?;
    all.into_iter().try_for_each(ended_well)?;
    let described = place.exch(&["get-receiveconnector", "-Output", "name"])?.well()?;
    for (name, _) in &names {
        ensure(described.lines().any(|line| line == format!("HUB01\\{name}")), &format!("{name} is lost"))?;
    }
    same(described.lines().count(), writers + 1)?;
    let history = place.state()?.history;
    same(history.len(), writers + earlier)?;
    for (name, _) in &names {
        let subject = format!("New-ReceiveConnector HUB01\\{name}");
        same(history.iter().filter(|found| **found == subject).count(), 1)?;
    }
    let at_once = ["set-receiveconnector", "HUB01\\A", "-Comment", "free", "-LockTimeout", "00:00:00"];
    place.exch(&at_once)?.well()?;
    place.test_store()?;
    place.check_with_git()
}

/// Writers change four values in two files together, readers compare them all the while.
#[test]
fn readers_see_whole_revisions() -> Done {
    needs!("git");
    let mut tally = Tally::of("writers::readers_see_whole_revisions");
    let (writers, changes, readers) = (3, depth(6, 100), 2);
    let place = Place::with_servers(&["HUB01", "HUB02"])?;
    change(&place, 0)?;
    let (over, reads) = (AtomicBool::new(false), AtomicUsize::new(0));
    let faults: Vec<String> = std::thread::scope(|scope| {
        let (place, over, reads) = (&place, &over, &reads);
        let watching: Vec<_> = (0..readers).map(|_| scope.spawn(move || watch(place, over, reads))).collect();
        let writing: Vec<_> = (0..writers)
            .map(|w| {
                scope.spawn(move || {
                    (1..=changes).try_for_each(|n| change(place, w * 1000 + n).map_err(describe))
                })
            })
            .collect();
        let mut ends: Vec<_> = writing.into_iter().map(|one| one.join()).collect();
        over.store(true, Ordering::Relaxed);
        ends.extend(watching.into_iter().map(|one| one.join()));
        ends.into_iter()
            .filter_map(|end| end.unwrap_or_else(|_| Err("a thread panicked".to_owned())).err())
            .collect()
    });
    tally.passed = reads.load(Ordering::Relaxed);
    tally.faults = faults;
    tally.add("revisions", same(place.state()?.history.len(), 4 + 1 + writers * changes));
    tally.add("git", place.check_with_git());
    tally.name = format!("{}: {} changes while {} reads", tally.name, writers * changes, reads.into_inner());
    tally.finish()
}

fn describe(failed: Failed) -> String {
    format!("{failed:?}")
}

fn change(place: &Place, n: usize) -> Done {
    let (comment, banner) = (format!("v{n}"), format!("220 v{n}"));
    let words = ["set-receiveconnector", "*\\A", "-Comment", &comment, "-Banner", &banner, "-Confirm:false"];
    let mut command = place.command(EXCH);
    command.args(words).args(["-LockTimeout", "00:05:00"]);
    ended_well(spawn(command)?)
}

fn watch(place: &Place, over: &AtomicBool, reads: &AtomicUsize) -> Result<(), String> {
    while !over.load(Ordering::Relaxed) {
        let ran = place.exch(&["get-receiveconnector", "-Output", "json"]).map_err(describe)?;
        if ran.code() != Some(0) || !ran.err.is_empty() {
            return Err(format!("{:?}: {}", ran.status, ran.err));
        }
        let all: serde_json::Value = serde_json::from_str(&ran.out).map_err(|error| error.to_string())?;
        let all = all.as_array().cloned().unwrap_or_default();
        let values: std::collections::BTreeSet<String> = all
            .iter()
            .flat_map(|one| {
                [
                    format!("220 {}", one["Comment"].as_str().unwrap_or_default()),
                    one["Banner"].as_str().unwrap_or_default().to_owned(),
                ]
            })
            .collect();
        if all.len() != 2 || values.len() != 1 {
            return Err(format!("torn: {values:?}"));
        }
        reads.fetch_add(1, Ordering::Relaxed);
    }
    Ok(())
}

/// A writer is stopped at a moment in which it holds the lock, another one waits, the first is killed.
#[cfg(unix)]
#[test]
fn a_writer_killed_with_the_lock_in_its_hand() -> Done {
    needs!("git");
    let mut tally = Tally::of("writers::a_writer_killed_with_the_lock_in_its_hand");
    let wanted = depth(2, 25);
    let place = Place::with_servers(&["HUB01"])?;
    for round in 0..wanted {
        tally.add(&format!("round {round}"), one_killed(&place, round));
    }
    tally.finish()
}

#[cfg(unix)]
fn one_killed(place: &Place, round: u64) -> Done {
    for attempt in 0..400_u64 {
        let mut victim = place.command(EXCH);
        victim.args(["set-receiveconnector", "HUB01\\A", "-Comment", &format!("victim {round} {attempt}")]);
        let mut victim = spawn(victim)?;
        std::thread::sleep(Duration::from_micros(500 + (attempt * 377 + round * 131) % 25_000));
        signal("STOP", &victim)?;
        let asked = ["set-receiveconnector", "HUB01\\A", "-Comment", &format!("asked {round} {attempt}")];
        let asked = place.exch(&[&asked[..], &["-LockTimeout", "00:00:00"]].concat())?;
        let held = asked.code() == Some(6) && asked.err.contains("another change holds the store");
        if !held || victim.try_wait()?.is_some() {
            let _ = victim.kill();
            victim.wait()?;
            continue;
        }
        let mut waiting = place.command(EXCH);
        let comment = format!("waited {round}");
        waiting.args(["set-receiveconnector", "HUB01\\A", "-Comment", &comment, "-LockTimeout", "00:05:00"]);
        let mut waiting = spawn(waiting)?;
        std::thread::sleep(Duration::from_millis(150));
        ensure(waiting.try_wait()?.is_none(), "it did not wait")?;
        victim.kill()?;
        ensure(victim.wait()?.code().is_none(), "the holder was not killed")?;
        ended_well(waiting)?;
        let seen = place
            .exch(&["get-receiveconnector", "HUB01\\A", "-Output", "json", "-Property", "Comment"])?
            .well()?;
        ensure(seen.contains(&comment), &format!("the waiting change is lost: {seen}"))?;
        place.test_store()?;
        return place.check_with_git();
    }
    Err("no writer could be stopped while it held the lock".into())
}

#[cfg(unix)]
fn signal(name: &str, child: &Child) -> Done {
    let pid = child.id().to_string();
    let sent = Command::new("kill").args([&format!("-{name}"), &pid]).stderr(Stdio::null()).status()?;
    // It may have ended.
    let _ = sent;
    Ok(())
}

/// flock as file systems without locks answer it.
#[test]
fn a_file_system_without_locks() -> Done {
    needs!("strace", strace::is_there());
    let mut tally = Tally::of("writers::a_file_system_without_locks");
    let place = Place::with_servers(&["HUB01"])?;
    let before = place.state()?;
    let words = ["set-receiveconnector", "HUB01\\A", "-Comment", "lost"];
    let (_, calls) = strace::list(&place.copy()?, &words)?;
    let call = calls.into_iter().find(|call| call.name == "flock").ok_or("no flock in the trace")?;
    for error in ["ENOLCK", "EOPNOTSUPP", "ENOSYS"] {
        let (ran, hit) = strace::strike(&place, &words, &call, strace::Blow::On(error))?;
        let clear = ran.code() == Some(6) && ran.err.contains("has no locks");
        tally.add(error, ensure(hit.is_some() && clear, &format!("{:?}: {}", ran.status, ran.err)));
        tally.add("unchanged", same(place.state()?, before.clone()));
    }
    tally.finish()
}
