//! Edition 2007: "Data Path Security Reference".

mod client_access;
mod mailbox;
mod notes;
mod roles;
mod transport;
mod unified_messaging;

use super::Edition;
use crate::param::Version;

/// The edition.
pub(crate) static EDITION: Edition = Edition {
    name: "2007",
    title: "Data Path Security Reference",
    versions: &[Version::V2007],
    complete: true,
    roles: roles::ROLES,
    paths: &[transport::PATHS, mailbox::PATHS, client_access::PATHS, unified_messaging::PATHS],
    notes: notes::NOTES,
};
