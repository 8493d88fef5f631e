//! A world for tests: fixed clock and names, a store in a temporary directory, the program run in-process.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::cell::{Cell, RefCell};
use std::path::PathBuf;

use crate::host::TempDir;
use exch::answer::Exit;
use exch::engine::{Asker, Environment, World};
use exch::output::{Screen, Ui};
use jiff::tz::TimeZone;
use uuid::Uuid;

use crate::host;

/// What one command line did.
#[derive(Debug)]
pub struct Ran {
    /// Its exit code.
    pub exit: Exit,
    /// Standard output.
    pub out: String,
    /// Standard error.
    pub err: String,
    /// Both, as a terminal shows them.
    pub both: String,
}

/// A stream that also writes to what both streams share.
pub struct Tee<'b> {
    /// What went to this one.
    pub own: Vec<u8>,
    /// What went to either, in order.
    pub both: &'b RefCell<Vec<u8>>,
}

impl std::io::Write for Tee<'_> {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.own.extend_from_slice(bytes);
        self.both.borrow_mut().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// A machine HUB01 with an empty data directory.
pub struct Home {
    dir: TempDir,
    /// What the program sees.
    pub world: World,
}

impl Home {
    /// A new one.
    pub fn new() -> Self {
        let dir = host::tempdir().unwrap();
        let world = World {
            clock: host::clock,
            zone: || TimeZone::UTC,
            environment: Environment {
                data_dir: Some(dir.path().join("data")),
                ..host::environment(dir.path())
            },
            machine: host::machine(),
            user: host::person,
            new_guid: next_guid,
            input: || None,
            dial: exch::engine::ask_servers,
        };
        Home { dir, world }
    }

    /// The directory of the default store.
    pub fn store(&self) -> PathBuf {
        self.dir.path().join("data").join("exch")
    }

    /// Runs one command line.
    pub fn run<I: IntoIterator<Item = T>, T: AsRef<str>>(&self, words: I) -> Ran {
        self.asked(words, None)
    }

    /// Runs one command line with somebody who answers.
    pub fn asked<'r, I: IntoIterator<Item = T>, T: AsRef<str>>(
        &'r self,
        words: I,
        asker: Option<&'r mut (dyn Asker + 'r)>,
    ) -> Ran {
        let both = RefCell::default();
        let (mut out, mut err) = (Tee { own: Vec::new(), both: &both }, Tee { own: Vec::new(), both: &both });
        let exit = {
            let screen = Screen::file(|| TimeZone::UTC);
            let mut ui = Ui::new(&mut out, screen.clone(), &mut err, screen);
            let words = words.into_iter().map(|word| word.as_ref().into());
            exch::run(&self.world, words, asker, &mut ui)
        };
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        let (out, err) = (text(out.own), text(err.own));
        Ran { exit, out, err, both: text(both.into_inner()) }
    }

    /// Runs one command line that has to work, and gives its standard output.
    pub fn done<I: IntoIterator<Item = T>, T: AsRef<str>>(&self, words: I) -> String {
        let ran = self.run(words);
        assert_eq!(ran.exit, Exit::Done, "{}", ran.err);
        ran.out
    }
}

/// Identifiers that count, so that a run can be repeated.
fn next_guid() -> Uuid {
    thread_local!(static NEXT: Cell<u128> = const { Cell::new(1) });
    NEXT.with(|next| Uuid::from_u128(next.replace(next.get() + 1)))
}
