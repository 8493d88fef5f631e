//! Format-List: each property on a line of its own, names padded to the longest, a blank line around objects.

use super::screen::Screen;
use super::select::{Column, shown};
use crate::answer::Object;
use crate::text::wrap::wrap;

/// What stands between name and value.
const COLON: &str = " : ";

/// With less room than this beside the names, a value begins where its name ends and goes on indented by two.
const LEAST_ROOM: usize = 12;

/// The objects, one after another.
pub(super) fn list(objects: &[Object], columns: Option<&[Column]>, screen: &Screen) -> String {
    let mut out = String::new();
    for object in objects {
        let lines: Vec<(&str, String)> = shown(object, object.usual(), columns)
            .into_iter()
            .map(|(name, value)| (name, screen.text(value)))
            .collect();
        let longest = lines.iter().map(|(name, _)| name.len()).max().unwrap_or(0);
        out.push('\n');
        for (name, text) in lines {
            push(&mut out, name, longest, &text, screen.bound());
        }
    }
    out.push('\n');
    out
}

/// One property, wrapped where the width is known.
fn push(out: &mut String, name: &str, longest: usize, text: &str, width: Option<usize>) {
    let indent = longest + COLON.len();
    match width {
        None => hang(out, &label(name, longest), indent, text.split('\n')),
        Some(width) if width >= indent + LEAST_ROOM => {
            let lines = wrap(text, width - indent);
            hang(out, &label(name, longest), indent, lines.iter().map(String::as_str));
        }
        Some(width) => {
            let indent = if width > LEAST_ROOM { 2 } else { 0 };
            let lines = wrap(&format!("{}{text}", label(name, 0)), width - indent);
            hang(out, "", indent, lines.iter().map(String::as_str));
        }
    }
}

/// The name and the colon.
fn label(name: &str, longest: usize) -> String {
    format!("{name:longest$}{COLON}")
}

/// The first line after the label, the others below it.
fn hang<'a>(out: &mut String, label: &str, indent: usize, lines: impl Iterator<Item = &'a str>) {
    out.push_str(label);
    for (at, line) in lines.enumerate() {
        if at > 0 {
            out.extend(std::iter::repeat_n(' ', indent));
        }
        out.push_str(line);
        out.push('\n');
    }
}
