//! Quoted texts and bare words, with their escapes; a text that holds a variable is refused.

use super::chars::{ends_word, is_curly, is_double_quote, is_newline, is_single_quote, starts_variable};
use super::cursor::Cursor;
use super::error::{ReadError, Trouble};
use super::value::{Text, Written};

impl Cursor<'_> {
    /// The quoted text that begins here; `None` where no quote stands.
    pub(super) fn quoted(&mut self) -> Option<Result<Text, ReadError>> {
        let quote = self.peek()?;
        let (read, plain) = if is_single_quote(quote) {
            (self.single_quoted(), Written::Single)
        } else if is_double_quote(quote) {
            (self.double_quoted(), Written::Double)
        } else {
            return None;
        };
        let written = if is_curly(quote) { Written::Curly } else { plain };
        Some(read.map(|text| Text { text, written }))
    }

    fn single_quoted(&mut self) -> Result<String, ReadError> {
        let start = self.at();
        self.bump();
        let mut text = String::new();
        while let Some(c) = self.bump() {
            if !is_single_quote(c) {
                text.push(c);
            } else if let Some(twin) = self.peek().filter(|c| is_single_quote(*c)) {
                // The second of a pair is the one that stays: PowerShell lets them differ.
                text.push(twin);
                self.bump();
            } else {
                return Ok(text);
            }
        }
        Err(self.error(Trouble::OpenQuote('\''), start))
    }

    fn double_quoted(&mut self) -> Result<String, ReadError> {
        let start = self.at();
        self.bump();
        let mut text = String::new();
        while let Some(c) = self.peek() {
            let at = self.at();
            self.bump();
            match c {
                '`' => text.extend(self.escape(at)?),
                '$' if self.peek().is_some_and(starts_variable) => text.push_str(&self.expand(at)?),
                c if !is_double_quote(c) => text.push(c),
                _ => match self.peek().filter(|c| is_double_quote(*c)) {
                    Some(twin) => {
                        text.push(twin);
                        self.bump();
                    }
                    None => return Ok(text),
                },
            }
        }
        Err(self.error(Trouble::OpenQuote('"'), start))
    }

    /// The character after a backtick; the backtick itself at the end of the text.
    pub(super) fn escape(&mut self, start: usize) -> Result<Option<char>, ReadError> {
        Ok(Some(match self.bump() {
            None => '`',
            Some('0') => '\0',
            Some('a') => '\u{7}',
            Some('b') => '\u{8}',
            Some('f') => '\u{c}',
            Some('n') => '\n',
            Some('r') => '\r',
            Some('t') => '\t',
            Some('v') => '\u{b}',
            Some(c @ ('e' | 'u')) => return Err(self.error(Trouble::Escape(c), start)),
            Some(c) => c,
        }))
    }

    /// A bare word of an argument; it may hold quoted parts and escapes.
    pub(super) fn bare(&mut self) -> Result<String, ReadError> {
        let mut text = String::new();
        while let Some(c) = self.peek().filter(|c| !ends_word(*c)) {
            if let Some(part) = self.quoted() {
                text.push_str(&part?.text);
                continue;
            }
            let at = self.at();
            self.bump();
            match c {
                '`' if self.peek().is_some_and(is_newline) => {
                    return Err(self.error(Trouble::JoinedLine, at));
                }
                '`' => text.extend(self.escape(at)?),
                '$' if self.peek().is_some_and(starts_variable) => {
                    return Err(self.error(Trouble::Expression, at));
                }
                // PowerShell's versions disagree on `a>b`.
                '<' | '>' => return Err(self.error(Trouble::Redirection, at)),
                c => text.push(c),
            }
        }
        Ok(text)
    }
}
