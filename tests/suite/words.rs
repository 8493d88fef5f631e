//! The messages, the help and the pages use the terms of the field: wordings that docs/contributing.md replaces do
//! not come back.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]
#![expect(clippy::disallowed_methods, reason = "tests read the source and the pages")]

use std::fs;
use std::path::{Path, PathBuf};

/// Wordings that are not used, in lower case. Each is matched as whole words.
const REFUSED: &[&str] = &[
    "a blank",
    "blanks",
    "had it not",
    "has it not",
    "has not both",
    "have it not",
    "is none that",
    "is nobody that",
    "it is no",
    "this is no",
    "which is no",
    "are told",
    "is told",
    "was told",
    "told of",
    "tell of",
    "tells",
    "lack",
    "lacking",
    "lacks",
    "mend",
    "mended",
    "mending",
    "mends",
    "nobody",
    "none that",
    "not as wanted",
    "rooms of the code",
    "shall",
    "such as name",
    "what lacks",
];

/// The heading whose section shows refused wordings beside their replacements: the one text that may hold them.
const PAIRS: &str = "## Style";

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The files below a directory with this extension, in order.
fn below(dir: &Path, extension: &str, found: &mut Vec<PathBuf>) {
    let mut entries: Vec<PathBuf> = fs::read_dir(dir).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            below(&path, extension, found);
        } else if path.extension().is_some_and(|ending| ending == extension) {
            found.push(path);
        }
    }
}

/// The string literals of Rust source with the lines that they begin on, counted from 1.
fn literals(source: &str) -> Vec<(usize, String)> {
    let bytes = source.as_bytes();
    let mut found = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let rest = &source[at..];
        let raw = raw_string(rest);
        let end = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if let Some(end) = raw {
            end
        } else if rest.starts_with('"') {
            quoted(rest)
        } else if rest.starts_with('\'') {
            character(rest)
        } else {
            rest.chars().next().map_or(1, char::len_utf8)
        };
        if raw.is_some() || rest.starts_with('"') {
            found.push((source[..at].matches('\n').count() + 1, rest[..end].to_owned()));
        }
        at += end;
    }
    found
}

/// The length of the quoted string that the text begins with.
fn quoted(text: &str) -> usize {
    let mut escaped = false;
    let close = text.char_indices().skip(1).find(|(_, c)| {
        let closes = *c == '"' && !escaped;
        escaped = *c == '\\' && !escaped;
        closes
    });
    close.map_or(text.len(), |(at, _)| at + 1)
}

/// The length of the raw string that the text begins with, if it begins with one.
fn raw_string(text: &str) -> Option<usize> {
    let marks = text.strip_prefix('r')?;
    let hashes = marks.len() - marks.trim_start_matches('#').len();
    let body = marks[hashes..].strip_prefix('"')?;
    let close = format!("\"{}", "#".repeat(hashes));
    let start = 1 + hashes + 1;
    Some(body.find(&close).map_or(text.len(), |at| start + at + close.len()))
}

/// The length of the character literal that the text begins with, or of the quote of a lifetime.
fn character(text: &str) -> usize {
    let mut rest = text.chars().skip(1);
    match (rest.next(), rest.next(), rest.next()) {
        (Some('\\'), Some(_), _) => text[3..].find('\'').map_or(1, |at| at + 4),
        (Some(c), Some('\''), _) => c.len_utf8() + 2,
        _ => 1,
    }
}

/// The refused wordings in a text, whatever the case and wherever its lines break.
fn refused(text: &str) -> Vec<&'static str> {
    let lower = text.to_lowercase().replace("\\n", " ").replace("\\t", " ");
    let words: Vec<&str> = lower
        .split(|c: char| c.is_whitespace() || c == '\\')
        .map(|word| word.trim_matches(|c: char| !c.is_alphanumeric() && !"{}$-_".contains(c)))
        .filter(|word| !word.is_empty())
        .collect();
    // An empty line is called blank in any manual, and a note of the published tables is kept as it is.
    let line =
        words.join(" ").replace("a blank line", "an empty line").replace("kb 154596 tells", "kb 154596 says");
    let line = format!(" {line} ");
    REFUSED.iter().copied().filter(|wording| line.contains(&format!(" {wording} "))).collect()
}

/// A page without the section that shows the refused wordings.
fn without_pairs(page: &str) -> String {
    let mut kept = String::new();
    let mut inside = false;
    for line in page.lines() {
        if line.starts_with("## ") {
            inside = line == PAIRS;
        }
        if !inside {
            kept.push_str(line);
        }
        kept.push('\n');
    }
    kept
}

/// The paragraphs of a page with the lines that they begin on.
fn paragraphs(page: &str) -> Vec<(usize, String)> {
    let mut found: Vec<(usize, String)> = Vec::new();
    let mut open = false;
    for (number, line) in page.lines().enumerate() {
        match (line.trim().is_empty(), open) {
            (true, _) => open = false,
            (false, true) => {
                if let Some((_, text)) = found.last_mut() {
                    text.push('\n');
                    text.push_str(line);
                }
            }
            (false, false) => {
                found.push((number + 1, line.to_owned()));
                open = true;
            }
        }
    }
    found
}

#[test]
fn messages_and_pages_are_in_plain_terms() {
    let mut sources = Vec::new();
    below(&root().join("src"), "rs", &mut sources);
    let mut pages = vec![root().join("README.md"), root().join("CHANGELOG.md")];
    below(&root().join("docs"), "md", &mut pages);
    assert!(sources.len() > 100 && pages.len() > 20, "the source and the pages are not found");
    let mut wrong = Vec::new();
    for path in sources.iter().chain(&pages) {
        let text = fs::read_to_string(path).unwrap();
        let name = path.strip_prefix(root()).unwrap().display().to_string().replace('\\', "/");
        let texts = match name.ends_with(".rs") {
            true => literals(&text),
            false if name == "docs/contributing.md" => paragraphs(&without_pairs(&text)),
            false => paragraphs(&text),
        };
        for (line, text) in &texts {
            wrong.extend(refused(text).iter().map(|wording| format!("{name}:{line}: {wording}")));
        }
    }
    assert!(wrong.is_empty(), "docs/contributing.md, Style, has other words for:\n{}", wrong.join("\n"));
}

#[test]
fn literals_are_found() {
    let source =
        "// \"no\"\nlet a = '\"'; let b: &'a str = \"x \\\" y\";\nlet c = r#\"p \"q\" r\"#; '\\''; \"z\"";
    let found = literals(source);
    assert_eq!(
        found,
        [(2, "\"x \\\" y\"".to_owned()), (3, "r#\"p \"q\" r\"#".to_owned()), (3, "\"z\"".to_owned())]
    );
}

#[test]
fn refused_wordings_are_found() {
    for wording in REFUSED {
        assert!(refused(&format!("\"One {wording}, two\"")).contains(wording), "{wording}");
    }
    assert_eq!(refused("It is\n    TOLD."), ["is told"]);
    assert_eq!(refused("A blank line, slackening, a blanket, mendacious"), [""; 0]);
}

/// The section holds what the test refuses, so that the reader finds the words to use.
#[test]
fn the_page_has_twenty_pairs() {
    let page = fs::read_to_string(root().join("docs/contributing.md")).unwrap();
    let section = page.split(&format!("{PAIRS}\n")).nth(1).unwrap();
    let section = section.split("\n## ").next().unwrap();
    let pairs: Vec<Vec<&str>> = section
        .lines()
        .filter(|line| line.starts_with("| ") && !line.starts_with("| Instead"))
        .map(|line| line.trim_matches('|').split('|').map(str::trim).collect())
        .collect();
    assert_eq!(pairs.len(), 20, "{pairs:?}");
    for pair in pairs {
        assert_eq!(pair.len(), 2, "{pair:?}");
        assert!(refused(pair[1]).is_empty(), "the replacement is refused itself: {}", pair[1]);
    }
}
