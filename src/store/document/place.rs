//! Where a document stands: what errors call it, and whose domain its access lists speak of.

use crate::permission::DOMAIN;

/// A document's file, and the NetBIOS domain of its organization.
#[derive(Clone, Copy, Debug)]
pub struct Place<'a> {
    /// The file, as errors call it.
    pub file: &'a str,
    /// The domain in the names of the organization's own groups.
    pub domain: &'a str,
}

/// A file whose organization goes unnamed: `<DOMAIN>` stands in its place.
impl<'a> From<&'a str> for Place<'a> {
    fn from(file: &'a str) -> Self {
        Place { file, domain: DOMAIN }
    }
}

impl<'a> From<&'a String> for Place<'a> {
    fn from(file: &'a String) -> Self {
        Place::from(file.as_str())
    }
}
