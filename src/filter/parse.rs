//! A condition from its words: `-or` of `-and` of comparisons, `-not`, and parentheses.

use std::str::FromStr;

use strum::VariantNames;

use super::token::{Token, Word, tokens};
use super::{FilterError, Node, Operand, Operator};

/// So deep may parentheses and `-not` stand in each other.
const DEEPEST: usize = 64;

/// What a whole condition looks like.
const EXAMPLE: &str = "-Filter \"PermissionGroups -like '*Anonymous*' -and Enabled -eq 'True'\"";

/// Reads a condition, also in braces.
pub(super) fn parse(text: &str) -> Result<Node, FilterError> {
    let trimmed = text.trim_end();
    let inside = trimmed.trim_start();
    let braces = inside.strip_prefix('{').and_then(|rest| rest.strip_suffix('}'));
    let inside = braces.unwrap_or(inside);
    // Places count in the text as it was typed.
    let skipped = trimmed.len() - inside.len() - usize::from(braces.is_some());
    let mut tokens = tokens(inside).map_err(|error| FilterError { at: error.at + skipped, ..error })?;
    tokens.iter_mut().for_each(|(_, at)| *at += skipped);
    let mut parser = Parser { tokens: &tokens, next: 0, end: text.len(), depth: 0 };
    let node = parser.any()?;
    match parser.peek() {
        None => Ok(node),
        Some((Word::Close, at)) => Err(error("a parenthesis is closed that was not opened", *at)),
        Some((_, at)) => Err(error("-and or -or is missing between two comparisons", *at)),
    }
}

fn error(message: impl Into<String>, at: usize) -> FilterError {
    FilterError { message: message.into(), at, hint: EXAMPLE.to_owned() }
}

struct Parser<'t> {
    tokens: &'t [Token],
    next: usize,
    end: usize,
    depth: usize,
}

impl<'t> Parser<'t> {
    fn peek(&self) -> Option<&'t Token> {
        self.tokens.get(self.next)
    }

    /// Goes on past an operator of that name.
    fn takes(&mut self, name: &str) -> bool {
        let is_it = matches!(self.peek(), Some((Word::Dash(word), _)) if word == name);
        self.next += usize::from(is_it);
        is_it
    }

    fn any(&mut self) -> Result<Node, FilterError> {
        let mut node = self.all()?;
        while self.takes("or") {
            node = Node::Or(Box::new(node), Box::new(self.all()?));
        }
        Ok(node)
    }

    fn all(&mut self) -> Result<Node, FilterError> {
        let mut node = self.one()?;
        while self.takes("and") {
            node = Node::And(Box::new(node), Box::new(self.one()?));
        }
        Ok(node)
    }

    fn one(&mut self) -> Result<Node, FilterError> {
        let at = self.peek().map_or(self.end, |(_, at)| *at);
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(error(format!("more than {DEEPEST} parentheses stand in each other"), at));
        }
        let node = if self.takes("not") {
            Node::Not(Box::new(self.one()?))
        } else if matches!(self.peek(), Some((Word::Open, _))) {
            self.next += 1;
            let inner = self.any()?;
            match self.peek() {
                Some((Word::Close, _)) => self.next += 1,
                _ => return Err(error("a parenthesis is not closed", at)),
            }
            inner
        } else {
            self.comparison()?
        };
        self.depth -= 1;
        Ok(node)
    }

    fn comparison(&mut self) -> Result<Node, FilterError> {
        let (name, at) = match self.peek() {
            Some((Word::Bare(name), at)) => (name.strip_prefix("$_.").unwrap_or(name).to_owned(), *at),
            Some((_, at)) => return Err(error("the name of a property is missing", *at)),
            None => return Err(error("a comparison is missing", self.end)),
        };
        self.next += 1;
        let operator = self.operator(&name)?;
        let operand = match self.peek() {
            Some((Word::Quoted(text), _)) => Operand::Text(text.clone()),
            Some((Word::Bare(word), at)) => bare(word, *at)?,
            other => {
                let message = format!("a value to compare {name} with is missing");
                let at = other.map_or(self.end, |(_, at)| *at);
                let hint =
                    "in double quotes a shell takes $true and $null away: type 'True', or '' for nothing";
                return Err(FilterError { message, at, hint: hint.to_owned() });
            }
        };
        self.next += 1;
        Ok(Node::Compare { name, at, operator, operand })
    }

    fn operator(&mut self, name: &str) -> Result<Operator, FilterError> {
        let (found, at) = match self.peek() {
            Some((Word::Dash(word), at)) => (Operator::from_str(word).ok().ok_or(Some(word)), *at),
            Some((_, at)) => (Err(None), *at),
            None => (Err(None), self.end),
        };
        self.next += 1;
        let names: Vec<String> = Operator::VARIANTS.iter().map(|name| format!("-{name}")).collect();
        found.map_err(|word| {
            let message = match word {
                Some(word) => format!("`-{word}` is not an operator"),
                None => format!("an operator after {name} is missing"),
            };
            FilterError { message, at, hint: format!("one of {}", names.join(", ")) }
        })
    }
}

fn bare(word: &str, at: usize) -> Result<Operand, FilterError> {
    match word.strip_prefix('$').map(str::to_ascii_lowercase).as_deref() {
        None => Ok(Operand::Text(word.to_owned())),
        Some("true") => Ok(Operand::Bool(true)),
        Some("false") => Ok(Operand::Bool(false)),
        Some("null") => Ok(Operand::Null),
        Some(_) => {
            Err(error(format!("`{word}` is a variable, and only $true, $false and $null are known"), at))
        }
    }
}
