//! How values are written that the transport configuration alone has.

use crate::param::{Form, Refused, Value, check_domain};

/// A language tag; none is the language of the server.
pub(crate) static CULTURE: Form = Form {
    type_name: "System.Globalization.CultureInfo",
    syntax: "a language tag, en or en-US",
    example: "en-US",
    other: "de",
    read: culture,
};

/// An address; `<>` is none.
pub static ADDRESS: Form = Form {
    type_name: "Microsoft.Exchange.Data.SmtpAddress",
    syntax: "local@domain, or <> for none",
    example: "postmaster@contoso.com",
    other: "admin@fabrikam.com",
    read: address,
};

/// An enhanced status code (RFC 3463).
pub(crate) static STATUS_CODE: Form = Form {
    type_name: "Microsoft.Exchange.Data.EnhancedStatusCode",
    syntax: "an enhanced status code, x.y.z",
    example: "5.4.8",
    other: "5.1.4",
    read: status_code,
};

fn culture(text: &str) -> Result<Value, Refused> {
    let mut parts = text.split('-');
    let language = parts
        .next()
        .is_some_and(|part| matches!(part.len(), 2 | 3) && part.chars().all(|c| c.is_ascii_alphabetic()));
    let rest =
        parts.all(|part| (2..=8).contains(&part.len()) && part.chars().all(|c| c.is_ascii_alphanumeric()));
    if language && rest { Ok(Value::text(text)) } else { Err(Refused::new("no language tag")) }
}

fn address(text: &str) -> Result<Value, Refused> {
    let plain = |c: char| !c.is_whitespace() && !c.is_control() && !matches!(c, '<' | '>' | '@');
    match text.rsplit_once('@') {
        _ if text == "<>" => Ok(Value::Null),
        Some((local, domain))
            if !local.is_empty() && local.chars().all(plain) && check_domain(domain).is_ok() =>
        {
            Ok(Value::text(text))
        }
        _ => Err(Refused::new("no address of the form local@domain")),
    }
}

fn status_code(text: &str) -> Result<Value, Refused> {
    let parts: Vec<&str> = text.split('.').collect();
    let digits = |part: &&str| matches!(part.len(), 1..=3) && part.chars().all(|c| c.is_ascii_digit());
    let class = matches!(parts.first(), Some(&("2" | "4" | "5")));
    if parts.len() == 3 && class && parts.iter().all(digits) {
        return Ok(Value::text(text));
    }
    Err(Refused::new("no enhanced status code, which is 2, 4 or 5 and two numbers, parted by dots"))
}
