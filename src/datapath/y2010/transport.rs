//! The table transport of the 2010 edition: 11 rows.

use super::roles::{
    AD_RMS, DOMAIN_CONTROLLER, EDGE_TRANSPORT, HUB_TRANSPORT, MAILBOX, SMTP_CLIENT, UNIFIED_MESSAGING,
};
use crate::datapath::Auth::{Anonymous, Basic, Certificate, DirectTrust, Kerberos, Ntlm};
use crate::datapath::Ground;
use crate::datapath::Stated::Yes;
use crate::datapath::Table::Transport;
use crate::datapath::path::{DataPath, ON_ONE_SERVER, path, tcp, udp};

/// The data paths, in the order of the source.
pub(crate) static PATHS: &[DataPath] = &[
    path("hub-to-hub", (Transport, 1), &HUB_TRANSPORT, &HUB_TRANSPORT)
        .ports(&[tcp(25).of("SMTP")])
        .auth(&[Kerberos], &[Kerberos])
        .encrypted(Yes, &["TLS"], Yes),
    path("hub-to-edge", (Transport, 2), &HUB_TRANSPORT, &EDGE_TRANSPORT)
        .ports(&[tcp(25).of("SMTP")])
        .auth(&[DirectTrust], &[DirectTrust])
        .encrypted(Yes, &["TLS"], Yes),
    path("edge-to-hub", (Transport, 3), &EDGE_TRANSPORT, &HUB_TRANSPORT)
        .ports(&[tcp(25).of("SMTP")])
        .auth(&[DirectTrust], &[DirectTrust])
        .encrypted(Yes, &["TLS"], Yes),
    path("edge-to-edge", (Transport, 4), &EDGE_TRANSPORT, &EDGE_TRANSPORT)
        .ports(&[tcp(25).of("SMTP")])
        .auth(&[Anonymous, Certificate], &[Anonymous, Certificate])
        .encrypted(Yes, &["TLS"], Yes),
    path("mailbox-to-hub-submission", (Transport, 5), &MAILBOX, &HUB_TRANSPORT)
        .serving(&["Microsoft Exchange Mail Submission"])
        .ports(&[tcp(135).of("RPC").note("endpoint mapper; further ports dynamic")])
        .dynamic()
        .auth(&[Ntlm], &[Ntlm, Kerberos])
        .default_auth_note(ON_ONE_SERVER)
        .encrypted(Yes, &["RPC"], Yes),
    path("hub-to-mailbox-mapi", (Transport, 6), &HUB_TRANSPORT, &MAILBOX)
        .serving(&["MAPI"])
        .ports(&[tcp(135).of("RPC").note("endpoint mapper; further ports dynamic")])
        .dynamic()
        .auth(&[Ntlm], &[Ntlm, Kerberos])
        .default_auth_note(ON_ONE_SERVER)
        .encrypted(Yes, &["RPC"], Yes),
    path("um-to-hub", (Transport, 7), &UNIFIED_MESSAGING, &HUB_TRANSPORT)
        .ports(&[tcp(25).of("SMTP")])
        .auth(&[Kerberos], &[Kerberos])
        .encrypted(Yes, &["TLS"], Yes),
    path("edgesync", (Transport, 8), &HUB_TRANSPORT, &EDGE_TRANSPORT)
        .serving(&["Microsoft Exchange EdgeSync"])
        .ports(&[tcp(50636).of("LDAPS").note("SSL")])
        .auth(&[Basic], &[Basic])
        .encrypted(Yes, &["LDAPS"], Yes),
    path("hub-to-ad", (Transport, 9), &HUB_TRANSPORT, &DOMAIN_CONTROLLER)
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
        .encrypted(Yes, &["Kerberos"], Yes),
    path("hub-to-rms", (Transport, 10), &HUB_TRANSPORT, &AD_RMS)
        .serving(&["Active Directory Rights Management Services"])
        .ports(&[tcp(443).of("HTTPS")])
        .auth(&[Ntlm, Kerberos], &[Ntlm, Kerberos])
        .encrypted(Yes, &["SSL"], Yes),
    path("smtp-client-to-hub", (Transport, 11), &SMTP_CLIENT, &HUB_TRANSPORT)
        .ports(&[tcp(587).of("SMTP"), tcp(25).of("SMTP")])
        .auth(&[Ntlm, Kerberos], &[Ntlm, Kerberos])
        .encrypted(Yes, &["TLS"], Yes)
        .on_ground(Ground::CompiledTable),
];
