//! Reading a binding (V1): the text's parts, each way in which they fail, and what was probably meant.
//!
//! It refuses to guess: whatever is not plainly `ip:port` or `[ip]:port` is a refusal with a hint.

use std::net::{IpAddr, Ipv4Addr};
use std::str::FromStr;

use thiserror::Error;

use super::address::{decimal, scoped, shown, unpadded};
use super::binding::Binding;

/// What is wrong with a binding's text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum BindingFault {
    /// Nothing but blanks.
    #[error("is empty")]
    Empty,
    /// An address alone.
    #[error("has no port")]
    MissingPort,
    /// 0, above 65535, or no number.
    #[error("has a port that is not a number from 1 to 65535")]
    Port,
    /// An IPv6 address without brackets, where address and port cannot be told apart.
    #[error("has an IPv6 address without brackets")]
    Unbracketed,
    /// An IPv4 address in brackets.
    #[error("has brackets, which are for IPv6 addresses alone")]
    Brackets,
    /// A host name, a range, or no address at all.
    #[error("does not begin with an IP address of the server")]
    NotAddress,
    /// An address of a group of hosts.
    #[error("is a multicast address, at which no server listens")]
    Multicast,
    /// `255.255.255.255`.
    #[error("is the broadcast address, at which no server listens")]
    Broadcast,
}

/// A binding that was refused.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("the binding `{text}` {fault}")]
pub struct BindingError {
    text: String,
    fault: BindingFault,
    hint: String,
}

impl BindingError {
    pub(super) fn of(text: &str, fault: BindingFault) -> Self {
        Self { text: shown(text), fault, hint: meant(text) }
    }

    /// What is wrong.
    pub fn fault(&self) -> BindingFault {
        self.fault
    }

    /// What to type: a whole binding, where the text shows an address or a port of it, else examples.
    pub fn hint(&self) -> Option<String> {
        Some(self.hint.clone())
    }
}

impl FromStr for Binding {
    type Err = BindingError;

    /// Blanks around the text do not count; blanks within are refused.
    fn from_str(text: &str) -> Result<Self, BindingError> {
        let text = text.trim();
        let refused = |fault| BindingError::of(text, fault);
        let (host, port) = parts(text).map_err(refused)?;
        let (address, scope) = match host.strip_prefix('[').and_then(|h| h.strip_suffix(']')) {
            Some(inner) => bracketed(inner).map_err(refused)?,
            None => (host.parse::<Ipv4Addr>().map_err(|_| refused(BindingFault::NotAddress))?.into(), None),
        };
        let port = decimal(port).ok_or_else(|| refused(BindingFault::Port))?;
        Binding::checked(address, scope, port).map_err(refused)
    }
}

/// The text before the port's colon, brackets included, and the text after it.
fn parts(text: &str) -> Result<(&str, &str), BindingFault> {
    if text.is_empty() {
        return Err(BindingFault::Empty);
    }
    if let Some(close) = text.find(']').filter(|_| text.starts_with('[')) {
        let (host, rest) = text.split_at(close + 1);
        return match rest.strip_prefix(':') {
            Some(port) => Ok((host, port)),
            None if rest.is_empty() => Err(BindingFault::MissingPort),
            None => Err(BindingFault::NotAddress),
        };
    }
    let (host, port) = text.rsplit_once(':').ok_or(BindingFault::MissingPort)?;
    let bare = host.contains(':') && (scoped(text).is_some() || scoped(host).is_some() || host == ":");
    if bare { Err(BindingFault::Unbracketed) } else { Ok((host, port)) }
}

fn bracketed(inner: &str) -> Result<(IpAddr, Option<&str>), BindingFault> {
    match scoped(inner).ok_or(BindingFault::NotAddress)? {
        (IpAddr::V4(_), _) => Err(BindingFault::Brackets),
        found => Ok(found),
    }
}

/// Ports at which an Exchange server listens: after an unbracketed address they are taken for the port.
const KNOWN: [u16; 5] = [25, 465, 587, 717, 2525];

/// The hint where nothing can be seen.
const EXAMPLES: &str = "such as `0.0.0.0:25`, which is every address, or `192.168.1.10:25`";

/// The binding that the text was probably meant to be.
fn meant(text: &str) -> String {
    let (host, tail) = text.rsplit_once(':').unwrap_or(("", text));
    let port = decimal(tail).filter(|port| *port > 0);
    // In `fe80::1:25` and `::25` the last group is rather a port; brackets settle it.
    let loose = !text.starts_with('[') && port.is_some_and(|port| KNOWN.contains(&port));
    let ((address, scope), port) = match (likely(text), likely(if host == ":" { "::" } else { host })) {
        (Some(_), Some(split)) if loose => (split, port),
        (Some(whole), _) => (whole, None),
        (None, Some(split)) => (split, port),
        (None, None) if port.is_none() => return EXAMPLES.to_owned(),
        (None, None) => ((Ipv4Addr::UNSPECIFIED.into(), None), port),
    };
    let port = port.unwrap_or(25);
    match Binding::checked(address, scope, port) {
        Ok(binding) => binding.to_string(),
        Err(_) if address.is_ipv6() => format!("[::]:{port}"),
        Err(_) => format!("0.0.0.0:{port}"),
    }
}

/// The address that a text stands for once brackets and padding are gone.
fn likely(text: &str) -> Option<(IpAddr, Option<&str>)> {
    let bare = text.trim_matches(['[', ']']);
    scoped(bare).or_else(|| Some((unpadded(bare)?, None)))
}
