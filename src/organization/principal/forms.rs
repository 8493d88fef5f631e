//! How accounts and security identifiers are written.

use crate::param::{Form, Refused, Value};

/// An account or group with its domain.
pub(super) static ACCOUNT: Form = Form {
    type_name: "System.Security.Principal.NTAccount",
    syntax: "an account or group with its domain, CONTOSO\\app1 or app1@contoso.com",
    example: "CONTOSO\\app1",
    other: "app2@contoso.com",
    read: account,
};

/// A security identifier.
pub(super) static SID: Form = Form {
    type_name: "System.Security.Principal.SecurityIdentifier",
    syntax: "a security identifier, S-1-5-21-…",
    example: "S-1-5-21-1004336348-1177238915-682003330-1104",
    other: "S-1-5-21-1004336348-1177238915-682003330-512",
    read: sid,
};

fn account(text: &str) -> Result<Value, Refused> {
    let odd = |c: char| c.is_control() || matches!(c, '*' | '?' | '"' | '<' | '>' | '|');
    let parts = text.split_once('\\').or_else(|| text.split_once('@'));
    match parts {
        _ if text.chars().any(odd) => Err(Refused::new("no account or group is called so")),
        Some((domain, name)) if name.contains('\\') && !name.trim_matches('\\').is_empty() => {
            let refused = Refused::new("one backslash parts domain and name, and a name has none");
            Err(refused.instead(format!("{domain}\\{}", name.replace('\\', ""))))
        }
        Some((one, other)) if !one.trim().is_empty() && !other.trim_matches(['\\', ' ']).is_empty() => {
            Ok(Value::text(text))
        }
        Some(_) => Err(Refused::new("its domain or its name is empty")),
        None => {
            let refused = Refused::new("it has no domain, and a shell takes an unquoted backslash away");
            Err(refused.instead(format!("CONTOSO\\{}", text.trim())))
        }
    }
}

fn sid(text: &str) -> Result<Value, Refused> {
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    let upper = text.to_ascii_uppercase();
    match upper.strip_prefix("S-1-") {
        Some(rest) if rest.split('-').all(digits) => Ok(Value::Text(upper)),
        _ => Err(Refused::new("no security identifier")),
    }
}
