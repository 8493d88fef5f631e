//! `git gc --prune=now` beside a change: what it deletes is written anew, what it may still delete is kept from it.

use std::path::PathBuf;

use exch::store::{Step, Verdict};

use super::foreign::foreign;
use super::{Done, Failed, PATIENCE, World, change, ensure, git, same, seen};

#[test]
fn at_every_step() -> Done {
    needs!("git");
    for stop in 0.. {
        let (theirs, _) = foreign()?;
        let mut is_over = false;
        for world in [World::own()?, theirs] {
            world.commit(&[("exch.toml", Some("one\n")), ("servers/A.toml", Some("a\n"))])?;
            let files = [("exch.toml", Some("two\n")), ("servers/B.toml", Some("b\n"))];
            let Some(step) = with_gc_after(&world, stop, &files)? else {
                is_over = true;
                continue;
            };
            same((step, world.see("exch.toml")?), (step, seen("two\n", false)))?;
            same((step, world.repository()?.history(None)?.count()), (step, 2))?;
            world.check_with_git()?;
        }
        if is_over {
            break;
        }
    }
    Ok(())
}

/// Makes a change, with `git gc` after its n-th step; which that was.
fn with_gc_after(world: &World, stop: usize, files: &[(&str, Option<&str>)]) -> Result<Option<Step>, Failed> {
    let (mut count, mut at) = (0, None);
    let mut probe = |step| {
        count += 1;
        if count == stop + 1 {
            at = Some(step);
            // While the branch is locked it ends in an error, having packed and pruned.
            let _ = git(&world.store, &["gc", "-q", "--prune=now"]);
            let _ = git(&world.store, &["prune", "--expire=now"]);
        }
        Verdict::Go
    };
    world.repository()?.lock(PATIENCE)?.commit_watched(&change(files, "beside gc"), &mut probe)?;
    Ok(at)
}

/// As many as are written as one pack.
#[test]
fn of_many_objects() -> Done {
    needs!("git");
    let names: Vec<String> = (0..1_200).map(|n| format!("servers/{n}.toml")).collect();
    let texts: Vec<String> = (0..1_200).map(|n| format!("{n}\n")).collect();
    let files: Vec<(&str, Option<&str>)> =
        names.iter().zip(&texts).map(|(name, text)| (name.as_str(), Some(text.as_str()))).collect();
    let world = World::own()?;
    world.commit(&[("exch.toml", Some("one\n"))])?;
    // After the objects are written.
    same(with_gc_after(&world, 1, &files)?, Some(Step::Objects))?;
    same(world.see("servers/7.toml")?, seen("7\n", false))?;
    world.check_with_git()
}

fn kept(world: &World) -> Result<Vec<PathBuf>, Failed> {
    let all = std::fs::read_dir(world.store.join(".git/objects/pack"))?;
    let all = all.map(|entry| Ok(entry?.path())).collect::<Result<Vec<_>, std::io::Error>>()?;
    Ok(all.into_iter().filter(|path| path.extension().is_some_and(|end| end == "keep")).collect())
}

/// It began before the change and deletes its objects after the change has ended.
#[test]
fn that_goes_on_afterwards() -> Done {
    needs!("git");
    let world = World::own()?;
    world.commit(&[("exch.toml", Some("one\n"))])?;
    let pid = world.store.join(".git/gc.pid");
    std::fs::write(&pid, "1 elsewhere")?;
    world.commit(&[("exch.toml", Some("two\n"))])?;
    same(kept(&world)?.len(), 1)?;
    for fan in std::fs::read_dir(world.store.join(".git/objects"))? {
        let fan = fan?.path();
        if fan.file_name().is_some_and(|name| name.len() == 2) {
            let objects: Vec<_> = std::fs::read_dir(&fan)?.flatten().map(|entry| entry.path()).collect();
            let head = git(&world.store, &["ls-tree", "-r", "-t", "HEAD"])?
                + &git(&world.store, &["rev-parse", "HEAD"])?;
            let name = |path: &PathBuf| path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            objects.iter().filter(|path| head.contains(&name(path))).try_for_each(std::fs::remove_file)?;
        }
    }
    same(world.see("exch.toml")?, seen("two\n", false))?;
    world.check_with_git()?;
    // The next change beside it, and the first one without it.
    world.commit(&[("exch.toml", Some("three\n"))])?;
    same(kept(&world)?.len(), 2)?;
    std::fs::remove_file(pid)?;
    world.commit(&[("exch.toml", Some("four\n"))])?;
    same(kept(&world)?, Vec::new())?;
    git(&world.store, &["gc", "-q", "--prune=now"])?;
    same(world.repository()?.history(None)?.count(), 4)?;
    world.check_with_git()
}

#[test]
fn that_died_long_ago() -> Done {
    needs!("git");
    let world = World::own()?;
    let pid = world.store.join(".git/gc.pid");
    std::fs::write(&pid, "1 elsewhere")?;
    let hours = |hours: u64| std::time::Duration::from_secs(hours * 60 * 60);
    let file = std::fs::File::options().write(true).open(&pid)?;
    for (age, count) in [(hours(13), 0), (hours(11), 1)] {
        file.set_modified(std::time::SystemTime::now() - age)?;
        world.commit(&[("exch.toml", Some(if count == 0 { "one\n" } else { "two\n" }))])?;
        same(kept(&world)?.len(), count)?;
    }
    ensure(pid.exists(), "git's file is left")
}
