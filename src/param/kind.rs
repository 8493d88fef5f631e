//! The closed set of value types: how each is read, which bounds it keeps, what it is called.
//!
//! Refusals open with PowerShell's own sentence, since administrators know it and search for it.

use super::reading::Reading;
use super::{Finding, Form, Rule, Value};
use crate::net::{BindingError, RangeError};

/// The type of a parameter or property.
#[derive(Clone, Copy, Debug)]
pub enum Kind {
    /// Present or absent; takes a value only after a colon.
    Switch,
    /// `$true`, `true`, `1` and their opposites.
    Bool,
    /// A whole number, bounds inclusive.
    Count(u64, u64),
    /// A whole number within bounds, or `Unlimited`.
    Unlimited(u64, u64),
    /// Bytes, bounds inclusive.
    Size(u64, u64),
    /// Bytes within bounds, or `Unlimited`.
    UnlimitedSize(u64, u64),
    /// Seconds, bounds inclusive.
    Span(u64, u64),
    /// Any text.
    Text,
    /// A connector's or server's name: 1 to 64 characters (C1).
    Name,
    /// What names an object; several are typed as a list, or come from standard input.
    Identity,
    /// A domain name (V8).
    Domain,
    /// `<I>issuer<S>subject`.
    Certificate,
    /// One of these.
    Choice(&'static [&'static str]),
    /// Any of these together; `None` is none of them. The second list is printed, never accepted.
    Flags(&'static [&'static str], &'static [&'static str]),
    /// `ip:port` (V1).
    Binding,
    /// A remote range (V2).
    Range,
    /// An IP address.
    Address,
    /// `domain:capability[,capability]`.
    Capability,
    /// Text of a form that one noun alone has.
    Form(&'static Form),
    /// An identifier.
    Guid,
    /// A moment.
    Time,
    /// Several of one type.
    List(&'static Kind),
}

impl Kind {
    /// What PowerShell calls the type in its messages and help.
    #[must_use]
    pub fn type_name(self) -> &'static str {
        match self {
            Kind::Switch => "System.Management.Automation.SwitchParameter",
            Kind::Bool => "System.Boolean",
            Kind::Count(..) => "System.Int32",
            Kind::Unlimited(..) => "Microsoft.Exchange.Data.Unlimited`1[System.Int32]",
            Kind::UnlimitedSize(..) => "Unlimited`1[ByteQuantifiedSize]",
            Kind::Size(..) => "Microsoft.Exchange.Data.ByteQuantifiedSize",
            Kind::Span(..) => "Microsoft.Exchange.Data.EnhancedTimeSpan",
            Kind::Text
            | Kind::Name
            | Kind::Identity
            | Kind::Choice(_)
            | Kind::Flags(..)
            | Kind::Capability => "System.String",
            Kind::Domain => "Microsoft.Exchange.Data.Fqdn",
            Kind::Certificate => "Microsoft.Exchange.Data.SmtpX509Identifier",
            Kind::Binding => "Microsoft.Exchange.Data.IPBinding",
            Kind::Range => "Microsoft.Exchange.Data.IPRange",
            Kind::Address => "System.Net.IPAddress",
            Kind::Form(form) => form.type_name,
            Kind::Guid => "System.Guid",
            Kind::Time => "System.DateTime",
            Kind::List(_) => "Microsoft.Exchange.Data.MultiValuedProperty`1",
        }
    }

    /// A value of the type, to show in the line that an error suggests.
    #[must_use]
    pub fn example(self) -> &'static str {
        match self {
            Kind::Switch | Kind::Bool => "true",
            Kind::Count(..) | Kind::Unlimited(..) => "10",
            Kind::Size(..) | Kind::UnlimitedSize(..) => "36MB",
            Kind::Span(..) => "00:10:00",
            Kind::Text => "TEXT",
            Kind::Name | Kind::Identity => "NAME",
            Kind::Domain => "mail.contoso.com",
            Kind::Certificate => "'<I>CN=CA<S>CN=mail.contoso.com'",
            Kind::Choice(names) | Kind::Flags(names, _) => names.first().copied().unwrap_or("NAME"),
            Kind::Binding => "0.0.0.0:25",
            Kind::Range => "192.168.1.0/24",
            Kind::Address => "192.168.1.1",
            Kind::Capability => "contoso.com:AcceptCloudServicesMail",
            Kind::Form(form) => form.example,
            Kind::Guid => "GUID",
            Kind::Time => "2026-01-31T12:00:00Z",
            Kind::List(element) => element.example(),
        }
    }

    /// Whether several values may be given, so that `@{Add=…;Remove=…}` edits it.
    #[must_use]
    pub fn is_multivalued(self) -> bool {
        matches!(self, Kind::List(_) | Kind::Flags(..))
    }

    /// Whether it names the objects of a call, several as one list.
    #[must_use]
    pub fn is_identities(self) -> bool {
        matches!(self, Kind::List(Kind::Identity))
    }

    /// The names that may be typed, for closed lists.
    #[must_use]
    pub fn names(self) -> &'static [&'static str] {
        match self {
            Kind::Choice(names) | Kind::Flags(names, _) => names,
            _ => &[],
        }
    }

    /// Whether [`Kind::unbounded`] takes more than it.
    #[must_use]
    pub(crate) fn is_bounded(self) -> bool {
        matches!(
            self,
            Kind::List(Kind::Capability | Kind::Form(_))
                | Kind::Count(..)
                | Kind::Unlimited(..)
                | Kind::Size(..)
                | Kind::UnlimitedSize(..)
                | Kind::Span(..)
                | Kind::Domain
                | Kind::Certificate
                | Kind::Form(_)
        )
    }

    /// The same type without bounds and without the form that a text must have: what a real server may hold all the same.
    #[must_use]
    pub(crate) fn unbounded(self) -> Kind {
        match self {
            Kind::Count(..) => Kind::Count(0, u64::from(u32::MAX)),
            Kind::Unlimited(..) => Kind::Unlimited(0, u64::from(u32::MAX)),
            Kind::Size(..) => Kind::Size(0, u64::MAX),
            Kind::UnlimitedSize(..) => Kind::UnlimitedSize(0, u64::MAX),
            Kind::Span(..) => Kind::Span(0, u64::MAX),
            Kind::Domain | Kind::Certificate | Kind::Form(_) => Kind::Text,
            Kind::List(Kind::Capability | Kind::Form(_)) => Kind::List(&Kind::Text),
            other => other,
        }
    }

    /// Whether a value of this type is within its bounds.
    #[must_use]
    pub(crate) fn allows(self, value: &Value) -> bool {
        match (self, value) {
            (Kind::Count(min, max) | Kind::Unlimited(min, max), Value::Int(number)) => {
                (min..=max).contains(number)
            }
            (Kind::Size(min, max) | Kind::UnlimitedSize(min, max), Value::Size(size)) => {
                (min..=max).contains(&size.as_bytes())
            }
            (Kind::Span(min, max), Value::Span(span)) => (min..=max).contains(&span.as_seconds()),
            _ => true,
        }
    }

    /// Reads one text as a value of this type; of a list, its only element.
    ///
    /// # Errors
    /// A [`Finding`] that names `parameter` (rules V1 to V8), with what to type.
    pub fn parse(self, parameter: &'static str, text: &str) -> Result<Value, Finding> {
        let reading = Reading { parameter, kind: self, text };
        match self {
            Kind::Switch | Kind::Bool => reading.boolean(),
            Kind::Count(min, max) => reading.count(min, max).map(Value::Int),
            Kind::Unlimited(..) | Kind::UnlimitedSize(..) if text.eq_ignore_ascii_case("unlimited") => {
                Ok(Value::Unlimited)
            }
            Kind::Unlimited(min, max) => reading.count(min, max).map(Value::Int),
            Kind::Size(min, max) | Kind::UnlimitedSize(min, max) => reading.size(min, max),
            Kind::Span(min, max) => reading.span(min, max),
            Kind::Text | Kind::Identity => Ok(Value::text(text)),
            Kind::Name => reading.name(),
            Kind::Domain if text.is_empty() => Ok(Value::Null),
            Kind::Domain => reading.domain(),
            Kind::Form(_) if text.is_empty() => Ok(Value::Null),
            Kind::Form(form) => reading.form(form),
            Kind::Certificate => reading.certificate(),
            Kind::Choice(names) => reading.choice(names).map(Value::Choice),
            Kind::Flags(..) => self.parse_all(parameter, &[text]),
            Kind::Binding => text
                .parse()
                .map(Value::Binding)
                .map_err(|e: BindingError| reading.describe(Rule::V1, &e, e.hint())),
            Kind::Range => text
                .parse()
                .map(Value::Range)
                .map_err(|e: RangeError| reading.describe(Rule::V2, &e, e.hint())),
            Kind::Address => text
                .parse()
                .map(Value::Address)
                .map_err(|_| reading.refused(Rule::V1, &"not an IP address", None).example(self.example())),
            Kind::Capability => reading.capability(),
            Kind::Guid => text.parse().map(Value::Guid).map_err(|e| reading.refused(Rule::V8, &e, None)),
            Kind::Time => text.parse().map(Value::Time).map_err(|e| reading.refused(Rule::V8, &e, None)),
            Kind::List(element) => Ok(Value::List(vec![element.parse(parameter, text)?])),
        }
    }

    /// One element of a list: a text that is no element is refused there, and alone empties its property.
    fn parse_element(self, parameter: &'static str, text: &str) -> Result<Value, Finding> {
        let reading = Reading { parameter, kind: self, text };
        match self {
            Kind::Domain => reading.domain(),
            Kind::Form(form) => match reading.form(form)? {
                Value::Null => {
                    Err(reading.refused(Rule::V8, &"no value of a list is empty", None).example(form.example))
                }
                value => Ok(value),
            },
            other => other.parse(parameter, text),
        }
    }

    fn parse_elements(self, parameter: &'static str, texts: &[&str]) -> Result<Value, Finding> {
        let read = |(place, text): (usize, &&str)| {
            self.parse_element(parameter, text).map_err(|finding| among(finding, texts, place))
        };
        texts.iter().enumerate().map(read).collect::<Result<_, _>>().map(Value::List)
    }

    /// Reads the elements of a list or of flags. Every element of flags may itself hold a comma list (V7).
    ///
    /// # Errors
    /// As [`Kind::parse`]; C2 where `None` stands beside others.
    pub fn parse_all(self, parameter: &'static str, texts: &[&str]) -> Result<Value, Finding> {
        match self {
            Kind::List(Kind::Capability) => {
                let joined = join_capabilities(texts);
                let joined: Vec<&str> = joined.iter().map(String::as_str).collect();
                Kind::Capability.parse_elements(parameter, &joined)
            }
            Kind::List(element) => element.parse_elements(parameter, texts),
            Kind::Flags(names, reported) => flags(self, parameter, texts, names, reported),
            one => match texts {
                [text] => one.parse(parameter, text),
                _ => Reading { parameter, kind: one, text: &texts.join(",") }.not_one(),
            },
        }
    }
}

/// A list of domain capabilities cut at its commas: a piece without a colon continues the one before it.
fn join_capabilities(texts: &[&str]) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for text in texts {
        match out.last_mut() {
            Some(last) if !text.contains(':') => {
                last.push(',');
                last.push_str(text);
            }
            _ => out.push((*text).to_owned()),
        }
    }
    out
}

/// The finding on the element at `place`, with what was meant there between the other elements, which stay.
fn among(finding: Finding, texts: &[&str], place: usize) -> Finding {
    if texts.len() == 1 {
        return finding;
    }
    let own = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>();
    finding.within(|meant| {
        let before = own(texts.get(..place).unwrap_or_default());
        let after = own(texts.get(place + 1..).unwrap_or_default());
        let is_new = |one: &&String| !before.contains(one) && !after.contains(one);
        let new = meant.iter().filter(is_new).cloned().collect();
        [before, new, after].concat()
    })
}

fn flags(
    kind: Kind,
    parameter: &'static str,
    texts: &[&str],
    names: &'static [&'static str],
    reported: &'static [&'static str],
) -> Result<Value, Finding> {
    let mut found = Vec::new();
    let all: Vec<&str> = texts.iter().flat_map(|text| text.split(',')).map(str::trim).collect();
    for (place, text) in all.iter().copied().enumerate() {
        if let Some(name) = reported.iter().find(|name| name.eq_ignore_ascii_case(text)) {
            return Err(Finding::new(
                Rule::P3,
                parameter,
                format!("parameter {parameter}: `{name}` is reported, never accepted"),
            )
            .hint(
                "grant single rights with add-adpermission; the groups are ".to_owned() + &names.join(", "),
            ));
        }
        if text.eq_ignore_ascii_case("None") {
            found.push("None");
        } else {
            let read = Reading { parameter, kind, text }.choice(names);
            found.push(read.map_err(|finding| among(finding, &all, place))?);
        }
    }
    if found.len() > 1 && found.contains(&"None") {
        return Err(Finding::new(
            Rule::C2,
            parameter,
            format!("parameter {parameter}: None stands alone, and `{}` names more", texts.join(",")),
        )
        .hint(format!("-{parameter} None, or the others without None")));
    }
    Ok(Value::Flags(names.iter().filter(|name| found.contains(name)).copied().collect()))
}
