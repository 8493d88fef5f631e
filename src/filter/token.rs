//! The words of a condition: names, operators, texts in quotes, variables, parentheses.

use super::FilterError;

/// What a word is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Word {
    Open,
    Close,
    /// `-and`, `-eq`: without the dash, in lower case.
    Dash(String),
    /// In quotes, which are taken off.
    Quoted(String),
    /// Without quotes: a name, a number, `$true`.
    Bare(String),
}

/// A word and its place, in bytes.
pub(super) type Token = (Word, usize);

/// The words of a text.
pub(super) fn tokens(text: &str) -> Result<Vec<Token>, FilterError> {
    let mut found = Vec::new();
    let mut chars = text.char_indices().peekable();
    while let Some(&(at, c)) = chars.peek() {
        match c {
            _ if c.is_whitespace() => drop(chars.next()),
            '(' | ')' | '!' => {
                chars.next();
                let word = match c {
                    '(' => Word::Open,
                    ')' => Word::Close,
                    _ => Word::Dash("not".to_owned()),
                };
                found.push((word, at));
            }
            '\'' | '"' => {
                chars.next();
                found.push((Word::Quoted(quoted(c, at, &mut chars)?), at));
            }
            _ => {
                let mut word = String::new();
                while let Some((_, c)) =
                    chars.next_if(|(_, c)| !c.is_whitespace() && !matches!(c, '(' | ')' | '\'' | '"'))
                {
                    word.push(c);
                }
                let dash =
                    word.strip_prefix('-').filter(|rest| rest.starts_with(|c: char| c.is_alphabetic()));
                let dash = dash.map(str::to_ascii_lowercase);
                found.push((dash.map_or(Word::Bare(word), Word::Dash), at));
            }
        }
    }
    Ok(found)
}

/// The rest of a text in quotes; a quote within is written twice.
fn quoted(
    quote: char,
    at: usize,
    chars: &mut std::iter::Peekable<std::str::CharIndices<'_>>,
) -> Result<String, FilterError> {
    let mut inside = String::new();
    while let Some((_, c)) = chars.next() {
        if c != quote {
            inside.push(c);
        } else if chars.next_if(|(_, c)| *c == quote).is_some() {
            inside.push(quote);
        } else {
            return Ok(inside);
        }
    }
    Err(FilterError {
        message: format!("the quote `{quote}` is not closed"),
        at,
        hint: "close it; a quote within quotes is written twice".to_owned(),
    })
}
