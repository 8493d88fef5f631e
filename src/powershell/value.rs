//! What literal text says: the tree both entries of the room hand out, each value with its place.

use std::ops::Range;

/// A place in the text that was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// Byte offset of the first character.
    pub start: usize,
    /// Byte offset after the last character.
    pub end: usize,
}

impl Span {
    /// The place as a range, to slice the text with.
    pub fn range(self) -> Range<usize> {
        self.start..self.end
    }
}

/// How a text was written; a bare `36MB` may be a number to the parameter that takes it, a quoted one is text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Written {
    /// Without quotes around the whole (it may hold some: `a"b c"d`).
    Bare,
    /// In straight single quotes.
    Single,
    /// In straight double quotes.
    Double,
    /// In quotes that begin with a curly one.
    Curly,
    /// A number where PowerShell computes: `(36MB)` is the text `37748736`.
    Number,
    /// What follows `--%`, untouched.
    Verbatim,
}

/// A text and how it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text {
    /// The text without its quotes and escapes.
    pub text: String,
    /// How it was written.
    pub written: Written,
}

/// One `key = value` of a `@{ }`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The key as written, without quotes.
    pub key: String,
    /// Where the key stands.
    pub span: Span,
    /// Its value.
    pub value: Value,
}

/// What one piece of literal text means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Literal {
    /// A text; numbers of the argument mode are texts too.
    Text(Text),
    /// Values parted by commas, or what `@( )` holds.
    List(Vec<Value>),
    /// `@{ }`, in the order written; no key twice in any case.
    Table(Vec<Entry>),
    /// `$true` or `$false`.
    Bool(bool),
    /// `$null`.
    Null,
}

/// A literal with its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Value {
    /// What it means.
    pub literal: Literal,
    /// Where it stands, quotes and brackets included.
    pub span: Span,
}

/// One element of a command line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Element {
    /// `-Name`, or `-Name:value`.
    Parameter {
        /// The name as typed, without dash and colon.
        name: String,
        /// The value after a colon.
        attached: Option<Value>,
        /// The place of dash, name and colon.
        span: Span,
    },
    /// `--`: what follows is positional.
    EndOfParameters(Span),
    /// A value of its own.
    Argument(Value),
}
