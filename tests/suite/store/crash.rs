//! A commit stopped dead, or failing, at each of its steps: the state before or the one after, never between.

use exch::store::{Change, Class, Step, StoreError, Verdict};

use super::{Done, PATIENCE, World, change, ensure, same, seen};
use crate::host;

type Files = Vec<(&'static str, Option<&'static str>)>;

/// What stands before, and the change.
fn scenes() -> Vec<(&'static str, Files, Files)> {
    let many = || {
        vec![("exch.toml", Some("one\n")), ("servers/A.toml", Some("a\n")), ("servers/B.toml", Some("b\n"))]
    };
    vec![
        ("first", vec![], many()),
        ("new", many(), vec![("servers/C.toml", Some("c\n")), ("organization/x.toml", Some("x\n"))]),
        ("set", many(), vec![("servers/A.toml", Some("a2\n"))]),
        ("remove", many(), vec![("servers/A.toml", None)]),
        (
            "many",
            many(),
            vec![("exch.toml", Some("two\n")), ("servers/A.toml", None), ("servers/B.toml", Some("b2\n"))],
        ),
    ]
}

fn every_step(verdict: Verdict) -> Done {
    for (scene, before, files) in scenes() {
        for stop in 0.. {
            let world = World::own()?;
            world.commit(&before)?;
            let Some(step) = stopped(&world, &change(&files, "a change"), stop, verdict)? else { break };
            let described = format!("{scene}, {verdict:?} after {step:?}");
            judge(&world, &before, &files, step, verdict)
                .map_err(|failed| format!("{described}: {failed:?}"))?;
        }
    }
    Ok(())
}

/// Commits, stopping at the n-th step; which that was, or none when there are fewer.
fn stopped(
    world: &World,
    change: &Change,
    stop: usize,
    verdict: Verdict,
) -> std::result::Result<Option<Step>, StoreError> {
    let (mut count, mut at) = (0, None);
    let mut probe = |step| {
        count += 1;
        if count == stop + 1 {
            at = Some(step);
            return verdict;
        }
        Verdict::Go
    };
    // The verdict makes an error of its own, or, after the branch has moved, a notice.
    let _ = world.repository()?.lock(PATIENCE)?.commit_watched(change, &mut probe);
    Ok(at)
}

fn judge(world: &World, before: &Files, files: &Files, step: Step, verdict: Verdict) -> Done {
    let made = matches!(step, Step::Branch | Step::Index | Step::Done);
    check_state(world, before, files, made)?;
    let repository = world.repository()?;
    let mut writer = repository.lock(PATIENCE)?;
    let notices = writer.take_notices();
    let unsettled = verdict == Verdict::Die && step != Step::Done;
    let tidied = verdict == Verdict::Fail && made && step != Step::Done;
    same(notices.len(), usize::from(unsettled || tidied))?;
    drop(writer);
    same(repository.lock(PATIENCE)?.take_notices(), Vec::new())?;
    check_state(world, before, files, made)?;
    if !before.is_empty() || made {
        world.check_with_git()?;
    }
    world.commit(files)?;
    check_state(world, before, files, true)?;
    world.check_with_git()
}

fn check_state(world: &World, before: &Files, files: &Files, made: bool) -> Done {
    for (name, text) in before.iter().chain(files) {
        let changed = files.iter().find(|(file, _)| file == name);
        let stood = before.iter().find(|(file, _)| file == name).and_then(|(_, text)| *text);
        let want = if made { changed.map_or(*text, |(_, text)| *text) } else { stood };
        same((name, world.see(name)?), (name, want.and_then(|text| seen(text, false))))?;
    }
    Ok(())
}

#[test]
fn a_hand_edit_after_a_crash_is_left() -> Done {
    let world = World::own()?;
    world.commit(&[("exch.toml", Some("one\n"))])?;
    let files = [("exch.toml", Some("two\n"))];
    // Intent, objects, prepared, the file.
    stopped(&world, &change(&files, "a change"), 3, Verdict::Die)?;
    same(std::fs::read_to_string(world.store.join("exch.toml"))?, "two\n".to_owned())?;
    same(world.see("exch.toml")?, seen("one\n", false))?;
    world.write("exch.toml", "by hand\n")?;
    same(world.see("exch.toml")?, seen("by hand\n", true))?;
    let notices = world.repository()?.lock(PATIENCE)?.take_notices();
    ensure(notices.len() == 2 && notices.iter().any(|said| said.contains("exch.toml")), "said")?;
    same(world.see("exch.toml")?, seen("by hand\n", true))
}

/// Killed between swapping two files and looking at what was swapped out, which a hand had edited.
#[test]
fn a_hand_edit_that_was_swapped_out_is_put_back() -> Done {
    for content in [Some("two\n"), None] {
        let world = World::own()?;
        world.commit(&[("exch.toml", Some("one\n"))])?;
        stopped(&world, &change(&[("exch.toml", content)], "a change"), 3, Verdict::Die)?;
        world.write(".exch-0", "by hand\n")?;
        let notices = world.repository()?.lock(PATIENCE)?.take_notices();
        ensure(notices.len() == 2 && notices.iter().any(|said| said.contains("exch.toml")), "said")?;
        same(world.see("exch.toml")?, seen("by hand\n", true))?;
        ensure(!world.store.join(".exch-0").exists(), "nothing is left")?;
    }
    Ok(())
}

#[test]
fn a_recorded_hand_edit_survives_undoing() -> Done {
    for verdict in [Verdict::Die, Verdict::Fail] {
        for stop in 0..5 {
            let world = World::own()?;
            world.commit(&[("exch.toml", Some("one\n")), ("servers/A.toml", Some("a\n"))])?;
            world.write("exch.toml", "by hand\n")?;
            std::fs::remove_file(world.store.join("servers/A.toml"))?;
            let files = [("exch.toml", Some("by hand\n")), ("servers/A.toml", None)];
            stopped(&world, &change(&files, "edited by hand"), stop, verdict)?;
            same(world.see("exch.toml")?, seen("by hand\n", true))?;
            drop(world.repository()?.lock(PATIENCE)?);
            same(world.see("exch.toml")?, seen("by hand\n", true))?;
            same(world.see("servers/A.toml")?, None)?;
            world.commit(&files)?;
            world.check_with_git()?;
        }
    }
    Ok(())
}

/// Nobody writes to these pipes: reading one would never end.
#[test]
fn a_pipe_in_place_of_a_file_of_git_is_not_read() -> Done {
    needs!("mkfifo");
    let world = World::own()?;
    world.commit(&[("exch.toml", Some("one\n"))])?;
    let git_dir = world.store.join(".git");
    let make = |name: &str| -> Done {
        let made = host::command("mkfifo", &git_dir).arg(name).status()?;
        ensure(made.success(), "mkfifo")
    };
    make("exch/intent")?;
    same(world.see("exch.toml")?, seen("one\n", false))?;
    same(world.repository()?.lock(PATIENCE)?.take_notices().len(), 1)?;
    std::fs::remove_file(git_dir.join("index"))?;
    make("index")?;
    let refused = world.commit(&[("exch.toml", Some("two\n"))]).map_err(|error| error.class());
    same(refused, Err(Class::Refused))?;
    same(world.see("exch.toml")?, seen("one\n", false))
}

#[test]
fn a_damaged_intent_record_is_set_aside() -> Done {
    let world = World::own()?;
    world.commit(&[("exch.toml", Some("one\n"))])?;
    stopped(&world, &change(&[("exch.toml", Some("two\n"))], "a change"), 2, Verdict::Die)?;
    let record = world.store.join(".git/exch/intent");
    let whole = std::fs::read(&record)?;
    for length in 0..whole.len() {
        std::fs::write(&record, whole.get(..length).unwrap_or_default())?;
        same(world.see("exch.toml")?, seen("one\n", false))?;
        same(world.repository()?.lock(PATIENCE)?.take_notices().len(), 1)?;
    }
    world.commit(&[("exch.toml", Some("two\n"))])?;
    world.check_with_git()
}

#[test]
fn killed_at_each_step() -> Done {
    every_step(Verdict::Die)
}

#[test]
fn failing_at_each_step() -> Done {
    every_step(Verdict::Fail)
}
