//! The senders and recipients that witness an ability: one of each kind that can come out differently.

use super::identity::ClientIdentity;
use crate::organization::accepted_domain::DomainType;
use crate::session::{Policy, plain_address};

/// Domains that Microsoft's documentation uses for other organizations; the first that is not accepted is foreign.
const FOREIGN: [&str; 4] = ["fabrikam.com", "fabrikam.net", "tailspintoys.com", "wingtiptoys.com"];

/// Mail addresses of an organization, and of none.
#[derive(Clone, Debug)]
pub struct Addresses {
    foreign_sender: String,
    /// Senders of authoritative domains: one that is not under Domain Security, and one that is.
    own_senders: Vec<String>,
    secure_sender: Option<String>,
    /// A recipient in each accepted domain, or the local postmaster where there is none.
    accepted: Vec<String>,
    /// Recipients of no accepted domain; where accepted domains take every domain, one in those too.
    relayed: Vec<String>,
    /// An account that no list names.
    stranger: String,
}

impl Addresses {
    /// The addresses that can come out differently in an organization.
    #[must_use]
    pub fn new(policy: &Policy) -> Self {
        let domains = &policy.domains;
        let numbered = || (1..).map(|number| format!("fabrikam{number}.com"));
        let candidates = FOREIGN.iter().map(|name| (*name).to_owned()).chain(numbered().take(1000));
        // Where `*` is accepted no domain is foreign, and the first stands for all.
        let mut foreign =
            candidates.filter(|name| domains.find(name).is_none() && !policy.is_receive_secure(name));
        let foreign = foreign.next().unwrap_or_else(|| FOREIGN[0].to_owned());
        let in_domain = |suffix: &str| if suffix == "*" { FOREIGN[0].to_owned() } else { suffix.to_owned() };
        let own = |secure: bool| {
            let mut all = domains.all().iter().filter(|one| one.domain_type == DomainType::Authoritative);
            all.find(|one| policy.is_receive_secure(one.suffix()) == secure)
        };
        let accepted = domains.all().iter().map(|domain| format!("bob@{}", in_domain(domain.suffix())));
        let mut accepted: Vec<String> = accepted.collect();
        if accepted.is_empty() {
            accepted.push("postmaster".to_owned());
        }
        let caught = domains.all().iter().find(|domain| domain.catches_all()).map(|domain| {
            let top = domain.suffix();
            if top == "*" { format!("bob@{}", FOREIGN[0]) } else { format!("bob@fabrikam.{top}") }
        });
        Addresses {
            own_senders: [own(false), own(true)]
                .into_iter()
                .flatten()
                .map(|domain| format!("administrator@{}", in_domain(domain.suffix())))
                .collect(),
            secure_sender: policy.receive_secure_domain().map(|domain| format!("alice@{domain}")),
            relayed: std::iter::once(format!("bob@{foreign}")).chain(caught).collect(),
            foreign_sender: format!("alice@{foreign}"),
            accepted,
            stranger: format!(r"{}\anyone", policy.domain),
        }
    }

    /// An account that neither an access list nor the organization names.
    #[must_use]
    pub fn stranger(&self) -> &str {
        &self.stranger
    }

    /// The domain that a partner's certificate names.
    pub(super) fn secure_domain(&self) -> Option<String> {
        let domain = self.secure_sender.as_deref()?.rsplit_once('@')?.1;
        Some(domain.to_owned())
    }

    /// Recipients in accepted domains.
    pub(super) fn accepted(&self) -> &[String] {
        &self.accepted
    }

    /// Recipients that only a relay takes.
    pub(super) fn relayed(&self) -> &[String] {
        &self.relayed
    }

    /// Senders that a client has by right: the account's own address, the partner's domain, a foreign one.
    pub(super) fn natural(&self, identity: &ClientIdentity, policy: &Policy) -> Vec<String> {
        let foreign = || vec![self.foreign_sender.clone()];
        match identity {
            ClientIdentity::Unauthenticated => foreign(),
            ClientIdentity::Partner => self.secure_sender.iter().cloned().collect(),
            ClientIdentity::Server(_) => self.any(identity, policy),
            // An account whose addresses are not known can always send as <>, which is never checked (P11).
            ClientIdentity::AnyAccount => vec![String::new()],
            ClientIdentity::Account(name) => {
                let own = policy.known(name).and_then(|account| account.addresses.as_ref());
                own.into_iter()
                    .flatten()
                    .map(|own| plain_address(own).to_owned())
                    .chain([String::new()])
                    .collect()
            }
        }
    }

    /// Every sender that can come out differently.
    pub(super) fn any(&self, identity: &ClientIdentity, policy: &Policy) -> Vec<String> {
        let natural = match identity {
            ClientIdentity::Server(_) => Vec::new(),
            other => self.natural(other, policy),
        };
        let all = natural.into_iter().chain([self.foreign_sender.clone()]).chain(self.own_senders.clone());
        let mut senders: Vec<String> = all.chain([String::new()]).collect();
        let mut seen = std::collections::HashSet::new();
        senders.retain(|sender| seen.insert(sender.clone()));
        senders
    }

    /// Senders of authoritative domains, which are the organization's own.
    pub(super) fn own(&self) -> Vec<String> {
        self.own_senders.clone()
    }

    /// Senders that are not an account's or a server's own.
    pub(super) fn others(&self) -> Vec<String> {
        self.own_senders.iter().cloned().chain([self.foreign_sender.clone()]).collect()
    }
}
