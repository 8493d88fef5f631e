//! The table unified-messaging of the 2010 edition: 2 rows, and what another page says of IP gateways.

use super::roles::{CLIENT_ACCESS, DOMAIN_CONTROLLER, IP_GATEWAY, UNIFIED_MESSAGING};
use crate::datapath::Auth::{Basic, Certificate, Digest, Kerberos, Negotiate, Ntlm};
use crate::datapath::Ground;
use crate::datapath::Stated::{NotStated, Yes};
use crate::datapath::Table::UnifiedMessaging;
use crate::datapath::path::{DataPath, path, tcp, udp};

/// The data paths, in the order of the source.
pub(crate) static PATHS: &[DataPath] = &[
    path("um-to-ad", (UnifiedMessaging, 1), &UNIFIED_MESSAGING, &DOMAIN_CONTROLLER)
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
    path("um-to-cas", (UnifiedMessaging, 2), &UNIFIED_MESSAGING, &CLIENT_ACCESS)
        .ports(&[tcp(5075), tcp(5076), tcp(5077)])
        .auth(&[Negotiate], &[Basic, Digest, Ntlm, Negotiate])
        .default_auth_note("Integrated Windows authentication (Negotiate)")
        .encrypted(Yes, &["SSL"], Yes)
        .on_ground(Ground::CompiledTable),
    path("um-phone", (UnifiedMessaging, 0), &IP_GATEWAY, &UNIFIED_MESSAGING)
        .from("Understanding Unified Messaging Protocols, Ports, and Services")
        .serving(&["Phone interaction (PBX)"])
        .ports(&[
            tcp(5060).of("SIP"),
            tcp(5061).of("SIP").note("mutual TLS"),
            tcp(5065).of("SIP"),
            tcp(5066).of("SIP").note("mutual TLS"),
            tcp(5067).of("SIP"),
            tcp(5068).of("SIP").note("mutual TLS"),
        ])
        .dynamic()
        .auth(&[], &[Certificate])
        .supported_auth_note("Certificate: mutual TLS")
        .encrypted(Yes, &["SIP over TLS"], NotStated),
];
