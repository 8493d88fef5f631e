//! Names kept once, each as a number: a log names a few a million times, or a million once.

use std::borrow::Cow;
use std::hash::BuildHasher;

use foldhash::fast::RandomState;
use hashbrown::HashTable;

/// Names, compared in any case, as they were written first.
#[derive(Default)]
pub struct Names {
    /// All of them, one after the other.
    text: String,
    /// Where each ends in it.
    ends: Vec<usize>,
    known: HashTable<u32>,
    hasher: RandomState,
}

impl Names {
    /// The number of a name.
    pub fn number(&mut self, name: &str) -> u32 {
        let Names { text, ends, known, hasher } = self;
        let folded = folded(name);
        let hash = |folded: &str| hasher.hash_one(folded);
        let is_same = |number: &u32| self::folded(at(text, ends, *number)) == folded;
        if let Some(number) = known.find(hash(&folded), is_same) {
            return *number;
        }
        // No memory holds more names.
        let number = u32::try_from(ends.len()).unwrap_or(u32::MAX);
        text.push_str(name);
        ends.push(text.len());
        known.insert_unique(hash(&folded), number, |number| hash(&self::folded(at(text, ends, *number))));
        number
    }

    /// The name of a number.
    pub fn name(&self, number: u32) -> &str {
        at(&self.text, &self.ends, number)
    }
}

fn at<'t>(text: &'t str, ends: &[usize], number: u32) -> &'t str {
    let at = usize::try_from(number).unwrap_or(usize::MAX);
    let end = |at: usize| ends.get(at).copied();
    let from = at.checked_sub(1).map_or(Some(0), end);
    from.zip(end(at)).and_then(|(from, to)| text.get(from..to)).unwrap_or_default()
}

fn folded(name: &str) -> Cow<'_, str> {
    let is_small = name.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase());
    if is_small { Cow::Borrowed(name) } else { Cow::Owned(name.to_lowercase()) }
}
