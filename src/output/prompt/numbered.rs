//! Questions for a terminal that knows nothing but lines: options have numbers, and the system reads the line.

use std::io::{self, ErrorKind};

use crate::output::escape::visible;
use console::Term;

/// A line as the system's own line reader gives it.
pub(super) fn line(term: &Term, label: &str) -> io::Result<String> {
    term.write_str(label)?;
    let mut text = String::new();
    if io::stdin().read_line(&mut text)? == 0 {
        return Err(ErrorKind::UnexpectedEof.into());
    }
    Ok(text.trim_end_matches(['\r', '\n']).to_owned())
}

/// One of the options, by its number.
pub(super) fn choose(term: &Term, label: &str, options: &[String]) -> io::Result<usize> {
    list(term, label, options.iter().map(|text| (text, "")))?;
    loop {
        let typed = line(term, &format!("Number (1-{}): ", options.len()))?;
        if let Some([one]) = places(&typed, options.len()).as_deref() {
            return Ok(*one);
        }
    }
}

/// Any of the options, by their numbers; an empty line keeps those that are marked, 0 is none.
pub(super) fn check(term: &Term, label: &str, options: &[(String, bool)]) -> io::Result<Vec<usize>> {
    let mark = |marked: bool| if marked { "[x] " } else { "[ ] " };
    list(term, label, options.iter().map(|(text, marked)| (text, mark(*marked))))?;
    loop {
        let typed = line(term, "Numbers (Enter for those marked, 0 for none): ")?;
        match typed.trim() {
            "" => return Ok((0..options.len()).filter(|at| options.get(*at).is_some_and(|o| o.1)).collect()),
            "0" => return Ok(Vec::new()),
            typed => {
                if let Some(found) = places(typed, options.len()) {
                    return Ok(found);
                }
            }
        }
    }
}

fn list<'o>(
    term: &Term,
    label: &str,
    options: impl Iterator<Item = (&'o String, &'o str)>,
) -> io::Result<()> {
    term.write_line(&format!("{label}:"))?;
    for (number, (text, mark)) in (1..).zip(options) {
        term.write_line(&format!("{number:>3}  {mark}{}", visible(text)))?;
    }
    Ok(())
}

/// The places that numbers parted by commas or blanks name; nothing where one of them is none.
fn places(typed: &str, count: usize) -> Option<Vec<usize>> {
    let words = typed.split([',', ' ']).filter(|word| !word.is_empty());
    let place = |word: &str| word.parse::<usize>().ok().filter(|n| (1..=count).contains(n)).map(|n| n - 1);
    words.map(place).collect()
}
