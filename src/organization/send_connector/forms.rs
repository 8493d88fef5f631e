//! What smart hosts and credentials are written as.

use std::net::{IpAddr, Ipv6Addr};

use crate::param::{Form, Refused, Value, check_domain};

/// The smart host that stands for every server of the subscribed site that moves mail.
pub const EVERY_HUB: &str = "--";

/// A host's or domain's name as typed, or an address, which prints in brackets.
pub static SMART_HOST: Form = Form {
    type_name: "Microsoft.Exchange.Data.SmartHost",
    syntax: "a host or a domain with MX records, or an IP address",
    example: "smtp.contoso.com",
    other: "[10.10.1.1]",
    read: read_host,
};

fn read_host(text: &str) -> Result<Value, Refused> {
    let text = text.trim();
    let bare = text.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
    if text == EVERY_HUB {
        return Ok(Value::text(text));
    }
    match (bare.unwrap_or(text).parse::<IpAddr>(), bare) {
        (Ok(address), _) => Ok(Value::Text(format!("[{address}]"))),
        (Err(_), Some(_)) => Err(Refused::new("what stands in brackets is not an IP address")),
        (Err(_), None) => name(text),
    }
}

fn name(text: &str) -> Result<Value, Refused> {
    let (host, port) = text.rsplit_once(':').unwrap_or((text, ""));
    if !port.is_empty() && port.bytes().all(|b| b.is_ascii_digit()) && host.parse::<Ipv6Addr>().is_err() {
        return Err(Refused::new("a smart host has no port, which -Port gives for all of them").instead(host));
    }
    if looks_like_ipv4(text) {
        return Err(Refused::new("this is not an IP address"));
    }
    check_domain(text).map_err(|why| Refused::new(why.to_string()))?;
    Ok(Value::text(text))
}

/// Digits and dots alone: meant as an address.
fn looks_like_ipv4(text: &str) -> bool {
    text.bytes().all(|b| b.is_ascii_digit() || b == b'.')
}

/// The user name of a credential: a password is never taken.
pub static CREDENTIAL: Form = Form {
    type_name: "System.Management.Automation.PSCredential",
    syntax: "the user name alone, DOMAIN\\user, user@domain or user; a password is never taken or kept",
    example: "CONTOSO\\mailuser",
    other: "mailuser@fabrikam.com",
    read: read_credential,
};

fn read_credential(text: &str) -> Result<Value, Refused> {
    let text = text.trim();
    let parts = text.split_once('\\').or_else(|| text.split_once('@'));
    if text == CREDENTIAL.type_name || text.to_ascii_lowercase().contains("get-credential") {
        return Err(Refused::new(
            "this is what PowerShell hands over for (Get-Credential); a user name alone is taken here, never a password",
        ));
    }
    match parts {
        Some((first, second)) if is_part(first) && is_part(second) => Ok(Value::text(text)),
        // The smart hosts of mail services know users by a word: `apikey`.
        None if is_part(text) => Ok(Value::text(text)),
        _ => Err(Refused::new(
            "a user name is written DOMAIN\\user, user@domain or user, and nothing beside it",
        )),
    }
}

/// Not empty, and nothing in it that parts words: a password behind the name would be kept with it.
fn is_part(text: &str) -> bool {
    !text.is_empty() && !text.contains(|c: char| c.is_whitespace() || c.is_control() || "\\@:;,".contains(c))
}
