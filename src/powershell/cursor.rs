//! A position in a text, and what every reader of the room does with it: look, step, skip what means nothing.

use super::chars::{is_blank, is_newline};
use super::error::{ReadError, Trouble};
use super::value::Span;
use super::variable::Variables;

/// A text and how far it is read; steps never leave a character boundary.
#[derive(Clone, Debug)]
pub(super) struct Cursor<'t> {
    text: &'t str,
    at: usize,
    /// What a script has set so far; `None` where no script is read, and every variable is an expression.
    pub(super) variables: Option<&'t Variables>,
}

impl<'t> Cursor<'t> {
    /// Begins at a byte offset, or at the end where that is no boundary of the text.
    pub(super) fn new(text: &'t str, at: usize) -> Self {
        Cursor { text, at: if text.is_char_boundary(at) { at } else { text.len() }, variables: None }
    }

    pub(super) fn at(&self) -> usize {
        self.at
    }

    pub(super) fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or_default()
    }

    pub(super) fn since(&self, start: usize) -> &'t str {
        self.text.get(start..self.at).unwrap_or_default()
    }

    pub(super) fn span(&self, start: usize) -> Span {
        Span { start, end: self.at }
    }

    pub(super) fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    /// The character after the next one.
    pub(super) fn second(&self) -> Option<char> {
        self.rest().chars().nth(1)
    }

    /// Back, or forward, to a byte offset that was read before.
    pub(super) fn rewind(&mut self, at: usize) {
        self.at = at;
    }

    pub(super) fn bump(&mut self) -> Option<char> {
        let c = self.peek()?;
        self.at += c.len_utf8();
        Some(c)
    }

    pub(super) fn eat(&mut self, wanted: &str) -> bool {
        let found = self.rest().starts_with(wanted);
        if found {
            self.at += wanted.len();
        }
        found
    }

    pub(super) fn take_while(&mut self, wanted: impl Fn(char) -> bool) -> &'t str {
        let start = self.at;
        while self.peek().is_some_and(&wanted) {
            self.bump();
        }
        self.since(start)
    }

    /// An error from `start` to here, one character long where nothing was read.
    pub(super) fn error(&self, trouble: Trouble, start: usize) -> ReadError {
        let mut end = self.clone();
        if end.at == start {
            end.bump();
        }
        ReadError { trouble, span: end.span(start) }
    }

    /// An error at a point.
    pub(super) fn error_at(&self, trouble: Trouble, at: usize) -> ReadError {
        ReadError { trouble, span: Span { start: at, end: at } }
    }

    /// Skips what stands between two tokens of a line: blanks, comments, a backtick before a line break or blank.
    pub(super) fn skip_blanks(&mut self) -> Result<(), ReadError> {
        loop {
            match self.peek() {
                Some(c) if is_blank(c) => drop(self.bump()),
                Some('`') if self.second().is_some_and(char::is_whitespace) => self.skip_continuation(),
                Some('#') => drop(self.take_while(|c| !is_newline(c))),
                Some('<') if self.second() == Some('#') => self.skip_comment()?,
                _ => return Ok(()),
            }
        }
    }

    /// Skips blanks and line breaks, and semicolons where they part entries.
    pub(super) fn skip_lines(&mut self, semicolons: bool) -> Result<(), ReadError> {
        loop {
            self.skip_blanks()?;
            match self.peek() {
                Some(c) if is_newline(c) || (semicolons && c == ';') => drop(self.bump()),
                _ => return Ok(()),
            }
        }
    }

    fn skip_continuation(&mut self) {
        self.bump();
        if !self.eat("\r\n") {
            self.bump();
        }
    }

    fn skip_comment(&mut self) -> Result<(), ReadError> {
        let start = self.at;
        // Past the opening, so that `<#>` does not close what it opens.
        match self.rest().get(2..).and_then(|rest| rest.find("#>")) {
            Some(found) => self.at += found + 4,
            None => return Err(self.error(Trouble::OpenComment, start)),
        }
        Ok(())
    }
}
