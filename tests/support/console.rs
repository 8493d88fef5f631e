//! A world that stands still, and a command line run in it.

use std::cell::RefCell;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};

use exch::answer::Exit;
use exch::cmdlet::Machine;
use exch::engine::{Environment, World};
use exch::output::{Screen, Ui};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use uuid::Uuid;

use crate::host;
use crate::world::Tee;

static NEXT: AtomicU64 = AtomicU64::new(1);

fn next_guid() -> Uuid {
    Uuid::from_u128(NEXT.fetch_add(1, Ordering::Relaxed).into())
}

/// A world whose store is `store` and whose working directory is `directory`.
pub fn world(store: &Path, directory: &Path) -> World {
    World {
        clock: || Timestamp::UNIX_EPOCH,
        zone: || TimeZone::UTC,
        environment: Environment {
            store: Some(store.to_owned()),
            program: Some(host::EXCH.into()),
            ..host::environment(directory)
        },
        machine: Machine { name: "WORKSTATION".to_owned(), domain: None, addresses: Vec::new },
        user: host::person,
        new_guid: next_guid,
        input: || None,
        dial: host::no_server,
    }
}

/// How a line ended and what it printed.
pub struct Ran {
    pub exit: Exit,
    pub out: String,
    pub err: String,
    /// Both, in the order in which they were written.
    pub both: String,
}

/// Runs a line as bash would hand it over, shown on a screen of `width` columns or on none.
pub fn run(world: &World, line: &str, width: Option<usize>, colour: bool) -> Ran {
    let both = RefCell::default();
    let (mut out, mut err) = (Tee { own: Vec::new(), both: &both }, Tee { own: Vec::new(), both: &both });
    let screen = Screen { width, terminal: width.is_some(), colour, ..Screen::file(|| TimeZone::UTC) };
    let mut ui = Ui::new(&mut out, screen, &mut err, Screen::file(|| TimeZone::UTC));
    let exit = exch::run(world, words(line).into_iter().map(Into::into), None, &mut ui);
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let (out, err) = (text(&out.own), text(&err.own));
    Ran { exit, out, err, both: text(&both.into_inner()) }
}

/// The words of a line: blanks part them, single quotes hold them together.
fn words(line: &str) -> Vec<String> {
    let (mut words, mut quoted, mut open) = (Vec::new(), false, false);
    for c in line.chars() {
        match c {
            '\'' => {
                quoted = !quoted;
                if !open {
                    words.push(String::new());
                }
                open = true;
            }
            ' ' if !quoted => open = false,
            _ => {
                if !open {
                    words.push(String::new());
                }
                open = true;
                if let Some(word) = words.last_mut() {
                    word.push(c);
                }
            }
        }
    }
    words
}
