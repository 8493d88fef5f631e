//! Back to text: values written so that PowerShell, or bash, reads them as they are.

use super::chars::is_single_quote;

/// The kind of shell that a line to type is quoted for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Quoting {
    /// bash, zsh, fish and their like.
    #[default]
    Posix,
    /// PowerShell 5.1 and 7.
    PowerShell,
}

/// A sentence whose words are quoted as [`bash`] quotes them, with each quoted word as PowerShell reads it: `'\''`
/// becomes `''`, and a curly quote, which PowerShell takes for a straight one, is doubled too. An apostrophe inside a
/// word opens no quote.
pub fn powershell_line(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    let mut rest = line;
    while let Some(at) = rest.find('\'') {
        let (before, word) = rest.split_at(at);
        out.push_str(before);
        let opens = !before.ends_with(char::is_alphanumeric);
        match posix_word(word).filter(|_| opens) {
            Some((text, after)) => {
                out.push_str(&quoted(&text));
                rest = after;
            }
            None => {
                out.push('\'');
                rest = word.get(1..).unwrap_or_default();
            }
        }
    }
    out + rest
}

/// The text of a word in single quotes at the beginning of `rest`, and what follows it.
fn posix_word(rest: &str) -> Option<(String, &str)> {
    let mut text = String::new();
    let mut rest = rest.strip_prefix('\'')?;
    loop {
        let (part, after) = rest.split_once('\'')?;
        text.push_str(part);
        match after.strip_prefix(r"\''") {
            Some(more) => {
                text.push('\'');
                rest = more;
            }
            None => return Some((text, after)),
        }
    }
}

/// A text for PowerShell: bare where that is safe, else in single quotes.
///
/// What looks like a number is quoted, since a parameter that takes any object would be handed the number.
pub fn powershell(text: &str) -> String {
    if is_plain(text) && !looks_numeric(text) { text.to_owned() } else { quoted(text) }
}

/// A list for PowerShell, every element in quotes; `@()` where there is none.
pub fn powershell_list<T: AsRef<str>>(elements: &[T]) -> String {
    if elements.is_empty() {
        return "@()".to_owned();
    }
    let quoted: Vec<String> = elements.iter().map(|element| quoted(element.as_ref())).collect();
    quoted.join(",")
}

/// A multivalued edit for PowerShell: `@{Add='10.0.0.1';Remove='10.0.0.2'}`, without the half that is empty.
pub fn powershell_edit<T: AsRef<str>>(add: &[T], remove: &[T]) -> String {
    let halves: Vec<String> = [("Add", add), ("Remove", remove)]
        .into_iter()
        .filter(|(_, elements)| !elements.is_empty())
        .map(|(key, elements)| format!("{key}={}", powershell_list(elements)))
        .collect();
    format!("@{{{}}}", halves.join(";"))
}

/// A multivalued edit as one argument that every shell hands over alike: `'@{Add="10.0.0.1"}'`.
pub fn edit<T: AsRef<str>>(add: &[T], remove: &[T]) -> String {
    bash(&powershell_edit(add, remove).replace('\'', "\""))
}

/// A text as one argument for bash and other POSIX shells: bare where that is safe, else in single quotes.
///
/// A NUL, which no argument can hold, is left out by the shell.
pub fn bash(text: &str) -> String {
    let safe = |c: char| c.is_ascii_alphanumeric() || "._:/@%+,=-".contains(c);
    if !text.is_empty() && !text.starts_with('=') && text.chars().all(safe) {
        return text.to_owned();
    }
    if text.contains('\'') {
        return format!("'{}'", text.replace('\'', r"'\''"));
    }
    ["'", text, "'"].concat()
}

/// A text in single quotes, those inside it doubled.
pub(super) fn quoted(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('\'');
    for c in text.chars() {
        quoted.push(c);
        // PowerShell lets a curly quote close a straight one.
        if is_single_quote(c) {
            quoted.push(c);
        }
    }
    quoted.push('\'');
    quoted
}

fn is_plain(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphanumeric())
        && text.chars().all(|c| c.is_ascii_alphanumeric() || r"._:/\-".contains(c))
}

/// Begins like a number and is none in plain decimal: `007`, `0x10`, `36MB`, `1.50`; an address is none of them.
fn looks_numeric(text: &str) -> bool {
    let canonical = text.parse::<u32>().is_ok_and(|value| value.to_string() == text);
    text.starts_with(|c: char| c.is_ascii_digit())
        && !canonical
        && !text.contains([':', '/', '\\'])
        && text.matches('.').count() < 2
}
