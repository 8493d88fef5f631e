//! The table mailbox of the 2007 edition: 22 rows, and 1 path from the text around the tables.

use super::roles::{
    AD_TOPOLOGY_SERVICE, ADMIN, ANY, BACKUP_CLIENT, CLIENT_ACCESS, DOMAIN_CONTROLLER, MAILBOX, MAPI_CLIENT,
    OUTLOOK, RECIPIENT_UPDATE_SERVICE, WEBDAV_CLIENT,
};
use crate::datapath::Auth::{Basic, Kerberos, Negotiate, Ntlm};
use crate::datapath::Ground;
use crate::datapath::Stated::{No, NotStated, Yes};
use crate::datapath::Table::Mailbox;
use crate::datapath::path::{DataPath, path, tcp, udp};

/// The data paths, in the order of the source.
pub(crate) static PATHS: &[DataPath] = &[
    path("ccr-scr-log-shipping", (Mailbox, 1), &MAILBOX, &MAILBOX)
        .of_cluster()
        .serving(&["CCR/SCR log shipping"])
        .ports(&[tcp(445).of("SMB")])
        .auth(&[Ntlm, Kerberos], &[Ntlm, Kerberos])
        .encrypted(Yes, &["IPsec"], No)
        .on_ground(Ground::EnglishEdition),
    path("ccr-scr-seeding", (Mailbox, 2), &MAILBOX, &MAILBOX)
        .of_cluster()
        .serving(&["CCR/SCR seeding"])
        .ports_note("random port")
        .dynamic()
        .auth(&[Ntlm, Kerberos], &[Ntlm, Kerberos])
        .encrypted(Yes, &["IPsec"], No)
        .on_ground(Ground::EnglishEdition),
    path("vss-backup", (Mailbox, 3), &BACKUP_CLIENT, &MAILBOX)
        .serving(&["Volume Shadow Copy backup"])
        .ports_note("SMB, no number given")
        .auth(&[Ntlm, Kerberos], &[Ntlm, Kerberos])
        .encrypted(No, &[], No)
        .on_ground(Ground::EnglishEdition),
    path("legacy-backup", (Mailbox, 4), &BACKUP_CLIENT, &MAILBOX)
        .serving(&["Legacy (streaming) backup"])
        .ports_note("random port")
        .dynamic()
        .auth(&[Ntlm, Kerberos], &[Ntlm, Kerberos])
        .encrypted(Yes, &["IPsec"], No)
        .on_ground(Ground::EnglishEdition),
    path("clustering", (Mailbox, 5), &MAILBOX, &MAILBOX)
        .of_cluster()
        .serving(&["Cluster service"])
        .ports(&[
            tcp(135).of("RPC").note("endpoint mapper; further ports dynamic"),
            udp(3343).of("cluster heartbeat").note("from the notes"),
        ])
        .ports_note("also random high TCP ports of the Cluster service")
        .dynamic()
        .auth(&[Ntlm, Kerberos], &[Ntlm, Kerberos])
        .encrypted(Yes, &["IPsec"], NotStated),
    path("mapi-access", (Mailbox, 6), &MAPI_CLIENT, &MAILBOX)
        .serving(&["MAPI"])
        .ports(&[tcp(135).of("RPC").note("endpoint mapper; further ports dynamic")])
        .dynamic()
        .auth(&[Ntlm, Kerberos], &[Ntlm, Kerberos])
        .encrypted(Yes, &["RPC"], Yes)
        .on_ground(Ground::Note),
    path("mailbox-assistants", (Mailbox, 7), &MAILBOX, &MAILBOX)
        .serving(&["Mailbox Assistants"])
        .ports(&[tcp(135).of("RPC").note("endpoint mapper; further ports dynamic")])
        .dynamic()
        .auth(&[Ntlm, Kerberos], &[Ntlm, Kerberos]),
    path("availability-cas-to-mailbox", (Mailbox, 8), &CLIENT_ACCESS, &MAILBOX)
        .serving(&["Availability Web service"])
        .ports(&[tcp(135).of("RPC").note("endpoint mapper; further ports dynamic")])
        .dynamic()
        .auth(&[Ntlm, Kerberos], &[Ntlm, Kerberos])
        .encrypted(Yes, &["RPC"], Yes)
        .on_ground(Ground::Note),
    path("mailbox-to-ad", (Mailbox, 9), &MAILBOX, &DOMAIN_CONTROLLER)
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
    path("content-indexing", (Mailbox, 10), &MAILBOX, &MAILBOX)
        .serving(&["Content indexing"])
        .ports(&[tcp(135).of("RPC").note("endpoint mapper; further ports dynamic")])
        .dynamic()
        .auth(&[Ntlm, Kerberos], &[Ntlm, Kerberos])
        .encrypted(Yes, &["RPC"], Yes)
        .on_ground(Ground::Note),
    path("admin-remote-registry", (Mailbox, 11), &ADMIN, &MAILBOX)
        .serving(&["Remote Registry"])
        .ports(&[tcp(135).of("RPC").note("endpoint mapper; further ports dynamic")])
        .dynamic()
        .auth(&[Ntlm, Kerberos], &[Ntlm, Kerberos])
        .encrypted(Yes, &["IPsec"], NotStated),
    path("admin-smb", (Mailbox, 12), &ADMIN, &MAILBOX)
        .serving(&["SMB/file"])
        .ports(&[tcp(445).of("SMB")])
        .auth(&[Ntlm, Kerberos], &[Ntlm, Kerberos])
        .encrypted(Yes, &["IPsec"], NotStated),
    path("rus-rpc", (Mailbox, 13), &RECIPIENT_UPDATE_SERVICE, &MAILBOX)
        .serving(&["Recipient Update Service"])
        .ports(&[tcp(135).of("RPC").note("endpoint mapper; further ports dynamic")])
        .dynamic()
        .auth(&[Kerberos], &[Kerberos])
        .encrypted(Yes, &["RPC"], Yes)
        .on_ground(Ground::Note),
    path("ad-topology", (Mailbox, 14), &MAILBOX, &AD_TOPOLOGY_SERVICE)
        .serving(&["Microsoft Exchange Active Directory Topology"])
        .ports(&[tcp(135).of("RPC").note("endpoint mapper; further ports dynamic")])
        .dynamic()
        .auth(&[Ntlm, Kerberos], &[Ntlm, Kerberos])
        .encrypted(Yes, &["RPC"], Yes)
        .on_ground(Ground::Note),
    path("sa-legacy-listen", (Mailbox, 15), &ANY, &MAILBOX)
        .serving(&["Microsoft Exchange System Attendant (legacy, listening)"])
        .ports(&[tcp(135).of("RPC").note("endpoint mapper; further ports dynamic")])
        .dynamic()
        .auth(&[Ntlm, Kerberos], &[Ntlm, Kerberos]),
    path("sa-legacy-to-ad", (Mailbox, 16), &MAILBOX, &DOMAIN_CONTROLLER)
        .serving(&["Microsoft Exchange System Attendant (legacy)"])
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
    path("sa-legacy-mapi-client", (Mailbox, 17), &MAILBOX, &MAILBOX)
        .serving(&["Microsoft Exchange System Attendant (legacy, as MAPI client)"])
        .ports(&[tcp(135).of("RPC").note("endpoint mapper; further ports dynamic")])
        .dynamic()
        .auth(&[Ntlm, Kerberos], &[Ntlm, Kerberos])
        .encrypted(Yes, &["RPC"], Yes)
        .on_ground(Ground::Note),
    path("oab-to-ad", (Mailbox, 18), &MAILBOX, &DOMAIN_CONTROLLER)
        .serving(&["Offline Address Book generation"])
        .ports(&[tcp(135).of("RPC").note("endpoint mapper; further ports dynamic")])
        .dynamic()
        .auth(&[Kerberos], &[Kerberos])
        .encrypted(Yes, &["RPC"], Yes)
        .on_ground(Ground::Note),
    path("rus-to-ad", (Mailbox, 19), &MAILBOX, &DOMAIN_CONTROLLER)
        .serving(&["Recipient Update Service"])
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
    path("dsaccess-to-ad", (Mailbox, 20), &MAILBOX, &DOMAIN_CONTROLLER)
        .serving(&["DSAccess"])
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
    path("outlook-oab-rpc", (Mailbox, 21), &OUTLOOK, &MAILBOX)
        .serving(&["Offline Address Book download"])
        .ports(&[tcp(135).of("RPC").note("endpoint mapper; further ports dynamic")])
        .dynamic()
        .auth(&[Ntlm, Kerberos], &[Ntlm, Kerberos])
        .encrypted(Yes, &["RPC"], Yes)
        .on_ground(Ground::Note),
    path("webdav-mailbox", (Mailbox, 22), &WEBDAV_CLIENT, &MAILBOX)
        .serving(&["WebDAV"])
        .ports(&[tcp(80).of("HTTP"), tcp(443).of("HTTPS").note("SSL")])
        .auth(&[Basic, Ntlm, Negotiate], &[Basic, Ntlm, Negotiate])
        .encrypted(Yes, &["HTTPS"], NotStated),
    path("webdav-cas-to-mailbox", (Mailbox, 0), &CLIENT_ACCESS, &MAILBOX)
        .from("notes")
        .serving(&["WebDAV"])
        .ports(&[tcp(80).of("HTTP"), tcp(443).of("HTTPS")]),
];
