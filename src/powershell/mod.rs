//! PowerShell's text: literals read as its own parser reads them, and values written back for a shell.
//!
//! Two entries. [`read`] is strict, for text a file or an editor line holds; [`words`] reads what shells hand
//! over, where quotes may be lost. The room knows no parameter and no cmdlet, and computes nothing: what only
//! PowerShell can compute is refused with its place.

pub(crate) mod chars;
mod cursor;
mod error;
mod here_string;
pub mod lines;
mod literal;
pub mod number;
pub mod quote;
pub mod read;
mod render;
pub mod resource;
pub mod script;
mod skip;
mod table;
mod text;
mod value;
mod variable;
pub mod words;

pub use error::{ReadError, Trouble};
pub use value::{Element, Entry, Literal, Span, Text, Value, Written};
