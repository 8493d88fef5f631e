//! The table client-access of the 2010 edition: 16 rows, and what other pages say of Outlook.

use super::roles::{
    ANY, CLIENT, CLIENT_ACCESS, DOMAIN_CONTROLLER, LEGACY_MAILBOX, MAILBOX, OFFICE_COMMUNICATIONS_SERVER,
    OUTLOOK, UNIFIED_MESSAGING,
};
use crate::datapath::Auth::{
    Basic, ByIpAddress, Certificate, Digest, FormsBased, Kerberos, Negotiate, Ntlm, PlainText,
};
use crate::datapath::Ground;
use crate::datapath::Stated::{No, NotStated, Yes};
use crate::datapath::Table::ClientAccess;
use crate::datapath::path::{DataPath, path, tcp, udp};

/// The data paths, in the order of the source.
pub(crate) static PATHS: &[DataPath] = &[
    path("cas-to-ad", (ClientAccess, 1), &CLIENT_ACCESS, &DOMAIN_CONTROLLER)
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
        .on_ground(Ground::CompiledTable),
    path("cas-to-um", (ClientAccess, 2), &CLIENT_ACCESS, &UNIFIED_MESSAGING)
        .serving(&["SIP"])
        .ports(&[tcp(5060).of("SIP"), tcp(5061).of("SIP"), tcp(5062).of("SIP")])
        .dynamic()
        .auth(&[ByIpAddress], &[ByIpAddress])
        .encrypted(Yes, &["SIP over TLS"], NotStated),
    path("cas-to-cas-activesync-or-owa", (ClientAccess, 3), &CLIENT_ACCESS, &CLIENT_ACCESS)
        .ports(&[tcp(80).of("HTTP"), tcp(443).of("HTTPS").note("SSL")])
        .auth(&[Kerberos], &[Kerberos, Certificate])
        .encrypted(Yes, &["HTTPS"], Yes)
        .on_ground(Ground::CompiledTable)
        .qualified("with the self-signed certificate"),
    path("cas-to-cas-pop3", (ClientAccess, 4), &CLIENT_ACCESS, &CLIENT_ACCESS)
        .serving(&["POP3 proxy"])
        .ports(&[tcp(995).of("POP3S").note("SSL")])
        .auth(&[Basic], &[Basic])
        .encrypted(Yes, &["SSL"], Yes)
        .on_ground(Ground::CompiledTable),
    path("cas-to-cas-imap4", (ClientAccess, 5), &CLIENT_ACCESS, &CLIENT_ACCESS)
        .serving(&["IMAP4 proxy"])
        .ports(&[tcp(993).of("IMAPS").note("SSL")])
        .auth(&[Basic], &[Basic])
        .encrypted(Yes, &["SSL"], Yes)
        .on_ground(Ground::CompiledTable),
    path("autodiscover", (ClientAccess, 6), &CLIENT, &CLIENT_ACCESS)
        .serving(&["Autodiscover"])
        .ports(&[tcp(80).of("HTTP"), tcp(443).of("HTTPS").note("SSL")])
        .auth(&[Basic, Negotiate], &[Basic, Digest, Ntlm, Negotiate])
        .default_auth_note("Basic / Integrated Windows authentication (Negotiate)")
        .encrypted(Yes, &["HTTPS"], NotStated),
    path("availability", (ClientAccess, 7), &CLIENT, &CLIENT_ACCESS)
        .serving(&["Availability service"])
        .ports(&[tcp(80).of("HTTP"), tcp(443).of("HTTPS").note("SSL")])
        .auth(&[Ntlm, Kerberos], &[Ntlm, Kerberos])
        .encrypted(Yes, &["HTTPS"], NotStated),
    path("mailbox-replication-service", (ClientAccess, 8), &ANY, &CLIENT_ACCESS)
        .serving(&["Mailbox Replication Service (MRS)"])
        .ports(&[tcp(808)])
        .auth(&[Kerberos, Ntlm], &[Kerberos, Ntlm])
        .encrypted(Yes, &["RPC"], NotStated),
    path("outlook-oab-web", (ClientAccess, 9), &OUTLOOK, &CLIENT_ACCESS)
        .serving(&["Offline Address Book download"])
        .ports(&[tcp(80).of("HTTP"), tcp(443).of("HTTPS").note("SSL")])
        .auth(&[Ntlm, Kerberos], &[Ntlm, Kerberos])
        .encrypted(Yes, &["HTTPS"], NotStated),
    path("owa", (ClientAccess, 10), &CLIENT, &CLIENT_ACCESS)
        .serving(&["Outlook Web App"])
        .ports(&[tcp(80).of("HTTP"), tcp(443).of("HTTPS").note("SSL")])
        .auth(&[FormsBased], &[Basic, Digest, FormsBased, Ntlm, Kerberos, Certificate])
        .encrypted(Yes, &["HTTPS"], Yes)
        .on_ground(Ground::Translation)
        .qualified("with the self-signed certificate"),
    path("pop3", (ClientAccess, 11), &CLIENT, &CLIENT_ACCESS)
        .serving(&["POP3"])
        .ports(&[tcp(110).of("POP3").note("TLS"), tcp(995).of("POP3S").note("SSL")])
        .auth(&[Basic, Kerberos], &[Basic, Kerberos])
        .encrypted(Yes, &["SSL", "TLS"], Yes)
        .on_ground(Ground::CompiledTable),
    path("imap4", (ClientAccess, 12), &CLIENT, &CLIENT_ACCESS)
        .serving(&["IMAP4"])
        .ports(&[tcp(143).of("IMAP4").note("TLS"), tcp(993).of("IMAPS").note("SSL")])
        .auth(&[Basic, Kerberos], &[Basic, Kerberos])
        .encrypted(Yes, &["SSL", "TLS"], Yes)
        .on_ground(Ground::CompiledTable),
    path("cas-to-mailbox", (ClientAccess, 13), &CLIENT_ACCESS, &MAILBOX)
        .ports(&[tcp(135).of("RPC").note("inferred: RPC endpoint mapper")])
        .dynamic()
        .auth(&[Kerberos], &[Ntlm, Kerberos])
        .encrypted(Yes, &["RPC"], Yes)
        .on_ground(Ground::CompiledTable),
    path("cas-to-legacy-mailbox", (ClientAccess, 14), &CLIENT_ACCESS, &LEGACY_MAILBOX)
        .ports(&[tcp(80).of("HTTP"), tcp(443).of("HTTPS").note("SSL")])
        .auth(&[Ntlm, Kerberos], &[Negotiate, Basic, PlainText])
        .encrypted(Yes, &["IPsec"], No)
        .on_ground(Ground::CompiledTable),
    path("cas-to-ocs", (ClientAccess, 15), &CLIENT_ACCESS, &OFFICE_COMMUNICATIONS_SERVER)
        .serving(&["Office Communications Server integration"])
        .ports(&[tcp(5061).of("SIP")])
        .auth(&[Certificate], &[Certificate])
        .default_auth_note("mutual TLS, required")
        .encrypted(Yes, &["SSL"], Yes)
        .on_ground(Ground::CompiledTable),
    path("ocs-to-cas", (ClientAccess, 16), &OFFICE_COMMUNICATIONS_SERVER, &CLIENT_ACCESS)
        .serving(&["Office Communications Server integration"])
        .ports(&[tcp(5075), tcp(5076), tcp(5077)])
        .auth(&[Certificate], &[Certificate])
        .default_auth_note("mutual TLS, required")
        .encrypted(Yes, &["SSL"], Yes)
        .on_ground(Ground::CompiledTable),
    path("mapi-access", (ClientAccess, 0), &OUTLOOK, &CLIENT_ACCESS)
        .from("Exchange 2010 Client Access Server: Configure Static RPC Ports")
        .serving(&["MAPI"])
        .ports(&[tcp(135).of("RPC").note("endpoint mapper; further ports dynamic")])
        .dynamic()
        .encrypted(Yes, &["RPC"], NotStated),
    path("outlook-anywhere", (ClientAccess, 0), &CLIENT, &CLIENT_ACCESS)
        .from("Recommendations for Deploying Outlook Anywhere")
        .serving(&["Outlook Anywhere (RPC over HTTP)"])
        .ports(&[tcp(443).of("HTTPS").note("SSL")])
        .auth(&[], &[Ntlm, Basic])
        .encrypted(Yes, &["HTTPS"], NotStated),
];
