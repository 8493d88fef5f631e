//! What a session named: whoever is said in one place is found in all others too.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use foldhash::fast::RandomState;

/// The fewest characters of a name that is looked for within other words as well.
const LONG: usize = 5;
/// The fewest characters of a part of a name, as in `ann.smith`, that is looked for.
pub const PART: usize = 3;
/// The fewest digits of a name of digits: fewer are a size or a count.
pub const DIGITS: usize = 7;

/// Names of one session in small letters, with what stands in their place.
#[derive(Default)]
pub struct Mentions {
    words: HashMap<String, String, RandomState>,
    /// Those that are looked for within other words.
    long: Vec<(String, String)>,
}

impl Mentions {
    /// Forgets all.
    pub fn clear(&mut self) {
        self.words.clear();
        self.long.clear();
    }

    /// Notes a name in small letters and its parts of at least `least` characters, but those that `is_common` says to
    /// name nobody, or to be a part of what names nobody.
    pub fn learn(
        &mut self,
        name: &str,
        least: usize,
        pseudonym: &str,
        is_common: impl Fn(&str, bool) -> bool,
    ) {
        if self.words.contains_key(name) || name.is_empty() {
            return;
        }
        let parts = parts(name).filter(|part| part.chars().count() >= least && *part != name);
        for word in std::iter::once(name).chain(parts) {
            if !has_letter(word) && word.len() < DIGITS || is_common(word, false) {
                continue;
            }
            let Entry::Vacant(place) = self.words.entry(word.to_owned()) else { continue };
            place.insert(pseudonym.to_owned());
            if word.chars().count() >= LONG && has_letter(word) && !is_common(word, true) {
                self.long.push((word.to_owned(), pseudonym.to_owned()));
            }
        }
    }

    /// What stands in place of a word in small letters.
    pub fn of_word(&self, word: &str) -> Option<&str> {
        self.words.get(word).map(String::as_str)
    }

    /// What stands in place of a part of a word, where that is long enough to be somebody's.
    pub fn of_part(&self, part: &str) -> Option<&str> {
        if part.chars().count() < PART { None } else { self.of_word(part) }
    }

    /// What stands in place of a word in small letters that has a name in it.
    pub fn within(&self, word: &str) -> Option<&str> {
        self.long.iter().find(|(name, _)| word.contains(name)).map(|(_, pseudonym)| pseudonym.as_str())
    }
}

/// The runs of letters and digits.
pub fn parts(name: &str) -> impl Iterator<Item = &str> {
    name.split(|one: char| !one.is_alphanumeric()).filter(|part| !part.is_empty())
}

/// Whether a word is more than a number.
pub fn has_letter(word: &str) -> bool {
    word.chars().any(char::is_alphabetic)
}
