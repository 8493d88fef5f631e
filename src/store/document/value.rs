//! A value of TOML to a value of a row: TOML's own types where they fit, and any spelling that the command line
//! takes as a string.

use std::borrow::Cow;

use toml::Spanned;
use toml::de::{DeArray, DeInteger, DeValue};

use super::error::Flaw;
use crate::param::{Kind, Param, Value};
use crate::text::article;

/// Reads the value of `param`'s key.
pub(super) fn read(param: &Param, value: &Spanned<DeValue<'_>>) -> Result<Value, Flaw> {
    read_as(param, param.kind, value)
}

/// The same without the bounds of its row: an accepted value.
pub(super) fn read_unbounded(param: &Param, value: &Spanned<DeValue<'_>>) -> Result<Value, Flaw> {
    read_as(param, param.kind.unbounded(), value)
}

fn read_as(param: &Param, kind: Kind, value: &Spanned<DeValue<'_>>) -> Result<Value, Flaw> {
    let at = value.span().start;
    if let (DeValue::Array(items), true) = (value.get_ref(), kind.is_multivalued()) {
        return read_list(param, kind, items, at);
    }
    let text = text_of(kind, value.get_ref()).ok_or_else(|| wrong_type(param, value.get_ref(), at))?;
    kind.parse_all(param.name, &[&text]).map_err(|finding| Flaw::of(finding, at))
}

/// Reads one element of a list or of flags by itself.
pub(super) fn read_element(param: &Param, element: &DeValue<'_>) -> Option<Value> {
    param.kind.parse_all(param.name, &[element.as_str()?]).ok()
}

fn read_list(param: &Param, kind: Kind, items: &DeArray<'_>, at: usize) -> Result<Value, Flaw> {
    let mut texts = Vec::with_capacity(items.len());
    for item in items {
        match item.get_ref().as_str() {
            Some(text) => texts.push(text),
            None => {
                let message = format!("{} is a list of strings, and one of them is not", param.name);
                return Err(Flaw::new(item.span().start, message, "put it in quotation marks"));
            }
        }
    }
    kind.parse_all(param.name, &texts).map_err(|finding| {
        let alone = |text: &str| kind.parse_all(param.name, &[text]).is_err();
        let guilty = items.iter().zip(&texts).find(|(_, text)| alone(text));
        Flaw::of(finding, guilty.map_or(at, |(item, _)| item.span().start))
    })
}

/// A single value as the command line would have it; nothing where the type does not fit.
fn text_of<'v>(kind: Kind, value: &'v DeValue<'_>) -> Option<Cow<'v, str>> {
    match (value, kind) {
        (DeValue::String(text), _) => Some(Cow::Borrowed(text.as_ref())),
        (DeValue::Boolean(yes), Kind::Bool | Kind::Switch) => {
            Some(Cow::Borrowed(if *yes { "true" } else { "false" }))
        }
        (
            DeValue::Integer(number),
            Kind::Count(..)
            | Kind::Unlimited(..)
            | Kind::UnlimitedSize(..)
            | Kind::Size(..)
            | Kind::Span(..)
            | Kind::Choice(_),
        ) => Some(decimal(number)),
        (DeValue::Datetime(moment), Kind::Time) if moment.offset.is_some() => {
            Some(Cow::Owned(moment.to_string()))
        }
        _ => None,
    }
}

/// The digits of a number, whichever way it was written; of one beyond every bound, its own spelling.
pub(super) fn decimal<'v>(number: &'v DeInteger<'_>) -> Cow<'v, str> {
    match i64::from_str_radix(number.as_str(), number.radix()) {
        Ok(decimal) => Cow::Owned(decimal.to_string()),
        Err(_) => Cow::Borrowed(number.as_str()),
    }
}

fn wrong_type(param: &Param, value: &DeValue<'_>, at: usize) -> Flaw {
    if let (DeValue::Table(_), true) = (value, at > 0) {
        let message = format!("{} has keys of its own, as a dotted key gives it", param.name);
        return Flaw::new(at, message, format!("write {} = {}", param.name, example(param.kind)));
    }
    let (wanted, given) = (wanted(param.kind), type_name(value));
    let message = format!("{} takes {wanted}, and this is {} {given}", param.name, article(given));
    Flaw::new(at, message, format!("write {} = {}", param.name, example(param.kind)))
}

fn type_name(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "string",
        DeValue::Integer(_) => "integer",
        DeValue::Float(_) => "number with a fraction",
        DeValue::Boolean(_) => "boolean",
        DeValue::Datetime(moment) if moment.offset.is_some() => "time",
        DeValue::Datetime(_) => "time without an offset from UTC",
        DeValue::Array(_) => "list",
        DeValue::Table(_) => "table",
    }
}

fn wanted(kind: Kind) -> &'static str {
    match kind {
        Kind::Switch | Kind::Bool => "true or false",
        Kind::Count(..) => "an integer",
        Kind::Unlimited(..) => "an integer or \"Unlimited\"",
        Kind::Size(..) => "a size",
        Kind::UnlimitedSize(..) => "a size or \"Unlimited\"",
        Kind::Span(..) => "a time span",
        Kind::Time => "a time with an offset",
        Kind::List(_) | Kind::Flags(..) => "a list of strings",
        _ => "a string",
    }
}

/// A value of that type, as it would stand in a file.
pub(super) fn example(kind: Kind) -> &'static str {
    match kind {
        Kind::Switch | Kind::Bool => "true",
        Kind::Count(..) | Kind::Unlimited(..) => "20",
        Kind::Size(..) | Kind::UnlimitedSize(..) => "\"36 MB\"",
        Kind::Span(..) => "\"00:10:00\"",
        Kind::Time => "2026-01-31T12:00:00Z",
        Kind::Binding => "\"0.0.0.0:25\"",
        Kind::List(Kind::Binding) => "[\"0.0.0.0:25\"]",
        Kind::Range => "\"192.168.1.0/24\"",
        Kind::List(Kind::Range) => "[\"0.0.0.0-255.255.255.255\"]",
        Kind::List(_) | Kind::Flags(..) => "[\"…\"]",
        _ => "\"…\"",
    }
}
