//! Literals where PowerShell computes: inside `( )`, `@( )` and after the `=` of a `@{ }`.
//!
//! A text needs quotes there and a number is its value; a bare word would be a command, so it is refused.

use super::chars::{ends_word, is_newline, is_quote};
use super::cursor::Cursor;
use super::error::{ReadError, Trouble};
use super::number::number;
use super::value::{Literal, Text, Value, Written};

/// Brackets in brackets: more than anybody writes, less than a stack holds.
const DEEPEST: usize = 40;

impl Cursor<'_> {
    /// The value that both modes write alike: quoted, `$…`, or in brackets. `None` where none begins.
    pub(super) fn primary(&mut self, depth: usize) -> Result<Option<Value>, ReadError> {
        let start = self.at();
        if depth > DEEPEST {
            return Err(self.error(Trouble::Depth, start));
        }
        let literal = match (self.peek(), self.second()) {
            (Some(c), _) if is_quote(c) => match self.quoted() {
                Some(text) => Literal::Text(text?),
                None => return Ok(None),
            },
            (Some('$'), _) => self.constant()?,
            (Some('('), _) => self.parentheses(depth + 1)?,
            (Some('{'), _) => return Err(self.error(Trouble::Expression, start)),
            (Some('@'), Some('(')) => self.array(depth + 1)?,
            (Some('@'), Some('{')) => self.table(depth + 1)?,
            (Some('@'), Some(c)) if is_quote(c) => Literal::Text(self.here_string()?),
            (Some('@'), Some(c)) if !ends_word(c) => return Err(self.error(Trouble::Expression, start)),
            (Some('@'), _) => return Err(self.error(Trouble::Unrecognized, start)),
            _ => return Ok(None),
        };
        self.refuse_member(start, matches!(literal, Literal::Bool(_) | Literal::Null))?;
        Ok(Some(Value { literal, span: self.span(start) }))
    }

    /// One value, or several parted by commas, as `( )` and `@{ }` hold them.
    pub(super) fn computed(&mut self, depth: usize) -> Result<Value, ReadError> {
        let start = self.at();
        let mut values = vec![self.operand(depth)?];
        let mut end = self.span(start);
        self.skip_blanks()?;
        while self.eat(",") {
            let comma = self.at();
            self.skip_lines(false)?;
            if self.peek().is_none_or(|c| matches!(c, ',' | ')' | '}' | ';')) {
                return Err(self.error_at(Trouble::AfterCommaInBrackets, comma));
            }
            values.push(self.operand(depth)?);
            end = self.span(start);
            self.skip_blanks()?;
        }
        self.refuse_operator(start, depth)?;
        match values.pop() {
            Some(only) if values.is_empty() => Ok(only),
            last => {
                values.extend(last);
                Ok(Value { literal: Literal::List(values), span: end })
            }
        }
    }

    fn operand(&mut self, depth: usize) -> Result<Value, ReadError> {
        if let Some(value) = self.primary(depth)? {
            return Ok(value);
        }
        let start = self.at();
        let word = self.take_while(|c| !ends_word(c));
        let whole = number(word).filter(|_| word.starts_with(|c: char| c.is_ascii_digit() || c == '.'));
        match whole.and_then(|number| number.whole()) {
            Some(value) => {
                let text = Text { text: value.to_string(), written: Written::Number };
                Ok(Value { literal: Literal::Text(text), span: self.span(start) })
            }
            None => Err(self.error(Trouble::Expression, start)),
        }
    }

    /// What follows a value may close or part; an operator makes the whole an expression.
    fn refuse_operator(&mut self, start: usize, depth: usize) -> Result<(), ReadError> {
        match self.peek() {
            None => Ok(()),
            // Outside of brackets the value may be what a pipeline begins with.
            Some('|') if depth == 0 => Ok(()),
            Some(c) if is_newline(c) || matches!(c, ')' | '}' | ';') => Ok(()),
            Some(c) if c.is_alphanumeric() || is_quote(c) || matches!(c, '(' | '{' | '$' | '@') => {
                let at = self.at();
                let word = match self.take_while(|c| !ends_word(c)) {
                    "" => c.to_string(),
                    word => word.to_owned(),
                };
                Err(self.error(Trouble::Unexpected(word), at))
            }
            Some(_) => Err(self.error(Trouble::Expression, start)),
        }
    }

    /// `( )` around one literal or a list is that literal or list.
    fn parentheses(&mut self, depth: usize) -> Result<Literal, ReadError> {
        let start = self.at();
        self.bump();
        self.skip_lines(false)?;
        match self.peek() {
            Some(')') => return Err(self.error(Trouble::EmptyParentheses, start)),
            None => return Err(self.error_at(Trouble::OpenParenthesis, self.at())),
            Some(_) => {}
        }
        let inner = self.computed(depth)?;
        self.skip_lines(false)?;
        if self.eat(")") { Ok(inner.literal) } else { Err(self.unclosed(Trouble::OpenParenthesis)) }
    }

    /// `@( )`: statements parted by line breaks or `;`, their values in one list.
    fn array(&mut self, depth: usize) -> Result<Literal, ReadError> {
        self.eat("@(");
        let mut values = Vec::new();
        loop {
            self.skip_lines(true)?;
            if self.eat(")") {
                return Ok(Literal::List(values));
            }
            if self.peek().is_none_or(|c| c == '}') {
                return Err(self.unclosed(Trouble::OpenParenthesis));
            }
            let value = self.computed(depth)?;
            match value.literal {
                Literal::List(inner) => values.extend(inner),
                literal => values.push(Value { literal, span: value.span }),
            }
        }
    }

    /// A bracket left open at the end, or something else where it should close.
    pub(super) fn unclosed(&mut self, open: Trouble) -> ReadError {
        match self.peek() {
            None => self.error_at(open, self.at()),
            Some(c) => self.error(Trouble::Unexpected(c.to_string()), self.at()),
        }
    }
}
