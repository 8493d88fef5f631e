//! Old and new elements of an array woven together, so that every comment stays with what it speaks of.

use super::super::spell::{INDENT, Word};
use super::array::Array;

/// An element and its surroundings.
#[derive(Clone, Debug, Default)]
pub(super) struct Item {
    /// What stands before it: line ends, comments of their own lines, the indent.
    pub lead: String,
    pub text: String,
    /// What stands between it and its comma.
    pub gap: String,
    /// The comment behind its comma, on the same line.
    pub trail: String,
}

/// How the author of an array sets its elements.
pub(super) struct Style {
    /// Each on a line of its own.
    pub own_line: bool,
    /// What stands before an element that is not the first.
    between: String,
    /// What stands before the first.
    first: String,
    /// An element whose marks new ones get.
    like: String,
}

impl Style {
    pub fn of(array: &Array, eol: &str) -> Self {
        let leads: Vec<&str> = array.items.iter().map(|item| item.lead.as_str()).collect();
        let own_line = match leads.as_slice() {
            [] => array.tail.contains('\n'),
            [one] => one.contains('\n'),
            [_, others @ ..] => others.iter().all(|lead| lead.contains('\n')),
        };
        let broken = leads.iter().rev().find(|lead| lead.contains('\n'));
        let indent = broken.and_then(|lead| lead.rsplit('\n').next()).unwrap_or(INDENT);
        let between = if own_line { format!("{eol}{indent}") } else { " ".to_owned() };
        let first = match leads.first() {
            Some(lead) if !lead.contains('\n') => (*lead).to_owned(),
            None if !own_line => String::new(),
            _ => format!("{eol}{indent}"),
        };
        let like = array.items.first().map(|item| item.text.clone()).unwrap_or_default();
        Style { own_line, between, first, like }
    }
}

/// The elements so far, and what those that went have left behind.
#[derive(Default)]
pub(super) struct Weave {
    pub out: Vec<Item>,
    /// Comments of their own lines before elements that went: they stay, before what comes next.
    pub owed: String,
    /// Where the first of the elements that went began: what follows on its line moves up there.
    slot: Option<String>,
}

impl Weave {
    /// Elements that go and elements that come at one place: pair by pair the new one takes the old one's
    /// line, but not the remark on it.
    pub fn change(&mut self, gone: Vec<Item>, fresh: Vec<&Word>, style: &Style) {
        let mut fresh = fresh.into_iter();
        for item in gone {
            match fresh.next() {
                Some(word) => {
                    let text = word.like(&item.text);
                    self.put(Item { text, trail: String::new(), gap: String::new(), ..item });
                }
                None => self.drop(item),
            }
        }
        for word in fresh {
            let lead = if self.out.is_empty() { &style.first } else { &style.between };
            let lead = std::mem::take(&mut self.owed) + lead;
            self.out.push(Item { lead, text: word.like(&style.like), ..Item::default() });
        }
    }

    /// An element that stays; the first one moves from the opening bracket when others come before it.
    pub fn stay(&mut self, item: Option<(usize, Item)>, style: &Style) {
        let Some((at, mut item)) = item else { return };
        if at == 0 && !self.out.is_empty() {
            if !item.lead.contains('\n') {
                item.lead.clone_from(&style.between);
            } else if let Some(new) = self.out.first_mut() {
                // A comment behind the opening bracket stays there.
                let beside = item.lead.find(['\r', '\n']).unwrap_or(0);
                new.lead.insert_str(0, item.lead.get(..beside).unwrap_or_default());
                item.lead.replace_range(..beside, "");
            }
        }
        self.put(item);
    }

    fn put(&mut self, mut item: Item) {
        if let Some(slot) = self.slot.take() {
            let parted = blank_line(&slot) && !blank_line(&item.lead) && !item.lead.contains('#');
            if parted || !item.lead.contains('\n') {
                item.lead = slot;
            }
        }
        item.lead.insert_str(0, &std::mem::take(&mut self.owed));
        self.out.push(item);
    }

    fn drop(&mut self, item: Item) {
        let mut lead = item.lead;
        self.owed.push_str(&take_comments(&mut lead));
        let stands = |slot: &String| !lead.contains('\n') || blank_line(slot) && !blank_line(&lead);
        self.slot = self.slot.take().filter(stands).or(Some(lead));
    }

    /// The array's text: a comma behind all but the last, behind that one too where `comma` says so.
    pub fn print(self, tail: &str, comma: bool, eol: &str) -> String {
        let tail = format!("{}{tail}", self.owed);
        if self.out.is_empty() && !tail.contains('#') {
            return "[]".to_owned();
        }
        let last = self.out.len().saturating_sub(1);
        let mut text = Text { out: "[".to_owned(), comment: false, eol };
        for (at, item) in self.out.iter().enumerate() {
            text.put(&item.lead);
            text.put(&item.text);
            let followed = at < last || comma;
            if followed || item.gap.contains('#') {
                text.put(&item.gap);
            }
            if followed {
                text.put(",");
            }
            text.put(&item.trail);
        }
        text.put(&tail);
        text.put("]");
        text.out
    }
}

/// Text in which nothing falls into a comment.
struct Text<'a> {
    out: String,
    /// Whether it ends inside one.
    comment: bool,
    eol: &'a str,
}

impl Text<'_> {
    fn put(&mut self, piece: &str) {
        if piece.is_empty() {
            return;
        }
        if self.comment && !piece.trim_start_matches([' ', '\t']).starts_with(['\r', '\n']) {
            self.out.push_str(self.eol);
        }
        self.out.push_str(piece);
        self.comment = piece.rsplit('\n').next().is_some_and(|line| line.trim_start().starts_with('#'));
    }
}

/// Takes everything up to the last line end out of a lead or tail that has comments.
pub(super) fn take_comments(lead: &mut String) -> String {
    let end = lead.rfind('\n').filter(|_| lead.contains('#')).unwrap_or(0);
    let end = if end > 0 && lead.get(..end).is_some_and(|head| head.ends_with('\r')) { end - 1 } else { end };
    let rest = lead.split_off(end);
    std::mem::replace(lead, rest)
}

/// Whether a blank line stands in it.
fn blank_line(lead: &str) -> bool {
    lead.matches('\n').count() > 1
}
