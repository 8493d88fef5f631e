//! Candidates as each shell's script reads them. The scripts say what they make of it.

use serde_json::json;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::offer::{Candidate, Sort};
use super::request::Request;
use crate::cmdlet::Shell;

/// That the shell is to complete the name of a file. PowerShell does so where it is told nothing.
pub fn files(shell: Shell) -> String {
    if shell == Shell::Pwsh { String::new() } else { "files\n".to_owned() }
}

/// The candidates, one a line.
pub fn print(request: &Request, candidates: &[Candidate], spelled: Vec<String>) -> String {
    let is_posix = matches!(request.shell, Shell::Bash | Shell::Zsh);
    let spelled = if is_posix { one_head(spelled) } else { spelled };
    let both = || candidates.iter().zip(&spelled);
    match request.shell {
        Shell::Bash => bash(request, candidates, &spelled),
        Shell::Zsh => {
            let shown = listed(request, candidates, &texts(candidates), " -- ", "");
            let line = |((candidate, spelled), shown): ((&Candidate, &String), String)| {
                let follows = if candidate.whole { "blank" } else { "more" };
                format!("{follows}\t{spelled}\t{shown}\n")
            };
            both().zip(shown).map(line).collect()
        }
        Shell::Fish => {
            both().map(|(candidate, spelled)| format!("{spelled}\t{}\n", candidate.help)).collect()
        }
        Shell::Pwsh => both().map(|(candidate, spelled)| object(candidate, spelled)).collect(),
    }
}

/// The spellings with the head that they share in any case spelled as the first one has it. bash and zsh put in what
/// all begin with, and of `Hub` and `HUB01` would leave no more than `H` of what was typed.
fn one_head(spelled: Vec<String>) -> Vec<String> {
    let Some((first, others)) = spelled.split_first() else { return Vec::new() };
    let shared = |other: &String| {
        let same = |(a, b): &(char, char)| a == b || a.to_lowercase().eq(b.to_lowercase());
        first.chars().zip(other.chars()).take_while(same).count()
    };
    let count = others.iter().map(shared).min().unwrap_or(0);
    let head: String = first.chars().take(count).collect();
    let with_head = |text: String| match text.starts_with(&head) {
        true => text,
        false => head.chars().chain(text.chars().skip(count)).collect(),
    };
    spelled.into_iter().map(with_head).collect()
}

fn texts(candidates: &[Candidate]) -> Vec<&str> {
    candidates.iter().map(|candidate| candidate.text.as_str()).collect()
}

/// First whether a space may follow, then what to put in, or several with help to choose from.
fn bash(request: &Request, candidates: &[Candidate], spelled: &[String]) -> String {
    if spelled.is_empty() {
        return String::new();
    }
    let follows = if candidates.iter().all(|candidate| candidate.whole) { "blank" } else { "more" };
    let lines = match spelled {
        [_, _, ..] if request.listed => {
            let spelled: Vec<&str> = spelled.iter().map(String::as_str).collect();
            &listed(request, candidates, &spelled, "  (", ")")
        }
        _ => spelled,
    };
    let mut text = format!("{follows}\n");
    text.extend(lines.iter().flat_map(|line| [line, "\n"]));
    text
}

/// Names in a column with their help beside them, within the width.
fn listed(
    request: &Request,
    candidates: &[Candidate],
    names: &[&str],
    open: &str,
    close: &str,
) -> Vec<String> {
    let widest = names.iter().map(|name| name.width()).max().unwrap_or(0);
    let edge = widest + open.width() + close.width() + 1;
    let line = |(candidate, name): (&Candidate, &&str)| {
        let room = request.width.map_or(usize::MAX, |width| width.saturating_sub(edge));
        if candidate.help.is_empty() || room < 10 {
            return (*name).to_owned();
        }
        let gap = " ".repeat(widest - name.width());
        format!("{name}{gap}{open}{}{close}", shortened(&candidate.help, room))
    };
    candidates.iter().zip(names).map(line).collect()
}

fn shortened(text: &str, room: usize) -> String {
    if text.width() <= room {
        return text.to_owned();
    }
    let mut left = room - 1;
    let fits = |c: &char| {
        let fits = left.checked_sub(c.width().unwrap_or(0));
        left = fits.unwrap_or(0);
        fits.is_some()
    };
    let head: String = text.chars().take_while(fits).collect();
    format!("{}…", head.trim_end())
}

/// One line of JSON in ASCII, which Windows PowerShell reads whatever its encoding is.
fn object(candidate: &Candidate, spelled: &str) -> String {
    let help = if candidate.help.is_empty() { &candidate.text } else { &candidate.help };
    let kind = match candidate.sort {
        Sort::Command => "Command",
        Sort::Parameter => "ParameterName",
        Sort::Value => "ParameterValue",
    };
    let text = json!({"text": spelled, "list": candidate.text, "kind": kind, "help": help}).to_string();
    let mut ascii = String::with_capacity(text.len() + 1);
    for c in text.chars() {
        match c {
            c if c.is_ascii() => ascii.push(c),
            c => {
                c.encode_utf16(&mut [0; 2]).iter().for_each(|unit| ascii.push_str(&format!("\\u{unit:04x}")))
            }
        }
    }
    ascii.push('\n');
    ascii
}
