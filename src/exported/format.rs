//! Which format a file has, by its beginning.

use super::{from_csv, from_list};

/// A format of exports.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// What Export-Clixml writes.
    Clixml,
    /// What ConvertTo-Json writes.
    Json,
    /// What Export-Csv writes.
    Csv,
    /// What Format-List prints.
    List,
}

impl Format {
    /// The format of a file that begins so; nothing for what is none.
    #[must_use]
    pub fn of(head: &str) -> Option<Format> {
        let head = head.trim_start_matches('\u{feff}').trim_start();
        let first = head.lines().next().unwrap_or_default();
        if head.starts_with('<') {
            Some(Format::Clixml)
        } else if head.starts_with(['{', '[']) {
            Some(Format::Json)
        } else if from_list::pair(first).is_some() {
            Some(Format::List)
        } else if first.starts_with(from_csv::TYPE) || is_header(first) {
            Some(Format::Csv)
        } else {
            None
        }
    }

    /// What it is called.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Format::Clixml => "Clixml",
            Format::Json => "JSON",
            Format::Csv => "CSV",
            Format::List => "Format-List text",
        }
    }
}

/// Whether a line is one of names, in quotes or not, with a delimiter between them.
fn is_header(line: &str) -> bool {
    let Some(delimiter) = from_csv::delimiter(line) else { return false };
    let is_name = |part: &str| {
        let name = part.trim().trim_matches('"');
        !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric())
    };
    line.trim_end().split(delimiter).all(is_name)
}
