//! Tables that come and go as whole blocks of lines, and the blank lines between them.

use std::collections::BTreeMap;
use std::ops::Range;

use super::super::source::{line_end, line_start, slice};

/// Blocks to take out, and texts to put in after the block that ends at a byte.
#[derive(Default)]
pub(in super::super) struct Blocks {
    removed: Vec<Range<usize>>,
    inserted: BTreeMap<usize, Vec<String>>,
}

impl Blocks {
    pub fn remove(&mut self, lines: Range<usize>) {
        self.removed.push(lines);
    }

    pub fn insert(&mut self, after: usize, table: String) {
        self.inserted.entry(after).or_default().push(table);
    }

    pub fn removed(&self) -> &[Range<usize>] {
        &self.removed
    }

    /// Removed blocks in order, those that touch made one, unless something comes between them.
    fn join(&mut self) {
        self.removed.sort_by_key(|block| block.start);
        let mut joined: Vec<Range<usize>> = Vec::with_capacity(self.removed.len());
        for block in self.removed.drain(..) {
            match joined.last_mut().filter(|last| last.end == block.start) {
                Some(last) if !self.inserted.contains_key(&last.end) => last.end = block.end,
                _ => joined.push(block),
            }
        }
        self.removed = joined;
    }

    /// The splices that do it. A removed block takes the blank lines below it along, the last one those above
    /// it; a new table has one blank line above, and takes the place of a removed block that it follows.
    pub fn resolve(mut self, base: &str, eol: &str) -> Vec<(Range<usize>, String)> {
        self.join();
        let mut splices = Vec::new();
        let mut last = Some(base.len());
        for block in self.removed.into_iter().rev() {
            if let Some(tables) = self.inserted.remove(&block.end) {
                last = None;
                splices.push((block, tables.join(eol)));
                continue;
            }
            let at_the_end = last.is_some_and(|end| is_blank(slice(base, &(block.end..end))));
            let above = blank_above(base, block.start);
            let lines = match at_the_end {
                true => above..block.end,
                false if above < block.start => block.start..blank_below(base, block.end),
                false => block,
            };
            last = last.filter(|_| at_the_end).map(|_| lines.start);
            splices.push((lines, String::new()));
        }
        let insertions = self.inserted.into_iter();
        splices.extend(insertions.map(|(at, tables)| (at..at, apart(base, at, &tables, eol))));
        splices
    }
}

/// Tables with a blank line above each, and one below where text follows directly.
fn apart(base: &str, at: usize, tables: &[String], eol: &str) -> String {
    let above = if at == 0 { "" } else { eol };
    let follows = slice(base, &(at..line_end(base, at)));
    let below = if is_blank(follows) { "" } else { eol };
    format!("{above}{}{below}", tables.join(eol))
}

fn is_blank(text: &str) -> bool {
    text.trim().is_empty()
}

/// Where the blank lines directly above `at` begin.
fn blank_above(base: &str, mut at: usize) -> usize {
    while at > 0 {
        let above = line_start(base, at - 1);
        if !is_blank(slice(base, &(above..at))) {
            break;
        }
        at = above;
    }
    at
}

/// Where the blank lines directly below `at` end.
fn blank_below(base: &str, mut at: usize) -> usize {
    while at < base.len() && is_blank(slice(base, &(at..line_end(base, at)))) {
        at = line_end(base, at);
    }
    at
}
