//! The words of one parameter before they are a value, and the refusal of words that are none.

use crate::answer::{Exit, Problem};
use crate::param::Param;
use crate::powershell::words::WordsError;

/// The words of one parameter.
#[derive(Clone, Debug)]
pub struct BoundParameter {
    /// The parameter.
    pub param: &'static Param,
    /// Its words; none for a switch without a value.
    pub words: Vec<String>,
}

/// Words that the dialect cannot read as one thing only.
#[must_use]
pub(crate) fn not_read(param: &'static Param, typed: &str, why: &WordsError) -> Problem {
    let sentence = why.to_string();
    let message = format!("{}: parameter {}, `{typed}`", sentence.trim_end_matches('.'), param.name);
    let problem = Problem::new(Exit::NotUnderstood, message).about(param.name);
    match why {
        WordsError::LoneHyphen(before, after) if before.is_empty() || after.is_empty() => {
            problem.hint(format!("-{} {}, for example", param.name, param.sample()))
        }
        _ => match why.hint() {
            // A hint that begins with a word is a sentence, the others are what to type.
            Some(hint) if hint.starts_with(|c: char| c.is_ascii_lowercase()) && hint.contains(' ') => {
                problem.hint(hint)
            }
            Some(hint) => problem.hint(format!("-{} {hint}", param.name)),
            None => problem,
        },
    }
}
