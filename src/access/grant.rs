//! Everything that clients of a server can do, in the fewest rows (AC4).

use std::collections::BTreeMap;

use super::ability::{Ability, Holding};
use super::endpoint::{Endpoint, endpoints};
use super::identity::ClientIdentity;
use super::sample::sample;
use super::server::ServerAccess;
use crate::net::{RemoteRange, coalesce};
use crate::session::Client;

/// What one identity can do on one connector, from which addresses.
#[derive(Clone, Debug)]
pub struct Grant {
    /// The connector's place on its server.
    pub connector: usize,
    /// Who.
    pub identity: ClientIdentity,
    /// What.
    pub ability: Ability,
    /// Whether it is certain.
    pub holding: Holding,
    /// Where it arrives.
    pub endpoints: Vec<Endpoint>,
    /// From where: the fewest ranges, in order.
    pub ranges: Vec<RemoteRange>,
    /// A session that shows it, from the first of those addresses at the first endpoint.
    pub witness: Client,
}

/// What makes two grants one, but for the endpoints.
type Key = (usize, ClientIdentity, Ability, Vec<RemoteRange>);

/// Every grant of a server: by connector, identity and ability.
#[must_use]
pub fn grants(server: &ServerAccess<'_>) -> Vec<Grant> {
    let mut found: BTreeMap<Key, Grant> = BTreeMap::new();
    for endpoint in endpoints(&[&server.service]) {
        let mut regions: BTreeMap<usize, Vec<RemoteRange>> = BTreeMap::new();
        for (range, connector) in server.service.selection().regions(endpoint.local) {
            regions.entry(connector).or_default().push(range);
        }
        for (connector, ranges) in regions {
            let ranges = coalesce(&ranges);
            let Some(remote) = sample(&ranges) else { continue };
            for identity in server.identities(connector, endpoint) {
                for held in server.abilities(connector, endpoint, remote, &identity).iter() {
                    let key = (connector, identity.clone(), held.ability, ranges.clone());
                    let (holding, ability) = (held.holding, held.ability);
                    let (identity, ranges) = (identity.clone(), ranges.clone());
                    let witness = Client { remote, local: endpoint.local, ..held.witness.clone() };
                    let grant = Grant {
                        connector,
                        identity,
                        ability,
                        holding,
                        endpoints: Vec::new(),
                        ranges,
                        witness,
                    };
                    found.entry(key).or_insert(grant).endpoints.push(endpoint);
                }
            }
        }
    }
    both_families(found.into_values())
}

/// What holds at endpoints of IPv4 and at endpoints of IPv6 is one row, where there is one of each: a client arrives at
/// an endpoint of its own family (S1).
fn both_families(grants: impl Iterator<Item = Grant>) -> Vec<Grant> {
    let mut rows: Vec<Vec<Grant>> = Vec::new();
    for grant in grants {
        let same = |row: &Vec<Grant>| row.first().is_some_and(|first| first.is_like(&grant));
        match rows.last_mut().filter(|row| same(row)) {
            Some(row) => row.push(grant),
            None => rows.push(vec![grant]),
        }
    }
    let merged = |row: Vec<Grant>| match <[Grant; 2]>::try_from(row) {
        Ok([mut one, other]) if one.is_ipv4() != other.is_ipv4() => {
            one.endpoints.extend(other.endpoints);
            one.ranges.extend(other.ranges);
            vec![one]
        }
        Ok(both) => both.into(),
        Err(row) => row,
    };
    rows.into_iter().flat_map(merged).collect()
}

impl Grant {
    fn is_like(&self, other: &Grant) -> bool {
        let key = |grant: &Grant| (grant.connector, grant.ability, grant.holding);
        key(self) == key(other) && self.identity == other.identity
    }

    /// Whether the ability depends on nothing.
    pub(super) fn is_certain(&self) -> bool {
        self.holding == Holding::Yes
    }

    fn is_ipv4(&self) -> bool {
        self.witness.remote.is_ipv4()
    }
}
