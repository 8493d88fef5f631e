//! The shape of a document: which tables it has, and the keys of each in the order in which they stand.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::collection::Collection;
use super::error::Flaw;
use super::source::{line_end, line_start};
use crate::param::Noun;

/// The table of one access list entry, under its connector.
pub(super) const PERMISSION: &str = "ADPermission";

/// One key and its value.
pub(super) struct Entry<'t> {
    pub key: &'t str,
    /// The key's bytes.
    pub key_at: Range<usize>,
    pub value: &'t Spanned<DeValue<'t>>,
}

impl Entry<'_> {
    /// The lines it takes, line end included.
    pub fn lines(&self, text: &str) -> Range<usize> {
        line_start(text, self.key_at.start)..line_end(text, self.value.span().end)
    }
}

/// The keys of one table, without the tables inside it.
pub(super) struct Section<'t> {
    /// The header's bytes; an empty range at the beginning for the document itself.
    pub header: Range<usize>,
    pub entries: Vec<Entry<'t>>,
    /// Written as `{…}`, which has no lines of its own.
    pub inline: bool,
}

impl<'t> Section<'t> {
    /// The keys of `table`, in the order in which they stand, without `child`.
    pub fn of(table: &'t DeTable<'t>, header: Range<usize>, child: &str, text: &str) -> Self {
        let entry = |(key, value): (&'t Spanned<_>, &'t Spanned<_>)| {
            let name: &std::borrow::Cow<'t, str> = key.get_ref();
            Entry { key: name.as_ref(), key_at: key.span(), value }
        };
        let mut entries: Vec<Entry<'t>> = table.iter().map(entry).filter(|e| e.key != child).collect();
        entries.sort_by_key(|entry| entry.key_at.start);
        let inline = text.get(header.start..).is_some_and(|rest| rest.starts_with('{'));
        Section { header, entries, inline }
    }

    pub fn entry(&self, key: &str) -> Option<&Entry<'t>> {
        self.entries.iter().find(|entry| entry.key == key)
    }

    /// Where to point when `key` is at fault: at the key, or at the table where it is missing.
    pub fn place(&self, key: &str) -> usize {
        let lacking = || match self.entries.first() {
            Some(first) if self.header.is_empty() => first.key_at.start,
            _ => self.header.start,
        };
        self.entry(key).map_or_else(lacking, |entry| entry.key_at.start)
    }

    /// The end of its header's line.
    pub(crate) fn keys_start(&self, text: &str) -> usize {
        if self.header.is_empty() { 0 } else { line_end(text, self.header.end) }
    }

    /// The end of its last key's line, or of its header's.
    pub(crate) fn keys_end(&self, text: &str) -> usize {
        match self.entries.last() {
            Some(last) => line_end(text, last.value.span().end),
            None => self.keys_start(text),
        }
    }
}

/// One item's table and those inside it.
pub(super) struct ItemTables<'t> {
    pub table: Section<'t>,
    pub inner: Vec<Section<'t>>,
}

/// Every table of a document.
pub(super) struct Tables<'t> {
    /// The document's own keys.
    pub root: Section<'t>,
    pub items: Vec<ItemTables<'t>>,
}

impl<'t> Tables<'t> {
    pub fn of<C: Collection>(root: &'t DeTable<'t>, text: &str, flaws: &mut Vec<Flaw>) -> Self {
        let name = C::Item::NAME;
        if C::SINGLE {
            let whole = ItemTables { table: Section::of(root, 0..0, "", text), inner: Vec::new() };
            let root = Section { header: 0..0, entries: Vec::new(), inline: false };
            return Tables { root, items: vec![whole] };
        }
        let mut own = Section::of(root, 0..0, name, text);
        if C::Owner::rows().is_empty() {
            let hint = format!("write [[{name}]] on a line above it");
            let stray = |entry: Entry<'_>| {
                let message = format!("`{}` stands outside of every {name}", entry.key);
                Flaw::new(entry.key_at.start, message, hint.as_str())
            };
            flaws.extend(own.entries.drain(..).map(stray));
        }
        let mut items = Vec::new();
        for (table, header) in children(root, name, name, flaws) {
            let inner = if C::INNER.is_empty() {
                Vec::new()
            } else {
                let inner = children(table, C::INNER, &format!("{name}.{}", C::INNER), flaws);
                inner.map(|(table, at)| Section::of(table, at, "", text)).collect()
            };
            items.push(ItemTables { inner, table: Section::of(table, header, C::INNER, text) });
        }
        Tables { root: own, items }
    }

    /// A table that is written inside a value, and so has no lines that could be edited.
    pub(crate) fn inline(&self) -> Option<&Section<'t>> {
        let items = self.items.iter().flat_map(|item| std::iter::once(&item.table).chain(&item.inner));
        std::iter::once(&self.root).chain(items).find(|section| section.inline)
    }
}

/// The tables of the array of tables `key`; a flaw for whatever else stands there.
fn children<'t>(
    table: &'t DeTable<'t>,
    key: &str,
    path: &str,
    flaws: &mut Vec<Flaw>,
) -> impl Iterator<Item = (&'t DeTable<'t>, Range<usize>)> + use<'t> {
    let mut found = Vec::new();
    let hint = || format!("write [[{path}]] on a line above the keys of each");
    if let Some((key, value)) = table.iter().find(|(name, _)| name.get_ref() == key) {
        let items = value.get_ref().as_array().map(|items| items.iter()).into_iter().flatten();
        let tables = items.map(|item| (item.get_ref().as_table(), item.span()));
        for (inner, at) in tables {
            match inner {
                Some(inner) => found.push((inner, at)),
                None => flaws.push(Flaw::new(at.start, format!("{path} holds a table of keys each"), hint())),
            }
        }
        if !value.get_ref().is_array() {
            let message = format!("{path} is a list of tables, not a single table or value");
            flaws.push(Flaw::new(key.span().start, message, hint()));
        }
    }
    found.into_iter()
}
