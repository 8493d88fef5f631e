//! What bindings and remote ranges read alike: an address with its scope, blanks, and the user's text shown again.
//!
//! It knows neither of the two, only addresses.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// An address and the scope after its `%`, as in `fe80::1%11` or `fe80::1%eth0`.
///
/// Nothing when it is no address or the scope is not made of ASCII letters, digits, `.` and `_`. A scope on an
/// IPv4 address is read too: the caller has a better sentence for it.
pub(super) fn scoped(text: &str) -> Option<(IpAddr, Option<&str>)> {
    let Some((address, scope)) = text.split_once('%') else { return Some((text.parse().ok()?, None)) };
    let fits = |c: char| c.is_ascii_alphanumeric() || c == '.' || c == '_';
    (!scope.is_empty() && scope.chars().all(fits)).then_some((address.parse().ok()?, Some(scope)))
}

/// The address as a number, within its family.
pub(super) fn number(address: IpAddr) -> u128 {
    match address {
        IpAddr::V4(address) => u128::from(address.to_bits()),
        IpAddr::V6(address) => address.to_bits(),
    }
}

/// The address of a family, whether it is IPv6, with that number; nothing where the family has none.
pub(super) fn address((ipv6, number): (bool, u128)) -> Option<IpAddr> {
    match ipv6 {
        true => Some(Ipv6Addr::from_bits(number).into()),
        false => u32::try_from(number).ok().map(|number| Ipv4Addr::from_bits(number).into()),
    }
}

/// The address `by` steps away within its family, or nothing past either end.
pub(super) fn step(address: IpAddr, by: i8) -> Option<IpAddr> {
    Some(match address {
        IpAddr::V4(address) => Ipv4Addr::from_bits(address.to_bits().checked_add_signed(by.into())?).into(),
        IpAddr::V6(address) => Ipv6Addr::from_bits(address.to_bits().checked_add_signed(by.into())?).into(),
    })
}

/// What was meant by an IPv4 address with padded octets, `010.000.000.001`, which could also be octal.
pub(super) fn unpadded(text: &str) -> Option<IpAddr> {
    let octets = text.split('.').map(decimal::<u8>).collect::<Option<Vec<_>>>()?;
    Some(Ipv4Addr::from(<[u8; 4]>::try_from(octets).ok()?).into())
}

/// A number of decimal digits alone: no sign, no blank.
pub(super) fn decimal<N: std::str::FromStr>(text: &str) -> Option<N> {
    text.bytes().all(|b| b.is_ascii_digit()).then(|| text.parse().ok())?
}

/// The user's text for a message: cut after 60 characters, control characters escaped.
pub(super) fn shown(text: &str) -> String {
    let escaped = |c: char| if c.is_control() { c.escape_default().to_string() } else { c.to_string() };
    let mut shown: String = text.chars().take(60).map(escaped).collect();
    if text.chars().nth(60).is_some() {
        shown.push('…');
    }
    shown
}
