//! Format-List: each property on a line of its own, names padded to the longest, a blank line around objects.

use super::screen::Screen;
use super::select::{Column, shown};
use crate::answer::Object;
use crate::param::Value;
use crate::text::wrap::wrap;

/// What stands between name and value.
const COLON: &str = " : ";

/// With less room than this beside the names, a value begins where its name ends and goes on indented by two.
const LEAST_ROOM: usize = 12;

/// How far what goes on of an element is indented.
const MORE: usize = 2;

/// The objects, one after another.
pub(super) fn list(objects: &[Object], columns: Option<&[Column]>, screen: &Screen) -> String {
    let mut out = String::new();
    for object in objects {
        let values = shown(object, object.usual(), columns);
        let longest = values.iter().map(|(name, _)| name.len()).max().unwrap_or(0);
        out.push('\n');
        for (name, value) in values {
            let room = screen.bound().map(|width| width.saturating_sub(longest + COLON.len()));
            match (room.filter(|room| *room >= LEAST_ROOM), value) {
                (Some(room), Value::List(items)) if are_sentences(items, screen) => {
                    let texts: Vec<String> = items.iter().map(|item| screen.text(item)).collect();
                    let label = label(name, longest);
                    one_a_line(&mut out, &label, &texts, room, value.is_line());
                }
                _ => push(&mut out, name, longest, value, screen),
            }
        }
    }
    out.push('\n');
    out
}

/// Whether a list is one to read, element by element: several, and one of them has words.
fn are_sentences(items: &[Value], screen: &Screen) -> bool {
    items.len() > 1 && items.iter().any(|item| screen.text(item).contains(' '))
}

/// A list with a line for each element; what goes on is indented.
fn one_a_line(out: &mut String, label: &str, texts: &[String], room: usize, to_type: bool) {
    let lines = texts.iter().flat_map(|text| {
        let goes_on = |(at, line): (usize, String)| if at > 0 { format!("{:MORE$}{line}", "") } else { line };
        wrapped(text, room - MORE, to_type).into_iter().enumerate().map(goes_on).collect::<Vec<_>>()
    });
    let lines: Vec<String> = lines.collect();
    hang(out, label, label.len(), lines.iter().map(String::as_str));
}

/// The lines of a value; lines to type stay whole.
fn wrapped(text: &str, limit: usize, to_type: bool) -> Vec<String> {
    if to_type { text.split('\n').map(str::to_owned).collect() } else { wrap(text, limit) }
}

/// One property, wrapped where the width is known.
fn push(out: &mut String, name: &str, longest: usize, value: &Value, screen: &Screen) {
    let indent = longest + COLON.len();
    let (text, to_type) = (screen.text(value), value.is_line());
    match screen.bound() {
        None => hang(out, &label(name, longest), indent, text.split('\n')),
        Some(width) if width >= indent + LEAST_ROOM => {
            let lines = wrapped(&text, width - indent, to_type);
            hang(out, &label(name, longest), indent, lines.iter().map(String::as_str));
        }
        Some(width) => {
            let indent = if width > LEAST_ROOM { 2 } else { 0 };
            let lines = wrapped(&format!("{}{text}", label(name, 0)), width - indent, to_type);
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
