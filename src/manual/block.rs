//! What a chapter of the manual is made of, before it is text on a terminal, a manual page or Markdown.

use super::page::Example;
use crate::param::Param;

/// One piece of a chapter.
#[derive(Clone, Debug)]
pub enum Block {
    /// The heading of a section, in sentence case.
    Section(&'static str),
    /// The heading of a part of a section.
    Group(String),
    /// A paragraph; what stands in backticks is typed.
    Prose(String),
    /// Lines of syntax.
    Syntax(Vec<String>),
    /// Names, each with what is said of it.
    Entries(Vec<(String, String)>),
    /// Other chapters, each with its one line.
    Index(Vec<(Reference, String)>),
    /// Parameters with everything about them.
    Parameters(Vec<Fact>),
    /// Lines that run.
    Examples(Vec<Shown>),
    /// Lines as they are: a file, what a revision says of itself.
    Screen(String),
}

impl Block {
    /// A paragraph.
    #[must_use]
    pub fn prose(text: impl Into<String>) -> Self {
        Block::Prose(text.into())
    }

    /// Names, each with what is said of it.
    #[must_use]
    pub fn entries(entries: &[(&str, &str)]) -> Self {
        let owned = |(name, says): &(&str, &str)| ((*name).to_owned(), (*says).to_owned());
        Block::Entries(entries.iter().map(owned).collect())
    }

    /// Lines that run.
    #[must_use]
    pub fn examples(examples: &[Example]) -> Self {
        Block::Examples(examples.iter().map(|example| Shown { example: *example, prints: None }).collect())
    }
}

/// A line that runs, and what it prints where somebody ran it.
#[derive(Clone, Debug)]
pub struct Shown {
    /// The line.
    pub example: Example,
    /// What it prints.
    pub prints: Option<String>,
}

/// One parameter.
#[derive(Clone, Debug)]
pub struct Fact {
    /// The parameter.
    pub param: &'static Param,
    /// `-MaxHopCount <Int32>`.
    pub typed: String,
    /// Get-Help's table of it: what is asked, and the answer.
    pub rows: Vec<(&'static str, String)>,
}

impl Fact {
    /// The answer to one question of the table.
    #[must_use]
    pub fn row(&self, name: &str) -> Option<&str> {
        self.rows.iter().find(|(row, _)| *row == name).map(|(_, says)| says.as_str())
    }
}

/// A chapter as others name it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reference {
    /// The program as a whole.
    Program,
    /// A cmdlet, `Verb-Noun`.
    Cmdlet(String),
    /// A topic.
    Topic(&'static str),
}

impl Reference {
    /// Its name in a list.
    #[must_use]
    pub fn name(&self) -> &str {
        match self {
            Reference::Program => "exch",
            Reference::Cmdlet(name) => name,
            Reference::Topic(name) => name,
        }
    }

    /// Its manual page's name, and the section that holds it.
    #[must_use]
    pub fn manual(&self) -> (String, u8) {
        match self {
            Reference::Program => ("exch".to_owned(), 1),
            Reference::Cmdlet(name) => (format!("exch-{}", name.to_lowercase()), 1),
            Reference::Topic(name) => (format!("exch-{name}"), 7),
        }
    }
}
