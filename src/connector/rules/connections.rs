//! Rules about bindings and ranges: C13, C14, C17's ports, U7, and the hint of V2.

use super::super::rows;
use super::Case;
use crate::net::{self, Binding, Cover, Relation};
use crate::param::{Finding, Findings, Rule, Version};

/// Above this many ranges the directory comes near its limit.
pub const MANY_RANGES: usize = 1_200;
/// Above this many ranges the directory refuses.
pub const TOO_MANY_RANGES: usize = 1_300;
/// Ports that senders know without being told.
const USUAL_PORTS: &[u16] = &[25, 465, 587];
/// The same since 2013, whose services use two more between servers.
const PORTS_SINCE_2013: &[u16] = &[25, 465, 587, 717, 2525];

/// C13: a binding to an address that the server does not own.
pub(crate) fn owned_addresses(case: &Case<'_>, found: &mut Findings) {
    let Case { connector: c, server, .. } = case;
    if server.addresses.is_empty() {
        return;
    }
    let owned = |b: &&Binding| {
        b.is_wildcard() || b.address().is_loopback() || server.addresses.contains(&b.address())
    };
    for binding in c.bindings.iter().filter(|b| !owned(b)) {
        let addresses: Vec<String> = server.addresses.iter().map(ToString::to_string).collect();
        found.warn(
            Finding::new(Rule::C13, rows::BINDINGS.name(), format!(
                "server {} does not own the address of the binding `{binding}`, so its transport service may fail to start", server.name
            ))
            .hint(format!("its addresses are {}", addresses.join(", "))),
        );
    }
}

/// C14: many remote ranges.
pub(crate) fn many_ranges(case: &Case<'_>, found: &mut Findings) {
    let ranges = &case.connector.remote_ip_ranges;
    if ranges.len() <= MANY_RANGES {
        return;
    }
    let left = net::coalesce(ranges).len();
    let refused = ranges.len() > TOO_MANY_RANGES;
    let product = if refused { "The administrative limit for this request was exceeded: " } else { "" };
    let message = format!(
        "{product}parameter RemoteIPRanges has {} ranges, and the directory refuses a connector at about 1,200 to 1,300",
        ranges.len()
    );
    let hint =
        format!("neighbours and overlaps joined, {left} ranges would do: {} fewer", ranges.len() - left);
    let finding = Finding::new(Rule::C14, rows::REMOTE_IP_RANGES.name(), message).hint(hint);
    if refused { found.refuse(finding) } else { found.warn(finding) }
}

/// V9: a list that defines the connector is never empty; the sentence is PowerShell's.
pub(crate) fn empty_lists(case: &Case<'_>, found: &mut Findings) {
    let Case { connector: c, .. } = case;
    let lists = [
        (&rows::BINDINGS, c.bindings.is_empty(), "answers at no address"),
        (&rows::REMOTE_IP_RANGES, c.remote_ip_ranges.is_empty(), "answers no client"),
    ];
    for (row, _, why) in lists.into_iter().filter(|(_, is_empty, _)| *is_empty) {
        let name = row.name();
        found.refuse(
            Finding::new(Rule::V9, name, format!(
                "Cannot bind argument to parameter '{name}' because it is an empty collection: a connector without one {why}"
            ))
            .hint("-Enabled:false keeps the connector and closes it; remove-receiveconnector takes it away"),
        );
    }
}

/// U7: a binding that repeats.
pub(crate) fn repeated_bindings(case: &Case<'_>, found: &mut Findings) {
    let bindings = &case.connector.bindings;
    if let Some(binding) = net::repeated(bindings).and_then(|(_, later)| bindings.get(later)) {
        let message = format!("parameter Bindings names `{binding}` twice");
        found.refuse(Finding::new(Rule::U7, rows::BINDINGS.name(), message).hint("name it once"));
    }
}

/// U7: ranges that repeat or cover each other.
pub(crate) fn covered_ranges(case: &Case<'_>, found: &mut Findings) {
    let ranges = &case.connector.remote_ip_ranges;
    for Cover { inner, outer, relation } in net::covered(ranges) {
        let (Some(inner), Some(outer)) = (ranges.get(inner), ranges.get(outer)) else { continue };
        let message = match relation {
            Relation::Equal => format!("the range `{inner}` is named twice, as `{outer}` too"),
            _ => format!("the range `{inner}` lies inside `{outer}` of the same connector and adds nothing"),
        };
        found.warn(Finding::new(Rule::U7, rows::REMOTE_IP_RANGES.name(), message));
    }
}

/// V2: `0.0.0.0` and `::` are one address each, and hardly meant.
pub(crate) fn bare_any(case: &Case<'_>, found: &mut Findings) {
    for range in &case.connector.remote_ip_ranges {
        if let Some(meant) = range.notice() {
            found.warn(
                Finding::new(
                    Rule::V2,
                    rows::REMOTE_IP_RANGES.name(),
                    format!("the range `{range}` is that one address, not every address"),
                )
                .hint(format!("every address is `{meant}`")),
            );
        }
    }
}

/// C17: a port that senders and firewalls must be told about.
pub(crate) fn unusual_ports(case: &Case<'_>, found: &mut Findings) {
    let known = if case.server.version < Version::V2013 { USUAL_PORTS } else { PORTS_SINCE_2013 };
    let mut ports: Vec<u16> =
        case.connector.bindings.iter().map(Binding::port).filter(|p| !known.contains(p)).collect();
    ports.sort_unstable();
    ports.dedup();
    for port in ports {
        found.warn(Finding::new(Rule::C17, rows::BINDINGS.name(), format!(
            "senders do not use port {port} by default: configure each sender for it, and allow it in the firewalls"
        )));
    }
}
