//! Access policies: what clients must never be able to do, and what they must (AC6, AC7).
//!
//! Said by the organization and held by its store; the product has nothing like them.

pub mod rows;

pub use rows::AccessPolicy;

use super::{Member, common};
use crate::net::{RangeSubtraction, RemoteRange};
use crate::param::{Finding, Noun, Row, Rule, closed, record, same_name};

closed! {
    /// What a client can do: send mail to an accepted domain; to any domain; with a sender of an authoritative domain and
    /// without authentication; authenticated, with a sender that is not its own; past anti-spam; past the size limit;
    /// with headers of the organization or forest that are kept; authenticate with a password that is not encrypted;
    /// send mail without encryption.
    #[derive(Hash, PartialOrd, Ord)]
    Ability: Submit, Relay, Spoof, SendAsAnyone, BypassAntiSpam, BypassMessageSizeLimit, ForgeHeaders,
        AuthenticateInClear, SubmitInClear
}

/// Which clients can have an ability at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holders {
    /// All of them.
    Everybody,
    /// All but partners, whose certificate comes by STARTTLS.
    AllButPartners,
    /// Those that prove nothing, and partners.
    Unauthenticated,
    /// Accounts and servers.
    Authenticated,
    /// Accounts.
    Accounts,
}

impl Ability {
    /// Which clients can have it at all: what it is says so, and no connector.
    #[must_use]
    pub(crate) fn holders(self) -> Holders {
        match self {
            Ability::Spoof => Holders::Unauthenticated,
            Ability::SendAsAnyone => Holders::Authenticated,
            Ability::AuthenticateInClear => Holders::Accounts,
            Ability::SubmitInClear => Holders::AllButPartners,
            _ => Holders::Everybody,
        }
    }

    /// Whether the clients that a policy names can have it at all.
    fn fits(self, user: &str) -> bool {
        let unauthenticated = same_name(user, ANONYMOUS) || same_name(user, PARTNER);
        match self.holders() {
            Holders::Everybody => true,
            Holders::AllButPartners => !same_name(user, PARTNER),
            Holders::Unauthenticated => unauthenticated || user == EVERYBODY,
            Holders::Authenticated | Holders::Accounts => !unauthenticated,
        }
    }
}

closed! {
    /// Whether the clients must not have the abilities, or must have them.
    #[derive(Default)]
    PolicyEffect: #[default] Forbid, Require
}

/// The clients without authentication.
pub const ANONYMOUS: &str = "Anonymous";
/// Every account.
pub const AUTHENTICATED: &str = "Authenticated";
/// Domains under Domain Security.
pub const PARTNER: &str = "Partner";
/// All of them, and every account; not the servers of the organization.
pub(crate) const EVERYBODY: &str = "*";

impl AccessPolicy {
    /// Whether it is about a server.
    #[must_use]
    pub(crate) fn has_server(&self, name: &str) -> bool {
        self.servers.is_empty() || self.servers.iter().any(|one| same_name(one, name))
    }

    /// The addresses that it is about: its ranges, or all addresses, but for the excepted ones.
    #[must_use]
    pub fn area(&self) -> Vec<RemoteRange> {
        let every = || ["0.0.0.0/0", "::/0"].iter().filter_map(|text| text.parse().ok()).collect();
        let ranges = if self.remote_ip_ranges.is_empty() { every() } else { self.remote_ip_ranges.clone() };
        let except = RangeSubtraction::new(&self.except_remote_ip_ranges);
        ranges.iter().flat_map(|range| except.left(range)).collect()
    }

    /// What another policy demands otherwise: an ability of the same client from an address of both.
    fn contradicts(&self, other: &AccessPolicy) -> Option<Ability> {
        let (own, theirs) = (self.area(), other.area());
        let users =
            same_name(&self.user, &other.user) || [&self.user, &other.user].iter().any(|u| *u == EVERYBODY);
        let servers = self.servers.is_empty()
            || other.servers.is_empty()
            || self.servers.iter().any(|one| other.has_server(one));
        let meet = || own.iter().any(|range| theirs.iter().any(|their| range.common(their).is_some()));
        let ability = self.abilities.iter().find(|ability| other.abilities.contains(ability)).copied();
        ability.filter(|_| self.effect != other.effect && users && servers && meet())
    }
}

impl Noun for AccessPolicy {
    const NAME: &'static str = "AccessPolicy";
    const OURS: bool = true;
    type Scene = super::Scene;
    const LAST: &'static [&'static Row<Self>] = &[&rows::WHEN_CREATED, &rows::WHEN_CHANGED];

    fn rows() -> &'static [&'static Row<Self>] {
        rows::ROWS
    }
}

record::record!(AccessPolicy);

impl Member for AccessPolicy {
    const TABLE: &'static [&'static str] = &["Name", "Effect", "Ability", "User", "Server", "RemoteIPRanges"];
    fn check(all: &[Self]) -> Vec<(usize, Finding)> {
        let mut found = common::unique(all, &rows::NAME, |policy| Some(&policy.name));
        for (at, policy) in all.iter().enumerate() {
            found.extend(without_effect(policy).map(|finding| (at, finding)));
            let earlier = all.iter().take(at).find_map(|other| Some((other, policy.contradicts(other)?)));
            found.extend(earlier.map(|(other, ability)| (at, contradiction(policy, other, ability))));
        }
        found
    }
}

/// A policy that no session can break, or none can satisfy.
fn without_effect(policy: &AccessPolicy) -> Option<Finding> {
    let (name, user) = (&policy.name, &policy.user);
    let words = [ANONYMOUS, AUTHENTICATED, PARTNER, EVERYBODY];
    if !words.iter().any(|word| same_name(word, user))
        && !user.contains(['\\', '@'])
        && !user.starts_with("S-1-")
    {
        let message = format!(
            "the policy `{name}` is about `{user}`, which is neither a kind of clients nor an account"
        );
        let hint = format!(
            "-{} {}, or an account with its domain, 'CONTOSO\\app1'",
            rows::USER.name(),
            words.join(", ")
        );
        return Some(Finding::new(Rule::AC6, rows::USER.name(), message).hint(hint));
    }
    if let Some(ability) = policy.abilities.iter().find(|ability| !ability.fits(user)) {
        let other = match ability.holders() {
            Holders::Authenticated | Holders::Accounts => AUTHENTICATED,
            _ => ANONYMOUS,
        };
        let ability: &str = (*ability).into();
        let message =
            format!("the policy `{name}` is about {ability} of {user}, which no such client can have");
        let hint = format!("-{} {other}, or another -{}", rows::USER.name(), rows::ABILITY.name());
        return Some(Finding::new(Rule::AC6, rows::ABILITY.name(), message).hint(hint));
    }
    if policy.effect == PolicyEffect::Require && policy.user == EVERYBODY {
        let message = format!("the policy `{name}` requires something of every client at once");
        let hint = format!("-{} {ANONYMOUS}, or one policy for each client", rows::USER.name());
        return Some(Finding::new(Rule::AC6, rows::USER.name(), message).hint(hint));
    }
    if policy.abilities.is_empty() {
        let message = format!("the policy `{name}` names no ability");
        return Some(Finding::new(Rule::AC6, rows::ABILITY.name(), message).hint("-Ability Relay"));
    }
    let message = format!("the policy `{name}` is about no address: all of its ranges are excepted");
    let except = rows::EXCEPT_REMOTE_IP_RANGES.name();
    let hint = format!("-{except} with fewer addresses than -{}", rows::REMOTE_IP_RANGES.name());
    policy.area().is_empty().then(|| Finding::new(Rule::AC6, except, message).hint(hint))
}

fn contradiction(policy: &AccessPolicy, other: &AccessPolicy, ability: Ability) -> Finding {
    let (ability, one, two): (&str, &str, &str) = (ability.into(), policy.effect.into(), other.effect.into());
    let message = format!(
        "the policies `{}` ({one}) and `{}` ({two}) contradict each other: both are about {ability} of {} from an address that both have",
        policy.name, other.name, policy.user
    );
    let except = rows::EXCEPT_REMOTE_IP_RANGES.name();
    Finding::new(Rule::AC7, rows::EFFECT.name(), message)
        .hint(format!("-{except} takes addresses out of a policy"))
}
