//! An answer to a question: one sentence, and the reasons under headings. It does not know what was asked.

use super::block::Block;
use super::sheet::{Sheet, Text};
use super::topic;

/// An answer with its reasons.
#[derive(Clone, Debug)]
pub struct Report {
    /// The answer in one sentence.
    pub answer: String,
    /// What made it.
    pub blocks: Vec<Block>,
}

/// The whole report: the answer first, which a reader may leave it at.
pub(super) fn render(report: &Report, sheet: &Sheet) -> String {
    let mut text = Text::new(sheet);
    text.prose(0, &report.answer);
    topic::blocks(&report.blocks, &mut text);
    text.done()
}
