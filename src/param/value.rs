//! Values as they stand between a property and the outside: typed, comparable, printable.

use std::fmt;
use std::net::IpAddr;

use jiff::Timestamp;
use uuid::Uuid;

use super::{Size, Span};
use crate::net::{Binding, RemoteRange};

/// One value of a property. Two values are equal when they mean the same: ranges by first and last address,
/// whatever their spelling (V2).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// Nothing: printed blank.
    Null,
    /// `True` or `False` (V6).
    Bool(bool),
    /// A whole number.
    Int(u64),
    /// The word `Unlimited` (V5).
    Unlimited,
    /// Text as typed.
    Text(String),
    /// A line to type, which is never broken: half a line runs as another one.
    Line(String),
    /// A time span (V4).
    Span(Span),
    /// A size in bytes (V3).
    Size(Size),
    /// One name of a closed list.
    Choice(&'static str),
    /// Names of a closed list, in its order; none of them prints as `None` (V7).
    Flags(Vec<&'static str>),
    /// A local address and port (V1).
    Binding(Binding),
    /// A remote range (V2).
    Range(RemoteRange),
    /// An IP address.
    Address(IpAddr),
    /// An identifier.
    Guid(Uuid),
    /// A moment, shown to a reader in their own zone and to programs in UTC.
    Time(Timestamp),
    /// A moment that is UTC for every reader.
    Utc(Timestamp),
    /// Several values, in the order given.
    List(Vec<Value>),
}

impl Value {
    /// Text.
    #[must_use]
    pub fn text(text: impl Into<String>) -> Self {
        Value::Text(text.into())
    }

    /// Text, or nothing.
    #[must_use]
    pub fn optional(text: Option<impl Into<String>>) -> Self {
        text.map_or(Value::Null, Value::text)
    }

    /// A list of texts.
    #[must_use]
    pub fn texts(texts: impl IntoIterator<Item = impl Into<String>>) -> Self {
        Value::List(texts.into_iter().map(Value::text).collect())
    }

    /// A list of lines to type.
    #[must_use]
    pub fn lines(lines: impl IntoIterator<Item = String>) -> Self {
        Value::List(lines.into_iter().map(Value::Line).collect())
    }

    /// Whether it is a line to type, or a list of them.
    #[must_use]
    pub fn is_line(&self) -> bool {
        match self {
            Value::Line(_) => true,
            Value::List(items) => items.first().is_some_and(Value::is_line),
            _ => false,
        }
    }

    /// Whether there is nothing to print.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        match self {
            Value::Null => true,
            Value::Text(text) | Value::Line(text) => text.is_empty(),
            Value::List(items) => items.is_empty(),
            _ => false,
        }
    }

    /// The elements of a list or of flags; a single value is a list of itself, nothing an empty one.
    #[must_use]
    pub fn elements(&self) -> Vec<Value> {
        match self {
            Value::Null => Vec::new(),
            Value::List(items) => items.clone(),
            Value::Flags(names) => names.iter().map(|name| Value::Choice(name)).collect(),
            one => vec![one.clone()],
        }
    }
}

/// As `Format-List` prints it, but for times, which the printer turns to the reader's zone.
impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Value::Null => Ok(()),
            Value::Bool(true) => f.write_str("True"),
            Value::Bool(false) => f.write_str("False"),
            Value::Int(number) => number.fmt(f),
            Value::Unlimited => f.write_str("Unlimited"),
            Value::Text(text) | Value::Line(text) => f.write_str(text),
            Value::Span(span) => span.fmt(f),
            Value::Size(size) => size.fmt(f),
            Value::Choice(name) => f.write_str(name),
            Value::Flags(names) if names.is_empty() => f.write_str("None"),
            Value::Flags(names) => f.write_str(&names.join(", ")),
            Value::Binding(binding) => binding.fmt(f),
            Value::Range(range) => range.fmt(f),
            Value::Address(address) => address.fmt(f),
            Value::Guid(guid) => guid.fmt(f),
            Value::Time(time) | Value::Utc(time) => time.fmt(f),
            Value::List(items) => {
                let texts: Vec<String> = items.iter().map(ToString::to_string).collect();
                write!(f, "{{{}}}", texts.join(", "))
            }
        }
    }
}
