//! A source that gives so much for one tag or text and no more: a file without tags does not fill the memory.

use std::io::{self, BufRead, Read};

/// The longest tag or text, in bytes.
const LONGEST: usize = 16 << 20;

/// A source with what may still be read for one piece.
pub(super) struct Limited<R> {
    inner: R,
    left: usize,
}

impl<R> Limited<R> {
    pub fn new(inner: R) -> Self {
        Limited { inner, left: LONGEST }
    }

    /// Begins a piece.
    pub fn begin(&mut self) {
        self.left = LONGEST;
    }
}

impl<R: BufRead> BufRead for Limited<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.left == 0 {
            let what = format!("it has a tag or a text of more than {} MB", LONGEST >> 20);
            return Err(io::Error::new(io::ErrorKind::InvalidData, what));
        }
        self.inner.fill_buf()
    }

    fn consume(&mut self, amount: usize) {
        self.left = self.left.saturating_sub(amount);
        self.inner.consume(amount);
    }
}

impl<R: BufRead> Read for Limited<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.fill_buf()?.read(buffer)?;
        self.consume(read);
        Ok(read)
    }
}
