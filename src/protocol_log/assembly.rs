//! Sessions of one file: lines of many sessions, mixed, to one session each.

use std::collections::HashMap;

use foldhash::fast::RandomState;

use super::event::{Event, EventKind};
use super::service::Service;
use super::session::Session;

/// What tells sessions of one service apart.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Id {
    /// Hexadecimal digits, and how many.
    Number(u64, u8),
    /// Anything else.
    Text(String),
}

impl Id {
    fn read(text: &str) -> Self {
        // A number may begin with a sign, an identifier does not.
        let number = u64::from_str_radix(text, 16).ok().filter(|_| !text.starts_with('+'));
        match number.zip(u8::try_from(text.len()).ok()) {
            Some((number, length)) => Id::Number(number, length),
            None => Id::Text(text.to_owned()),
        }
    }
}

/// The sessions of a file that are not over.
pub struct Assembly {
    service: Option<Service>,
    /// Names as logged, by their numbers: few.
    connectors: Vec<String>,
    open: HashMap<(u32, Id), Session, RandomState>,
    most: usize,
}

impl Assembly {
    /// No session yet. Of more than `most` that are open at once, those that were silent the longest are taken to have
    /// lost their end.
    pub fn new(service: Option<Service>, most: usize) -> Self {
        Assembly { service, connectors: Vec::new(), open: HashMap::default(), most }
    }

    /// Takes a line, and gives the sessions that are over.
    pub fn push(&mut self, event: &Event<'_>, over: &mut impl FnMut(Session)) {
        let key = (self.connector(&event.connector), Id::read(&event.session));
        if event.kind == EventKind::Connect
            && let Some(before) = self.open.remove(&key)
        {
            over(before);
        }
        let session = self.open.entry(key.clone()).or_insert_with(|| Session::new(event, self.service));
        session.push(event);
        if (session.ended || session.is_full())
            && let Some(session) = self.open.remove(&key)
        {
            over(session);
        } else if self.open.len() > self.most {
            self.give_up(over);
        }
    }

    fn connector(&mut self, name: &str) -> u32 {
        let known = self.connectors.iter().position(|known| known == name);
        let at = known.unwrap_or_else(|| {
            self.connectors.push(name.to_owned());
            self.connectors.len() - 1
        });
        u32::try_from(at).unwrap_or(u32::MAX)
    }

    /// Ends the half of the sessions that was silent the longest.
    fn give_up(&mut self, over: &mut impl FnMut(Session)) {
        let mut ends: Vec<i64> = self.open.values().map(Session::end).collect();
        let half = ends.len() / 2;
        let (_, limit, _) = ends.select_nth_unstable(half);
        let limit = *limit;
        let silent = self.open.extract_if(|_, session| session.end() <= limit);
        in_order(silent.map(|(_, session)| session)).into_iter().for_each(over);
    }

    /// The sessions that are open at the end of the file, in the order in which they began.
    pub fn finish(self) -> Vec<Session> {
        in_order(self.open.into_values())
    }
}

/// Sessions in the order in which they began.
pub(crate) fn in_order(sessions: impl Iterator<Item = Session>) -> Vec<Session> {
    let mut sessions: Vec<Session> = sessions.collect();
    sessions.sort_by(|one, other| (one.start(), &one.id).cmp(&(other.start(), &other.id)));
    sessions
}
