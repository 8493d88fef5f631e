//! Blocks of a desired state configuration, `Kind Name { Key = value … }`, wherever they stand in a text. What a key is
//! set to is a literal, blocks of its own, or something that only PowerShell computes, which stays as it is written.

use super::chars::{ends_word, is_newline, is_quote};
use super::cursor::Cursor;
use super::skip::{skip_quoted, skip_value};
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

/// The outermost blocks of the kinds that are wanted, in order. What is no such block is passed over.
pub fn blocks(text: &str, is_wanted: impl Fn(&str) -> bool) -> Vec<Block> {
    let mut cursor = Cursor::new(text, 0);
    let mut found = Vec::new();
    while cursor.skip_lines(true).is_ok()
        && let Some(c) = cursor.peek()
    {
        if is_quote(c) {
            skip_quoted(&mut cursor);
        } else if is_word(c) {
            let mut ahead = cursor.clone();
            // Only what is wanted is read to its end: blocks within blocks would else be read at every depth.
            let kind = cursor.take_while(is_word);
            if let Some(block) = is_wanted(kind).then(|| ahead.block(0)).flatten() {
                found.push(block);
                cursor = ahead;
            }
        } else {
            cursor.bump();
        }
    }
    found
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

impl Cursor<'_> {
    /// The block that begins here.
    fn block(&mut self, depth: usize) -> Option<Block> {
        let kind = self.take_while(is_word).to_owned();
        if kind.is_empty() || depth > DEEPEST {
            return None;
        }
        self.skip_blanks().ok()?;
        match self.quoted() {
            Some(name) => drop(name.ok()?),
            None => drop(self.take_while(|c| !ends_word(c))),
        }
        self.skip_lines(false).ok()?;
        self.eat("{").then_some(())?;
        let mut settings = Vec::new();
        loop {
            self.skip_lines(true).ok()?;
            if self.eat("}") {
                return Some(Block { kind, settings });
            }
            let key = self.take_while(is_word).to_owned();
            self.skip_blanks().ok()?;
            if key.is_empty() || !self.eat("=") {
                // No key: the rest of the line says nothing here.
                self.peek()?;
                skip_value(self);
                continue;
            }
            self.skip_blanks().ok()?;
            settings.push((key, self.setting(depth)));
        }
    }

    fn setting(&mut self, depth: usize) -> Setting {
        let mut ahead = self.clone();
        if let Some(blocks) = ahead.blocks(depth) {
            *self = ahead;
            return Setting::Blocks(blocks);
        }
        let mut ahead = self.clone();
        match ahead.computed(0) {
            Ok(value) => {
                *self = ahead;
                Setting::Literal(value)
            }
            Err(_) => {
                let start = self.at();
                skip_value(self);
                Setting::Computed(self.since(start).trim().to_owned())
            }
        }
    }

    /// `@( Kind { … } Kind { … } )`, or one block.
    fn blocks(&mut self, depth: usize) -> Option<Vec<Block>> {
        let is_array = self.eat("@(");
        let mut found = Vec::new();
        loop {
            if is_array {
                self.skip_lines(true).ok()?;
                self.eat(",");
                self.skip_lines(true).ok()?;
                if self.eat(")") {
                    return (!found.is_empty()).then_some(found);
                }
            }
            found.push(self.block(depth + 1)?);
            if !is_array {
                let ends = |c: char| is_newline(c) || matches!(c, ';' | '}');
                self.skip_blanks().ok()?;
                return self.peek().is_none_or(ends).then_some(found);
            }
        }
    }
}
