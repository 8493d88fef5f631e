//! Why a file is not read.

/// What is wrong with a file that should be Clixml.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Another root element, as of a web page that was saved as `.xml`.
    #[error("the file is not Clixml: its first element is <{}>, not <Objs>", brief(.0))]
    Root(String),
    /// No element at all.
    #[error("the file is not Clixml: it has no element")]
    Empty,
    /// The file ends inside an element.
    #[error("the file is truncated: it ends inside <{}>", brief(.0))]
    Truncated(String),
    /// A document type, which `Export-Clixml` does not write.
    #[error("the file has a document type, which Export-Clixml does not write")]
    DocumentType,
    /// More elements inside each other than `Export-Clixml` writes.
    #[error("the file has more than {0} elements inside each other")]
    Depth(usize),
    /// A `Ref` or `TNRef` whose object or type was not written before.
    #[error("<{tag} RefId=\"{}\"> refers to nothing before it", brief(.id))]
    Reference {
        /// `Ref` or `TNRef`.
        tag: String,
        /// The number, as written.
        id: String,
    },
    /// A `Ref` to an object of a file that has more different ones than are kept.
    #[error(
        "<Ref RefId=\"{id}\"> refers to an object that is not kept: the file has more than {most} different ones before it"
    )]
    Forgotten {
        /// The number, as written.
        id: String,
        /// How many are kept.
        most: usize,
    },
    /// A value that is none of its element's type.
    #[error("<{tag}> holds \"{}\", which is not a value of that type", brief(.text))]
    Value {
        /// The element.
        tag: String,
        /// What it holds.
        text: String,
    },
    /// What reading it reports, as of a text longer than any that `Export-Clixml` writes.
    #[error("{0}")]
    Io(String),
    /// A fault of XML itself.
    #[error("the file is not well-formed XML: {}", brief(&.0.to_string()))]
    Xml(#[from] quick_xml::Error),
}

/// As much of a text as a sentence can hold: an element that was never ended goes on to the end of the file.
fn brief(text: &str) -> String {
    const MOST: usize = 160;
    let more = if text.chars().nth(MOST).is_some() { " …" } else { "" };
    let blank = |c: char| if c.is_control() { ' ' } else { c };
    text.chars().take(MOST).map(blank).chain(more.chars()).collect()
}
