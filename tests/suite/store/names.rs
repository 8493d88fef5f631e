//! The blocks that find one name of a large tree: a help that is never believed against the tree.

use super::{Done, World, change, ensure, same, seen};
use crate::outcome::Failed;

const ASKED: [&str; 6] = ["A", "S00000", "S00777", "S01999", "S00777x", "Z"];

fn path(name: &str) -> String {
    format!("servers/{name}.toml")
}

fn large() -> std::result::Result<World, Failed> {
    let world = World::own()?;
    let names: Vec<String> = (0..2_000).map(|n| path(&format!("S{n:05}"))).collect();
    let files: Vec<_> = names.iter().map(|name| (name.as_str(), Some(name.as_str()))).collect();
    world.commit(&files)?;
    Ok(world)
}

/// Everybody asked for, each by a reader of its own.
fn describe(world: &World) -> std::result::Result<Vec<Option<(String, bool)>>, Failed> {
    Ok(ASKED.iter().map(|name| world.see(&path(name))).collect::<Result<_, _>>()?)
}

#[test]
fn names_of_a_large_tree_are_right_whatever_their_file_holds() -> Done {
    let world = large()?;
    let file = world.store.join(".git/exch/names");
    let old = std::fs::read(&file)?;
    let right = describe(&world)?;
    same(right.iter().filter(|seen| seen.is_some()).count(), 3)?;
    for n in (0..old.len()).step_by(331) {
        let flipped: Vec<u8> =
            old.iter().enumerate().map(|(at, b)| if at == n { b ^ 0x41 } else { *b }).collect();
        std::fs::write(&file, flipped)?;
        ensure(describe(&world)? == right, &format!("flipped at {n}"))?;
        std::fs::write(&file, old.get(..n).unwrap_or_default())?;
        ensure(describe(&world)? == right, &format!("cut at {n}"))?;
    }
    std::fs::write(&file, &old)?;
    // About another tree than HEAD's.
    world
        .repository()?
        .lock(super::PATIENCE)?
        .commit(&change(&[(&path("S00777"), Some("new"))], "a change"))?;
    ensure(std::fs::read(&file)? != old, "the file follows the tree")?;
    std::fs::write(&file, &old)?;
    same(world.see(&path("S00777"))?, seen("new", false))?;
    // What a hand adds is in no tree.
    world.write(&path("S00777x"), "mine")?;
    same(world.see(&path("S00777x"))?, seen("mine", true))
}
