//! Answers row by row: what a cmdlet gives back that is asked many questions by a file, and what the engine asks it.
//!
//! It knows no file: rows come as names and texts.

use std::rc::Rc;

use super::Draft;
use crate::answer::{Object, Problem};
use crate::cmdlet::args::Args;

/// One row: the names of its columns, each with the texts that stand there.
pub type InputRow = Vec<(Rc<str>, Vec<String>)>;

/// What came of a row.
pub struct RowResult {
    /// What is printed.
    pub object: Object,
    /// How it came out, in a word for the summary.
    pub outcome: &'static str,
    /// Whether that is what was wanted.
    pub wanted: bool,
    /// Whether the row or the line said what is wanted.
    pub expects: bool,
}

/// Who answers rows, one after the other.
pub trait RowHandler {
    /// Whether a column means something.
    ///
    /// # Errors
    /// Exit 2 where it does not.
    fn column(&self, name: &str) -> Result<(), Problem>;

    /// What comes of a row.
    ///
    /// # Errors
    /// Exit 1, 2 or 4 for a row that is not understood; anything else ends the run.
    fn answer(&mut self, row: &InputRow, draft: &mut Draft<'_>) -> Result<RowResult, Problem>;
}

/// Many questions: the file that asks them, and who answers.
#[derive(Clone, Debug)]
pub struct Batch {
    /// The parameter that named the file.
    pub parameter: &'static str,
    /// The file; `-` is standard input.
    pub file: String,
    /// What every row has where it says nothing else.
    pub defaults: Args,
    /// Begins to answer.
    pub begin: fn(Args) -> Box<dyn RowHandler>,
}
