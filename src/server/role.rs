//! Server roles, and which of them a version has and combines.

use enumset::{EnumSet, EnumSetType};
use strum::{EnumString, IntoStaticStr, VariantNames};

use crate::param::{Closed, Version};

/// A role of an Exchange server.
#[derive(EnumSetType, Debug, PartialOrd, Ord, VariantNames, IntoStaticStr, EnumString)]
#[expect(missing_docs, reason = "the product's own names")]
pub enum ServerRole {
    HubTransport,
    EdgeTransport,
    Mailbox,
    ClientAccess,
    UnifiedMessaging,
}

impl Closed for ServerRole {}

/// The roles that a version has. All but EdgeTransport combine; EdgeTransport stands alone.
#[must_use]
pub fn allowed_roles(version: Version) -> EnumSet<ServerRole> {
    use ServerRole::{ClientAccess, EdgeTransport, Mailbox};
    match version {
        Version::V2007 | Version::V2010 => EnumSet::all(),
        Version::V2013 => Mailbox | ClientAccess | EdgeTransport,
        Version::V2016 | Version::V2019 | Version::Se => Mailbox | EdgeTransport,
    }
}
