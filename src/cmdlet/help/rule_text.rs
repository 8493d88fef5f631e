//! What a rule's number in a message stands for: its entry in docs/semantics.md, which is part of the program.

use crate::manual::{Block, Chapter, Reference};
use crate::param::Rule;

static SEMANTICS: &str = include_str!("../../../docs/semantics.md");

/// What stands in parentheses.
const GROUNDS: &str = "In parentheses: doc, the product's documentation says so; real, a real server does so; choice, exch decides so.";

/// What begins an entry; its numbers stand in bold.
const ENTRY: &str = "- **";

/// The rule of that number, in any case, as a chapter.
#[must_use]
pub fn chapter(number: &str) -> Option<Chapter> {
    let rule: Rule = number.to_uppercase().parse().ok()?;
    let (heading, entry) = entry(rule)?;
    Some(Chapter {
        about: Reference::Topic(rule.into()),
        synopsis: heading.to_owned(),
        blocks: vec![Block::Section("Rule"), Block::Prose(entry), Block::prose(GROUNDS)],
        see: vec![Reference::Program],
    })
}

/// The heading that a rule stands under, and its entry on one line.
fn entry(rule: Rule) -> Option<(&'static str, String)> {
    let mut heading = "";
    let mut lines = SEMANTICS.lines().peekable();
    while let Some(line) = lines.next() {
        if let Some(named) = line.strip_prefix("## ") {
            heading = named.split_once(". ").map_or(named, |(_, title)| title);
        }
        if !line.starts_with(ENTRY) {
            continue;
        }
        let mut entry = line.trim_start_matches("- ").to_owned();
        while let Some(more) = lines.next_if(|line| line.starts_with("  ")) {
            entry.push(' ');
            entry.push_str(more.trim_start());
        }
        if entry.split("**").skip(1).step_by(2).any(|bold| names(bold, rule)) {
            let text = entry.replace("**", "");
            let bare = text.strip_prefix(&format!("{rule} ")).unwrap_or(&text).to_owned();
            return Some((heading, bare));
        }
    }
    None
}

/// Whether words in bold name the rule: alone, in a list, or between the ends of `ES5 to ES8`.
fn names(bold: &str, rule: Rule) -> bool {
    let words = bold.split([' ', ',', '.']).filter(|word| !word.is_empty());
    let words: Vec<&str> = words.collect();
    let between = |ends: &[&str]| match ends {
        [first, "to", last] => match (first.parse::<Rule>(), last.parse::<Rule>()) {
            (Ok(first), Ok(last)) => (first..=last).contains(&rule),
            _ => false,
        },
        _ => false,
    };
    words.iter().any(|word| word.parse() == Ok(rule)) || words.windows(3).any(between)
}
