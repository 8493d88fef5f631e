//! Inbound rules for the firewall of each Windows server, as PowerShell and as a batch file for netsh. A server takes from
//! the file those that are for it.

use std::fmt::Write;

use super::lines::{addresses, clean, port, preface, title};
use super::rule::{End, Rule, Rules, Service};
use crate::powershell::quote;

/// The group of the rules, by which they are found and replaced.
const GROUP: &str = "Exchange data paths";

/// One inbound rule of a server.
struct Inbound<'r> {
    rule: &'r Rule,
    remote: Vec<String>,
    local: Vec<String>,
}

/// The servers with their rules, in the order of names.
fn servers(rules: &Rules) -> Vec<(&str, Vec<Inbound<'_>>)> {
    let all = rules.rules.iter().flat_map(|rule| &rule.destinations).filter(|end| end.is_server);
    let mut names: Vec<&str> = all.map(|end| end.name.as_str()).collect();
    names.sort_unstable();
    names.dedup();
    let of = |name: &str| {
        let to = |rule: &Rule| rule.destinations.iter().find(|end| end.name == name).cloned();
        rules
            .rules
            .iter()
            .filter_map(|rule| Some((rule, to(rule)?)))
            .flat_map(|(rule, end)| inbound(rule, &end))
            .collect()
    };
    names.into_iter().map(|name| (name, of(name))).collect()
}

/// A rule by family: addresses of one family never meet those of the other.
fn inbound<'r>(rule: &'r Rule, own: &End) -> Vec<Inbound<'r>> {
    let texts =
        |ends: &[End], ipv6| addresses(ends, ipv6).iter().map(|range| range.as_str().to_owned()).collect();
    let of = |ipv6| Inbound {
        rule,
        remote: texts(&rule.sources, ipv6),
        local: texts(std::slice::from_ref(own), ipv6),
    };
    let complete = |one: &Inbound<'_>| !one.remote.is_empty() && !one.local.is_empty();
    [of(false), of(true)].into_iter().filter(complete).collect()
}

impl Inbound<'_> {
    /// The ports as Windows names them: it knows RPC's dynamic ones by itself, where nothing narrows them.
    fn ports(&self, narrowed: bool) -> Vec<String> {
        match &self.rule.service {
            Service::Ports { listed, rpc: true, .. } if !narrowed => {
                let listed = listed.iter().map(|range| port(*range, '-'));
                listed.chain(["RPC".to_owned()]).collect()
            }
            service => service.ports().into_iter().map(|range| port(range, '-')).collect(),
        }
    }

    fn protocol(&self) -> &'static str {
        self.rule.service.transport().map_or("Any", <&str>::from)
    }

    fn name(&self, server: &str) -> String {
        clean(&format!("{}: {} to {server}", self.rule.paths.join(", "), sources(self.rule)))
    }
}

fn sources(rule: &Rule) -> String {
    rule.sources.iter().map(|end| end.name.as_str()).collect::<Vec<_>>().join(", ")
}

/// A script for PowerShell. The rules that it made before are taken away first.
pub fn powershell(rules: &Rules) -> String {
    let mut text = String::new();
    for line in preface(rules) {
        let _ = writeln!(text, "# {line}");
    }
    text.push_str(
        "# Run it on each server, as an administrator: a server takes the rules that are for it.\n",
    );
    for (server, inbound) in servers(rules) {
        let _ = writeln!(text, "\nif ($env:COMPUTERNAME -eq {}) {{", quoted(server));
        let _ = writeln!(
            text,
            "    Remove-NetFirewallRule -Group {} -ErrorAction SilentlyContinue",
            quoted(GROUP)
        );
        for one in inbound {
            let _ = writeln!(text, "    # {}", title(one.rule));
            let ports = one.ports(rules.narrowed);
            let ports =
                if ports.is_empty() { String::new() } else { format!(" -LocalPort {}", list(&ports)) };
            let _ = writeln!(
                text,
                "    New-NetFirewallRule -DisplayName {} -Group {} -Direction Inbound -Action Allow -Protocol {}{ports} -LocalAddress {} -RemoteAddress {}",
                quoted(&one.name(server)),
                quoted(GROUP),
                one.protocol(),
                list(&one.local),
                list(&one.remote),
            );
        }
        text.push_str("}\n");
    }
    text
}

/// Always in quotes: a range of ports would be read as a subtraction.
fn quoted(text: &str) -> String {
    quote::powershell_list(&[text])
}

fn list(elements: &[String]) -> String {
    elements.iter().map(|element| quoted(element)).collect::<Vec<_>>().join(",")
}

/// A batch file for netsh.
pub(crate) fn netsh(rules: &Rules) -> String {
    let mut text = String::new();
    for line in preface(rules) {
        let _ = writeln!(text, "@rem {line}");
    }
    text.push_str(
        "@rem Run it on each server, as an administrator: a server takes the rules that are for it.\n",
    );
    for (server, inbound) in servers(rules) {
        text.push('\n');
        for one in inbound {
            let _ = writeln!(text, "@rem {}", title(one.rule));
            let ports = one.ports(rules.narrowed).join(",");
            let ports = if ports.is_empty() { String::new() } else { format!(" localport={ports}") };
            let name = batch(&one.name(server));
            let set = format!("localip={} remoteip={}", one.local.join(","), one.remote.join(","));
            let here = format!("@if /i \"%COMPUTERNAME%\"==\"{}\" netsh advfirewall firewall", batch(server));
            let protocol = one.protocol();
            let _ = writeln!(text, "{here} delete rule name=\"{name}\" >nul");
            let _ = writeln!(
                text,
                "{here} add rule name=\"{name}\" dir=in action=allow protocol={protocol}{ports} {set}"
            );
        }
    }
    text
}

/// Text between the quotes of a batch file.
fn batch(text: &str) -> String {
    clean(text).replace('"', "'").replace('%', "%%")
}
