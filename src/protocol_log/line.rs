//! One line: fields at commas, or at what a spreadsheet puts in their place, in quotes where a field holds one or a quote.

use std::borrow::Cow;
use std::ops::Range;

use memchr::{memchr, memrchr};

/// The most columns that a log may have.
pub(crate) const MOST_COLUMNS: usize = 24;

/// Where the fields of a line are that stand at `separator`. The last of `wanted` fields takes the rest of the line.
/// Returns how many there are.
pub fn split(line: &[u8], separator: u8, wanted: usize, fields: &mut [Range<usize>; MOST_COLUMNS]) -> usize {
    let (mut at, mut count) = (0, 0);
    for field in fields.iter_mut().take(wanted) {
        let rest = line.get(at..).unwrap_or_default();
        let length = if count + 1 == wanted { rest.len() } else { length(rest, separator) };
        *field = at..at + length;
        count += 1;
        if length == rest.len() {
            break;
        }
        at += length + 1;
    }
    count
}

/// The bytes of the first field.
fn length(rest: &[u8], separator: u8) -> usize {
    let quoted = if rest.first() == Some(&b'"') { closing(rest) } else { 0 };
    memchr(separator, rest.get(quoted..).unwrap_or_default()).map_or(rest.len(), |at| quoted + at)
}

/// Past the closing quote of a quoted field; 0 where it is not closed.
fn closing(rest: &[u8]) -> usize {
    let mut at = 1;
    while let Some(quote) = memchr(b'"', rest.get(at..).unwrap_or_default()) {
        at += quote + 1;
        if rest.get(at) != Some(&b'"') {
            return at;
        }
        at += 1;
    }
    0
}

/// The last two fields of a line that has more commas than columns: whatever stands before the last comma is the first
/// of them. Seen where a copy lost the quotes.
pub(crate) fn rejoined(
    line: &[u8],
    separator: u8,
    first: Range<usize>,
    last: Range<usize>,
) -> (Range<usize>, Range<usize>) {
    let text = line.get(last.clone()).unwrap_or_default();
    if text.first() == Some(&b'"') {
        return (first, last);
    }
    match memrchr(separator, text) {
        Some(comma) => (first.start..last.start + comma, last.start + comma + 1..last.end),
        None => (first, last),
    }
}

/// The bytes of a field without its quotes, where nothing in it can be one.
pub fn bare(field: &[u8]) -> &[u8] {
    field.strip_prefix(b"\"").and_then(|rest| rest.strip_suffix(b"\"")).unwrap_or(field)
}

/// A field without its quotes; doubled quotes in it are one.
pub fn unquoted(field: &str) -> Cow<'_, str> {
    let Some(inner) = field.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) else {
        return Cow::Borrowed(field);
    };
    if memchr(b'"', inner.as_bytes()).is_none() {
        return Cow::Borrowed(inner);
    }
    Cow::Owned(inner.replace("\"\"", "\""))
}

/// UTF-8, or where it is not, each byte as Windows-1252 has it: a log is never refused for a byte.
pub fn text(bytes: &[u8]) -> Cow<'_, str> {
    match std::str::from_utf8(bytes) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) => encoding_rs::WINDOWS_1252.decode_without_bom_handling(bytes).0,
    }
}
