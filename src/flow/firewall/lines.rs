//! What the forms have in common: comments, addresses of a family, ports as text.

use super::rule::{End, PortRange, Rule, Rules};
use crate::net::{RemoteRange, coalesce};

/// Explains the dynamic ports, where there are any.
pub(crate) fn preface(rules: &Rules) -> Vec<String> {
    let is_dynamic = |rule: &Rule| match &rule.service {
        super::Service::Ports { dynamic, .. } => !dynamic.is_empty(),
        super::Service::Any => false,
    };
    let mut lines =
        vec!["Who connects is allowed; replies pass as a part of established connections.".to_owned()];
    if rules.rules.iter().any(is_dynamic) {
        lines.push(
            "RPC: a client asks port 135 for the port of a service, and connects to that one, which Windows picks."
                .to_owned(),
        );
        lines.push(match rules.narrowed {
            true => "The dynamic ports are those of -RpcPorts; hold Windows to them, as KB 154596 describes.".to_owned(),
            false => "All that it may pick are open; -RpcPorts narrows them, once Windows is held to them (KB 154596).".to_owned(),
        });
    }
    lines
}

/// A rule in words: `hub-to-hub (Exchange 2010): HUB01, HUB02 to HUB03`.
pub fn title(rule: &Rule) -> String {
    let names = |ends: &[End]| ends.iter().map(|end| end.name.as_str()).collect::<Vec<_>>().join(", ");
    clean(&format!(
        "{} (Exchange {}): {} to {}",
        rule.paths.join(", "),
        rule.version.name(),
        names(&rule.sources),
        names(&rule.destinations)
    ))
}

/// Why a firewall there is not supported.
pub fn warning(rule: &Rule) -> Option<String> {
    rule.unsupported.map(|note| format!("not supported through a firewall: {}", note.text))
}

/// Text that stays on its line.
pub fn clean(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

/// The addresses of one family, in order, apart from each other.
pub fn addresses(ends: &[End], ipv6: bool) -> Vec<RemoteRange> {
    let all = ends.iter().flat_map(|end| &end.addresses);
    coalesce(&all.filter(|range| range.first().is_ipv6() == ipv6).cloned().collect::<Vec<_>>())
}

/// A range of ports: `25`, or both ends with `between` between them.
pub fn port((first, last): PortRange, between: char) -> String {
    if first == last { first.to_string() } else { format!("{first}{between}{last}") }
}
