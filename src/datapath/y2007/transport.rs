//! The table transport of the 2007 edition: 11 rows, and 1 path from the text around the tables.

use super::roles::{
    ADAM_ON_EDGE, DOMAIN_CONTROLLER, EDGE_TRANSPORT, HUB_TRANSPORT, MAILBOX, OUTSIDE_PROXY_SERVER,
    SMTP_CLIENT, UNIFIED_MESSAGING,
};
use crate::datapath::Auth::{Anonymous, Basic, Certificate, DirectTrust, Kerberos, Ntlm};
use crate::datapath::Ground;
use crate::datapath::Stated::{NotStated, Yes};
use crate::datapath::Table::Transport;
use crate::datapath::path::{DataPath, ON_ONE_SERVER, path, tcp, udp};

/// The data paths, in the order of the source.
pub(crate) static PATHS: &[DataPath] = &[
    path("hub-to-hub", (Transport, 1), &HUB_TRANSPORT, &HUB_TRANSPORT)
        .ports(&[tcp(25).of("SMTP").note("TLS")])
        .auth(&[Kerberos], &[Kerberos])
        .encrypted(Yes, &["TLS"], Yes)
        .on_ground(Ground::EnglishEdition),
    path("hub-to-edge", (Transport, 2), &HUB_TRANSPORT, &EDGE_TRANSPORT)
        .ports(&[tcp(25).of("SMTP").note("TLS")])
        .auth(&[DirectTrust], &[DirectTrust])
        .encrypted(Yes, &["TLS"], Yes)
        .on_ground(Ground::EnglishEdition),
    path("edge-to-hub", (Transport, 3), &EDGE_TRANSPORT, &HUB_TRANSPORT)
        .ports(&[tcp(25).of("SMTP").note("TLS")])
        .auth(&[DirectTrust], &[DirectTrust])
        .encrypted(Yes, &["TLS"], Yes)
        .on_ground(Ground::EnglishEdition),
    path("edge-to-edge", (Transport, 4), &EDGE_TRANSPORT, &EDGE_TRANSPORT)
        .ports(&[
            tcp(25).of("SMTP").note("TLS"),
            tcp(389).note("certificate authentication"),
            udp(389).note("certificate authentication"),
            tcp(80).of("HTTP").note("certificate authentication"),
        ])
        .auth(&[Anonymous, Certificate], &[Anonymous, Certificate])
        .encrypted(Yes, &["TLS"], Yes)
        .on_ground(Ground::EnglishEdition),
    path("mailbox-to-hub-submission", (Transport, 5), &MAILBOX, &HUB_TRANSPORT)
        .serving(&["Microsoft Exchange Mail Submission"])
        .ports(&[tcp(135).of("RPC").note("endpoint mapper; further ports dynamic")])
        .dynamic()
        .auth(&[Ntlm], &[Ntlm, Kerberos])
        .default_auth_note(ON_ONE_SERVER)
        .encrypted(Yes, &["RPC"], Yes)
        .on_ground(Ground::EnglishEdition),
    path("hub-to-mailbox-mapi", (Transport, 6), &HUB_TRANSPORT, &MAILBOX)
        .serving(&["MAPI"])
        .ports(&[tcp(135).of("RPC").note("endpoint mapper; further ports dynamic")])
        .dynamic()
        .auth(&[Ntlm], &[Ntlm, Kerberos])
        .default_auth_note(ON_ONE_SERVER)
        .encrypted(Yes, &["RPC"], Yes)
        .on_ground(Ground::EnglishEdition),
    path("um-to-hub", (Transport, 7), &UNIFIED_MESSAGING, &HUB_TRANSPORT)
        .ports(&[tcp(25).of("SMTP").note("TLS")])
        .auth(&[Kerberos], &[Kerberos])
        .encrypted(Yes, &["TLS"], Yes)
        .on_ground(Ground::EnglishEdition),
    path("edgesync", (Transport, 8), &HUB_TRANSPORT, &EDGE_TRANSPORT)
        .serving(&["Microsoft Exchange EdgeSync"])
        .ports(&[tcp(50636).of("LDAPS").note("SSL"), tcp(50389).of("LDAP").note("no SSL")])
        .auth(&[Basic], &[Basic])
        .encrypted(Yes, &["LDAPS"], Yes)
        .on_ground(Ground::Note),
    path("adam-on-edge", (Transport, 9), &EDGE_TRANSPORT, &ADAM_ON_EDGE)
        .serving(&["Active Directory Application Mode"])
        .ports(&[tcp(50389).of("LDAP").note("no SSL")])
        .auth(&[Ntlm, Kerberos], &[Ntlm, Kerberos]),
    path("hub-to-ad", (Transport, 10), &HUB_TRANSPORT, &DOMAIN_CONTROLLER)
        .ports(&[
            tcp(389).of("LDAP"),
            udp(389).of("LDAP"),
            tcp(3268).of("LDAP-GC"),
            tcp(88).of("Kerberos"),
            udp(88).of("Kerberos"),
            tcp(53).of("DNS"),
            udp(53).of("DNS"),
            tcp(135).of("RPC").note("netlogon; endpoint mapper; further ports dynamic"),
        ])
        .dynamic()
        .auth(&[Kerberos], &[Kerberos])
        .encrypted(Yes, &["Kerberos"], NotStated),
    path("smtp-client-to-hub", (Transport, 11), &SMTP_CLIENT, &HUB_TRANSPORT)
        .ports(&[tcp(25).of("SMTP").note("TLS"), tcp(587).of("SMTP").note("TLS")])
        .auth(&[Ntlm, Kerberos], &[Ntlm, Kerberos])
        .encrypted(Yes, &["TLS"], NotStated),
    path("sender-reputation-probe", (Transport, 0), &EDGE_TRANSPORT, &OUTSIDE_PROXY_SERVER)
        .from("notes")
        .serving(&["Sender reputation (Protocol Analysis agent)"])
        .ports_note("not stated"),
];
