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
        // A spreadsheet gives each line as many fields as the longest one has.
        let name = text.trim_end_matches([',', ';', '\t']).trim();
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
    /// What stands between two fields: a comma, or what a spreadsheet wrote in its place.
    pub separator: u8,
}

/// What may stand between two fields: Excel takes the list separator of Windows, and tabs in text files.
pub(crate) const SEPARATORS: [u8; 3] = [b',', b';', b'\t'];

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
    separator: b',',
};

impl Columns {
    /// What `#Fields:` says; nothing where a column is missing that no session can be read without.
    pub fn read(text: &str) -> Option<Self> {
        let separator = SEPARATORS.into_iter().find(|one| text.as_bytes().contains(one))?;
        let name = |name: &str| name.trim().trim_matches('"').to_ascii_lowercase();
        let mut names: Vec<String> = text.split(char::from(separator)).map(name).collect();
        while names.last().is_some_and(String::is_empty) {
            names.pop();
        }
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
            separator,
        })
    }

    /// Whether data and context stand last, so that a line with too many commas can be read.
    pub(crate) fn ends_in_data(&self) -> bool {
        self.context == Some(self.data + 1) && self.count == self.data + 2
    }
}
