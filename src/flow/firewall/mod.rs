//! Firewall rules that open what flows need, and no more (D8), in the forms that firewalls read.
//!
//! Replies are the business of a firewall that keeps state, so a rule is about who connects alone.

mod iptables;
mod lines;
mod nftables;
mod rule;
mod table;
mod windows;

use strum::{EnumString, IntoStaticStr, VariantNames};

pub use rule::{End, LeftOut, PortRange, Rule, Rules, Service};

use crate::param::Closed;

/// A form of firewall rules.
#[derive(Clone, Copy, Debug, PartialEq, Eq, VariantNames, IntoStaticStr, EnumString)]
#[expect(missing_docs, reason = "the forms are called as their programs are")]
pub enum Format {
    NewNetFirewallRule,
    #[strum(serialize = "netsh")]
    Netsh,
    #[strum(serialize = "nftables")]
    Nftables,
    #[strum(serialize = "iptables")]
    Iptables,
    #[strum(serialize = "ip6tables")]
    Ip6tables,
    #[strum(serialize = "csv")]
    Csv,
}

impl Closed for Format {}

impl Format {
    /// The first line of a file of that form, by which it is known.
    #[must_use]
    pub fn mark(self) -> &'static str {
        match self {
            Format::NewNetFirewallRule | Format::Nftables | Format::Iptables | Format::Ip6tables => {
                "# Exchange data paths: firewall rules made by exch"
            }
            Format::Netsh => "@rem Exchange data paths: firewall rules made by exch",
            Format::Csv => table::HEADINGS,
        }
    }

    /// Whether it is for the servers themselves, and not for a firewall between them.
    #[must_use]
    pub(crate) fn is_of_hosts(self) -> bool {
        matches!(self, Format::NewNetFirewallRule | Format::Netsh)
    }

    /// The family that it is for: whether IPv6; nothing where it is for both.
    #[must_use]
    pub fn family(self) -> Option<bool> {
        match self {
            Format::Iptables => Some(false),
            Format::Ip6tables => Some(true),
            _ => None,
        }
    }

    /// The rules in that form, with [`Format::mark`] as the first line.
    #[must_use]
    pub fn write(self, rules: &Rules) -> String {
        let body = match self {
            Format::NewNetFirewallRule => windows::powershell(rules),
            Format::Netsh => windows::netsh(rules),
            Format::Nftables => nftables::ruleset(rules),
            Format::Iptables => iptables::ruleset(rules, false),
            Format::Ip6tables => iptables::ruleset(rules, true),
            Format::Csv => table::rows(rules),
        };
        let text = format!("{}\n{body}", self.mark());
        if self == Format::Netsh { text.replace('\n', "\r\n") } else { text }
    }
}
