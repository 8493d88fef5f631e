//! Which remote addresses are public, and how many of them are too many for a relay (R3).

use std::sync::LazyLock;

use crate::net::{RangeSubtraction, RemoteRange, coalesce};

/// What nobody outside has: RFC 1918, loopback, link-local (RFC 3927, RFC 4291), RFC 4193, and what is kept for
/// documentation (RFC 5737, RFC 3849, RFC 9637).
const RESERVED: [&str; 13] = [
    "10.0.0.0/8",
    "172.16.0.0/12",
    "192.168.0.0/16",
    "127.0.0.0/8",
    "169.254.0.0/16",
    "192.0.2.0/24",
    "198.51.100.0/24",
    "203.0.113.0/24",
    "::1",
    "fe80::/10",
    "fc00::/7",
    "2001:db8::/32",
    "3fff::/20",
];

/// The most public IPv4 addresses that a hosted filtering service needs.
const FEW_IPV4: u128 = 256;
/// The most public IPv6 addresses: as many as one /64 has.
const FEW_IPV6: u128 = 1 << 64;

static INSIDE: LazyLock<RangeSubtraction> = LazyLock::new(|| {
    let ranges: Vec<RemoteRange> = RESERVED.iter().filter_map(|text| text.parse().ok()).collect();
    RangeSubtraction::new(&ranges)
});

/// How far a relay for sessions without AUTH is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Grade {
    /// No public address.
    Inside,
    /// Up to 256 public IPv4 addresses and up to as many of IPv6 as one /64 has.
    Few,
    /// More: an open relay.
    Open,
}

/// The public addresses of a range, in its own spelling where it has no others.
pub(super) fn left(range: &RemoteRange) -> Vec<RemoteRange> {
    INSIDE.left(range)
}

/// The public addresses of ranges, each once, in order.
#[must_use]
pub fn public(ranges: &[RemoteRange]) -> Vec<RemoteRange> {
    coalesce(ranges).iter().flat_map(left).collect()
}

/// How many public addresses there are, each counted once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Count {
    /// Of IPv4.
    pub ipv4: u128,
    /// Of IPv6; all of them count as one less.
    pub ipv6: u128,
}

impl Count {
    /// The public addresses of ranges, counted together.
    #[must_use]
    pub fn of(ranges: &[RemoteRange]) -> Self {
        let public = public(ranges);
        let count = |is_ipv4: bool| {
            let family = public.iter().filter(|range| range.first().is_ipv4() == is_ipv4);
            family.fold(0_u128, |sum, range| sum.saturating_add(range.size()).saturating_add(1))
        };
        Count { ipv4: count(true), ipv6: count(false) }
    }

    /// How open a relay for so many is (R3). Each family has its limit, so that a service with both passes.
    #[must_use]
    pub fn grade(self) -> Grade {
        match self {
            Count { ipv4: 0, ipv6: 0 } => Grade::Inside,
            Count { ipv4, .. } if ipv4 <= FEW_IPV4 && !self.has_much_ipv6() => Grade::Few,
            _ => Grade::Open,
        }
    }

    /// Whether there are more of IPv6 than a /64 has.
    pub(super) fn has_much_ipv6(self) -> bool {
        self.ipv6 > FEW_IPV6
    }
}
