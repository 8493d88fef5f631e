//! What data paths need held against what a firewall lets pass (D10).

use super::area::{Area, EVERY_PORT, Group, grouped, left, shared};
use super::firewall::{End, Rule, Rules, Service};
use super::opened::{Opened, Opening};
use super::zone::Crossing;
use crate::datapath::Note;
use crate::datapath::path::Transport;
use crate::net::RemoteRange;

/// Which connections are compared.
pub enum Scope {
    /// All.
    Everything,
    /// Those through the firewall between two zones.
    Crossing(Crossing),
    /// Those from and to these addresses.
    Hosts(Vec<RemoteRange>),
}

impl Scope {
    /// What of an area is compared.
    fn of(&self, area: &Area) -> Vec<Area> {
        let pairs = match self {
            Scope::Everything => return vec![area.clone()],
            Scope::Crossing(crossing) => {
                crossing.ways(std::slice::from_ref(&area.source), std::slice::from_ref(&area.destination))
            }
            Scope::Hosts(own) => {
                let of = |range: &RemoteRange| own.iter().filter_map(|one| one.common(range)).collect();
                let to: Vec<RemoteRange> = of(&area.destination);
                vec![(of(&area.source), vec![area.destination.clone()]), (vec![area.source.clone()], to)]
            }
        };
        let mut found = Vec::new();
        for (sources, destinations) in pairs {
            let parts = Area::of(&sources, &destinations, area.transport, &[area.ports]);
            found.extend(left(parts, &found));
        }
        found
    }
}

/// Something that is needed and not open.
#[derive(Debug)]
pub struct Closed {
    /// The source's name.
    pub source: String,
    /// The destination's name.
    pub destination: String,
    /// The data paths that need it.
    pub paths: Vec<&'static str>,
    /// What is closed of it.
    pub group: Group,
    /// Why a firewall there is not supported.
    pub unsupported: Option<&'static Note>,
}

/// A line that opens more than is needed.
#[derive(Debug)]
pub struct Excess {
    /// Where it stands.
    pub place: String,
    /// What it opens, of what is compared.
    pub opens: Vec<Group>,
    /// What of that a data path needs; empty where none does.
    pub needed: Vec<Group>,
    /// The data paths that need it.
    pub paths: Vec<&'static str>,
}

/// The differences.
#[derive(Debug, Default)]
pub struct Differences {
    /// What is needed and not open, in the order of the rules.
    pub closed: Vec<Closed>,
    /// How many of the rules that is of: a rule may be closed between several of its ends.
    pub closed_rules: usize,
    /// What is open and not needed, in the order of the list.
    pub excess: Vec<Excess>,
}

/// Compares what is open with the rules that must be, and with those that may be, which hold the former.
#[must_use]
pub fn compare(needed: &Rules, allowed: &Rules, opened: &Opened, scope: &Scope) -> Differences {
    let within = |areas: &[Area]| areas.iter().flat_map(|area| scope.of(area)).collect::<Vec<Area>>();
    let openings: Vec<(&Opening, Vec<Area>)> =
        opened.openings.iter().map(|one| (one, within(&one.areas))).collect();
    let open: Vec<Area> = openings.iter().flat_map(|(_, areas)| areas.clone()).collect();
    let allowed: Vec<(&Rule, Vec<Area>)> =
        allowed.rules.iter().map(|rule| (rule, within(&areas(rule)))).collect();
    let closed: Vec<Vec<Closed>> = needed.rules.iter().map(|rule| closed(rule, &open, scope)).collect();
    let closed_rules = closed.iter().filter(|of_rule| !of_rule.is_empty()).count();
    let excess = openings.iter().filter_map(|(opening, areas)| excess(opening, areas, &allowed)).collect();
    Differences { closed: closed.into_iter().flatten().collect(), closed_rules, excess }
}

/// What a rule opens.
fn areas(rule: &Rule) -> Vec<Area> {
    let all =
        |ends: &[End]| -> Vec<RemoteRange> { ends.iter().flat_map(|end| end.addresses.clone()).collect() };
    between(&all(&rule.sources), &all(&rule.destinations), &rule.service)
}

fn between(sources: &[RemoteRange], destinations: &[RemoteRange], service: &Service) -> Vec<Area> {
    match service.transport() {
        Some(transport) => Area::of(sources, destinations, transport, &service.ports()),
        None => [Transport::Tcp, Transport::Udp]
            .into_iter()
            .flat_map(|transport| Area::of(sources, destinations, transport, &[EVERY_PORT]))
            .collect(),
    }
}

/// What of a rule is not open, between each two of its ends.
fn closed(rule: &Rule, open: &[Area], scope: &Scope) -> Vec<Closed> {
    let mut found = Vec::new();
    for source in &rule.sources {
        for destination in &rule.destinations {
            let needed = between(&source.addresses, &destination.addresses, &rule.service);
            let needed: Vec<Area> = needed.iter().flat_map(|area| scope.of(area)).collect();
            let rest = left(needed, open);
            found.extend(grouped(&rest).into_iter().map(|group| Closed {
                source: source.name.clone(),
                destination: destination.name.clone(),
                paths: rule.paths.clone(),
                group,
                unsupported: rule.unsupported,
            }));
        }
    }
    found
}

fn excess(opening: &Opening, areas: &[Area], needed: &[(&Rule, Vec<Area>)]) -> Option<Excess> {
    let all: Vec<Area> = needed.iter().flat_map(|(_, areas)| areas.clone()).collect();
    if left(areas.to_vec(), &all).is_empty() {
        return None;
    }
    let mut paths: Vec<&'static str> = Vec::new();
    let touched = needed.iter().filter(|(_, own)| !shared(areas, own).is_empty());
    for path in touched.flat_map(|(rule, _)| &rule.paths) {
        if !paths.contains(path) {
            paths.push(path);
        }
    }
    let needed = grouped(&shared(areas, &all));
    Some(Excess { place: opening.place.clone(), opens: grouped(areas), needed, paths })
}
