//! What TAB offers: the text of a line and a place in it become candidates, quoted for the shell at hand.
//!
//! The scripts in `completions/` ask, by the hidden word `complete-line`. Everything comes from the cmdlets' rows
//! but names, which the caller looks up. Nothing typed is evaluated, and whatever cannot be read offers nothing.

mod offer;
mod print;
mod request;
mod shell_tokenizer;
mod slot;
mod spell;

use std::ffi::OsString;

use crate::cmdlet::{CompletionCandidate, CompletionRequest};
use request::Request;
use shell_tokenizer::Backslash;

/// Looks up the names that are known beyond the line.
pub type Names<'n> = &'n dyn Fn(&CompletionRequest<'_>) -> Vec<CompletionCandidate>;

/// What a shell's script is to be told; none where the words ask for something else. `input` gives the line on
/// standard input, which PowerShell's script writes there.
pub fn answer(words: &[OsString], input: impl FnOnce() -> String, names: Names<'_>) -> Option<String> {
    let (first, rest) = words.split_first()?;
    if first != "complete-line" {
        return None;
    }
    let words: Vec<String> = rest.iter().map(|word| word.to_string_lossy().into_owned()).collect();
    Some(Request::read(&words, input).map_or_else(String::new, |request| offered(&request, names)))
}

/// What is offered: where nothing fits the line as the shell reads it, what fits with backslashes as they are typed.
fn offered(request: &Request, names: Names<'_>) -> String {
    let ways = [Backslash::Escape, Backslash::Itself].into_iter();
    ways.map(|way| offered_as(request, names, way)).find(|text| !text.is_empty()).unwrap_or_default()
}

fn offered_as(request: &Request, names: Names<'_>, backslash: Backslash) -> String {
    let cut = |text: &str| shell_tokenizer::cut(text, request.shell, backslash);
    let line = cut(&request.before);
    let whole = cut(&format!("{}{}", request.before, request.after));
    let after: Vec<_> = whole.into_iter().filter(|word| word.start > request.before.len()).collect();
    let Some(place) = slot::find(&line, &after) else { return String::new() };
    match offer::offer(&place, names) {
        offer::Offer::Files => print::files(request.shell),
        offer::Offer::Candidates(candidates) => {
            let spelled = spell::Spelling::new(request, &place).all(&candidates);
            print::print(request, &candidates, spelled)
        }
    }
}
