//! A damaged repository is an error or harmless: never a panic, never a silent wrong answer.

use std::path::{Path, PathBuf};

use exch::store::{Class, StoreError, Trees};

use super::{Done, World, ensure, same};
use crate::outcome::Failed;

fn small() -> std::result::Result<World, Failed> {
    let world = World::own()?;
    world.commit(&[("exch.toml", Some("one\n")), ("servers/A.toml", Some("a\n"))])?;
    world.commit(&[("servers/A.toml", Some("b\n"))])?;
    Ok(world)
}

/// Everything that a reader can be told.
fn everything(world: &World) -> Result<Vec<Vec<u8>>, StoreError> {
    let repository = world.repository()?;
    let mut described = Vec::new();
    for view in [repository.read()?, repository.at("HEAD~1")?] {
        described.push(view.list("servers")?.join(" ").into_bytes());
        for name in ["exch.toml", "servers/A.toml"] {
            described.extend(view.file(name)?.map(|file| file.bytes));
            described.extend(view.committed(name)?);
        }
    }
    for revision in repository.history(None)? {
        let revision = revision?;
        described.push(format!("{revision:?} {:?}", revision.paths(&Trees::of(&repository))?).into_bytes());
    }
    Ok(described)
}

#[test]
fn each_object_missing_truncated_or_flipped() -> Done {
    let world = small()?;
    let whole = everything(&world)?;
    for file in files(&world.store.join(".git/objects"))? {
        let bytes = std::fs::read(&file)?;
        let mut permissions = file.metadata()?.permissions();
        #[expect(clippy::permissions_set_readonly_false, reason = "a test's own file")]
        permissions.set_readonly(false);
        std::fs::set_permissions(&file, permissions)?;
        for n in 0..bytes.len() {
            let mut flipped = bytes.clone();
            flipped.iter_mut().skip(n).take(1).for_each(|byte| *byte ^= 0x41);
            judge(&world, &file, &flipped, &whole)?;
            judge(&world, &file, bytes.get(..n).unwrap_or_default(), &whole)?;
        }
        std::fs::remove_file(&file)?;
        let missing = everything(&world).map(|_| ()).map_err(|error| error.class());
        same(missing, Err(Class::Damaged))?;
        std::fs::write(&file, &bytes)?;
    }
    ensure(everything(&world)? == whole, "put back")
}

fn judge(world: &World, file: &Path, bytes: &[u8], whole: &[Vec<u8>]) -> Done {
    std::fs::write(file, bytes)?;
    match everything(world) {
        Ok(described) => ensure(described == whole, &format!("a wrong answer from {}", file.display())),
        Err(error) => same(error.class(), Class::Damaged),
    }
}

#[test]
fn a_lost_branch_is_no_empty_store() -> Done {
    let class = |world: &World| everything(world).map(|_| ()).map_err(|error| error.class());
    for lost in ["refs/heads/main", "HEAD"] {
        let world = small()?;
        let path = world.store.join(".git").join(lost);
        let bytes = std::fs::read(&path)?;
        for n in 0..bytes.len() - 1 {
            std::fs::write(&path, bytes.get(..n).unwrap_or_default())?;
            ensure(class(&world).is_err(), &format!("{lost} cut at {n}"))?;
        }
        std::fs::remove_file(&path)?;
        ensure(class(&world).is_err(), &format!("{lost} removed"))?;
    }
    let world = small()?;
    std::fs::write(world.store.join(".git/HEAD"), "ref: refs/heads/maim\n")?;
    same(class(&world), Err(Class::Damaged))
}

#[test]
fn a_broken_index_loses_nothing() -> Done {
    let world = small()?;
    std::fs::write(world.store.join(".git/index"), "no index")?;
    let repository = world.repository()?;
    let mut writer = repository.lock(super::PATIENCE)?;
    let made = writer.commit(&super::change(&[("exch.toml", Some("two\n"))], "a change"))?;
    same((made.is_some(), writer.take_notices().len()), (true, 1))?;
    drop(writer);
    same(world.see("exch.toml")?, super::seen("two\n", false))?;
    ensure(!world.store.join(".git/index.lock").exists(), "no lock is left")
}

fn files(dir: &Path) -> std::io::Result<Vec<PathBuf>> {
    let mut all = Vec::new();
    for entry in std::fs::read_dir(dir)? {
        let path = entry?.path();
        if path.is_dir() { all.extend(files(&path)?) } else { all.push(path) }
    }
    Ok(all)
}
