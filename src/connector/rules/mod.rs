//! The rules that one connector keeps by itself (C2 to C17, U7), one function a rule.
//!
//! A rule sees a [`Case`] and says what it finds. Which findings are new, and what to do with them, is the
//! caller's business.

mod change;
mod connections;
mod protocol;
mod security;

pub use change::{reached_by_servers, unauthenticated_servers};
pub use connections::{MANY_RANGES, TOO_MANY_RANGES};
pub use protocol::{missing_in_version, no_transport_role};

use super::{Host, ReceiveConnector, conflict, rows, same_name};
use crate::param::{Finding, Findings, Rule};
use crate::server::Server;

/// A connector as it would be, on its server, and what it was.
#[derive(Clone, Copy)]
pub struct Case<'a> {
    /// The connector as it would be.
    pub connector: &'a ReceiveConnector,
    /// Its server.
    pub server: &'a Server,
    /// What it was before this change; nothing for a new one.
    pub before: Option<&'a ReceiveConnector>,
    /// Whether the organization has another server that sends mail to this one.
    pub has_peers: bool,
}

/// Every rule of one connector, in the order of the specification.
const RULES: &[fn(&Case<'_>, &mut Findings)] = &[
    security::basic_auth_require_tls,
    security::require_tls,
    security::external_authoritative,
    security::domain_secure,
    security::exchange_server_fqdn,
    protocol::timeouts,
    protocol::banner,
    protocol::binary_mime,
    protocol::edge,
    protocol::long_addresses,
    protocol::versions,
    protocol::suppress_x_anonymous_tls,
    protocol::capabilities,
    protocol::fqdn_underscore,
    connections::empty_lists,
    connections::owned_addresses,
    connections::many_ranges,
    connections::repeated_bindings,
    connections::covered_ranges,
    connections::bare_any,
    connections::unusual_ports,
    security::extended_protection,
    security::certificate,
    change::default_fqdn,
    change::exchange_server_taken,
];

/// What every rule says of one connector.
#[must_use]
pub fn check(case: &Case<'_>) -> Findings {
    let mut found = Findings::default();
    for rule in RULES {
        rule(case, &mut found);
    }
    found
}

/// What the rules say, without the warnings that they gave of the connector before.
#[must_use]
pub(crate) fn check_change(case: &Case<'_>) -> Findings {
    let found = check(case);
    match case.before {
        Some(before) => found.since(&check(&Case { connector: before, before: None, ..*case })),
        None => found,
    }
}

/// A name that its server already has (C1), ignoring case.
#[must_use]
pub(crate) fn taken_name<'a>(host: &'a Host, name: &str) -> Option<&'a ReceiveConnector> {
    host.connectors.iter().find(|other| same_name(&other.name, name))
}

/// The first refusal of every connector of a server: each by itself, names, and U1 to U5 between them, with the
/// place of the connector in file order.
#[must_use]
pub fn check_host(host: &Host) -> Vec<(usize, Finding)> {
    let mut found = Vec::new();
    for (at, connector) in host.connectors.iter().enumerate() {
        let case = Case { connector, server: &host.server, before: None, has_peers: false };
        found.extend(check(&case).refusals.into_iter().map(|finding| (at, finding)));
    }
    found.extend(repeated_names(host));
    found.extend(conflicts(host));
    found
}

/// Everything that [`check_host`] refuses, with every conflict of every two connectors, reported of both.
#[must_use]
pub fn broken(host: &Host) -> Vec<(usize, Finding)> {
    let mut found = check_host(host);
    if !found.iter().any(|(_, finding)| finding.rule.is_conflict()) {
        return found;
    }
    found.retain(|(_, finding)| !finding.rule.is_conflict());
    for (at, connector) in host.connectors.iter().enumerate() {
        let others = host.connectors.iter().enumerate().filter(|(other, _)| *other != at);
        let others: Vec<_> = others.map(|(_, other)| claim(other)).collect();
        let conflicts = conflict::conflicts(&claim(connector), &others).into_iter();
        found.extend(conflicts.map(|conflict| (at, conflict_finding(conflict, &host.server))));
    }
    found
}

fn repeated_names(host: &Host) -> Vec<(usize, Finding)> {
    let mut seen = std::collections::HashSet::new();
    let repeated = host.connectors.iter().enumerate().filter(|(_, c)| !seen.insert(c.name.to_lowercase()));
    let finding = |c: &ReceiveConnector| {
        Finding::new(Rule::C1, rows::NAME.name(), format!("the server has two connectors named `{}`", c.name))
            .hint("give one of them another name")
    };
    repeated.map(|(at, c)| (at, finding(c))).collect()
}

/// Conflicts between the connectors of a server, each at the place of the connector it is reported of.
fn conflicts(host: &Host) -> Vec<(usize, Finding)> {
    let claims: Vec<_> = host.connectors.iter().map(claim).collect();
    let found = conflict::check_all(&claims);
    if found.is_empty() {
        return Vec::new();
    }
    // Of two with one name, the first: repeated names are a finding of their own.
    let named = host.connectors.iter().enumerate().rev().map(|(at, c)| (c.name.as_str(), at));
    let places: std::collections::HashMap<&str, usize> = named.collect();
    let place = |name: &str| places.get(name).copied().unwrap_or(0);
    let described = found.into_iter();
    described.map(|conflict| (place(&conflict.subject), conflict_finding(conflict, &host.server))).collect()
}

/// The conflicts of `connector` with the others of its server (U1 to U6); `before` is its own former self.
#[must_use]
pub fn conflicts_of(
    connector: &ReceiveConnector,
    before: Option<&ReceiveConnector>,
    host: &Host,
) -> Vec<Finding> {
    let is_itself =
        |other: &&ReceiveConnector| before.is_some_and(|b| std::ptr::eq(b, *other) || b.name == other.name);
    let others: Vec<_> = host.connectors.iter().filter(|other| !is_itself(other)).map(claim).collect();
    let mut found = conflict::conflicts(&claim(connector), &others);
    if let Some(before) = before {
        let known = conflict::conflicts(&claim(before), &others);
        found.retain(|conflict| {
            let was = known.iter().any(|was| was.rule == conflict.rule && was.other == conflict.other);
            let rule = conflict.rule.number();
            let other =
                host.connector(&conflict.other).is_some_and(|other| other.metadata.accepted.contains(rule));
            !(was && (other || before.metadata.accepted.contains(rule)))
        });
    }
    found.into_iter().map(|conflict| conflict_finding(conflict, &host.server)).collect()
}

/// U4: another connector that has an equal range at a binding that meets one of `connector` through a wildcard.
#[must_use]
pub(crate) fn equal_through_wildcard(connector: &ReceiveConnector, host: &Host) -> Option<Finding> {
    let others: Vec<_> =
        host.connectors.iter().filter(|other| other.name != connector.name).map(claim).collect();
    let found = conflict::equal_through_wildcard(&claim(connector), &others)?;
    let range = found.ranges.as_ref().map(|clash| clash.mine.to_string()).unwrap_or_default();
    let message = format!(
        "binding `{}` meets binding `{}` of Receive connector \"{}\\{}\", which has the range `{range}` too: one page of the documentation says that the product refuses this while that connector is bound to every address",
        found.mine, found.theirs, host.server.name, found.other
    );
    Some(Finding::new(Rule::U4, rows::BINDINGS.name(), message).hint("bind both to addresses of their own"))
}

/// A connector as the conflict rules see it.
fn claim(connector: &ReceiveConnector) -> conflict::Claim<'_, super::TransportRole> {
    conflict::Claim {
        name: &connector.name,
        bindings: &connector.bindings,
        ranges: &connector.remote_ip_ranges,
        role: connector.transport_role,
    }
}

/// A conflict in the product's words (U5, U6), with what would fix it.
fn conflict_finding(conflict: conflict::Conflict, server: &Server) -> Finding {
    let conflict = conflict::Conflict { other: format!("{}\\{}", server.name, conflict.other), ..conflict };
    let finding = Finding::new(conflict.rule.number(), rows::BINDINGS.name(), conflict.to_string());
    Finding { hint: conflict.hint(), ..finding }.answer(conflict.answer())
}
