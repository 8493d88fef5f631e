//! What a file's header says: which log it is, and which column is where.

use super::line::MOST_COLUMNS;

/// A log, as its header calls it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LogKind {
    /// A receive protocol log.
    Receive,
    /// A send protocol log.
    Send,
    /// Another log of Exchange, by its own name: `Message Tracking Log`.
    Other(String),
}

impl LogKind {
    /// What `#Log-type:` says.
    pub fn read(text: &str) -> Self {
        let name = text.trim();
        match name.to_ascii_lowercase().as_str() {
            "smtp receive protocol log" => LogKind::Receive,
            "smtp send protocol log" => LogKind::Send,
            _ => LogKind::Other(name.to_owned()),
        }
    }
}

/// Where each field stands.
#[derive(Clone, Copy, Debug)]
pub struct Columns {
    pub time: usize,
    pub connector: usize,
    pub session: usize,
    pub sequence: Option<usize>,
    pub local: Option<usize>,
    pub remote: Option<usize>,
    pub event: usize,
    pub data: usize,
    pub context: Option<usize>,
    /// How many there are.
    pub count: usize,
}

/// The order of every version so far, which holds where a file has no header.
pub(crate) const USUAL: Columns = Columns {
    time: 0,
    connector: 1,
    session: 2,
    sequence: Some(3),
    local: Some(4),
    remote: Some(5),
    event: 6,
    data: 7,
    context: Some(8),
    count: 9,
};

impl Columns {
    /// What `#Fields:` says; nothing where a column is missing that no session can be read without.
    pub fn read(text: &str) -> Option<Self> {
        let names: Vec<String> = text.split(',').map(|name| name.trim().to_ascii_lowercase()).collect();
        let place = |wanted: &str| names.iter().position(|name| name == wanted);
        if names.len() > MOST_COLUMNS {
            return None;
        }
        Some(Columns {
            time: place("date-time")?,
            connector: place("connector-id")?,
            session: place("session-id")?,
            sequence: place("sequence-number"),
            local: place("local-endpoint"),
            remote: place("remote-endpoint"),
            event: place("event")?,
            data: place("data")?,
            context: place("context"),
            count: names.len(),
        })
    }

    /// Whether data and context stand last, so that a line with too many commas can be read.
    pub(crate) fn ends_in_data(&self) -> bool {
        self.context == Some(self.data + 1) && self.count == self.data + 2
    }
}
