//! The table client-access of the 2007 edition: 14 rows.

use super::roles::{CLIENT, CLIENT_ACCESS, LEGACY_MAILBOX, MAILBOX, OUTLOOK, UNIFIED_MESSAGING};
use crate::datapath::Auth::{
    Basic, ByIpAddress, Certificate, Digest, FormsBased, Kerberos, Negotiate, Ntlm, PlainText,
};
use crate::datapath::Ground;
use crate::datapath::Stated::{NotStated, Yes};
use crate::datapath::Table::ClientAccess;
use crate::datapath::path::{DataPath, path, tcp};

/// The data paths, in the order of the source.
pub(crate) static PATHS: &[DataPath] = &[
    path("autodiscover", (ClientAccess, 1), &CLIENT, &CLIENT_ACCESS)
        .serving(&["Autodiscover"])
        .ports(&[tcp(80).of("HTTP"), tcp(443).of("HTTPS").note("SSL")])
        .auth(&[Basic, Negotiate], &[Basic, Digest, Ntlm, Negotiate])
        .default_auth_note("Basic / Integrated Windows authentication (Negotiate)")
        .encrypted(Yes, &["HTTPS"], NotStated),
    path("availability", (ClientAccess, 2), &CLIENT, &CLIENT_ACCESS)
        .serving(&["Availability service"])
        .ports(&[tcp(80).of("HTTP"), tcp(443).of("HTTPS").note("SSL")])
        .auth(&[Ntlm, Kerberos], &[Ntlm, Kerberos])
        .encrypted(Yes, &["HTTPS"], NotStated),
    path("owa", (ClientAccess, 3), &CLIENT, &CLIENT_ACCESS)
        .serving(&["Outlook Web Access"])
        .ports(&[tcp(80).of("HTTP"), tcp(443).of("HTTPS").note("SSL")])
        .auth(&[FormsBased], &[Basic, Digest, FormsBased, Ntlm, Kerberos, Certificate])
        .encrypted(Yes, &["HTTPS"], Yes)
        .qualified("with the self-signed certificate"),
    path("pop3", (ClientAccess, 4), &CLIENT, &CLIENT_ACCESS)
        .serving(&["POP3"])
        .ports(&[tcp(110).of("POP3").note("TLS"), tcp(995).of("POP3S").note("SSL")])
        .auth(&[Basic, Ntlm, Kerberos], &[Basic, Ntlm, Kerberos])
        .encrypted(Yes, &["SSL", "TLS"], NotStated),
    path("imap4", (ClientAccess, 5), &CLIENT, &CLIENT_ACCESS)
        .serving(&["IMAP4"])
        .ports(&[tcp(143).of("IMAP4").note("TLS"), tcp(993).of("IMAPS").note("SSL")])
        .auth(&[Basic, Ntlm, Kerberos], &[Basic, Ntlm, Kerberos])
        .encrypted(Yes, &["SSL", "TLS"], NotStated),
    path("outlook-anywhere", (ClientAccess, 6), &CLIENT, &CLIENT_ACCESS)
        .serving(&["Outlook Anywhere (RPC over HTTP)"])
        .ports(&[tcp(80).of("HTTP"), tcp(443).of("HTTPS").note("SSL")])
        .auth(&[Basic], &[Basic, Ntlm])
        .encrypted(Yes, &["HTTPS"], NotStated),
    path("activesync", (ClientAccess, 7), &CLIENT, &CLIENT_ACCESS)
        .serving(&["Exchange ActiveSync"])
        .ports(&[tcp(80).of("HTTP"), tcp(443).of("HTTPS").note("SSL")])
        .auth(&[Basic], &[Basic, Certificate])
        .encrypted(Yes, &["HTTPS"], NotStated),
    path("cas-to-um", (ClientAccess, 8), &CLIENT_ACCESS, &UNIFIED_MESSAGING)
        .serving(&["SIP"])
        .ports(&[tcp(5060).of("SIP"), tcp(5061).of("SIP"), tcp(5062).of("SIP")])
        .dynamic()
        .auth(&[ByIpAddress], &[ByIpAddress])
        .encrypted(Yes, &["SIP over TLS"], NotStated),
    path("cas-to-legacy-mailbox", (ClientAccess, 9), &CLIENT_ACCESS, &LEGACY_MAILBOX)
        .ports(&[tcp(80).of("HTTP"), tcp(443).of("HTTPS").note("SSL")])
        .auth(&[Ntlm, Kerberos], &[Negotiate, Basic, PlainText])
        .encrypted(Yes, &["IPsec"], NotStated),
    path("cas-to-mailbox", (ClientAccess, 10), &CLIENT_ACCESS, &MAILBOX)
        .ports(&[tcp(135).of("RPC").note("inferred: RPC endpoint mapper")])
        .dynamic()
        .auth(&[Kerberos], &[Ntlm, Kerberos])
        .encrypted(Yes, &["RPC"], Yes)
        .on_ground(Ground::Note),
    path("cas-to-cas-activesync", (ClientAccess, 11), &CLIENT_ACCESS, &CLIENT_ACCESS)
        .serving(&["Exchange ActiveSync proxy"])
        .ports(&[tcp(80).of("HTTP"), tcp(443).of("HTTPS").note("SSL")])
        .auth(&[Kerberos], &[Kerberos, Certificate])
        .encrypted(Yes, &["HTTPS"], Yes)
        .qualified("with the self-signed certificate"),
    path("cas-to-cas-owa", (ClientAccess, 12), &CLIENT_ACCESS, &CLIENT_ACCESS)
        .serving(&["Outlook Web Access proxy"])
        .ports(&[tcp(80).of("HTTP"), tcp(443).of("HTTPS").note("SSL")])
        .auth(&[Kerberos], &[Kerberos])
        .encrypted(Yes, &["HTTPS"], NotStated),
    path("webdav-cas", (ClientAccess, 13), &CLIENT, &CLIENT_ACCESS)
        .serving(&["WebDAV"])
        .ports(&[tcp(80).of("HTTP"), tcp(443).of("HTTPS").note("SSL")])
        .auth(&[Basic, FormsBased], &[Basic, FormsBased])
        .encrypted(Yes, &["HTTPS"], NotStated),
    path("outlook-oab-web", (ClientAccess, 14), &OUTLOOK, &CLIENT_ACCESS)
        .serving(&["Offline Address Book download"])
        .ports(&[tcp(80).of("HTTP"), tcp(443).of("HTTPS").note("SSL")])
        .auth(&[Ntlm, Kerberos], &[Ntlm, Kerberos])
        .encrypted(Yes, &["HTTPS"], NotStated),
];
