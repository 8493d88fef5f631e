//! A source that gives so much for one object and no more: a file of one endless line does not fill the memory.

use std::cell::Cell;
use std::io::{self, BufRead, Read};

/// The most text of one object, in bytes. Read as JSON it may take some twenty times as much memory.
const MOST: usize = 16 << 20;

/// How much may still be read for one object.
pub(super) struct Budget(Cell<usize>);

impl Default for Budget {
    fn default() -> Self {
        Budget(Cell::new(MOST))
    }
}

impl Budget {
    /// Begins an object.
    pub(crate) fn renew(&self) {
        self.0.set(MOST);
    }

    /// Whether an object was longer.
    pub(crate) fn is_spent(&self) -> bool {
        self.0.get() == 0
    }
}

/// The sentence for such a file.
pub(super) fn too_large() -> String {
    format!("it has an object of more than {} MB, or as much text without one", MOST >> 20)
}

/// A source within a budget.
pub(super) struct Bounded<'b, R> {
    inner: R,
    budget: &'b Budget,
}

impl<'b, R> Bounded<'b, R> {
    pub fn new(inner: R, budget: &'b Budget) -> Self {
        Bounded { inner, budget }
    }
}

impl<R: BufRead> BufRead for Bounded<'_, R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.budget.is_spent() {
            return Err(io::Error::new(io::ErrorKind::InvalidData, too_large()));
        }
        self.inner.fill_buf()
    }

    fn consume(&mut self, amount: usize) {
        self.budget.0.set(self.budget.0.get().saturating_sub(amount));
        self.inner.consume(amount);
    }
}

impl<R: BufRead> Read for Bounded<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.fill_buf()?.read(buffer)?;
        self.consume(read);
        Ok(read)
    }
}
