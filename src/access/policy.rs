//! Whether a policy holds at a server, and the session that breaks it (AC6).

use std::net::SocketAddr;

use super::endpoint::Endpoint;
use super::grant::{Grant, grants};
use super::identity::ClientIdentity;
use super::sample::session_from;
use super::server::ServerAccess;
use crate::net::{RangeSubtraction, RemoteRange, coalesce};
use crate::organization::AccessPolicy;
use crate::organization::access_policy::{
    ANONYMOUS, AUTHENTICATED, Ability, EVERYBODY, PARTNER, PolicyEffect,
};
use crate::param::same_name;
use crate::session::Client;

/// The port of SMTP.
const SMTP: u16 = 25;

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
    /// Where it arrives; for what is missing, every endpoint of the server.
    pub endpoints: Vec<Endpoint>,
    /// A session that shows it: accepted and forbidden, or required and not accepted.
    pub witness: Client,
}

/// What of a server breaks a policy, ability by ability; nothing where the policy holds.
#[must_use]
pub fn breaches(server: &ServerAccess<'_>, policy: &AccessPolicy) -> Vec<Breach> {
    let all = grants(server);
    let of_abilities = all.iter().filter(|grant| policy.abilities.contains(&grant.ability));
    let found: Vec<Grant> = of_abilities.filter_map(|grant| meant(server, policy, grant)).collect();
    match policy.effect {
        PolicyEffect::Forbid => found.iter().filter_map(|grant| forbidden(grant, policy)).collect(),
        PolicyEffect::Require => {
            let missing = |ability: &Ability| missing(server, policy, *ability, &found);
            policy.abilities.iter().filter_map(missing).collect()
        }
    }
}

/// The client that a policy is about, where it is one.
fn client(policy: &AccessPolicy) -> Option<ClientIdentity> {
    let named = |name: &str| same_name(name, &policy.user);
    Some(match policy.user.as_str() {
        EVERYBODY => return None,
        _ if named(ANONYMOUS) => ClientIdentity::Unauthenticated,
        _ if named(PARTNER) => ClientIdentity::Partner,
        _ if named(AUTHENTICATED) => ClientIdentity::AnyAccount,
        user => ClientIdentity::Account(user.to_owned()),
    })
}

/// The grant as far as a policy is about its client: where no access list names an account it is any account, and
/// where Domain Security is off a partner is like everybody without authentication.
fn meant(server: &ServerAccess<'_>, policy: &AccessPolicy, grant: &Grant) -> Option<Grant> {
    let Some(client) = client(policy) else {
        return Some(grant.clone()).filter(|grant| !matches!(grant.identity, ClientIdentity::Server(_)));
    };
    let is_listed = matches!(grant.identity, ClientIdentity::Account(_));
    let every_account = client == ClientIdentity::AnyAccount && policy.effect == PolicyEffect::Forbid;
    if grant.identity.is(&client) || is_listed && every_account {
        return Some(grant.clone());
    }
    let general = match client {
        ClientIdentity::Account(_) => ClientIdentity::AnyAccount,
        ClientIdentity::Partner => ClientIdentity::Unauthenticated,
        _ => return None,
    };
    let is_general = |endpoint: &Endpoint| {
        !server.identities(grant.connector, *endpoint).iter().any(|one| one.is(&client))
    };
    let endpoints: Vec<Endpoint> = grant.endpoints.iter().copied().filter(is_general).collect();
    (grant.identity == general && !endpoints.is_empty()).then(|| Grant { endpoints, ..grant.clone() })
}

fn forbidden(grant: &Grant, policy: &AccessPolicy) -> Option<Breach> {
    let ranges = common(&grant.ranges, &policy.area());
    let witness = session_from(&grant.witness, &ranges, &grant.endpoints)?;
    Some(Breach {
        ability: grant.ability,
        connector: Some(grant.connector),
        identity: grant.identity.clone(),
        ranges,
        endpoints: grant.endpoints.clone(),
        witness,
    })
}

fn missing(
    server: &ServerAccess<'_>,
    policy: &AccessPolicy,
    ability: Ability,
    found: &[Grant],
) -> Option<Breach> {
    let given = found.iter().filter(|grant| grant.ability == ability && grant.is_certain());
    let given: Vec<RemoteRange> = given.flat_map(|grant| grant.ranges.clone()).collect();
    let given = RangeSubtraction::new(&given);
    let ranges: Vec<RemoteRange> = policy.area().iter().flat_map(|range| given.left(range)).collect();
    let identity = client(policy)?;
    // The usual port first, where anything is bound to it; where nothing is, the session finds no answer.
    let mut endpoints = server.endpoints();
    endpoints.sort_by_key(|endpoint| endpoint.local.port() != SMTP);
    endpoints.extend(server.addresses_to_try().map(|address| {
        let local = SocketAddr::new(address, SMTP);
        Endpoint { name: local, local }
    }));
    let first = endpoints.first()?.local;
    let session = server.attempt(ability, &identity, Client::new(first.ip(), first));
    let witness = session_from(&session, &ranges, &endpoints)?;
    Some(Breach { ability, connector: None, identity, ranges, endpoints, witness })
}

/// The addresses of both lists.
fn common(one: &[RemoteRange], other: &[RemoteRange]) -> Vec<RemoteRange> {
    let both = one.iter().flat_map(|range| other.iter().filter_map(|their| range.common(their)));
    coalesce(&both.collect::<Vec<_>>())
}
