//! Every link in the README and the pages leads to a file of the project, and every anchor to a heading there.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]
#![expect(clippy::disallowed_methods, reason = "tests read the pages")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The README, the changelog and everything below docs/.
fn pages() -> Vec<PathBuf> {
    let mut found = vec![root().join("README.md"), root().join("CHANGELOG.md"), root().join("NOTICE.md")];
    below(&root().join("docs"), &mut found);
    found
}

fn below(dir: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            below(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "md") {
            found.push(path);
        }
    }
}

/// The lines of a page that are prose: fenced blocks show no links.
fn prose(text: &str) -> String {
    let mut fenced = false;
    let mut out = String::new();
    for line in text.lines() {
        if line.starts_with("```") {
            fenced = !fenced;
        } else if !fenced {
            out.push_str(line);
            out.push('\n');
        }
    }
    out
}

/// What the links of a page lead to, but for other sites.
fn targets(text: &str) -> Vec<String> {
    let links = prose(text);
    let links = links.split("](").skip(1).filter_map(|rest| rest.split(')').next());
    links.filter(|target| !target.contains("://")).map(str::to_owned).collect()
}

/// The anchors of a page's headings, as the well-known sites make them.
fn anchors(text: &str) -> Vec<String> {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    let prose = prose(text);
    let headings = prose.lines().filter(|line| line.starts_with('#'));
    let anchor = |heading: &str| {
        let heading = heading.trim_start_matches('#').trim().to_lowercase();
        let kept = heading.chars().filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
        let plain: String = kept.map(|c| if c == ' ' { '-' } else { c }).collect();
        let times = seen.entry(plain.clone()).and_modify(|times| *times += 1).or_insert(0);
        if *times == 0 { plain } else { format!("{plain}-{times}") }
    };
    headings.map(anchor).collect()
}

/// The file that a link on `page` leads to.
fn file(page: &Path, target: &str) -> PathBuf {
    let path = target.split('#').next().unwrap_or_default();
    if path.is_empty() { page.to_owned() } else { page.parent().unwrap().join(path) }
}

#[test]
fn lead_somewhere() {
    let mut wrong = Vec::new();
    for page in pages() {
        for target in targets(&fs::read_to_string(&page).unwrap()) {
            let file = file(&page, &target);
            let anchor = target.split_once('#').map(|(_, anchor)| anchor);
            let text = fs::read_to_string(&file).unwrap_or_default();
            if !file.exists() || anchor.is_some_and(|anchor| !anchors(&text).iter().any(|a| a == anchor)) {
                wrong.push(format!("{}: {target}", page.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// Nobody finds a page that nothing leads to.
#[test]
fn every_page_is_led_to() {
    let mut led: Vec<PathBuf> = Vec::new();
    for page in pages() {
        let targets = targets(&fs::read_to_string(&page).unwrap());
        led.extend(targets.iter().filter_map(|target| file(&page, target).canonicalize().ok()));
    }
    for page in pages().into_iter().filter(|page| page.starts_with(root().join("docs"))) {
        assert!(led.contains(&page.canonicalize().unwrap()), "nothing leads to {}", page.display());
    }
}
