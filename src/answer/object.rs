//! An object as Get- shows it: names and values, detached from the type it came from.

use crate::param::{Noun, Value, Version};

/// How objects of one noun are shown.
#[derive(Debug, PartialEq, Eq)]
pub struct Shape {
    /// The noun.
    pub noun: &'static str,
    /// The columns of the default table.
    pub table: &'static [&'static str],
    /// Columns of that table that stand under another heading.
    pub headings: &'static [(&'static str, &'static str)],
    /// The property that `-Output name` prints and identities are read from.
    pub name: &'static str,
}

/// One object.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Object {
    /// How it is shown.
    pub shape: &'static Shape,
    /// Its properties in printed order.
    pub cells: Vec<(&'static str, Value)>,
}

impl Object {
    /// `object` with the properties that its server's version has.
    #[must_use]
    pub fn of<N: Noun>(shape: &'static Shape, object: &N, scene: &N::Scene, version: Version) -> Self {
        let shown = N::rows().iter().filter(|row| row.printed && row.exists_in(version));
        Object { shape, cells: shown.map(|row| (row.name(), row.print(object, scene))).collect() }
    }

    /// The value of a property, by its name in any case.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.cells.iter().find(|(cell, _)| cell.eq_ignore_ascii_case(name)).map(|(_, value)| value)
    }
}
