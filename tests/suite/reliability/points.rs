//! The real program at every system call of the common changes that touches the disk: killed there, and with that
//! call failing. The state is the one before or the one after; what was acknowledged is there.
//!
//! Killed before a call is killed after the one before it: nothing in between touches the disk. The last kill is at
//! the first word to the user.

use exch::answer::Exit;

use super::strace::{self, Blow, Call};
use super::{Dice, Done, Failed, Place, Ran, State, Tally, add, depth, ensure, same};

/// A change, and what stands before it.
struct Scene {
    name: &'static str,
    before: fn() -> Result<Place, Failed>,
    command: Vec<&'static str>,
    /// Whether a hand edit is recorded first, as a revision of its own.
    by_hand: bool,
}

impl Scene {
    fn new(name: &'static str, before: fn() -> Result<Place, Failed>, command: &[&'static str]) -> Self {
        Scene { name, before, command: command.to_vec(), by_hand: false }
    }
}

const SET: [&str; 6] = ["set-receiveconnector", "HUB01\\A", "-Comment", "after", "-Banner", "220 after"];

#[test]
fn first() -> Done {
    needs!("strace", strace::is_there());
    every_point(&Scene::new("first", Place::new, &["new-exchangeserver", "HUB01", "-Version", "2010"]))
}

#[test]
fn new() -> Done {
    needs!("strace", strace::is_there());
    every_point(&Scene::new("new", two, &add("HUB01", "B", "2526")))
}

#[test]
fn set() -> Done {
    needs!("strace", strace::is_there());
    every_point(&Scene::new("set", two, &SET))
}

#[test]
fn remove() -> Done {
    needs!("strace", strace::is_there());
    every_point(&Scene::new("remove", two, &["remove-receiveconnector", "HUB01\\A", "-Confirm:false"]))
}

#[test]
fn remove_server() -> Done {
    needs!("strace", strace::is_there());
    every_point(&Scene::new("remove_server", two, &["remove-exchangeserver", "HUB02", "-Confirm:false"]))
}

#[test]
fn many() -> Done {
    needs!("strace", strace::is_there());
    every_point(&Scene::new(
        "many",
        four,
        &["set-receiveconnector", "*\\A", "-Comment", "after", "-Confirm:false"],
    ))
}

#[test]
fn hand() -> Done {
    needs!("strace", strace::is_there());
    every_point(&Scene { by_hand: true, ..Scene::new("hand", edited, &SET) })
}

#[test]
fn restore() -> Done {
    needs!("strace", strace::is_there());
    every_point(&Scene::new("restore", changed, &["restore-storerevision", "HEAD~2", "-Confirm:false"]))
}

#[test]
fn packing() -> Done {
    needs!("strace", strace::is_there());
    every_point(&Scene::new("packing", crowded, &SET))
}

fn two() -> Result<Place, Failed> {
    Place::with_servers(&["HUB01", "HUB02"])
}

fn four() -> Result<Place, Failed> {
    Place::with_servers(&["HUB01", "HUB02", "HUB03", "HUB04"])
}

fn edited() -> Result<Place, Failed> {
    let place = Place::with_servers(&["HUB01"])?;
    let file = place.store.join("servers/HUB01.toml");
    let text = std::fs::read_to_string(&file)?;
    std::fs::write(&file, text.replace("Enabled = true", "Enabled = false # by hand"))?;
    Ok(place)
}

/// Several files differ from two revisions ago: one changed, one gone.
fn changed() -> Result<Place, Failed> {
    let place = Place::with_servers(&["HUB01", "HUB02"])?;
    place.exch(&["set-receiveconnector", "*\\A", "-Comment", "later", "-Confirm:false"])?.well()?;
    place.exch(&["remove-exchangeserver", "HUB02", "-Confirm:false"])?.well()?;
    Ok(place)
}

/// So many loose objects that the next change packs them.
fn crowded() -> Result<Place, Failed> {
    let place = Place::with_servers(&["HUB01"])?;
    let odb = git2::Repository::open(&place.store)?;
    let mut written = 0;
    for n in 0_u32.. {
        let bytes = n.to_le_bytes();
        if git2::Oid::hash_object(git2::ObjectType::Blob, &bytes)?.as_bytes().first() == Some(&0x17) {
            odb.odb()?.write(git2::ObjectType::Blob, &bytes)?;
            written += 1;
        }
        if written == 30 {
            break;
        }
    }
    Ok(place)
}

/// What may be seen.
struct Expected {
    before: State,
    /// The hand edit recorded, the change not made.
    between: Option<State>,
    after: State,
}

fn every_point(scene: &Scene) -> Done {
    let template = (scene.before)()?;
    let place = template.copy()?;
    let (ran, mut calls) = strace::list(&place, &scene.command)?;
    ran.well()?;
    let expected = expect(scene, template.state()?, place.state()?);
    // Only where much is to be packed is there always an object in the directory that is looked at.
    let by_chance = |call: &Call| ["/objects/17>", "/objects/17\""].iter().any(|at| call.text.contains(at));
    calls.retain(|call| scene.name == "packing" || !by_chance(call));
    let mut tally = Tally::of(format!("points::{}", scene.name));
    let all = blows(&calls);
    let mut dice = Dice(5);
    // The same share of the points each time, others for each scene.
    let every = depth(if scene.name == "packing" { 97 } else { 59 }, 1);
    let first = dice.below(every) + scene.name.len() as u64;
    for (n, (call, blow)) in all.iter().enumerate() {
        if (n as u64 + first).is_multiple_of(every) {
            let done = one_point(scene, &template, &expected, call, *blow);
            tally.add(&format!("{blow:?} at {} number {}: {}", call.name, call.nth, call.text), done);
        }
    }
    tally.finish()
}

fn expect(scene: &Scene, before: State, after: State) -> Expected {
    let between = scene.by_hand.then(|| State {
        objects: before.objects.clone(),
        history: after.history.iter().skip(1).cloned().collect(),
        edited: false,
    });
    Expected { before, between, after }
}

/// What is tried: kills where the disk changes, errors there and where it is read.
fn blows(calls: &[Call]) -> Vec<(&Call, Blow)> {
    let mut blows = Vec::new();
    let mut described = false;
    for call in calls {
        if call.changes || call.tells && !described {
            blows.push((call, Blow::Kill));
        }
        described |= call.tells;
        if call.changes && call.name != "flock" {
            let errors = ["ENOSPC", "EIO"];
            blows.extend(errors.map(|error| (call, Blow::Once(error))));
            blows.push((call, Blow::On(if call.name == "fsync" { "EIO" } else { "ENOSPC" })));
        } else if !call.tells && call.name != "mmap" {
            blows.push((call, Blow::Once("EIO")));
        }
    }
    blows
}

fn one_point(scene: &Scene, template: &Place, expected: &Expected, call: &Call, blow: Blow) -> Done {
    let mut place = template.copy()?;
    let mut struck = strace::strike(&place, &scene.command, call, blow)?;
    // Objects have other names each time, so that a directory for them is not always made.
    for _ in 0..40 {
        if struck.1.is_some() {
            break;
        }
        place = template.copy()?;
        struck = strace::strike(&place, &scene.command, call, blow)?;
    }
    let (ran, hit) = struck;
    ensure(hit.is_some(), "the call was not met")?;
    let state = judge(&place, expected, &ran, blow)?;
    go_on(&place, &state)?;
    let is_litter = |path: &str| path.contains("tmp_object") || path.contains("pack_git2");
    if call.name == "unlink" && is_litter(&call.path()) && blow != Blow::Kill {
        // A disk that will not remove libgit2's file keeps it; git prunes it some day.
        for file in super::files(&place.git_dir().join("objects"))? {
            if is_litter(&file.to_string_lossy()) {
                std::fs::remove_file(file)?;
            }
        }
    }
    place.check_with_git()
}

/// The state after a blow: before or after, and after where that was acknowledged.
fn judge(place: &Place, expected: &Expected, ran: &Ran, blow: Blow) -> Result<State, Failed> {
    let described = format!("{:?}: {}", ran.status, ran.err);
    // 127: a read of another thread has the number of one that loads the program, which then does not begin.
    let fault = ran.code().is_some_and(|code| ![0, 5, 6, 127].contains(&code));
    ensure(!fault, &format!("a fault: {described}"))?;
    ensure(blow != Blow::Kill || ran.code().is_none(), "the kill missed")?;
    let state = place.state().map_err(|failed| format!("{described}: {failed:?}"))?;
    let between = expected.between.as_ref();
    let (before, after) = (state == expected.before || Some(&state) == between, state == expected.after);
    ensure(before || after, &format!("neither before nor after: {state:?}; {described}"))?;
    if ran.code() == Some(0) {
        ensure(after, &format!("acknowledged and lost: {described}"))?;
    }
    if ran.code().is_some_and(|code| code != 0) {
        let said = ran.err.contains("was made, but");
        // Where writing fails for good, so does the sentence to the user.
        let mute = !ran.err.contains("error: ");
        ensure(before || said || mute, &format!("refused and made: {described}"))?;
    }
    place.test_store()?;
    Ok(state)
}

/// The next change settles what was cut short, says so once, and loses nothing.
fn go_on(place: &Place, state: &State) -> Done {
    let next = place.exch(&["new-exchangeserver", "NEXT", "-Version", "2010", "-NoDefaultConnectors"])?;
    ensure(next.code() == Some(0), &format!("the next change: {:?}: {}", next.status, next.err))?;
    let cut = next.err.lines().filter(|line| line.contains("cut short")).count();
    ensure(cut <= 1, &format!("recovery is said {cut} times: {}", next.err))?;
    let server = if place.store.join("servers/HUB01.toml").exists() { "HUB01" } else { "NEXT" };
    let again = place.exch(&["set-exchangeserver", server, "-Comment", "again"])?;
    ensure(again.code() == Some(0), &format!("the one after that: {:?}: {}", again.status, again.err))?;
    ensure(!again.err.contains("cut short"), "recovery is said again")?;
    let now = place.state()?;
    ensure(!now.edited, "a hand edit is shown that nobody made")?;
    let kept = now.history.len() - state.history.len();
    same(now.history.get(kept..), Some(&state.history[..]))?;
    let connectors = |state: &State| state.objects.first().cloned();
    let seen = connectors(&now);
    ensure(seen == connectors(state), &format!("connectors are now {seen:?}"))?;
    let checked = place.home().run(["test-store"]);
    ensure(checked.exit == Exit::Done, &format!("test-store: {}", checked.both))
}
