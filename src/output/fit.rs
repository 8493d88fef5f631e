//! A table fitted to a width: how wide each column may be, and lists shortened with a count. It does not
//! draw.

use std::collections::HashSet;

use crate::text::grouped;
use crate::text::wrap::{width, wrap};

/// A column of text is not made narrower than this; a table that would need it is printed as a list.
const NARROWEST: usize = 8;

/// A list may take this many lines of a cell before it is shortened.
const LINES: usize = 3;

/// How wide a column would be, and how narrow it may get.
#[derive(Clone, Copy)]
pub(super) struct Span {
    /// Its content on one line.
    pub natural: usize,
    /// Its widest word; all of it for a column that is never broken (numbers, booleans).
    pub word: usize,
    /// Whether it is one that is never broken.
    pub rigid: bool,
}

/// The widths of columns within `room`, gaps not counted: what is narrow stays as it is, the wide ones share
/// the rest alike, with their words whole where that can be. `None` when there is no room.
pub(super) fn widths(columns: &[Span], room: usize) -> Option<Vec<usize>> {
    let broken = |span: &Span| if span.rigid { span.natural } else { span.natural.min(NARROWEST) };
    shared(columns, |span| span.word.max(broken(span)), room).or_else(|| shared(columns, broken, room))
}

/// The same, none narrower than its least.
fn shared(columns: &[Span], least: impl Fn(&Span) -> usize, room: usize) -> Option<Vec<usize>> {
    let natural: Vec<usize> = columns.iter().map(|span| span.natural).collect();
    let at_level = |level: usize| -> Vec<usize> {
        columns.iter().map(|span| level.clamp(least(span), span.natural)).collect()
    };
    let mut fitted = (0..=room).rev().map(at_level).find(|widths| widths.iter().sum::<usize>() <= room)?;
    let mut spare = room - fitted.iter().sum::<usize>();
    for (fit, wide) in fitted.iter_mut().zip(natural) {
        let more = spare.min(1).min(wide - *fit);
        *fit += more;
        spare -= more;
    }
    Some(fitted)
}

/// A list's texts within a cell: whole when they take few lines, else as many of the first as do, and the
/// number of the others, `{10.0.0.1, 10.0.0.2, +1,204 more}`. The first is there in any case, on as many
/// lines as it takes. What is `told` beside it, a list that differs from this one, has elements that need not be
/// seen again: a list that is shortened begins with those that it has alone.
pub(super) fn shortened(items: &[String], described: &[String], columns: usize) -> String {
    // No more elements than this can stand in so many columns: the search need not look at the others.
    let most = items.len().min(columns * LINES / 2 + 1);
    if most == items.len() && wrap(&braced(items, most), columns).len() <= LINES {
        return braced(items, most);
    }
    let described: HashSet<&String> = described.iter().collect();
    let (same, alone): (Vec<&String>, Vec<&String>) = items.iter().partition(|item| described.contains(item));
    let items: Vec<String> = alone.into_iter().chain(same).cloned().collect();
    let items = items.as_slice();
    let fits = |count: usize| wrap(&braced(items, count), columns).len() <= LINES;
    let (mut some, mut too_many) = (1, most.min(items.len().saturating_sub(1)) + 1);
    while some + 1 < too_many {
        let middle = usize::midpoint(some, too_many);
        if fits(middle) { some = middle } else { too_many = middle }
    }
    braced(items, some.min(items.len()))
}

/// The first `count` texts in braces, with the number of those left out.
fn braced(items: &[String], count: usize) -> String {
    let texts = items.get(..count).unwrap_or(items).join(", ");
    match items.len().saturating_sub(count) {
        0 => format!("{{{texts}}}"),
        left => format!("{{{texts}, +{} more}}", grouped(left)),
    }
}

/// The widest word of a text, of a list its widest element.
pub(super) fn widest_word(text: &str) -> usize {
    text.split([' ', '\n']).map(width).max().unwrap_or(0)
}

/// The widest line of a text.
pub(super) fn widest(text: &str) -> usize {
    text.split('\n').map(width).max().unwrap_or(0)
}
