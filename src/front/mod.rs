//! Text in, calls out: the words of a command line become one call of one cmdlet.
//!
//! It reads the registry of cmdlets and names none of them, and touches no store: help and versions are
//! answered even when the store is broken.

mod bind;
mod bound_parameter;
pub mod complete;
mod elsewhere;
mod expanded;
mod grammar;
mod list_file;
mod literal;
mod name;
mod runbook;
mod table;
mod value;

pub use expanded::WorkingDirectory;
pub use name::linked;
pub use runbook::{runbook, statements};

use crate::answer::{Exit, Problem};
use crate::cmdlet::{Args, Cmdlet};

/// What a command line asks for.
pub enum Request {
    /// One call of a cmdlet.
    Call {
        /// The cmdlet.
        cmdlet: &'static Cmdlet,
        /// What was given.
        args: Args,
        /// What was read in the user's favour, to be said once.
        notices: Vec<String>,
    },
    /// `exch` alone.
    Welcome,
    /// `--help`, or `X -?`.
    Help(Option<&'static Cmdlet>),
    /// `--version`.
    Version,
}

/// Reads the words after the program's name, typed in the directory `here`.
///
/// # Errors
/// Exit 2 where the line is not understood, exit 1 where a value is refused.
pub fn read(words: &[String], here: WorkingDirectory<'_>) -> Result<Request, Problem> {
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let Some(first) = words.first() else { return Ok(Request::Welcome) };
    match first.to_ascii_lowercase().as_str() {
        "--help" | "-h" | "-?" | "/?" => return Ok(Request::Help(None)),
        "--version" | "-v" => return Ok(Request::Version),
        _ => {}
    }
    let (cmdlet, taken) = name::cmdlet(&words)?;
    let rest = words.get(taken..).unwrap_or_default();
    // What begins a parameter's name is that parameter.
    let is_help = |word: &str| match word {
        "-?" | "--help" => true,
        "-h" => cmdlet.all_params().iter().all(|param| !param.name.starts_with(['H', 'h'])),
        _ => false,
    };
    if rest.iter().any(|word| is_help(word)) {
        return Ok(Request::Help(Some(cmdlet)));
    }
    let bound = bind::bind(cmdlet, rest, here)?;
    let args = value::read_all(cmdlet, &bound.given, here)?;
    grammar::exclusive(cmdlet, &args)?;
    Ok(Request::Call { cmdlet, args, notices: bound.notices })
}

/// The words as text.
///
/// # Errors
/// Exit 2 for a word that is no UTF-8.
pub fn texts(words: impl IntoIterator<Item = std::ffi::OsString>) -> Result<Vec<String>, Problem> {
    let text = |word: std::ffi::OsString| {
        word.into_string().map_err(|word| {
            Problem::new(
                Exit::NotUnderstood,
                format!("the argument `{}` is not UTF-8 text", word.to_string_lossy()),
            )
            .hint("type it again in a UTF-8 terminal")
        })
    };
    words.into_iter().map(text).collect()
}

/// Whether errors are JSON: known before the line is read as a whole, since reading it may fail.
#[must_use]
pub(crate) fn wants_json(words: &[String]) -> bool {
    let output = |word: &str| {
        let word = word.trim_start_matches(['-', '–', '—', '―']).to_ascii_lowercase();
        word == "o" || word == "output"
    };
    let joined = |word: &str| {
        word.split_once([':', '='])
            .is_some_and(|(name, value)| output(name) && value.eq_ignore_ascii_case("json"))
    };
    let apart = words.windows(2).any(|pair| {
        let [name, value] = pair else { return false };
        name.starts_with(['-', '–', '—', '―'])
            && output(name.trim_end_matches([':', '=']))
            && value.eq_ignore_ascii_case("json")
    });
    apart || words.iter().any(|word| joined(word))
}
