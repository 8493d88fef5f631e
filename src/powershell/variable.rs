//! What begins with a dollar sign: `$true`, `$false` and `$null` are literals; a variable is one where a script has set
//! it to a literal before; all else is computed.

use std::collections::HashMap;

use super::chars::{ends_word, starts_variable};
use super::cursor::Cursor;
use super::error::{ReadError, Trouble};
use super::value::{Literal, Value};

/// The literals that a script has given names, in any case of the name.
#[derive(Clone, Debug, Default)]
pub(super) struct Variables(HashMap<String, Literal>);

impl Variables {
    pub(super) fn get(&self, name: &str) -> Option<&Literal> {
        self.0.get(&name.to_lowercase())
    }

    /// Sets a variable; `false` when it was set before, which leaves it as it was.
    pub(super) fn set(&mut self, name: &str, value: Value) -> bool {
        let key = name.to_lowercase();
        if self.0.contains_key(&key) {
            return false;
        }
        self.0.insert(key, value.literal);
        true
    }
}

impl<'t> Cursor<'t> {
    /// The constant whose `$` stands here.
    pub(super) fn constant(&mut self) -> Result<Literal, ReadError> {
        let start = self.at();
        let (name, plain) = self.variable_name();
        match self.lookup(name, plain) {
            Some(literal) => Ok(literal),
            None => Err(self.unknown_variable(name, plain, start)),
        }
    }

    /// The name after the `$` that stands here, and whether it is a plain one: `name` or `{name}` without a scope.
    pub(super) fn variable_name(&mut self) -> (&'t str, bool) {
        self.bump();
        if self.peek() == Some('{') {
            let mut ahead = self.clone();
            ahead.bump();
            let name = ahead.take_while(is_name);
            if !name.is_empty() && ahead.eat("}") {
                *self = ahead;
                return (name, true);
            }
        }
        let name = self.take_while(|c| is_name(c) || matches!(c, ':' | '?' | '$' | '^'));
        (name, !name.is_empty() && name.chars().all(is_name))
    }

    fn lookup(&self, name: &str, plain: bool) -> Option<Literal> {
        let set = || self.variables.and_then(|variables| variables.get(name)).filter(|_| plain).cloned();
        constant(name).or_else(set)
    }

    fn unknown_variable(&self, name: &str, plain: bool, start: usize) -> ReadError {
        let trouble = if plain && self.variables.is_some() {
            Trouble::UnsetVariable(name.to_owned())
        } else {
            Trouble::Expression
        };
        self.error(trouble, start)
    }

    /// What a variable in a double-quoted text stands for: a list is joined by spaces, as PowerShell joins it.
    pub(super) fn expand(&mut self, dollar: usize) -> Result<String, ReadError> {
        let mut ahead = self.clone();
        ahead.rewind(dollar);
        let (name, plain) = ahead.variable_name();
        let (name, literal) = (name.to_owned(), ahead.lookup(name, plain));
        let text = literal.as_ref().and_then(text_of);
        match text {
            Some(text) if self.variables.is_some() => {
                *self = ahead;
                Ok(text)
            }
            None if literal.is_none() => Err(ahead.unknown_variable(&name, plain, dollar)),
            _ => Err(ahead.error(Trouble::Expression, dollar)),
        }
    }

    /// The values that `@name` stands for, where a script has set it; `None` where no splat begins here.
    pub(super) fn splat(&mut self) -> Result<Option<Literal>, ReadError> {
        let start = self.at();
        let begins = self.variables.is_some()
            && self.peek() == Some('@')
            && self.second().is_some_and(|c| starts_variable(c) && is_name(c));
        if !begins {
            return Ok(None);
        }
        self.bump();
        let name = self.take_while(is_name);
        match self.variables.and_then(|variables| variables.get(name)) {
            None => Err(self.error(Trouble::UnsetVariable(name.to_owned()), start)),
            Some(literal @ (Literal::Table(_) | Literal::List(_))) => Ok(Some(literal.clone())),
            Some(_) => Err(self.error(Trouble::Splat(name.to_owned()), start)),
        }
    }

    /// Refuses what PowerShell would compute with the value that just ended: `.x`, `[0]`, `::x`, or, after a
    /// variable, a word that goes on.
    pub(super) fn refuse_member(&mut self, start: usize, variable: bool) -> Result<(), ReadError> {
        let goes_on = match self.peek() {
            Some('.' | '[') => true,
            Some(':') => self.second() == Some(':'),
            Some(c) => variable && !ends_word(c),
            None => false,
        };
        if goes_on {
            self.take_while(|c| !ends_word(c));
            return Err(self.error(Trouble::Expression, start));
        }
        Ok(())
    }
}

fn is_name(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// A literal inside a text; a hashtable has no text worth reading.
fn text_of(literal: &Literal) -> Option<String> {
    Some(match literal {
        Literal::Text(text) => text.text.clone(),
        Literal::Bool(true) => "True".to_owned(),
        Literal::Bool(false) => "False".to_owned(),
        Literal::Null => String::new(),
        Literal::List(values) => {
            let texts: Option<Vec<String>> = values.iter().map(|value| text_of(&value.literal)).collect();
            texts?.join(" ")
        }
        Literal::Table(_) => return None,
    })
}

/// The value of a constant by its name without dollar sign, in any case.
pub(super) fn constant(name: &str) -> Option<Literal> {
    [("true", Literal::Bool(true)), ("false", Literal::Bool(false)), ("null", Literal::Null)]
        .into_iter()
        .find(|(known, _)| known.eq_ignore_ascii_case(name))
        .map(|(_, literal)| literal)
}
