//! One identity a line, to be read by `-Identity -` or a shell loop.

use super::escape::{breaks, spelled};
use super::screen::Screen;
use crate::answer::Object;

/// The property that names an object which several lines may be about: its differences, the entries of its access list.
const IDENTITY: &str = "Identity";

/// The names of the objects, or their first property where they have no name; an identity once however many in a row are
/// about it. What ends a line is spelled out for every reader: one name is never two lines.
pub(super) fn names(objects: &[Object], screen: &Screen) -> String {
    let mut out = String::new();
    let mut before = None;
    for object in objects {
        let first = || object.cells.first().map(|(_, value)| value);
        let name = object.get(object.shape.name).or_else(first).map(|value| screen.text(value));
        let name = name.unwrap_or_default();
        if is_identity(object) && before.as_ref() == Some(&name) {
            continue;
        }
        out.push_str(&spelled(&name, breaks));
        out.push('\n');
        before = Some(name);
    }
    out
}

/// Whether an object is named by an identity: a result is one of many that end alike.
fn is_identity(object: &Object) -> bool {
    object.shape.name == IDENTITY
}

/// What `names` printed, without the identity that it begins with where that was the last line before it.
pub(super) fn after<'t>(last: &str, names: &'t str, objects: &[Object]) -> &'t str {
    let is_same = !last.is_empty() && objects.first().is_some_and(is_identity);
    if is_same { names.strip_prefix(last).unwrap_or(names) } else { names }
}

/// The last line, with its end.
pub(super) fn last_line(names: &str) -> &str {
    names.split_inclusive('\n').next_back().unwrap_or_default()
}
