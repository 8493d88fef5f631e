//! Lines of a stream, without copying those that the buffer holds whole; no line takes more memory than a bound.

use std::io::{ErrorKind, Read, Result};

use memchr::memchr;

/// The bytes that are read at once.
const CHUNK: usize = 1 << 18;
/// The most bytes of a line. Real ones have some hundred.
const LONGEST: usize = 1 << 20;

/// What a line is.
pub enum Line<'b> {
    /// The line without its end.
    Text(&'b [u8]),
    /// One of more than [`LONGEST`] bytes, skipped.
    TooLong,
}

/// The lines of a stream.
pub struct Lines<R> {
    input: R,
    buffer: Vec<u8>,
    /// What is read and not yet given.
    start: usize,
    end: usize,
    ended: bool,
    /// The number of the last line that was given, counted from 1.
    pub number: u64,
    /// The bytes that were read.
    pub bytes: u64,
}

impl<R: Read> Lines<R> {
    /// The lines of `input`.
    pub fn new(input: R) -> Self {
        Lines { input, buffer: vec![0; CHUNK], start: 0, end: 0, ended: false, number: 0, bytes: 0 }
    }

    /// The next line; nothing at the end.
    ///
    /// # Errors
    /// Where the stream cannot be read on: a packed file that was cut short, for one.
    pub fn next(&mut self) -> Result<Option<Line<'_>>> {
        let (mut seen, mut skips) = (self.start, false);
        let found = loop {
            let fresh = self.buffer.get(seen..self.end).unwrap_or_default();
            if let Some(newline) = memchr(b'\n', fresh) {
                break Some(seen + newline);
            }
            if self.ended {
                break None;
            }
            if self.end - self.start > LONGEST {
                (self.start, self.end, skips) = (0, 0, true);
            }
            seen = self.fill()?;
        };
        let stop = found.unwrap_or(self.end);
        let line = self.start..stop;
        if found.is_none() && line.is_empty() && !skips {
            return Ok(None);
        }
        self.start = found.map_or(self.end, |newline| newline + 1);
        self.number += 1;
        let text = self.buffer.get(line).unwrap_or_default();
        // A copy as text adds a carriage return to each.
        let end = text.iter().rposition(|byte| *byte != b'\r').map_or(0, |last| last + 1);
        let text = text.get(..end).unwrap_or_default();
        let is_long = skips || text.len() > LONGEST;
        Ok(Some(if is_long { Line::TooLong } else { Line::Text(text) }))
    }

    /// Reads more behind what is there; returns where that begins.
    fn fill(&mut self) -> Result<usize> {
        self.buffer.copy_within(self.start..self.end, 0);
        self.end -= self.start;
        self.start = 0;
        if self.buffer.len() < self.end + CHUNK {
            self.buffer.resize(self.end + CHUNK, 0);
        }
        let from = self.end;
        loop {
            let free = self.buffer.get_mut(from..).unwrap_or_default();
            match self.input.read(free) {
                Ok(0) => self.ended = true,
                Ok(read) => {
                    self.end += read;
                    self.bytes += u64::try_from(read).unwrap_or_default();
                }
                Err(error) if error.kind() == ErrorKind::Interrupted => continue,
                Err(error) => return Err(error),
            }
            return Ok(from);
        }
    }
}
