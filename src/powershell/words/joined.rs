//! Words joined by a space, with the memory of where they were joined: the form in which lists are read.

use super::super::chars::{is_curly, is_dash, is_double_quote, is_single_quote};
use super::super::cursor::Cursor;
use super::super::value::Written;
use super::{Notice, WordsError};

/// The words of a value and a position in them.
pub(super) struct Joined<'t> {
    cursor: Cursor<'t>,
    joints: &'t [usize],
    apostrophes: usize,
    /// Whether a quote was curly.
    pub(super) curly: bool,
}

/// What lies between two tokens.
#[derive(Clone, Copy, Default)]
pub(super) struct Gap {
    /// A boundary of words.
    pub(super) joint: bool,
    /// A line break inside a word.
    pub(super) newline: bool,
}

/// The words in one text, and the offsets of the blanks that join them.
pub(super) fn join(words: &[&str]) -> (String, Vec<usize>) {
    let mut joints = Vec::with_capacity(words.len());
    let mut text = String::new();
    for (index, word) in words.iter().enumerate() {
        if index > 0 {
            joints.push(text.len());
            text.push(' ');
        }
        text.push_str(word);
    }
    (text, joints)
}

impl<'t> Joined<'t> {
    pub(super) fn new(text: &'t str, joints: &'t [usize]) -> Self {
        Joined { cursor: Cursor::new(text, 0), joints, apostrophes: 0, curly: false }
    }

    pub(super) fn peek(&self) -> Option<char> {
        self.cursor.peek()
    }

    pub(super) fn eat(&mut self, wanted: &str) -> bool {
        self.cursor.eat(wanted)
    }

    pub(super) fn at_joint(&self) -> bool {
        self.joints.binary_search(&self.cursor.at()).is_ok()
    }

    /// How many words begin before the position.
    pub(super) fn words_begun(&self) -> usize {
        self.joints.partition_point(|joint| *joint < self.cursor.at()) + 1
    }

    pub(super) fn skip(&mut self) -> Gap {
        let mut gap = Gap::default();
        while let Some(c) = self.peek().filter(|c| c.is_whitespace()) {
            gap.joint |= self.at_joint();
            gap.newline |= c == '\n';
            self.cursor.bump();
        }
        gap
    }

    /// Reads the quoted text that begins here, if one does.
    pub(super) fn quoted(&mut self) -> Option<Result<String, WordsError>> {
        let curly = self.peek().is_some_and(is_curly);
        let read = self.cursor.quoted()?;
        self.curly |= curly;
        Some(read.map_err(WordsError::from).map(|text| {
            debug_assert_ne!(text.written, Written::Bare);
            text.text
        }))
    }

    /// Reads a bare text up to a comma, a boundary of words, or what `stop` names; blanks at its end left out.
    pub(super) fn bare(&mut self, stop: impl Fn(char) -> bool) -> Result<&'t str, WordsError> {
        let start = self.cursor.at();
        while let Some(c) = self.peek() {
            if c == ',' || stop(c) || self.at_joint() {
                break;
            }
            // A pair of quotes inside a word is taken away by PowerShell in a line, and kept in a text.
            self.apostrophes += usize::from(is_single_quote(c));
            if is_double_quote(c) || self.apostrophes > 1 {
                return Err(WordsError::InnerQuote);
            }
            self.cursor.bump();
        }
        let text = self.cursor.since(start).trim_end();
        let computed = text.starts_with(['$', '(', '{']) || text.starts_with("@(") || text.starts_with("@{");
        if computed || text.contains('`') {
            return Err(match text.eq_ignore_ascii_case("$null") {
                true => WordsError::NullElement,
                false => WordsError::Expression(text.to_owned()),
            });
        }
        Ok(text)
    }

    /// The word that follows a lone hyphen, for its hint.
    pub(super) fn next_word(&mut self) -> &'t str {
        self.skip();
        self.cursor.take_while(|c| !c.is_whitespace() && c != ',')
    }
}

/// Whether a text is a dash and nothing else.
pub(super) fn is_lone_dash(text: &str) -> bool {
    let mut characters = text.chars();
    characters.next().is_some_and(is_dash) && characters.next().is_none()
}

/// The notices a reading calls for.
pub(super) fn notices(curly: bool) -> Vec<Notice> {
    if curly { vec![Notice::CurlyQuotes] } else { Vec::new() }
}
