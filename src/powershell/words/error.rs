//! Why the words of a value could not be read as one thing only.

use super::super::error::ReadError;
use super::super::quote;
use thiserror::Error;

/// A value that was refused, since it may mean something else than it says.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum WordsError {
    /// No word was left.
    #[error("no value was given")]
    Nothing,
    /// A comma before the first element.
    #[error("Missing argument in parameter list.")]
    LeadingComma,
    /// Nothing after the last comma; holds the elements that were read.
    #[error("Missing expression after ',' in pipeline element.")]
    MissingElement(Vec<String>),
    /// A comma with another one, or the end of the edit, right behind it.
    #[error("Missing expression after ',' in pipeline element.")]
    ExtraComma,
    /// An element without text.
    #[error("an element of the list is empty")]
    EmptyElement,
    /// `$null` beside other elements.
    #[error("a list holds $null")]
    NullElement,
    /// A hyphen as a word; holds the words beside it.
    #[error("a hyphen alone is not a range")]
    LoneHyphen(String, String),
    /// A quoted text that could not be read.
    #[error(transparent)]
    Quoted(#[from] ReadError),
    /// Text right after a closing quote.
    #[error("text follows a closing quote")]
    AfterQuote,
    /// A quote in the middle of an element, which PowerShell may have meant to take away.
    #[error("a quote stands inside an element that does not begin with it")]
    InnerQuote,
    /// An element that only PowerShell could compute; holds it.
    #[error("only PowerShell can compute `{0}`")]
    Expression(String),
    /// `System.Collections.Hashtable` and its like: PowerShell handed over a name instead of the value.
    #[error("PowerShell handed over the words {0} instead of the value")]
    LostValue(String),
    /// The base64 of a script block.
    #[error("a script block is not a value")]
    ScriptBlock,
    /// `@{}`.
    #[error("the edit @{{}} neither adds nor removes anything")]
    EmptyEdit,
    /// `@{` without `}`; holds what it adds and removes so far.
    #[error("Missing closing '}}' in statement block or type definition.")]
    OpenEdit(Vec<String>, Vec<String>),
    /// bash made several words of the braces; holds what is left of the key.
    #[error("the shell expanded the braces of the edit")]
    ExpandedEdit,
    /// A key other than Add and Remove.
    #[error("`{0}` is not a key of an edit")]
    UnknownKey(String),
    /// Add or Remove twice.
    #[error("Duplicate keys '{0}' are not allowed in hash literals.")]
    DuplicateKey(String),
    /// A key without `=`.
    #[error("Missing '=' operator after key in hash literal.")]
    MissingEquals,
    /// Two values or two keys with neither comma nor semicolon between them.
    #[error("a comma or a semicolon is missing in the edit")]
    MissingSeparator,
    /// Text after the closing `}` or `)`.
    #[error("text follows the closing bracket of the edit")]
    AfterEdit,
    /// An edit or `$null` where names belong.
    #[error("names are taken here, and no edit")]
    NoName,
    /// The hyphen that stands for standard input beside names.
    #[error("`-` reads names from standard input, and others stand beside it")]
    InputAmongNames,
    /// A list where a single text belongs.
    #[error("a list was given where one text is expected")]
    ListForText,
}

impl WordsError {
    /// What to type instead.
    pub fn hint(&self) -> Option<String> {
        const EDIT: &str = "'@{Add=\"…\";Remove=\"…\"}', in quotes as a whole";
        Some(match self {
            Self::MissingElement(read) if !read.is_empty() => quote::bash(&read.join(",")),
            Self::LeadingComma | Self::MissingElement(_) => "end the list without a comma".to_owned(),
            Self::ExtraComma => "leave the comma out that has no element behind it".to_owned(),
            Self::EmptyElement | Self::NullElement => {
                "leave the element out; '$null' alone empties the list".to_owned()
            }
            Self::LoneHyphen(before, after) => format!("write {before}-{after}, without spaces"),
            Self::Quoted(error) => error.hint()?.to_owned(),
            Self::AfterQuote | Self::InnerQuote => "put each element in quotes as a whole".to_owned(),
            Self::Expression(_) | Self::ScriptBlock => {
                "write the value itself; several are separated by commas, and '@FILE' reads a list from a file".to_owned()
            }
            Self::LostValue(_) => EDIT.to_owned(),
            Self::OpenEdit(add, remove) => open_edit(add, remove),
            Self::EmptyEdit | Self::ExpandedEdit | Self::UnknownKey(_) | Self::DuplicateKey(_) => {
                EDIT.to_owned()
            }
            Self::MissingEquals | Self::MissingSeparator | Self::AfterEdit => EDIT.to_owned(),
            Self::ListForText => "put the whole text in quotes".to_owned(),
            Self::NoName => "HUB01,HUB02, for example".to_owned(),
            Self::InputAmongNames => "- alone, or the names alone".to_owned(),
            Self::Nothing => return None,
        })
    }
}

/// The edit as far as it was read, with the rest to fill in, quoted for any shell.
fn open_edit(add: &[String], remove: &[String]) -> String {
    let half = |key: &str, elements: &[String]| match elements {
        [] => format!("{key}=\"…\""),
        some => format!("{key}=\"{}\"", some.join("\",\"")),
    };
    let whole = format!("@{{{};{}}}", half("Add", add), half("Remove", remove));
    quote::bash(&whole)
}
