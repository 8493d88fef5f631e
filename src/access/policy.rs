//! Whether a policy holds at a server, and the session that breaks it (AC6).

use std::net::SocketAddr;

use super::endpoint::{Endpoint, endpoints};
use super::grant::{Grant, grants};
use super::identity::ClientIdentity;
use super::sample::sample;
use super::server::ServerAccess;
use crate::net::{RangeSubtraction, RemoteRange, coalesce};
use crate::organization::AccessPolicy;
use crate::organization::access_policy::{
    ANONYMOUS, AUTHENTICATED, Ability, EVERYBODY, PARTNER, PolicyEffect,
};
use crate::param::same_name;
use crate::session::Client;

/// What breaks a policy.
#[derive(Clone, Debug)]
pub struct Breach {
    /// The ability that is there and forbidden, or required and not there.
    pub ability: Ability,
    /// The place of the connector that gives it; nothing where it is missing.
    pub connector: Option<usize>,
    /// The client.
    pub identity: ClientIdentity,
    /// From where.
    pub ranges: Vec<RemoteRange>,
    /// A session that shows it: accepted and forbidden, or required and not accepted.
    pub witness: Client,
}

/// What of a server breaks a policy, ability by ability; nothing where the policy holds.
#[must_use]
pub fn breaches(server: &ServerAccess<'_>, policy: &AccessPolicy) -> Vec<Breach> {
    let all = grants(server);
    let meant = |grant: &&Grant| policy.abilities.contains(&grant.ability) && is_meant(server, policy, grant);
    let found: Vec<&Grant> = all.iter().filter(meant).collect();
    match policy.effect {
        PolicyEffect::Forbid => found.into_iter().filter_map(|grant| forbidden(grant, policy)).collect(),
        PolicyEffect::Require => {
            let missing = |ability: &Ability| missing(server, policy, *ability, &found);
            policy.abilities.iter().filter_map(missing).collect()
        }
    }
}

/// Whether a policy is about the client of a grant. An account that no access list names is any account.
fn is_meant(server: &ServerAccess<'_>, policy: &AccessPolicy, grant: &Grant) -> bool {
    let named = |name: &str| same_name(name, &policy.user);
    match &grant.identity {
        ClientIdentity::Server(_) => false,
        _ if policy.user == EVERYBODY => true,
        ClientIdentity::Unauthenticated => named(ANONYMOUS),
        ClientIdentity::Partner => named(PARTNER),
        ClientIdentity::Account(account) => {
            named(account) || named(AUTHENTICATED) && policy.effect == PolicyEffect::Forbid
        }
        ClientIdentity::AnyAccount => {
            named(AUTHENTICATED)
                || is_account(policy) && {
                    let known = |endpoint: &Endpoint| {
                        let all = server.identities(grant.connector, *endpoint);
                        all.iter().any(|one| matches!(one, ClientIdentity::Account(name) if named(name)))
                    };
                    !grant.endpoints.iter().any(known)
                }
        }
    }
}

/// Whether a policy is about one account.
fn is_account(policy: &AccessPolicy) -> bool {
    ![ANONYMOUS, AUTHENTICATED, PARTNER, EVERYBODY].iter().any(|word| same_name(word, &policy.user))
}

fn forbidden(grant: &Grant, policy: &AccessPolicy) -> Option<Breach> {
    let ranges = common(&grant.ranges, &policy.area());
    let remote = sample(&ranges)?;
    Some(Breach {
        ability: grant.ability,
        connector: Some(grant.connector),
        identity: grant.identity.clone(),
        ranges,
        witness: Client { remote, ..grant.witness.clone() },
    })
}

fn missing(
    server: &ServerAccess<'_>,
    policy: &AccessPolicy,
    ability: Ability,
    found: &[&Grant],
) -> Option<Breach> {
    let given = found.iter().filter(|grant| grant.ability == ability && grant.is_certain());
    let given: Vec<RemoteRange> = given.flat_map(|grant| grant.ranges.clone()).collect();
    let given = RangeSubtraction::new(&given);
    let ranges: Vec<RemoteRange> = policy.area().iter().flat_map(|range| given.left(range)).collect();
    let remote = sample(&ranges)?;
    let identity = match policy.user.as_str() {
        user if same_name(user, ANONYMOUS) || user == EVERYBODY => ClientIdentity::Unauthenticated,
        user if same_name(user, PARTNER) => ClientIdentity::Partner,
        user if same_name(user, AUTHENTICATED) => ClientIdentity::AnyAccount,
        user => ClientIdentity::Account(user.to_owned()),
    };
    let own = endpoints(&[&server.service]).into_iter().filter(|one| one.local.is_ipv4() == remote.is_ipv4());
    // The usual port, where anything is bound to it; where nothing is, the session finds no answer.
    let bound = own.min_by_key(|endpoint| endpoint.local.port() != SMTP).map(|endpoint| endpoint.local);
    let local = bound.unwrap_or_else(|| SocketAddr::new(server.address_like(remote), SMTP));
    let witness = server.attempt(ability, &identity, Client::new(remote, local))?;
    Some(Breach { ability, connector: None, identity, ranges, witness })
}

const SMTP: u16 = 25;

/// The addresses of both lists.
fn common(one: &[RemoteRange], other: &[RemoteRange]) -> Vec<RemoteRange> {
    let both = one.iter().flat_map(|range| other.iter().filter_map(|their| range.common(their)));
    coalesce(&both.collect::<Vec<_>>())
}
