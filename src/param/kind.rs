//! The closed set of value types: how each is read, which bounds it keeps, what it is called.
//!
//! Refusals open with PowerShell's own sentence, since administrators know it and search for it.

use super::{BadDomain, Finding, Match, ParseSpanError, Size, Span, Value, check_domain, match_name};
use crate::net::{BindingError, RangeError};
use crate::powershell::number::{Number, number};
use crate::powershell::words;

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
    /// Seconds, bounds inclusive.
    Span(u64, u64),
    /// Any text.
    Text,
    /// A connector's or server's name: 1 to 64 characters (C1).
    Name,
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
            Kind::Size(..) => "Microsoft.Exchange.Data.ByteQuantifiedSize",
            Kind::Span(..) => "Microsoft.Exchange.Data.EnhancedTimeSpan",
            Kind::Text | Kind::Name | Kind::Choice(_) | Kind::Flags(..) | Kind::Capability => "System.String",
            Kind::Domain => "Microsoft.Exchange.Data.Fqdn",
            Kind::Certificate => "Microsoft.Exchange.Data.SmtpX509Identifier",
            Kind::Binding => "Microsoft.Exchange.Data.IPBinding",
            Kind::Range => "Microsoft.Exchange.Data.IPRange",
            Kind::Address => "System.Net.IPAddress",
            Kind::Guid => "System.Guid",
            Kind::Time => "System.DateTime",
            Kind::List(_) => "Microsoft.Exchange.Data.MultiValuedProperty`1",
        }
    }

    /// A value of the type, to show in the line that an error tells to type.
    #[must_use]
    pub fn example(self) -> &'static str {
        match self {
            Kind::Switch | Kind::Bool => "true",
            Kind::Count(..) | Kind::Unlimited(..) => "10",
            Kind::Size(..) => "36MB",
            Kind::Span(..) => "00:10:00",
            Kind::Text => "TEXT",
            Kind::Name => "NAME",
            Kind::Domain => "mail.contoso.com",
            Kind::Certificate => "'<I>CN=CA<S>CN=mail.contoso.com'",
            Kind::Choice(names) | Kind::Flags(names, _) => names.first().copied().unwrap_or("NAME"),
            Kind::Binding => "0.0.0.0:25",
            Kind::Range => "192.168.1.0/24",
            Kind::Address => "192.168.1.1",
            Kind::Capability => "contoso.com:AcceptCloudServicesMail",
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

    /// The names that may be typed, for closed lists.
    #[must_use]
    pub fn names(self) -> &'static [&'static str] {
        match self {
            Kind::Choice(names) | Kind::Flags(names, _) => names,
            _ => &[],
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
            Kind::Unlimited(..) if text.eq_ignore_ascii_case("unlimited") => Ok(Value::Unlimited),
            Kind::Unlimited(min, max) => reading.count(min, max).map(Value::Int),
            Kind::Size(min, max) => reading.size(min, max),
            Kind::Span(min, max) => reading.span(min, max),
            Kind::Text => Ok(Value::Text(text.to_owned())),
            Kind::Name => reading.name(),
            Kind::Domain if text.is_empty() => Ok(Value::Null),
            Kind::Domain => reading.domain(),
            Kind::Certificate => reading.certificate(),
            Kind::Choice(names) => reading.choice(names).map(Value::Choice),
            Kind::Flags(..) => self.parse_all(parameter, &[text]),
            Kind::Binding => {
                text.parse().map(Value::Binding).map_err(|e: BindingError| reading.told("V1", &e, e.hint()))
            }
            Kind::Range => {
                text.parse().map(Value::Range).map_err(|e: RangeError| reading.told("V2", &e, e.hint()))
            }
            Kind::Address => text.parse().map(Value::Address).map_err(|_| {
                reading.refused("V1", &"no IP address", Some(format!("-{parameter} {}", self.example())))
            }),
            Kind::Capability => reading.capability(),
            Kind::Guid => text.parse().map(Value::Guid).map_err(|e| reading.refused("V8", &e, None)),
            Kind::Time => text.parse().map(Value::Time).map_err(|e| reading.refused("V8", &e, None)),
            Kind::List(element) => Ok(Value::List(vec![element.parse(parameter, text)?])),
        }
    }

    /// Reads the elements of a list or of flags. Every element of flags may itself hold a comma list (V7).
    ///
    /// # Errors
    /// As [`Kind::parse`]; C2 where `None` stands beside others.
    pub fn parse_all(self, parameter: &'static str, texts: &[&str]) -> Result<Value, Finding> {
        match self {
            Kind::List(Kind::Capability) => {
                let joined = join_capabilities(texts);
                joined
                    .iter()
                    .map(|t| Kind::Capability.parse(parameter, t))
                    .collect::<Result<_, _>>()
                    .map(Value::List)
            }
            Kind::List(element) => {
                texts.iter().map(|t| element.parse(parameter, t)).collect::<Result<_, _>>().map(Value::List)
            }
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

fn flags(
    kind: Kind,
    parameter: &'static str,
    texts: &[&str],
    names: &'static [&'static str],
    reported: &'static [&'static str],
) -> Result<Value, Finding> {
    let mut found = Vec::new();
    for text in texts.iter().flat_map(|t| t.split(',')).map(str::trim) {
        if let Some(name) = reported.iter().find(|name| name.eq_ignore_ascii_case(text)) {
            return Err(Finding::new(
                "P3",
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
            found.push(Reading { parameter, kind, text }.choice(names)?);
        }
    }
    if found.len() > 1 && found.contains(&"None") {
        return Err(Finding::new(
            "C2",
            parameter,
            format!("parameter {parameter}: None stands alone, and `{}` names more", texts.join(",")),
        )
        .hint(format!("-{parameter} None, or the others without None")));
    }
    Ok(Value::Flags(names.iter().filter(|name| found.contains(name)).copied().collect()))
}

/// One text being read for one parameter: what refusals quote.
struct Reading<'a> {
    parameter: &'static str,
    kind: Kind,
    text: &'a str,
}

impl Reading<'_> {
    /// PowerShell's sentence for a value that cannot be converted, and why.
    fn wrong(&self, rule: &'static str, why: &str) -> Finding {
        let Reading { parameter, text, .. } = self;
        let kind = self.kind.type_name();
        let message = format!(
            "Cannot process argument transformation on parameter '{parameter}'. Cannot convert value \"{text}\" to type \"{kind}\". Error: \"{why}\""
        );
        Finding::new(rule, parameter, message)
    }

    fn refused(&self, rule: &'static str, why: &dyn std::fmt::Display, hint: Option<String>) -> Finding {
        let Reading { parameter, text, .. } = self;
        Finding { hint, ..Finding::new(rule, parameter, format!("parameter {parameter}: `{text}`: {why}")) }
    }

    /// The refusal of a room that quotes the text itself.
    fn told(&self, rule: &'static str, why: &dyn std::fmt::Display, hint: Option<String>) -> Finding {
        let example = |hint: String| {
            if hint.starts_with("such as") {
                format!("give one {hint}")
            } else {
                format!("-{} {hint}", self.parameter)
            }
        };
        let hint = hint.map(example);
        Finding { hint, ..Finding::new(rule, self.parameter, format!("parameter {}: {why}", self.parameter)) }
    }

    fn not_one(&self) -> Result<Value, Finding> {
        Err(self.wrong("V7", "one value is taken here, not a list"))
    }

    fn boolean(&self) -> Result<Value, Finding> {
        words::boolean(self.text).map(Value::Bool).map_err(|why| {
            let parameter = self.parameter;
            let message = format!("Cannot process argument transformation on parameter '{parameter}'. {why}");
            let message = message.trim_end_matches('.');
            Finding::new("V6", parameter, message).hint(format!(
                "`{}` was given; type {}",
                self.text,
                why.hint(parameter)
            ))
        })
    }

    fn count(&self, min: u64, max: u64) -> Result<u64, Finding> {
        match number(self.text.trim()).and_then(Number::whole) {
            Some(number) => match u64::try_from(number) {
                Ok(number) => self.within(number, min, max, &|n| n.to_string()),
                Err(_) if number < 0 => {
                    Err(self.bound(&number.to_string(), "less", "minimum", "greater", &min.to_string()))
                }
                Err(_) => {
                    Err(self.bound(&number.to_string(), "greater", "maximum", "less", &max.to_string()))
                }
            },
            None => {
                let why = format!("The input string '{}' was not in a correct format.", self.text);
                let hint =
                    format!("-{} takes a number from {min} to {max}{}", self.parameter, self.or_unlimited());
                Err(self.wrong("V5", &why).hint(hint))
            }
        }
    }

    fn or_unlimited(&self) -> &'static str {
        if matches!(self.kind, Kind::Unlimited(..)) { ", or Unlimited" } else { "" }
    }

    fn size(&self, min: u64, max: u64) -> Result<Value, Finding> {
        let size: Size = self.text.parse().map_err(|why: super::ParseSizeError| {
            self.wrong("V3", &why.to_string()).hint(format!("-{} 36MB", self.parameter))
        })?;
        self.within(size.as_bytes(), min, max, &|n| Size::bytes(n).to_string())?;
        Ok(Value::Size(size))
    }

    fn span(&self, min: u64, max: u64) -> Result<Value, Finding> {
        let span: Span = self.text.parse().map_err(|why: ParseSpanError| {
            let example = match why {
                ParseSpanError::Bare(seconds) => Span::seconds(seconds).to_string(),
                ParseSpanError::Form => "00:10:00".to_owned(),
            };
            self.wrong("V4", &why.to_string()).hint(format!("-{} {example}", self.parameter))
        })?;
        self.within(span.as_seconds(), min, max, &|n| Span::seconds(n).to_string())?;
        Ok(Value::Span(span))
    }

    fn within(&self, number: u64, min: u64, max: u64, print: &dyn Fn(u64) -> String) -> Result<u64, Finding> {
        if number < min {
            Err(self.bound(&print(number), "less", "minimum", "greater", &print(min)))
        } else if number > max {
            Err(self.bound(&print(number), "greater", "maximum", "less", &print(max)))
        } else {
            Ok(number)
        }
    }

    fn bound(&self, given: &str, than: &str, end: &str, other: &str, bound: &str) -> Finding {
        let parameter = self.parameter;
        Finding::new("V5", parameter, format!(
            "Cannot validate argument on parameter '{parameter}'. The {given} argument is {than} than the {end} allowed range of {bound}. Supply an argument that is {other} than or equal to {bound} and then try the command again."
        ))
        .hint(format!("`{}` was given; -{parameter} {} is the {end}", self.text, typeable(bound)))
    }

    fn name(&self) -> Result<Value, Finding> {
        let refuse = |why: &str, hint: &str| Err(self.refused("C1", &why, Some(hint.to_owned())));
        let length = self.text.chars().count();
        if self.text.trim().is_empty() {
            return refuse("a name has 1 to 64 characters", "give a name, such as \"Anonymous Relay\"");
        }
        if length > 64 {
            return refuse(&format!("a name has at most 64 characters, this one has {length}"), "shorten it");
        }
        if self.text.contains('\\') {
            return refuse(
                "a name has no backslash, which parts server and name",
                "a name alone, such as Relay; where a connector's server is meant, that is -Server",
            );
        }
        if self.text.chars().any(char::is_control) {
            return refuse("a name has no control character", "type it anew, on one line and without tabs");
        }
        if self.text.chars().any(turns_direction) {
            return refuse(
                "a name has no mark that turns the direction of reading",
                "type it anew, letter by letter",
            );
        }
        Ok(Value::Text(self.text.to_owned()))
    }

    fn domain(&self) -> Result<Value, Finding> {
        let refuse =
            |why: BadDomain| self.refused("V8", &why, Some(format!("-{} mail.contoso.com", self.parameter)));
        check_domain(self.text).map(|()| Value::Text(self.text.to_owned())).map_err(refuse)
    }

    fn certificate(&self) -> Result<Value, Finding> {
        if self.text.is_empty() {
            return Ok(Value::Null);
        }
        let parts = self.text.strip_prefix("<I>").and_then(|rest| rest.split_once("<S>"));
        match parts {
            Some((issuer, subject)) if !issuer.is_empty() && !subject.is_empty() => {
                Ok(Value::Text(self.text.to_owned()))
            }
            _ => Err(self
                .wrong("V8", &format!("\"{}\" isn't a valid Certificate Identifier.", self.text))
                .hint(format!("-{} '<I>CN=CA, O=Contoso<S>CN=mail.contoso.com'", self.parameter))),
        }
    }

    fn choice(&self, names: &'static [&'static str]) -> Result<&'static str, Finding> {
        match match_name(self.text.trim(), names) {
            Match::One(name) => Ok(name),
            Match::Several(fits) => Err(self.wrong("V7", &format!(
                "The identifier name {} cannot be processed because it is either too similar or identical to the following enumerator names: {}. Use a more specific identifier name.",
                self.text, fits.join(", ")
            ))),
            Match::None => Err(self.wrong("V7", &format!(
                "Unable to match the identifier name {} to a valid enumerator name. Specify one of the following enumerator names and try again: {}",
                self.text, names.join(", ")
            ))),
        }
        .map_err(|finding| finding.hint(format!("-{} {}", self.parameter, nearest(self.text, names))))
    }

    fn capability(&self) -> Result<Value, Finding> {
        const NAMES: &[&str] = &["AcceptOorgProtocol", "AcceptCloudServicesMail"];
        let example = format!("-{} contoso.com:AcceptCloudServicesMail", self.parameter);
        let Some((domain, capabilities)) = self.text.split_once(':') else {
            return Err(self.refused(
                "V8",
                &"a domain and a capability are parted by a colon",
                Some(example),
            ));
        };
        check_domain(domain).map_err(|why| self.refused("V8", &why, Some(example)))?;
        let read = |text| Reading { text, ..*self }.choice(NAMES);
        let names: Vec<&str> = capabilities.split(',').map(read).collect::<Result<_, _>>()?;
        Ok(Value::Text(format!("{domain}:{}", names.join(","))))
    }
}

/// Marks after which a reviewer reads another name than the one that is there (Unicode TR 36).
fn turns_direction(c: char) -> bool {
    matches!(c, '\u{200e}' | '\u{200f}' | '\u{061c}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// A bound as it is typed: of a size, its bytes.
fn typeable(bound: &str) -> String {
    match bound.split_once(" (") {
        Some((_, bytes)) => bytes.chars().filter(char::is_ascii_digit).collect(),
        None => bound.to_owned(),
    }
}

/// The name most like `typed`, to begin a hint with.
fn nearest(typed: &str, names: &'static [&'static str]) -> &'static str {
    let typed = typed.to_ascii_lowercase();
    let likeness = |name: &&&str| (strsim::jaro_winkler(&typed, &name.to_ascii_lowercase()) * 1_000.0) as u32;
    names.iter().max_by_key(likeness).copied().unwrap_or("")
}
