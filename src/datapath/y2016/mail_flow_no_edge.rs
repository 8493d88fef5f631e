//! The table mail-flow-no-edge of the 2016 edition: 4 rows, and 1 path from the text around the tables.

use super::roles::{CLIENT_ACCESS_SERVICES, DNS_SERVER, FRONT_END_TRANSPORT, INTERNET, MAILBOX_SERVER};
use crate::datapath::Auth::Anonymous;
use crate::datapath::Stated::{NotStated, Yes};
use crate::datapath::Table::MailFlowNoEdge;
use crate::datapath::path::{DataPath, path, tcp, udp};
use crate::param::Version::V2013;

/// The data paths, in the order of the source.
pub(crate) static PATHS: &[DataPath] = &[
    path("inbound-mail", (MailFlowNoEdge, 1), &INTERNET, &FRONT_END_TRANSPORT)
        .ports(&[tcp(25).of("SMTP")])
        .auth(&[Anonymous], &[])
        .encrypted(Yes, &["TLS"], NotStated)
        .taken_by("Default Frontend <Server>"),
    path("outbound-mail", (MailFlowNoEdge, 2), &MAILBOX_SERVER, &INTERNET)
        .ports(&[tcp(25).of("SMTP")])
        .encrypted(Yes, &["TLS"], NotStated),
    path("outbound-mail-proxied", (MailFlowNoEdge, 3), &FRONT_END_TRANSPORT, &INTERNET)
        .ports(&[tcp(25).of("SMTP")])
        .encrypted(Yes, &["TLS"], NotStated)
        .taken_by("Outbound Proxy Frontend <Server>"),
    path("dns-mailbox", (MailFlowNoEdge, 4), &MAILBOX_SERVER, &DNS_SERVER)
        .ports(&[udp(53).of("DNS"), tcp(53).of("DNS")]),
    path("dns-client-access", (MailFlowNoEdge, 0), &CLIENT_ACCESS_SERVICES, &DNS_SERVER)
        .from("2013 page, row 4")
        .ports(&[udp(53).of("DNS"), tcp(53).of("DNS")])
        .on(&[V2013]),
];
