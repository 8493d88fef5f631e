//! A chapter on a sheet: how Get-Help shows a topic, in the frame of the cmdlets' pages.

use super::block::{Block, Reference};
use super::chapter::Chapter;
use super::text_layout::{INDENT, Text, TextLayout};
use super::view;

/// The widest column of names; what is wider stands above what is said of it.
const NAMES: usize = 28;

/// The whole chapter.
pub(super) fn render(chapter: &Chapter, sheet: &TextLayout) -> String {
    let mut text = Text::new(sheet);
    text.heading(0, "NAME");
    text.line(INDENT, chapter.about.name());
    section("Synopsis", &mut text);
    text.prose(INDENT, &format!("{}.", chapter.synopsis));
    blocks(&chapter.blocks, &mut text);
    let others = chapter.see.iter().filter(|reference| **reference != Reference::Program);
    let names: Vec<&str> = others.map(Reference::name).collect();
    if !names.is_empty() {
        section("Related links", &mut text);
        text.prose(INDENT, &names.join(", "));
    }
    text.done()
}

/// Blocks one after the other.
pub(super) fn blocks(blocks: &[Block], text: &mut Text<'_>) {
    let mut last = None;
    for block in blocks {
        if last.is_some_and(|last| parted(last, block)) {
            text.blank();
        }
        put(block, text);
        last = Some(block);
    }
}

/// Whether a blank line parts two blocks: none stands after a heading, nor between a paragraph and its entries.
fn parted(one: &Block, other: &Block) -> bool {
    match other {
        Block::Entries(_) | Block::Index(_) => {
            !matches!(one, Block::Section(_) | Block::Group(_) | Block::Prose(_))
        }
        _ => !matches!(one, Block::Section(_) | Block::Group(_)),
    }
}

fn section(title: &str, text: &mut Text<'_>) {
    text.blank();
    text.heading(0, &title.to_uppercase());
}

fn put(block: &Block, text: &mut Text<'_>) {
    match block {
        Block::Section(title) => section(title, text),
        Block::Group(title) => {
            text.blank();
            text.heading(2, title);
        }
        Block::Prose(says) => text.prose(INDENT, says),
        Block::Syntax(lines) => lines.iter().for_each(|line| text.command(INDENT, line)),
        Block::Entries(entries) => entered(entries.iter().map(|(name, says)| (name.as_str(), says)), text),
        Block::Index(index) => entered(index.iter().map(|(to, says)| (to.name(), says)), text),
        Block::Parameters(facts) => facts.iter().for_each(|fact| text.line(INDENT, &fact.typed)),
        Block::Examples(shown) => shown.iter().for_each(|one| view::example(&one.example, text)),
        Block::Screen(says) => says.lines().for_each(|line| text.line(INDENT, line)),
    }
}

/// Names in a column, each with what is said of it beside it, where the longest word has room.
fn entered<'e>(entries: impl Iterator<Item = (&'e str, &'e String)> + Clone, text: &mut Text<'_>) {
    let longest = entries.clone().map(|(name, _)| name.len()).max().unwrap_or(0);
    let words = entries.clone().flat_map(|(_, says)| says.split(' '));
    let room = text.width().saturating_sub(words.map(str::len).max().unwrap_or(0));
    let column = (INDENT + longest.min(NAMES) + 2).min(room).max(INDENT * 2);
    for (name, says) in entries {
        text.entry(INDENT, name, column, says);
    }
}
