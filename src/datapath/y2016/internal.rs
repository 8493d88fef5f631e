//! The table internal of the 2016 edition: 12 paths from the text around the tables.

use super::roles::{
    CLIENT_ACCESS_SERVICES, DOMAIN_CONTROLLER, MAILBOX_SERVER, OLDER_EXCHANGE_SERVER,
    SKYPE_FOR_BUSINESS_SERVER,
};
use crate::datapath::Table::Internal;
use crate::datapath::path::{DataPath, path};
use crate::param::Version::{V2013, V2016};

/// The data paths, in the order of the source.
pub(crate) static PATHS: &[DataPath] = &[
    path("internal-mailbox-to-mailbox", (Internal, 0), &MAILBOX_SERVER, &MAILBOX_SERVER)
        .from("notes")
        .ports_note("every port and protocol")
        .any_port()
        .dynamic(),
    path("internal-mailbox-to-domain-controller", (Internal, 0), &MAILBOX_SERVER, &DOMAIN_CONTROLLER)
        .from("notes")
        .ports_note("every port and protocol")
        .any_port()
        .dynamic(),
    path("internal-domain-controller-to-mailbox", (Internal, 0), &DOMAIN_CONTROLLER, &MAILBOX_SERVER)
        .from("notes")
        .ports_note("every port and protocol")
        .any_port()
        .dynamic(),
    path("internal-mailbox-to-skype", (Internal, 0), &MAILBOX_SERVER, &SKYPE_FOR_BUSINESS_SERVER)
        .from("notes")
        .ports_note("every port and protocol")
        .any_port()
        .dynamic(),
    path("internal-skype-to-mailbox", (Internal, 0), &SKYPE_FOR_BUSINESS_SERVER, &MAILBOX_SERVER)
        .from("notes")
        .ports_note("every port and protocol")
        .any_port()
        .dynamic(),
    path("internal-client-access-to-mailbox", (Internal, 0), &CLIENT_ACCESS_SERVICES, &MAILBOX_SERVER)
        .from("notes")
        .ports_note("every port and protocol")
        .any_port()
        .dynamic()
        .on(&[V2013]),
    path("internal-mailbox-to-client-access", (Internal, 0), &MAILBOX_SERVER, &CLIENT_ACCESS_SERVICES)
        .from("notes")
        .ports_note("every port and protocol")
        .any_port()
        .dynamic()
        .on(&[V2013]),
    path(
        "internal-client-access-to-client-access",
        (Internal, 0),
        &CLIENT_ACCESS_SERVICES,
        &CLIENT_ACCESS_SERVICES,
    )
    .from("notes")
    .ports_note("every port and protocol")
    .any_port()
    .dynamic()
    .on(&[V2013]),
    path(
        "internal-client-access-to-domain-controller",
        (Internal, 0),
        &CLIENT_ACCESS_SERVICES,
        &DOMAIN_CONTROLLER,
    )
    .from("notes")
    .ports_note("every port and protocol")
    .any_port()
    .dynamic()
    .on(&[V2013]),
    path(
        "internal-domain-controller-to-client-access",
        (Internal, 0),
        &DOMAIN_CONTROLLER,
        &CLIENT_ACCESS_SERVICES,
    )
    .from("notes")
    .ports_note("every port and protocol")
    .any_port()
    .dynamic()
    .on(&[V2013]),
    path("internal-older-to-mailbox", (Internal, 0), &OLDER_EXCHANGE_SERVER, &MAILBOX_SERVER)
        .from("notes")
        .ports_note("every port and protocol")
        .any_port()
        .dynamic()
        .on(&[V2013, V2016]),
    path("internal-mailbox-to-older", (Internal, 0), &MAILBOX_SERVER, &OLDER_EXCHANGE_SERVER)
        .from("notes")
        .ports_note("every port and protocol")
        .any_port()
        .dynamic()
        .on(&[V2013, V2016]),
];
