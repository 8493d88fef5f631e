//! One line typed at a terminal, with the keys that everybody expects while typing.
//!
//! dialoguer's own input takes Ctrl-D for nothing, so that a terminal without a user (`script` in a job) would
//! wait for ever; here it ends the input, as it does in a shell.

use std::io::{self, ErrorKind};

use console::{Key, Term};
use unicode_width::UnicodeWidthChar;

use crate::text::wrap::width;

/// Reads a line after `label`.
pub(super) fn read(term: &Term, label: &str) -> io::Result<String> {
    let mut editor = Editor { term, label, text: Vec::new(), at: 0, row: 0, drawn: false };
    editor.draw()?;
    while editor.key(&term.read_key_raw()?)? {}
    Ok(editor.text.iter().collect())
}

/// Ctrl-D, and what the system makes of one that came before the question.
pub(super) fn ends(key: &Key) -> bool {
    matches!(key, Key::Char('\u{4}' | '\0'))
}

/// A line being typed.
struct Editor<'t> {
    term: &'t Term,
    label: &'t str,
    text: Vec<char>,
    /// Where the next character goes.
    at: usize,
    /// The row of the cursor below the label's first.
    row: usize,
    /// Whether the label stands already.
    drawn: bool,
}

impl Editor<'_> {
    /// Does what a key says; whether the line goes on.
    fn key(&mut self, key: &Key) -> io::Result<bool> {
        match key {
            Key::Enter => return self.end(),
            Key::CtrlC => return Err(ErrorKind::Interrupted.into()),
            key if ends(key) && self.text.is_empty() => return Err(ErrorKind::UnexpectedEof.into()),
            Key::Char('\u{15}') => {
                self.text.drain(..self.at);
                self.at = 0;
            }
            Key::Char(typed) if !typed.is_control() => return self.put(*typed).map(|()| true),
            Key::Backspace if self.at > 0 => {
                self.at -= 1;
                self.text.remove(self.at);
            }
            Key::Del if self.at < self.text.len() => drop(self.text.remove(self.at)),
            Key::ArrowLeft => self.at = self.at.saturating_sub(1),
            Key::ArrowRight => self.at = self.text.len().min(self.at + 1),
            Key::Home => self.at = 0,
            Key::End => self.at = self.text.len(),
            _ => return Ok(true),
        }
        self.draw().map(|()| true)
    }

    /// Puts a character in. At the end of the line it is all that is written.
    fn put(&mut self, typed: char) -> io::Result<()> {
        let appended = self.at == self.text.len();
        self.text.insert(self.at, typed);
        self.at += 1;
        let (columns, end) = (self.columns(), self.columns_before(self.at));
        if !appended || end % columns < typed.width().unwrap_or(0).max(1) {
            return self.draw();
        }
        self.term.write_str(typed.encode_utf8(&mut [0; 4]))
    }

    fn end(&mut self) -> io::Result<bool> {
        if self.at < self.text.len() {
            self.at = self.text.len();
            self.draw()?;
        }
        self.term.write_str("\n").map(|()| false)
    }

    /// Draws the label and the line anew, the cursor at its place.
    fn draw(&mut self) -> io::Result<()> {
        let (columns, end, place) =
            (self.columns(), self.columns_before(self.text.len()), self.columns_before(self.at));
        let mut out = up(self.row);
        let text: String = self.text.iter().collect();
        out.push_str(if self.drawn { "\r\x1b[J" } else { "\r" });
        self.drawn = true;
        out.push_str(self.label);
        out.push_str(&text);
        if end > 0 && end.is_multiple_of(columns) {
            // The terminal waits with the line break until one more character comes.
            out.push_str(" \r");
        }
        if place < end {
            out.push_str(&up(end / columns - place / columns));
            out.push('\r');
            if !place.is_multiple_of(columns) {
                out.push_str(&format!("\x1b[{}C", place % columns));
            }
        }
        self.row = place / columns;
        self.term.write_str(&out)
    }

    fn columns(&self) -> usize {
        usize::from(self.term.size().1).max(2)
    }

    /// The columns of the label and of the characters before `place`.
    fn columns_before(&self, place: usize) -> usize {
        let typed = self.text.iter().take(place).map(|c| c.width().unwrap_or(0)).sum::<usize>();
        width(self.label) + typed
    }
}

/// Moves the cursor up.
pub(super) fn up(rows: usize) -> String {
    if rows == 0 { String::new() } else { format!("\x1b[{rows}A") }
}
