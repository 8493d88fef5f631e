//! CSV as RFC 4180 has it: a header, CRLF between lines, quotes where they are needed.
//!
//! Spreadsheets are its readers: a cell that would run as a formula is disarmed. At a terminal the lines end
//! in a line feed alone.

use std::fmt::Write as _;

use super::screen::Screen;
use super::select::{Column, names, same};
use crate::answer::Object;
use crate::param::Value;

/// What parts the elements of a list: commas and semicolons occur inside them.
const BETWEEN: char = '|';

/// Most lines are no longer.
const LONG: usize = 256;

/// The objects, a line each, under every property that any of them has. Cells are written where they stand: a text for
/// each took as long as everything else.
pub(super) fn csv(objects: &[Object], columns: Option<&[Column]>, screen: &Screen) -> String {
    let columns: Vec<&str> =
        columns.map_or_else(|| names(objects), |columns| columns.iter().map(|column| column.name).collect());
    let mut out = String::with_capacity(LONG * (objects.len() + 1));
    line(&mut out, screen, &columns, |out, _, name| out.push_str(name));
    for object in objects {
        line(&mut out, screen, &columns, |out, at, name| {
            // Most objects have the columns in their order.
            let here = object.cells.get(at).filter(|cell| same(cell.0, name)).map(|cell| &cell.1);
            if let Some(value) = here.or_else(|| object.get(name)) {
                cell(out, value, screen);
            }
        });
    }
    out
}

/// One line; `write` writes the cell of a column.
fn line(out: &mut String, screen: &Screen, columns: &[&str], write: impl Fn(&mut String, usize, &str)) {
    let begin = out.len();
    for (at, name) in columns.iter().enumerate() {
        if at > 0 {
            out.push(',');
        }
        let from = out.len();
        write(out, at, name);
        quote(out, from);
    }
    // A line without a byte would be none.
    if out.len() == begin {
        out.push_str("\"\"");
    }
    out.push_str(if screen.terminal { "\n" } else { "\r\n" });
}

/// Puts the cell that begins there in quotes, where it needs them.
fn quote(out: &mut String, from: usize) {
    let text = out.get(from..).unwrap_or_default();
    // No end at the first that is found: so many bytes are looked at together.
    let needed = text.bytes().fold(false, |any, byte| any | matches!(byte, b',' | b'"' | b'\r' | b'\n'));
    if needed {
        let text = out.split_off(from).replace('"', "\"\"");
        out.extend(["\"", &text, "\""]);
    }
}

/// A value as a cell, without quotes.
fn cell(out: &mut String, value: &Value, screen: &Screen) {
    let from = out.len();
    text(out, value);
    let formula = out.get(from..).unwrap_or_default().starts_with(['=', '+', '-', '@', '\t', '\r']);
    if formula || screen.terminal {
        let text = out.split_off(from);
        out.extend([if formula { "'" } else { "" }, &screen.safe(&text)]);
    }
}

/// A value's text: moments in UTC, sizes in bytes, which `-MaxMessageSize` takes too, and flags as other lists.
fn text(out: &mut String, value: &Value) {
    match value {
        Value::Text(text) | Value::Line(text) => out.push_str(text),
        Value::Choice(name) => out.push_str(name),
        Value::Flags(names) if !names.is_empty() => {
            joined(out, names, |out, name| out.push_str(name));
        }
        Value::List(items) => joined(out, items, text),
        // Writing to memory cannot fail.
        Value::Size(size) => _ = write!(out, "{}", size.as_bytes()),
        other => _ = write!(out, "{other}"),
    }
}

/// The elements of a list.
fn joined<T>(out: &mut String, items: &[T], write: impl Fn(&mut String, &T)) {
    for (at, item) in items.iter().enumerate() {
        if at > 0 {
            out.push(BETWEEN);
        }
        write(out, item);
    }
}
