//! Random edits lose no remark of anybody else's, and no bytes whatever make the reader panic.

use exch::connector::{Host, ReceiveConnector};
use exch::param::{Size, Span};
use exch::server::Directory;
use exch::store::document::{edit_directory, edit_host, read_directory, read_host};
use proptest::prelude::*;

use super::FILE;
use crate::outcome::Failed;

pub const HEAD: &str = "# head 1\n\n# head 2\nName = \"A\" # head 3\nFqdn = \"a.b\"\nServerRole = [\"Mailbox\"]\n# head 4\n\n# head 5\n\n";

/// A connector with remarks around it that belong to nobody, and remarks of its own that name it.
pub fn table(n: usize) -> String {
    format!(
        "# own {n}: above\n[[ReceiveConnector]] # own {n}: beside\nName = \"C{n}\" # own {n}: name\nGuid = \"00000000-0000-4000-8000-{n:012}\"\n# own {n}: inside\nBindings = [\n  # own {n}: first\n  \"10.0.0.{n}:25\", # element {n}\n]\nRemoteIPRanges = [\"10.1.0.0/16\"] # own {n}: ranges\nMaxHopCount = 5 # own {n}: hops\n\n# floating {n}\n\n"
    )
}

#[derive(Clone, Debug)]
enum Step {
    Remove(usize),
    Add(u8),
    Rename(usize, u8),
    Bind(usize, Vec<u8>),
    Hops(usize, u32),
    Size(usize, u64),
    Timeout(usize, u64),
    Comment(String),
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        (0usize..6).prop_map(Step::Remove),
        any::<u8>().prop_map(Step::Add),
        (0usize..6, any::<u8>()).prop_map(|(at, n)| Step::Rename(at, n)),
        (0usize..6, proptest::collection::vec(0u8..9, 1..5)).prop_map(|(at, n)| Step::Bind(at, n)),
        (0usize..6, prop_oneof![Just(60u32), 1u32..99]).prop_map(|(at, n)| Step::Hops(at, n)),
        (0usize..6, 1u64..99).prop_map(|(at, n)| Step::Size(at, n)),
        (0usize..6, prop_oneof![Just(600u64), 400u64..999]).prop_map(|(at, n)| Step::Timeout(at, n)),
        "\\PC{0,9}".prop_map(Step::Comment),
    ]
}

fn apply(host: &mut Host, step: &Step, count: &mut usize) {
    let server = host.server.clone();
    let len = host.connectors.len();
    match step {
        Step::Remove(at) if *at < len => drop(host.connectors.remove(*at)),
        Step::Add(n) => {
            *count += 1;
            let mut connector = ReceiveConnector::new(&format!("New {count}"), &server);
            connector.metadata.guid = format!("00000000-0000-4000-9000-{count:012}").parse().ok();
            connector.bindings.extend(format!("10.2.{n}.{}:26", *count % 250).parse().ok());
            connector.remote_ip_ranges.extend("10.1.0.0/16".parse().ok());
            host.connectors.insert(usize::from(*n) % (len + 1), connector);
        }
        Step::Comment(text) => host.server.comment.clone_from(text),
        Step::Rename(at, n) => {
            *count += 1;
            host.connectors.get_mut(*at).into_iter().for_each(|c| c.name = format!("Renamed {n} {count}"));
        }
        Step::Bind(at, ports) => host.connectors.get_mut(*at).into_iter().for_each(|c| {
            let bind = |n: &u8| format!("10.0.0.{}:{}", at + 1, 25 + u16::from(*n)).parse().ok();
            c.bindings = ports.iter().filter_map(bind).collect();
        }),
        Step::Hops(at, n) => host.connectors.get_mut(*at).into_iter().for_each(|c| c.max_hop_count = *n),
        Step::Size(at, n) => {
            host.connectors.get_mut(*at).into_iter().for_each(|c| c.max_message_size = Size::bytes(n << 20));
        }
        Step::Timeout(at, n) => {
            host.connectors.get_mut(*at).into_iter().for_each(|c| c.connection_timeout = Span::seconds(*n));
        }
        Step::Remove(_) => {}
    }
}

/// How many edits a run of it tries.
pub const CASES: u32 = 200;

/// Repeated by tests/suite/fuzz.rs.
pub fn edits_keep_remarks() -> Result<(), Failed> {
    proptest!(ProptestConfig::with_cases(CASES), |(steps in proptest::collection::vec(step(), 1..12), crlf: bool, last: bool, batch in 1usize..4)| {
        let mut text = HEAD.to_owned() + &(1..5).map(table).collect::<String>();
        text.truncate(text.len() - if last { 1 } else { 2 });
        if crlf {
            text = text.replace('\n', "\r\n");
        }
        let first = text.clone();
        let mut host = read_host(&text, FILE).map_err(|e| TestCaseError::fail(e.to_string()))?;
        let mut count = 0;
        for steps in steps.chunks(batch) {
            steps.iter().for_each(|step| apply(&mut host, step, &mut count));
            text = edit_host(&text, FILE, &host).map_err(|e| TestCaseError::fail(format!("{e}\n{text}")))?;
        }
        prop_assert_eq!(text.contains("\r\n"), crlf);
        prop_assert_eq!(text.ends_with('\n'), last);
        prop_assert!(!text.contains("\n\n\n"), "blank lines pile up: {}", text);
        let gone = |n: usize| !host.connectors.iter().any(|c| c.metadata.guid == format!("00000000-0000-4000-8000-{n:012}").parse().ok());
        for comment in first.lines().filter_map(|line| line.find('#').and_then(|at| line.get(at..))) {
            let removed = (1..5).any(|n| gone(n) && comment.starts_with(&format!("# own {n}:")));
            let element = comment.starts_with("# element");
            prop_assert!(removed || element || text.contains(comment), "lost {comment} in {}", text);
            prop_assert!(!removed || !text.contains(comment), "kept {comment} in {}", text);
        }
    });
    Ok(())
}

#[test]
fn random_bytes() -> Result<(), Failed> {
    proptest!(|(bytes: Vec<u8>, text in "[\\[\\]{}=.#\"',\n\r A-Za-z0-9_]{0,60}")| {
        let _ = read_host(&bytes, FILE);
        let _ = read_host(&text, FILE);
        let _ = read_directory(&bytes, "exch.toml");
        let _ = edit_directory(format!("schema = 1\n{text}"), "exch.toml", &Directory::new("A", "b.c"));
    });
    Ok(())
}

/// A whole file with a piece gone and another put in: an error, or an edit that holds.
#[test]
fn random_damage() -> Result<(), Failed> {
    let whole = HEAD.to_owned() + &(1..4).map(table).collect::<String>();
    proptest!(ProptestConfig::with_cases(500), |(from in 0usize..900, len in 0usize..40, put in "[\\[\\]{}=.#\"',\n\r A-Za-z0-9_]{0,8}")| {
        let mut bytes = whole.clone().into_bytes();
        let from = from.min(bytes.len());
        bytes.splice(from..(from + len).min(bytes.len()), put.bytes());
        let mut meant = read_host(&whole, FILE).map_err(|e| TestCaseError::fail(e.to_string()))?;
        if let Ok(mut host) = read_host(&bytes, FILE) {
            host.connectors.truncate(1);
            prop_assert!(edit_host(&bytes, FILE, &host).is_ok());
        }
        meant.connectors.truncate(2);
        let _ = edit_host(&bytes, FILE, &meant);
    });
    Ok(())
}
