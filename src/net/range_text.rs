//! Reading a remote range (V2): four spellings, and one refusal for each way in which they fail.
//!
//! It never widens what was written: what is not plainly a range is refused, and the hint says what was meant.

use std::net::{IpAddr, Ipv4Addr};
use std::str::FromStr;

use ipnet::{IpNet, ip_mask_to_prefix};
use thiserror::Error;

use super::address::{decimal, scoped, shown};
use super::interval::Interval;
use super::range::{RemoteRange, native};
use super::range_hint as hint;

/// What is wrong with a remote range's text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum RangeFault {
    /// Nothing but blanks.
    #[error("is empty")]
    Empty,
    /// A hyphen with nothing at either side.
    #[error("is a hyphen without addresses")]
    LoneDash,
    /// A hyphen with an address at one side only.
    #[error("has an address at one side of its hyphen only")]
    MissingEnd,
    /// The last address cut short, as in `10.0.0.1-9`.
    #[error("has a last address that is not written whole")]
    ShortEnd,
    /// First above last.
    #[error("has its first address above its last")]
    Backwards,
    /// An IPv4 and an IPv6 end.
    #[error("begins in one of IPv4 and IPv6 and ends in the other")]
    Families,
    /// A mask with ones after zeros, or no mask.
    #[error("has a mask that is not ones followed by zeros, such as 255.255.255.0")]
    Mask,
    /// A mask after an IPv6 address.
    #[error("has a mask, which IPv6 addresses do not take")]
    MaskFamily,
    /// A prefix beyond the family's, or no number.
    #[error("has a prefix that is not a number from 0 to 32 for IPv4, or to 128 for IPv6")]
    Prefix,
    /// `10.0.0.*`.
    #[error("has a wildcard")]
    Wildcard,
    /// A host name.
    #[error("is a host name, where addresses are needed")]
    HostName,
    /// A scope after an IPv4 address, or on more than one address.
    #[error("has a scope, which only a single IPv6 address takes")]
    Scope,
    /// A scope that is a name, as other systems have.
    #[error("has a scope with a name; Windows has numbers, as in fe80::1%11")]
    ScopeName,
    /// A port, as a binding has.
    #[error("has a port, which belongs to a binding")]
    Port,
    /// Anything else.
    #[error("is not an IP address or a range of them")]
    NotAddress,
}

/// A remote range that was refused.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("the remote range `{text}` {fault}")]
pub struct RangeError {
    text: String,
    fault: RangeFault,
    hint: String,
}

impl RangeError {
    /// What is wrong.
    pub fn fault(&self) -> RangeFault {
        self.fault
    }

    /// What to type: the range that was meant where it can be seen, else "such as" and examples.
    pub fn hint(&self) -> Option<String> {
        Some(self.hint.clone())
    }
}

/// A fault and what was meant instead, where that can be seen.
pub(super) type Refusal = (RangeFault, Option<String>);

impl FromStr for RemoteRange {
    type Err = RangeError;

    /// Blanks at the ends and around `-`, `/` and brackets do not count; an en dash is a hyphen.
    fn from_str(text: &str) -> Result<Self, RangeError> {
        let plain = plain(text);
        match read(&plain) {
            Ok(span) => Ok(Self::spelled(span, &plain)),
            Err(refusal) => {
                let list = hint::several(&plain);
                let (fault, hint) = list.map_or(refusal, |list| (RangeFault::NotAddress, Some(list)));
                let hint = hint.unwrap_or_else(|| hint::EXAMPLES.to_owned());
                Err(RangeError { text: shown(text.trim()), fault, hint })
            }
        }
    }
}

/// The text without blanks that part nothing, and with a hyphen for an en dash.
fn plain(text: &str) -> String {
    let separator = |c: Option<char>| c.is_none_or(|c| matches!(c, '-' | '/' | '(' | ')'));
    let mut plain = String::with_capacity(text.len());
    for word in text.replace('–', "-").split_whitespace() {
        if !separator(plain.chars().next_back()) && !separator(word.chars().next()) {
            plain.push(' ');
        }
        plain.push_str(word);
    }
    plain
}

fn read(text: &str) -> Result<Interval<IpAddr>, Refusal> {
    let span = if let Some((address, prefix)) = text.split_once('/') {
        prefixed(text, address, prefix)?
    } else if let Some((address, mask)) = text.split_once('(') {
        masked(text, address, mask)?
    } else if let Some((first, last)) = text.split_once('-') {
        from_to(text, first, last)?
    } else {
        single(text)?
    };
    Ok(native(span))
}

fn single(text: &str) -> Result<Interval<IpAddr>, Refusal> {
    match scoped(text) {
        Some((address, Some(scope))) if address.is_ipv6() && decimal::<u32>(scope).is_none() => {
            Err((RangeFault::ScopeName, Some(address.to_string())))
        }
        Some((address, scope)) if address.is_ipv6() || scope.is_none() => between(address, address),
        Some((address, _)) => Err((RangeFault::Scope, Some(address.to_string()))),
        None => Err(hint::unread(text)),
    }
}

fn prefixed(text: &str, address: &str, prefix: &str) -> Result<Interval<IpAddr>, Refusal> {
    let address = unscoped(text, address)?;
    let net = decimal(prefix).and_then(|prefix| IpNet::new(address, prefix).ok());
    let net = net.ok_or_else(|| (RangeFault::Prefix, Some(hint::prefix(address, prefix))))?;
    between(net.network(), net.broadcast())
}

fn masked(text: &str, address: &str, mask: &str) -> Result<Interval<IpAddr>, Refusal> {
    let address = unscoped(text, address)?;
    let mask = mask.strip_suffix(')').unwrap_or(mask);
    let IpAddr::V4(base) = address else {
        return Err((RangeFault::MaskFamily, hint::mask_of_ipv6(address, mask)));
    };
    let mask: Option<Ipv4Addr> = mask.parse().ok();
    let prefix = mask.filter(|_| text.ends_with(')')).and_then(|mask| ip_mask_to_prefix(mask.into()).ok());
    let net = prefix.and_then(|prefix| IpNet::new(address, prefix).ok());
    let net = net.ok_or_else(|| (RangeFault::Mask, Some(hint::mask(base, mask))))?;
    between(net.network(), net.broadcast())
}

fn from_to(text: &str, first: &str, last: &str) -> Result<Interval<IpAddr>, Refusal> {
    match (first, last) {
        ("", "") => return Err((RangeFault::LoneDash, None)),
        ("", end) | (end, "") if scoped(end).is_some() => {
            return Err((RangeFault::MissingEnd, Some(end.to_owned())));
        }
        _ => {}
    }
    let start = unscoped(text, first)?;
    if let Some(meant) = hint::completed(start, last) {
        return Err((RangeFault::ShortEnd, Some(meant)));
    }
    let end = unscoped(text, last)?;
    match between(start, end) {
        _ if start.is_ipv4() != end.is_ipv4() => Err((RangeFault::Families, hint::one_family(start, end))),
        Err(_) => Err((RangeFault::Backwards, Some(format!("{end}-{start}")))),
        span => span,
    }
}

/// An address where no scope may stand.
fn unscoped(text: &str, address: &str) -> Result<IpAddr, Refusal> {
    match scoped(address) {
        Some((address, None)) => Ok(address),
        Some(_) => Err((RangeFault::Scope, Some(hint::without_scopes(text)))),
        None => Err(hint::unread(text)),
    }
}

fn between(first: IpAddr, last: IpAddr) -> Result<Interval<IpAddr>, Refusal> {
    Interval::new(first, last).ok_or((RangeFault::Backwards, None))
}
