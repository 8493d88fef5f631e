//! What a change opens and closes: the regions in which an identity's abilities differ between two states of a server.

use std::collections::{BTreeMap, BTreeSet};

use super::ability::{Ability, Holding};
use super::endpoint::{Endpoint, endpoints};
use super::identity::ClientIdentity;
use super::sample::sample;
use super::server::{Held, ServerAccess};
use crate::net::{Interval, Point, RemoteRange, coalesce};
use crate::session::Client;

/// One state of a changed region.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Side {
    /// The place of the connector that answers; nothing where none does.
    pub connector: Option<usize>,
    /// Whether the identity has the ability; nothing where it does not have it.
    pub holding: Option<Holding>,
}

/// An ability that an identity has in one of two states, or has for certain in one of them alone.
#[derive(Clone, Debug)]
pub struct Change {
    /// Who.
    pub identity: ClientIdentity,
    /// What.
    pub ability: Ability,
    /// The state before.
    pub before: Side,
    /// The state after.
    pub after: Side,
    /// Where it arrives.
    pub endpoints: Vec<Endpoint>,
    /// From where: the fewest ranges, in order.
    pub ranges: Vec<RemoteRange>,
    /// A session that shows it, in the state that has the ability.
    pub witness: Client,
}

impl Change {
    /// Whether the state after has more.
    #[must_use]
    pub(crate) fn is_opened(&self) -> bool {
        self.after.holding > self.before.holding
    }
}

type Key = (ClientIdentity, Ability, Side, Side, Vec<RemoteRange>);

/// What differs between two states of one server; a state without the server is nothing. Opened comes before closed.
#[must_use]
pub fn compare(before: Option<&ServerAccess<'_>>, after: Option<&ServerAccess<'_>>) -> Vec<Change> {
    let states: Vec<_> = [before, after].into_iter().flatten().map(|state| &state.service).collect();
    let mut found: BTreeMap<Key, Change> = BTreeMap::new();
    for endpoint in endpoints(&states) {
        for ((old, new), ranges) in regions(before, after, endpoint) {
            let ranges = coalesce(&ranges);
            for change in differences(&Place { before, after, endpoint, old, new, ranges: &ranges }) {
                let Change { identity, ability, before, after, ranges, .. } = change.clone();
                let key = (identity, ability, before, after, ranges);
                found.entry(key).or_insert(change).endpoints.push(endpoint);
            }
        }
    }
    let mut found: Vec<Change> = found.into_values().collect();
    found.sort_by_key(|change| !change.is_opened());
    found
}

/// The connectors that answer before and after.
type Pair = (Option<usize>, Option<usize>);

/// The remote addresses of an endpoint by the connectors that answer them, where one answers at all.
fn regions(
    before: Option<&ServerAccess<'_>>,
    after: Option<&ServerAccess<'_>>,
    endpoint: Endpoint,
) -> BTreeMap<Pair, Vec<RemoteRange>> {
    let of = |state: Option<&ServerAccess<'_>>| -> Vec<(Interval<Point>, usize)> {
        let regions = state.map(|state| state.service.selection().regions(endpoint.local));
        regions.into_iter().flatten().map(|(range, at)| (range.points(), at)).collect()
    };
    let (old, new) = (of(before), of(after));
    // A boundary is a first address of a region, or the one behind a last.
    let spans = old.iter().chain(&new).map(|(span, _)| span);
    let behind = |(family, last): Point| Some((family, last.checked_add(1)?));
    let bounds: BTreeSet<Point> =
        spans.flat_map(|span| std::iter::once(span.first()).chain(behind(span.last()))).collect();
    let ends = bounds.iter().skip(1).map(|next| Some(*next)).chain([None]);
    let mut found: BTreeMap<Pair, Vec<RemoteRange>> = BTreeMap::new();
    for (first, next) in bounds.iter().zip(ends) {
        let pair = (owner(&old, *first), owner(&new, *first));
        let last = next.map_or((true, u128::MAX), |(family, point)| (family, point.saturating_sub(1)));
        if pair != (None, None) {
            found.entry(pair).or_default().extend(RemoteRange::of(*first, last));
        }
    }
    found
}

fn owner(regions: &[(Interval<Point>, usize)], point: Point) -> Option<usize> {
    let after = regions.partition_point(|(span, _)| span.first() <= point);
    let (span, owner) = regions.get(after.checked_sub(1)?)?;
    span.contains(point).then_some(*owner)
}

/// Addresses of an endpoint that one connector answers before and one after.
struct Place<'p, 'a> {
    before: Option<&'p ServerAccess<'a>>,
    after: Option<&'p ServerAccess<'a>>,
    endpoint: Endpoint,
    old: Option<usize>,
    new: Option<usize>,
    ranges: &'p [RemoteRange],
}

fn differences(place: &Place<'_, '_>) -> Vec<Change> {
    let Place { before, after, endpoint, old, new, ranges } = place;
    let Some(remote) = sample(ranges) else { return Vec::new() };
    let identities = |state: &Option<&ServerAccess<'_>>, at: &Option<usize>| {
        state.zip(*at).map(|(state, at)| state.identities(at, *endpoint)).unwrap_or_default()
    };
    let held = |state: &Option<&ServerAccess<'_>>, at: &Option<usize>, identity: &ClientIdentity| {
        let abilities = state.zip(*at).map(|(state, at)| state.abilities(at, *endpoint, remote, identity));
        abilities.map(|all| all.to_vec()).unwrap_or_default()
    };
    let mut all = identities(before, old);
    all.extend(identities(after, new));
    let mut found = Vec::new();
    for identity in all {
        let (was, is) = (held(before, old, &identity), held(after, new, &identity));
        let of = |list: &[Held], ability| list.iter().find(|held| held.ability == ability).cloned();
        let abilities: BTreeSet<Ability> = was.iter().chain(&is).map(|held| held.ability).collect();
        for ability in abilities {
            let (was, is) = (of(&was, ability), of(&is, ability));
            let (one, other) = (was.as_ref().map(|held| held.holding), is.as_ref().map(|held| held.holding));
            let Some(witness) = if other > one { is } else { was }.filter(|_| one != other) else { continue };
            found.push(Change {
                identity: identity.clone(),
                ability,
                before: Side { connector: *old, holding: one },
                after: Side { connector: *new, holding: other },
                endpoints: Vec::new(),
                ranges: ranges.to_vec(),
                witness: Client { remote, local: endpoint.local, ..witness.witness },
            });
        }
    }
    found
}
