//! `@{ }` as written in a file: keys bare or quoted, entries parted by `;` or line breaks, no key twice.

use super::chars::is_newline;
use super::cursor::Cursor;
use super::error::{ReadError, Trouble};
use super::value::{Entry, Literal};
use std::collections::HashSet;

impl Cursor<'_> {
    /// The table whose `@{` stands here.
    pub(super) fn table(&mut self, depth: usize) -> Result<Literal, ReadError> {
        self.eat("@{");
        let open = self.at();
        let mut entries: Vec<Entry> = Vec::new();
        let mut keys = HashSet::new();
        loop {
            self.skip_lines(true)?;
            match self.peek() {
                Some('}') => break,
                None => return Err(self.error_at(Trouble::OpenBrace, open)),
                Some(_) => {}
            }
            let entry = self.entry(depth)?;
            // PowerShell compares keys ignoring case.
            if !keys.insert(entry.key.to_lowercase()) {
                return Err(ReadError { trouble: Trouble::DuplicateKey(entry.key), span: entry.span });
            }
            entries.push(entry);
            self.skip_blanks()?;
            if self.peek().is_some_and(|c| !is_newline(c) && !matches!(c, ';' | '}')) {
                return Err(self.unclosed(Trouble::OpenBrace));
            }
        }
        self.bump();
        Ok(Literal::Table(entries))
    }

    fn entry(&mut self, depth: usize) -> Result<Entry, ReadError> {
        let start = self.at();
        let key = match self.quoted() {
            Some(text) => text?.text,
            None => self.take_while(|c| c.is_alphanumeric() || c == '_').to_owned(),
        };
        let span = self.span(start);
        if span.start == span.end {
            return Err(match self.peek() {
                Some('$' | '(' | '[' | '{' | '@') => self.error(Trouble::Expression, start),
                _ => self.unclosed(Trouble::OpenBrace),
            });
        }
        self.skip_blanks()?;
        if !self.eat("=") {
            return Err(self.error_at(Trouble::MissingEquals, span.end));
        }
        let equals = self.at();
        self.skip_lines(false)?;
        if self.peek().is_none_or(|c| matches!(c, ';' | '}')) {
            return Err(self.error_at(Trouble::MissingStatement, equals));
        }
        Ok(Entry { key, span, value: self.computed(depth)? })
    }
}
