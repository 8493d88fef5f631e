//! CSV as RFC 4180 has it: a header, CRLF between lines, quotes where they are needed.
//!
//! Spreadsheets are its readers: a cell that would run as a formula is disarmed. At a terminal the lines end
//! in a line feed alone.

use csv::{Terminator, WriterBuilder};

use super::screen::Screen;
use super::select::{Column, names};
use crate::answer::Object;
use crate::param::Value;

/// What parts the elements of a list: commas and semicolons occur inside them.
const BETWEEN: &str = "|";

/// The objects, a line each, under every property that any of them has.
pub(super) fn csv(objects: &[Object], columns: Option<&[Column]>, screen: &Screen) -> String {
    let columns: Vec<&str> =
        columns.map_or_else(|| names(objects), |columns| columns.iter().map(|column| column.name).collect());
    let end = if screen.terminal { Terminator::Any(b'\n') } else { Terminator::CRLF };
    let mut writer = WriterBuilder::new().terminator(end).from_writer(Vec::new());
    let cells =
        |object: &Object| columns.iter().map(|name| cell(object.get(name), screen)).collect::<Vec<_>>();
    let rows = objects.iter().map(cells);
    let mut written = std::iter::once(columns.iter().map(|name| (*name).to_owned()).collect()).chain(rows);
    // Every row has a cell for each column, and memory takes what is written to it: nothing can fail.
    let _ = written.try_for_each(|row: Vec<String>| writer.write_record(row));
    String::from_utf8(writer.into_inner().unwrap_or_default()).unwrap_or_default()
}

/// A value's text: moments in UTC, sizes in bytes, which `-MaxMessageSize` takes too, and flags as other lists.
fn text(value: &Value) -> String {
    match value {
        Value::Size(size) => size.as_bytes().to_string(),
        Value::Flags(names) if !names.is_empty() => names.join(BETWEEN),
        Value::List(items) => items.iter().map(text).collect::<Vec<_>>().join(BETWEEN),
        other => other.to_string(),
    }
}

/// A value as a cell.
fn cell(value: Option<&Value>, screen: &Screen) -> String {
    let text = value.map(text).unwrap_or_default();
    let formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    format!("{}{}", if formula { "'" } else { "" }, screen.safe(&text))
}
