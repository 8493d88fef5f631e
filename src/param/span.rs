//! Time spans, spelled `[d.]hh:mm:ss` (rule V4).

use std::fmt;
use std::str::FromStr;

use thiserror::Error;

/// A length of time in whole seconds, never negative.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span(u64);

/// Why a text is no time span.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum ParseSpanError {
    /// A number alone: PowerShell would read ticks or days, an administrator means seconds.
    #[error("a time span is written hh:mm:ss, and a number alone could be days or seconds")]
    Bare(u64),
    /// Not `[d.]hh:mm:ss`, or a part above its bound.
    #[error("a time span is written hh:mm:ss or d.hh:mm:ss")]
    Form,
}

impl Span {
    /// A span of that many seconds.
    #[must_use]
    pub const fn seconds(seconds: u64) -> Self {
        Span(seconds)
    }

    /// Its length in seconds.
    #[must_use]
    pub(crate) const fn as_seconds(self) -> u64 {
        self.0
    }
}

impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (days, rest) = (self.0 / 86_400, self.0 % 86_400);
        if days > 0 {
            write!(f, "{days}.")?;
        }
        write!(f, "{:02}:{:02}:{:02}", rest / 3_600, rest / 60 % 60, rest % 60)
    }
}

impl FromStr for Span {
    type Err = ParseSpanError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let text = text.trim();
        if let Ok(number) = text.parse::<u64>() {
            return Err(ParseSpanError::Bare(number));
        }
        let (days, clock) = text
            .split_once('.')
            .map_or(Ok((0, text)), |(days, clock)| Ok((part(days, 10_675_198)?, clock)))?;
        let parts: Vec<&str> = clock.split(':').collect();
        let [hours, minutes, seconds] = parts.as_slice() else { return Err(ParseSpanError::Form) };
        Ok(Span(days * 86_400 + part(hours, 23)? * 3_600 + part(minutes, 59)? * 60 + part(seconds, 59)?))
    }
}

/// One part of a span: digits alone, at most `bound`.
fn part(text: &str, bound: u64) -> Result<u64, ParseSpanError> {
    let digits = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    match text.parse::<u64>() {
        Ok(number) if digits && number <= bound => Ok(number),
        _ => Err(ParseSpanError::Form),
    }
}
