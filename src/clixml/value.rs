//! Exported values.

use std::rc::Rc;

/// A value of an exported property.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// `Nil`.
    Null,
    /// `B`.
    Bool(bool),
    /// A whole number; a text where it is beyond 64 bits with a sign.
    Number(i64),
    /// `S`, and every plain value that has no form of its own here (`Db`, `D`, `Version`, `URI`), as written.
    Text(String),
    /// `G`.
    Guid(String),
    /// `DT`, in RFC 3339: with `Z` where the product means UTC, else with the exporting server's offset.
    Time(String),
    /// `BA`: bytes, which are not kept. Exchange writes its serialized objects so.
    Bytes,
    /// `Obj`, shared by all that refer to it.
    Object(Rc<Object>),
}

/// An exported object.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Object {
    /// Its type and those that it is derived from, the most special first; `Deserialized.` stays before them.
    pub types: Rc<[String]>,
    /// `ToString`: `36 MB (37,748,736 bytes)`, `Tls, Integrated`, `Unlimited`.
    pub text: Option<String>,
    /// The plain value of an enumeration or another wrapped value.
    pub plain: Option<Value>,
    /// `Props`, in order.
    pub properties: Vec<(Rc<str>, Value)>,
    /// `MS`: what PowerShell added, in order.
    pub added: Vec<(Rc<str>, Value)>,
    /// The elements of a list, queue, stack or sequence. A dictionary has an object with the properties `Key` and
    /// `Value` for each entry.
    pub items: Option<Vec<Value>>,
}

impl Object {
    /// The property of this name, in any case.
    #[must_use]
    pub fn property(&self, name: &str) -> Option<&Value> {
        let all = self.properties.iter().chain(&self.added);
        all.into_iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value)
    }
}
