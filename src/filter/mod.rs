//! The condition of `-Filter`: read from the product's filter syntax, and asked of an object's properties.
//!
//! It knows values and how they compare; which nouns and properties there are it is told.

mod compare;
mod parse;
mod token;

use jiff::tz::TimeZone;
use thiserror::Error;

use crate::param::Value;
use compare::compare;

/// Why a text is no condition, and where.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{message}")]
pub struct FilterError {
    /// One sentence, no full stop.
    pub message: String,
    /// The place in the text, in bytes.
    pub at: usize,
    /// What to type.
    pub hint: String,
}

/// How a property is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, strum::EnumString, strum::IntoStaticStr, strum::VariantNames)]
#[strum(ascii_case_insensitive, serialize_all = "lowercase")]
enum Operator {
    Eq,
    Ne,
    Like,
    NotLike,
    Gt,
    Ge,
    Lt,
    Le,
    Contains,
    NotContains,
}

/// What a property is compared with.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Operand {
    /// A text, a number, a word.
    Text(String),
    /// `$true` or `$false`.
    Bool(bool),
    /// `$null`.
    Null,
}

/// A condition.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Node {
    Compare { name: String, at: usize, operator: Operator, operand: Operand },
    Not(Box<Node>),
    And(Box<Node>, Box<Node>),
    Or(Box<Node>, Box<Node>),
}

/// A condition that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filter {
    root: Node,
}

/// The properties of an object, by name in any case.
pub trait Properties {
    /// The value of a property; nothing where the object has none of that name.
    fn property(&self, name: &str) -> Option<&Value>;
}

impl Filter {
    /// Reads a condition: `PermissionGroups -like '*Anonymous*' -and Enabled -eq 'True'`, also in braces.
    ///
    /// # Errors
    /// Where it is none, with the place.
    pub fn parse(text: &str) -> Result<Self, FilterError> {
        parse::parse(text).map(|root| Filter { root })
    }

    /// The names of the properties that it asks for, with their places.
    #[must_use]
    pub fn names(&self) -> Vec<(&str, usize)> {
        let mut names = Vec::new();
        collect(&self.root, &mut names);
        names
    }

    /// Whether it holds of an object for a reader in `zone`. A property that the object does not have is empty.
    ///
    /// # Errors
    /// Where a value to compare with is none of its property's type.
    pub fn holds(&self, object: &dyn Properties, zone: &TimeZone) -> Result<bool, FilterError> {
        holds(&self.root, object, zone)
    }
}

fn collect<'n>(node: &'n Node, names: &mut Vec<(&'n str, usize)>) {
    match node {
        Node::Compare { name, at, .. } => names.push((name, *at)),
        Node::Not(inner) => collect(inner, names),
        Node::And(one, other) | Node::Or(one, other) => {
            collect(one, names);
            collect(other, names);
        }
    }
}

fn holds(node: &Node, object: &dyn Properties, zone: &TimeZone) -> Result<bool, FilterError> {
    Ok(match node {
        Node::Compare { name, at, operator, operand } => {
            let value = object.property(name).unwrap_or(&Value::Null);
            compare(value, *operator, operand, zone).map_err(|wrong| FilterError {
                message: format!("{name}: `{}` is not {}", wrong.text, wrong.kind),
                at: *at,
                hint: format!(
                    "compare it with one, for example {name} -{} '{}'",
                    <&str>::from(operator),
                    wrong.example
                ),
            })?
        }
        Node::Not(inner) => !holds(inner, object, zone)?,
        Node::And(one, other) => holds(one, object, zone)? && holds(other, object, zone)?,
        Node::Or(one, other) => holds(one, object, zone)? || holds(other, object, zone)?,
    })
}
