//! Readers see one revision, whole, while writers write; and read no more than they ask for.

use std::sync::atomic::{AtomicBool, Ordering};

use exch::store::Verdict;

use super::{Done, PATIENCE, World, change, ensure, same, seen};

#[test]
fn a_pinned_reader_keeps_its_revision() -> Done {
    let world = World::own()?;
    world.commit(&[("servers/A.toml", Some("1")), ("servers/B.toml", Some("1"))])?;
    let repository = world.repository()?;
    let view = repository.read()?;
    same(view.file("servers/A.toml")?.map(|file| file.bytes), Some(b"1".to_vec()))?;
    world.commit(&[
        ("servers/A.toml", Some("2")),
        ("servers/B.toml", None),
        ("servers/C.toml", Some("2")),
    ])?;
    let b = view.file("servers/B.toml")?;
    same(b.map(|file| (file.bytes, file.edited)), Some((b"1".to_vec(), false)))?;
    same(view.file("servers/C.toml")?, None)?;
    same(view.list("servers")?, vec!["A.toml".into(), "B.toml".into()])?;
    same(view.edited(&["servers"])?, vec![])?;
    same(repository.read()?.list("servers")?, vec!["A.toml".into(), "C.toml".into()])
}

#[test]
fn a_reader_between_the_steps_sees_one_revision() -> Done {
    let world = World::own()?;
    world.commit(&[("servers/A.toml", Some("1")), ("servers/B.toml", Some("1"))])?;
    let repository = world.repository()?;
    let early = repository.read()?;
    let mut states = Vec::new();
    let mut probe = |_| {
        let a = world.see("servers/A.toml");
        let pinned = early.file("servers/B.toml").map(|file| file.map(|file| (file.bytes, file.edited)));
        states.push((a, world.see("servers/B.toml"), pinned));
        Verdict::Go
    };
    let files = [("servers/A.toml", Some("2")), ("servers/B.toml", Some("2"))];
    world.repository()?.lock(PATIENCE)?.commit_watched(&change(&files, "two"), &mut probe)?;
    same(states.len(), 9)?;
    for (n, (a, b, pinned)) in states.into_iter().enumerate() {
        let want = seen(if n < 6 { "1" } else { "2" }, false);
        same((n, a?, b?), (n, want.clone(), want))?;
        same(pinned?, Some((b"1".to_vec(), false)))?;
    }
    Ok(())
}

/// Writers always change two files together; some of their changes fail half-way.
#[test]
fn readers_never_see_halves() -> Done {
    let world = World::own()?;
    world.commit(&[("servers/A.toml", Some("0")), ("servers/B.toml", Some("0"))])?;
    let over = AtomicBool::new(false);
    std::thread::scope(|scope| {
        let readers: Vec<_> = (0..2).map(|_| scope.spawn(|| read_until(&world, &over))).collect();
        let written = (1..40).try_for_each(|n| write_both(&world, n));
        over.store(true, Ordering::Relaxed);
        for reader in readers {
            reader.join().map_err(|_| "a reader panicked")??;
        }
        written
    })
}

fn write_both(world: &World, n: usize) -> Done {
    let text = n.to_string();
    let files = [("servers/A.toml", Some(text.as_str())), ("servers/B.toml", Some(text.as_str()))];
    let mut count = 0;
    let mut probe = |_| {
        count += 1;
        if n.is_multiple_of(3) && count == 4 { Verdict::Fail } else { Verdict::Go }
    };
    let done = world.repository()?.lock(PATIENCE)?.commit_watched(&change(&files, "both"), &mut probe);
    ensure(done.is_ok() != n.is_multiple_of(3), "only the failing ones fail")
}

fn read_until(world: &World, over: &AtomicBool) -> std::result::Result<(), String> {
    while !over.load(Ordering::Relaxed) {
        let both = || {
            let repository = world.repository()?;
            let view = repository.read()?;
            Ok((view.file("servers/A.toml")?, view.file("servers/B.toml")?))
        };
        let (a, b) = both().map_err(|error: exch::store::StoreError| error.to_string())?;
        if a != b || a.as_ref().is_none_or(|a| a.edited) {
            return Err(format!("{a:?} is not {b:?}"));
        }
    }
    Ok(())
}

/// The other files are unreadable: nobody looks at them.
#[test]
fn one_file_is_read_alone() -> Done {
    let world = World::own()?;
    world.commit(&[("servers/A.toml", Some("a")), ("servers/B.toml", Some("b"))])?;
    std::fs::remove_file(world.store.join("servers/B.toml"))?;
    std::fs::create_dir_all(world.store.join("servers/B.toml/in the way"))?;
    same(world.see("servers/A.toml")?, seen("a", false))?;
    world.commit(&[("servers/A.toml", Some("a2"))])?;
    same(world.see("servers/A.toml")?, seen("a2", false))?;
    ensure(world.see("servers/B.toml").is_err(), "a directory is no file")
}
