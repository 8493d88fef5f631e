//! How a value compares with what was typed: each type as what it is, texts in any case.

use std::cmp::Ordering;
use std::net::IpAddr;

use jiff::tz::TimeZone;

use super::{Operand, Operator};
use crate::net::{Relation, RemoteRange};
use crate::param::{Moment, Size, Span, Value};
use crate::text::Wildcard;

/// A value that is none of the property's type.
pub(super) struct Wrong {
    pub text: String,
    pub kind: &'static str,
    pub example: &'static str,
}

/// Whether the comparison holds. Of several values one is enough, and for a negation none may be.
pub(super) fn compare(
    value: &Value,
    operator: Operator,
    operand: &Operand,
    zone: &TimeZone,
) -> Result<bool, Wrong> {
    let text = match operand {
        Operand::Null => return Ok(value.is_empty() != (operator == Operator::Ne)),
        Operand::Bool(flag) => if *flag { "True" } else { "False" }.to_owned(),
        Operand::Text(text) => text.clone(),
    };
    let positive = match operator {
        Operator::Ne => Operator::Eq,
        Operator::NotLike => Operator::Like,
        Operator::NotContains => Operator::Contains,
        other => other,
    };
    let found = match value {
        Value::List(items) if items.is_empty() => text.is_empty() && positive == Operator::Eq,
        Value::List(items) => {
            let mut any = false;
            for item in items {
                any |= one(item, positive, &text, zone)?;
            }
            any
        }
        Value::Flags(names) if positive == Operator::Contains => {
            names.iter().any(|name| name.eq_ignore_ascii_case(&text))
        }
        Value::Flags(names) if positive == Operator::Eq => same_flags(names, &text),
        one_value => one(one_value, positive, &text, zone)?,
    };
    Ok(found == (positive == operator))
}

/// The same names in any order and case; `None` is none of them.
fn same_flags(names: &[&str], text: &str) -> bool {
    let mut typed: Vec<String> = text.split(',').map(|name| name.trim().to_ascii_lowercase()).collect();
    typed.retain(|name| !name.is_empty() && name != "none");
    let mut held: Vec<String> = names.iter().map(|name| name.to_ascii_lowercase()).collect();
    typed.sort_unstable();
    typed.dedup();
    held.sort_unstable();
    typed == held
}

fn one(value: &Value, operator: Operator, text: &str, zone: &TimeZone) -> Result<bool, Wrong> {
    match operator {
        Operator::Like => Ok(Wildcard::new(text).matches(&value.to_string())),
        Operator::Contains => contains(value, text, zone),
        _ => {
            let order = order(value, text, zone)?;
            Ok(order.is_some_and(|order| match operator {
                Operator::Gt => order.is_gt(),
                Operator::Ge => order.is_ge(),
                Operator::Lt => order.is_lt(),
                Operator::Le => order.is_le(),
                _ => order.is_eq(),
            }))
        }
    }
}

/// Of a range: whether the address or the whole range is within it. Of any other value: whether it is equal.
fn contains(value: &Value, text: &str, zone: &TimeZone) -> Result<bool, Wrong> {
    let Value::Range(range) = value else {
        return Ok(order(value, text, zone)?.is_some_and(Ordering::is_eq));
    };
    if let Ok(address) = text.parse::<IpAddr>() {
        return Ok(range.contains(address));
    }
    let other: RemoteRange = text.parse().map_err(|_| wrong(text, "an address or range", "192.168.1.10"))?;
    Ok(matches!(range.relation(&other), Relation::Equal | Relation::Holds))
}

fn wrong(text: &str, kind: &'static str, example: &'static str) -> Wrong {
    Wrong { text: text.to_owned(), kind, example }
}

/// How a value lies to what was typed; nothing where they have no order and differ.
fn order(value: &Value, text: &str, zone: &TimeZone) -> Result<Option<Ordering>, Wrong> {
    let is_unlimited = text.eq_ignore_ascii_case("unlimited");
    Ok(match value {
        Value::Null => text.is_empty().then_some(Ordering::Equal),
        Value::Unlimited => Some(if is_unlimited { Ordering::Equal } else { Ordering::Greater }),
        Value::Int(_) | Value::Size(_) if is_unlimited => Some(Ordering::Less),
        Value::Bool(flag) => {
            let typed = match text.trim_start_matches('$').to_ascii_lowercase().as_str() {
                "true" | "1" => true,
                "false" | "0" => false,
                _ => return Err(wrong(text, "a boolean", "True")),
            };
            Some(flag.cmp(&typed))
        }
        Value::Int(number) => {
            Some(number.cmp(&text.parse().map_err(|_| wrong(text, "a whole number", "30"))?))
        }
        Value::Size(size) => {
            let typed: Size = text.parse().map_err(|_| wrong(text, "a size", "10MB"))?;
            Some(size.as_bytes().cmp(&typed.as_bytes()))
        }
        Value::Span(span) => {
            let typed: Span = text.parse().map_err(|_| wrong(text, "a time span", "00:10:00"))?;
            Some(span.as_seconds().cmp(&typed.as_seconds()))
        }
        Value::Time(moment) | Value::Utc(moment) => {
            // As it is printed.
            let zone = if matches!(value, Value::Utc(_)) { &TimeZone::UTC } else { zone };
            let typed = Moment::parse(text).and_then(|moment| moment.first(zone));
            Some(moment.cmp(&typed.ok_or_else(|| wrong(text, "a date", "2026-11-22"))?))
        }
        Value::Range(range) => {
            let typed: RemoteRange = text.parse().map_err(|_| wrong(text, "a range", "192.168.1.0/24"))?;
            range.same(&typed).then_some(Ordering::Equal)
        }
        Value::Address(address) => {
            let typed: IpAddr = text.parse().map_err(|_| wrong(text, "an IP address", "192.168.1.10"))?;
            Some(address.cmp(&typed))
        }
        other => Some(other.to_string().to_lowercase().cmp(&text.to_lowercase())),
    })
}
