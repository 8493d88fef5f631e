//! What the Export- cmdlets have in common: files for the user, outside of any store. A cmdlet says which; the
//! engine writes them.

use std::path::Path;

use crate::cmdlet::transaction::Outcome;
use crate::manual::Document;
use crate::param::{Completes, Group, Kind, Param, STDIN, Verb, param};

const EXPORT: &[Verb] = &[Verb::Export];

/// The directory that files are written to.
pub static PATH: Param =
    param("Path", Kind::Text, "The directory to write to; it is made where it is not there")
        .completes(Completes::File)
        .on(EXPORT)
        .required(EXPORT)
        .position(1, EXPORT)
        .group(Group::Identity);

/// Files in one directory.
#[derive(Clone, Debug)]
pub struct Export {
    /// The directory, as typed.
    pub dir: String,
    /// Whether the directory is made where it is not there: of a path to one file it is not, since a mistyped directory
    /// would be made as well.
    pub makes_dir: bool,
    /// The files, each by its name in there.
    pub files: Vec<Exported>,
}

/// One file.
#[derive(Clone, Debug)]
pub struct Exported {
    /// Its name, without a directory and without `.exe`.
    pub name: String,
    /// What it is.
    pub content: Content,
}

/// What a file is, and by what one of ours is known: others are never written over.
#[derive(Clone, Debug)]
pub enum Content {
    /// A text. A file that begins with `mark` is ours.
    Text {
        /// The whole text, the mark first.
        text: String,
        /// What every such file begins with.
        mark: &'static str,
    },
    /// A link to the program.
    Program,
}

/// One text as a file of that path, where one is given that is not `-`, else on standard output; a file of ours begins with
/// `mark`.
pub(crate) fn text_file(path: Option<&str>, text: String, mark: &'static str) -> Outcome {
    let Some(path) = path.filter(|path| *path != STDIN) else {
        return Outcome::to_read(Document::Text(text));
    };
    let notices = vec![format!("wrote {path}")];
    let path = Path::new(path);
    let dir = path.parent().map(|dir| dir.display().to_string()).unwrap_or_default();
    let name = path.file_name().map(|name| name.display().to_string()).unwrap_or_default();
    let files = vec![Exported { name, content: Content::Text { text, mark } }];
    Outcome { export: Some(Export { dir, makes_dir: false, files }), notices, ..Outcome::default() }
}
