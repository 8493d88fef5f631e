//! One identity a line, to be read by `-Identity -` or a shell loop.

use super::escape::{breaks, spelled};
use super::screen::Screen;
use crate::answer::Object;

/// The names of the objects. What ends a line is spelled out for every reader: one name is never two lines.
pub(super) fn names(objects: &[Object], screen: &Screen) -> String {
    let mut out = String::new();
    for object in objects {
        let name = object.get(object.shape.name).map(|value| screen.text(value)).unwrap_or_default();
        out.push_str(&spelled(&name, breaks));
        out.push('\n');
    }
    out
}
