//! What an absent key means: an object with every default, which reading fills and writing compares with.

use crate::param::{Declared, Platform};
use crate::server::{Directory, Server};

/// A server of which nothing is said; its roles have no default.
pub(super) fn server() -> Server {
    Server::defaults(Platform::NEWEST)
}

/// An organization of which nothing is said beside its domain, that the NetBIOS name follows.
pub(super) fn directory(domain: Option<&str>) -> Directory {
    let blank = Directory::defaults(Platform::NEWEST);
    Directory::new(&blank.organization, domain.unwrap_or(&blank.domain))
}
