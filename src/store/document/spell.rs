//! A value of a row to TOML, as a careful person would write it.

use super::keys::shown;
use crate::param::{Kind, Noun, Row, Size, Value};

/// The longest line that a list is written on.
const WIDTH: usize = 100;
/// What the elements of a list are indented by when each has a line.
pub(super) const INDENT: &str = "    ";

/// A value that is no list: a text for quotation marks, or what stands by itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Word {
    Quoted(String),
    Bare(String),
}

impl Word {
    /// As TOML.
    pub fn toml(&self) -> String {
        match self {
            Word::Quoted(text) => quote(text),
            Word::Bare(text) => text.clone(),
        }
    }

    /// As TOML, in the marks that its neighbour or forerunner `raw` has, where it can be.
    pub fn like(&self, raw: &str) -> String {
        let literal = raw.starts_with('\'') && !raw.starts_with("'''");
        match self {
            Word::Quoted(text) if literal && !text.contains('\'') && !text.contains(char::is_control) => {
                format!("'{text}'")
            }
            _ => self.toml(),
        }
    }
}

/// A value as it would be written; of a list, every element.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Spelled {
    One(Word),
    Many(Vec<Word>),
}

impl Spelled {
    /// As it stands after `key = `: a list on one line when that is short, else one element a line.
    pub fn after(&self, key: &str, eol: &str) -> String {
        match self {
            Spelled::One(word) => word.toml(),
            Spelled::Many(words) => {
                let items: Vec<String> = words.iter().map(Word::toml).collect();
                let line = format!("[{}]", items.join(", "));
                if fits(key, &line) { line } else { tall(&items, eol) }
            }
        }
    }
}

/// Whether `key = value` is short enough for one line.
pub(super) fn fits(key: &str, value: &str) -> bool {
    key.chars().count() + " = ".len() + value.chars().count() <= WIDTH
}

/// A list with one element a line.
pub(super) fn tall(items: &[String], eol: &str) -> String {
    let lines: String = items.iter().map(|item| format!("{INDENT}{item},{eol}")).collect();
    format!("[{eol}{lines}]")
}

/// The value of `row` in `object`; nothing where TOML has no word for it, so that the key is left out.
pub(super) fn spell<N: Noun>(row: &Row<N>, object: &N) -> Option<Spelled> {
    spell_value(row.param.kind, &shown(row, object)?)
}

pub(super) fn spell_value(kind: Kind, value: &Value) -> Option<Spelled> {
    let names = |names: &[&str]| names.iter().map(|name| Word::Quoted((*name).to_owned())).collect();
    match value {
        Value::Null => {
            (kind.parse("", "") == Ok(Value::Null)).then(|| Spelled::One(Word::Quoted(String::new())))
        }
        Value::Flags(all) if all.is_empty() => Some(Spelled::Many(names(&["None"]))),
        Value::Flags(all) => Some(Spelled::Many(names(all))),
        Value::List(items) => Some(Spelled::Many(items.iter().map(word).collect())),
        one => Some(Spelled::One(word(one))),
    }
}

/// A value that is no list.
fn word(value: &Value) -> Word {
    match value {
        Value::Bool(yes) => Word::Bare(yes.to_string()),
        Value::Int(number) => Word::Bare(number.to_string()),
        Value::Size(size) => size_word(*size),
        Value::Unlimited => Word::Quoted("Unlimited".to_owned()),
        Value::Time(time) | Value::Utc(time) => {
            let text = time.to_string();
            // A year of five digits is none that TOML knows.
            if text.parse::<toml_edit::Datetime>().is_ok() { Word::Bare(text) } else { Word::Quoted(text) }
        }
        other => Word::Quoted(other.to_string()),
    }
}

/// `"36 MB"`, or bare bytes as a number.
fn size_word(size: Size) -> Word {
    let text = size.short();
    if text.bytes().all(|b| b.is_ascii_digit()) { Word::Bare(text) } else { Word::Quoted(text) }
}

/// A TOML string on one line: in apostrophes where that spares escapes.
pub(super) fn quote(text: &str) -> String {
    if text.chars().any(char::is_control) { escaped(text) } else { toml_edit::Value::from(text).to_string() }
}

/// A basic string on one line, whatever the text holds: a multi-line one would take the file's line ends in.
fn escaped(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if c.is_control() => out.push_str(&format!("\\u{:04X}", u32::from(c))),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}
