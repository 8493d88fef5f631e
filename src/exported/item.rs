//! An exported object as any format gives it: cells by name.

use std::rc::Rc;

/// What objects within a property say of themselves and no text repeats.
pub(super) const INSIDE: [&str; 2] = ["DistinguishedName", "UserName"];

/// What a format kept of one value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell {
    /// Nothing: unset.
    Null,
    /// One value, as the product prints it.
    Text(String),
    /// Several values.
    List(Vec<String>),
    /// Not kept; what stands in its place.
    Lost(String),
}

impl Cell {
    /// A text, unless it is what stands in place of a value that was not kept: a type's name, or a list cut short.
    #[must_use]
    pub(crate) fn of_text(text: String) -> Self {
        if is_type_name(&text) || text.trim_end().ends_with("...}") || text.trim_end().ends_with("…}") {
            Cell::Lost(text)
        } else {
            Cell::Text(text)
        }
    }

    /// Several texts, unless one of them was not kept.
    #[must_use]
    pub(crate) fn of_texts(texts: Vec<String>) -> Self {
        match texts.iter().find(|text| is_type_name(text)) {
            Some(lost) => Cell::Lost(lost.clone()),
            None => Cell::List(texts),
        }
    }

    /// Its only text.
    #[must_use]
    pub fn text(&self) -> Option<&str> {
        match self {
            Cell::Text(text) => Some(text.as_str()),
            Cell::List(items) => match items.as_slice() {
                [only] => Some(only),
                _ => None,
            },
            Cell::Null | Cell::Lost(_) => None,
        }
    }

    /// Its texts: of a list that was joined with commas, its elements.
    #[must_use]
    pub fn texts(&self) -> Vec<&str> {
        self.texts_between(&[','])
    }

    /// Its texts: of a list that was joined, its elements between any of `separators`.
    #[must_use]
    pub(crate) fn texts_between(&self, separators: &[char]) -> Vec<&str> {
        match self {
            Cell::List(items) => items.iter().map(String::as_str).collect(),
            Cell::Text(text) => {
                text.split(separators).map(str::trim).filter(|part| !part.is_empty()).collect()
            }
            Cell::Null | Cell::Lost(_) => Vec::new(),
        }
    }
}

/// `System.Object[]`, `Microsoft.Exchange.Data.MultiValuedProperty`1[…]`: what ToString says of what has no text.
fn is_type_name(text: &str) -> bool {
    let plain = text.strip_prefix("Deserialized.").unwrap_or(text);
    let begins = ["System.", "Microsoft.Exchange.", "Microsoft.PowerShell."];
    begins.iter().any(|begin| plain.starts_with(begin))
        && !plain.chars().any(|c| c == '\\' || c == '@' || c.is_control())
        && (plain.contains(['`', '[']) || !plain.contains(' '))
}

/// One exported object.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Item {
    /// Its types where the format has them, the most special first.
    pub types: Rc<[String]>,
    /// Its properties in order. `Identity.DistinguishedName` is what an object within a property says of itself.
    pub cells: Vec<(String, Cell)>,
}

impl Item {
    /// The cell of that name, in any case.
    #[must_use]
    pub fn cell(&self, name: &str) -> Option<&Cell> {
        self.cells.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, cell)| cell)
    }

    /// The text of that name; nothing where it is empty or not there.
    #[must_use]
    pub fn text(&self, name: &str) -> Option<&str> {
        self.cell(name).and_then(Cell::text).filter(|text| !text.is_empty())
    }

    /// Whether it says that: `True` in any case.
    #[must_use]
    pub fn is(&self, name: &str) -> bool {
        self.text(name).is_some_and(|text| text.eq_ignore_ascii_case("true"))
    }
}
