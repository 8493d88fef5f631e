//! What an Edge subscription needs beside itself, and what a subscribed server no longer changes: tables.

use crate::param::{Rule, Verb};

/// Something that the store cannot look at, and that is reported instead.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Requirement {
    /// Its rule.
    pub rule: Rule,
    /// What must be.
    pub text: &'static str,
}

/// What is reported once, when a subscription is made.
pub const REPORTED: &[Requirement] = &[
    Requirement { rule: Rule::ES5, text: "both sides resolve each other's FQDN in DNS" },
    Requirement { rule: Rule::ES6, text: "the firewall lets the ports below through" },
    Requirement {
        rule: Rule::ES7,
        text: "the Edge Transport server has its licence first: the file takes it along, and a later one needs a new subscription",
    },
    Requirement {
        rule: Rule::ES8,
        text: "accepted domains, remote domains and InternalSMTPServers are set in the organization first; one authoritative domain at least",
    },
];

/// A port that a subscription uses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Port {
    /// Its number.
    pub port: u16,
    /// What is spoken.
    pub protocol: &'static str,
    /// Who connects; `<Site>` is the site's name.
    pub from: &'static str,
    /// To whom.
    pub to: &'static str,
    /// Whether a firewall stands between them.
    pub firewall: bool,
}

const SITE: &str = "Hub servers of <Site>";

/// Every port, in the order in which they are reported.
pub const PORTS: &[Port] = &[
    Port {
        port: 25,
        protocol: "SMTP",
        from: "the Internet, Edge server",
        to: "Edge server, the Internet",
        firewall: true,
    },
    Port {
        port: 25,
        protocol: "SMTP",
        from: "Edge server, Hub servers of <Site>",
        to: "Hub servers of <Site>, Edge server",
        firewall: true,
    },
    Port { port: 50_636, protocol: "secure LDAP", from: SITE, to: "Edge server", firewall: true },
    Port { port: 50_389, protocol: "LDAP", from: "Edge server", to: "Edge server", firewall: false },
];

/// Cmdlets that a subscribed Edge Transport server refuses: the organization's objects are there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SwitchedOff {
    /// Of which noun.
    pub noun: &'static str,
    /// Which verbs.
    pub verbs: &'static [Verb],
    /// With these parameters alone; none for whatever is given.
    pub parameters: &'static [&'static str],
    /// The last edition that has the noun; none where all do.
    pub until: Option<&'static str>,
}

const CHANGES: &[Verb] = &[Verb::New, Verb::Set, Verb::Remove];

/// Every one (AD2, SC15 and their kin).
pub const SWITCHED_OFF: &[SwitchedOff] = &[
    SwitchedOff { noun: "SendConnector", verbs: CHANGES, parameters: &[], until: None },
    SwitchedOff { noun: "AcceptedDomain", verbs: CHANGES, parameters: &[], until: None },
    SwitchedOff { noun: "RemoteDomain", verbs: CHANGES, parameters: &[], until: None },
    SwitchedOff { noun: "MessageClassification", verbs: CHANGES, parameters: &[], until: Some("2013") },
    SwitchedOff {
        noun: "TransportConfig",
        verbs: &[Verb::Set],
        parameters: &["InternalSMTPServers", "TLSReceiveDomainSecureList", "TLSSendDomainSecureList"],
        until: None,
    },
];
