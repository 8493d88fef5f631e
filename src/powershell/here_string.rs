//! Here-strings: `@'` or `@"`, the text on lines of its own, and the closing quote with its `@` at the start of a line.

use super::chars::{is_blank, is_curly, is_double_quote, is_newline, is_single_quote, starts_variable};
use super::cursor::Cursor;
use super::error::{ReadError, Trouble};
use super::value::{Text, Written};

impl Cursor<'_> {
    /// The here-string whose `@` stands here. The line breaks beside the quotes do not belong to its text.
    pub(super) fn here_string(&mut self) -> Result<Text, ReadError> {
        let start = self.at();
        self.bump();
        let quote = self.bump().unwrap_or('\'');
        let double = is_double_quote(quote);
        self.take_while(is_blank);
        let header = self.at();
        if self.peek().is_some_and(|c| !is_newline(c)) {
            return Err(self.error(Trouble::HereStringHeader, header));
        }
        let mut text = String::new();
        loop {
            let line_break = self.at();
            if !self.eat("\r\n") && self.bump().is_none() {
                return Err(self.error(Trouble::OpenHereString(if double { '"' } else { '\'' }), start));
            }
            let after = self.at();
            if self.closes(double) {
                self.bump();
                self.bump();
                let plain = if double { Written::Double } else { Written::Single };
                return Ok(Text { text, written: if is_curly(quote) { Written::Curly } else { plain } });
            }
            if line_break != header {
                self.rewind(line_break);
                text.push_str(self.line_break());
                self.rewind(after);
            }
            self.line_of_text(double, &mut text)?;
        }
    }

    fn closes(&self, double: bool) -> bool {
        let quote = if double { is_double_quote } else { is_single_quote };
        self.peek().is_some_and(quote) && self.second() == Some('@')
    }

    fn line_break(&mut self) -> &str {
        let start = self.at();
        if !self.eat("\r\n") {
            self.bump();
        }
        self.since(start)
    }

    fn line_of_text(&mut self, double: bool, text: &mut String) -> Result<(), ReadError> {
        while let Some(c) = self.peek().filter(|c| !is_newline(*c)) {
            let at = self.at();
            self.bump();
            match c {
                '`' if double => text.extend(self.escape(at)?),
                '$' if double && self.peek().is_some_and(starts_variable) => text.push_str(&self.expand(at)?),
                c => text.push(c),
            }
        }
        Ok(())
    }
}
