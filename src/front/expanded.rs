//! `*` without quotes: a shell puts the files of the working directory in its place, and no word tells it any more.
//! What can be told is that the words are those files.

use super::bind::Words;
use crate::answer::{Exit, Problem};
use crate::param::{Completes, Kind, Param};
use crate::powershell::quote;

/// The files beside which a line is typed, as a shell matches `*` with them.
#[derive(Clone, Copy)]
pub struct WorkingDirectory<'d> {
    /// Whether a file or directory of that name is there.
    pub has: &'d dyn Fn(&str) -> bool,
    /// Whether it is the only one that `*` matches.
    pub has_only: &'d dyn Fn(&str) -> bool,
    /// The text of a file, or of standard input where it is called `-`; else why it cannot be read.
    pub read: &'d dyn Fn(&str) -> Result<String, String>,
}

impl WorkingDirectory<'static> {
    /// No file at all: a line that is read apart from any directory.
    pub const NONE: Self = WorkingDirectory {
        has: &|_| false,
        has_only: &|_| false,
        read: &|_| Err("no file is read here".to_owned()),
    };
}

/// Refuses words that are what a shell made of `*`: several that are all files here, or one that is the only file
/// where `*` is a value of its own. Words that are attached (`-Name:x`) or joined with commas are never that.
///
/// # Errors
/// Exit 2 with the line to type.
pub fn refuse(param: &'static Param, words: Words<'_>, here: WorkingDirectory<'_>) -> Result<(), Problem> {
    if matches!(param.kind, Kind::Switch) || param.completes == Completes::File {
        return Ok(());
    }
    let is_expanded = match words {
        [] => false,
        [only] => takes_star(param) && could_be_file(only) && (here.has_only)(only),
        several => {
            several.iter().all(|word| could_be_file(word)) && several.iter().all(|word| (here.has)(word))
        }
    };
    if is_expanded { Err(refused(param, words)) } else { Ok(()) }
}

/// Whether `*` says something as a value of it.
fn takes_star(param: &Param) -> bool {
    match param.kind {
        kind if kind.is_identities() => true,
        Kind::List(element) => element.parse(param.name, "*").is_ok(),
        Kind::Domain | Kind::Form(_) => param.parse("*").is_ok(),
        _ => false,
    }
}

/// Whether `*` could have matched it: a plain name that is not hidden.
fn could_be_file(word: &str) -> bool {
    !word.is_empty() && !word.starts_with('.') && !word.contains(['/', '\\', '*', '?', ','])
}

fn refused(param: &'static Param, words: Words<'_>) -> Problem {
    let name = param.name;
    let quoted: Vec<String> = words.iter().map(|word| quote::bash(word)).collect();
    let shown: Vec<String> = words.iter().take(3).map(|word| format!("`{word}`")).collect();
    let more = if words.len() > shown.len() { ", …" } else { "" };
    let (files, told) = match words {
        [only] => (format!("`{only}` is the only file"), Some(format!("-{name}:{}", quoted.join("")))),
        _ if more.is_empty() && param.kind.is_multivalued() => {
            (format!("{} are files", shown.join(", ")), Some(format!("-{name} {}", quoted.join(","))))
        }
        _ => (format!("{}{more} are files", shown.join(", ")), None),
    };
    let message = format!(
        "parameter {name}: {files} of the working directory, which is what a shell makes of `*` without quotes"
    );
    let star = if takes_star(param) {
        format!("-{name} '*', in quotes")
    } else {
        format!("-{name} {}", param.sample())
    };
    let told = told.map(|line| format!("; {line} where just that is meant")).unwrap_or_default();
    Problem::new(Exit::NotUnderstood, message).hint(star + &told).about(name)
}
