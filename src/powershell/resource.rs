//! Blocks of a desired state configuration, `Kind Name { Key = value … }`, wherever they stand in a text. What a key is
//! set to is a literal, blocks of its own, or something that only PowerShell computes, which stays as it is written.

use std::fmt;

use super::chars::{ends_word, is_newline, is_quote};
use super::cursor::Cursor;
use super::lines::Lines;
use super::skip::{skip_here_string, skip_quoted, skip_value};
use super::value::Value;

/// Blocks within blocks: more than a configuration has.
const DEEPEST: usize = 8;

/// One block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// Its kind: `xExchReceiveConnector`.
    pub kind: String,
    /// Its keys in order.
    pub settings: Vec<(String, Setting)>,
}

/// What a key is set to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Setting {
    /// A literal.
    Literal(Value),
    /// Blocks: `@( MSFT_KeyValuePair { … } )`.
    Blocks(Vec<Block>),
    /// An expression, as written.
    Computed(String),
}

/// What is never closed, so that PowerShell refuses the whole text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Open {
    what: &'static str,
    /// The line in which it begins.
    pub line: usize,
}

impl fmt::Display for Open {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the {} that begins in line {} is never closed", self.what, self.line)
    }
}

impl std::error::Error for Open {}

/// What is never closed, and where it begins.
struct OpenAt(&'static str, usize);

/// The outermost blocks of the kinds that are wanted, in order. What is no such block is passed over.
///
/// # Errors
/// A block, a quote or a comment that is never closed. What would stand behind it is inside of it, so the text is read once
/// however many blocks begin there.
pub fn blocks(text: &str, is_wanted: impl Fn(&str) -> bool) -> Result<Vec<Block>, Open> {
    read(text, is_wanted).map_err(|OpenAt(what, at)| Open { what, line: Lines::new(text).position(at).line })
}

fn read(text: &str, is_wanted: impl Fn(&str) -> bool) -> Result<Vec<Block>, OpenAt> {
    let mut cursor = Cursor::new(text, 0);
    let mut found = Vec::new();
    loop {
        if cursor.skip_lines(true).is_err() {
            return Err(OpenAt("comment", cursor.at()));
        }
        match cursor.peek() {
            None => return Ok(found),
            Some('`') => {
                cursor.bump();
                cursor.bump();
            }
            Some('@') if skip_here_string(&mut cursor) => {}
            Some(c) if is_quote(c) => {
                if !skip_quoted(&mut cursor) {
                    return Err(OpenAt("quote", cursor.at()));
                }
            }
            Some(c) if is_word(c) => {
                let mut ahead = cursor.clone();
                // Only what is wanted is read to its end: blocks within blocks would else be read at every depth.
                let kind = cursor.take_while(is_word);
                if is_wanted(kind)
                    && let Some(block) = ahead.block(0)?
                {
                    found.push(block);
                    cursor = ahead;
                }
            }
            Some(_) => drop(cursor.bump()),
        }
    }
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

impl Cursor<'_> {
    /// The block that begins here, if one does.
    fn block(&mut self, depth: usize) -> Result<Option<Block>, OpenAt> {
        let open = OpenAt("block", self.at());
        let kind = self.take_while(is_word).to_owned();
        if kind.is_empty() || depth > DEEPEST || !self.opens_block() {
            return Ok(None);
        }
        let mut settings = Vec::new();
        loop {
            if self.skip_lines(true).is_err() || self.peek().is_none() {
                return Err(open);
            }
            if self.eat("}") {
                return Ok(Some(Block { kind, settings }));
            }
            let key = self.take_while(is_word).to_owned();
            if self.skip_blanks().is_err() {
                return Err(open);
            }
            if key.is_empty() || !self.eat("=") {
                // No key: the rest of the line says nothing here.
                skip_value(self);
            } else if self.skip_blanks().is_ok() {
                settings.push((key, self.setting(depth)?));
            }
        }
    }

    /// Past the name of a block, whatever it computes, and the bracket that opens it; whether there is one.
    fn opens_block(&mut self) -> bool {
        if self.skip_blanks().is_err() {
            return false;
        }
        if self.peek().is_some_and(is_quote) {
            if !skip_quoted(self) {
                return false;
            }
        } else {
            self.take_while(|c| !ends_word(c));
        }
        self.skip_lines(false).is_ok() && self.eat("{")
    }

    fn setting(&mut self, depth: usize) -> Result<Setting, OpenAt> {
        let mut ahead = self.clone();
        if let Some(blocks) = ahead.blocks(depth)? {
            *self = ahead;
            return Ok(Setting::Blocks(blocks));
        }
        let mut ahead = self.clone();
        Ok(match ahead.computed(0) {
            Ok(value) => {
                *self = ahead;
                Setting::Literal(value)
            }
            Err(_) => {
                let start = self.at();
                skip_value(self);
                Setting::Computed(self.since(start).trim().to_owned())
            }
        })
    }

    /// `@( Kind { … } Kind { … } )`, or one block.
    fn blocks(&mut self, depth: usize) -> Result<Option<Vec<Block>>, OpenAt> {
        let is_array = self.eat("@(");
        let mut found = Vec::new();
        loop {
            if is_array {
                if self.skip_lines(true).is_err() {
                    return Ok(None);
                }
                self.eat(",");
                if self.skip_lines(true).is_err() {
                    return Ok(None);
                }
                if self.eat(")") {
                    return Ok((!found.is_empty()).then_some(found));
                }
            }
            match self.block(depth + 1)? {
                Some(block) => found.push(block),
                None => return Ok(None),
            }
            if !is_array {
                let ends = |c: char| is_newline(c) || matches!(c, ';' | '}');
                return Ok((self.skip_blanks().is_ok() && self.peek().is_none_or(ends)).then_some(found));
            }
        }
    }
}
