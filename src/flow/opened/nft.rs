//! A ruleset as `nft -j list ruleset` prints it: which new connections its chains accept.
//!
//! A chain is walked as the kernel does: what a rule drops or returns does not reach the rules below it. Where a rule
//! has a condition that is not about addresses, protocols and ports, it is left out and reported.

use std::collections::BTreeMap;

use serde_json::Value as Json;

use super::condition::{Condition, Met, condition};
use super::{BOTH, Opened, Opening, Unread, areas, everywhere};
use crate::flow::area::{Area, EVERY_PORT, left, shared};

/// As deep as the kernel lets chains jump.
const DEEPEST: usize = 16;

const HINT: &str = "nft -j list ruleset > FILE writes one";

/// A chain: of which table, and its rules in order.
struct Chain<'j> {
    family: &'j str,
    hook: Option<&'j str>,
    accepts: bool,
    rules: Vec<&'j Json>,
}

type Key<'j> = (&'j str, &'j str, &'j str);

/// What one walk found.
#[derive(Default)]
struct Walk {
    openings: Vec<Opening>,
    remarks: Vec<String>,
    restricts: bool,
}

struct Ruleset<'j> {
    chains: BTreeMap<Key<'j>, Chain<'j>>,
    sets: BTreeMap<Key<'j>, &'j Json>,
}

/// Reads the ruleset.
pub fn read(text: &str) -> Result<Opened, Unread> {
    let json: Json = serde_json::from_str(text).map_err(|error| {
        Unread::new(format!("line {}", error.line()), format!("is not JSON: {error}"), HINT)
    })?;
    let objects = json.get("nftables").and_then(Json::as_array);
    let objects = objects.ok_or_else(|| Unread::new("", "is JSON, and not of nftables", HINT))?;
    let ruleset = Ruleset::of(objects);
    let hooks: Vec<&str> = ruleset.chains.values().filter_map(|chain| chain.hook).collect();
    let Some(hook) = ["forward", "input"].into_iter().find(|hook| hooks.contains(hook)) else {
        return Err(Unread::new(
            "",
            "has no chain for connections that pass: none is hooked to forward or input",
            "take the ruleset of the firewall itself: nft -j list ruleset",
        ));
    };
    let mut opened = Opened::default();
    opened.remarks.push(format!("compared with the chains of nftables that are hooked to {hook}"));
    for (ipv6, name) in [(false, "IPv4"), (true, "IPv6")] {
        match ruleset.of_family(hook, ipv6) {
            Some(walk) => {
                for opening in walk.openings {
                    match opened.openings.iter_mut().find(|one| one.place == opening.place) {
                        Some(one) => one.areas.extend(opening.areas),
                        None => opened.openings.push(opening),
                    }
                }
                let new: Vec<String> =
                    walk.remarks.into_iter().filter(|one| !opened.remarks.contains(one)).collect();
                opened.remarks.extend(new);
            }
            None => opened.remarks.push(format!("no chain filters {name}: nothing of it is compared")),
        }
    }
    Ok(opened)
}

impl<'j> Ruleset<'j> {
    fn of(objects: &'j [Json]) -> Self {
        let mut found = Ruleset { chains: BTreeMap::new(), sets: BTreeMap::new() };
        for object in objects {
            if let Some(chain) = object.get("chain") {
                let is_filter = text(chain, "type").is_none_or(|kind| kind == "filter");
                let made = Chain {
                    family: text(chain, "family").unwrap_or_default(),
                    hook: text(chain, "hook").filter(|_| is_filter),
                    accepts: text(chain, "policy").is_none_or(|policy| policy == "accept"),
                    rules: Vec::new(),
                };
                found.chains.insert(key(chain, "name"), made);
            }
            if let Some(set) = object.get("set") {
                found.sets.insert(key(set, "name"), set);
            }
            if let Some(rule) = object.get("rule")
                && let Some(chain) = found.chains.get_mut(&key(rule, "chain"))
            {
                chain.rules.push(rule);
            }
        }
        found
    }

    /// What all chains at a hook accept of a family; nothing where none filters it.
    fn of_family(&self, hook: &str, ipv6: bool) -> Option<Walk> {
        let own = if ipv6 { "ip6" } else { "ip" };
        let every: Vec<_> =
            everywhere().into_iter().filter(|range| range.first().is_ipv6() == ipv6).collect();
        let services = BOTH.map(|transport| (transport, EVERY_PORT));
        let all = areas(&every, &every, &services);
        let based = self
            .chains
            .iter()
            .filter(|(_, chain)| chain.hook == Some(hook) && ["inet", own].contains(&chain.family));
        let mut walks: Vec<Walk> = Vec::new();
        for (key, chain) in based {
            let mut walk = Walk { restricts: !chain.accepts, ..Walk::default() };
            let rest = self.walk(key, all.clone(), &mut walk, 0);
            if chain.accepts && !rest.is_empty() {
                walk.openings.push(Opening { place: format!("chain {}, policy accept", key.2), areas: rest });
            }
            walks.push(walk);
        }
        let mut restricting: Vec<Walk> = Vec::new();
        let mut open = Vec::new();
        for walk in walks {
            if walk.restricts { restricting.push(walk) } else { open.push(walk) }
        }
        if restricting.is_empty() {
            return open.into_iter().next();
        }
        // A connection passes where every chain lets it pass.
        restricting.into_iter().reduce(|mut kept, other| {
            let theirs: Vec<Area> = other.openings.into_iter().flat_map(|one| one.areas).collect();
            kept.openings.iter_mut().for_each(|one| one.areas = shared(&one.areas, &theirs));
            kept.remarks.extend(other.remarks);
            kept
        })
    }

    /// Walks a chain with connections that reach it; those that leave it undecided.
    fn walk(&self, key: &Key<'j>, entering: Vec<Area>, walk: &mut Walk, depth: usize) -> Vec<Area> {
        let Some(chain) = self.chains.get(key).filter(|_| depth < DEEPEST) else { return entering };
        let (mut current, mut returned) = (entering, Vec::new());
        for rule in &chain.rules {
            let place = place(key.2, rule);
            let set = |name: &str| self.sets.get(&(key.0, key.1, name)).copied();
            let Condition { met, verdict, of_interface } = condition(rule, &set);
            let met = match met {
                Met::Never => continue,
                Met::Unknown(what) => {
                    walk.remarks.push(format!("left out, for its condition on {what}: {place}"));
                    continue;
                }
                Met::In(met) => met,
            };
            let reached = shared(&current, &met);
            let (word, target) = verdict;
            match word {
                "accept" => walk.openings.push(Opening { place, areas: reached }),
                "drop" | "reject" if of_interface => {}
                "drop" | "reject" => {
                    walk.restricts = true;
                    current = left(current, &met);
                }
                "return" => {
                    returned.extend(reached);
                    current = left(current, &met);
                }
                "jump" | "goto" => {
                    let to = (key.0, key.1, target.unwrap_or_default());
                    let through = self.walk(&to, reached, walk, depth + 1);
                    current = left(current, &met);
                    if word == "jump" { current.extend(through) } else { returned.extend(through) }
                }
                _ => {}
            }
        }
        current.extend(returned);
        current
    }
}

fn place(chain: &str, rule: &Json) -> String {
    let handle = rule.get("handle").and_then(Json::as_u64).map(|handle| format!(", handle {handle}"));
    format!("chain {chain}{}", handle.unwrap_or_default())
}

fn text<'j>(json: &'j Json, key: &str) -> Option<&'j str> {
    json.get(key).and_then(Json::as_str)
}

fn key<'j>(json: &'j Json, name: &str) -> Key<'j> {
    let part = |key: &str| text(json, key).unwrap_or_default();
    (part("family"), part("table"), part(name))
}
