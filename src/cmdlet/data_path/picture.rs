//! The picture of data paths between servers: servers that are alike are one box, and all data paths from one box to
//! another are one arrow.

use std::collections::HashMap;

use crate::datapath::Stated;
use crate::flow::{Flow, Node, barred_by_firewall, outside_zones};
use crate::organization::NetworkZone;
use crate::organization::network_zone::OUTSIDE;
use crate::picture::network::{Arrow, Group, Line, Network, Node as Box, Place};

/// The column of roles that no server of the store has.
const UNPLACED: &str = "Not in the store";
/// The column of what has neither zone nor site.
const ELSEWHERE: &str = "No zone or site";

/// What makes ends alike: where they are, and what they are.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Class {
    column: String,
    what: String,
}

/// An arrow in the making.
struct Way<'f> {
    from: usize,
    to: usize,
    flows: Vec<&'f Flow>,
}

/// The network that flows make.
#[must_use]
pub fn network(flows: &[Flow], zones: &[NetworkZone]) -> Network {
    let mut classes: Vec<(Class, Vec<String>)> = Vec::new();
    let mut known: HashMap<Class, usize> = HashMap::new();
    let mut class_of = |node: &Node| -> usize {
        let class = class(node, zones);
        let at = *known.entry(class).or_insert_with_key(|class| {
            classes.push((class.clone(), Vec::new()));
            classes.len() - 1
        });
        if let Some((_, names)) = classes.get_mut(at)
            && !names.iter().any(|name| name == node.name())
        {
            names.push(node.name().to_owned());
        }
        at
    };
    let mut ways: Vec<Way<'_>> = Vec::new();
    let mut way_of: HashMap<(usize, usize), usize> = HashMap::new();
    let mut arrow_of: Vec<Option<usize>> = Vec::new();
    for flow in flows {
        if flow.is_local() {
            arrow_of.push(None);
            continue;
        }
        let (from, to) = (class_of(&flow.source), class_of(&flow.destination));
        let at = *way_of.entry((from, to)).or_insert_with(|| {
            ways.push(Way { from, to, flows: Vec::new() });
            ways.len() - 1
        });
        ways[at].flows.push(flow);
        arrow_of.push(Some(at));
    }
    let (groups, places) = columns(&classes);
    let arrows = ways.iter().filter_map(|way| arrow(way, &classes, &places)).collect();
    Network {
        title: "Data paths".to_owned(),
        groups,
        arrows,
        headings: vec!["Arrow", "Source", "Destination", "Data path", "Ports", "Encrypted", "Firewall"],
        rows: flows.iter().zip(arrow_of).map(|(flow, at)| (at, row(flow, at))).collect(),
    }
}

/// The columns in the order of their names, what is outside of every zone and what is not in the store last, and where
/// each class is.
fn columns(classes: &[(Class, Vec<String>)]) -> (Vec<Group>, Vec<Place>) {
    let mut titles: Vec<&str> = classes.iter().map(|(class, _)| class.column.as_str()).collect();
    titles.sort_by_key(|title| (*title == UNPLACED, *title == OUTSIDE, *title));
    titles.dedup();
    let mut groups: Vec<Group> =
        titles.iter().map(|title| Group { title: (*title).to_owned(), boxes: Vec::new() }).collect();
    let mut places = Vec::new();
    for (class, names) in classes {
        let column = titles.iter().position(|title| *title == class.column).unwrap_or_default();
        places.push((column, groups[column].boxes.len()));
        let mut lines = vec![shortened(names)];
        lines.extend((!class.what.is_empty()).then(|| class.what.clone()));
        groups[column].boxes.push(Box { lines });
    }
    (groups, places)
}

/// Names that fit into a box: `HUB01, HUB02 and 28 more`.
fn shortened(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [one, two, _, ..] => format!("{one}, {two} and {} more", names.len() - 2),
        few => few.join(", "),
    }
}

fn class(node: &Node, zones: &[NetworkZone]) -> Class {
    // The Internet is every address, and no zone's.
    let addresses = outside_zones(node, &node.addresses(), zones);
    let zone = zones.iter().find(|zone| {
        let within = |own| zone.subnets.iter().any(|subnet| subnet.common(own).is_some());
        addresses.first().is_some_and(within)
    });
    let places: Vec<&str> = zone.map(|zone| zone.name.as_str()).into_iter().chain(node.site()).collect();
    let column = match node {
        Node::Role(_) => UNPLACED.to_owned(),
        _ if places.is_empty() && !zones.is_empty() && !addresses.is_empty() => OUTSIDE.to_owned(),
        _ if places.is_empty() => ELSEWHERE.to_owned(),
        _ => places.join(", "),
    };
    let what = match node {
        Node::Server(host) => {
            let roles: Vec<&str> = host.server.roles.iter().map(Into::into).collect();
            format!("{} {}", host.server.version.name(), roles.join(", "))
        }
        Node::Endpoint(endpoint) => <&str>::from(endpoint.kind).to_owned(),
        Node::Role(role) => return Class { column, what: role.name.to_owned() },
    };
    Class { column, what }
}

fn arrow(way: &Way<'_>, classes: &[(Class, Vec<String>)], places: &[Place]) -> Option<Arrow> {
    let names = |at: usize| classes.get(at).map(|(_, names)| shortened(names));
    let mut ports: Vec<String> = Vec::new();
    for port in way.flows.iter().flat_map(|flow| flow.port_numbers()) {
        if !ports.contains(&port) {
            ports.push(port);
        }
    }
    if ports.is_empty() {
        ports.push("no port is published".to_owned());
    }
    let is = |stated| way.flows.iter().any(|flow| flow.path.encrypted_by_default == stated);
    let line = match (is(Stated::No), is(Stated::NotStated)) {
        (true, _) => Line::Dashed,
        (false, true) => Line::Dotted,
        (false, false) => Line::Whole,
    };
    let warning = way.flows.iter().find_map(|flow| barred_by_firewall(flow).next());
    Some(Arrow {
        from: *places.get(way.from)?,
        to: *places.get(way.to)?,
        text: format!("{} to {}: {}", names(way.from)?, names(way.to)?, ports.join(", ")),
        line,
        warning: warning.map(|_| "no firewall is supported there".to_owned()),
    })
}

fn row(flow: &Flow, arrow: Option<usize>) -> Vec<String> {
    vec![
        arrow.map(|at| (at + 1).to_string()).unwrap_or_default(),
        flow.source.name().to_owned(),
        flow.destination.name().to_owned(),
        flow.path.id.to_owned(),
        flow.port_numbers().join(", "),
        crate::datapath::encrypted(flow.path),
        barred_by_firewall(flow).next().map(|_| "not supported".to_owned()).unwrap_or_default(),
    ]
}
