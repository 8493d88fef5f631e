//! What a stream is shown on, and how values read there. It knows nothing of how they are laid out.

use std::borrow::Cow;

use jiff::tz::TimeZone;

use super::escape::visible;
use crate::param::{Value, print_moment};
use crate::powershell::quote::Quoting;

/// The reader's side of a stream.
#[derive(Clone, Debug)]
pub struct Screen {
    /// Columns of the terminal; nothing when there is none, and then every line is whole.
    pub width: Option<usize>,
    /// The reader's time zone.
    pub zone: fn() -> TimeZone,
    /// Whether colour may be used.
    pub colour: bool,
    /// Whether a terminal obeys what is written: control characters are escaped then.
    pub terminal: bool,
    /// Whether a progress bar may be drawn on it: not beside a pager, which draws on the same terminal.
    pub bars: bool,
    /// For which kind of shell lines to type are quoted.
    pub quoting: Quoting,
}

impl Screen {
    /// A file or a pipe: whole lines, no colour, nothing escaped.
    #[must_use]
    pub fn file(zone: fn() -> TimeZone) -> Self {
        Screen { width: None, zone, colour: false, terminal: false, bars: false, quoting: Quoting::Posix }
    }

    /// The width to keep to; a terminal that reports none (0) sets no bound.
    pub(super) fn bound(&self) -> Option<usize> {
        self.width.filter(|width| *width > 0)
    }

    /// The text as this stream may carry it.
    #[must_use]
    pub fn safe<'a>(&self, text: &'a str) -> Cow<'a, str> {
        if self.terminal { visible(text) } else { Cow::Borrowed(text) }
    }

    /// A value as `Format-List` and `Format-Table` print it.
    pub(super) fn text(&self, value: &Value) -> String {
        match value {
            Value::Time(time) => print_moment(*time, (self.zone)()),
            Value::Utc(time) => print_moment(*time, TimeZone::UTC),
            Value::List(items) => {
                let texts: Vec<String> = items.iter().map(|item| self.text(item)).collect();
                format!("{{{}}}", texts.join(", "))
            }
            Value::Text(text) | Value::Line(text) => self.safe(text).into_owned(),
            other => other.to_string(),
        }
    }
}
