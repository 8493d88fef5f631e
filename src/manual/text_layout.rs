//! What help is written on: headings, prose and columns, within a width. It does not know what they say.

use crate::text::wrap::{Measured, fill, width};

/// What a page is shown on.
#[derive(Clone, Copy, Debug)]
pub struct TextLayout {
    /// Columns. Columns of names use them all; prose keeps to `TextLayout::PROSE` of them, which eyes can follow.
    pub width: usize,
    /// Whether headings are bold.
    pub bold: bool,
}

impl TextLayout {
    /// The columns of a sheet that is no terminal: a file, a pipe, a mail.
    pub const PLAIN: usize = 80;
    /// The most columns that prose takes.
    const PROSE: usize = 100;
}

/// Get-Help's indent.
pub(super) const INDENT: usize = 4;

/// A text in the making.
pub(super) struct Text<'s> {
    sheet: &'s TextLayout,
    out: String,
}

impl<'s> Text<'s> {
    pub fn new(sheet: &'s TextLayout) -> Self {
        Text { sheet, out: String::new() }
    }

    /// The text, without the blank lines at its end.
    pub fn done(self) -> String {
        format!("{}\n", self.out.trim_end_matches('\n'))
    }

    pub fn width(&self) -> usize {
        self.sheet.width
    }

    pub fn blank(&mut self) {
        if !self.out.is_empty() && !self.out.ends_with("\n\n") {
            self.out.push('\n');
        }
    }

    /// A section's heading at the margin, or a group's a little to the right.
    pub fn heading(&mut self, indent: usize, title: &str) {
        let (on, off) = if self.sheet.bold { ("\x1b[1m", "\x1b[0m") } else { ("", "") };
        self.line(indent, &format!("{on}{title}{off}"));
    }

    /// A line as it is.
    pub fn line(&mut self, indent: usize, text: &str) {
        self.out.extend(std::iter::repeat_n(' ', indent));
        self.out.push_str(text);
        self.out.push('\n');
    }

    /// A paragraph.
    pub fn prose(&mut self, indent: usize, text: &str) {
        let width = self.sheet.width.min(TextLayout::PROSE).saturating_sub(indent);
        for line in fill(text, width) {
            self.line(indent, &line);
        }
    }

    /// A line of a command or of syntax, continued further to the right.
    pub fn command(&mut self, indent: usize, text: &str) {
        let hang = indent + INDENT;
        let lines = fill(text, self.sheet.width.saturating_sub(hang));
        for (at, line) in lines.iter().enumerate() {
            self.line(if at == 0 { indent } else { hang }, line);
        }
    }

    /// A name, and beside it from `column` on what is said of it; below it where the name is too wide.
    pub fn entry(&mut self, indent: usize, name: &str, column: usize, says: &str) {
        let lines = fill(says, self.sheet.width.saturating_sub(column));
        let beside = fits(indent, name, column);
        let first = lines.first().map_or("", String::as_str);
        if beside {
            let gap = column - indent - width(name);
            self.line(indent, format!("{name}{:gap$}{first}", "").trim_end());
        } else {
            self.line(indent, name);
        }
        for line in lines.iter().skip(usize::from(beside)).filter(|line| !line.is_empty()) {
            self.line(column, line);
        }
    }
}

/// Whether a name has room left of `column`, with a gap.
fn fits(indent: usize, name: &str, column: usize) -> bool {
    indent + width(name) + 2 <= column
}

/// The lines that [`Text::entry`] takes on a sheet of that width.
pub(super) fn height(indent: usize, name: &str, column: usize, says: &Measured, width: usize) -> usize {
    says.lines(width.saturating_sub(column)) + usize::from(!fits(indent, name, column))
}
