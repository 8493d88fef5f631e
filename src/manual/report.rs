//! An answer to a question: one sentence, and the reasons under headings. It does not know what was asked.

use super::block::Block;
use super::text_layout::{Text, TextLayout};
use super::topic;

/// An answer with its reasons.
#[derive(Clone, Debug)]
pub struct Report {
    /// The answer in one sentence.
    pub answer: String,
    /// What made it.
    pub blocks: Vec<Block>,
}

impl Report {
    /// The same with every text as `spell` writes it, line by line: what a store or a file says may hold characters
    /// that a terminal obeys.
    #[must_use]
    pub fn spelled(&self, spell: &dyn Fn(&str) -> String) -> Self {
        let block = |block: &Block| match block {
            Block::Prose(says) => Block::Prose(spell(says)),
            Block::Screen(says) => Block::Screen(says.lines().map(spell).collect::<Vec<_>>().join("\n")),
            Block::Entries(entries) => {
                Block::Entries(entries.iter().map(|(name, says)| (spell(name), spell(says))).collect())
            }
            other => other.clone(),
        };
        Report { answer: spell(&self.answer), blocks: self.blocks.iter().map(block).collect() }
    }
}

/// The whole report: the answer first, which a reader may leave it at.
pub(super) fn render(report: &Report, sheet: &TextLayout) -> String {
    let mut text = Text::new(sheet);
    text.prose(0, &report.answer);
    topic::blocks(&report.blocks, &mut text);
    text.done()
}
