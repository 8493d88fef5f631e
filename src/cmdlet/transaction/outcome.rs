//! What a cmdlet says came of it.

use crate::answer::{Exit, Object};
use crate::cmdlet::help::export::Export;
use crate::cmdlet::transaction::batch::Batch;
use crate::manual::Document;
use crate::param::Finding;
use crate::picture::Picture;

/// The outcome of one call.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// Objects to print.
    pub objects: Vec<Object>,
    /// Something to read in place of objects, or of their table.
    pub document: Option<Document>,
    /// The picture that -Output svg or html asks for.
    pub picture: Option<Picture>,
    /// Rows of a file to answer one after the other, in place of objects.
    pub rows: Option<Batch>,
    /// Files to write for the user, before anything is printed.
    pub export: Option<Export>,
    /// Warnings of the rules.
    pub warnings: Vec<Finding>,
    /// Sentences for stderr.
    pub notices: Vec<String>,
    /// [`Exit::Done`], or [`Exit::No`] for a question answered no.
    pub exit: Exit,
}

impl Default for Outcome {
    fn default() -> Self {
        Outcome {
            objects: Vec::new(),
            document: None,
            picture: None,
            rows: None,
            export: None,
            warnings: Vec::new(),
            notices: Vec::new(),
            exit: Exit::Done,
        }
    }
}

impl Outcome {
    /// An outcome that prints `objects`.
    #[must_use]
    pub fn of(objects: Vec<Object>) -> Self {
        Outcome { objects, ..Outcome::default() }
    }

    /// An outcome that prints something to read.
    #[must_use]
    pub fn to_read(document: Document) -> Self {
        Outcome { document: Some(document), ..Outcome::default() }
    }
}
