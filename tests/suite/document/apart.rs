//! What two states of a file have alike may be left out where they are compared, and nothing else may.

use exch::connector::{Host, ReceiveConnector};
use exch::store::document::{DocumentError, Fault, read_apart, read_host};
use proptest::prelude::*;

use super::FILE;
use super::random::{HEAD, table};

/// Lines that begin a table, look as if they did, or hide those that follow.
const LINES: [&str; 16] = [
    "[[ReceiveConnector]]",
    "[[ReceiveConnector]] # beside",
    " [[ReceiveConnector]]",
    "[[ ReceiveConnector ]]",
    "[[\"ReceiveConnector\"]]",
    "[ReceiveConnector]",
    "[[ReceiveConnector.ADPermission]]",
    "# [[ReceiveConnector]]",
    "[[Other]]",
    "Comment = \"\"\"",
    "\"\"\"",
    "'''",
    "Banner = [",
    "]",
    "MaxHopCount = 7",
    "",
];

#[derive(Clone, Debug)]
enum Step {
    Remove(usize),
    Twice(usize),
    Put(usize, usize),
    Swap(usize, usize),
    /// The table of that number is put at the end.
    Table(usize),
}

fn step() -> impl Strategy<Value = Step> {
    let line = 0usize..80;
    prop_oneof![
        line.clone().prop_map(Step::Remove),
        line.clone().prop_map(Step::Twice),
        (line.clone(), 0..LINES.len()).prop_map(|(at, line)| Step::Put(at, line)),
        (line.clone(), line).prop_map(|(one, other)| Step::Swap(one, other)),
        (0usize..9).prop_map(Step::Table),
    ]
}

fn changed(lines: &[String], steps: &[Step]) -> Vec<String> {
    let mut lines = lines.to_vec();
    for step in steps {
        let count = lines.len().max(1);
        match step {
            Step::Table(number) => lines.extend(table(*number).lines().map(str::to_owned)),
            _ if lines.is_empty() => {}
            Step::Remove(at) => drop(lines.remove(at % count)),
            Step::Twice(at) => lines.insert(at % count, lines[at % count].clone()),
            Step::Put(at, line) => lines.insert(at % count, LINES[*line].to_owned()),
            Step::Swap(one, other) => lines.swap(one % count, other % count),
        }
    }
    lines
}

/// Holds the states that were read apart to the same read whole. What both have alike may be at fault in both.
pub fn agrees(old: &[u8], new: &[u8]) -> Result<(), TestCaseError> {
    let Some([was, is]) = read_apart(old, new, FILE.into()) else { return Ok(()) };
    // Rules may speak of what was left out, and not of names and identifiers: they say which connector is which.
    let is_of_several = |fault: &Fault| fault.rule.is_some() && !fault.message.contains("named `");
    match [old, new].map(|text| read_host(text, FILE)) {
        [Ok(old), Ok(new)] => {
            let (before, after) = (left_out(old, &was)?, left_out(new, &is)?);
            prop_assert!(before == after, "what was left out differs");
        }
        [Err(_), Err(_)] => {}
        [Ok(_), Err(error)] | [Err(error), Ok(_)] => {
            let is_allowed =
                matches!(&error, DocumentError::Broken(faults) if faults.iter().all(is_of_several));
            prop_assert!(is_allowed, "read apart, and not whole: {error}");
        }
    }
    Ok(())
}

/// The connectors of the whole that a part of it does not have, by name.
fn left_out(whole: Host, part: &Host) -> Result<Vec<ReceiveConnector>, TestCaseError> {
    prop_assert!(whole.server == part.server, "another server");
    let mut own = part.connectors.iter().peekable();
    let all = whole.connectors.into_iter();
    let mut left: Vec<_> = all.filter(|one| own.next_if(|own| *own == one).is_none()).collect();
    prop_assert!(own.next().is_none(), "a connector that the whole does not have");
    left.sort_by(|one, other| one.name.cmp(&other.name));
    Ok(left)
}

#[test]
fn the_connector_that_changed_alone_is_read() {
    let old = format!("{HEAD}{}{}{}", table(1), table(2), table(3));
    let new = old.replacen("MaxHopCount = 5 # own 2", "MaxHopCount = 6 # own 2", 1);
    let names = |host: Host| host.connectors.into_iter().map(|one| one.name).collect::<Vec<_>>();
    let apart = read_apart(old.as_bytes(), new.as_bytes(), FILE.into()).map(|apart| apart.map(names));
    assert_eq!(apart, Some([vec!["C2".to_owned()], vec!["C2".to_owned()]]));
}

/// A lone carriage return, and blanks that TOML does not have, after an item are a fault of the whole.
#[test]
fn what_stands_after_an_item_is_read_with_it() -> Result<(), TestCaseError> {
    let new = format!("{HEAD}{}{}", table(1), table(2));
    for end in ["\r", "\u{b}", "\u{c}", "\u{85}", "\u{a0}", "\u{2028}"] {
        let items = [table(1), table(2)].map(|item| item.trim_end().to_owned());
        let within = format!("{HEAD}{}{end}\n{}\n", items[0], items[1]);
        let last = format!("{HEAD}{}\n{}{end}", items[0], items[1]);
        for old in [within, last] {
            agrees(old.as_bytes(), new.as_bytes())?;
            agrees(new.as_bytes(), old.as_bytes())?;
        }
    }
    Ok(())
}

#[test]
fn two_of_one_name_or_identifier_are_read_whole() {
    let old = format!("{HEAD}{}{}{}", table(1), table(2), table(3));
    for (from, to) in [
        ("Name = \"C3\"", "Name = \"c1\""),
        (
            "Guid = \"00000000-0000-4000-8000-000000000003\"",
            "Guid = \"00000000-0000-4000-8000-000000000001\"",
        ),
        ("Name = \"C3\"", "\"Name\" = \"C1\""),
        ("Name = \"C3\"", " Name = 'C1'"),
        ("Name = \"C3\"", "Name = \"\\u0043\\u0031\""),
    ] {
        let new = old.replacen(from, to, 1);
        assert!(new != old && read_apart(old.as_bytes(), new.as_bytes(), FILE.into()).is_none(), "{to}");
        assert!(read_apart(new.as_bytes(), old.as_bytes(), FILE.into()).is_none(), "{to}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(400) })]

    #[test]
    fn what_is_alike_is_left_out_and_nothing_else(
        before in proptest::collection::vec(step(), 0..3),
        after in proptest::collection::vec(step(), 0..4),
    ) {
        let lines = format!("{HEAD}{}{}{}", table(1), table(2), table(3));
        let lines: Vec<String> = lines.lines().map(str::to_owned).collect();
        let old = changed(&lines, &before);
        let new = changed(&old, &after);
        agrees(old.join("\n").as_bytes(), new.join("\n").as_bytes())?;
        agrees(old.join("\n").as_bytes(), new.join("\r\n").as_bytes())?;
    }
}
