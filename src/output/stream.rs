//! Objects of one noun that come one after the other, printed without keeping them: what [`super::render`] prints of
//! a few at a time, made one text.

use super::screen::Screen;
use super::{Format, render};
use super::{json, name, select};
use crate::answer::{Object, Problem};

/// A text in the making.
pub struct Stream<'p> {
    format: Format,
    properties: &'p [String],
    /// How many objects are printed together.
    many: usize,
    /// Whether JSON has each object on a line of its own.
    lines: bool,
    waiting: Vec<Object>,
    begun: bool,
    /// The last name that was printed, where names are.
    last: String,
    /// Properties that no object had so far.
    absent: Vec<(&'p str, Problem)>,
}

impl<'p> Stream<'p> {
    /// How many objects make a table of their own, whose columns are as wide as they need.
    pub(crate) const MANY: usize = 64;

    /// Objects in that format, printed when `many` of them have come.
    #[must_use]
    pub fn new(format: Format, properties: &'p [String], many: usize) -> Self {
        Stream {
            format,
            properties,
            many,
            lines: false,
            waiting: Vec::new(),
            begun: false,
            last: String::new(),
            absent: Vec::new(),
        }
    }

    /// The same, in JSON with a line for each object: of a text that nobody reads as a whole, tools take single lines.
    #[must_use]
    pub fn in_lines(self) -> Self {
        Stream { lines: true, ..self }
    }

    /// Takes one more, and gives the text that is ready.
    ///
    /// # Errors
    /// As [`render`].
    pub fn put(&mut self, object: Object, screen: &Screen) -> Result<String, Problem> {
        self.waiting.push(object);
        if self.waiting.len() >= self.many { self.ready(screen) } else { Ok(String::new()) }
    }

    /// The rest of the text.
    ///
    /// # Errors
    /// As [`render`].
    pub fn end(&mut self, screen: &Screen) -> Result<String, Problem> {
        let rest = if self.waiting.is_empty() { String::new() } else { self.ready(screen)? };
        Ok(match (self.format, self.begun) {
            (Format::Json, true) => format!("{rest}\n]\n"),
            (Format::Json, false) => "[]\n".to_owned(),
            _ => rest,
        })
    }

    /// What is to be said at the end of properties that no object had.
    pub fn absent(self) -> impl Iterator<Item = Problem> {
        self.absent.into_iter().map(|(_, problem)| problem)
    }

    fn ready(&mut self, screen: &Screen) -> Result<String, Problem> {
        let absent = select::absent(&self.waiting, self.properties);
        match self.begun {
            false => self.absent = absent,
            true => self.absent.retain(|(name, _)| absent.iter().any(|(other, _)| other == name)),
        }
        let mut text = match self.format {
            Format::Json if self.lines => {
                json::lines(&self.waiting, select::columns(&self.waiting, self.properties)?.as_deref())
            }
            format => render(&self.waiting, format, self.properties, screen)?,
        };
        if self.format == Format::Name {
            let last = std::mem::replace(&mut self.last, name::last_line(&text).to_owned());
            text = name::after(&last, &text, &self.waiting).to_owned();
        }
        self.waiting.clear();
        let begun = std::mem::replace(&mut self.begun, true);
        Ok(match self.format {
            Format::Json if self.lines => format!("{}\n{text}", if begun { "," } else { "[" }),
            Format::Json => {
                let rows = text.trim_start_matches('[').trim_end().trim_end_matches(']').trim_end();
                format!("{}{rows}", if begun { "," } else { "[" })
            }
            Format::Csv if begun => {
                let end = text.find('\n').map_or(text.len(), |end| end + 1);
                text.drain(..end);
                text
            }
            _ => text,
        })
    }
}
