//! A chain for nftables, for `nft -f`.

use std::fmt::Write;

use super::lines::{addresses, port, preface, title, warning};
use super::rule::{Rule, Rules};
use crate::net::RemoteRange;

/// The chain. It is emptied first, so that the file may be loaded again; no hook leads into it.
pub fn ruleset(rules: &Rules) -> String {
    let mut text = String::new();
    for line in preface(rules) {
        let _ = writeln!(text, "# {line}");
    }
    text.push_str("# Let the forward chain of the firewall jump to it: nft add rule inet filter forward jump exchange\n\n");
    text.push_str("table inet filter {\n\tchain exchange {\n\t}\n}\nflush chain inet filter exchange\n");
    text.push_str("table inet filter {\n\tchain exchange {\n\t\tct state established,related accept\n");
    for rule in &rules.rules {
        let _ = writeln!(text, "\n\t\t# {}", title(rule));
        if let Some(warning) = warning(rule) {
            let _ = writeln!(text, "\t\t# {warning}");
        }
        for ipv6 in [false, true] {
            text.extend(line(rule, ipv6));
        }
    }
    text.push_str("\t}\n}\n");
    text
}

fn line(rule: &Rule, ipv6: bool) -> Option<String> {
    let (from, to) = (addresses(&rule.sources, ipv6), addresses(&rule.destinations, ipv6));
    if from.is_empty() || to.is_empty() {
        return None;
    }
    let family = if ipv6 { "ip6" } else { "ip" };
    let ports: Vec<String> = rule.service.ports().into_iter().map(|range| port(range, '-')).collect();
    let service = rule.service.transport().map(|transport| {
        let name: &str = transport.into();
        format!(" {} dport {}", name.to_lowercase(), set(&ports))
    });
    let (from, to) = (ranges(&from), ranges(&to));
    let service = service.unwrap_or_default();
    Some(format!(
        "\t\t{family} saddr {} {family} daddr {}{service} ct state new accept\n",
        set(&from),
        set(&to)
    ))
}

fn ranges(all: &[RemoteRange]) -> Vec<String> {
    all.iter().map(|range| range.as_str().to_owned()).collect()
}

/// One element, or several as an anonymous set.
fn set(elements: &[String]) -> String {
    match elements {
        [only] => only.clone(),
        several => format!("{{ {} }}", several.join(", ")),
    }
}
