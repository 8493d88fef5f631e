//! A text by its lines, as editors and PowerShell count them.

use super::chars::is_newline;

/// A place in a text as editors count it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Position {
    /// The line, from 1.
    pub line: usize,
    /// The column in UTF-16 units, from 1, as PowerShell counts.
    pub column: usize,
}

/// A text by its lines. `\r\n`, `\n` and `\r` each end one.
#[derive(Clone, Debug)]
pub struct Lines<'t> {
    text: &'t str,
    /// Byte offsets at which lines begin.
    starts: Vec<usize>,
}

impl<'t> Lines<'t> {
    /// Looks for the lines of a text.
    #[must_use]
    pub fn new(text: &'t str) -> Self {
        let bytes = text.as_bytes();
        let ends = |at: &usize| match bytes.get(*at) {
            Some(b'\n') => true,
            Some(b'\r') => bytes.get(at + 1) != Some(&b'\n'),
            _ => false,
        };
        let starts = std::iter::once(0).chain((0..bytes.len()).filter(ends).map(|at| at + 1)).collect();
        Lines { text, starts }
    }

    /// Returns line and column of a byte offset.
    #[must_use]
    pub fn position(&self, at: usize) -> Position {
        let line = self.starts.partition_point(|start| *start <= at).max(1);
        let before = self.text.get(self.start(line)..at).unwrap_or_default();
        Position { line, column: before.encode_utf16().count() + 1 }
    }

    /// Returns the byte offset at which a line begins, counted from 1.
    #[must_use]
    pub fn start(&self, line: usize) -> usize {
        self.starts.get(line.saturating_sub(1)).copied().unwrap_or(self.text.len())
    }

    /// Returns a line without its end.
    #[must_use]
    pub fn line(&self, line: usize) -> &'t str {
        let rest = self.text.get(self.start(line)..).unwrap_or_default();
        rest.split(is_newline).next().unwrap_or_default()
    }
}
