//! The words of a list parameter: elements parted by commas, by boundaries of words, or an edit `@{Add=…}`.

use super::joined::{Gap, Joined, is_lone_dash, join, notices};
use super::{Notice, WordsError, edit, is_encoded_block, is_lost_value};

/// What the words of a list say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Listed {
    /// These elements, none of them empty.
    Elements(Vec<String>),
    /// A change of what is there: `@{Add=…;Remove=…}`.
    Edit {
        /// The elements to add.
        add: Vec<String>,
        /// The elements to remove.
        remove: Vec<String>,
    },
    /// `$null`: no elements.
    Null,
}

/// A list and what to tell the user about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListReading {
    /// What the words say.
    pub listed: Listed,
    /// What was read in the user's favour.
    pub notices: Vec<Notice>,
}

/// Reads all words of a list parameter.
///
/// Blanks inside an unquoted element are text when they stand inside a word (`10.0.0.1 - 10.0.0.9`), and part
/// elements when the shell split there.
///
/// # Errors
/// Empty elements, commas too many, a hyphen as a word, quotes that do not close or stand inside an element, what
/// PowerShell would compute, an edit that is open, empty or has other keys.
pub fn list(words: &[&str]) -> Result<ListReading, WordsError> {
    refuse_lost(words)?;
    if matches!(words, [only] if only.trim().eq_ignore_ascii_case("$null")) {
        return Ok(ListReading { listed: Listed::Null, notices: Vec::new() });
    }
    let (text, joints) = join(words);
    let mut joined = Joined::new(&text, &joints);
    let listed = if opens_table(words) {
        let (add, remove) = edit::edit(&mut joined)?;
        Listed::Edit { add, remove }
    } else if words.iter().any(|word| word.trim().is_empty()) {
        return Err(WordsError::EmptyElement);
    } else {
        joined.skip();
        Listed::Elements(elements(&mut joined, |_| false, None)?)
    };
    Ok(ListReading { listed, notices: notices(joined.curly) })
}

/// Reads all words of a parameter whose values are flags: an element may itself be a list (`'Tls, Integrated'`).
///
/// # Errors
/// As [`list`].
pub fn flags(words: &[&str]) -> Result<ListReading, WordsError> {
    let ListReading { listed, notices } = list(words)?;
    let Listed::Elements(elements) = listed else {
        return Ok(ListReading { listed, notices });
    };
    let split: Vec<String> =
        elements.iter().flat_map(|element| element.split(',')).map(|flag| flag.trim().to_owned()).collect();
    if split.iter().any(String::is_empty) {
        return Err(WordsError::EmptyElement);
    }
    Ok(ListReading { listed: Listed::Elements(split), notices })
}

/// How many words an edit takes, from the one that begins with `@{` to the one with its `}`; `None` where the
/// words begin no edit, all of them where it does not close.
pub fn table_words(words: &[&str]) -> Option<usize> {
    if !opens_table(words) {
        return None;
    }
    let (text, joints) = join(words);
    let mut joined = Joined::new(&text, &joints);
    Some(match edit::edit_alone(&mut joined) {
        Ok(_) => joined.words_begun().min(words.len()),
        Err(_) => words.iter().position(|word| word.ends_with('}')).map_or(words.len(), |last| last + 1),
    })
}

fn opens_table(words: &[&str]) -> bool {
    words.first().is_some_and(|word| word.trim_start().starts_with("@{"))
}

fn refuse_lost(words: &[&str]) -> Result<(), WordsError> {
    let Some(first) = words.first() else {
        return Err(WordsError::Nothing);
    };
    if let Some(lost) = words.iter().find(|word| is_lost_value(word)) {
        return Err(WordsError::LostValue(lost.trim().to_owned()));
    }
    if words.iter().any(|word| is_encoded_block(word)) {
        return Err(WordsError::ScriptBlock);
    }
    let expanded = first.to_ascii_lowercase();
    if expanded.starts_with("@add=") || expanded.starts_with("@remove=") {
        return Err(WordsError::ExpandedEdit);
    }
    Ok(())
}

/// Reads elements up to the end or to what `stop` names. `inside` is the error for two elements with nothing
/// between them but a boundary of words; without it the boundary parts them.
pub(super) fn elements(
    joined: &mut Joined<'_>,
    stop: impl Fn(char) -> bool + Copy,
    inside: Option<WordsError>,
) -> Result<Vec<String>, WordsError> {
    let mut read = Vec::new();
    loop {
        let element = element(joined, stop, &read)?;
        read.push(element);
        let gap = joined.skip();
        if joined.eat(",") {
            joined.skip();
        } else if ends(joined, stop, gap, inside.is_some()) {
            return Ok(read);
        } else if let Some(missing) = inside {
            return Err(missing);
        } else if !gap.joint {
            return Err(WordsError::AfterQuote);
        }
    }
}

/// A list ends with its text; inside an edit a line break ends it too.
fn ends(joined: &Joined<'_>, stop: impl Fn(char) -> bool, gap: Gap, inside: bool) -> bool {
    joined.peek().is_none_or(stop) || (inside && gap.newline)
}

fn element(
    joined: &mut Joined<'_>,
    stop: impl Fn(char) -> bool,
    read: &[String],
) -> Result<String, WordsError> {
    match joined.peek() {
        Some(',') if read.is_empty() => return Err(WordsError::LeadingComma),
        None => return Err(WordsError::MissingElement(read.to_vec())),
        Some(c) if c == ',' || stop(c) => return Err(WordsError::ExtraComma),
        Some(_) => {}
    }
    if let Some(text) = joined.quoted() {
        let text = text?;
        return if text.trim().is_empty() { Err(WordsError::EmptyElement) } else { Ok(text) };
    }
    let text = joined.bare(stop)?;
    if is_lone_dash(text) {
        let before = read.last().cloned().unwrap_or_default();
        return Err(WordsError::LoneHyphen(before, joined.next_word().to_owned()));
    }
    Ok(text.to_owned())
}
