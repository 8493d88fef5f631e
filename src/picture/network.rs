//! A network: boxes in groups, and numbered arrows between them.
//!
//! As SVG, as a page with a table, and as text for Mermaid and Graphviz. Groups are columns, boxes stand below each other,
//! and an arrow has a number that a list below the picture explains: so it stays readable where labels would cover each
//! other, needs no other program, and is the same on every machine. (layout-rs draws labels over each other from some
//! dozen arrows on, and Graphviz is not everywhere.)

mod svg;
mod text;

use super::escaped;

/// A picture of a network.
#[derive(Clone, Debug, Default)]
pub struct Network {
    /// What it is of.
    pub title: String,
    /// The columns, from the left.
    pub groups: Vec<Group>,
    /// The arrows; the first is number 1.
    pub arrows: Vec<Arrow>,
    /// The headings of the table beside it.
    pub headings: Vec<&'static str>,
    /// Its rows, each with the number of its arrow; nothing where it has none.
    pub rows: Vec<(Option<usize>, Vec<String>)>,
}

/// A column.
#[derive(Clone, Debug, Default)]
pub struct Group {
    /// What its boxes have in common.
    pub title: String,
    /// Its boxes, from the top.
    pub boxes: Vec<Node>,
}

/// A box.
#[derive(Clone, Debug, Default)]
pub struct Node {
    /// What stands in it, line by line.
    pub lines: Vec<String>,
}

/// How an arrow is drawn: by more than colour.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Line {
    /// What goes there is encrypted: a whole line.
    #[default]
    Whole,
    /// Some of it is not: a dashed one.
    Dashed,
    /// Of some it is not known: a dotted one.
    Dotted,
}

/// The place of a box: its column, and its row there.
pub type Place = (usize, usize);

/// An arrow.
#[derive(Clone, Debug)]
pub struct Arrow {
    /// From which box.
    pub from: Place,
    /// To which.
    pub to: Place,
    /// What it stands for, in a line.
    pub text: String,
    /// How it is drawn.
    pub line: Line,
    /// Why it is marked; nothing where it is not.
    pub warning: Option<String>,
}

/// What the kinds of lines mean.
const LINES: [(Line, &str); 3] =
    [(Line::Whole, "encrypted"), (Line::Dashed, "not encrypted"), (Line::Dotted, "not stated")];

impl Network {
    /// As one SVG document.
    #[must_use]
    pub fn svg(&self) -> String {
        svg::document(self, true)
    }

    /// As one page, with a table that can be narrowed.
    #[must_use]
    pub fn html(&self) -> String {
        let rows: Vec<super::html::Row<'_>> =
            self.rows.iter().map(|(arrow, cells)| (arrow.map(|at| at + 1), cells.as_slice())).collect();
        super::html::page(&self.title, &svg::document(self, false), &self.headings, &rows)
    }

    /// As a flowchart for Mermaid.
    #[must_use]
    pub(crate) fn mermaid(&self) -> String {
        text::mermaid(self)
    }

    /// As a graph for Graphviz.
    #[must_use]
    pub(crate) fn dot(&self) -> String {
        text::dot(self)
    }

    /// The boxes with their places.
    fn boxes(&self) -> impl Iterator<Item = (Place, &Node)> {
        let of = |(column, group): (usize, &'_ Group)| (column, group.boxes.len());
        let places = self.groups.iter().enumerate().map(of);
        places
            .flat_map(|(column, rows)| (0..rows).map(move |row| (column, row)))
            .filter_map(|place| Some((place, self.groups.get(place.0)?.boxes.get(place.1)?)))
    }
}
