//! The text being edited: its lines, the splices into it, and what they may touch.

use std::ops::Range;

use super::super::error::DocumentError;
use super::super::section::Section;
use super::super::source::{Source, line_end, line_start, slice};
use super::blocks::Blocks;
use super::verify;

/// A text and what is to become of it. Offsets are those of the old text throughout.
pub(in super::super) struct Page {
    /// The old text, with a last line end whether it had one or not.
    pub base: String,
    pub eol: &'static str,
    /// Tables that come and go.
    pub blocks: Blocks,
    had_last_eol: bool,
    splices: Vec<(Range<usize>, String)>,
    /// Lines that a change is allowed to differ in.
    touched: Vec<Range<usize>>,
}

impl Page {
    pub fn of(source: &Source<'_>) -> Self {
        let (text, eol) = (source.text(), source.eol());
        let had_last_eol = text.is_empty() || text.ends_with('\n');
        let base = if had_last_eol { text.to_owned() } else { format!("{text}{eol}") };
        let (blocks, splices, touched) = (Blocks::default(), Vec::new(), Vec::new());
        Page { base, eol, blocks, had_last_eol, splices, touched }
    }

    /// Replaces bytes of the lines `lines`.
    pub fn replace(&mut self, lines: Range<usize>, bytes: Range<usize>, text: String) {
        self.touched.push(lines);
        self.splices.push((bytes, text));
    }

    /// Puts whole lines in; what was put at the same place before stays before.
    pub fn insert(&mut self, at: usize, lines: String) {
        self.splices.push((at..at, lines));
    }

    /// The new text, once every line that no change speaks of is known to be in it.
    pub fn finish(mut self, source: &Source<'_>) -> Result<String, DocumentError> {
        let lost = |what: &str| DocumentError::Lost { file: source.file().to_owned(), what: what.to_owned() };
        let blocks = std::mem::take(&mut self.blocks);
        self.touched.extend(blocks.removed().iter().cloned());
        self.splices.extend(blocks.resolve(&self.base, self.eol));
        self.splices.sort_by_key(|(bytes, _)| (bytes.start, bytes.end));
        let mut text = spliced(&self.base, &self.splices).ok_or_else(|| lost("two edits of one place"))?;
        if !verify::keeps_lines(&self.base, &self.touched, &text) {
            return Err(lost("a line went that no change speaks of"));
        }
        if !self.had_last_eol && text.ends_with(self.eol) {
            text.truncate(text.len() - self.eol.len());
        }
        Ok(source.whole(&text))
    }

    /// Where a table begins: at its header, or at the comment lines directly above.
    pub(crate) fn body_start(&self, section: &Section<'_>) -> usize {
        self.comments_above(line_start(&self.base, section.header.start), 0)
    }

    /// Where a table ends: after its last key, or after comment lines directly below that do not stand directly
    /// above the next table.
    pub(crate) fn body_end(&self, section: &Section<'_>) -> usize {
        let keys_end = section.keys_end(&self.base);
        let mut end = keys_end;
        while is_comment(self.line_at(end)) {
            end = line_end(&self.base, end);
        }
        if self.line_at(end).trim_start().starts_with('[') { keys_end } else { end }
    }

    /// Where the comment lines directly above the line at `start` begin; not before `floor`.
    pub(crate) fn comments_above(&self, start: usize, floor: usize) -> usize {
        let mut at = start;
        while at > floor {
            let above = line_start(&self.base, at - 1);
            if !is_comment(slice(&self.base, &(above..at))) {
                break;
            }
            at = above;
        }
        at
    }

    fn line_at(&self, at: usize) -> &str {
        slice(&self.base, &(at..line_end(&self.base, at)))
    }
}

fn is_comment(line: &str) -> bool {
    line.trim_start().starts_with('#')
}

/// The text with every splice made; nothing where two of them overlap.
fn spliced(base: &str, splices: &[(Range<usize>, String)]) -> Option<String> {
    let mut out = String::with_capacity(base.len());
    let mut seen = 0;
    for (bytes, text) in splices {
        out.push_str(base.get(seen..bytes.start)?);
        out.push_str(text);
        seen = bytes.end;
    }
    out.push_str(base.get(seen..)?);
    Some(out)
}
