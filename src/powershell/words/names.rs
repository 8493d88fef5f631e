//! The words of a parameter that takes names: one, or a list of them. A name may hold blanks, commas and brackets,
//! so one word stays as it is; whether its commas part names is for whoever knows which names there are.

use super::super::chars::{is_curly, is_quote};
use super::super::error::{ReadError, Trouble};
use super::super::quote;
use super::joined::is_lone_dash;
use super::list::{ListReading, Listed, list};
use super::{Notice, WordsError, is_encoded_block, is_lost_value};

/// Names, how many of the words they took, and what to tell the user about them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamesReading {
    /// Each name as one word: one that [`parts`] would take apart is in quotes.
    pub texts: Vec<String>,
    /// The words they took.
    pub taken: usize,
    /// What was read in the user's favour.
    pub notices: Vec<Notice>,
}

/// Reads names from the words up to the next parameter: all of them, or with `in_place` only as far as commas and
/// open quotes carry a list on, so that a stray word is not taken for a name.
///
/// # Errors
/// As [`list`] where there are several words; a value that PowerShell could not hand over.
pub fn names(words: &[&str], in_place: bool) -> Result<NamesReading, WordsError> {
    if let Some(lost) = words.iter().find(|word| is_lost_value(word)) {
        return Err(WordsError::LostValue(lost.trim().to_owned()));
    }
    if words.iter().any(|word| is_encoded_block(word)) {
        return Err(WordsError::ScriptBlock);
    }
    if words.first().is_some_and(|word| word.trim_start().starts_with("@{")) {
        return Err(WordsError::NoName);
    }
    let taken = if in_place { run(words) } else { words.len() };
    match words.get(..taken) {
        None | Some([]) => Err(WordsError::Nothing),
        Some([one]) if !one.starts_with(is_curly) => {
            Ok(NamesReading { texts: vec![(*one).to_owned()], taken, notices: Vec::new() })
        }
        Some(several) if several.iter().any(|word| is_lone_dash(word.trim_matches(','))) => {
            Err(WordsError::InputAmongNames)
        }
        Some(several) => {
            let ListReading { listed, notices } = list(several)?;
            let Listed::Elements(elements) = listed else { return Err(WordsError::NoName) };
            Ok(NamesReading { texts: elements.into_iter().map(as_one_word).collect(), taken, notices })
        }
    }
}

/// The names that one word holds where its commas part them, as PowerShell 7 hands a list over: bare or in quotes.
/// Nothing where it can only be a name: it has no comma, or one beside a space, which PowerShell would have cut at.
#[must_use]
pub fn parts(word: &str) -> Option<Vec<String>> {
    let quoted = word.starts_with(is_quote);
    let blank = |word: &str| word.starts_with(char::is_whitespace) || word.ends_with(char::is_whitespace);
    if !quoted && (!word.contains(',') || word.split(',').any(blank)) {
        return None;
    }
    match list(&[word]).ok()?.listed {
        Listed::Elements(elements) => Some(elements),
        Listed::Edit { .. } | Listed::Null => None,
    }
}

/// A name that was read, so that it stays one.
fn as_one_word(name: String) -> String {
    if parts(&name).is_some() { quote::powershell_list(&[name]) } else { name }
}

/// How many words a list without a parameter goes on for: past each comma at a word's edge, and to the end of a
/// quote that is open.
fn run(words: &[&str]) -> usize {
    let mut taken = 1;
    while taken < words.len() {
        let (head, rest) = words.split_at(taken);
        let comma = head.last().is_some_and(|word| word.trim_end().ends_with(','))
            || rest.first().is_some_and(|word| word.trim_start().starts_with(','));
        if !comma && !is_open(head) {
            return taken;
        }
        taken += 1;
    }
    // A quote that never closes is no quote.
    if is_open(words) { 1 } else { taken }
}

fn is_open(words: &[&str]) -> bool {
    matches!(list(words), Err(WordsError::Quoted(ReadError { trouble: Trouble::OpenQuote(_), .. })))
}
