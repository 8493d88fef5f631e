//! Identities as other programs write them: one a line, or the JSON that Get- prints. It is given bytes and knows
//! of no stream.

use std::collections::HashSet;

use serde_json::Value as Json;

use crate::answer::{Exit, Problem};
use crate::text::decode;

/// The most bytes of one line: an identity is never so long.
const LONGEST: usize = 4_096;

/// The identities that `bytes` hold, each once: lines, or an array of objects with an Identity, one object, or one
/// after the other.
///
/// # Errors
/// Exit 2 with the line that is no text, no identity or no JSON.
pub fn read(bytes: &[u8]) -> Result<Vec<String>, Problem> {
    let text = match decode(bytes) {
        Some(text) => text,
        None => utf8(bytes)?.to_owned(),
    };
    let mut found = if is_json(&text) { of_json(&text)? } else { of_lines(&text)? };
    let mut seen = HashSet::new();
    found.retain(|identity| seen.insert(identity.clone()));
    Ok(found)
}

/// Text that no encoding explains, as UTF-8.
fn utf8(bytes: &[u8]) -> Result<&str, Problem> {
    std::str::from_utf8(bytes).map_err(|why| {
        refused(line_at(bytes, why.valid_up_to()), "is neither UTF-8 nor UTF-16 text")
            .hint("save or pipe it as UTF-8")
    })
}

/// The text of `bytes` where it is one JSON value of which every object is an entry of an access list.
#[must_use]
pub fn entries(bytes: &[u8]) -> Option<String> {
    let text = decode(bytes)?;
    let value: Json = serde_json::from_str(&text).ok()?;
    let objects = value.as_array().map_or(std::slice::from_ref(&value), Vec::as_slice);
    let is_entry = |one: &Json| ["User", "ExtendedRights"].iter().all(|name| one.get(name).is_some());
    (!objects.is_empty() && objects.iter().all(is_entry)).then_some(text)
}

/// The line of a place, counted from 1.
#[must_use]
pub(crate) fn line_at(bytes: &[u8], at: usize) -> usize {
    bytes.iter().take(at).filter(|byte| **byte == b'\n').count() + 1
}

/// The refusal of one line.
#[must_use]
pub fn refused(line: usize, why: &str) -> Problem {
    Problem::new(Exit::NotUnderstood, format!("parameter Identity: line {line} of standard input {why}"))
        .about("Identity")
}

/// A bracket, and what can follow it in JSON and in no identity: `{guid}` is one.
fn is_json(text: &str) -> bool {
    let text = text.trim_start();
    let follows = |open: char, next: &[char]| {
        text.strip_prefix(open).is_some_and(|rest| rest.trim_start().starts_with(next))
    };
    follows('[', &['{', '"', ']']) || follows('{', &['"', '}'])
}

fn of_json(text: &str) -> Result<Vec<String>, Problem> {
    let mut values = serde_json::Deserializer::from_str(text).into_iter::<Json>();
    let mut found = Vec::new();
    while let Some(value) = values.next() {
        let line = || line_at(text.as_bytes(), values.byte_offset());
        let value = value.map_err(|why| {
            let said = why.to_string();
            let said = said.split(" at line ").next().unwrap_or_default();
            refused(why.line(), &format!("is not JSON: {said}"))
                .hint("pipe what Get- prints with -Output json")
                .because(why)
        })?;
        match value {
            Json::Array(items) => {
                for (at, item) in items.iter().enumerate() {
                    found.push(of_value(item).ok_or_else(|| nameless(&format!("object {}", at + 1)))?);
                }
            }
            one => found.push(of_value(&one).ok_or_else(|| nameless(&format!("line {}", line())))?),
        }
    }
    Ok(found)
}

fn of_value(value: &Json) -> Option<String> {
    let text = match value {
        Json::String(text) => text,
        Json::Object(properties) => properties
            .iter()
            .find(|(name, _)| name.eq_ignore_ascii_case("Identity"))
            .and_then(|(_, value)| value.as_str())?,
        _ => return None,
    };
    (!text.trim().is_empty()).then(|| text.trim().to_owned())
}

fn nameless(what: &str) -> Problem {
    Problem::new(Exit::NotUnderstood, format!("parameter Identity: {what} of standard input has no Identity"))
        .hint("pipe what Get- prints with -Output json or -Output name")
        .about("Identity")
}

fn of_lines(text: &str) -> Result<Vec<String>, Problem> {
    let mut found = Vec::new();
    for (at, line) in text.lines().enumerate() {
        if line.len() > LONGEST {
            return Err(refused(at + 1, &format!("is not an identity: it has {} bytes", line.len()))
                .hint("give one identity a line"));
        }
        let line = line.trim();
        if line.contains("--") && line.chars().all(|c| c == '-' || c.is_whitespace()) {
            return Err(refused(at + 1, "belongs to a table").hint("pipe what Get- prints with -Output name"));
        }
        let name = unquoted(line);
        if !name.is_empty() {
            found.push(name);
        }
    }
    Ok(found)
}

/// A line without the quotes around it. A name holds no backslash, so two of them are JSON's way of writing one.
fn unquoted(line: &str) -> String {
    let within = |quote: char| line.strip_prefix(quote)?.strip_suffix(quote);
    if line.contains(r"\\")
        && let Ok(text) = serde_json::from_str::<String>(line)
    {
        return text.trim().to_owned();
    }
    within('"').or_else(|| within('\'')).unwrap_or(line).trim().to_owned()
}
