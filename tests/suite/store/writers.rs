//! Many writers lose nothing; the lock; packing.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use exch::store::Class;
use git2::{ObjectType, Oid, Repository};

use super::{Done, PATIENCE, World, change, ensure, same, seen};

#[test]
fn eight_writers_lose_nothing() -> Done {
    let world = World::own()?;
    let counted = |world: &World| -> std::result::Result<(), String> {
        for _ in 0..5 {
            let add = || {
                let repository = world.repository()?;
                let mut writer = repository.lock(PATIENCE)?;
                let count = writer.view()?.file("count")?.map_or(0, |file| file.bytes.len());
                writer.commit(&change(&[("count", Some(&"x".repeat(count + 1)))], "one more"))
            };
            add().map_err(|error: exch::store::StoreError| error.to_string())?;
        }
        Ok(())
    };
    std::thread::scope(|scope| {
        let writers: Vec<_> = (0..8).map(|_| scope.spawn(|| counted(&world))).collect();
        writers
            .into_iter()
            .try_for_each(|writer| writer.join().map_err(|_| "a writer panicked".to_owned())?)
    })?;
    same(world.see("count")?, seen(&"x".repeat(40), false))?;
    same(world.repository()?.history(None)?.count(), 40)?;
    world.check_with_git()
}

#[test]
fn a_lock_is_waited_for_and_no_longer() -> Done {
    let world = World::own()?;
    let repository = world.repository()?;
    let writer = repository.lock(PATIENCE)?;
    let other = world.repository()?;
    let refused = other.lock(Duration::from_millis(30)).map(|_| ()).map_err(|error| error.class());
    same(refused, Err(Class::Locked))?;
    drop(writer);
    other.lock(Duration::ZERO)?;
    Ok(())
}

/// A program that is being started has a copy of each open file for a moment; it must not hold the lock.
#[test]
fn a_lock_is_free_when_its_writer_is_done() -> Done {
    let world = World::own()?;
    let repository = world.repository()?;
    let enough = AtomicBool::new(false);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            while !enough.load(Ordering::Relaxed) {
                // Whether it can be started at all does not matter.
                let _ = crate::host::command("git", world.dir.path()).arg("--version").output();
            }
        });
        let free = (0..300).try_for_each(|_| repository.lock(Duration::ZERO).map(drop));
        enough.store(true, Ordering::Relaxed);
        free
    })?;
    Ok(())
}

#[test]
fn first_use_by_many_at_once() -> Done {
    let dir = crate::host::tempdir()?;
    let store = dir.path().join("a/b/store");
    let begin = |n: usize| -> std::result::Result<(), exch::store::StoreError> {
        let repository = exch::store::StoreRepository::create(&store, exch::store::Ownership::Own)?;
        repository.lock(PATIENCE)?.commit(&change(&[(&format!("servers/{n}"), Some("x"))], "one"))?;
        Ok(())
    };
    std::thread::scope(|scope| {
        let all: Vec<_> = (0..8).map(|n| scope.spawn(move || begin(n))).collect();
        all.into_iter()
            .try_for_each(|one| one.join().map_err(|_| "panicked".to_owned())?.map_err(|e| e.to_string()))
    })?;
    let world = World { dir, store: store.clone() };
    same(world.repository()?.read()?.list("servers")?.len(), 8)?;
    world.check_with_git()
}

#[test]
fn an_own_repository_packs_itself() -> Done {
    let world = World::own()?;
    world.commit(&[("exch.toml", Some("one\n"))])?;
    fill(&world)?;
    let objects = world.store.join(".git/objects");
    ensure(std::fs::read_dir(objects.join("17"))?.count() > 26, "many loose objects")?;
    world.commit(&[("exch.toml", Some("two\n"))])?;
    same(std::fs::read_dir(objects.join("17"))?.count(), 0)?;
    same(std::fs::read_dir(objects.join("pack"))?.count(), 2)?;
    same(world.see("exch.toml")?, seen("two\n", false))?;
    same(world.repository()?.at("HEAD~1")?.committed("exch.toml")?, Some(b"one\n".to_vec()))?;
    world.commit(&[("exch.toml", Some("three\n"))])?;
    world.check_with_git()
}

/// Thirty objects that git files in the directory it looks at to guess how many there are.
fn fill(world: &World) -> Done {
    let repo = Repository::open(&world.store)?;
    let mut written = 0;
    for n in 0_u32.. {
        let bytes = n.to_le_bytes();
        if Oid::hash_object(ObjectType::Blob, &bytes)?.as_bytes().first() == Some(&0x17) {
            repo.odb()?.write(ObjectType::Blob, &bytes)?;
            written += 1;
        }
        if written == 30 {
            break;
        }
    }
    Ok(())
}
