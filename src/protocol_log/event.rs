//! One line of a log, as fields.

use std::borrow::Cow;

use crate::param::Version;

/// What happens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EventKind {
    /// `+`: the client connects.
    Connect,
    /// `-`: the session ends.
    Disconnect,
    /// `>`: the server says.
    Server,
    /// `<`: the client says.
    Client,
    /// `*`: information. The star is lost in some copies.
    Information,
}

impl EventKind {
    /// What the event's field says.
    pub fn read(field: &[u8]) -> Option<Self> {
        Some(match field {
            b"+" => EventKind::Connect,
            b"-" => EventKind::Disconnect,
            b">" => EventKind::Server,
            b"<" => EventKind::Client,
            b"*" | b"" => EventKind::Information,
            _ => return None,
        })
    }

    /// The sign that a log writes for it.
    #[must_use]
    pub fn sign(self) -> char {
        match self {
            EventKind::Connect => '+',
            EventKind::Disconnect => '-',
            EventKind::Server => '>',
            EventKind::Client => '<',
            EventKind::Information => '*',
        }
    }
}

/// A line.
#[derive(Clone, Debug)]
pub struct Event<'l> {
    /// The version of the server, where the header of the log is certain of it.
    pub version: Option<Version>,
    /// When, in milliseconds since 1970, UTC.
    pub time: i64,
    /// `SERVER\Connector`.
    pub connector: Cow<'l, str>,
    /// The session's identifier: 16 hexadecimal digits in real logs.
    pub session: Cow<'l, str>,
    /// Its place in the session. Numbers jump and repeat.
    pub sequence: u32,
    /// The server's address and port.
    pub local: &'l [u8],
    /// The client's.
    pub remote: &'l [u8],
    /// What happens.
    pub kind: EventKind,
    /// What is said.
    pub data: Cow<'l, str>,
    /// What the server remarks.
    pub context: Cow<'l, str>,
}
