//! Edition 2016: "Network ports for clients and mail flow in Exchange".

mod clients;
mod internal;
mod mail_flow_edge;
mod mail_flow_no_edge;
mod notes;
mod roles;
mod smtp_listeners;
mod unified_messaging;

use super::Edition;
use crate::param::Version;

/// The edition.
pub(crate) static EDITION: Edition = Edition {
    name: "2016",
    title: "Network ports for clients and mail flow in Exchange",
    versions: &[Version::V2013, Version::V2016, Version::V2019, Version::Se],
    complete: true,
    roles: roles::ROLES,
    paths: &[
        clients::PATHS,
        mail_flow_no_edge::PATHS,
        mail_flow_edge::PATHS,
        unified_messaging::PATHS,
        internal::PATHS,
        smtp_listeners::PATHS,
    ],
    notes: notes::NOTES,
};
