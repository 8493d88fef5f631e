//! The pages of docs/cmdlets and docs/topics: written from the program's tables, with what every example prints
//! when it is run. EXCH_BLESS=1 writes them anew and takes away those whose cmdlet is gone.

#![expect(clippy::disallowed_methods, reason = "pages are read, and written when blessed")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use exch::cmdlet::help;
use exch::manual::{Block, Chapter, Reference, Shown};
use libtest_mimic::{Failed, Trial};
use serde_json::Value as Json;

use super::examples::{PREPARED, Prepared, Stage, play};
use super::holds;
use crate::host;
use crate::shown::Page;

/// What every page begins with.
const MARK: &str = "<!-- Written by a test from the program's tables; EXCH_BLESS=1 cargo test -- manual::pages \
                    writes it anew. -->\n\n";

/// The columns that pages show.
const WIDTH: usize = 100;

/// The lines of one output that a page shows.
const LINES: usize = 40;

/// The folders of pages.
const FOLDERS: [&str; 2] = ["docs/cmdlets", "docs/topics"];

pub fn trials() -> Vec<Trial> {
    let store = Prepared::default();
    let page = |chapter: Chapter| {
        let store = store.clone();
        Trial::test(format!("manual::pages::{}", file(&chapter.about)), move || compare(chapter, &store))
    };
    help::pages::manual()
        .into_iter()
        .map(page)
        .chain([Trial::test("manual::pages::of_nothing_else", nothing_else)])
        .collect()
}

/// Where the page of a chapter is.
fn file(about: &Reference) -> String {
    match about {
        Reference::Program => "docs/cmdlets/README.md".to_owned(),
        Reference::Cmdlet(name) => format!("docs/cmdlets/{}.md", name.to_lowercase()),
        Reference::Topic(name) => format!("docs/topics/{name}.md"),
    }
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn compare(mut chapter: Chapter, store: &Prepared) -> Result<(), Failed> {
    match &chapter.about {
        Reference::Program => chapter.blocks.extend(prepared()),
        Reference::Cmdlet(_) => cmdlet(&mut chapter, store)?,
        Reference::Topic(_) => topic(&mut chapter, store)?,
    }
    let found = format!("{MARK}{}", chapter.markdown());
    let path = root().join(file(&chapter.about));
    if host::blesses() {
        fs::create_dir_all(path.parent().unwrap_or(root()))?;
        fs::write(&path, &found)?;
    }
    let wanted = fs::read_to_string(&path).unwrap_or_default();
    holds(found == wanted, format!("{} is another page; EXCH_BLESS=1 writes it anew", path.display()))
}

/// The store that examples run on.
fn prepared() -> Vec<Block> {
    let lines: Vec<String> = PREPARED.iter().map(|line| format!("$ exch {line}")).collect();
    vec![
        Block::Section("The store of the examples"),
        Block::prose(
            "The examples of these pages were run on a store that these lines made: those of a cmdlet each on a copy of its own, those of a topic one after another.",
        ),
        Block::Screen(lines.join("\n")),
    ]
}

/// The examples of a cmdlet, each on a store of its own, and what the first one that changes something records.
fn cmdlet(chapter: &mut Chapter, store: &Prepared) -> Result<(), Failed> {
    let mut recorded = None;
    let mut page = Page::default();
    for shown in examples(chapter) {
        let mut stage = store.copy()?;
        let before = last(&mut stage)?;
        show(shown, &mut stage, &mut page)?;
        let after = last(&mut stage)?;
        recorded = recorded.or((before != after).then_some(after));
    }
    if let Some(Json::Object(revision)) = recorded {
        let text = |name: &str| revision.get(name).and_then(Json::as_str).unwrap_or_default().to_owned();
        let at = chapter.blocks.iter().position(|block| matches!(block, Block::Section("Exit status")));
        let blocks = [
            Block::Section("What it records"),
            Block::prose(
                "One revision a call, whatever it changes; -Reason takes the place of the first line. The first example that changes something is recorded as:",
            ),
            Block::Screen(format!("{}\n\n{}", text("Subject"), text("Body"))),
        ];
        let at = at.unwrap_or(chapter.blocks.len());
        chapter.blocks.splice(at..at, blocks);
    }
    Ok(())
}

/// The examples of a topic: one story.
fn topic(chapter: &mut Chapter, store: &Prepared) -> Result<(), Failed> {
    let mut stage = store.copy()?;
    let mut page = Page::default();
    examples(chapter).try_for_each(|shown| show(shown, &mut stage, &mut page))
}

fn examples(chapter: &mut Chapter) -> impl Iterator<Item = &mut Shown> {
    chapter.blocks.iter_mut().flat_map(|block| match block {
        Block::Examples(shown) => shown.as_mut_slice(),
        _ => &mut [],
    })
}

fn show(shown: &mut Shown, stage: &mut Stage, page: &mut Page) -> Result<(), Failed> {
    let both = play(stage, shown.example.line, Some(WIDTH))?.both;
    // A page calls the store by the place that it has where nobody chose one.
    let both = both.replace(&stage.store().display().to_string(), "~/.local/share/exch");
    let text = page.show(&both, &stage.store(), stage.directory());
    let mut lines: Vec<&str> = text.lines().collect();
    let more = lines.len().saturating_sub(LINES);
    lines.truncate(LINES);
    let mut prints: String = lines.iter().map(|line| format!("{line}\n")).collect();
    if more > 0 {
        prints.push_str(&format!("… ({more} more lines)\n"));
    }
    shown.prints = Some(prints);
    Ok(())
}

/// The last revision, as Get-StoreHistory tells it.
fn last(stage: &mut Stage) -> Result<Json, Failed> {
    let ran = stage.run("get-storehistory -ResultSize 1 -o json", None)?;
    let revisions: Vec<Json> = serde_json::from_str(&ran.out)?;
    Ok(revisions.into_iter().next().unwrap_or_default())
}

/// A page whose cmdlet or topic is gone.
fn nothing_else() -> Result<(), Failed> {
    let known: BTreeSet<PathBuf> =
        help::pages::manual().iter().map(|chapter| root().join(file(&chapter.about))).collect();
    for folder in FOLDERS {
        for entry in fs::read_dir(root().join(folder))? {
            let path = entry?.path();
            if known.contains(&path) {
                continue;
            }
            holds(
                host::blesses(),
                format!("{} is the page of nothing; EXCH_BLESS=1 takes it away", path.display()),
            )?;
            fs::remove_file(path)?;
        }
    }
    Ok(())
}
