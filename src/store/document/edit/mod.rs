//! An edit: what changed between two states of a document, as splices into the text of the first.
//!
//! Nothing is printed anew. A key that changed gets another value, a list other elements, a table comes or goes;
//! all other bytes are the user's own, and a guard holds every edit to that before it is handed out.

mod access;
mod array;
mod array_rewrite;
mod blocks;
mod lcs;
mod list;
mod page;
mod pairs;
mod rows;
mod verify;

use std::ops::Range;

use super::collection::{Collection, InnerEdit};
use super::error::{DocumentError, Flaw};
use super::fresh::table;
use super::keys::Keys;
use super::place::Place;
use super::records::assemble;
use super::section::{ItemTables, Tables};
use super::source::Source;
use crate::connector::Host;
use crate::param::Noun;

pub(super) use access::Lists;
pub(super) use page::Page;
pub(super) use rows::{Change, edit_rows};

/// `text` with the server and the connectors of `new`. Connectors are known again by their Guid, else by their
/// name, else by their place; new ones stand after those that precede them in `new`, and nothing else moves.
/// Where `new` is what the text says already, the text comes back as it is. Rules are the caller's to check.
///
/// # Errors
/// [`DocumentError::Broken`] where the text cannot be read, [`DocumentError::Unkeepable`] where a change meets
/// tables inside values, and [`DocumentError::Lost`] where the edit failed its own check.
pub fn edit_host<'p>(
    text: impl AsRef<[u8]>,
    place: impl Into<Place<'p>>,
    new: &Host,
) -> Result<String, DocumentError> {
    edit(text.as_ref(), place.into(), new)
}

/// The same for any document.
pub(super) fn edit<C: Collection>(text: &[u8], place: Place<'_>, new: &C) -> Result<String, DocumentError> {
    let source = Source::read(text, place.file)?;
    Ok(write(&source, place, new)?.unwrap_or_else(|| source.whole(source.text())))
}

/// The edited text; nothing where there is nothing to edit.
fn write<C: Collection>(
    source: &Source<'_>,
    place: Place<'_>,
    new: &C,
) -> Result<Option<String>, DocumentError> {
    let domain = place.domain;
    let tree = source.parse()?;
    let mut flaws = Vec::new();
    let tables = Tables::of::<C>(tree.get_ref(), source.text(), &mut flaws);
    let old: C = assemble(&tables, domain, &mut flaws);
    if !flaws.is_empty() {
        return Err(source.broken(flaws));
    }
    if verify::differs(&old, new).is_none() {
        return Ok(None);
    }
    if let Some(inline) = tables.inline() {
        return Err(source.unkeepable(inside_a_value(inline.header.start, C::Item::NAME)));
    }
    let mut page = Page::of(source);
    Editor { page: &mut page, tables: &tables, domain, old: &old, new }.run();
    let edited = page.finish(source)?;
    verify::reread(&edited, place, new, (source.text(), &old))?;
    Ok(Some(edited))
}

fn inside_a_value(at: usize, name: &str) -> Flaw {
    let message = format!("a {name} that is written inside a value cannot be edited without rewriting it");
    Flaw::new(at, message, format!("write it as a table: [[{name}]] on a line, and its keys below"))
}

struct Editor<'e, 't, C> {
    page: &'e mut Page,
    tables: &'e Tables<'t>,
    domain: &'e str,
    old: &'e C,
    new: &'e C,
}

impl<C: Collection> Editor<'_, '_, C> {
    fn run(&mut self) {
        let (old, new) = (self.old.owner(), self.new.owner());
        let change = Change { old, new, blank: &C::blank_owner() };
        edit_rows(self.page, &self.tables.root, &Keys::new(), C::release(new), change, 0);
        let pairs = pairs::pair(self.old.items(), self.new.items());
        self.removed(&pairs);
        self.put(&pairs);
    }

    fn removed(&mut self, pairs: &[Option<usize>]) {
        let mut stays = vec![false; self.old.items().len()];
        for at in pairs.iter().flatten() {
            if let Some(stays) = stays.get_mut(*at) {
                *stays = true;
            }
        }
        for (tables, _) in self.tables.items.iter().zip(stays).filter(|(_, stays)| !stays) {
            let block = self.block(tables);
            self.page.blocks.remove(block);
        }
    }

    /// Items that stay are edited where they stand, new ones follow the item before them.
    fn put(&mut self, pairs: &[Option<usize>]) {
        let owner = self.new.owner();
        let (keys, blank) = (Keys::new(), C::blank_item(owner));
        let same_ground = C::same_ground(self.old.owner(), owner);
        let mut absent = None;
        let mut after = match self.tables.items.last() {
            Some(last) => self.block(last).end,
            None if C::Owner::rows().is_empty() => 0,
            None => self.page.body_end(&self.tables.root),
        };
        for (new, at) in self.new.items().iter().zip(pairs) {
            let place = at.and_then(|at| Some((self.old.items().get(at)?, self.tables.items.get(at)?)));
            let Some((old, tables)) = place else {
                let absent = absent.get_or_insert_with(|| keys.values(&blank));
                let text = table::<C>(&keys, new, (owner, absent), (self.domain, self.page.eol));
                self.page.blocks.insert(after, text);
                continue;
            };
            after = self.block(tables).end;
            if same_ground && old == new {
                continue;
            }
            let start = tables.table.keys_start(&self.page.base);
            let change = Change { old, new, blank: &blank };
            edit_rows(self.page, &tables.table, &keys, C::release(owner), change, start);
            let edit = InnerEdit { owner, same_ground, domain: self.domain, end: after };
            C::edit_inner(self.page, tables, (old, new), edit);
        }
    }

    /// The lines of an item's tables, with the comment that stands directly above.
    fn block(&self, tables: &ItemTables<'_>) -> Range<usize> {
        let last = tables.inner.last().unwrap_or(&tables.table);
        let start = if C::SINGLE { 0 } else { self.page.body_start(&tables.table) };
        start..self.page.body_end(last)
    }
}
