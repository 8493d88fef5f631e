//! Accepted domains, laid out for many questions: which one a mail domain belongs to (M).
//!
//! It knows names and types, and no address.

use std::borrow::Cow;
use std::collections::HashMap;

use foldhash::fast::RandomState;

use crate::organization::AcceptedDomain;

/// The accepted domains of an organization.
#[derive(Clone, Debug, Default)]
pub struct Domains {
    all: Vec<AcceptedDomain>,
    /// By name without `*.`, in small letters: the domain for the name itself, and the one for its subdomains.
    named: HashMap<String, Places, RandomState>,
    every: Option<usize>,
}

#[derive(Clone, Copy, Debug, Default)]
struct Places {
    itself: Option<usize>,
    subdomains: Option<usize>,
}

impl Domains {
    /// These domains. Of several that fit, the nearest counts: the name itself before a domain above it before
    /// `*`, and a plain name before one with a wildcard.
    #[must_use]
    pub fn new(all: &[AcceptedDomain]) -> Self {
        let mut domains = Domains::default();
        for (at, domain) in all.iter().enumerate() {
            if domain.domain_name == "*" {
                domains.every.get_or_insert(at);
                continue;
            }
            let wildcard = domain.domain_name.strip_prefix("*.");
            let key = folded(wildcard.unwrap_or(&domain.domain_name)).into_owned();
            let places = domains.named.entry(key).or_default();
            let plain = |old: usize| all.get(old).is_some_and(|old| !old.domain_name.starts_with("*."));
            if places.itself.is_none_or(|old| wildcard.is_none() && !plain(old)) {
                places.itself = Some(at);
            }
            if wildcard.is_some() || domain.match_sub_domains {
                places.subdomains.get_or_insert(at);
            }
        }
        Domains { all: all.to_vec(), ..domains }
    }

    /// Every accepted domain, as given.
    #[must_use]
    pub fn all(&self) -> &[AcceptedDomain] {
        &self.all
    }

    /// The accepted domain that `domain` belongs to.
    #[must_use]
    pub fn find(&self, domain: &str) -> Option<&AcceptedDomain> {
        let domain = folded(domain);
        let itself = self.named.get(domain.as_ref()).and_then(|places| places.itself);
        let above = || {
            let parents = std::iter::successors(parent(&domain), |below| parent(below));
            parents.filter_map(|name| self.named.get(name)).find_map(|places| places.subdomains)
        };
        itself.or_else(above).or(self.every).and_then(|at| self.all.get(at))
    }

    /// Whether they hold so much that whoever may submit can relay (R3).
    #[must_use]
    pub fn catch_all(&self) -> bool {
        self.all.iter().any(AcceptedDomain::catches_all)
    }
}

/// The domain above this one.
fn parent(domain: &str) -> Option<&str> {
    domain.split_once('.').map(|(_, rest)| rest)
}

/// A domain name as it is compared: in small letters, without the last dot.
pub(super) fn folded(name: &str) -> Cow<'_, str> {
    let name = name.strip_suffix('.').unwrap_or(name);
    let is_small = |byte: u8| byte.is_ascii() && !byte.is_ascii_uppercase();
    if name.bytes().all(is_small) || !name.chars().any(char::is_uppercase) {
        Cow::Borrowed(name)
    } else {
        Cow::Owned(name.to_lowercase())
    }
}

/// What follows the last `@` of an address; nothing for one without a domain.
pub(super) fn domain_of(address: &str) -> Option<&str> {
    address.rsplit_once('@').map(|(_, domain)| domain).filter(|domain| !domain.is_empty())
}
