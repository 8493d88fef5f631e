//! Text filled into lines at its blanks. Words are never cut: a command or a name stays whole even where it
//! is wider than the line.

use unicode_width::UnicodeWidthStr;

/// A blank that no line is broken at while it has room: it keeps a parameter beside its value.
pub(super) const JOIN: &str = "\u{a0}";

/// The lines of a text, at most `width` columns each as far as its words allow; at least one line.
pub(super) fn fill(text: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    let units = text.split(' ').filter(|unit| !unit.is_empty());
    let parts = |unit: &str| if unit.width() > width { unit.replace(JOIN, " ") } else { unit.to_owned() };
    let words: Vec<String> = units.map(parts).collect();
    for word in words.iter().flat_map(|unit| unit.split(' ')) {
        let Some(line) = lines.last_mut() else { break };
        if line.is_empty() {
            line.push_str(word);
        } else if line.width() + 1 + word.width() <= width {
            line.push(' ');
            line.push_str(word);
        } else {
            lines.push(word.to_owned());
        }
    }
    lines.iter().map(|line| line.replace(JOIN, " ")).collect()
}
