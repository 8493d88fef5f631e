//! Sizes in bytes, spelled `36MB`, `36 MB` or `36 MB (37,748,736 bytes)` (rule V3).

use std::fmt;
use std::str::FromStr;

use thiserror::Error;

use crate::powershell::number::{Number, number};
use crate::text::grouped;

/// A number of bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Size(u64);

/// The text is no size.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("a size is a number with B, KB, MB, GB or TB, such as 36MB")]
pub struct ParseSizeError;

/// Units from the largest, with their bytes (factors of 1024).
const UNITS: [(&str, u64); 5] =
    [("TB", 1 << 40), ("GB", 1 << 30), ("MB", 1 << 20), ("KB", 1 << 10), ("B", 1)];

impl Size {
    /// A size of that many bytes.
    #[must_use]
    pub const fn bytes(bytes: u64) -> Self {
        Size(bytes)
    }

    /// Its number of bytes.
    #[must_use]
    pub const fn as_bytes(self) -> u64 {
        self.0
    }

    /// The shortest exact spelling, `36 MB` or `37748737`: what a careful person would write in a file.
    #[must_use]
    pub fn short(self) -> String {
        let exact =
            UNITS.iter().find(|(_, unit)| *unit > 1 && self.0 >= *unit && self.0.is_multiple_of(*unit));
        exact.map_or_else(|| self.0.to_string(), |(name, unit)| format!("{} {name}", self.0 / unit))
    }
}

impl fmt::Display for Size {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (name, unit) = UNITS.iter().find(|(_, unit)| self.0 >= *unit).unwrap_or(&("B", 1));
        write!(f, "{} {name} ({} bytes)", four_digits(self.0, *unit), grouped(self.0))
    }
}

/// `bytes / unit` with at most four significant digits, rounded half up in whole numbers.
fn four_digits(bytes: u64, unit: u64) -> String {
    let whole = bytes / unit;
    let decimals = 4usize.saturating_sub(whole.to_string().len()) as u32;
    let scale = 10u128.pow(decimals);
    let rounded = (u128::from(bytes) * scale * 2 + u128::from(unit)) / (u128::from(unit) * 2);
    let (head, tail) = (rounded / scale, rounded % scale);
    let tail = format!("{tail:0width$}", width = decimals as usize);
    let tail = tail.trim_end_matches('0');
    if decimals == 0 || tail.is_empty() { head.to_string() } else { format!("{head}.{tail}") }
}

impl FromStr for Size {
    type Err = ParseSizeError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let text = text.trim();
        let Some((head, rest)) = text.split_once('(') else { return plain(text) };
        let bytes = rest.strip_suffix(')').and_then(|r| r.strip_suffix(" bytes")).ok_or(ParseSizeError)?;
        let exact: Size = bytes.replace(',', "").parse().map(Size).map_err(|_| ParseSizeError)?;
        let rounded = plain(head.trim_end())?;
        // The parenthesis is exact, the head is rounded to four digits: they must tell the same size.
        let far = exact.0.abs_diff(rounded.0) > rounded.0 / 1_000 + 1;
        if far { Err(ParseSizeError) } else { Ok(exact) }
    }
}

/// A number with or without a unit, a space allowed between them.
fn plain(text: &str) -> Result<Size, ParseSizeError> {
    let upper = text.to_ascii_uppercase();
    let two = UNITS
        .iter()
        .filter(|(name, _)| name.len() == 2)
        .find_map(|(name, _)| upper.strip_suffix(name).map(|head| (head, *name)));
    let spelled = match two {
        Some((head, name)) => format!("{}{name}", head.trim_end()),
        // `B` is the product's own unit; PowerShell would read 0xB as eleven, so hexadecimal keeps it.
        None if !upper.starts_with("0X") => upper.strip_suffix('B').unwrap_or(&upper).trim_end().to_owned(),
        None => upper,
    };
    number(&spelled)
        .and_then(Number::whole)
        .and_then(|n| u64::try_from(n).ok())
        .map(Size)
        .ok_or(ParseSizeError)
}
