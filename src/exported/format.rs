//! Which format a file has, by its beginning.

use super::{from_csv, from_dsc, from_list};

/// The byte order mark.
const MARK: char = '\u{feff}';

/// The root element of Clixml.
const CLIXML: &str = "<Objs";

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
    /// A desired state configuration.
    Dsc,
}

impl Format {
    /// The format of a file that begins so; nothing for what is none.
    #[must_use]
    pub fn of(head: &str) -> Option<Format> {
        let head = head.trim_start_matches(MARK).trim_start();
        let first = head.lines().next().unwrap_or_default();
        if head.starts_with('<') && !head.starts_with("<#") {
            head.contains(CLIXML).then_some(Format::Clixml)
        } else if head.starts_with(['{', '[']) {
            Some(Format::Json)
        } else if from_dsc::begins(head) {
            Some(Format::Dsc)
        } else if from_list::pair(first).is_some() {
            Some(Format::List)
        } else if first.starts_with(from_csv::TYPE) || is_header(first) {
            Some(Format::Csv)
        } else {
            None
        }
    }

    /// Of a file that is no export, what it is instead, as far as its beginning shows: `is empty`.
    #[must_use]
    pub fn otherwise(head: &str) -> String {
        let is_element = |at: &usize| head[at + 1..].starts_with(|c: char| c.is_ascii_alphabetic());
        let first = head.match_indices('<').map(|(at, _)| at).find(is_element);
        match first.filter(|_| head.trim_start_matches(MARK).trim_start().starts_with('<')) {
            Some(at) => {
                let name = head[at + 1..].split(|c: char| c.is_whitespace() || c == '>' || c == '/').next();
                let name = name.unwrap_or_default();
                format!("is not Clixml: its first element is <{name}>, not <Objs>")
            }
            None if head.trim().is_empty() => "is empty".to_owned(),
            None => "is not an export that is read here".to_owned(),
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
            Format::Dsc => "a DSC configuration",
        }
    }

    /// Whether such a file names only what is to be set, and not all that there is.
    #[must_use]
    pub(crate) fn is_partial(self) -> bool {
        self == Format::Dsc
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
