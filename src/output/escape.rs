//! Characters that a terminal obeys instead of showing, made visible. It does not know who reads.

use std::borrow::Cow;
use std::fmt::Write as _;

/// Whether a character acts on a terminal: C0 and C1 controls, line and paragraph separators, and the marks,
/// embeddings, overrides and isolates that turn the direction of text.
pub(super) fn acts(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Whether a character ends a line for some reader.
pub(super) fn breaks(c: char) -> bool {
    matches!(c, '\n'..='\r' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// The text with every such character spelled out, as in `\u{202e}`.
pub(super) fn visible(text: &str) -> Cow<'_, str> {
    spelled(text, acts)
}

/// The text with the characters that `chosen` picks spelled out. A backslash stays as it is: names are full
/// of them, and the spelling is for eyes, not for reading back.
pub(super) fn spelled(text: &str, chosen: fn(char) -> bool) -> Cow<'_, str> {
    if !text.contains(chosen) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        if chosen(c) { out.extend(c.escape_unicode()) } else { out.push(c) }
    }
    Cow::Owned(out)
}

/// JSON text with what JSON itself leaves raw (C1 controls, directions) spelled as JSON spells it, `\u202e`.
/// The line feeds are those between its values: inside texts they are spelled already.
pub(super) fn in_json(json: String) -> String {
    let raw = |c: char| c != '\n' && acts(c);
    // Most texts are plain, which many of their bytes at a time tell sooner than their characters. Bytes below a blank
    // are line feeds.
    let is_plain = |bytes: &[u8]| bytes.iter().fold(true, |plain, byte| plain & (*byte < 0x7f));
    if json.as_bytes().chunks(256).all(is_plain) || !json.contains(raw) {
        return json;
    }
    let mut out = String::with_capacity(json.len() + 16);
    for c in json.chars() {
        if raw(c) {
            // Writing to a String cannot fail; every character that acts lies below U+10000.
            let _ = write!(out, "\\u{:04x}", u32::from(c));
        } else {
            out.push(c);
        }
    }
    out
}
