//! Edition 2010: "Exchange Network Port Reference".

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
    name: "2010",
    title: "Exchange Network Port Reference",
    versions: &[Version::V2010],
    complete: false,
    roles: roles::ROLES,
    paths: &[transport::PATHS, mailbox::PATHS, client_access::PATHS, unified_messaging::PATHS],
    notes: notes::NOTES,
};
