//! Help from the rows: pages in Get-Help's frame, the list of cmdlets, and what `exch` alone says.
//!
//! Pages and parameters in, text of a width out. This room knows no cmdlet by name, no store and no command
//! line; the cmdlets' side makes the pages.

mod facts;
mod groups;
mod overview;
mod page;
mod parameters;
mod sheet;
mod syntax;
mod view;
mod wrap;

pub use overview::{Entry, StorePlace};
pub use page::{Example, Help, Page, ParameterSet, View};
pub use sheet::Sheet;
pub use syntax::line as syntax;

/// Something to read.
#[derive(Clone, Debug)]
pub enum Document {
    /// One cmdlet's page, or a part of it.
    Page(Box<Page>, View),
    /// Every cmdlet.
    Overview(Vec<Entry>),
    /// What `exch` alone says; the store in use, where there is a place for one.
    Welcome(Option<StorePlace>),
}

impl Document {
    /// The text, every line within the sheet's width, its last line end included.
    #[must_use]
    pub fn render(&self, sheet: &Sheet) -> String {
        match self {
            Document::Page(page, view) => view::render(page, view, sheet),
            Document::Overview(entries) => overview::overview(entries, sheet),
            Document::Welcome(store) => overview::welcome(store.as_ref(), sheet),
        }
    }
}

/// `exch --version`: the version, the revision where the build was told it (EXCH_REVISION), and the schema of
/// the store's files.
#[must_use]
pub fn version(schema: i64) -> String {
    let revision =
        option_env!("EXCH_REVISION").map(|revision| format!("revision {revision}, ")).unwrap_or_default();
    format!("exch {} ({revision}schema {schema})\n", env!("CARGO_PKG_VERSION"))
}
