//! Options to choose from with the arrow keys, or to mark with the blank. They look as dialoguer's lists.
//!
//! The keys are read here, since dialoguer's own lists take Ctrl-D for no key and would wait for ever at a
//! terminal without a user.

use std::fmt;
use std::io::{self, ErrorKind};

use console::{Key, Term, truncate_str};
use dialoguer::theme::{SimpleTheme, Theme};

use super::line::{ends, up};
use crate::output::escape::visible;

/// Columns that a list puts before an option.
const MARGIN: usize = 8;

/// One of the options.
pub(super) fn choose(term: &Term, label: &str, options: &[String]) -> io::Result<usize> {
    let mut list = List::new(term, options.iter(), None);
    list.ask(&format!("{label} (arrow keys, Enter)"))?;
    Ok(list.at)
}

/// Any of the options.
pub(super) fn check(term: &Term, label: &str, options: &[(String, bool)]) -> io::Result<Vec<usize>> {
    let marks = options.iter().map(|(_, marked)| *marked).collect();
    let mut list = List::new(term, options.iter().map(|(text, _)| text), Some(marks));
    list.ask(&format!("{label} (Space selects, Enter continues)"))?;
    let marks = list.marks.unwrap_or_default();
    Ok(marks.iter().enumerate().filter(|(_, marked)| **marked).map(|(at, _)| at).collect())
}

/// A list on the screen.
struct List<'t> {
    term: &'t Term,
    /// Each on one row: a list that wraps cannot be drawn over.
    texts: Vec<String>,
    marks: Option<Vec<bool>>,
    at: usize,
    rows: usize,
}

impl<'t> List<'t> {
    fn new<'o>(term: &'t Term, options: impl Iterator<Item = &'o String>, marks: Option<Vec<bool>>) -> Self {
        let room = usize::from(term.size().1).saturating_sub(MARGIN).max(MARGIN);
        let texts = options.map(|text| truncate_str(&visible(text), room, "…").into_owned()).collect();
        List { term, texts, marks, at: 0, rows: 0 }
    }

    /// Shows the list until Enter, and takes it off the screen.
    fn ask(&mut self, label: &str) -> io::Result<()> {
        let heading = formatted(|out| SimpleTheme.format_select_prompt(out, label));
        let width = usize::from(self.term.size().1);
        self.term.write_line(&truncate_str(&heading, width, "…"))?;
        self.term.hide_cursor()?;
        self.draw()?;
        while self.key(&self.term.read_key_raw()?)? {
            self.draw()?;
        }
        self.term.write_str(&format!("{}\r\x1b[J", up(self.rows + 1)))?;
        self.term.show_cursor()
    }

    /// Does what a key says; whether the list stays.
    fn key(&mut self, key: &Key) -> io::Result<bool> {
        let last = self.texts.len().saturating_sub(1);
        match key {
            Key::Enter => return Ok(false),
            Key::CtrlC | Key::Escape | Key::Char('q') => return Err(ErrorKind::Interrupted.into()),
            key if ends(key) => return Err(ErrorKind::UnexpectedEof.into()),
            Key::ArrowDown | Key::Tab | Key::Char('j') => {
                self.at = if self.at < last { self.at + 1 } else { 0 }
            }
            Key::ArrowUp | Key::BackTab | Key::Char('k') => self.at = self.at.checked_sub(1).unwrap_or(last),
            Key::Home => self.at = 0,
            Key::End => self.at = last,
            Key::Char(' ') => {
                if let Some(mark) = self.marks.as_mut().and_then(|marks| marks.get_mut(self.at)) {
                    *mark = !*mark;
                }
            }
            _ => {}
        }
        Ok(true)
    }

    /// Draws the page that the cursor is on over the one before.
    fn draw(&mut self) -> io::Result<()> {
        let height = usize::from(self.term.size().0).saturating_sub(2).max(1);
        let first = self.at / height * height;
        let mut out = format!("{}\r\x1b[J", up(self.rows));
        self.rows = 0;
        for (at, text) in self.texts.iter().enumerate().skip(first).take(height) {
            out.push_str(&self.row(at, text));
            out.push('\n');
            self.rows += 1;
        }
        self.term.write_str(&out)
    }

    fn row(&self, at: usize, text: &str) -> String {
        let active = at == self.at;
        let mark = self.marks.as_ref().map(|marks| marks.get(at).is_some_and(|marked| *marked));
        formatted(|out| match mark {
            Some(marked) => SimpleTheme.format_multi_select_prompt_item(out, text, marked, active),
            None => SimpleTheme.format_select_prompt_item(out, text, active),
        })
    }
}

/// What a theme writes; a text takes everything.
fn formatted(write: impl FnOnce(&mut dyn fmt::Write) -> fmt::Result) -> String {
    let mut text = String::new();
    let _ = write(&mut text);
    text
}
