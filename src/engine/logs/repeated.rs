//! Sessions that are there again, whichever way a log came in twice: beside its archive, saved again by another program,
//! through a pipe.

use std::collections::HashSet;
use std::hash::BuildHasher;

use foldhash::fast::RandomState;

use crate::protocol_log::Session;

/// The most sessions that are remembered, of some 20 bytes each: those after them are not looked for.
const MOST: usize = 1 << 21;

/// The sessions so far, by their marks.
#[derive(Default)]
pub struct Repeated {
    marks: HashSet<u64, RandomState>,
    hasher: RandomState,
    count: u64,
}

impl Repeated {
    /// Whether a session, or a part of one, was there before. It is counted then.
    pub fn has(&mut self, session: &Session) -> bool {
        let mark = self.hasher.hash_one(session.mark());
        let is_there = match self.marks.len() < MOST {
            true => !self.marks.insert(mark),
            false => self.marks.contains(&mark),
        };
        self.count += u64::from(is_there);
        is_there
    }

    /// How many were there before, since this was asked for last.
    pub fn take(&mut self) -> u64 {
        std::mem::take(&mut self.count)
    }
}
