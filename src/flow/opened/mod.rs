//! What a firewall lets pass, read from the lists that firewall teams send: CSV, or what `nft -j list ruleset` prints
//! (D10).
//!
//! It knows no data path; names that are no addresses are looked up by whoever asks.

mod condition;
mod csv;
mod nft;
mod words;

use crate::datapath::path::Transport;
use crate::flow::area::Area;
use crate::flow::firewall::PortRange;
use crate::net::RemoteRange;

/// A line or rule that lets connections pass.
#[derive(Clone, Debug)]
pub struct Opening {
    /// Where it stands: `line 4`, `chain forward, handle 9`.
    pub place: String,
    /// The connections that it lets pass.
    pub areas: Vec<Area>,
}

/// What was read.
#[derive(Clone, Debug, Default)]
pub struct Opened {
    /// What lets connections pass, in order.
    pub openings: Vec<Opening>,
    /// What was left out of the comparison.
    pub remarks: Vec<String>,
}

/// Why a text was not read.
#[derive(Clone, Debug)]
pub struct Unread {
    /// Where: `line 4`; empty for the text as a whole.
    pub place: String,
    /// What is wrong.
    pub message: String,
    /// What to write.
    pub hint: String,
}

impl Unread {
    fn new(place: impl Into<String>, message: impl Into<String>, hint: impl Into<String>) -> Self {
        Unread { place: place.into(), message: message.into(), hint: hint.into() }
    }

    /// One sentence about a file: a message without a subject is about the line, or the file.
    #[must_use]
    pub fn sentence(&self, file: &str) -> String {
        let Unread { place, message, .. } = self;
        let has_subject = !["has ", "is "].iter().any(|verb| message.starts_with(verb));
        match (place.is_empty(), has_subject) {
            (true, true) => format!("`{file}`: {message}"),
            (true, false) => format!("`{file}` {message}"),
            (false, true) => format!("`{file}`: {place}: {message}"),
            (false, false) => format!("`{file}`: {place} {message}"),
        }
    }
}

/// The addresses behind a name that is none itself.
pub type Names<'n> = &'n dyn Fn(&str) -> Option<Vec<RemoteRange>>;

/// Reads a list, which is JSON of nftables where it begins as JSON does, else CSV.
///
/// # Errors
/// Each line that is not understood; at least one.
pub fn read(text: &str, names: Names<'_>) -> Result<Opened, Vec<Unread>> {
    let is_json = text.trim_start().starts_with(['{', '[']);
    if is_json { nft::read(text).map_err(|unread| vec![unread]) } else { csv::read(text, names) }
}

/// Every address of both families.
fn everywhere() -> Vec<RemoteRange> {
    ["0.0.0.0/0", "::/0"].iter().filter_map(|text| text.parse().ok()).collect()
}

const BOTH: [Transport; 2] = [Transport::Tcp, Transport::Udp];

fn areas(
    sources: &[RemoteRange],
    destinations: &[RemoteRange],
    services: &[(Transport, PortRange)],
) -> Vec<Area> {
    services
        .iter()
        .flat_map(|(transport, ports)| Area::of(sources, destinations, *transport, &[*ports]))
        .collect()
}
