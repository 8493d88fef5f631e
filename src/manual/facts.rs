//! What there is to say of a parameter's type: its name, its bounds, its default, its versions, its rule.

use super::page::Page;
use crate::param::{Case, Kind, Param, Size, Span, Tier, Version};

/// The largest number of the product's whole numbers: as a bound it says nothing.
const LARGEST: u64 = 2_147_483_647;

/// The type as syntax shows it: `Int32`, `IPBinding[]`; nothing for a switch.
pub(super) fn type_name(kind: Kind) -> Option<String> {
    match kind {
        Kind::Switch => None,
        Kind::List(element) => type_name(*element).map(|name| format!("{name}[]")),
        Kind::Flags(..) => Some("String[]".to_owned()),
        _ => {
            let whole = kind.type_name();
            let plain = whole.split('`').next().unwrap_or(whole);
            Some(plain.rsplit('.').next().unwrap_or(plain).to_owned())
        }
    }
}

/// `-MaxHopCount <Int32>`.
pub(super) fn typed(param: &Param) -> String {
    match type_name(param.kind) {
        Some(name) => format!("-{} <{name}>", param.name),
        None => format!("-{}", param.name),
    }
}

/// What may be given, as one reads it.
pub(super) fn accepts(kind: Kind) -> Option<String> {
    match kind {
        Kind::Count(min, max) => Some(between(min, max, &|n| n.to_string())),
        Kind::Unlimited(min, max) => Some(format!("{}, or Unlimited", between(min, max, &|n| n.to_string()))),
        Kind::Size(min, max) => Some(between(min, max, &|n| bytes(n))),
        Kind::UnlimitedSize(min, max) => Some(format!("{}, or Unlimited", between(min, max, &|n| bytes(n)))),
        Kind::Span(min, max) => Some(between(min, max, &|n| Span::seconds(n).to_string())),
        Kind::Name => Some("1 to 64 characters".to_owned()),
        Kind::Choice(names) => Some(listed(names)),
        Kind::Flags(names, _) => Some(format!("None, or any of {}", names.join(", "))),
        Kind::List(element) => accepts(*element),
        _ => None,
    }
}

/// The same, but nothing where the bounds are those of every number.
pub(super) fn bounds(kind: Kind) -> Option<String> {
    match kind {
        Kind::Count(0 | 1, LARGEST)
        | Kind::Unlimited(0 | 1, LARGEST)
        | Kind::Size(0 | 1, LARGEST)
        | Kind::UnlimitedSize(0 | 1, LARGEST)
        | Kind::Span(0 | 1, LARGEST) => None,
        _ => accepts(kind),
    }
}

fn between(min: u64, max: u64, print: &dyn Fn(u64) -> String) -> String {
    format!("{} to {}", print(min), print(max))
}

/// A size as it is typed, or its bytes where no unit fits.
fn bytes(number: u64) -> String {
    let short = Size::bytes(number).short();
    match short.as_str() {
        "1" => "1 byte".to_owned(),
        number if number.contains(' ') => number.replace(' ', ""),
        number => format!("{number} bytes"),
    }
}

fn listed(names: &[&str]) -> String {
    match names {
        [head @ .., last] if !head.is_empty() => format!("{} or {last}", head.join(", ")),
        _ => names.concat(),
    }
}

/// The default on the newest version, or that the usage gives one.
pub(super) fn default(page: &Page, param: &Param) -> Option<String> {
    let newest = param.default.cases().into_iter().find(|(case, _)| case.is_none()).map(|(_, text)| text);
    match (newest, page.given_by_set(param)) {
        (Some(text), true) => Some(format!("default {text}, or by usage")),
        (Some(text), false) => Some(format!("default {text}")),
        (None, true) => Some("default by usage".to_owned()),
        (None, false) => None,
    }
}

/// Every default, with the version or the role that it is for.
pub(super) fn defaults(page: &Page, param: &Param) -> Option<String> {
    let cases = param.default.cases().into_iter().map(|(case, text)| match case {
        None => text.to_owned(),
        Some(Case::Before(version)) => format!("{text} before {}", version.name()),
        Some(Case::On(Tier::Edge)) => format!("{text} on an Edge Transport server"),
        Some(Case::On(Tier::FrontEnd)) => format!("{text} on a server with Client Access alone"),
        Some(Case::On(Tier::Transport)) => format!("{text} on a server with a Transport service"),
    });
    let usage = page.given_by_set(param).then(|| "by usage, see DESCRIPTION".to_owned());
    let all: Vec<String> = usage.into_iter().chain(cases).collect();
    (!all.is_empty()).then(|| all.join("; "))
}

/// The versions that have it, where not all do.
pub(super) fn versions(param: &Param) -> Option<String> {
    (param.first() > Version::OLDEST.into() || param.until < Version::NEWEST).then(|| param.versions())
}

/// The rule that its type is read by.
pub(super) fn rule(kind: Kind) -> Option<&'static str> {
    match kind {
        Kind::Binding | Kind::Address => {
            Some("V1: ip:port, IPv6 in brackets; 0.0.0.0 and [::] are every address")
        }
        Kind::Range => Some("V2: an address, first-last, a prefix /24, or a mask in parentheses"),
        Kind::Size(..) => Some("V3: a number with B, KB, MB, GB or TB; bounds are inclusive"),
        Kind::UnlimitedSize(..) => {
            Some("V3: a number with B, KB, MB, GB or TB, or Unlimited; bounds are inclusive")
        }
        Kind::Span(..) => Some("V4: hh:mm:ss or d.hh:mm:ss; bounds are inclusive"),
        Kind::Count(..) => Some("V5: a whole number; bounds are inclusive"),
        Kind::Unlimited(..) => Some("V5: a whole number or Unlimited; bounds are inclusive"),
        Kind::Bool => Some("V6: true or false; $true and $false where the shell leaves them alone"),
        Kind::Choice(_) => Some("V7: one name, in any case; a beginning that fits one name alone will do"),
        Kind::Flags(..) => Some("V7: several names joined by commas, in any case; None stands alone"),
        Kind::Domain => Some("V8: a DNS name"),
        Kind::Certificate => Some("V8: <I>issuer<S>subject"),
        Kind::Capability => Some("V8: domain:capability[,capability]"),
        Kind::Name => Some("C1: no backslash and no control character; unique in any case"),
        Kind::List(element) => rule(*element),
        Kind::Form(form) => Some(form.syntax),
        Kind::Switch | Kind::Text | Kind::Identity | Kind::Guid | Kind::Time => None,
    }
}
