//! The text of an array as its author laid it out: each element with what stands before and behind it.

use std::ops::Range;

use super::super::spell::Word;
use super::array_rewrite::{Item, Style, Weave, take_comments};

/// An element of the new array.
#[derive(Clone, Debug)]
pub(super) enum Target {
    /// The old element at that place; places ascend.
    Keep(usize),
    /// Another one.
    New(Word),
}

/// A laid-out array.
pub(super) struct Array {
    pub items: Vec<Item>,
    /// What stands before the closing bracket.
    pub tail: String,
    /// Whether the last element has a comma too.
    comma: bool,
}

impl Array {
    /// Takes `raw` apart, whose elements lie at `spans`.
    pub fn read(raw: &str, spans: &[Range<usize>]) -> Option<Self> {
        let end = raw.len().checked_sub(1)?;
        let (mut seen, mut items, mut comma) = (1, Vec::with_capacity(spans.len()), false);
        for (at, span) in spans.iter().enumerate() {
            let (lead, text) = (raw.get(seen..span.start)?, raw.get(span.clone())?);
            let after = raw.get(span.end..spans.get(at + 1).map_or(end, |next| next.start))?;
            let place = comma_in(after);
            let (gap, rest) = place.map_or((0, 0), |place| (place, place + 1));
            let trail = remark(after.get(rest..)?);
            comma = place.is_some();
            seen = span.end + rest + trail.len();
            let gap = after.get(..gap)?;
            items.push(Item { lead: lead.into(), text: text.into(), gap: gap.into(), trail: trail.into() });
        }
        Some(Array { items, tail: raw.get(seen..end)?.to_owned(), comma })
    }

    /// The array with other elements, and the text of each.
    pub fn with(self, targets: &[Target], eol: &str) -> (String, Vec<String>) {
        let style = Style::of(&self, eol);
        let Array { items, mut tail, mut comma } = self;
        let mut weave = Weave::default();
        if items.is_empty() {
            comma = style.own_line;
            weave.owed = take_comments(&mut tail);
            tail = if style.own_line { tail } else { String::new() };
        }
        let (mut old, mut fresh) = (items.into_iter().enumerate().peekable(), Vec::new());
        for target in targets {
            match target {
                Target::New(word) => fresh.push(word),
                Target::Keep(at) => {
                    let gone =
                        std::iter::from_fn(|| old.next_if(|(place, _)| place < at)).map(|(_, item)| item);
                    weave.change(gone.collect(), std::mem::take(&mut fresh), &style);
                    weave.stay(old.next(), &style);
                }
            }
        }
        weave.change(old.map(|(_, item)| item).collect(), fresh, &style);
        let elements = weave.out.iter().map(|item| item.text.clone()).collect();
        (weave.print(&tail, comma, eol), elements)
    }
}

/// Where the comma stands in what lies between two elements; not one inside a comment.
fn comma_in(text: &str) -> Option<usize> {
    let mut comment = false;
    text.char_indices().find_map(|(at, c)| {
        comment = c == '#' || comment && c != '\n';
        (c == ',' && !comment).then_some(at)
    })
}

/// The comment that `rest` begins with on the same line, with the blanks before it.
fn remark(rest: &str) -> &str {
    let line = rest.split(['\r', '\n']).next().unwrap_or_default();
    if line.trim_start().starts_with('#') { line } else { "" }
}
