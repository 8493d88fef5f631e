//! A chain for iptables, for `iptables-restore --noflush` and `ip6tables-restore --noflush`.

use std::fmt::Write;
use std::net::IpAddr;

use ipnet::{IpNet, Ipv4Subnets, Ipv6Subnets};

use super::lines::{addresses, port, preface, title, warning};
use super::rule::{PortRange, Rule, Rules};
use crate::net::RemoteRange;

/// How many ports `-m multiport` takes; a range counts as two.
const MOST_PORTS: usize = 15;
/// How long a comment of `-m comment` may be.
const LONGEST_COMMENT: usize = 255;

/// The chain of one family. Declaring it empties it, so that the file may be loaded again; no other chain leads to it.
pub fn ruleset(rules: &Rules, ipv6: bool) -> String {
    let mut text = String::new();
    for line in preface(rules) {
        let _ = writeln!(text, "# {line}");
    }
    let program = if ipv6 { "ip6tables" } else { "iptables" };
    let _ = writeln!(
        text,
        "# Load it with {program}-restore --noflush, and lead there: {program} -I FORWARD -j EXCHANGE"
    );
    text.push_str(
        "*filter\n:EXCHANGE - [0:0]\n-A EXCHANGE -m conntrack --ctstate ESTABLISHED,RELATED -j ACCEPT\n",
    );
    for rule in &rules.rules {
        let lines = lines(rule, ipv6);
        if lines.is_empty() {
            continue;
        }
        let _ = writeln!(text, "# {}", title(rule));
        if let Some(warning) = warning(rule) {
            let _ = writeln!(text, "# {warning}");
        }
        text.extend(lines);
    }
    text.push_str("COMMIT\n");
    text
}

fn lines(rule: &Rule, ipv6: bool) -> Vec<String> {
    let list = |ends| {
        let ranges = addresses(ends, ipv6);
        ranges.iter().flat_map(networks).map(|network| network.to_string()).collect::<Vec<_>>().join(",")
    };
    let (from, to) = (list(&rule.sources), list(&rule.destinations));
    if from.is_empty() || to.is_empty() {
        return Vec::new();
    }
    let comment: String = rule.paths.join(", ").chars().take(LONGEST_COMMENT).collect();
    let end = format!("-m conntrack --ctstate NEW -m comment --comment \"{comment}\" -j ACCEPT\n");
    let begin = format!("-A EXCHANGE -s {from} -d {to} ");
    let Some(transport) = rule.service.transport() else { return vec![format!("{begin}{end}")] };
    let name = <&str>::from(transport).to_lowercase();
    let ports = rule.service.ports();
    let groups = grouped(&ports);
    let of = |group: Vec<PortRange>| {
        let ports: Vec<String> = group.into_iter().map(|range| port(range, ':')).collect();
        format!("{begin}-p {name} -m multiport --dports {} {end}", ports.join(","))
    };
    groups.into_iter().map(of).collect()
}

/// Ports in groups as large as one rule takes.
fn grouped(ports: &[PortRange]) -> Vec<Vec<PortRange>> {
    let mut groups: Vec<Vec<PortRange>> = Vec::new();
    let mut room = 0;
    for range in ports {
        let takes = if range.0 == range.1 { 1 } else { 2 };
        if room < takes {
            groups.push(Vec::new());
            room = MOST_PORTS;
        }
        room -= takes;
        groups.last_mut().into_iter().for_each(|group| group.push(*range));
    }
    groups
}

/// A range as networks, which is all that `-s` and `-d` take.
fn networks(range: &RemoteRange) -> Vec<IpNet> {
    match (range.first(), range.last()) {
        (IpAddr::V4(first), IpAddr::V4(last)) => Ipv4Subnets::new(first, last, 0).map(IpNet::V4).collect(),
        (IpAddr::V6(first), IpAddr::V6(last)) => Ipv6Subnets::new(first, last, 0).map(IpNet::V6).collect(),
        _ => Vec::new(),
    }
}
