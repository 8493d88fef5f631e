//! The table smtp-listeners of the 2016 edition: 7 rows.

use super::roles::{
    FRONT_END_TRANSPORT, MAILBOX_TRANSPORT_DELIVERY, MAILBOX_TRANSPORT_SUBMISSION, SMTP_SERVER,
    TRANSPORT_SERVICE,
};
use crate::datapath::Auth::{Anonymous, Basic, ExchangeServer, Kerberos, Ntlm};
use crate::datapath::Stated::{NotStated, Yes};
use crate::datapath::Table::SmtpListeners;
use crate::datapath::path::{DataPath, path, tcp};

/// The data paths, in the order of the source.
pub(crate) static PATHS: &[DataPath] = &[
    path("smtp-default-frontend", (SmtpListeners, 1), &SMTP_SERVER, &FRONT_END_TRANSPORT)
        .from("Receive connectors")
        .ports(&[tcp(25).of("SMTP")])
        .auth(&[Anonymous], &[Anonymous, Basic, Ntlm, Kerberos, ExchangeServer])
        .encrypted(Yes, &["TLS"], NotStated)
        .taken_by("Default Frontend <Server>"),
    path("smtp-outbound-proxy", (SmtpListeners, 2), &TRANSPORT_SERVICE, &FRONT_END_TRANSPORT)
        .from("Receive connectors")
        .ports(&[tcp(717).of("SMTP")])
        .auth(&[], &[Basic, Ntlm, Kerberos, ExchangeServer])
        .encrypted(Yes, &["TLS"], Yes)
        .qualified("with the self-signed certificate")
        .taken_by("Outbound Proxy Frontend <Server>"),
    path("smtp-client-proxy", (SmtpListeners, 3), &FRONT_END_TRANSPORT, &TRANSPORT_SERVICE)
        .from("Receive connectors")
        .ports(&[tcp(465).of("SMTP")])
        .auth(&[], &[Basic, Ntlm, Kerberos, ExchangeServer])
        .encrypted(Yes, &["TLS"], NotStated)
        .taken_by("Client Proxy <Server>"),
    path("smtp-default-from-front-end", (SmtpListeners, 4), &FRONT_END_TRANSPORT, &TRANSPORT_SERVICE)
        .from("Receive connectors")
        .ports(&[tcp(2525).of("SMTP")])
        .auth(&[], &[Basic, Ntlm, Kerberos, ExchangeServer])
        .encrypted(Yes, &["TLS"], Yes)
        .qualified("with the self-signed certificate")
        .taken_by("Default <Server>"),
    path("smtp-default-from-transport", (SmtpListeners, 5), &TRANSPORT_SERVICE, &TRANSPORT_SERVICE)
        .from("Receive connectors")
        .ports(&[tcp(2525).of("SMTP")])
        .auth(&[], &[Basic, Ntlm, Kerberos, ExchangeServer])
        .encrypted(Yes, &["TLS"], Yes)
        .qualified("with the self-signed certificate")
        .taken_by("Default <Server>"),
    path(
        "smtp-default-from-mailbox-transport",
        (SmtpListeners, 6),
        &MAILBOX_TRANSPORT_SUBMISSION,
        &TRANSPORT_SERVICE,
    )
    .from("Receive connectors")
    .ports(&[tcp(2525).of("SMTP")])
    .auth(&[], &[Basic, Ntlm, Kerberos, ExchangeServer])
    .encrypted(Yes, &["TLS"], Yes)
    .qualified("with the self-signed certificate")
    .taken_by("Default <Server>"),
    path("smtp-mailbox-delivery", (SmtpListeners, 7), &TRANSPORT_SERVICE, &MAILBOX_TRANSPORT_DELIVERY)
        .from("Receive connectors")
        .ports(&[tcp(475).of("SMTP")])
        .auth(&[ExchangeServer], &[ExchangeServer]),
];
