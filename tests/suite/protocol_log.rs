//! Receive protocol logs read to sessions: every fixture without a lost line, what is none named, sessions over files.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]
#![expect(clippy::disallowed_methods, reason = "tests read their fixtures")]

mod facts;

use std::io::{Cursor, Read, Write};
use std::path::{Path, PathBuf};

use exch::answer::Exit;
use exch::protocol_log::{
    Broken, Facts, Join, LogError, Service, Session, Sessions, Totals, read_file, text,
};

use crate::world::Home;

pub fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/protocol-logs").join(name)
}

/// What comes of one file.
#[derive(Default)]
pub struct Got {
    pub sessions: Vec<Session>,
    pub broken: Vec<Broken>,
}

impl Sessions for Got {
    fn session(&mut self, session: Session) {
        self.sessions.push(session);
    }

    fn broken(&mut self, broken: Broken) {
        self.broken.push(broken);
    }

    fn is_enough(&mut self, _: u64) -> bool {
        false
    }
}

fn read(input: impl Read) -> (Got, Totals, Result<(), LogError>) {
    let mut got = Got::default();
    let (totals, result) = read_file(input, None, &mut got);
    (got, totals, result)
}

/// The sessions of a text that is a log.
pub fn sessions(text: &str) -> Vec<Session> {
    let (got, _, result) = read(text.as_bytes());
    result.unwrap();
    got.sessions
}

fn of_fixture(name: &str) -> Vec<Session> {
    sessions(&std::fs::read_to_string(fixture(name)).unwrap())
}

/// File, lines, headers, lines of sessions, sessions.
const COUNTS: [(&str, u64, u64, u64, usize); 10] = [
    ("FrontEnd-RECV2026100108-1.LOG", 30, 5, 25, 4),
    ("Hub-RECV2026100108-1.LOG", 12, 3, 9, 1),
    ("RECV20131015-1.LOG", 30, 5, 25, 1),
    ("RECV20161214-1.LOG", 23, 5, 18, 1),
    ("RECV20161214-2.LOG", 8, 5, 3, 3),
    ("RECV20190125-1.LOG", 7, 5, 2, 1),
    ("RECV2020111321-1.LOG", 15, 5, 10, 1),
    ("RECV2023011116-1.LOG", 21, 5, 16, 1),
    ("RECV2025012920-1.LOG", 6, 5, 1, 1),
    ("RECV2026100209-1.LOG", 25, 5, 20, 2),
];

#[test]
fn every_fixture_is_read_without_a_lost_line() {
    for (name, lines, headers, events, count) in COUNTS {
        let bytes = std::fs::read(fixture(name)).unwrap();
        let (got, totals, result) = read(bytes.as_slice());
        result.unwrap();
        let size = u64::try_from(bytes.len()).unwrap();
        let wanted = Totals { lines, headers, events, repeated: 0, broken: 0, blank: 0, bytes: size };
        assert_eq!((totals, got.sessions.len()), (wanted, count), "{name}");
        let kept: usize = got.sessions.iter().map(Session::len).sum();
        assert_eq!(u64::try_from(kept).unwrap(), events, "{name}: a line is in no session");
    }
}

#[test]
fn other_logs_are_named() {
    for name in ["SEND20160719-1.LOG", "SEND20171212-1.LOG", "SEND20190321-1.LOG", "SEND20191104-1.LOG"] {
        let (_, _, result) = read(std::fs::File::open(fixture(name)).unwrap());
        assert!(matches!(result, Err(LogError::Send)), "{name}: {result:?}");
        // The same without the line that says so: the direction tells.
        let text = std::fs::read_to_string(fixture(name)).unwrap().replace("#Log-type", "#Nothing");
        let (_, _, result) = read(text.as_bytes());
        assert!(matches!(result, Err(LogError::Turned(..))), "{name}: {result:?}");
    }
    let (_, _, result) = read(std::fs::File::open(fixture("RECV20260901-1.LOG")).unwrap());
    assert!(matches!(result, Err(LogError::Turned(3, ref verb)) if verb == "EHLO"), "{result:?}");
    let tracking = "#Software: Microsoft Exchange Server\r\n#Log-type: Message Tracking Log\r\n";
    let (_, _, result) = read(tracking.as_bytes());
    assert!(matches!(result, Err(LogError::Other(ref name)) if name == "Message Tracking Log"), "{result:?}");
}

#[test]
fn what_is_no_log_is_refused() {
    assert!(matches!(read("".as_bytes()).2, Err(LogError::Empty)));
    for bytes in [&b"MZ\x90\0\x03\0\0\0\x04"[..], b"a,b,c\n1,2,3\n", b"\n\n\n", b"hello"] {
        let (got, _, result) = read(bytes);
        assert!(matches!(result, Err(LogError::NotALog)), "{bytes:?}: {result:?}");
        assert!(got.sessions.is_empty());
    }
    let columns = "#Fields: date-time,connector-id,event\n";
    assert!(matches!(read(columns.as_bytes()).2, Err(LogError::Columns)));
    // A header alone is a log in which nothing happened yet.
    assert!(read("#Log-type: SMTP Receive Protocol Log\n".as_bytes()).2.is_ok());
}

/// A line of a session of one connector.
fn line(second: u32, id: &str, number: u32, event: &str, data: &str, context: &str) -> String {
    format!(
        "2026-10-01T08:00:{second:02}.000Z,EX01\\Relay,{id},{number},10.0.0.1:25,192.0.2.7:4000,{event},{data},{context}\r\n"
    )
}

#[test]
fn a_session_goes_on_in_the_next_file() {
    let first =
        line(1, "08DF000000000001", 0, "+", "", "") + &line(2, "08DF000000000001", 1, "<", "EHLO a", "");
    let second = line(3, "08DF000000000001", 2, ">", "250 EX01 Hello [192.0.2.7]", "")
        + &line(4, "08DF000000000001", 3, "-", "", "Local")
        + &line(5, "08DF000000000009", 7, "<", "QUIT", "");
    let mut join = Join::default();
    let mut over = Vec::new();
    for session in [&first, &second].into_iter().flat_map(|text| sessions(text)) {
        join.push(session, &mut |session| over.push(session));
    }
    let [one] = over.as_slice() else { panic!("one session ends: {over:?}") };
    assert!(one.begun && one.ended && one.len() == 4);
    let facts = Facts::of(one);
    assert_eq!(facts.exchanges.first().unwrap().reply, Some("250 EX01 Hello [192.0.2.7]"));
    let left = join.finish();
    assert_eq!(
        left.iter().map(|one| (one.id.as_str(), one.begun, one.ended)).collect::<Vec<_>>(),
        [("08DF000000000009", false, false)]
    );
}

/// The path of one part may say which service wrote it, and that of the other not.
#[test]
fn a_session_goes_on_in_a_file_of_another_folder() {
    use exch::protocol_log::Service::{FrontEnd, Hub};
    let first = line(1, "08DF000000000001", 0, "+", "", "");
    let second = line(4, "08DF000000000001", 1, "-", "", "Local");
    for (one, other, parts) in [
        (Some(FrontEnd), None, 1),
        (None, Some(FrontEnd), 1),
        (None, None, 1),
        (Some(FrontEnd), Some(Hub), 2),
    ] {
        let mut join = Join::default();
        let mut over = Vec::new();
        for (text, service) in [(&first, one), (&second, other)] {
            for mut session in sessions(text) {
                session.service = service;
                join.push(session, &mut |session| over.push(session));
            }
        }
        over.extend(join.finish());
        assert_eq!(over.len(), parts);
        assert_eq!(over.first().unwrap().service, one.or(other));
    }
}

#[test]
fn a_broken_line_is_counted_and_the_next_goes_on() {
    let good = line(1, "08DF000000000001", 0, "+", "", "");
    let long = format!("{},{}\n", good.trim_end(), "x".repeat(3_000_000));
    let text = format!("{good}nonsense\r\n\r\n2026-13-99T00:00:00.000Z,a,b,0,,,+,,\r\n{long}{good}");
    let (got, totals, result) = read(text.as_bytes());
    result.unwrap();
    assert_eq!((totals.lines, totals.events, totals.broken, totals.blank), (6, 2, 3, 1));
    let lines: Vec<u64> = got.broken.iter().map(|one| one.line).collect();
    assert_eq!(lines, [2, 4, 5]);
}

/// A line that goes on and on, and the room that was offered for it at once.
struct Endless {
    left: usize,
    largest: usize,
}

impl Read for Endless {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        self.largest = self.largest.max(buffer.len());
        let count = self.left.min(buffer.len());
        buffer[..count].fill(b'x');
        self.left -= count;
        Ok(count)
    }
}

/// More than a hundred times what a line may have; the log goes on behind it.
#[test]
fn a_line_without_an_end_takes_no_more_memory() {
    let first = line(1, "08DF000000000001", 0, "+", "", "");
    let last = "\r\n".to_owned() + &line(2, "08DF000000000001", 1, "-", "", "Local");
    let mut endless = Endless { left: 128 << 20, largest: 0 };
    let (got, totals, result) = read(first.as_bytes().chain(&mut endless).chain(last.as_bytes()));
    result.unwrap();
    assert_eq!((totals.lines, totals.events, totals.broken), (3, 2, 1));
    assert_eq!(got.broken[0].why, "the line has more than a million bytes");
    assert!(endless.largest <= 2 << 20, "{} bytes of buffer", endless.largest);
    assert_eq!(got.sessions.len(), 1);
}

/// A reader that gives a few bytes at a time.
struct Drip<'b>(&'b [u8], usize);

impl Read for Drip<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let count = self.1.min(self.0.len()).min(buffer.len());
        let (head, rest) = self.0.split_at(count);
        buffer[..count].copy_from_slice(head);
        self.0 = rest;
        Ok(count)
    }
}

#[test]
fn lines_end_where_the_buffer_does() {
    let bytes = std::fs::read(fixture("RECV20131015-1.LOG")).unwrap();
    let whole = of_fixture("RECV20131015-1.LOG");
    for count in [1, 2, 7, 484, 4096] {
        let (got, totals, result) = read(Drip(&bytes, count));
        result.unwrap();
        assert_eq!(totals.lines, 30);
        assert_eq!(format!("{:?}", got.sessions), format!("{whole:?}"));
    }
    // The last line has no end.
    let (got, totals, _) = read(bytes.strip_suffix(b"\r\n").unwrap());
    assert_eq!((totals.lines, got.sessions.len()), (30, 1));
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    packed.write_all(bytes).unwrap();
    packed.finish().unwrap()
}

fn utf16(text: &str) -> Vec<u8> {
    [0xff, 0xfe].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect()
}

#[test]
fn packed_files_and_utf_16_are_read_as_they_are() {
    let plain = std::fs::read_to_string(fixture("RECV20161214-1.LOG")).unwrap();
    let wanted = format!("{:?}", sessions(&plain));
    let marked = format!("\u{feff}{plain}");
    let two = [gzip(&plain.as_bytes()[..900]), gzip(&plain.as_bytes()[900..])].concat();
    let forms = [gzip(plain.as_bytes()), two, utf16(&plain), gzip(&utf16(&plain)), marked.into_bytes()];
    for bytes in forms {
        let (got, totals, result) = read(text(Cursor::new(bytes)).unwrap());
        result.unwrap();
        assert_eq!(format!("{:?}", got.sessions), wanted);
        assert_eq!(totals.lines, 23);
    }
}

#[test]
fn a_gzip_cut_short_keeps_what_was_read() {
    // Random ports do not pack well, so that what was read before the cut has many lines.
    let port = |number: u32| number.wrapping_mul(2_654_435_761) % 60_000;
    let text: String = (0..2_000)
        .map(|at| {
            line(at % 60, &format!("08DF{:012X}", port(at)), at, "+", "", "")
                .replace("4000", &port(at).to_string())
        })
        .collect();
    let packed = gzip(text.as_bytes());
    let (got, totals, result) = read(exch::protocol_log::text(&packed[..packed.len() / 2]).unwrap());
    assert!(matches!(result, Err(LogError::Io { line, .. }) if line == totals.lines), "{result:?}");
    assert!(got.sessions.len() > 100 && totals.lines < 2_000, "{totals:?}");
}

#[test]
fn lost_stars_and_repeated_lines_change_nothing() {
    let plain = of_fixture("RECV2023011116-1.LOG");
    let text = std::fs::read_to_string(fixture("RECV2023011116-1.LOG")).unwrap();
    let without = sessions(&text.replace(",*,", ",,"));
    assert_eq!(format!("{plain:?}"), format!("{without:?}"));
    let twice: String = text.lines().flat_map(|line| [line, "\r\n", line, "\r\n"]).collect();
    let twice = sessions(&twice).remove(0);
    let (one, two) = (Facts::of(&plain[0]), Facts::of(&twice));
    assert_eq!(format!("{:?}", one.exchanges), format!("{:?}", two.exchanges));
    // A line whose quotes a copy lost has more commas than columns.
    let bare = line(1, "08DF000000000001", 0, ">", "220 EX01 ready at Wed, 11 Jan 2023 16:59:51 +0100", "");
    let session = sessions(&bare).remove(0);
    let entry = session.entries().next().unwrap();
    assert_eq!((entry.data, entry.context), ("220 EX01 ready at Wed, 11 Jan 2023 16:59:51 +0100", ""));
    // A connector whose name is neither ASCII nor UTF-8 is read byte by byte.
    let ansi: Vec<u8> =
        line(1, "1", 0, "+", "", "").replace("Relay", "R\u{e9}lais").chars().map(|c| c as u8).collect();
    assert_eq!(read(ansi.as_slice()).0.sessions[0].connector, "EX01\\R\u{e9}lais");
}

#[test]
fn sessions_without_an_end_are_given_up() {
    let connects = |at: u32| line(at / 20_000 % 60, &format!("{at:016X}"), 0, "+", "", "");
    let text: String = (0..140_000).map(connects).collect();
    let (got, totals, result) = read(text.as_bytes());
    result.unwrap();
    assert_eq!((totals.events, got.sessions.len()), (140_000, 140_000));
    let ids: std::collections::BTreeSet<&str> = got.sessions.iter().map(|one| one.id.as_str()).collect();
    assert_eq!(ids.len(), 140_000);
}

#[test]
fn the_service_is_in_the_path() {
    let of = Service::of_path;
    assert_eq!(
        of(r"C:\Logs\TransportRoles\Logs\FrontEnd\ProtocolLog\SmtpReceive\RECV1.LOG"),
        Some(Service::FrontEnd)
    );
    assert_eq!(of("logs/hub/RECV1.LOG"), Some(Service::Hub));
    assert_eq!(of("TransportRoles/Logs/ProtocolLog/SmtpReceive/RECV1.LOG"), None);
    assert_eq!(of("Hub"), None);
}

/// What `<(…)` of a shell names: it is read once, and cannot be read again from its beginning.
#[cfg(target_os = "linux")]
#[test]
fn a_pipe_is_read_as_standard_input_is() {
    use rustix::fs::{CWD, FileType, Mode, mknodat};
    let home = crate::world::Home::new();
    let pipe = home.world.environment.directory.join("pipe");
    mknodat(CWD, &pipe, FileType::Fifo, Mode::RUSR | Mode::WUSR, 0).unwrap();
    let log = std::fs::read(fixture("RECV20161214-1.LOG")).unwrap();
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packed.write_all(&log).unwrap();
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    archive.start_file("RECV1.LOG", zip::write::SimpleFileOptions::default()).unwrap();
    archive.write_all(&log).unwrap();
    let archive = archive.finish().unwrap().into_inner();
    for bytes in [log, packed.finish().unwrap(), archive] {
        let writer = std::thread::spawn({
            let pipe = pipe.clone();
            move || std::fs::write(pipe, bytes)
        });
        let ran = home.run(["measure-protocollog", "pipe"]);
        writer.join().unwrap().unwrap();
        assert!(ran.err.contains("1 file, 23 lines, 1 session read"), "{}", ran.err);
        assert_eq!(ran.exit, exch::answer::Exit::Done);
    }
}

/// A log of a year before 1970, as a clock that lost its battery writes it, is the same when it is written again.
#[test]
fn any_year_is_read_and_written() {
    for year in ["1969", "0001", "9998", "-000044"] {
        let text =
            format!("{year}-10-01T08:00:00.250Z,EX01\\Relay,08DF1,0,10.0.0.1:25,192.0.2.7:4000,<,QUIT,");
        let session = sessions(&text).remove(0);
        assert_eq!(exch::protocol_log::lines(&session).trim_end(), text);
    }
}

#[test]
fn what_is_typed_is_a_pattern_and_the_directory_is_not() {
    let mut home = Home::new();
    let directory = home.store().parent().unwrap().parent().unwrap().join("logs [2026]");
    std::fs::create_dir_all(&directory).unwrap();
    std::fs::copy(fixture("RECV20161214-1.LOG"), directory.join("RECV20161214-1.LOG")).unwrap();
    home.world.environment.directory.clone_from(&directory);
    let whole = home.done(["measure-protocollog", "RECV20161214-1.LOG", "-o", "json"]);
    for pattern in ["RECV*.LOG", "recv????1214-1.log", "RECV201[56]1214-1.LOG"] {
        assert_eq!(home.done(["measure-protocollog", pattern, "-o", "json"]), whole, "{pattern}");
    }
    let refused = home.run(["measure-protocollog", "RECV[.LOG"]);
    assert_eq!(refused.exit, Exit::NotUnderstood);
    assert!(refused.err.contains("`RECV[.LOG` is neither a file nor a pattern"), "{}", refused.err);
}
