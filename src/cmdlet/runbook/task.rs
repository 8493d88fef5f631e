//! The objects in which two states of a store differ, in the order in which others depend on them.

use std::collections::HashMap;

use super::{Line, next_line};
use crate::cmdlet::receive_connector::shared::identity;
use crate::cmdlet::transaction::State;
use crate::connector::{Host, ReceiveConnector};
use crate::organization::{Member, Part, with_part};
use crate::param::Record;

/// Where an object is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// The organization's names.
    Store,
    /// A server.
    Server,
    /// A connector of the server of that name.
    Connector(String),
    /// Which accepted domain is the default.
    DefaultDomain,
    /// An object of that part of the organization.
    Member(Part),
}

/// An object on its way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Task {
    /// Where it is.
    pub place: Place,
    /// What it is called now; nothing where it is not there.
    pub now: Option<String>,
    /// What it is to be called; nothing where it is to go.
    pub then: Option<String>,
}

impl Task {
    /// What it is called in messages.
    pub fn identity(&self) -> String {
        let name = self.then.as_ref().or(self.now.as_ref()).cloned().unwrap_or_default();
        match &self.place {
            Place::Connector(server) => identity(server, &name),
            _ => name,
        }
    }

    /// Whether it goes.
    pub fn removes(&self) -> bool {
        self.then.is_none()
    }

    /// The next line; nothing where the object is what it is to be, as far as lines can say it.
    pub fn next(&self, state: &State, goal: &State) -> Option<Line> {
        let (now, then) = (self.now.as_deref(), self.then.as_deref());
        match &self.place {
            Place::Store => next_line::store(&state.directory, &goal.directory),
            Place::Server => next_line::server(
                now.and_then(|name| state.host_of(name)).map(|host| &host.server),
                then.and_then(|name| goal.host_of(name)).map(|host| &host.server),
            ),
            Place::Connector(server) => {
                let host = state.host_of(server)?;
                let wanted = then.and_then(|name| goal.host_of(server)?.connector(name));
                let present = now.and_then(|name| host.connector(name));
                next_line::connector(host, present, wanted, &state.directory)
            }
            Place::DefaultDomain => {
                (now != then).then(|| next_line::default_domain(then.unwrap_or_default()))
            }
            Place::Member(part) => {
                let line = with_part!(*part, next_of_member(state, goal, now, then))?;
                let subscribes = *part == Part::EdgeSubscriptions;
                Some(if subscribes { next_line::subscribed(line, then.unwrap_or_default()) } else { line })
            }
        }
    }
}

fn next_of_member<N: Member>(
    state: &State,
    goal: &State,
    now: Option<&str>,
    then: Option<&str>,
) -> Option<Line> {
    let find = |state: &State, name: Option<&str>| {
        N::list(&state.organization).iter().find(|one| Some(one.name()) == name).cloned()
    };
    next_line::member::<N>(find(state, now).as_ref(), find(goal, then).as_ref(), &state.directory)
}

/// What others depend on, and what depends on connectors.
const BEFORE_CONNECTORS: [Part; 4] =
    [Part::AcceptedDomains, Part::TransportConfig, Part::Principals, Part::EdgeSubscriptions];
const AFTER_CONNECTORS: [Part; 4] =
    [Part::SendConnectors, Part::AccessPolicies, Part::NetworkEndpoints, Part::NetworkZones];

/// Every object that differs.
pub(super) fn tasks(state: &State, goal: &State) -> Vec<Task> {
    let named = |place: &Place, (now, then)| Task { place: place.clone(), now, then };
    let differs = |task: &Task| task.next(state, goal).is_some();
    let members = |part: Part| {
        let pairs = with_part!(part, pairs_of_part(state, goal));
        pairs.into_iter().map(move |pair| named(&Place::Member(part), pair)).collect::<Vec<_>>()
    };
    let names = |of: &State| of.hosts.values().map(|host| host.server.clone()).collect::<Vec<_>>();
    let mut tasks = vec![named(&Place::Store, (Some(String::new()), Some(String::new())))];
    tasks.extend(by_name(&names(state), &names(goal)).into_iter().map(|pair| named(&Place::Server, pair)));
    tasks.extend(BEFORE_CONNECTORS.into_iter().flat_map(members));
    tasks.push(named(&Place::DefaultDomain, (default_domain(state), default_domain(goal))));
    tasks.retain(differs);
    for wanted in goal.hosts.values() {
        let Some(host) = state.host_of(&wanted.server.name) else { continue };
        let place = Place::Connector(wanted.server.name.clone());
        let (present, later) = (connectors(host), connectors(wanted));
        let differs = |(now, then): &Pair| {
            let now = now.as_deref().and_then(|name| present.get(name).copied());
            let then = then.as_deref().and_then(|name| later.get(name).copied());
            next_line::connector(host, now, then, &state.directory).is_some()
        };
        let pairs = pairs(&host.connectors, &wanted.connectors);
        tasks.extend(pairs.into_iter().filter(differs).map(|pair| named(&place, pair)));
    }
    tasks.extend(AFTER_CONNECTORS.into_iter().flat_map(members).filter(differs));
    tasks
}

/// The connectors of a server by their names.
pub(super) fn connectors(host: &Host) -> HashMap<&str, &ReceiveConnector> {
    host.connectors.iter().map(|one| (one.name.as_str(), one)).collect()
}

fn default_domain(state: &State) -> Option<String> {
    let domains = &state.organization.accepted_domains;
    domains.iter().find(|domain| domain.default).map(|domain| domain.name.clone())
}

fn pairs_of_part<N: Member>(state: &State, goal: &State) -> Vec<Pair> {
    pairs(N::list(&state.organization), N::list(&goal.organization))
}

/// Names now and then.
type Pair = (Option<String>, Option<String>);

/// Servers have no other name than their own.
fn by_name<N: Record>(now: &[N], then: &[N]) -> Vec<Pair> {
    match_up(now, then, vec![None; then.len()])
}

/// Records matched by Guid, and else by name: an object that was removed and made anew is changed, not replaced.
fn pairs<N: Record>(now: &[N], then: &[N]) -> Vec<Pair> {
    let by_guid: HashMap<_, usize> =
        now.iter().enumerate().filter_map(|(at, one)| Some((one.metadata().guid?, at))).collect();
    let same = then.iter().map(|one| by_guid.get(&one.metadata().guid?).copied()).collect();
    match_up(now, then, same)
}

fn match_up<N: Record>(now: &[N], then: &[N], mut matched: Vec<Option<usize>>) -> Vec<Pair> {
    let mut taken = vec![false; now.len()];
    matched.iter().flatten().for_each(|at| taken[*at] = true);
    let by_name: HashMap<String, usize> =
        now.iter().enumerate().map(|(at, one)| (one.name().to_lowercase(), at)).collect();
    for (one, matched) in then.iter().zip(&mut matched) {
        let named = by_name.get(&one.name().to_lowercase()).copied().filter(|at| !taken[*at]);
        if let (None, Some(at)) = (*matched, named) {
            taken[at] = true;
            *matched = Some(at);
        }
    }
    let name = |one: &N| one.name().to_owned();
    let changed = then.iter().zip(matched).map(|(one, at)| (at.map(|at| name(&now[at])), Some(name(one))));
    let gone = now.iter().zip(&taken).filter(|(_, taken)| !**taken).map(|(one, _)| (Some(name(one)), None));
    changed.chain(gone).collect()
}
