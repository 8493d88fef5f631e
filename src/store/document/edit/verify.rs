//! What every edit must keep: it says what was meant, and no line went that no change speaks of.

use std::collections::HashMap;
use std::ops::Range;

use super::super::collection::Collection;
use super::super::cut::{Cut, assemble_part};
use super::super::error::DocumentError;
use super::super::place::Place;
use super::super::records::assemble;
use super::super::section::Tables;
use super::super::source::Source;
use crate::param::{Noun, Record, Row};

/// Whether every line of `old` outside `touched` is in `new`, in the same order. Blank lines may come and go
/// with the tables that they part.
pub(super) fn keeps_lines(old: &str, touched: &[Range<usize>], new: &str) -> bool {
    let mut spans = touched.to_vec();
    spans.sort_by_key(|span| span.start);
    let mut spans = spans.into_iter().peekable();
    let mut new = new.lines();
    let mut at = 0;
    old.split_inclusive('\n').all(|line| {
        let start = at;
        at += line.len();
        while spans.next_if(|span| span.end <= start).is_some() {}
        let free = spans.peek().is_none_or(|span| span.start >= at);
        let text = line.trim_end_matches(['\r', '\n']);
        !free || text.trim().is_empty() || new.any(|other| other == text)
    })
}

/// Reads the edited text again and holds it to what was meant; rules aside, which are the caller's. `before` is the
/// text before, and what it says.
pub(super) fn reread<C: Collection>(
    edited: &str,
    place: Place<'_>,
    meant: &C,
    before: (&str, &C),
) -> Result<(), DocumentError> {
    if says(edited, place, meant, before) == Some(true) {
        return Ok(());
    }
    let file = place.file;
    let lost = |what: String| Err(DocumentError::Lost { file: file.to_owned(), what });
    let Ok(source) = Source::read(edited.as_bytes(), file) else { return lost("its encoding".to_owned()) };
    let tree = match source.parse() {
        Ok(tree) => tree,
        Err(error) => return lost(error.to_string()),
    };
    let mut flaws = Vec::new();
    let tables = Tables::of::<C>(tree.get_ref(), source.text(), &mut flaws);
    let again: C = assemble(&tables, place.domain, &mut flaws);
    match (flaws.is_empty(), differs(&again, meant)) {
        (true, None) => Ok(()),
        (true, Some(what)) => lost(what),
        (false, _) => lost(source.broken(flaws).to_string()),
    }
}

/// Whether the edited text says what was meant, read without the items whose text was there before: those say what
/// they said. None where that cannot be told.
fn says<C: Collection>(
    edited: &str,
    place: Place<'_>,
    meant: &C,
    (text, before): (&str, &C),
) -> Option<bool> {
    let source = Source::read(edited.as_bytes(), place.file).ok()?;
    let (was, is) = (Cut::of::<C>(text)?, Cut::of::<C>(source.text())?);
    if was.head != is.head || was.items.len() != before.items().len() {
        return None;
    }
    let known: HashMap<&str, &C::Item> = was.items.iter().copied().zip(before.items()).collect();
    let others: Vec<&str> = is.items.iter().copied().filter(|item| !known.contains_key(item)).collect();
    let others: C = assemble_part(&is, &others, place)?;
    let mut read = others.items().iter();
    let all = is.items.iter().map(|item| known.get(item).copied().or_else(|| read.next()));
    let all: Vec<&C::Item> = all.collect::<Option<_>>()?;
    Some(difference((others.owner(), &all), meant).is_none())
}

/// The first property in which two documents differ. The order of items and of what is inside them is the file's
/// own and means nothing.
pub(super) fn difference<C: Collection>(
    (owner, items): (&C::Owner, &[&C::Item]),
    other: &C,
) -> Option<String> {
    if let Some(name) = row_of(owner, other.owner()) {
        return Some(format!("{name} of the {}", C::Owner::NAME));
    }
    if items.len() != other.items().len() {
        return Some(format!("the number of {}s", C::Item::NAME));
    }
    if items.iter().copied().eq(other.items()) {
        return None;
    }
    let pairs = by_name(items.iter().copied()).into_iter().zip(by_name(other.items().iter()));
    pairs.filter(|(a, b)| a != b).find_map(|(a, b)| {
        let name = if C::same_inner(a, b) { row_of(a, b) } else { Some("the access list") };
        name.map(|name| format!("{name} of `{}`", b.name()))
    })
}

/// As [`difference`], of a whole document.
pub(super) fn differs<C: Collection>(one: &C, other: &C) -> Option<String> {
    difference((one.owner(), &one.items().iter().collect::<Vec<_>>()), other)
}

fn by_name<'a, N: Record>(items: impl Iterator<Item = &'a N>) -> Vec<&'a N> {
    let mut items: Vec<&N> = items.collect();
    items.sort_by_cached_key(|item| item.name().to_lowercase());
    items
}

fn row_of<N: Noun>(one: &N, other: &N) -> Option<&'static str> {
    N::rows().iter().find(|row: &&&Row<N>| row.stored(one) != row.stored(other)).map(|row| row.name())
}
