//! A document's text, cut at the headers of its items: what two states of it have alike need not be read twice.

use std::collections::HashSet;

use memchr::memmem::Finder;

use super::collection::Collection;
use super::place::Place;
use super::records::{assemble, read};
use super::section::Tables;
use super::source::Source;
use crate::connector::Host;
use crate::param::Noun;

/// The lines above the first item, and those of each item from its header on.
///
/// Whoever reads parts of it alone has to see that as many items come out as there are parts: what looks like a
/// header and is none, or is written in another way, shows there.
pub(super) struct Cut<'t> {
    pub head: &'t str,
    pub items: Vec<&'t str>,
}

impl<'t> Cut<'t> {
    /// None where a string of several lines may hold what looks like a header, and where items have no headers.
    pub fn of<C: Collection>(text: &'t str) -> Option<Self> {
        if C::SINGLE || text.contains("\"\"\"") || text.contains("'''") {
            return None;
        }
        let header = format!("\n[[{}]]", C::Item::NAME);
        let finder = Finder::new(&header);
        let mut starts: Vec<usize> = finder.find_iter(text.as_bytes()).map(|at| at + 1).collect();
        if text.starts_with(header.trim_start()) {
            starts.insert(0, 0);
        }
        let ends = starts.iter().skip(1).copied().chain([text.len()]);
        // Blank lines part the items and belong to none. The line end that an item gets in a part would make a lone
        // carriage return before it a sound one.
        let item = |(start, end): (&usize, usize)| {
            let item = without_blank_lines(text.get(*start..end)?);
            (!item.ends_with('\r')).then_some(item)
        };
        let head = text.get(..starts.first().copied().unwrap_or(text.len()))?;
        Some(Cut { head, items: starts.iter().zip(ends).map(item).collect::<Option<_>>()? })
    }

    /// A document with the same head and only these of its items.
    pub fn with(&self, items: &[&str]) -> String {
        let mut text =
            String::with_capacity(self.head.len() + items.iter().map(|item| item.len() + 1).sum::<usize>());
        text.push_str(self.head);
        for item in items {
            text.push_str(item);
            text.push('\n');
        }
        text
    }
}

/// An item without the blanks and line ends after it, as TOML has them: anything else there is a fault of the document.
fn without_blank_lines(mut item: &str) -> &str {
    while let Some(rest) = ["\r\n", "\n", " ", "\t"].iter().find_map(|end| item.strip_suffix(end)) {
        item = rest;
    }
    item
}

/// What a document with the head of `cut` and these items says, rules aside; none where anything is wrong with it.
pub(super) fn assemble_part<C: Collection>(cut: &Cut<'_>, items: &[&str], place: Place<'_>) -> Option<C> {
    let text = cut.with(items);
    let source = Source::read(text.as_bytes(), place.file).ok()?;
    let tree = source.parse().ok()?;
    let mut flaws = Vec::new();
    let tables = Tables::of::<C>(tree.get_ref(), source.text(), &mut flaws);
    let all: C = assemble(&tables, place.domain, &mut flaws);
    (flaws.is_empty() && all.items().len() == items.len()).then_some(all)
}

/// Reads two states of a server's file without the connectors that both have in the same words, whatever these say.
/// Rules are checked among the others alone.
///
/// None where the states differ in more than connectors, or anything is wrong with what is read: they are to be read
/// whole then.
#[must_use]
pub fn read_apart(old: &[u8], new: &[u8], place: Place<'_>) -> Option<[Host; 2]> {
    apart(old, new, place)
}

fn apart<C: Collection>(old: &[u8], new: &[u8], place: Place<'_>) -> Option<[C; 2]> {
    let (old, new) = (Source::read(old, place.file).ok()?, Source::read(new, place.file).ok()?);
    let (old, new) = (Cut::of::<C>(old.text())?, Cut::of::<C>(new.text())?);
    if old.head != new.head {
        return None;
    }
    let (was, is) = (distinct(&old.items)?, distinct(&new.items)?);
    Some([beside(&old, &is, place)?, beside(&new, &was, place)?])
}

/// The items; none where two are the same, or have the same name or identifier: which is which, a reader of the whole
/// says.
fn distinct<'t>(items: &[&'t str]) -> Option<HashSet<&'t str>> {
    let all: HashSet<&str> = items.iter().copied().collect();
    let (mut names, mut identifiers) = (HashSet::new(), HashSet::new());
    for item in items {
        let is_new = names.insert(plain(item, "Name")??.to_lowercase());
        let is_other = plain(item, "Guid")?.is_none_or(|guid| identifiers.insert(guid.to_lowercase()));
        if !is_new || !is_other {
            return None;
        }
    }
    (all.len() == items.len()).then_some(all)
}

/// What a key of an item says, where the item has it; none where it is not written plainly: once, from the beginning of
/// its line, in double quotes without escapes.
#[expect(clippy::option_option, reason = "a key that is absent is not one that is written otherwise")]
fn plain<'t>(item: &'t str, key: &str) -> Option<Option<&'t str>> {
    let mut written =
        item.lines().filter(|line| line.trim_start_matches([' ', '\t', '"', '\'']).starts_with(key));
    let Some(line) = written.next() else { return Some(None) };
    let value = line.strip_prefix(key)?.trim_start().strip_prefix('=')?.trim_start();
    let (value, _) = value.strip_prefix('"')?.split_once('"')?;
    (written.next().is_none() && !value.contains('\\')).then_some(Some(value))
}

/// What `cut` has beside the items of another.
fn beside<C: Collection>(cut: &Cut<'_>, others: &HashSet<&str>, place: Place<'_>) -> Option<C> {
    let own: Vec<&str> = cut.items.iter().copied().filter(|item| !others.contains(item)).collect();
    let all: C = read(cut.with(&own).as_bytes(), place).ok()?;
    (all.items().len() == own.len()).then_some(all)
}
