//! An object as Get- shows it: names and values, detached from the type it came from.

use crate::param::{Noun, Printed, Release, Row, Value};

/// How objects of one noun are shown.
#[derive(Debug, PartialEq, Eq)]
pub struct TableView {
    /// The noun.
    pub noun: &'static str,
    /// The columns of the default table.
    pub table: &'static [&'static str],
    /// Columns of that table that stand under another heading.
    pub headings: &'static [(&'static str, &'static str)],
    /// The property that `-Output name` prints and identities are read from.
    pub name: &'static str,
}

impl TableView {
    /// A table whose columns stand under their own names; `name` is the property that identities are read from.
    #[must_use]
    pub const fn new(noun: &'static str, table: &'static [&'static str], name: &'static str) -> Self {
        TableView { noun, table, headings: &[], name }
    }
}

/// A property of a result: its name, and what it is.
pub type Column = (&'static str, &'static str);

/// Columns with a value each.
#[must_use]
pub fn cells<const N: usize>(columns: &[Column; N], values: [Value; N]) -> Vec<(&'static str, Value)> {
    columns.iter().map(|(name, _)| *name).zip(values).collect()
}

/// One object.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Object {
    /// How it is shown.
    pub shape: &'static TableView,
    /// Its properties in printed order, our own ones last.
    pub cells: Vec<(&'static str, Value)>,
    /// How many of them are our own: the product's lists do not have them, so they are shown where they are
    /// asked for, and to programs that read JSON.
    ours: usize,
}

impl Object {
    /// An object with these properties, all of which are shown.
    #[must_use]
    pub fn new(shape: &'static TableView, cells: Vec<(&'static str, Value)>) -> Self {
        Object { shape, cells, ours: 0 }
    }

    /// A result: its columns with a value each.
    #[must_use]
    pub fn result<const N: usize>(
        shape: &'static TableView,
        columns: &[Column; N],
        values: [Value; N],
    ) -> Self {
        Object::new(shape, cells(columns, values))
    }

    /// `object` with the properties that its server's version has.
    #[must_use]
    pub fn of<N: Noun>(
        shape: &'static TableView,
        object: &N,
        scene: &N::Scene,
        release: impl Into<Release>,
    ) -> Self {
        let release = release.into();
        let shown = || N::rows().iter().filter(|row| row.printed != Printed::Never && row.exists_in(release));
        let is_ours = |row: &Row<N>| row.printed == Printed::OnRequest;
        let cells = |ours: bool| {
            let own = shown().filter(move |row| is_ours(row) == ours);
            own.map(|row| (row.name(), row.print(object, scene)))
        };
        let mut all: Vec<_> = cells(false).collect();
        let usual = all.len();
        all.extend(cells(true));
        Object { shape, ours: all.len() - usual, cells: all }
    }

    /// The properties that the product has too: what is shown where nothing was asked for.
    #[must_use]
    pub fn usual(&self) -> &[(&'static str, Value)] {
        self.cells.get(..self.cells.len() - self.ours).unwrap_or(&self.cells)
    }

    /// The value of a property, by its name in any case.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.cells.iter().find(|(cell, _)| cell.eq_ignore_ascii_case(name)).map(|(_, value)| value)
    }
}
