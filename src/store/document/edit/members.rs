//! A file of the organization, edited: one table for each object of one noun.

use std::ops::Range;

use super::super::error::DocumentError;
use super::super::keys::Keys;
use super::super::members::{assemble, table};
use super::super::section::{Section, member_tables};
use super::super::source::Source;
use super::{Change, Page, edit_rows, guard, inside_a_value, pairs};
use crate::organization::Member;

/// `text` with the objects of `new`: only the lines of what changed differ.
///
/// # Errors
/// As [`super::edit_host`].
pub(in super::super) fn edit_members<N: Member>(
    text: &[u8],
    file: &str,
    new: &[N],
) -> Result<String, DocumentError> {
    let source = Source::read(text, file)?;
    let tree = source.parse()?;
    let mut flaws = Vec::new();
    let tables = member_tables::<N>(tree.get_ref(), source.text(), &mut flaws);
    let old = assemble::<N>(&tables, &mut flaws);
    if !flaws.is_empty() {
        return Err(source.broken(flaws));
    }
    if old == new {
        return Ok(source.whole(source.text()));
    }
    if let Some(inline) = tables.iter().find(|section| section.inline) {
        return Err(source.unkeepable(inside_a_value(inline.header.start, N::NAME)));
    }
    let mut page = Page::of(&source);
    Editor { page: &mut page, tables: &tables, old: &old, new }.run();
    let edited = page.finish(&source)?;
    guard::reread_members(&edited, file, new).map(|()| edited)
}

struct Editor<'e, 't, N> {
    page: &'e mut Page,
    tables: &'e [Section<'t>],
    old: &'e [N],
    new: &'e [N],
}

impl<N: Member> Editor<'_, '_, N> {
    fn run(&mut self) {
        let (pairs, keys, blank) = (pairs::pair(self.old, self.new), Keys::new(), N::blank());
        let stays = |at: &usize| pairs.contains(&Some(*at));
        for at in (0..self.old.len()).filter(|at| !stays(at)) {
            let block = self.block(at);
            self.page.blocks.remove(block);
        }
        let mut after = self.tables.last().map_or(0, |section| self.page.body_end(section));
        for (new, at) in self.new.iter().zip(&pairs) {
            let place = at.and_then(|at| Some((self.old.get(at)?, self.tables.get(at)?, at)));
            let Some((old, section, at)) = place else {
                self.page.blocks.insert(after, table(&keys, new, self.page.eol));
                continue;
            };
            let start = section.keys_start(&self.page.base);
            let change = Change { old, new, blank: &blank };
            edit_rows(self.page, section, &keys, None, change, start);
            after = self.block(at).end;
        }
    }

    /// The lines of an object's table, with the comment that stands directly above.
    fn block(&self, at: usize) -> Range<usize> {
        self.tables.get(at).map_or(0..0, |section| {
            let start = if N::SINGLE { 0 } else { self.page.body_start(section) };
            start..self.page.body_end(section)
        })
    }
}
