//! Revisions and hand edits, one at a time.

use exch::store::{Class, Ownership, StoreRepository};

use super::{Done, PATIENCE, World, change, ensure, same, seen};

#[test]
fn first_second_delete_nothing() -> Done {
    let world = World::own()?;
    let first = world.commit(&[("exch.toml", Some("schema = 1\n")), ("servers/A.toml", Some("a\n"))])?;
    let second = world.commit(&[("servers/B.toml", Some("b\n")), ("exch.toml", Some("schema = 1\n"))])?;
    ensure(first.is_some() && second.is_some() && first != second, "two revisions")?;
    same(world.see("servers/A.toml")?, seen("a\n", false))?;
    same(world.repository()?.read()?.list("servers")?, vec!["A.toml".into(), "B.toml".into()])?;
    world.check_with_git()?;
    world.commit(&[("servers/A.toml", None)])?;
    same(world.see("servers/A.toml")?, None)?;
    same(world.commit(&[("servers/B.toml", Some("b\n")), ("servers/A.toml", None)])?, None)?;
    same(world.repository()?.history(None)?.count(), 3)?;
    world.check_with_git()?;
    world.commit(&[("servers/B.toml", None), ("exch.toml", None)])?;
    same(world.repository()?.read()?.list("servers")?, vec![])?;
    world.check_with_git()
}

#[test]
fn an_unborn_store_reads_as_empty() -> Done {
    let world = World::own()?;
    let repository = world.repository()?;
    let view = repository.read()?;
    ensure(view.revision().is_none() && repository.is_own(), "nothing is committed by making a store")?;
    same(view.list("servers")?, vec![])?;
    same(view.file("exch.toml")?, None)?;
    same(repository.history(None)?.count(), 0)?;
    same(repository.at("HEAD").map(|_| ()).map_err(|error| error.class()), Err(Class::NoRevision))
}

#[test]
fn hand_edits_are_seen_and_flagged() -> Done {
    let world = World::own()?;
    world.write("exch.toml", "by hand\n")?;
    same(world.see("exch.toml")?, seen("by hand\n", true))?;
    world.commit(&[("servers/A.toml", Some("a\n")), ("servers/B.toml", Some("b\n"))])?;
    world.write("servers/A.toml", "edited\n")?;
    world.write("servers/C.toml", "added\n")?;
    std::fs::remove_file(world.store.join("servers/B.toml"))?;
    same(world.see("servers/A.toml")?, seen("edited\n", true))?;
    same(world.see("servers/B.toml")?, None)?;
    same(world.see("servers/C.toml")?, seen("added\n", true))?;
    let repository = world.repository()?;
    let view = repository.read()?;
    same(view.list("servers")?, vec!["A.toml".into(), "C.toml".into()])?;
    let edited = ["exch.toml", "servers/A.toml", "servers/B.toml", "servers/C.toml"];
    same(view.edited(&["exch.toml", "servers", "organization"])?, edited.map(String::from).to_vec())?;
    same(view.committed("servers/A.toml")?, Some(b"a\n".to_vec()))?;
    let old = repository.at("HEAD")?;
    same(old.file("servers/A.toml")?.map(|file| file.bytes), Some(b"a\n".to_vec()))?;
    same(old.list("servers")?, vec!["A.toml".into(), "B.toml".into()])
}

#[test]
fn a_hand_edit_is_refused_then_recorded() -> Done {
    let world = World::own()?;
    world.commit(&[("exch.toml", Some("one\n")), ("servers/A.toml", Some("a\n"))])?;
    world.write("exch.toml", "by hand\n")?;
    let refused = world.commit(&[("exch.toml", Some("two\n")), ("servers/A.toml", Some("z\n"))]);
    same(refused.map_err(|error| error.class()), Err(Class::Moved))?;
    same(world.see("servers/A.toml")?, seen("a\n", false))?;
    let repository = world.repository()?;
    let mut writer = repository.lock(PATIENCE)?;
    writer.commit(&change(&[("exch.toml", Some("by hand\n"))], "edited by hand"))?;
    writer.commit(&change(&[("exch.toml", Some("two\n"))], "a change"))?;
    same(writer.take_notices(), Vec::new())?;
    drop(writer);
    same(world.see("exch.toml")?, seen("two\n", false))?;
    same(repository.history(None)?.count(), 3)?;
    world.check_with_git()
}

#[test]
fn names_that_are_no_files_are_refused() -> Done {
    let world = World::own()?;
    for name in
        ["", "/etc/x", "../x", "a/../x", "a//b", ".git/config", ".GIT/config", "a\\b", "a\nb", ".exch-0"]
    {
        let refused = world.commit(&[(name, Some("x"))]).map_err(|error| error.class());
        same((name, refused), (name, Err(Class::Refused)))?;
    }
    Ok(())
}

/// Nothing, noise (which zlib stores), runs and words, long and short, each as git wrote it.
#[test]
fn every_kind_of_content_comes_back() -> Done {
    let world = World::own()?;
    let mut seed = 1_u32;
    let mut noise = |length: usize, spread: u32| -> Vec<u8> {
        let mut next = || {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (seed >> 24) % spread
        };
        (0..length).filter_map(|_| u8::try_from(next()).ok()).collect()
    };
    let mut change = change(&[], "many kinds");
    for (n, length) in [0, 1, 5, 300, 70_000, 400_000].into_iter().enumerate() {
        change.files.insert(format!("noise{n}"), Some(noise(length, 256)));
        change.files.insert(format!("words{n}"), Some(noise(length, 7)));
        change.files.insert(format!("run{n}"), Some(vec![b'x'; length]));
    }
    world.repository()?.lock(PATIENCE)?.commit(&change)?;
    let repository = world.repository()?;
    let view = repository.at("HEAD")?;
    for (name, bytes) in &change.files {
        ensure(&view.committed(name)? == bytes, name)?;
    }
    world.check_with_git()
}

#[test]
fn create_twice_opens() -> Done {
    let world = World::own()?;
    world.commit(&[("exch.toml", Some("one\n"))])?;
    StoreRepository::create(&world.store, Ownership::Nearest)?;
    let again = StoreRepository::create(&world.store, Ownership::Own)?;
    ensure(again.is_own() && again.read()?.revision().is_some(), "the same store")
}

#[test]
fn not_under_git() -> Done {
    let dir = crate::host::tempdir()?;
    same(
        StoreRepository::open(dir.path()).map(|_| ()).map_err(|error| error.class()),
        Err(Class::Unreadable),
    )?;
    let missing = StoreRepository::open(&dir.path().join("nowhere"));
    same(missing.map(|_| ()).map_err(|error| error.class()), Err(Class::Unreadable))
}

#[cfg(unix)]
#[test]
fn modes_are_private() -> Done {
    use std::os::unix::fs::PermissionsExt;
    let world = World::own()?;
    world.commit(&[("exch.toml", Some("one\n")), ("servers/A.toml", Some("a\n"))])?;
    let mode =
        |name: &str| Ok::<_, std::io::Error>(world.store.join(name).metadata()?.permissions().mode() & 0o777);
    for (name, want) in
        [("", 0o700), (".git", 0o700), ("servers", 0o700), ("exch.toml", 0o600), ("servers/A.toml", 0o600)]
    {
        same((name, mode(name)?), (name, want))?;
    }
    std::fs::set_permissions(world.store.join("exch.toml"), std::fs::Permissions::from_mode(0o640))?;
    world.commit(&[("exch.toml", Some("two\n"))])?;
    same(mode("exch.toml")?, 0o640)
}

#[cfg(unix)]
#[test]
fn links_are_not_followed() -> Done {
    let world = World::own()?;
    world.commit(&[("exch.toml", Some("one\n"))])?;
    let outside = world.dir.path().join("outside");
    std::fs::create_dir_all(&outside)?;
    std::fs::write(outside.join("A.toml"), "outside\n")?;
    std::os::unix::fs::symlink(&outside, world.store.join("servers"))?;
    std::fs::remove_file(world.store.join("exch.toml"))?;
    std::os::unix::fs::symlink(outside.join("A.toml"), world.store.join("exch.toml"))?;
    for name in ["servers/A.toml", "exch.toml"] {
        same(world.see(name).map_err(|error| error.class()), Err(Class::Refused))?;
        same(world.commit(&[(name, Some("x"))]).map_err(|error| error.class()), Err(Class::Refused))?;
    }
    same(std::fs::read_to_string(outside.join("A.toml"))?, "outside\n".to_owned())
}
