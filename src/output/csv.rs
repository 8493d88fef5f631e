//! CSV as RFC 4180 has it: a header, CRLF between lines, quotes where they are needed.
//!
//! Spreadsheets are its readers: a cell that would run as a formula is disarmed. At a terminal the lines end
//! in a line feed alone.

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
    let end = if screen.terminal { "\n" } else { "\r\n" };
    let mut out = columns.join(",");
    out.push_str(end);
    for object in objects {
        let cells: Vec<String> = columns
            .iter()
            .map(|name| cell(&object.get(name).map(text).unwrap_or_default(), screen))
            .collect();
        out.push_str(&cells.join(","));
        out.push_str(end);
    }
    out
}

/// A value's text: moments in UTC, flags as printed, sizes as printed (and as `-MaxMessageSize` takes them).
fn text(value: &Value) -> String {
    match value {
        Value::List(items) => items.iter().map(text).collect::<Vec<_>>().join(BETWEEN),
        other => other.to_string(),
    }
}

/// A text as a cell.
fn cell(text: &str, screen: &Screen) -> String {
    let formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let text = format!("{}{}", if formula { "'" } else { "" }, screen.safe(text));
    if text.contains(['"', ',', '\r', '\n']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text }
}
