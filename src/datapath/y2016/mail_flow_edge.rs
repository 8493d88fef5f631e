//! The table mail-flow-edge of the 2016 edition: 7 rows, and 1 path from the text around the tables.

use super::roles::{DNS_SERVER, EDGE_TRANSPORT, INTERNET, MAILBOX_SERVER};
use crate::datapath::Auth::Anonymous;
use crate::datapath::Stated::{NotStated, Yes};
use crate::datapath::Table::MailFlowEdge;
use crate::datapath::path::{DataPath, path, tcp, udp};
use crate::param::Version::{Se, V2013, V2016, V2019};

/// The data paths, in the order of the source.
pub(crate) static PATHS: &[DataPath] = &[
    path("inbound-internet-to-edge", (MailFlowEdge, 1), &INTERNET, &EDGE_TRANSPORT)
        .ports(&[tcp(25).of("SMTP")])
        .auth(&[Anonymous], &[])
        .encrypted(Yes, &["TLS"], NotStated)
        .taken_by("Default internal Receive connector <EdgeServer>"),
    path("inbound-edge-to-organization", (MailFlowEdge, 2), &EDGE_TRANSPORT, &MAILBOX_SERVER)
        .ports(&[tcp(25).of("SMTP")])
        .encrypted(Yes, &["TLS"], NotStated)
        .taken_by("Default Frontend <Server>")
        .sent_by("EdgeSync - Inbound to <Site>"),
    path("outbound-organization-to-edge", (MailFlowEdge, 3), &MAILBOX_SERVER, &EDGE_TRANSPORT)
        .ports(&[tcp(25).of("SMTP")])
        .encrypted(Yes, &["TLS"], NotStated)
        .taken_by("Default internal Receive connector <EdgeServer>"),
    path("outbound-edge-to-internet", (MailFlowEdge, 4), &EDGE_TRANSPORT, &INTERNET)
        .ports(&[tcp(25).of("SMTP")])
        .encrypted(Yes, &["TLS"], NotStated)
        .sent_by("EdgeSync - <Site> to Internet"),
    path("edgesync", (MailFlowEdge, 5), &MAILBOX_SERVER, &EDGE_TRANSPORT)
        .ports(&[tcp(50636).of("LDAPS").note("secure LDAP")])
        .encrypted(Yes, &["LDAPS"], Yes),
    path("dns-edge", (MailFlowEdge, 6), &EDGE_TRANSPORT, &DNS_SERVER)
        .ports(&[udp(53).of("DNS"), tcp(53).of("DNS")]),
    path("open-proxy-detection", (MailFlowEdge, 7), &EDGE_TRANSPORT, &INTERNET)
        .serving(&["Sender reputation (Protocol Analysis agent)"])
        .ports(&[
            tcp(1081).of("SOCKS4/SOCKS5"),
            tcp(1080).of("SOCKS4/SOCKS5"),
            tcp(23).of("Wingate/Telnet/Cisco"),
            tcp(6588).of("HTTP CONNECT/POST"),
            tcp(3128).of("HTTP CONNECT/POST"),
            tcp(80).of("HTTP CONNECT/POST"),
        ])
        .on(&[V2016, V2019, Se]),
    path("sender-reputation-proxy", (MailFlowEdge, 0), &EDGE_TRANSPORT, &INTERNET)
        .from("2013 page, row 7")
        .serving(&["Sender reputation (Protocol Analysis agent)"])
        .ports_note("the port of your outbound proxy server")
        .on(&[V2013]),
];
