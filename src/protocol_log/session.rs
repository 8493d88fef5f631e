//! A session with its lines, kept in one piece of text.

use std::hash::Hash;
use std::net::SocketAddr;

use super::event::{Event, EventKind};
use super::service::Service;
use crate::param::Version;

/// The most bytes of text that a session keeps: what goes on after that is a session of its own.
pub(crate) const MOST_TEXT: usize = 1 << 22;

/// What a session of more than one line gets room for, of lines and of bytes of text: many open ones stay small.
const USUAL_LINES: usize = 8;
const USUAL_TEXT: usize = 1 << 9;

/// A line of a session.
#[derive(Clone, Copy, Debug)]
pub struct Entry<'s> {
    /// When, in milliseconds since 1970, UTC.
    pub time: i64,
    /// Its place in the session, as logged.
    pub sequence: u32,
    /// What happens.
    pub kind: EventKind,
    /// What is said.
    pub data: &'s str,
    /// What the server remarks.
    pub context: &'s str,
}

#[derive(Clone, Copy, Debug)]
struct Place {
    time: i64,
    sequence: u32,
    kind: EventKind,
    data: u32,
    context: u32,
}

/// A session, whole or a part of one.
#[derive(Clone, Debug)]
pub struct Session {
    /// The service whose log it is in, where the path says so.
    pub service: Option<Service>,
    /// The version of the server, where the log is certain of it.
    pub version: Option<Version>,
    /// The connector as logged: `SERVER\Connector`.
    pub connector: String,
    /// Its identifier: unique in one run of one service on one server.
    pub id: String,
    /// The server's end.
    pub local: Option<SocketAddr>,
    /// The client's end.
    pub remote: Option<SocketAddr>,
    /// Whether its first line is there.
    pub begun: bool,
    /// Whether its last line is there.
    pub ended: bool,
    places: Vec<Place>,
    text: String,
}

impl Session {
    /// A session of which `event` is the first line that is known.
    #[must_use]
    pub fn new(event: &Event<'_>, service: Option<Service>) -> Self {
        Session {
            service,
            version: event.version,
            connector: event.connector.clone().into_owned(),
            id: event.session.clone().into_owned(),
            local: None,
            remote: None,
            begun: false,
            ended: false,
            places: Vec::new(),
            text: String::new(),
        }
    }

    /// Takes one more line.
    pub fn push(&mut self, event: &Event<'_>) {
        self.local = self.local.or_else(|| endpoint(event.local));
        self.remote = self.remote.or_else(|| endpoint(event.remote));
        self.begun |= event.kind == EventKind::Connect;
        self.ended |= event.kind == EventKind::Disconnect;
        if self.places.len() == 1 {
            self.places.reserve(USUAL_LINES);
            self.text.reserve(USUAL_TEXT);
        }
        let (data, context) = (&event.data, &event.context);
        let bytes = |text: &str| u32::try_from(text.len()).unwrap_or_default();
        self.places.push(Place {
            time: event.time,
            sequence: event.sequence,
            kind: event.kind,
            data: bytes(data),
            context: bytes(context),
        });
        self.text.push_str(data);
        self.text.push_str(context);
    }

    /// Takes the lines of a later part of the same session.
    pub fn append(&mut self, later: Session) {
        self.service = self.service.or(later.service);
        self.local = self.local.or(later.local);
        self.remote = self.remote.or(later.remote);
        self.begun |= later.begun;
        self.ended |= later.ended;
        self.places.extend(later.places);
        self.text.push_str(&later.text);
    }

    /// Whether it keeps as much text as a session may.
    #[must_use]
    pub fn is_full(&self) -> bool {
        self.text.len() >= MOST_TEXT
    }

    /// Its lines, in order.
    pub fn entries(&self) -> impl Iterator<Item = Entry<'_>> {
        let mut at = 0;
        self.places.iter().map(move |place| {
            let mut next = |length: u32| {
                let from = at;
                at += usize::try_from(length).unwrap_or_default();
                self.text.get(from..at).unwrap_or_default()
            };
            let Place { time, sequence, kind, .. } = *place;
            Entry { time, sequence, kind, data: next(place.data), context: next(place.context) }
        })
    }

    /// How many lines it has.
    #[must_use]
    pub fn len(&self) -> usize {
        self.places.len()
    }

    /// Whether it has no line.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.places.is_empty()
    }

    /// The time of its first line, in milliseconds since 1970.
    #[must_use]
    pub fn start(&self) -> i64 {
        self.places.first().map_or(0, |place| place.time)
    }

    /// The time of its last line.
    #[must_use]
    pub fn end(&self) -> i64 {
        self.places.last().map_or(0, |place| place.time)
    }

    /// What no two sessions share, nor two parts of one: connector, identifier, times, lines and their length.
    #[must_use]
    pub fn mark(&self) -> impl Hash {
        let first = self.places.first().map_or(0, |place| place.sequence);
        let ends = (self.start(), self.end(), self.len(), self.text.len());
        (self.connector.as_str(), self.id.as_str(), first, ends)
    }

    /// The server that the connector's name begins with.
    #[must_use]
    pub fn server(&self) -> &str {
        self.connector.split_once('\\').map_or("", |(server, _)| server)
    }

    /// The connector's name without its server.
    #[must_use]
    pub fn connector_name(&self) -> &str {
        self.connector.split_once('\\').map_or(&self.connector, |(_, name)| name)
    }

    /// The same lines with the data and the context of each put through `change`.
    #[must_use]
    pub(crate) fn rewritten(&self, mut change: impl FnMut(&Entry<'_>) -> (String, String)) -> Self {
        let mut session = Session { places: Vec::new(), text: String::new(), ..self.clone() };
        for entry in self.entries() {
            let (data, context) = change(&entry);
            let bytes = |text: &str| u32::try_from(text.len()).unwrap_or_default();
            let Entry { time, sequence, kind, .. } = entry;
            session.places.push(Place { time, sequence, kind, data: bytes(&data), context: bytes(&context) });
            session.text.push_str(&data);
            session.text.push_str(&context);
        }
        session
    }
}

/// `10.0.0.1:25`, `[2001:db8::5]:25`.
fn endpoint(field: &[u8]) -> Option<SocketAddr> {
    std::str::from_utf8(field).ok()?.trim_matches('"').parse().ok()
}
