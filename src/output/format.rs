//! The closed list of formats that `-Output` takes.

use strum::{EnumString, IntoStaticStr, VariantNames};

use crate::param::Closed;

/// How objects are printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, VariantNames, IntoStaticStr, EnumString)]
#[strum(serialize_all = "lowercase")]
pub enum Format {
    /// As `Format-Table`: the noun's few columns, one line an object.
    #[default]
    Table,
    /// As `Format-List`: every property on a line of its own.
    List,
    /// An array of objects with typed values.
    Json,
    /// RFC 4180, for spreadsheets.
    Csv,
    /// One identity a line, for pipes.
    Name,
    /// The cmdlet lines that make the objects.
    Powershell,
    /// A picture, where the cmdlet draws one.
    Svg,
    /// A page with that picture.
    Html,
    /// The picture as text for Mermaid.
    Mermaid,
    /// The picture as text for Graphviz.
    Dot,
}

impl Closed for Format {}

impl Format {
    /// Whether few cmdlets have it.
    #[must_use]
    pub(crate) fn is_made_by_few(self) -> bool {
        matches!(self, Format::Svg | Format::Html | Format::Mermaid | Format::Dot)
    }
}
