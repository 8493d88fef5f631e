//! Accepted domains: which domains the organization takes mail for, and how.

mod pattern;
pub mod rows;
mod rules;

pub use pattern::DOMAIN_PATTERN;
pub use rows::AcceptedDomain;

use super::Member;
use crate::param::{Finding, Noun, Row, closed, record, same_name};
use crate::server::Directory;

closed! {
    /// What becomes of mail for a domain.
    #[derive(Default)]
    DomainType: #[default] Authoritative, ExternalRelay, InternalRelay
}

impl AcceptedDomain {
    /// An authoritative domain of that name.
    #[must_use]
    pub fn new(name: &str, domain_name: &str) -> Self {
        AcceptedDomain {
            name: name.to_owned(),
            domain_name: domain_name.to_owned(),
            ..AcceptedDomain::blank()
        }
    }

    /// The domain that it is of: `contoso.com` of itself and of `*.contoso.com`, and `*` of `*`.
    #[must_use]
    pub(crate) fn suffix(&self) -> &str {
        self.domain_name.strip_prefix("*.").unwrap_or(&self.domain_name)
    }

    /// Whether it is the accepted domain `domain`, with or without all below it.
    #[must_use]
    pub(crate) fn is_of(&self, domain: &str) -> bool {
        same_name(self.suffix(), domain)
    }

    /// Whether it takes mail for so much that whoever may submit can relay: `*`, or a top-level domain with all
    /// below it (R3).
    #[must_use]
    pub(crate) fn catches_all(&self) -> bool {
        match self.domain_name.strip_prefix("*.") {
            Some(parent) => !parent.contains('.'),
            None => self.domain_name == "*" || self.match_sub_domains && !self.domain_name.contains('.'),
        }
    }
}

impl Noun for AcceptedDomain {
    const NAME: &'static str = "AcceptedDomain";
    type Scene = super::Scene;
    const FIRST: &'static [&'static Row<Self>] = &[&rows::NAME, &rows::GUID];
    const LAST: &'static [&'static Row<Self>] = &[&rows::WHEN_CREATED, &rows::WHEN_CHANGED];

    fn rows() -> &'static [&'static Row<Self>] {
        rows::ROWS
    }
}

record::record!(AcceptedDomain);

impl Member for AcceptedDomain {
    const TABLE: &'static [&'static str] = &["Name", "DomainName", "DomainType", "Default"];
    const CATEGORY: &'static str = "ms-Exch-Accepted-Domain";
    const CONTAINER: &'static str = "CN=Accepted Domains,CN=Transport Settings";

    /// AD3: the store's own domain is the first, Authoritative and the default.
    fn first(directory: &Directory) -> Vec<Self> {
        vec![AcceptedDomain { default: true, ..AcceptedDomain::new(&directory.domain, &directory.domain) }]
    }

    fn check(all: &[Self]) -> Vec<(usize, Finding)> {
        rules::check(all)
    }
}
