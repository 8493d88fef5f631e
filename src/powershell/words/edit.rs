//! A multivalued edit as shells leave it: `@{Add=10.0.0.1,10.0.0.3; Remove=10.0.0.2}`, with quotes or without.

use super::WordsError;
use super::joined::Joined;
use super::list::elements;

/// What to add and what to remove.
type Halves = (Vec<String>, Vec<String>);

/// Reads the edit whose `@{` stands here, and nothing after it.
pub(super) fn edit(joined: &mut Joined<'_>) -> Result<Halves, WordsError> {
    let halves = edit_alone(joined)?;
    joined.skip();
    if joined.peek().is_some() { Err(WordsError::AfterEdit) } else { Ok(halves) }
}

/// Reads the edit whose `@{` stands here.
pub(super) fn edit_alone(joined: &mut Joined<'_>) -> Result<Halves, WordsError> {
    joined.skip();
    joined.eat("@{");
    let (mut add, mut remove): (Option<Vec<String>>, Option<Vec<String>>) = (None, None);
    loop {
        while joined.skip().joint | joined.eat(";") {}
        let open = |add: Option<Vec<String>>, remove: Option<Vec<String>>| {
            WordsError::OpenEdit(add.unwrap_or_default(), remove.unwrap_or_default())
        };
        match joined.peek() {
            None => return Err(open(add, remove)),
            Some('}') => break,
            Some(_) => {}
        }
        let key = key(joined)?;
        let half = match key.to_ascii_lowercase().as_str() {
            "add" => &mut add,
            "remove" => &mut remove,
            _ => return Err(WordsError::UnknownKey(key)),
        };
        if half.is_some() {
            return Err(WordsError::DuplicateKey(key));
        }
        if joined.peek().is_none() {
            return Err(open(add, remove));
        }
        *half = Some(value(joined).map_err(|error| match error {
            // A line with these elements alone would put them in place of the list.
            WordsError::MissingElement(_) => WordsError::ExtraComma,
            other => other,
        })?);
    }
    joined.eat("}");
    match (add, remove) {
        (None, None) => Err(WordsError::EmptyEdit),
        (add, remove) => Ok((add.unwrap_or_default(), remove.unwrap_or_default())),
    }
}

/// A key and the `=` after it; at the end of an open edit the `=` may be missing.
fn key(joined: &mut Joined<'_>) -> Result<String, WordsError> {
    let key = match joined.quoted() {
        Some(text) => text?,
        None => joined.bare(|c| c.is_whitespace() || matches!(c, '=' | ';' | '}'))?.to_owned(),
    };
    joined.skip();
    if joined.eat("=") {
        joined.skip();
    } else if joined.peek().is_some() {
        return Err(WordsError::MissingEquals);
    }
    Ok(key)
}

/// The elements after the `=`, in `@( )` or `( )` or without.
fn value(joined: &mut Joined<'_>) -> Result<Vec<String>, WordsError> {
    let wrapped = joined.eat("@(") || joined.eat("(");
    if !wrapped {
        return plain(elements(joined, |c| matches!(c, ';' | '}'), Some(WordsError::MissingSeparator))?);
    }
    joined.skip();
    let read = elements(joined, |c| matches!(c, ';' | '}' | ')'), Some(WordsError::MissingSeparator))?;
    if !joined.eat(")") {
        return Err(WordsError::MissingSeparator);
    }
    let gap = joined.skip();
    match joined.peek() {
        None | Some(';' | '}') => plain(read),
        Some(_) if gap.newline => plain(read),
        Some(_) => Err(WordsError::AfterEdit),
    }
}

/// An element that holds `=` is a key whose semicolon is missing.
fn plain(read: Vec<String>) -> Result<Vec<String>, WordsError> {
    if read.iter().any(|element| element.contains('=')) {
        Err(WordsError::MissingSeparator)
    } else {
        Ok(read)
    }
}
