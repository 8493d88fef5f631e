//! One text read as one type, and the sentence that refuses it: PowerShell's own first.

use super::{
    BadDomain, Finding, Form, Kind, Match, ParseSizeError, ParseSpanError, Refused, Rule, Size, Span, Value,
    check_domain, match_name,
};
use crate::powershell::number::{Number, number};
use crate::powershell::{quote, words};
use crate::text::{NEAR, nearest};

/// One text being read for one parameter: what refusals quote.
pub(super) struct Reading<'a> {
    pub parameter: &'static str,
    pub kind: Kind,
    pub text: &'a str,
}

impl Reading<'_> {
    /// PowerShell's sentence for a value that cannot be converted, and why.
    fn wrong(&self, rule: Rule, why: &str) -> Finding {
        let Reading { parameter, text, .. } = self;
        let kind = self.kind.type_name();
        let message = format!(
            "Cannot process argument transformation on parameter '{parameter}'. Cannot convert value \"{text}\" to type \"{kind}\". Error: \"{why}\""
        );
        Finding::new(rule, parameter, message)
    }

    /// The same where the text is none of the names that are taken: it is a text, as the type says, and the reason
    /// alone is reported.
    fn no_name(&self, why: &str) -> Finding {
        let parameter = self.parameter;
        let message = format!("Cannot process argument transformation on parameter '{parameter}'. {why}");
        Finding::new(Rule::V7, parameter, message)
    }

    pub fn refused(&self, rule: Rule, why: &dyn std::fmt::Display, hint: Option<String>) -> Finding {
        let Reading { parameter, text, .. } = self;
        Finding { hint, ..Finding::new(rule, parameter, format!("parameter {parameter}: `{text}`: {why}")) }
    }

    /// The refusal of a room that quotes the text itself.
    pub fn describe(&self, rule: Rule, why: &dyn std::fmt::Display, hint: Option<String>) -> Finding {
        let finding = Finding::of(rule, self.parameter, why);
        match hint {
            Some(hint) if hint.starts_with("such as") => finding.hint(format!("give one {hint}")),
            // Blanks between addresses were meant as commas.
            Some(hint) => finding.instead(hint.split(',').map(str::to_owned).collect()),
            None => finding,
        }
    }

    pub(crate) fn not_one(&self) -> Result<Value, Finding> {
        Err(self.wrong(Rule::V7, "one value is taken here, not a list"))
    }

    pub fn boolean(&self) -> Result<Value, Finding> {
        words::boolean(self.text).map(Value::Bool).map_err(|why| {
            let parameter = self.parameter;
            let message = format!("Cannot process argument transformation on parameter '{parameter}'. {why}");
            let message = message.trim_end_matches('.');
            Finding::new(Rule::V6, parameter, message).hint(format!(
                "`{}` was given; type {}",
                self.text,
                why.hint(parameter)
            ))
        })
    }

    pub fn count(&self, min: u64, max: u64) -> Result<u64, Finding> {
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
                Err(self.wrong(Rule::V5, &why).hint(hint))
            }
        }
    }

    fn or_unlimited(&self) -> &'static str {
        if matches!(self.kind, Kind::Unlimited(..) | Kind::UnlimitedSize(..)) { ", or Unlimited" } else { "" }
    }

    pub fn size(&self, min: u64, max: u64) -> Result<Value, Finding> {
        let size: Size = self.text.parse().map_err(|why: ParseSizeError| {
            let hint = format!("-{} 36MB{}", self.parameter, self.or_unlimited());
            self.wrong(Rule::V3, &why.to_string()).hint(hint)
        })?;
        self.within(size.as_bytes(), min, max, &|n| Size::bytes(n).to_string())?;
        Ok(Value::Size(size))
    }

    pub fn span(&self, min: u64, max: u64) -> Result<Value, Finding> {
        let span: Span = self.text.parse().map_err(|why: ParseSpanError| {
            let example = match why {
                ParseSpanError::Bare(seconds) => Span::seconds(seconds).to_string(),
                ParseSpanError::Form => "00:10:00".to_owned(),
            };
            self.wrong(Rule::V4, &why.to_string()).hint(format!("-{} {example}", self.parameter))
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
        Finding::new(Rule::V5, parameter, format!(
            "Cannot validate argument on parameter '{parameter}'. The {given} argument is {than} than the {end} allowed range of {bound}. Supply an argument that is {other} than or equal to {bound} and then try the command again."
        ))
        .hint(format!("`{}` was given; -{parameter} {} is the {end}", self.text, typeable(bound)))
    }

    pub fn name(&self) -> Result<Value, Finding> {
        let refuse = |why: &str, hint: &str| Err(self.refused(Rule::C1, &why, Some(hint.to_owned())));
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
            return refuse("a name has no control character", "type it again, on one line and without tabs");
        }
        if self.text.trim() != self.text {
            return refuse(
                "a name must not begin or end with a space",
                &format!("-{} {}", self.parameter, quote::bash(self.text.trim())),
            );
        }
        if let Some(c) = self.text.chars().find(|c| is_unseen(*c)) {
            let why = format!(
                "a name must not contain invisible characters, and this one has U+{:04X}",
                u32::from(c)
            );
            return refuse(&why, "type it again, letter by letter");
        }
        if self.text.chars().any(|c| matches!(c, '\u{300}'..='\u{36f}')) {
            return refuse(
                "a name must not contain combining accents",
                "type each letter with its accent as one character (NFC)",
            );
        }
        if self.text.chars().any(turns_direction) {
            return refuse(
                "a name has no mark that turns the direction of reading",
                "type it again, letter by letter",
            );
        }
        Ok(Value::text(self.text))
    }

    pub fn domain(&self) -> Result<Value, Finding> {
        let refuse = |why: BadDomain| self.refused(Rule::V8, &why, None).example("mail.contoso.com");
        check_domain(self.text).map(|()| Value::text(self.text)).map_err(refuse)
    }

    pub fn form(&self, form: &Form) -> Result<Value, Finding> {
        (form.read)(self.text).map_err(|Refused { why, instead }| {
            let finding = self.refused(Rule::V8, &why, None);
            match instead {
                Some(instead) => finding.instead(vec![instead]),
                None => finding.example(form.example),
            }
        })
    }

    pub fn certificate(&self) -> Result<Value, Finding> {
        if self.text.is_empty() {
            return Ok(Value::Null);
        }
        let parts = self.text.strip_prefix("<I>").and_then(|rest| rest.split_once("<S>"));
        match parts {
            Some((issuer, subject)) if !issuer.is_empty() && !subject.is_empty() => {
                Ok(Value::text(self.text))
            }
            _ => Err(self
                .wrong(Rule::V8, &format!("\"{}\" isn't a valid Certificate Identifier.", self.text))
                .hint(format!("-{} '<I>CN=CA, O=Contoso<S>CN=mail.contoso.com'", self.parameter))),
        }
    }

    pub fn choice(&self, names: &'static [&'static str]) -> Result<&'static str, Finding> {
        match match_name(self.text.trim(), names) {
            Match::One(name) => Ok(name),
            Match::Several(fits) => Err(self.no_name(&format!(
                "The identifier name {} cannot be processed because it is either too similar or identical to the following enumerator names: {}. Use a more specific identifier name",
                self.text, fits.join(", ")
            ))),
            Match::None => Err(self.no_name(&format!(
                "Unable to match the identifier name {} to a valid enumerator name. Specify one of the following enumerator names and try again: {}",
                self.text, names.join(", ")
            ))),
        }
        .map_err(|finding| match nearest(self.text, names, NEAR) {
            Some(near) => finding.instead(vec![(*near).to_owned()]),
            None => finding
                .hint(format!("type -{} with one of those names", self.parameter))
                .answer("give one of those names"),
        })
    }

    pub(crate) fn capability(&self) -> Result<Value, Finding> {
        const NAMES: &[&str] = &["AcceptOorgProtocol", "AcceptOorgHeader", "AcceptCloudServicesMail"];
        let refuse = |why: &dyn std::fmt::Display| {
            self.refused(Rule::V8, why, None).example("contoso.com:AcceptCloudServicesMail")
        };
        let Some((domain, capabilities)) = self.text.split_once(':') else {
            return Err(refuse(&"a domain and a capability are parted by a colon"));
        };
        check_domain(domain).map_err(|why| refuse(&why))?;
        let read = |text| {
            let whole = |near: &[String]| {
                let all = capabilities.split(',').map(str::trim);
                let all: Vec<String> =
                    all.map(|one| if one == text { near.join(",") } else { one.to_owned() }).collect();
                vec![format!("{domain}:{}", all.join(","))]
            };
            Reading { text, ..*self }.choice(NAMES).map_err(|finding| finding.within(whole))
        };
        let names: Vec<&str> = capabilities.split(',').map(str::trim).map(read).collect::<Result<_, _>>()?;
        Ok(Value::Text(format!("{domain}:{}", names.join(","))))
    }
}

/// A character that takes no room, or ends a line for some readers: two names that look alike would differ. What joins
/// letters and emoji (U+200C, U+200D, variation selectors) is part of how they are written.
fn is_unseen(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{34f}' | '\u{115f}' | '\u{1160}' | '\u{180e}' | '\u{200b}' | '\u{2028}' | '\u{2029}'
        | '\u{2060}'..='\u{2064}' | '\u{206a}'..='\u{206f}' | '\u{3164}' | '\u{feff}' | '\u{ffa0}'
        | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}')
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
