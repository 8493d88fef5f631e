//! A remote range: the addresses `first..=last` of one family, and the spelling in which they were entered (V2).
//!
//! Equality, order and hash go by the addresses alone; whoever must see a change of spelling asks for the text.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::net::IpAddr;

use ipnet::IpNet;

use super::address::{address, number, step};
use super::interval::{Interval, Relation};

/// An address as a number: whether it is of IPv6, and its value within its family.
pub type Point = (bool, u128);

/// The remote addresses that a connector answers, as `192.168.1.0/24` or `192.168.1.10-192.168.1.20` (V2).
///
/// A range whose ends are both IPv4-mapped IPv6 addresses is the IPv4 range (S6). A scope (`fe80::1%11`) is
/// kept in the text and does not count in comparisons.
#[derive(Debug, Clone)]
pub struct RemoteRange {
    span: Interval<IpAddr>,
    text: Box<str>,
}

impl RemoteRange {
    /// The range from `first` to `last` in its shortest spelling: one address, a prefix, or both ends.
    /// Nothing when `first` lies above `last` or the families differ.
    pub fn new(first: IpAddr, last: IpAddr) -> Option<Self> {
        let span = Interval::new(first, last).filter(|_| first.is_ipv4() == last.is_ipv4())?;
        let span = native(span);
        Some(Self::spelled(span, &shortest(span)))
    }

    /// The range between two points of one family, as [`RemoteRange::points`] counts them.
    pub fn of(first: Point, last: Point) -> Option<Self> {
        Self::new(address(first)?, address(last)?)
    }

    /// The span with the text that was read for it.
    pub(super) fn spelled(span: Interval<IpAddr>, text: &str) -> Self {
        Self { span, text: text.into() }
    }

    /// The spelling that was entered, without blanks and with a plain hyphen.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The lowest address.
    pub fn first(&self) -> IpAddr {
        self.span.first()
    }

    /// The highest address.
    pub fn last(&self) -> IpAddr {
        self.span.last()
    }

    /// The addresses alone.
    pub fn span(&self) -> &Interval<IpAddr> {
        &self.span
    }

    /// The addresses as numbers after their family, IPv4 first: much faster to compare in great numbers.
    pub fn points(&self) -> Interval<Point> {
        self.span.map(|address| (address.is_ipv6(), number(address)))
    }

    /// Whether the address is in the range; an IPv4-mapped one counts as IPv4 (S6).
    pub fn contains(&self, address: IpAddr) -> bool {
        self.span.contains(address.to_canonical())
    }

    /// How this range lies to the other (U3, U4). Ranges of two families are disjoint.
    pub fn relation(&self, other: &Self) -> Relation {
        self.span.relation(&other.span)
    }

    /// Whether both hold the same addresses, however they are spelled.
    pub fn same(&self, other: &Self) -> bool {
        self.span == other.span
    }

    /// Whether it holds every address of its family.
    pub(crate) fn is_everything(&self) -> bool {
        self.size() == if self.first().is_ipv4() { u128::from(u32::MAX) } else { u128::MAX }
    }

    /// The number of addresses less one, for "the smallest wins" (S3): all of IPv6 would not fit otherwise.
    pub fn size(&self) -> u128 {
        number(self.last()).saturating_sub(number(self.first()))
    }

    /// The addresses that are in both, or nothing. The spelling is kept where they are all of this range.
    pub fn common(&self, other: &Self) -> Option<Self> {
        match self.relation(other) {
            Relation::Disjoint => None,
            Relation::Equal | Relation::Inside => Some(self.clone()),
            Relation::Holds => Some(other.clone()),
            Relation::Overlap => Self::new(self.first().max(other.first()), self.last().min(other.last())),
        }
    }

    /// What of this range lies below the address, or nothing.
    pub fn below(&self, address: IpAddr) -> Option<Self> {
        Self::new(self.first(), self.last().min(step(address, -1)?))
    }

    /// What of this range lies above the address, or nothing.
    pub fn above(&self, address: IpAddr) -> Option<Self> {
        Self::new(self.first().max(step(address, 1)?), self.last())
    }

    /// For a bare `0.0.0.0` or `::`, which is one address that no client has: the spelling of all addresses,
    /// which was probably meant. The range is accepted all the same (V2).
    pub fn notice(&self) -> Option<&'static str> {
        let bare = self.size() == 0 && self.first().is_unspecified() && !self.text.contains(['-', '/', '(']);
        bare.then_some(if self.first().is_ipv4() { "0.0.0.0/0" } else { "::/0" })
    }
}

/// The span of IPv4 when both ends are IPv4-mapped (S6). With one end mapped it is one of IPv6 like any other.
pub(super) fn native(span: Interval<IpAddr>) -> Interval<IpAddr> {
    let (first, last) = (span.first().to_canonical(), span.last().to_canonical());
    let mapped = first.is_ipv4() && last.is_ipv4();
    Interval::new(first, last).filter(|_| mapped).unwrap_or(span)
}

/// The shortest spelling of a span of one family.
fn shortest(span: Interval<IpAddr>) -> String {
    let (first, last) = (span.first(), span.last());
    if first == last {
        return first.to_string();
    }
    let fixed = (number(first) ^ number(last)).leading_zeros();
    let prefix = if first.is_ipv4() { fixed.saturating_sub(96) } else { fixed };
    let net = u8::try_from(prefix).ok().and_then(|prefix| IpNet::new(first, prefix).ok());
    match net.filter(|net| net.network() == first && net.broadcast() == last) {
        Some(net) => net.to_string(),
        None => format!("{first}-{last}"),
    }
}

impl fmt::Display for RemoteRange {
    /// The spelling that was entered (V2).
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.text)
    }
}

impl PartialEq for RemoteRange {
    fn eq(&self, other: &Self) -> bool {
        self.same(other)
    }
}

impl Eq for RemoteRange {}

impl Hash for RemoteRange {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.span.hash(state);
    }
}

impl PartialOrd for RemoteRange {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for RemoteRange {
    /// IPv4 before IPv6, then by first address, then by last.
    fn cmp(&self, other: &Self) -> Ordering {
        self.span.cmp(&other.span)
    }
}
