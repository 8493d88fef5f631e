//! A file line by line: its header, its events, and what is neither.

use std::borrow::Cow;
use std::io::{self, Read};

use super::columns::{Columns, LogKind, SEPARATORS, USUAL};
use super::event::{Event, EventKind};
use super::line::{MOST_COLUMNS, bare, rejoined, split, text, unquoted};
use super::lines::{Line, Lines};
use super::pairing::Verb;
use super::time::Clock;
use crate::param::Version;

/// A file with no event among so many lines, and no header, is no log.
const PATIENCE: u64 = 8;

/// What a tar archive has at a place of its first header.
const TAR: &[u8] = b"ustar";
const TAR_AT: usize = 257;

/// Why a file is not read, or not to its end.
#[derive(Debug, thiserror::Error)]
pub enum LogError {
    /// It could not be read on.
    #[error("what follows line {line} could not be read: {error}")]
    Io {
        /// The last line that was read.
        line: u64,
        /// What the system or the unpacking says.
        error: io::Error,
    },
    /// Another log of Exchange.
    #[error("it is another log: `{0}`")]
    Other(String),
    /// Another log behind a receive log, as `type *.LOG` writes them into one file.
    #[error("from line {line} on it is another log: `{name}`")]
    Behind {
        /// The line that says so.
        line: u64,
        /// What it calls itself.
        name: String,
    },
    /// A send protocol log.
    #[error("it is a Send protocol log, which describes the sessions that the server opens itself")]
    Send,
    /// No header says what it is, and the server speaks as a client.
    #[error(
        "line {0}: the server sends {1}, as in a Send protocol log; a receive log has that from the client"
    )]
    Turned(u64, String),
    /// A column is missing.
    #[error("its #Fields line does not name the columns date-time, connector-id, session-id, event and data")]
    Columns,
    /// A header that says a receive log, and lines that are none of it.
    #[error(
        "{}: line {}: {}",
        if *lines == 1 { "its one line was not understood".to_owned() } else { format!("none of its {lines} lines was understood") },
        first.line,
        first.why
    )]
    NoLine {
        /// How many lines are not understood.
        lines: u64,
        /// The first of them.
        first: Broken,
    },
    /// It could not be opened, or not one line of it read.
    #[error("it could not be read: {0}")]
    Unread(io::Error),
    /// An archive of files one behind the other, without a list.
    #[error("it is a tar archive")]
    Tar,
    /// Logs of an archive that nobody reads without a password.
    #[error("{} with a password", if *.0 == 1 { "a log in it is encrypted".to_owned() } else { format!("{} logs in it are encrypted", .0) })]
    Encrypted(usize),
    /// Nothing that a protocol log has.
    #[error("it is not a protocol log")]
    NotALog,
    /// Not one byte.
    #[error("it is empty")]
    Empty,
}

impl LogError {
    /// Whether a file that gave no session may be a receive log all the same: it could not be read, or not understood.
    #[must_use]
    pub fn is_of_log(&self) -> bool {
        match self {
            Self::Io { .. }
            | Self::Unread(_)
            | Self::Encrypted(_)
            | Self::Columns
            | Self::NoLine { .. }
            | Self::Tar => true,
            Self::Other(_)
            | Self::Behind { .. }
            | Self::Send
            | Self::Turned(..)
            | Self::NotALog
            | Self::Empty => false,
        }
    }
}

/// A line that is not understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Broken {
    /// Its number, counted from 1.
    pub line: u64,
    /// What is wrong.
    pub why: &'static str,
}

/// What was read of a file. `lines` is `headers + events + repeated + broken + blank`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    /// All lines.
    pub lines: u64,
    /// Lines with `#`.
    pub headers: u64,
    /// Lines of sessions.
    pub events: u64,
    /// First or last lines of sessions that a copy has once more: they would begin a session again.
    pub repeated: u64,
    /// Lines that were not understood.
    pub broken: u64,
    /// Empty lines.
    pub blank: u64,
    /// Bytes, unpacked.
    pub bytes: u64,
}

impl Totals {
    /// Adds what was read of another file.
    pub fn add(&mut self, other: &Totals) {
        self.lines += other.lines;
        self.headers += other.headers;
        self.events += other.events;
        self.repeated += other.repeated;
        self.broken += other.broken;
        self.blank += other.blank;
        self.bytes += other.bytes;
    }
}

/// What takes the lines of a log.
pub trait Sink {
    /// A line of a session.
    fn event(&mut self, event: &Event<'_>);
    /// A line that is not understood; reading goes on with the next one.
    fn broken(&mut self, broken: Broken);
    /// Whether reading is to end here; asked now and then, with the bytes that were read.
    fn is_enough(&mut self, _bytes: u64) -> bool {
        false
    }
}

/// One file.
pub struct Reader<R> {
    lines: Lines<R>,
    head: Head,
}

/// What is known of the file so far.
struct Head {
    columns: Columns,
    version: Option<Version>,
    /// Whether the header says that it is a receive log.
    is_sure: bool,
    /// Whether there is any header.
    has_header: bool,
    clock: Clock,
    /// The line before where it was the first or the last of its session.
    edge: Vec<u8>,
    /// The first line that is not understood.
    broken: Option<Broken>,
    totals: Totals,
}

impl<R: Read> Reader<R> {
    /// A file's text: UTF-8, or what [`super::text`] makes of it.
    pub fn new(input: R) -> Self {
        let head = Head {
            columns: USUAL,
            version: None,
            is_sure: false,
            has_header: false,
            clock: Clock::default(),
            edge: Vec::new(),
            broken: None,
            totals: Totals::default(),
        };
        Reader { lines: Lines::new(input), head }
    }

    /// Reads to the end, or until `sink` has enough.
    ///
    /// # Errors
    /// Where it is no receive log or cannot be read on; lines before that were given to `sink`.
    pub fn read(&mut self, sink: &mut impl Sink) -> Result<(), LogError> {
        loop {
            let number = self.lines.number + 1;
            let line = match self.lines.next() {
                Ok(Some(line)) => line,
                Ok(None) => break,
                Err(error) => return Err(LogError::Io { line: number - 1, error }),
            };
            let head = &mut self.head;
            head.totals.lines += 1;
            match line {
                Line::TooLong => head.skip(number, "the line has more than a million bytes", sink)?,
                Line::Text(line) => head.line(number, line, sink)?,
            }
            if number.is_multiple_of(1024) && sink.is_enough(self.lines.bytes) {
                break;
            }
        }
        if self.lines.bytes == 0 {
            return Err(LogError::Empty);
        }
        let Head { totals, has_header, broken, .. } = &self.head;
        match broken {
            _ if totals.events > 0 => Ok(()),
            _ if !has_header => Err(LogError::NotALog),
            Some(first) => Err(LogError::NoLine { lines: totals.broken, first: first.clone() }),
            None => Ok(()),
        }
    }

    /// What was read so far.
    pub fn totals(&self) -> Totals {
        Totals { bytes: self.lines.bytes, ..self.head.totals.clone() }
    }
}

impl Head {
    fn line(&mut self, number: u64, line: &[u8], sink: &mut impl Sink) -> Result<(), LogError> {
        let line = line.strip_prefix(b"\xef\xbb\xbf").filter(|_| number == 1).unwrap_or(line);
        if number == 1 && line.get(TAR_AT..TAR_AT + TAR.len()) == Some(TAR) {
            return Err(LogError::Tar);
        }
        if line.first() == Some(&b'#') {
            if line.contains(&b'\r') {
                self.has_header = true;
                return self.skip(number, "its lines end in a carriage return without a newline", sink);
            }
            self.totals.headers += 1;
            return self.header(number, &text(line));
        }
        if line.iter().all(u8::is_ascii_whitespace) {
            self.totals.blank += 1;
            self.edge.clear();
            return Ok(());
        }
        if self.totals.events == 0 && self.separators(line) {
            self.totals.headers += 1;
            return Ok(());
        }
        match self.event(line) {
            Ok(event) => {
                if !self.is_sure {
                    turned(number, &event)?;
                }
                if self.is_repeated(event.kind, line) {
                    self.totals.repeated += 1;
                    return Ok(());
                }
                self.totals.events += 1;
                sink.event(&event);
                Ok(())
            }
            Err(why) => self.skip(number, why, sink),
        }
    }

    /// Whether the line before was the same first or last line of a session.
    fn is_repeated(&mut self, kind: EventKind, line: &[u8]) -> bool {
        let is_edge = matches!(kind, EventKind::Connect | EventKind::Disconnect);
        let is_repeated = is_edge && self.edge == line;
        if !is_repeated {
            self.edge.clear();
            self.edge.extend_from_slice(if is_edge { line } else { &[] });
        }
        is_repeated
    }

    fn skip(&mut self, line: u64, why: &'static str, sink: &mut impl Sink) -> Result<(), LogError> {
        self.totals.broken += 1;
        self.edge.clear();
        if !self.has_header && self.totals.events == 0 && line >= PATIENCE {
            return Err(LogError::NotALog);
        }
        let broken = Broken { line, why };
        self.broken.get_or_insert_with(|| broken.clone());
        sink.broken(broken);
        Ok(())
    }

    fn header(&mut self, number: u64, line: &str) -> Result<(), LogError> {
        let Some((name, value)) = line.split_once(':') else { return Ok(()) };
        match name.to_ascii_lowercase().as_str() {
            "#log-type" => match LogKind::read(value) {
                LogKind::Receive => self.is_sure = true,
                _ if self.totals.events > 0 => {
                    return Err(LogError::Behind { line: number, name: value.trim().to_owned() });
                }
                LogKind::Send => return Err(LogError::Send),
                LogKind::Other(name) => return Err(LogError::Other(name)),
            },
            "#fields" => self.columns = Columns::read(value).ok_or(LogError::Columns)?,
            "#version" => self.version = version_of(value.trim()),
            "#software" | "#date" => {}
            _ => return Ok(()),
        }
        self.has_header = true;
        Ok(())
    }

    /// Before the first line of a session: what stands between fields, where no header says it. Whether the line names the
    /// columns, as Export-Csv writes it.
    fn separators(&mut self, line: &[u8]) -> bool {
        if bare(line.get(..11).unwrap_or_default()) == b"date-time" || line.starts_with(b"date-time") {
            let columns = Columns::read(&text(line));
            self.columns = columns.unwrap_or(self.columns);
            self.has_header |= columns.is_some();
            return columns.is_some();
        }
        let count =
            |separator| split(line, separator, self.columns.count, &mut [const { 0..0 }; MOST_COLUMNS]);
        if count(self.columns.separator) <= self.columns.event {
            let other = SEPARATORS.into_iter().find(|one| count(*one) > self.columns.event);
            self.columns.separator = other.unwrap_or(self.columns.separator);
        }
        false
    }

    fn event<'l>(&mut self, line: &'l [u8]) -> Result<Event<'l>, &'static str> {
        let columns = self.columns;
        let mut fields = [const { 0..0 }; MOST_COLUMNS];
        let found = split(line, columns.separator, columns.count, &mut fields);
        if found <= columns.event {
            return Err("it has too few fields");
        }
        if found == columns.count && columns.ends_in_data() {
            let (data, context) = (columns.data, columns.data + 1);
            let separator = columns.separator;
            let both = rejoined(line, separator, fields[data].clone(), fields[context].clone());
            (fields[data], fields[context]) = both;
        }
        let field = |at: usize| fields.get(at).cloned().and_then(|range| line.get(range)).unwrap_or_default();
        let optional = |at: Option<usize>| at.map(field).unwrap_or_default();
        let time = self.clock.read_any(bare(field(columns.time))).ok_or("its first field is not a time")?;
        let kind = EventKind::read(bare(field(columns.event))).ok_or("its event is none of + - > < *")?;
        if field(columns.connector).is_empty() || field(columns.session).is_empty() {
            return Err("it names no connector or no session");
        }
        // Nearly all lines are UTF-8, which is found out once for all fields.
        let utf8 = std::str::from_utf8(line).ok();
        let whole = |at: usize| {
            let range = fields.get(at).cloned().unwrap_or_default();
            match utf8.and_then(|line| line.get(range)) {
                Some(field) => unquoted(field),
                None => Cow::Owned(unquoted(&text(field(at))).into_owned()),
            }
        };
        Ok(Event {
            version: self.version,
            time,
            connector: whole(columns.connector),
            session: whole(columns.session),
            sequence: decimal(bare(optional(columns.sequence))),
            local: optional(columns.local),
            remote: optional(columns.remote),
            kind,
            data: whole(columns.data),
            context: columns.context.map(whole).unwrap_or_default(),
        })
    }
}

/// The version that a header is certain of: later servers than Exchange 2013 write its number as well.
fn version_of(number: &str) -> Option<Version> {
    let versions = [
        ("8.", Version::V2007),
        ("14.", Version::V2010),
        ("15.1.", Version::V2016),
        ("15.2.", Version::V2019),
    ];
    versions.into_iter().find(|(begin, _)| number.starts_with(begin)).map(|(_, version)| version)
}

/// The number that digits are; 0 where they are none.
fn decimal(digits: &[u8]) -> u32 {
    let add = |sum: u32, digit: &u8| {
        let digit = digit.checked_sub(b'0').filter(|digit| *digit < 10)?;
        sum.checked_mul(10)?.checked_add(digit.into())
    };
    digits.iter().try_fold(0, add).unwrap_or_default()
}

/// Where no header says which log it is: in a receive log the commands are the client's.
fn turned(number: u64, event: &Event<'_>) -> Result<(), LogError> {
    let said = &event.data;
    match Verb::read(said) {
        Some(_) if event.kind == EventKind::Server => {
            let verb = said.split([' ', ':']).next().unwrap_or_default().to_owned();
            Err(LogError::Turned(number, verb))
        }
        _ => Ok(()),
    }
}
