//! Who could relay through a connector without proving who it is (R3): its public addresses, and whether they are
//! too many to be meant.

use std::sync::LazyLock;

use super::identity::Who;
use super::policy::Policy;
use super::rights::Deciding;
use crate::connector::{AuthMechanism, ReceiveConnector};
use crate::net::{RemoteRange, coalesce};
use crate::param::Platform;
use crate::permission::Evaluator;

/// Ranges that are not public: RFC 1918, RFC 4193, loopback, link-local, documentation.
const PRIVATE: &[&str] = &[
    "10.0.0.0/8",
    "172.16.0.0/12",
    "192.168.0.0/16",
    "127.0.0.0/8",
    "169.254.0.0/16",
    "192.0.2.0/24",
    "198.51.100.0/24",
    "203.0.113.0/24",
    "fc00::/7",
    "::1",
    "fe80::/10",
    "2001:db8::/32",
    "3fff::/20",
];

static RESERVED: LazyLock<Vec<RemoteRange>> =
    LazyLock::new(|| PRIVATE.iter().filter_map(|text| text.parse().ok()).collect());

/// The most addresses from which relay is a notice and no warning: 256 of IPv4, one /64 of IPv6.
const MOST: [u128; 2] = [256, 1 << 64];

/// From how many public addresses anybody can relay.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Exposure {
    /// From none.
    None,
    /// From few, which are named: hosted filtering services need it.
    Narrow(Vec<RemoteRange>),
    /// From many: an open relay.
    Open(Vec<RemoteRange>),
}

/// From which public addresses anonymous or externally secured sessions can relay through the connector.
#[must_use]
pub fn exposure(connector: &ReceiveConnector, platform: Platform, policy: &Policy) -> Exposure {
    if !connector.enabled || !relays(connector, platform, policy) {
        return Exposure::None;
    }
    let public = public(&connector.remote_ip_ranges);
    let count = |v4: bool| {
        let family = public.iter().filter(|range| range.first().is_ipv4() == v4);
        family.fold(0_u128, |sum, range| sum.saturating_add(range.size().saturating_add(1)))
    };
    match public.is_empty() {
        true => Exposure::None,
        false if count(true) <= MOST[0] && count(false) <= MOST[1] => Exposure::Narrow(public),
        false => Exposure::Open(public),
    }
}

/// Whether a session that has proved nothing may submit to any recipient, by a right or because the accepted
/// domains hold everything.
fn relays(connector: &ReceiveConnector, platform: Platform, policy: &Policy) -> bool {
    let external = connector.auth.contains(AuthMechanism::ExternalAuthoritative);
    let who = if external { Who::ExternallySecured } else { Who::Anonymous };
    let session = Vec::from_iter(who.principal());
    let list = Evaluator::new(&connector.access, platform);
    let may = |right: Deciding| list.allows(&session, right.right());
    may(Deciding::Submit) && (policy.domains.is_open() || may(Deciding::AcceptAnyRecipient))
}

/// What of the ranges is public, in order and without overlap.
#[must_use]
pub fn public(ranges: &[RemoteRange]) -> Vec<RemoteRange> {
    let without = |parts: Vec<RemoteRange>, gone: &RemoteRange| {
        parts.iter().flat_map(|part| [part.below(gone.first()), part.above(gone.last())]).flatten().collect()
    };
    RESERVED.iter().fold(coalesce(ranges), without)
}
