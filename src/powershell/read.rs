//! The strict entry: the words of one command, as PowerShell reads them in a file or an editor line.
//!
//! [`command`] stops where the command ends, so that a reader of whole files can go on from there; [`line()`]
//! wants nothing after it. The command's own name is the first argument, when the text holds it.

use super::chars::{ends_word, is_blank, is_dash, is_newline, is_quote};
use super::cursor::Cursor;
use super::error::{ReadError, Trouble};
use super::value::{Element, Literal, Span, Text, Value, Written};

/// The elements of a command and where it ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Command {
    /// Its words, in the order written.
    pub elements: Vec<Element>,
    /// Byte offset of what ended it: a line break, `;`, `|`, a closing bracket, or the end of the text.
    pub end: usize,
}

/// Reads the only command of a text.
///
/// # Errors
/// As [`command`]; also a pipeline, and a second command after `;` or a line break.
pub fn line(text: &str) -> Result<Vec<Element>, ReadError> {
    let read = command(text, 0)?;
    let mut cursor = Cursor::new(text, read.end);
    match cursor.peek() {
        Some('|' | '&') => return Err(cursor.error(Trouble::Pipeline, read.end)),
        Some(c @ (')' | '}')) => return Err(cursor.error(Trouble::Unexpected(c.to_string()), read.end)),
        _ => cursor.skip_lines(true)?,
    }
    match cursor.peek() {
        None => Ok(read.elements),
        Some(_) => Err(cursor.error(Trouble::Statements, cursor.at())),
    }
}

/// Reads one command that begins at a byte offset of a text.
///
/// # Errors
/// What PowerShell itself refuses, in its words; what only PowerShell can compute; redirections, and
/// the few spellings that its versions read differently.
pub fn command(text: &str, from: usize) -> Result<Command, ReadError> {
    elements(Cursor::new(text, from))
}

/// Reads the elements of the command that begins at the cursor.
pub(super) fn elements(mut cursor: Cursor<'_>) -> Result<Command, ReadError> {
    let mut elements = Vec::new();
    let mut positional = false;
    loop {
        cursor.skip_blanks()?;
        if cursor.command_ends()? {
            return Ok(Command { elements, end: cursor.at() });
        }
        let start = cursor.at();
        if let Some(values) = cursor.splat()? {
            elements.extend(splatted(values, cursor.span(start)));
            continue;
        }
        let element = cursor.element(positional)?;
        positional |= matches!(element, Element::EndOfParameters(_));
        let verbatim = matches!(&element, Element::Argument(value) if is_stop_parsing(value));
        elements.push(element);
        if verbatim {
            elements.extend(cursor.verbatim().map(Element::Argument));
        }
    }
}

impl Cursor<'_> {
    fn command_ends(&self) -> Result<bool, ReadError> {
        Ok(match (self.peek(), self.second()) {
            (None | Some(';' | '|' | ')' | '}'), _) | (Some('&'), Some('&')) => true,
            (Some(c), _) if is_newline(c) => true,
            (Some('&' | ','), _) => return Err(self.error(Trouble::MissingArgument, self.at())),
            _ => false,
        })
    }

    fn element(&mut self, positional: bool) -> Result<Element, ReadError> {
        let start = self.at();
        if !positional && self.at_double_dash() {
            self.bump();
            self.bump();
            return Ok(Element::EndOfParameters(self.span(start)));
        }
        if positional || !self.at_parameter() {
            return Ok(Element::Argument(self.argument()?));
        }
        let Some((name, colon)) = self.parameter_name() else {
            return Ok(Element::Argument(self.argument()?));
        };
        let span = self.span(start);
        let attached = if colon { self.attached(start)? } else { None };
        Ok(Element::Parameter { name, attached, span })
    }

    /// The value after `-Name:`; a comma there is an error of its own.
    fn attached(&mut self, start: usize) -> Result<Option<Value>, ReadError> {
        let (typed, end) = (self.since(start).to_owned(), self.at());
        self.skip_blanks()?;
        match self.peek() {
            Some(',') => Ok(None),
            _ if self.value_begins() => self.argument().map(Some),
            _ => Err(self.error_at(Trouble::ParameterArgument(typed), end)),
        }
    }

    /// A value, or several parted by commas; a line break may follow a comma.
    fn argument(&mut self) -> Result<Value, ReadError> {
        let start = self.at();
        let first = self.single()?;
        let mut values = vec![first];
        loop {
            let end = self.clone();
            self.skip_blanks()?;
            if values.last().is_some_and(is_stop_parsing) || !self.eat(",") {
                let span = end.span(start);
                *self = end;
                return Ok(match values.pop() {
                    Some(only) if values.is_empty() => only,
                    last => {
                        values.extend(last);
                        Value { literal: Literal::List(values), span }
                    }
                });
            }
            let comma = self.at();
            self.skip_lines(false)?;
            if !self.value_begins() {
                return Err(self.error_at(Trouble::AfterComma, comma));
            }
            values.push(self.single()?);
        }
    }

    fn single(&mut self) -> Result<Value, ReadError> {
        let start = self.at();
        if let Some(value) = self.primary(0)? {
            return Ok(value);
        }
        self.refuse_redirection()?;
        // Where a value must stand, `-abc` is a text, but ends where the parameter would.
        let text = match self.at_parameter().then(|| self.parameter_name()).flatten() {
            Some(_) => self.since(start).to_owned(),
            None => self.word()?,
        };
        let literal = Literal::Text(Text { text, written: Written::Bare });
        Ok(Value { literal, span: self.span(start) })
    }

    /// A bare word; the few characters that are one by themselves, and those that begin none.
    fn word(&mut self) -> Result<String, ReadError> {
        let start = self.at();
        match (self.peek(), self.second()) {
            (Some(']'), _) | (Some('.'), Some('$' | '\'' | '"')) => {
                self.bump();
                Ok(self.since(start).to_owned())
            }
            (Some('`'), None) => Err(self.error(Trouble::Unexpected("`".to_owned()), start)),
            (Some(c), _) if ends_word(c) => Err(self.error(Trouble::Unexpected(c.to_string()), start)),
            _ => self.bare(),
        }
    }

    fn value_begins(&self) -> bool {
        let ends = |c| is_newline(c) || matches!(c, ',' | ';' | '|' | '&' | ')' | '}');
        self.peek().is_some_and(|c| !ends(c)) && !self.at_double_dash()
    }

    fn at_double_dash(&self) -> bool {
        let mut rest = self.rest().chars();
        rest.next().is_some_and(is_dash)
            && rest.next().is_some_and(is_dash)
            && rest.next().is_none_or(ends_word)
    }

    fn at_parameter(&self) -> bool {
        self.peek().is_some_and(is_dash)
            && self.second().is_some_and(|c| c.is_alphabetic() || matches!(c, '_' | '?'))
    }

    /// The name after a dash, and whether a colon ended it; `None`, with nothing read, where a quote inside makes
    /// the word an argument.
    fn parameter_name(&mut self) -> Option<(String, bool)> {
        let mut ahead = self.clone();
        ahead.bump();
        let ends = |c: char| ends_word(c) || matches!(c, '.' | '[' | ':');
        let name = ahead.take_while(|c| !ends(c) && !is_quote(c)).to_owned();
        if ahead.peek().is_some_and(is_quote) {
            return None;
        }
        let colon = ahead.eat(":");
        *self = ahead;
        Some((name, colon))
    }

    fn refuse_redirection(&mut self) -> Result<(), ReadError> {
        let mut ahead = self.clone();
        let stream = ahead.peek().filter(|c| matches!(c, '1'..='6' | '*') && ahead.second() == Some('>'));
        if stream.is_some() {
            ahead.bump();
        }
        if ahead.take_while(|c| matches!(c, '<' | '>')).is_empty() {
            return Ok(());
        }
        let operator = ahead.clone();
        ahead.skip_blanks()?;
        let trouble = if ahead.value_begins() || operator.peek() == Some('&') {
            Trouble::Redirection
        } else {
            Trouble::MissingFile
        };
        Err(operator.error(trouble, self.at()))
    }

    /// What follows `--%`: everything to the end of the line, or to a pipe outside double quotes.
    fn verbatim(&mut self) -> Option<Value> {
        self.take_while(is_blank);
        let start = self.at();
        let mut quoted = false;
        while let Some(c) = self.peek().filter(|c| !is_newline(*c)) {
            quoted ^= c == '"';
            if !quoted && (c == '|' || (c == '&' && self.second() == Some('&'))) {
                break;
            }
            self.bump();
        }
        let text = self.since(start).to_owned();
        let literal = Literal::Text(Text { text, written: Written::Verbatim });
        (self.at() > start).then(|| Value { literal, span: self.span(start) })
    }
}

/// A splatted hashtable gives parameters, a list gives arguments; all stand where the splat stands.
fn splatted(values: Literal, span: Span) -> Vec<Element> {
    match values {
        Literal::Table(entries) => entries
            .into_iter()
            .map(|entry| Element::Parameter {
                name: entry.key,
                attached: Some(Value { span, ..entry.value }),
                span,
            })
            .collect(),
        Literal::List(values) => {
            values.into_iter().map(|value| Element::Argument(Value { span, ..value })).collect()
        }
        single => vec![Element::Argument(Value { literal: single, span })],
    }
}

fn is_stop_parsing(value: &Value) -> bool {
    matches!(&value.literal, Literal::Text(text) if text.written == Written::Bare && text.text == "--%")
}
