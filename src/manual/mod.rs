//! Help from the rows: pages in Get-Help's frame, the list of cmdlets, what `exch` alone says, and the same as
//! manual pages and as Markdown.
//!
//! Pages, topics and parameters in, text out. This room knows no cmdlet by name, no store and no command
//! line; the cmdlets' side makes the pages and the topics.

mod block;
mod chapter;
mod facts;
mod groups;
mod man;
mod markdown;
mod overview;
mod page;
mod parameters;
mod report;
mod syntax;
mod text_layout;
mod topic;
mod view;
mod welcome;

pub use block::{Block, Fact, Reference, Shown};
pub use chapter::Chapter;
pub use man::MARK;
pub use overview::Entry;
pub use page::{Example, Exclusion, Help, Page, ParameterSet, View};
pub use report::Report;
pub use syntax::line as syntax;
pub use text_layout::TextLayout;
pub use welcome::{StorePlace, StoreState};

/// Something to read.
#[derive(Clone, Debug)]
pub enum Document {
    /// One cmdlet's page, or a part of it.
    Page(Box<Page>, View),
    /// A topic.
    Topic(Box<Chapter>),
    /// Every cmdlet, and every topic with its one line.
    Overview(Vec<Entry>, Vec<(&'static str, &'static str)>),
    /// What `exch` alone says; the store in use, where there is a place for one.
    Welcome(Option<StorePlace>),
    /// A text that is printed as it is.
    Text(String),
    /// An answer with its reasons.
    Report(Report),
}

impl Document {
    /// The text, every line of help within the sheet's width, its last line end included.
    #[must_use]
    pub fn render(&self, sheet: &TextLayout) -> String {
        match self {
            Document::Page(page, view) => view::render(page, view, sheet),
            Document::Topic(chapter) => topic::render(chapter, sheet),
            Document::Overview(entries, topics) => overview::overview(entries, topics, sheet),
            Document::Welcome(store) => welcome::welcome(store.as_ref(), sheet),
            Document::Text(text) => text.clone(),
            Document::Report(report) => report::render(report, sheet),
        }
    }
}

impl Chapter {
    /// The chapter as a page for `man`, [`MARK`] first.
    #[must_use]
    pub fn man(&self) -> String {
        man::page(self)
    }

    /// The chapter as a page of docs/.
    #[must_use]
    pub fn markdown(&self) -> String {
        markdown::page(self)
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
