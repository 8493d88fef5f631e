//! The domains that one accepted domain stands for, as they are written: `name`, `*.name`, `*`.

use crate::param::{Form, Refused, Value, check_domain};

/// `name`, `*.name` or `*`; at most 256 characters, a star only as the whole value or as the first label.
pub static DOMAIN_PATTERN: Form = Form {
    type_name: "Microsoft.Exchange.Data.SmtpDomainWithSubdomains",
    syntax: "name, *.name for it and all below it, or * for every domain",
    example: "contoso.com",
    other: "*.fabrikam.com",
    read,
};

const LONGEST: usize = 256;

fn read(text: &str) -> Result<Value, Refused> {
    if text.chars().count() > LONGEST {
        return Err(Refused::new(format!("a domain has at most {LONGEST} characters")));
    }
    let name = text.strip_prefix("*.").unwrap_or(text);
    if text != "*" {
        check_domain(name).map_err(|why| refused(text, &why.to_string()))?;
    }
    Ok(Value::text(text))
}

/// A star in another place was meant to be the first label.
fn refused(text: &str, why: &str) -> Refused {
    if !text.contains('*') {
        return Refused::new(why);
    }
    let rest = text.replace('*', "").replace("..", ".");
    let name = rest.trim_matches('.');
    let instead = if check_domain(name).is_ok() { format!("*.{name}") } else { "*".to_owned() };
    Refused::new("a star is the whole value or its first label").instead(instead)
}
