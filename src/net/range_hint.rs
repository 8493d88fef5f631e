//! What a refused remote range was meant to be (V2). Nothing here is ever accepted in the user's stead.

use std::net::{IpAddr, Ipv4Addr};

use ipnet::ip_mask_to_prefix;

use super::address::{decimal, scoped, unpadded};
use super::binding::Binding;
use super::range_text::{RangeFault, Refusal};

/// The hint where nothing can be seen.
pub(super) const EXAMPLES: &str = "such as `192.168.1.10`, `192.168.1.10-192.168.1.20` or `192.168.1.0/24`";

/// The refusal of a text in which no address could be read.
pub(super) fn unread(text: &str) -> Refusal {
    if text.is_empty() {
        return (RangeFault::Empty, None);
    }
    if let Some(meant) = wildcard(text) {
        return (RangeFault::Wildcard, Some(meant));
    }
    if let Ok(binding) = text.parse::<Binding>() {
        return (RangeFault::Port, Some(binding.address().to_string()));
    }
    let name = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-' | '_');
    if text.chars().any(char::is_alphabetic) && text.chars().all(name) {
        return (RangeFault::HostName, None);
    }
    let bare = text.trim_matches(['[', ']']);
    let meant = scoped(bare).map(|_| bare.to_owned()).or_else(|| Some(unpadded(bare)?.to_string()));
    (RangeFault::NotAddress, meant)
}

/// Ranges apart by spaces or line breaks, as files hold them: a list of them.
pub(super) fn several(text: &str) -> Option<String> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let read = words.len() > 1 && words.iter().all(|word| word.parse::<super::RemoteRange>().is_ok());
    read.then(|| words.join(","))
}

/// `10.0.0.*`, `10.0.*`, `*` or `10.0.0.x` as a prefix.
fn wildcard(text: &str) -> Option<String> {
    let parts: Vec<&str> = text.split('.').collect();
    let fixed = parts.iter().map_while(|part| decimal::<u8>(part)).collect::<Vec<_>>();
    let (given, rest) = (fixed.len(), parts.get(fixed.len()..)?);
    let wild =
        !rest.is_empty() && parts.len() <= 4 && rest.iter().all(|part| matches!(*part, "*" | "x" | "X"));
    let mut octets = [0; 4];
    octets.get_mut(..given)?.copy_from_slice(&fixed);
    // `x` alone is a word like any other; all addresses are offered to `*`, which says so.
    let wild = wild && (given > 0 || rest.first() == Some(&"*"));
    wild.then(|| format!("{}/{}", Ipv4Addr::from(octets), 8 * given))
}

/// A prefix that is no number in range: a mask in its place, else the prefix of one address.
pub(super) fn prefix(address: IpAddr, prefix: &str) -> String {
    match prefix.parse::<Ipv4Addr>() {
        Ok(mask) if address.is_ipv4() => format!("{address}({mask})"),
        _ if address.is_ipv4() => format!("{address}/32"),
        _ => format!("{address}/128"),
    }
}

/// A mask that is none: its inverse when that is one (an access list's wildcard mask), else an example.
pub(super) fn mask(base: Ipv4Addr, mask: Option<Ipv4Addr>) -> String {
    let sound = |mask: &Ipv4Addr| ip_mask_to_prefix((*mask).into()).is_ok();
    let mask = mask.filter(sound).or_else(|| mask.map(|mask| !mask).filter(sound));
    format!("{base}({})", mask.unwrap_or(Ipv4Addr::new(255, 255, 255, 0)))
}

/// An IPv6 mask as a prefix.
pub(super) fn mask_of_ipv6(address: IpAddr, mask: &str) -> Option<String> {
    let prefix = mask.parse().ok().filter(IpAddr::is_ipv6).and_then(|mask| ip_mask_to_prefix(mask).ok());
    Some(format!("{address}/{}", prefix.unwrap_or(64)))
}

/// `10.0.0.1-9` and `10.0.0.1-.0.9` with the last address written whole.
pub(super) fn completed(first: IpAddr, last: &str) -> Option<String> {
    let IpAddr::V4(first) = first else { return None };
    let tail =
        last.strip_prefix('.').unwrap_or(last).split('.').map(decimal::<u8>).collect::<Option<Vec<_>>>()?;
    let mut octets = first.octets();
    let kept = octets.len().checked_sub(tail.len()).filter(|kept| *kept > 0)?;
    octets.get_mut(kept..)?.copy_from_slice(&tail);
    let last = Ipv4Addr::from(octets);
    Some(if first <= last { format!("{first}-{last}") } else { format!("{last}-{first}") })
}

/// Two ends that are of one family once an IPv4-mapped address counts as IPv4 (S6).
pub(super) fn one_family(first: IpAddr, last: IpAddr) -> Option<String> {
    let (first, last) = (first.to_canonical(), last.to_canonical());
    (first.is_ipv4() == last.is_ipv4() && first <= last).then(|| format!("{first}-{last}"))
}

/// The text without what follows each `%`, as far as the next hyphen, slash or bracket.
pub(super) fn without_scopes(text: &str) -> String {
    let mut skipping = false;
    let kept = text.chars().filter(|c| {
        skipping = *c == '%' || (skipping && !matches!(c, '-' | '/' | '('));
        !skipping
    });
    kept.collect()
}
