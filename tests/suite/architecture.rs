//! Holds the code to the arrows that docs/architecture.md draws.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]
#![expect(clippy::disallowed_methods, reason = "tests read the source")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

type Arrows = BTreeMap<String, BTreeSet<String>>;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn page() -> String {
    fs::read_to_string(root().join("docs/architecture.md")).unwrap()
}

/// The arrows drawn: lines `room → room room` in the block that begins with ```arrows.
fn drawn() -> Arrows {
    let page = page();
    let block = page.split("```arrows\n").nth(1).and_then(|rest| rest.split("```").next()).unwrap();
    let arrow = |line: &str| {
        let (from, to) = line.split_once('→').unwrap();
        (from.trim().to_owned(), to.split_whitespace().map(str::to_owned).collect())
    };
    block.lines().filter(|line| !line.trim().is_empty()).map(arrow).collect()
}

fn sources(dir: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push(path);
        }
    }
}

fn rust_files() -> Vec<PathBuf> {
    let mut found = Vec::new();
    sources(&root().join("src"), &mut found);
    found
}

/// The room that a source file belongs to.
fn room(path: &Path) -> String {
    let inside = path.strip_prefix(root().join("src")).unwrap();
    inside.iter().next().unwrap().to_str().unwrap().trim_end_matches(".rs").to_owned()
}

/// Every room that code names by a `crate::` or `exch::` path, in any line, comments left out.
fn named(text: &str) -> BTreeSet<String> {
    let code =
        text.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n");
    let mut rooms = BTreeSet::new();
    for marker in ["crate::", "exch::"] {
        for rest in code.split(marker).skip(1) {
            let name: String = rest.chars().take_while(|c| c.is_ascii_lowercase() || *c == '_').collect();
            if root().join("src").join(&name).is_dir() && !name.is_empty() {
                rooms.insert(name);
            }
        }
    }
    rooms
}

#[test]
fn the_code_follows_the_arrows() {
    let drawn = drawn();
    let mut used = Arrows::new();
    for path in rust_files() {
        let room = room(&path);
        let text = fs::read_to_string(&path).unwrap();
        used.entry(room.clone()).or_default().extend(named(&text).into_iter().filter(|name| *name != room));
    }
    used.get_mut("lib").unwrap().extend(["answer", "engine", "front", "output"].map(str::to_owned));
    for (room, rooms) in &used {
        let allowed = drawn.get(room).cloned().unwrap_or_default();
        let stray: Vec<&String> = rooms.difference(&allowed).collect();
        assert!(stray.is_empty(), "{room} uses {stray:?}, which docs/architecture.md does not draw");
    }
}

#[test]
fn no_arrow_points_back() {
    let mut left = drawn();
    while !left.is_empty() {
        let open = |to: &BTreeSet<String>, left: &Arrows| to.iter().all(|room| !left.contains_key(room));
        let Some(done) = left.iter().find(|(_, to)| open(to, &left)).map(|(from, _)| from.clone()) else {
            panic!("the arrows of docs/architecture.md go round: {:?}", left.keys());
        };
        left.remove(&done);
    }
}

/// The table of modules has a row for every room, and no other; a row says what the room is.
#[test]
fn every_room_is_on_the_map() {
    let page = page();
    let table = page.split("\n## Modules\n").nth(1).and_then(|rest| rest.split("\n## ").next()).unwrap();
    let rows = table.lines().filter_map(|line| line.strip_prefix("| `"));
    let mut mapped = BTreeSet::new();
    for row in rows {
        let cells: Vec<&str> = row.split(" | ").collect();
        assert!(cells.len() >= 2 && cells[1].len() > 10, "{row}: what is it?");
        mapped.extend(cells[0].split(", ").map(|name| name.trim_matches('`').to_owned()));
    }
    let rooms: BTreeSet<String> = rust_files().iter().map(|path| room(path)).collect();
    assert_eq!(mapped, rooms, "the table of docs/architecture.md and the rooms in src");
}

/// Few files above 300 lines and none above 500; tables are exempt.
#[test]
fn files_are_small() {
    let is_table = |path: &Path| ["rows.rs", "right.rs", "setup.rs"].iter().any(|name| path.ends_with(name));
    let mut sizes: Vec<(usize, PathBuf)> = Vec::new();
    for path in rust_files().into_iter().filter(|path| !is_table(path)) {
        sizes.push((fs::read_to_string(&path).unwrap().lines().count(), path));
    }
    sizes.sort();
    let large: Vec<_> = sizes.iter().filter(|(lines, _)| *lines > 500).collect();
    assert!(large.is_empty(), "{large:?}");
    let above = sizes.iter().filter(|(lines, _)| *lines > 300).count();
    assert!(above * 20 <= sizes.len(), "{above} of {} files are above 300 lines", sizes.len());
}
