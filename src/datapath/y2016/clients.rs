//! The table clients of the 2016 edition: 5 rows.

use super::roles::{ANY_CLIENT, CLIENT_ACCESS_SERVICES, FRONT_END_TRANSPORT};
use crate::datapath::Auth::{Basic, Kerberos, Ntlm};
use crate::datapath::Stated::{No, NotStated, Yes};
use crate::datapath::Table::Clients;
use crate::datapath::path::{DataPath, path, tcp};

/// The data paths, in the order of the source.
pub(crate) static PATHS: &[DataPath] = &[
    path("https-clients", (Clients, 1), &ANY_CLIENT, &CLIENT_ACCESS_SERVICES)
        .serving(&[
            "Autodiscover",
            "Exchange ActiveSync",
            "Exchange Web Services",
            "OAB distribution",
            "Outlook Anywhere",
            "MAPI over HTTP",
            "Outlook on the web",
        ])
        .ports(&[tcp(443).of("HTTPS")])
        .encrypted(Yes, &["HTTPS"], Yes),
    path("http-clients", (Clients, 2), &ANY_CLIENT, &CLIENT_ACCESS_SERVICES)
        .serving(&[
            "Internet calendar publishing",
            "Outlook on the web (redirect to 443)",
            "Autodiscover (fallback when 443 is not available)",
        ])
        .ports(&[tcp(80).of("HTTP")])
        .encrypted(No, &[], No),
    path("imap4", (Clients, 3), &ANY_CLIENT, &CLIENT_ACCESS_SERVICES)
        .ports(&[tcp(143).of("IMAP4"), tcp(993).of("IMAPS").note("secure")])
        .encrypted(Yes, &["TLS"], NotStated),
    path("pop3", (Clients, 4), &ANY_CLIENT, &CLIENT_ACCESS_SERVICES)
        .ports(&[tcp(110).of("POP3"), tcp(995).of("POP3S").note("secure")])
        .encrypted(Yes, &["TLS"], NotStated),
    path("smtp-client-submission", (Clients, 5), &ANY_CLIENT, &FRONT_END_TRANSPORT)
        .ports(&[tcp(587).of("SMTP").note("authenticated")])
        .auth(&[], &[Basic, Ntlm, Kerberos])
        .encrypted(Yes, &["TLS"], NotStated)
        .taken_by("Client Frontend <Server>"),
];
