//! Why a file is not read.

/// What is wrong with a file that should be Clixml.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Another root element, as of a web page that was saved as `.xml`.
    #[error("the file is not Clixml: its first element is <{0}>, not <Objs>")]
    Root(String),
    /// No element at all.
    #[error("the file is not Clixml: it has no element")]
    Empty,
    /// The file ends inside an element.
    #[error("the file is truncated: it ends inside <{0}>")]
    Truncated(String),
    /// A document type, which `Export-Clixml` does not write.
    #[error("the file has a document type, which Export-Clixml does not write")]
    DocumentType,
    /// More elements inside each other than `Export-Clixml` writes.
    #[error("the file has more than {0} elements inside each other")]
    Depth(usize),
    /// A `Ref` or `TNRef` whose object or type was not written before.
    #[error("<{tag} RefId=\"{id}\"> refers to nothing before it")]
    Reference {
        /// `Ref` or `TNRef`.
        tag: String,
        /// The number, as written.
        id: String,
    },
    /// A value that is none of its element's type.
    #[error("<{tag}> holds \"{text}\", which is no value of that type")]
    Value {
        /// The element.
        tag: String,
        /// What it holds.
        text: String,
    },
    /// A fault of XML itself.
    #[error("the file is not well-formed XML: {0}")]
    Xml(#[from] quick_xml::Error),
}
