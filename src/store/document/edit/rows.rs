//! The keys of one table, edited row by row.

use std::ops::Range;

use toml::de::DeValue;

use super::super::keys::{Keys, shown};
use super::super::section::{Entry, Section};
use super::super::source::{line_end, slice};
use super::super::spell::{Spelled, Word, spell};
use super::list;
use super::page::Page;
use crate::param::{Noun, Release, Row, Value};

/// What an object was, what it is to be, and what it is where the table says nothing.
pub(in super::super) struct Change<'a, N> {
    pub old: &'a N,
    pub new: &'a N,
    pub blank: &'a N,
}

/// Brings the keys of `section` from one state to the other. A new key goes after the nearest one that precedes
/// it in the order of fresh tables, else to `start`. A key that goes back to its default goes, unless a remark
/// would be stranded: then the default is written out.
pub(in super::super) fn edit_rows<N: Noun>(
    page: &mut Page,
    section: &Section<'_>,
    keys: &Keys<N>,
    release: Option<Release>,
    change: Change<'_, N>,
    start: usize,
) {
    let Change { old, new, blank } = change;
    let mut before: Option<&Entry<'_>> = None;
    for row in keys.order() {
        let spelled =
            if release.is_none_or(|release| row.exists_in(release)) { spell(row, new) } else { None };
        let (value, absent) = (shown(row, new), shown(row, blank));
        match (section.entry(row.name()), spelled) {
            (Some(entry), None) => remove(page, entry),
            (Some(entry), Some(_)) if shown(row, old) == value => before = Some(entry),
            (Some(entry), Some(_))
                if !row.always_written && value == absent && !remarked(page, section, entry) =>
            {
                remove(page, entry);
            }
            (Some(entry), Some(spelled)) => {
                replace(page, entry, row, new, &spelled);
                before = Some(entry);
            }
            (None, Some(spelled)) if value != absent => insert(page, row, &spelled, before, start),
            (None, _) => {}
        }
    }
}

fn remove(page: &mut Page, entry: &Entry<'_>) {
    let lines = entry.lines(&page.base);
    page.replace(lines.clone(), lines, String::new());
}

fn replace<N: Noun>(page: &mut Page, entry: &Entry<'_>, row: &Row<N>, new: &N, spelled: &Spelled) {
    let raw = slice(&page.base, &entry.value.span());
    let text = match (entry.value.get_ref(), spelled) {
        (DeValue::Array(items), Spelled::Many(words)) => {
            let value = shown(row, new).unwrap_or(Value::Null);
            let targets = list::targets(&row.param, items, &value, words);
            list::edit(entry, raw, targets, words, page.eol)
        }
        (DeValue::String(_), Spelled::Many(words)) => one_string(row, words, raw),
        (_, Spelled::One(word)) => Some(word.like(raw)),
        _ => None,
    };
    let text = text.unwrap_or_else(|| spelled.after(entry.key, page.eol));
    page.replace(entry.lines(&page.base), entry.value.span(), text);
}

/// A list that its author wrote as one string: flags stay that, and a single element does.
fn one_string<N: Noun>(row: &Row<N>, words: &[Word], raw: &str) -> Option<String> {
    let flags = !row.param.kind.names().is_empty();
    match words {
        [one] => Some(one.like(raw)),
        many if flags => {
            let texts: Vec<&str> = many
                .iter()
                .map(|word| match word {
                    Word::Quoted(text) | Word::Bare(text) => text.as_str(),
                })
                .collect();
            Some(Word::Quoted(texts.join(", ")).like(raw))
        }
        _ => None,
    }
}

/// A new key in the manner of the one above it: its indent, and its blanks around the equals sign.
fn insert<N: Noun>(
    page: &mut Page,
    row: &Row<N>,
    spelled: &Spelled,
    before: Option<&Entry<'_>>,
    start: usize,
) {
    let (name, eol) = (row.name(), page.eol);
    let value = spelled.after(name, eol);
    let Some(before) = before else {
        return page.insert(start, format!("{name} = {value}{eol}"));
    };
    let lines = before.lines(&page.base);
    let indent = slice(&page.base, &(lines.start..before.key_at.start));
    let (left, right) = around_equals(page, before);
    let column = before.key_at.len() + left.chars().count();
    let left = match left.len() {
        0 => String::new(),
        1 => " ".to_owned(),
        _ => " ".repeat(column.saturating_sub(name.len()).max(1)),
    };
    let line = format!("{indent}{name}{left}={right}{value}{eol}");
    page.insert(lines.end, line);
}

fn around_equals<'p>(page: &'p Page, entry: &Entry<'_>) -> (&'p str, &'p str) {
    let between = slice(&page.base, &(entry.key_at.end..entry.value.span().start));
    between.split_once('=').unwrap_or((" ", " "))
}

/// Whether a comment speaks of this key: on its lines, or directly above.
fn remarked(page: &Page, section: &Section<'_>, entry: &Entry<'_>) -> bool {
    let lines = entry.lines(&page.base);
    let value = entry.value.span();
    let beside = slice(&page.base, &(value.end..lines.end)).contains('#');
    // Between the elements: a number sign within a text is no comment.
    let inside = entry.value.get_ref().as_array().is_some_and(|items| {
        let starts = items.iter().map(|item| item.span().start).chain([value.end]);
        let ends = [value.start].into_iter().chain(items.iter().map(|item| item.span().end));
        ends.zip(starts).any(|(end, start)| slice(&page.base, &(end..start)).contains('#'))
    });
    beside || inside || page.comments_above(lines.start, above(page, section, lines.start)) < lines.start
}

/// The end of the key, or of the header, above the line at `start`.
fn above(page: &Page, section: &Section<'_>, start: usize) -> usize {
    let ends = section.entries.iter().map(|entry| entry.value.span().end).take_while(|end| *end <= start);
    ends.last().map_or_else(|| section.keys_start(&page.base), |end| line_end(&page.base, end))
}

/// Bytes of a value's element, counted from the value's first.
pub(super) fn within(value: &Range<usize>, element: &Range<usize>) -> Range<usize> {
    element.start.saturating_sub(value.start)..element.end.saturating_sub(value.start)
}
