//! The word of a parameter that takes one text: taken as it is, commas and all.
//!
//! Two things are not what they seem: curly quotes, which bash knows nothing of and splits, and a written list,
//! which PowerShell hands over with its quotes on.

use super::super::chars::is_curly;
use super::super::chars::is_quote;
use super::joined::{Joined, join, notices};
use super::{Notice, WordsError, is_encoded_block, is_lost_value};

/// A text, how many of the words it took, and what to tell the user about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScalarReading {
    /// The text; `None` is `$null`.
    pub value: Option<String>,
    /// The words it took: one, but for a text in curly quotes.
    pub taken: usize,
    /// What was read in the user's favour.
    pub notices: Vec<Notice>,
}

/// Reads one text from the words up to the next parameter.
///
/// # Errors
/// No word, a written list, curly quotes that do not close, a value that PowerShell could not hand over.
pub fn scalar(words: &[&str]) -> Result<ScalarReading, WordsError> {
    let Some(&first) = words.first() else {
        return Err(WordsError::Nothing);
    };
    if is_lost_value(first) {
        return Err(WordsError::LostValue(first.trim().to_owned()));
    }
    if is_encoded_block(first) {
        return Err(WordsError::ScriptBlock);
    }
    if first.eq_ignore_ascii_case("$null") {
        return Ok(ScalarReading { value: None, taken: 1, notices: Vec::new() });
    }
    if first.starts_with(is_curly) {
        return curly(words);
    }
    if is_written_list(words) {
        return Err(WordsError::ListForText);
    }
    Ok(ScalarReading { value: Some(first.to_owned()), taken: 1, notices: Vec::new() })
}

/// Joins again what bash split between curly quotes.
fn curly(words: &[&str]) -> Result<ScalarReading, WordsError> {
    let (text, joints) = join(words);
    let mut joined = Joined::new(&text, &joints);
    let value = joined.quoted().transpose()?;
    let taken = joined.words_begun();
    match joined.peek() {
        None => {}
        Some(_) if joined.at_joint() => {
            joined.skip();
            if joined.peek() == Some(',') {
                return Err(WordsError::ListForText);
            }
        }
        Some(',') => return Err(WordsError::ListForText),
        Some(_) => return Err(WordsError::AfterQuote),
    }
    Ok(ScalarReading { value, taken, notices: notices(joined.curly) })
}

/// Whether the words begin as a list does whose quotes PowerShell left on, or go on after a comma.
fn is_written_list(words: &[&str]) -> bool {
    let goes_on = match words {
        [first, next, ..] => first.trim_end().ends_with(',') || next.trim_start().starts_with(','),
        _ => false,
    };
    let starts_quoted = words.first().is_some_and(|word| word.starts_with(is_quote));
    goes_on || (starts_quoted && comma_after_quote(words))
}

fn comma_after_quote(words: &[&str]) -> bool {
    let (text, joints) = join(words);
    let mut joined = Joined::new(&text, &joints);
    if !matches!(joined.quoted(), Some(Ok(_))) {
        return false;
    }
    joined.skip();
    joined.peek() == Some(',')
}
