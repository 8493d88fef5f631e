//! Holds the numbers of rules to docs/semantics.md, which states them.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]
#![expect(clippy::disallowed_methods, reason = "tests read the page")]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use enumset::EnumSet;
use exch::answer::Exit;
use exch::param::Rule;

/// The anchor of a heading, as GitHub and the links of docs/ write it.
fn anchor(heading: &str) -> String {
    let kept = heading.to_lowercase();
    let kept = kept.chars().filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-'));
    kept.map(|c| if c == ' ' { '-' } else { c }).collect()
}

/// The numbers in a bold text: `C3`, `V1 Binding.`, `SC1, SC2.`, `ES5 to ES8, ES11.`
fn numbers(bold: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let mut is_range = false;
    for word in bold.split([' ', ',', '.', '\n']).filter(|word| !word.is_empty()) {
        let letters = word.trim_end_matches(|c: char| c.is_ascii_digit());
        let is_number = letters.len() < word.len()
            && !letters.is_empty()
            && letters.chars().all(|c| c.is_ascii_uppercase());
        if is_number {
            let number: usize = word[letters.len()..].parse().unwrap();
            let last = found.last().map(|text| text[letters.len()..].parse::<usize>().unwrap());
            let first = if is_range { last.unwrap() + 1 } else { number };
            found.extend((first..=number).map(|number| format!("{letters}{number}")));
        }
        is_range = word == "to";
    }
    found
}

/// Every rule that the page states, with the anchor of its section.
fn page() -> BTreeMap<String, String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/semantics.md");
    let text = fs::read_to_string(path).unwrap();
    let mut found = BTreeMap::new();
    for section in text.split("\n## ").skip(1) {
        let heading = section.lines().next().unwrap();
        for bold in section.split("**").skip(1).step_by(2) {
            for number in numbers(bold) {
                let first = found.insert(number.clone(), anchor(heading));
                assert_eq!(first, None, "{number} is stated twice");
            }
        }
    }
    found
}

#[test]
fn each_is_stated_in_its_section() {
    let known: BTreeMap<String, String> =
        EnumSet::<Rule>::all().iter().map(|rule| (rule.to_string(), rule.section().to_owned())).collect();
    assert_eq!(known, page());
}

/// Taken names and connectors that cannot stand beside each other are conflicts; every other rule refuses a value.
#[test]
fn each_has_its_exit_code() {
    for rule in EnumSet::<Rule>::all() {
        let conflict = rule.section() == "u-two-connectors-of-one-server" || rule == Rule::AD4;
        assert_eq!(Exit::from(rule), if conflict { Exit::Conflict } else { Exit::Refused }, "{rule}");
    }
}
