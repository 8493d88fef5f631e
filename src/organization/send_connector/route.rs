//! Which Send connectors take mail to a domain: the nearest address space first, then the lowest cost.

use super::SendConnector;
use super::address_space::Parts;

/// The enabled connectors with an SMTP address space for `domain`, each with that space, the one that mail goes by
/// first; `accepted` says whether the organization takes mail for the domain itself, which `--` stands for.
#[must_use]
pub fn best<'c>(
    domain: &str,
    accepted: bool,
    connectors: &'c [SendConnector],
) -> Vec<(&'c SendConnector, &'c str)> {
    let mut ways: Vec<_> = connectors
        .iter()
        .filter(|connector| connector.enabled)
        .flat_map(|connector| connector.address_spaces.iter().map(move |space| (connector, space.as_str())))
        .filter_map(|(connector, space)| {
            Some((nearness(Parts::of(space), domain, accepted)?, connector, space))
        })
        .collect();
    // The nearest first; of equally near ones the cheapest, and then the one that stands first.
    ways.sort_by_key(|(nearness, _, space)| (std::cmp::Reverse(*nearness), Parts::of(space).cost));
    let mut best: Vec<(&SendConnector, &str)> = Vec::new();
    for (_, connector, space) in ways {
        if !best.iter().any(|(other, _)| std::ptr::eq(*other, connector)) {
            best.push((connector, space));
        }
    }
    best
}

/// How near a space is to a domain: the more of its labels it names, the nearer, the whole name before all below it.
fn nearness(parts: Parts<'_>, domain: &str, accepted: bool) -> Option<usize> {
    if !parts.is_smtp() {
        return None;
    }
    if parts.is_accepted_domains() {
        return accepted.then_some(1);
    }
    let (domain, space) = (domain.to_lowercase(), parts.space.to_lowercase());
    let labels = |name: &str| name.split('.').count() * 2;
    match space.strip_prefix("*.") {
        _ if space == "*" => Some(0),
        Some(parent) if domain == parent || domain.ends_with(&format!(".{parent}")) => Some(labels(parent)),
        None if domain == space => Some(labels(&space) + 1),
        _ => None,
    }
}
