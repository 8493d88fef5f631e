//! Sessions over two files: a part without an end, and in a later file one without a beginning.

use std::collections::HashMap;
use std::io::Read;

use super::assembly::{Assembly, in_order};
use super::event::Event;
use super::reader::{Broken, LogError, Reader, Sink, Totals};
use super::service::Service;
use super::session::Session;

/// More sessions than any server has open at once: its connectors take 5,000 each by default.
const MOST_OPEN: usize = 1 << 16;

/// The connector as logged, and the session's identifier. Connectors have names of their own on a server, so that these
/// tell services apart too, also where one of two paths does not name its service.
type Key = (String, String);

/// Sessions whose end has not been seen, of all files so far.
#[derive(Default)]
pub struct Join {
    open: HashMap<Key, Session>,
}

impl Join {
    /// Takes a session or a part of one, from files in the order of their time, and gives those that are over.
    pub fn push(&mut self, mut session: Session, over: &mut impl FnMut(Session)) {
        if session.begun && session.ended {
            return over(session);
        }
        let key = (session.connector.clone(), session.id.clone());
        if let Some(mut before) = self.open.remove(&key) {
            let services = before.service.zip(session.service);
            if session.begun || services.is_some_and(|(one, other)| one != other) {
                over(before);
            } else {
                before.append(session);
                session = before;
            }
        }
        if session.ended || session.is_full() {
            return over(session);
        }
        if self.open.len() >= MOST_OPEN {
            in_order(std::mem::take(&mut self.open).into_values()).into_iter().for_each(&mut *over);
        }
        self.open.insert(key, session);
    }

    /// The sessions whose end is in none of the files, in the order in which they began.
    #[must_use]
    pub fn finish(self) -> Vec<Session> {
        in_order(self.open.into_values())
    }
}

/// What takes the sessions of one file.
pub trait Sessions {
    /// A session or a part of one.
    fn session(&mut self, session: Session);
    /// A line that is not understood.
    fn broken(&mut self, broken: Broken);
    /// Whether reading is to end here; asked now and then, with the bytes that were read.
    fn is_enough(&mut self, bytes: u64) -> bool;
}

struct Collect<'s, S> {
    assembly: Assembly,
    sessions: &'s mut S,
}

impl<S: Sessions> Sink for Collect<'_, S> {
    fn event(&mut self, event: &Event<'_>) {
        self.assembly.push(event, &mut |session| self.sessions.session(session));
    }

    fn broken(&mut self, broken: Broken) {
        self.sessions.broken(broken);
    }

    fn is_enough(&mut self, bytes: u64) -> bool {
        self.sessions.is_enough(bytes)
    }
}

/// Reads one file: the sessions that end in it as they end, then those that are left open.
///
/// # Errors
/// As [`Reader::read`]; what was read before is given all the same.
pub fn read_file(
    input: impl Read,
    service: Option<Service>,
    sessions: &mut impl Sessions,
) -> (Totals, Result<(), LogError>) {
    let mut reader = Reader::new(input);
    let mut collect = Collect { assembly: Assembly::new(service, MOST_OPEN), sessions };
    let result = reader.read(&mut collect);
    let Collect { assembly, sessions } = collect;
    assembly.finish().into_iter().for_each(|session| sessions.session(session));
    (reader.totals(), result)
}
