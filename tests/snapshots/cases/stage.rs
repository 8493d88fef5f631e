//! The world of one case: a directory of its own, a fixed clock, counted identifiers, and the program in it.

#![expect(clippy::disallowed_methods, reason = "a case makes its store on disk")]

use std::cell::{Cell, RefCell};
use std::io::{self, Read, Write};
use std::net::IpAddr;
use std::path::{Path, PathBuf};
use std::time::Duration;

use exch::cmdlet::Machine;
use exch::engine::{Environment, World};
use exch::output::{Screen, Ui};
use exch::store::{Change, Ownership, StoreError, StoreRepository, When};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use libtest_mimic::Failed;
use serde::Deserialize;
use uuid::Uuid;

use super::files::{self, Files};
use crate::host;

/// What `world.toml` may say.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Setting {
    /// The machine's name; HUB01 unless given.
    machine: Option<String>,
    /// The DNS domain of the machine's name; none unless given.
    domain: Option<String>,
    /// The machine's addresses; 10.0.0.1 unless given.
    addresses: Option<Vec<IpAddr>>,
    /// EXCH_SERVER.
    server: Option<String>,
}

/// A case's directory and world.
pub struct Stage {
    world: World,
    home: PathBuf,
    store: PathBuf,
    _dir: host::TempDir,
}

/// What a command did.
pub struct Answer {
    /// Its exit code.
    pub exit: u8,
    /// Both streams in the order they were written, standard error with `! ` before each line.
    pub printed: String,
    /// Standard output as it was written.
    pub out: Vec<u8>,
}

/// What a session says where a file is not there; each system has its own words for error 2.
const NOT_FOUND: &str = "No such file or directory (os error 2)";

/// How the names of files end that a session names.
const FILES: &[&str] = &[".csv", ".gz", ".json", ".log", ".ps1", ".toml", ".txt", ".xml", ".zip"];

thread_local! {
    static GUIDS: Cell<u128> = const { Cell::new(0) };
    static ADDRESSES: RefCell<Vec<IpAddr>> = const { RefCell::new(Vec::new()) };
    static INPUT: RefCell<Option<Vec<u8>>> = const { RefCell::new(None) };
}

/// Standard input: what is piped in, once.
fn input() -> Option<Box<dyn Read + Send>> {
    INPUT.take().map(|bytes| Box::new(io::Cursor::new(bytes)) as Box<dyn Read + Send>)
}

fn next_guid() -> Uuid {
    GUIDS.set(GUIDS.get() + 1);
    Uuid::from_u128(0x4000_8000_0000_0000_0000 | GUIDS.get())
}

impl Stage {
    /// A fresh directory; `before`, unless it is empty, is the first revision of the store in it.
    pub fn set(setting: &str, before: &Files) -> Result<Self, Failed> {
        GUIDS.set(0x100);
        let setting: Setting = toml::from_str(setting)?;
        let dir = host::tempdir()?;
        let home = dunce::canonicalize(dir.path())?;
        let (data, directory) = (home.join("data"), home.join("here"));
        std::fs::create_dir(&directory)?;
        ADDRESSES.set(setting.addresses.unwrap_or(vec![IpAddr::from([10, 0, 0, 1])]));
        let mut machine = Machine { domain: setting.domain, ..host::machine() };
        machine.addresses = || ADDRESSES.with_borrow(Vec::clone);
        machine.name = setting.machine.unwrap_or(machine.name);
        let environment = Environment {
            server: setting.server,
            data_dir: Some(data.clone()),
            ..host::environment(&directory)
        };
        host::set_clock(host::MORNING);
        let world = World {
            clock: host::clock,
            zone: || TimeZone::UTC,
            environment,
            machine,
            user: host::person,
            new_guid: next_guid,
            input,
            dial: host::no_server,
        };
        let stage = Stage { world, home, store: data.join("exch"), _dir: dir };
        if !before.is_empty() {
            stage.record(before)?;
        }
        Ok(stage)
    }

    fn record(&self, before: &Files) -> Result<(), Failed> {
        let repository = StoreRepository::create(&self.store, Ownership::Own)?;
        let when: Timestamp = "2026-11-21T05:00:00Z".parse()?;
        let change = Change {
            files: before.0.iter().map(|(path, bytes)| (path.clone(), Some(bytes.clone()))).collect(),
            message: "the store as it was\n".to_owned(),
            author: host::person().into(),
            committer: host::person().into(),
            git_config: None,
            fallback: host::person(),
            when: When { seconds: when.as_second(), offset_minutes: 0 },
        };
        repository.lock(Duration::from_secs(10))?.commit(&change)?;
        Ok(())
    }

    /// Somebody edits files in the work tree.
    pub fn edit_by_hand(&self, files: &Files) -> Result<(), Failed> {
        files.lay_over(&self.store)
    }

    /// Puts files into the working directory.
    pub fn put_beside(&self, files: &Files) -> Result<(), Failed> {
        files.lay_over(&self.world.environment.directory)
    }

    /// Where the store is.
    pub fn store(&self) -> PathBuf {
        self.store.clone()
    }

    /// The store's files as they stand in the work tree.
    pub fn files(&self) -> Result<Files, Failed> {
        Files::below(&self.store)
    }

    /// The identifiers of the revisions, oldest first.
    pub fn revisions(&self) -> Result<Vec<String>, Failed> {
        revisions(&self.store)
    }

    /// A line with `rev0001` and `[HOME]` as what they stand for.
    pub fn meant(&self, line: &str) -> Result<String, Failed> {
        let mut meant = line.replace("[HOME]", &self.home.to_string_lossy());
        for (at, id) in self.revisions()?.iter().enumerate() {
            meant = meant.replace(&called(at), id.get(..7).unwrap_or(id));
        }
        Ok(meant)
    }

    /// Runs the program on these words, at a terminal.
    pub fn run(&mut self, words: Vec<String>) -> Result<Answer, Failed> {
        self.piped(words, None)
    }

    /// Runs the program on these words with that piped into it.
    pub fn piped(&mut self, words: Vec<String>, piped: Option<Vec<u8>>) -> Result<Answer, Failed> {
        INPUT.set(piped);
        let printed = RefCell::new(Printed::default());
        let (mut out, mut err) = (Stream { to: &printed, mark: "" }, Stream { to: &printed, mark: "! " });
        let screen = || Screen::file(|| TimeZone::UTC);
        let mut ui = Ui::new(&mut out, screen(), &mut err, screen());
        let exit = exch::run(&self.world, words.into_iter().map(Into::into), None, &mut ui);
        host::set_clock(host::clock().checked_add(1.minute())?);
        let printed = printed.into_inner();
        let out = printed.0.iter().filter(|(mark, _)| mark.is_empty()).flat_map(|(_, text)| text.clone());
        let out = out.collect();
        Ok(Answer { exit: exit.code(), printed: self.normalised(&printed.text()?)?, out })
    }

    /// What was printed, with revisions and directories called by names that stay.
    fn normalised(&self, printed: &str) -> Result<String, Failed> {
        let printed = printed.replace(&io::Error::from_raw_os_error(2).to_string(), NOT_FOUND);
        let mut text = plain_slashes(&printed.replace(&*self.home.to_string_lossy(), "[HOME]"));
        let others = files::folders(&self.world.environment.directory);
        for store in std::iter::once(&self.store).chain(&others) {
            for (at, id) in revisions(store)?.iter().enumerate() {
                text = text.replace(id, &called(at)).replace(id.get(..7).unwrap_or(id), &called(at));
            }
        }
        Ok(text)
    }
}

/// Names of files in a directory parted by plain slashes, as a session is written; Windows parts them by `\`. They are what
/// ends in a file's extension, so that `SERVER\Connector` stays, and a path with a drive, which the session typed, does too.
fn plain_slashes(text: &str) -> String {
    if !cfg!(windows) {
        return text.to_owned();
    }
    let ends = |c: char| c.is_whitespace() || matches!(c, ',' | ';' | '\'' | '"' | '`' | '(' | ')');
    let word = |word: &str| {
        let bare = word.trim_end_matches(ends).to_lowercase();
        // A place in a file may follow its name: `later.ps1:3:1`.
        let name = bare.trim_end_matches(|c: char| c == ':' || c.is_ascii_digit());
        let has_ending =
            |end: &&str| bare.ends_with(end) || name.ends_with(end) || bare.contains(&format!("{end}:"));
        let is_file = name.contains("[home]") || !name.contains(":\\") && FILES.iter().any(has_ending);
        if is_file { word.replace(r"\\", "/").replace('\\', "/") } else { word.to_owned() }
    };
    text.split_inclusive(ends).map(word).collect()
}

/// The identifiers of a store's revisions, oldest first; none where there is no store.
fn revisions(store: &Path) -> Result<Vec<String>, Failed> {
    if !store.join(".git").exists() {
        return Ok(Vec::new());
    }
    let repository = StoreRepository::open(store)?;
    let ids = repository.history(None)?.map(|revision| Ok(revision?.id.to_string()));
    let mut ids = ids.collect::<Result<Vec<_>, StoreError>>()?;
    ids.reverse();
    Ok(ids)
}

/// What the revision at a place in the history is called.
fn called(at: usize) -> String {
    format!("rev{:04}", at + 1)
}

/// Two streams as one text.
#[derive(Default)]
struct Printed(Vec<(&'static str, Vec<u8>)>);

impl Printed {
    /// Each line with its stream's mark; carriage returns shown, and an end without a line break said.
    fn text(self) -> Result<String, Failed> {
        let mut text = String::new();
        for (mark, bytes) in self.0 {
            let part = String::from_utf8(bytes)?.replace('\r', "␍");
            for line in part.split_inclusive('\n') {
                text.push_str(mark);
                text.push_str(line);
            }
            if !part.ends_with('\n') && !part.is_empty() {
                text.push_str("[no line end]\n");
            }
        }
        Ok(text)
    }
}

/// One stream into the common text.
struct Stream<'t> {
    to: &'t RefCell<Printed>,
    mark: &'static str,
}

impl Write for Stream<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let mut printed = self.to.borrow_mut();
        match printed.0.last_mut() {
            Some((mark, text)) if *mark == self.mark => text.extend_from_slice(bytes),
            _ => printed.0.push((self.mark, bytes.to_vec())),
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
