//! Whether a recipient is taken: reserved and single-label domains, accepted domains, relay (M).

use super::case::Case;
use super::domains::folded;
use crate::organization::AcceptedDomain;

/// Top-level domains that RFC 2606 reserves (section 2).
const RESERVED_TOP: [&str; 4] = ["test", "example", "invalid", "localhost"];
/// Second-level domains that it reserves (section 3).
const RESERVED_SECOND: [&str; 3] = ["example.com", "example.net", "example.org"];

/// Whether the recipient's domain is in a reserved top-level domain.
pub(super) fn is_reserved_top(case: &Case<'_>, address: &str) -> bool {
    in_any(case, address, &RESERVED_TOP)
}

/// Whether the recipient's domain is a reserved second-level domain or below one.
pub(super) fn is_reserved_second(case: &Case<'_>, address: &str) -> bool {
    in_any(case, address, &RESERVED_SECOND)
}

fn in_any(case: &Case<'_>, address: &str, reserved: &[&str]) -> bool {
    let Some(domain) = case.domain(address).map(folded) else { return false };
    let below =
        |above: &&str| domain.strip_suffix(*above).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'));
    reserved.iter().any(below)
}

/// Whether the recipient's domain is a single label; an address literal is none.
pub(super) fn is_single_label(case: &Case<'_>, address: &str) -> bool {
    let single = |domain: &str| !domain.starts_with('[') && !folded(domain).contains('.');
    case.domain(address).is_some_and(single)
}

/// The accepted domain that the recipient belongs to.
pub(super) fn accepted<'a>(case: &'a Case<'_>, address: &'a str) -> Option<&'a AcceptedDomain> {
    case.domain(address).and_then(|domain| case.policy.domains.find(domain))
}

/// Whether the recipient is taken without a right to relay. One without any domain is local: `postmaster`.
pub(super) fn is_accepted(case: &Case<'_>, address: &str) -> bool {
    case.domain(address).is_none() || accepted(case, address).is_some()
}
