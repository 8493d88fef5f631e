//! Pictures: bars of segments, and networks, as SVG and as one page of HTML with a table beside them.
//!
//! The caller says what a shape stands for; here it is only drawn. Light and dark follow the reader's setting, colour
//! is never the only sign, every shape has its text, and a page needs nothing but itself.

mod html;
pub mod network;
mod svg;

use network::Network;

/// A form of pictures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// An image.
    Svg,
    /// A page.
    Html,
    /// Text for Mermaid.
    Mermaid,
    /// Text for Graphviz.
    Dot,
}

/// What a cmdlet draws.
#[derive(Clone, Debug)]
pub enum Drawing {
    /// Bars.
    Bars(Picture),
    /// A network.
    Network(Network),
}

impl Drawing {
    /// It in a form; nothing where it has none of that form.
    #[must_use]
    pub fn write(&self, form: Form) -> Option<String> {
        match (self, form) {
            (Drawing::Bars(picture), Form::Svg) => Some(picture.svg()),
            (Drawing::Bars(picture), Form::Html) => Some(picture.html()),
            (Drawing::Bars(_), Form::Mermaid | Form::Dot) => None,
            (Drawing::Network(network), Form::Svg) => Some(network.svg()),
            (Drawing::Network(network), Form::Html) => Some(network.html()),
            (Drawing::Network(network), Form::Mermaid) => Some(network.mermaid()),
            (Drawing::Network(network), Form::Dot) => Some(network.dot()),
        }
    }
}

/// A picture of several bars.
#[derive(Clone, Debug, Default)]
pub struct Picture {
    /// What it is of.
    pub title: String,
    /// What each number in a bar stands for, the first of them 1; a number has one colour in all bars.
    pub legend: Vec<String>,
    /// What each letter in a bar stands for.
    pub marks: Vec<(char, &'static str)>,
    /// From the top.
    pub bars: Vec<Bar>,
    /// The headings of the table beside it.
    pub headings: Vec<&'static str>,
    /// Its rows.
    pub rows: Vec<Vec<String>>,
}

/// One bar, from left to right.
#[derive(Clone, Debug, Default)]
pub struct Bar {
    /// What it is of.
    pub title: String,
    /// Its parts, in order.
    pub segments: Vec<Segment>,
    /// What stands above the parts.
    pub blocks: Vec<Block>,
}

/// One part of a bar.
#[derive(Clone, Debug, Default)]
pub struct Segment {
    /// Where it begins, written below its left end.
    pub label: String,
    /// How wide it is, in units of its own.
    pub weight: f64,
    /// The number of the legend that owns it; nothing where none does.
    pub owner: Option<usize>,
    /// Letters of the picture's marks.
    pub marks: String,
    /// Whether it is shaded.
    pub shaded: bool,
    /// Its text, for a pointer that rests on it and for screen readers.
    pub text: String,
}

/// Something that lies over several parts of a bar.
#[derive(Clone, Debug)]
pub struct Block {
    /// The first part.
    pub first: usize,
    /// The last part.
    pub last: usize,
    /// How many blocks it lies within.
    pub level: usize,
    /// The number of the legend that owns it.
    pub owner: usize,
    /// Its text.
    pub text: String,
}

impl Picture {
    /// The picture as one SVG document.
    #[must_use]
    pub fn svg(&self) -> String {
        svg::document(self, true)
    }

    /// The picture and its table as one page.
    #[must_use]
    pub fn html(&self) -> String {
        let rows: Vec<html::Row<'_>> = self.rows.iter().map(|cells| (None, cells.as_slice())).collect();
        html::page(&self.title, &svg::document(self, false), &self.headings, &rows)
    }
}

/// Text between tags or in an attribute.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            c if c.is_control() => escaped.push(' '),
            c => escaped.push(c),
        }
    }
    escaped
}
