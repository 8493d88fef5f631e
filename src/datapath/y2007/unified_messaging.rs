//! The table unified-messaging of the 2007 edition: 5 rows.

use super::roles::{CLIENT, HUB_TRANSPORT, IP_GATEWAY, MAILBOX, UNIFIED_MESSAGING};
use crate::datapath::Auth::{Basic, ByIpAddress, Certificate, Digest, Kerberos, Negotiate, Ntlm};
use crate::datapath::Ground;
use crate::datapath::Stated::{NotStated, Yes};
use crate::datapath::Table::UnifiedMessaging;
use crate::datapath::path::{DataPath, path, tcp};

/// The data paths, in the order of the source.
pub(crate) static PATHS: &[DataPath] = &[
    path("um-fax", (UnifiedMessaging, 1), &IP_GATEWAY, &UNIFIED_MESSAGING)
        .serving(&["Fax"])
        .ports(&[tcp(5060).of("SIP"), tcp(5061).of("SIP"), tcp(5062).of("SIP")])
        .dynamic()
        .auth(&[ByIpAddress], &[ByIpAddress, Certificate])
        .supported_auth_note("Certificate: mutual TLS")
        .encrypted(Yes, &["SIP over TLS"], Yes)
        .qualified("for SIP; media is not encrypted"),
    path("um-phone", (UnifiedMessaging, 2), &IP_GATEWAY, &UNIFIED_MESSAGING)
        .serving(&["Phone interaction (PBX)"])
        .ports(&[tcp(5060).of("SIP"), tcp(5061).of("SIP"), tcp(5062).of("SIP")])
        .dynamic()
        .auth(&[ByIpAddress], &[ByIpAddress, Certificate])
        .supported_auth_note("Certificate: mutual TLS")
        .encrypted(Yes, &["SIP over TLS"], Yes)
        .qualified("for SIP; media is not encrypted"),
    path("um-web-service", (UnifiedMessaging, 3), &CLIENT, &UNIFIED_MESSAGING)
        .serving(&["Unified Messaging Web service"])
        .ports(&[tcp(80).of("HTTP"), tcp(443).of("HTTPS").note("SSL")])
        .auth(&[Negotiate], &[Basic, Digest, Ntlm, Negotiate])
        .default_auth_note("Integrated Windows authentication (Negotiate)")
        .encrypted(Yes, &["SSL"], NotStated),
    path("um-to-hub-um-table", (UnifiedMessaging, 4), &UNIFIED_MESSAGING, &HUB_TRANSPORT)
        .ports(&[tcp(25).of("SMTP").note("SSL")])
        .auth(&[Kerberos], &[Kerberos])
        .encrypted(Yes, &["TLS"], Yes)
        .on_ground(Ground::EnglishEdition),
    path("um-to-mailbox", (UnifiedMessaging, 5), &UNIFIED_MESSAGING, &MAILBOX)
        .ports(&[tcp(135).of("RPC").note("endpoint mapper; further ports dynamic")])
        .dynamic()
        .auth(&[Ntlm, Kerberos], &[Ntlm, Kerberos])
        .encrypted(Yes, &["RPC"], Yes)
        .on_ground(Ground::Note),
];
