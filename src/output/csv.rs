//! CSV as RFC 4180 has it: a header, CRLF between lines, quotes where they are needed.
//!
//! Spreadsheets are its readers: a cell that would run as a formula is disarmed. At a terminal the lines end
//! in a line feed alone.

use std::borrow::Cow;

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
    let header = columns.iter().map(|name| Cow::Borrowed(*name)).collect();
    let rows = objects.iter().map(|object| {
        // Most objects have the columns in their order.
        let cell_at = |(at, name): (usize, &&'static str)| {
            let here = object.cells.get(at).filter(|cell| cell.0 == *name).map(|cell| &cell.1);
            cell(here.or_else(|| object.get(name)), screen)
        };
        columns.iter().enumerate().map(cell_at).collect()
    });
    // Every row has a cell for each column, and memory takes what is written to it: nothing can fail.
    let _ = std::iter::once(header)
        .chain(rows)
        .try_for_each(|row: Vec<Cow<'_, str>>| writer.write_record(row.iter().map(|cell| cell.as_bytes())));
    String::from_utf8(writer.into_inner().unwrap_or_default()).unwrap_or_default()
}

/// A value's text: moments in UTC, sizes in bytes, which `-MaxMessageSize` takes too, and flags as other lists.
fn text(value: &Value) -> Cow<'_, str> {
    match value {
        Value::Text(text) | Value::Line(text) => Cow::Borrowed(text),
        Value::Choice(name) => Cow::Borrowed(name),
        Value::Size(size) => Cow::Owned(size.as_bytes().to_string()),
        Value::Flags(names) if !names.is_empty() => Cow::Owned(names.join(BETWEEN)),
        Value::List(items) => match items.as_slice() {
            [one] => text(one),
            items => Cow::Owned(items.iter().map(text).collect::<Vec<_>>().join(BETWEEN)),
        },
        other => Cow::Owned(other.to_string()),
    }
}

/// A value as a cell.
fn cell<'v>(value: Option<&'v Value>, screen: &Screen) -> Cow<'v, str> {
    let text = value.map(text).unwrap_or_default();
    let formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    match (formula, screen.terminal) {
        (false, false) => text,
        _ => Cow::Owned(format!("{}{}", if formula { "'" } else { "" }, screen.safe(&text))),
    }
}
