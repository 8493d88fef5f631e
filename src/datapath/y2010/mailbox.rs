//! The table mailbox of the 2010 edition: 6 rows, and 1 path from the text around the tables.

use super::roles::{ADMIN, CLIENT_ACCESS, DOMAIN_CONTROLLER, MAILBOX};
use crate::datapath::Auth::{Kerberos, Ntlm};
use crate::datapath::Ground;
use crate::datapath::Stated::{No, Yes};
use crate::datapath::Table::Mailbox;
use crate::datapath::path::{DataPath, path, tcp, udp};

/// The data paths, in the order of the source.
pub(crate) static PATHS: &[DataPath] = &[
    path("availability-cas-to-mailbox", (Mailbox, 1), &CLIENT_ACCESS, &MAILBOX)
        .serving(&["Availability Web service"])
        .ports(&[tcp(135).of("RPC").note("endpoint mapper; further ports dynamic")])
        .dynamic()
        .auth(&[Ntlm, Kerberos], &[Ntlm, Kerberos])
        .encrypted(Yes, &["RPC"], Yes)
        .on_ground(Ground::Translation),
    path("dag-log-shipping-and-seeding", (Mailbox, 2), &MAILBOX, &MAILBOX)
        .of_cluster()
        .serving(&["DAG log shipping and seeding"])
        .ports(&[tcp(64327).note("customisable")])
        .auth(&[Ntlm, Kerberos], &[Ntlm, Kerberos])
        .encrypted(Yes, &[], No)
        .on_ground(Ground::CompiledTable),
    path("admin-smb", (Mailbox, 3), &ADMIN, &MAILBOX)
        .serving(&["SMB/file"])
        .ports(&[tcp(445).of("SMB")])
        .auth(&[Ntlm, Kerberos], &[Ntlm, Kerberos])
        .encrypted(Yes, &["IPsec"], No)
        .on_ground(Ground::Translation),
    path("mailbox-to-ad", (Mailbox, 5), &MAILBOX, &DOMAIN_CONTROLLER)
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
        .encrypted(Yes, &["Kerberos"], Yes)
        .on_ground(Ground::Translation),
    path("admin-remote-registry", (Mailbox, 6), &ADMIN, &MAILBOX)
        .serving(&["Remote Registry"])
        .ports(&[tcp(135).of("RPC").note("endpoint mapper; further ports dynamic")])
        .dynamic()
        .auth(&[Ntlm, Kerberos], &[Ntlm, Kerberos])
        .encrypted(Yes, &["IPsec"], No)
        .on_ground(Ground::Translation),
    path("clustering", (Mailbox, 7), &MAILBOX, &MAILBOX)
        .of_cluster()
        .serving(&["Cluster service"])
        .ports(&[tcp(135).of("RPC").note("endpoint mapper; further ports dynamic")])
        .ports_note("also random high TCP ports of the Cluster service")
        .dynamic()
        .auth(&[Ntlm, Kerberos], &[Ntlm, Kerberos])
        .encrypted(Yes, &["IPsec"], No)
        .on_ground(Ground::CompiledTable),
    path("cluster-heartbeat", (Mailbox, 0), &MAILBOX, &MAILBOX)
        .of_cluster()
        .from("notes")
        .serving(&["Cluster service"])
        .ports(&[udp(3343).note("cluster nodes")]),
];
