//! What strangers may hand over: seeds from cases and fixtures, cut up, joined and spoiled. Nothing panics, and what is
//! read is kept. Some hundreds of inputs each in `cargo test`, a minute or more each in `tests/full/fuzz`.

#![expect(clippy::disallowed_methods, reason = "tests read their seeds and the clock")]

mod readers;

use std::cell::RefCell;
use std::io::{Cursor, Write as _};
use std::path::Path;
use std::time::{Duration, Instant};

use exch::cmdlet::CMDLETS;
use exch::front::{self, WorkingDirectory};
use exch::organization::{Organization, Part};
use exch::powershell::{read, script, words};
use exch::store::document::{edit_host, read_directory, read_host, read_part, write_part};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use serde_json::Value as Json;

use crate::document::{apart, random};
use crate::outcome::Done;
use crate::session::twin;
use crate::world::Home;

type Law = fn(&[u8]) -> Result<(), TestCaseError>;
type Seeds = fn() -> Vec<Vec<u8>>;

#[test]
fn words_are_read_or_refused() -> Done {
    run("words", || fixture("dialect.jsonl", "line"), line)
}

#[test]
fn runbooks_are_read_or_refused() -> Done {
    run("runbook", || fixture("runbooks.jsonl", "text"), runbook)
}

#[test]
fn completion_requests_are_answered_or_refused() -> Done {
    run("completion", || fixture("powershell-completion.jsonl", "typed"), completion)
}

#[test]
fn values_are_read_or_refused() -> Done {
    run("values", values, value)
}

#[test]
fn documents_are_read_or_refused() -> Done {
    run("documents", documents, document)
}

#[test]
fn rows_are_read_or_refused() -> Done {
    run("rows", rows, row)
}

#[test]
fn protocol_logs_are_read_or_refused() -> Done {
    run("protocol_logs", logs, log)
}

#[test]
fn exports_are_read_or_refused() -> Done {
    run("exports", readers::exports, readers::export)
}

#[test]
fn filters_are_read_or_refused() -> Done {
    run("filters", readers::filters, readers::filter)
}

/// A law of tests/suite/session, repeated here.
#[test]
fn sessions_decide_as_the_scan_does() -> Done {
    repeat("sessions_decide_as_the_scan_does", crate::net::CASES.into(), twin::decision_is_verdict)
}

/// A law of tests/suite/document, repeated here.
#[test]
fn edits_keep_what_they_do_not_touch() -> Done {
    repeat("edits_keep_what_they_do_not_touch", random::CASES.into(), random::edits_keep_remarks)
}

/// Where a full run counts.
fn tally() -> Option<std::ffi::OsString> {
    std::env::var_os("EXCH_FULL")
}

/// Repeats what tries so many inputs, for as long as a full run asks, and counts them.
fn repeat(name: &str, cases: u64, mut once: impl FnMut() -> Done) -> Done {
    let tally = tally();
    let asked = std::env::var("EXCH_SECONDS").ok().and_then(|text| text.parse().ok());
    let seconds = if tally.is_some() { asked.unwrap_or(60) } else { 0 };
    let until = Instant::now() + Duration::from_secs(seconds);
    let mut count = 0;
    loop {
        once()?;
        count += cases;
        if Instant::now() >= until {
            break;
        }
    }
    if let Some(file) = tally {
        let mut file = std::fs::OpenOptions::new().append(true).create(true).open(file)?;
        writeln!(file, "{count}\t0\tfuzz::{name}")?;
    }
    Ok(())
}

/// One thing done to a seed: a place in thousandths of its length, and what becomes of the bytes there.
#[derive(Clone, Debug)]
enum Step {
    Cut(u16, u8),
    Put(u16, String),
    Byte(u16, u8),
    Twice(u16, u8),
    /// The rest of another seed.
    Join(u16, usize, u16),
}

fn step() -> impl Strategy<Value = Step> {
    let at = 0u16..1001;
    prop_oneof![
        (at.clone(), any::<u8>()).prop_map(|(at, length)| Step::Cut(at, length)),
        (at.clone(), "[-–'\"`$@{}()\\[\\],;|<>#=%*?!+\\\\ \t\r\n‘“0-9a-zA:./]{1,6}|\\PC{1,3}|\\$\\{|@\\(|\"\"\"|99999999999999999999|ffff::|-[A-Z]")
            .prop_map(|(at, text)| Step::Put(at, text)),
        (at.clone(), any::<u8>()).prop_map(|(at, byte)| Step::Byte(at, byte)),
        (at.clone(), any::<u8>()).prop_map(|(at, length)| Step::Twice(at, length)),
        (at.clone(), any::<usize>(), at).prop_map(|(at, seed, from)| Step::Join(at, seed, from)),
    ]
}

fn spoiled(seeds: &[Vec<u8>], first: usize, steps: &[Step]) -> Vec<u8> {
    let seed = |number: usize| seeds.get(number % seeds.len()).cloned().unwrap_or_default();
    let mut bytes = seed(first);
    for step in steps {
        let place = |at: u16, length: usize| length * usize::from(at) / 1000;
        let length = bytes.len();
        match step {
            Step::Cut(at, count) => {
                let at = place(*at, length);
                bytes.drain(at..length.min(at + usize::from(*count)));
            }
            Step::Put(at, text) => {
                let at = place(*at, length);
                bytes.splice(at..at, text.bytes());
            }
            Step::Byte(at, byte) => {
                bytes.get_mut(place(*at, length)).into_iter().for_each(|old| *old = *byte);
            }
            Step::Twice(at, count) => {
                let at = place(*at, length);
                bytes.extend_from_within(at..length.min(at + usize::from(*count)));
            }
            Step::Join(at, other, from) => {
                bytes.truncate(place(*at, length));
                let other = seed(*other);
                bytes.extend_from_slice(other.get(place(*from, other.len())..).unwrap_or_default());
            }
        }
    }
    bytes.truncate(4096);
    bytes
}

/// Tries a law on spoiled seeds; a panic is shrunk to its few bytes like any other failure.
fn run(name: &str, seeds: Seeds, law: Law) -> Done {
    let seeds = seeds();
    if seeds.is_empty() {
        return Err("there are no seeds".into());
    }
    repeat(name, CASES.into(), || {
        let config = Config { cases: CASES, failure_persistence: None, ..Config::default() };
        let input = (any::<usize>(), proptest::collection::vec(step(), 0..8));
        let tried = TestRunner::new(config).run(&input, |(first, steps)| {
            let bytes = spoiled(&seeds, first, &steps);
            law(&bytes)
                .map_err(|why| TestCaseError::fail(format!("{why}\n{}", String::from_utf8_lossy(&bytes))))
        });
        Ok(tried.map_err(|error| error.to_string())?)
    })
}

/// How many inputs are tried before the clock is looked at.
const CASES: u32 = 250;

fn fixture(file: &str, field: &str) -> Vec<Vec<u8>> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(file);
    let text = std::fs::read_to_string(path).unwrap_or_default();
    let rows = text.lines().filter_map(|line| serde_json::from_str::<Json>(line).ok());
    rows.filter_map(|row| row[field].as_str().map(|text| text.as_bytes().to_vec())).collect()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

fn here() -> WorkingDirectory<'static> {
    WorkingDirectory::NONE
}

/// A line as one shell and another would cut it, and each of its words where any type of value may be.
fn line(bytes: &[u8]) -> Result<(), TestCaseError> {
    let text = text(bytes);
    let _ = read::line(&text);
    let cut: Vec<String> = text.split(' ').map(str::to_owned).collect();
    let bare: Vec<String> = cut.iter().map(|word| word.replace(['\'', '"'], "")).collect();
    for line in [cut, bare] {
        let _ = front::read(&line, here());
        for from in 0..line.len() {
            let rest: Vec<&str> = line.iter().skip(from).map(String::as_str).collect();
            let _ =
                (words::list(&rest), words::flags(&rest), words::scalar(&rest), words::names(&rest, false));
            let taken = words::table_words(&rest).unwrap_or_default();
            prop_assert!(taken <= rest.len(), "{} words of {}", taken, rest.len());
        }
    }
    Ok(())
}

/// Every place that is refused lies in the text.
fn runbook(bytes: &[u8]) -> Result<(), TestCaseError> {
    let text = text(bytes);
    let (_, errors) = script::read(&text);
    for error in &errors {
        let span = error.span.start..error.span.end;
        prop_assert!(text.get(span.clone()).is_some(), "{:?} is no part of the text", span);
    }
    let read = front::runbook("provision.ps1", &text);
    prop_assert!(errors.is_empty() || read.is_err(), "an error of the text is one of the runbook");
    Ok(())
}

fn completion(bytes: &[u8]) -> Result<(), TestCaseError> {
    let text = text(bytes).replace('\0', "");
    let (before, after) = text.split_once('|').unwrap_or((&text, ""));
    let json =
        serde_json::json!({ "line": format!("{before}{after}"), "cursor": before.encode_utf16().count() });
    for shell in ["bash", "zsh", "fish", "pwsh"] {
        let words = ["complete-line", shell, before, after, "", "80", "63"];
        let words: Vec<std::ffi::OsString> = words.into_iter().map(Into::into).collect();
        let answer = front::complete::answer(&words, || json.to_string(), &|_| Vec::new());
        prop_assert!(answer.is_some(), "{}", shell);
        // The same request, spoiled itself.
        let _ = front::complete::answer(&words, || text.clone(), &|_| Vec::new());
    }
    Ok(())
}

/// Values of every type, the example of each, and what is typed for them in the dialect's lines.
fn values() -> Vec<Vec<u8>> {
    let params = CMDLETS.iter().flat_map(|cmdlet| cmdlet.all_params());
    let mut values: Vec<_> = params.map(|param| param.kind.example().as_bytes().to_vec()).collect();
    let more =
        ["[::1]:25", "10.0.0.1-10.0.0.9", "10.0.0.0(255.255.255.0)", "1.5GB", "1.02:03:04", "unlimited"];
    values.extend(more.map(|value| value.as_bytes().to_vec()));
    let lines = fixture("dialect.jsonl", "line");
    values.extend(lines.iter().flat_map(|line| line.split(|byte| *byte == b' ')).map(<[u8]>::to_vec));
    values.sort();
    values.dedup();
    values
}

/// What is refused names the parameter.
fn value(bytes: &[u8]) -> Result<(), TestCaseError> {
    let text = text(bytes);
    for param in CMDLETS.iter().flat_map(|cmdlet| cmdlet.all_params()) {
        if let Err(finding) = param.kind.parse(param.name, &text) {
            prop_assert_eq!(finding.parameter, param.name);
        }
    }
    Ok(())
}

/// The files of all stores of the cases.
fn documents() -> Vec<Vec<u8>> {
    fn walk(dir: &Path, files: &mut Vec<Vec<u8>>) {
        for entry in std::fs::read_dir(dir).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                walk(&path, files);
            } else if path.extension().is_some_and(|end| end == "toml") {
                files.extend(std::fs::read(path).ok().filter(|bytes| bytes.len() < 4096));
            }
        }
    }
    let mut files = Vec::new();
    walk(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases"), &mut files);
    files.sort();
    files.dedup();
    files
}

/// What is read and written again unchanged is the same bytes; one connector less reads as one less.
fn document(bytes: &[u8]) -> Result<(), TestCaseError> {
    let fail = |error: exch::store::document::DocumentError| TestCaseError::fail(error.to_string());
    if let Ok(mut host) = read_host(bytes, "HUB01.toml") {
        let same = edit_host(bytes, "HUB01.toml", &host).map_err(fail)?;
        prop_assert!(same.as_bytes() == bytes, "a server's file is changed by no change");
        if host.connectors.pop().is_some() {
            let edited = edit_host(bytes, "HUB01.toml", &host).map_err(fail)?;
            let back = read_host(&edited, "HUB01.toml").map_err(fail)?;
            prop_assert!(back.connectors == host.connectors, "the edit reads as something else");
        }
    }
    for part in [
        Part::AcceptedDomains,
        Part::TransportConfig,
        Part::Principals,
        Part::EdgeSubscriptions,
        Part::AccessPolicies,
        Part::NetworkEndpoints,
        Part::NetworkZones,
        Part::SendConnectors,
    ] {
        let mut organization = Organization::default();
        if read_part(part, bytes, part.file(), &mut organization).is_ok() {
            let same = write_part(part, Some(bytes), part.file(), &organization).map_err(fail)?;
            prop_assert!(same.as_bytes() == bytes, "{} is changed by no change", part.file());
        }
    }
    let _ = read_directory(bytes, "exch.toml");
    // Beside the same without one of its lines.
    let lines: Vec<&[u8]> = bytes.split_inclusive(|byte| *byte == b'\n').collect();
    let gone = bytes.iter().map(|byte| usize::from(*byte)).sum::<usize>() % lines.len().max(1);
    let less = lines.iter().enumerate().filter(|(at, _)| *at != gone).map(|(_, line)| *line);
    apart::agrees(bytes, &less.collect::<Vec<_>>().concat())
}

fn rows() -> Vec<Vec<u8>> {
    [
        "RemoteIPAddress,RcptTo\n192.168.5.77,bob@contoso.com\n10.0.0.1,\"a\"\"b\"@x.example\n",
        "\u{feff}RemoteIPAddress;MailFrom\r\n::1;a@b.c\r\n",
        "[{\"RemoteIPAddress\":\"192.168.5.77\",\"RcptTo\":[\"bob@contoso.com\"]},{\"RemoteIPAddress\":null}]",
        "{\"RemoteIPAddress\":\"10.0.0.1\",\"MailFrom\":\"a@b.c\"}\n{\"RemoteIPAddress\":1}\n",
    ]
    .map(|text| text.as_bytes().to_vec())
    .to_vec()
}

thread_local! {
    static INPUT: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
    static HOME: Home = {
        let mut home = Home::new();
        home.done(["new-exchangeserver", "HUB01", "-Version", "2010", "-IPAddresses", "10.0.0.1"]);
        home.world.input = || Some(Box::new(Cursor::new(INPUT.with_borrow(Clone::clone))));
        home
    };
}

/// Rows of sessions, and the same bytes as identities.
fn row(bytes: &[u8]) -> Result<(), TestCaseError> {
    INPUT.with_borrow_mut(|input| *input = bytes.to_vec());
    HOME.with(|home| {
        let ran = home.run(["test-datapath", "-InputFile", "-", "-Server", "HUB01", "-Output", "json"]);
        let printed = ran.out.trim();
        prop_assert!(printed.is_empty() || serde_json::from_str::<Json>(printed).is_ok(), "{}", printed);
        let ran = home.run(["get-receiveconnector", "-"]);
        prop_assert!(ran.exit.code() == 0 || !ran.err.is_empty(), "refused without an error");
        Ok(())
    })
}

/// Receive and send logs.
fn logs() -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/protocol-logs");
    let mut paths: Vec<_> =
        std::fs::read_dir(folder).into_iter().flatten().flatten().map(|e| e.path()).collect();
    paths.sort();
    paths.iter().filter_map(|path| std::fs::read(path).ok()).collect()
}

/// The sessions of a log, and the lines that were not understood.
#[derive(Default)]
struct Kept {
    sessions: Vec<exch::protocol_log::Session>,
    broken: u64,
}

impl exch::protocol_log::Sessions for Kept {
    fn session(&mut self, session: exch::protocol_log::Session) {
        self.sessions.push(session);
    }

    fn broken(&mut self, _: exch::protocol_log::Broken) {
        self.broken += 1;
    }

    fn is_enough(&mut self, _: u64) -> bool {
        false
    }
}

/// Every line is counted as what it is, and every line of a session is in one.
fn log(bytes: &[u8]) -> Result<(), TestCaseError> {
    use exch::protocol_log::{Facts, Known, Pseudonyms, header, lines, read_file, text};
    let mut kept = Kept::default();
    let input = text(bytes).map_err(|error| TestCaseError::fail(error.to_string()))?;
    let (totals, result) = read_file(input, None, &mut kept);
    let entries: u64 = kept.sessions.iter().map(|one| one.entries().count() as u64).sum();
    prop_assert_eq!(entries, totals.events);
    if result.is_ok() {
        let counted = totals.headers + totals.events + totals.repeated + totals.broken + totals.blank;
        prop_assert_eq!((totals.lines, totals.broken), (counted, kept.broken));
    }
    let mut pseudonyms = Pseudonyms::new(Known::default());
    for session in &kept.sessions {
        let facts = Facts::of(session);
        let replies =
            session.entries().filter(|one| one.kind == exch::protocol_log::EventKind::Server).count();
        let paired = facts.exchanges.iter().filter(|one| one.reply.is_some()).count();
        prop_assert!(paired <= replies, "{} of {} replies", paired, replies);
        // Under pseudonyms and written again it is a session of as many lines.
        let other = pseudonyms.session(session);
        let written = header(&other) + &lines(&other);
        let (totals, result) = read_file(written.as_bytes(), None, &mut Kept::default());
        prop_assert!(result.is_ok(), "{:?}\n{}", result, written);
        let read = totals.events + totals.repeated;
        prop_assert_eq!((read, totals.broken), (session.len() as u64, 0), "{}", written);
    }
    Ok(())
}
