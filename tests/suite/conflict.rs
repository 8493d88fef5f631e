//! Conflicts of connectors against a quadratic twin written straight from U2 to U5, and the words of U5 and U6.

#![expect(clippy::unwrap_used, reason = "a test may fail by panicking")]

use std::collections::{BTreeMap, BTreeSet};

use exch::connector::conflict::{Claim, Conflict, Rule, check_all, conflicts};
use exch::net::{Binding, Relation, RemoteRange};
use proptest::prelude::*;

use crate::net::{holds, relation_of_sets, world};
use crate::outcome::Failed;

/// A connector of the tiny world: `(address, port)` bindings with 0 the wildcard, ranges as sets, a role.
#[derive(Debug, Clone)]
struct Tiny {
    name: String,
    endpoints: Vec<(u8, u16)>,
    sets: Vec<BTreeSet<u8>>,
    role: u8,
    bindings: Vec<Binding>,
    ranges: Vec<RemoteRange>,
}

impl Tiny {
    fn new(name: usize, endpoints: Vec<(u8, u16)>, spans: Vec<(u8, u8)>, role: u8) -> Self {
        let address = |at: u8| if at == 0 { "0.0.0.0".to_owned() } else { format!("10.9.9.{at}") };
        let binding = |&(at, port): &(u8, u16)| format!("{}:{port}", address(at)).parse().unwrap();
        let range = |&(first, last): &(u8, u8)| format!("10.0.0.{first}-10.0.0.{last}").parse().unwrap();
        Self {
            name: name.to_string(),
            bindings: endpoints.iter().map(binding).collect(),
            ranges: spans.iter().map(range).collect(),
            sets: spans.iter().map(|&(first, last)| (first..=last).collect()).collect(),
            endpoints,
            role,
        }
    }

    fn claim(&self) -> Claim<'_, u8> {
        Claim { name: &self.name, bindings: &self.bindings, ranges: &self.ranges, role: self.role }
    }
}

/// U2 to U5, word for word; of several broken rules the one that is looked for first.
fn broken(one: &Tiny, two: &Tiny) -> Option<Rule> {
    let mut rules = Vec::new();
    for a in &one.endpoints {
        for b in &two.endpoints {
            // U2
            let same = a == b;
            let wildcard = !same && a.1 == b.1 && (a.0 == 0 || b.0 == 0);
            if !same && !wildcard {
                continue;
            }
            // U5
            if one.role != two.role {
                rules.push(Rule::Roles);
                continue;
            }
            for x in &one.sets {
                for y in &two.sets {
                    match relation_of_sets(x, y) {
                        Relation::Disjoint | Relation::Inside | Relation::Holds => {}
                        // U3
                        Relation::Equal | Relation::Overlap if same => rules.push(Rule::SameEndpoint),
                        // U4
                        Relation::Overlap => rules.push(Rule::ThroughWildcard),
                        Relation::Equal => {}
                    }
                }
            }
        }
    }
    rules.into_iter().min()
}

/// The rule that each pair of connectors breaks.
fn all_broken(tinies: &[Tiny]) -> BTreeMap<(usize, usize), Rule> {
    let pairs = (0..tinies.len()).flat_map(|one| (one + 1..tinies.len()).map(move |two| (one, two)));
    pairs.filter_map(|(one, two)| Some(((one, two), broken(&tinies[one], &tinies[two])?))).collect()
}

/// What the conflict names must break its rule by itself.
fn bears_out(conflict: &Conflict) -> bool {
    let met = conflict.mine.meets(&conflict.theirs).is_some();
    let ranges = match (&conflict.ranges, conflict.rule) {
        (None, rule) => rule == Rule::Roles,
        (Some(clash), Rule::SameEndpoint) => {
            conflict.mine == conflict.theirs && matches!(clash.relation, Relation::Equal | Relation::Overlap)
        }
        (Some(clash), rule) => rule == Rule::ThroughWildcard && clash.relation == Relation::Overlap,
    };
    let described =
        conflict.ranges.as_ref().is_none_or(|clash| clash.mine.relation(&clash.theirs) == clash.relation);
    met && ranges && described
}

#[test]
fn every_pair_of_the_tiny_world_agrees_with_the_rules() -> Result<(), Failed> {
    let mut tinies = Vec::new();
    for endpoint in [(1, 25), (2, 25), (0, 25), (1, 26)] {
        for span in world(6) {
            for role in [0, 1] {
                tinies.push(Tiny::new(tinies.len(), vec![endpoint], vec![(span.first(), span.last())], role));
            }
        }
    }
    let claims: Vec<_> = tinies.iter().map(Tiny::claim).collect();
    for one in &tinies {
        for (two, claim) in tinies.iter().zip(&claims) {
            let found = conflicts(&one.claim(), std::slice::from_ref(claim));
            assert_eq!(found.first().map(|conflict| conflict.rule), broken(one, two), "{one:?} {two:?}");
            assert!(found.iter().all(bears_out), "{found:?}");
            let pair = [one.claim(), *claim];
            assert_eq!(check_all(&pair).first().map(|conflict| conflict.rule), broken(one, two));
        }
    }
    Ok(())
}

#[test]
fn random_servers_agree_with_the_rules() -> Result<(), Failed> {
    let span = (0u8..12, 0u8..12).prop_map(|(a, b)| (a.min(b), a.max(b)));
    let endpoints = proptest::collection::vec((0u8..4, 25u16..27), 0..3);
    // One role in four differs, so that ranges decide often enough.
    let tiny =
        (endpoints, proptest::collection::vec(span, 0..4), prop_oneof![3 => Just(0u8), 1 => Just(1u8)]);
    holds(proptest::collection::vec(tiny, 1..9), |parts| {
        let build = |(at, (endpoints, spans, role))| Tiny::new(at, endpoints, spans, role);
        let tinies: Vec<_> = parts.into_iter().enumerate().map(build).collect();
        let claims: Vec<_> = tinies.iter().map(Tiny::claim).collect();
        let broken = all_broken(&tinies);
        let pair = |conflict: &Conflict| {
            let (one, two): (usize, usize) =
                (conflict.subject.parse().unwrap(), conflict.other.parse().unwrap());
            (one.min(two), one.max(two))
        };
        // One candidate: exactly the connectors that the rules name.
        let found: BTreeMap<_, _> =
            conflicts(&claims[0], &claims[1..]).iter().map(|c| (pair(c), c.rule)).collect();
        prop_assert_eq!(
            found,
            broken.iter().filter(|(pair, _)| pair.0 == 0).map(|(p, r)| (*p, *r)).collect()
        );
        // The whole server: nothing but what the rules name, no pair twice, and nobody who conflicts is left out.
        let all = check_all(&claims);
        let pairs: BTreeSet<_> = all.iter().map(pair).collect();
        prop_assert_eq!(pairs.len(), all.len());
        prop_assert!(all.iter().all(bears_out));
        prop_assert!(all.iter().all(|conflict| broken.get(&pair(conflict)) == Some(&conflict.rule)));
        for at in 0..tinies.len() {
            let worst =
                broken.iter().filter(|((one, two), _)| *one == at || *two == at).map(|(_, rule)| *rule).min();
            let named = all.iter().filter(|c| pair(c).0 == at || pair(c).1 == at).map(|c| c.rule).min();
            prop_assert_eq!(named, worst);
        }
        Ok(())
    })
}

fn bindings(texts: &[&str]) -> Vec<Binding> {
    texts.iter().map(|text| text.parse().unwrap()).collect()
}

fn ranges(texts: &[&str]) -> Vec<RemoteRange> {
    texts.iter().map(|text| text.parse().unwrap()).collect()
}

#[test]
fn default_connectors_stand_beside_each_other() -> Result<(), Failed> {
    let everyone = ranges(&["::-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "0.0.0.0-255.255.255.255"]);
    let (relay, host) = (ranges(&["10.0.0.0/24"]), ranges(&["10.0.0.7"]));
    let endpoints = |port| bindings(&[&format!("[::]:{port}"), &format!("0.0.0.0:{port}")]);
    let (smtp, hub, client) = (endpoints(25), endpoints(2525), endpoints(465));
    let inner = bindings(&["10.0.0.1:25"]);
    let claim = |name, bindings, ranges, role| Claim { name, bindings, ranges, role };
    let claims = [
        claim("S\\Default", hub.as_slice(), everyone.as_slice(), "HubTransport"),
        claim("S\\Client Proxy", &client, &everyone, "HubTransport"),
        claim("S\\Default Frontend", &smtp, &everyone, "FrontendTransport"),
        claim("S\\Relay", &smtp, &relay, "FrontendTransport"),
        claim("S\\Printer", &inner, &host, "FrontendTransport"),
        claim("S\\Inner", &inner, &everyone, "FrontendTransport"),
    ];
    assert_eq!(check_all(&claims), []);
    assert_eq!(conflicts(&claims[4], &claims[..4]), []);
    Ok(())
}

#[test]
fn messages_and_hints() -> Result<(), Failed> {
    let (wild, inner) = (bindings(&["0.0.0.0:25"]), bindings(&["10.0.0.1:25"]));
    let (low, high) = (ranges(&["10.1.0.0-10.1.0.20"]), ranges(&["10.1.0.10-10.1.0.30"]));
    let claim = |name, bindings, ranges, role| Claim { name, bindings, ranges, role };
    let relay = claim("HUB01\\Relay", wild.as_slice(), high.as_slice(), 0);
    let product = "The values that you specified for the Bindings and RemoteIPRanges parameters conflict with the \
                   settings on Receive connector \"HUB01\\Relay\".";
    let roles = "Receive connectors assigned to different Transport roles on a single server must listen on unique \
                 local IP address & port bindings.";
    let cases = [
        (
            claim("HUB01\\New", &wild, &low, 0),
            format!(
                "{product} Binding `0.0.0.0:25` is bound by both, and range `10.1.0.0-10.1.0.20` partly overlaps its \
                 range `10.1.0.10-10.1.0.30`: `10.1.0.10-10.1.0.20` would be in both."
            ),
            "give `10.1.0.0-10.1.0.9` in place of `10.1.0.0-10.1.0.20`, or bind one of the two to a port other than \
             25, or both to addresses of their own",
        ),
        (
            claim("HUB01\\New", &inner, &low, 0),
            format!(
                "{product} Binding `10.0.0.1:25` meets its binding `0.0.0.0:25`, and range `10.1.0.0-10.1.0.20` \
                 partly overlaps its range `10.1.0.10-10.1.0.30`: `10.1.0.10-10.1.0.20` would be in both."
            ),
            "give `10.1.0.0-10.1.0.9` in place of `10.1.0.0-10.1.0.20`, or bind one of the two to a port other than \
             25, or both to addresses of their own",
        ),
        (
            claim("HUB01\\New", &wild, &high, 0),
            format!(
                "{product} Binding `0.0.0.0:25` is bound by both, and range `10.1.0.10-10.1.0.30` equals its range \
                 `10.1.0.10-10.1.0.30`."
            ),
            "take `10.1.0.10-10.1.0.30` from one of the two, or bind one of the two to a port other than 25, or both \
             to addresses of their own",
        ),
        (
            claim("HUB01\\New", &inner, &low, 1),
            format!(
                "{product} {roles} Binding `10.0.0.1:25` meets binding `0.0.0.0:25` of Receive connector \"HUB01\\Relay\"."
            ),
            "use the TransportRole of \"HUB01\\Relay\", which at ports 25 and 587 is -TransportRole FrontendTransport; or \
             bind one of the two to a port other than 25, or both to addresses of their own",
        ),
    ];
    for (candidate, message, hint) in cases {
        let found = conflicts(&candidate, &[relay]);
        let conflict = found.first().ok_or("no conflict")?;
        assert_eq!((conflict.to_string(), conflict.hint().as_deref()), (message, Some(hint)));
        assert_eq!((conflict.subject.as_str(), found.len()), ("HUB01\\New", 1));
    }
    let numbers = [Rule::Roles, Rule::SameEndpoint, Rule::ThroughWildcard].map(Rule::number);
    assert_eq!(numbers.map(|number| number.to_string()), ["U5", "U3", "U4"]);
    Ok(())
}

/// Where the bindings alone are asked for, bindings are offered and no parameter.
#[test]
fn a_conflict_says_what_to_answer() {
    let (every, one) = (bindings(&["0.0.0.0:25"]), bindings(&["10.0.0.1:25"]));
    let range = ranges(&["10.1.0.0/16"]);
    let answer = |mine, theirs, role| {
        let candidate = Claim { name: "HUB01\\New", bindings: mine, ranges: &range, role };
        let relay = Claim { name: "HUB01\\Relay", bindings: theirs, ranges: &range, role: 0 };
        conflicts(&candidate, &[relay]).first().map(Conflict::answer).unwrap_or_default()
    };
    let at_every = "give a port other than 25: \"HUB01\\Relay\" listens at `0.0.0.0:25`";
    assert_eq!(answer(&one, &every, 1), at_every);
    assert_eq!(answer(&every, &every, 0), at_every);
    assert_eq!(answer(&every, &one, 1), "give addresses other than 10.0.0.1, or a port other than 25");
    assert_eq!(answer(&one, &one, 0), "give another address, or a port other than 25");
}

#[test]
fn a_thousand_equal_connectors_give_a_thousand_lines() -> Result<(), Failed> {
    let tinies: Vec<_> = (0..1000).map(|at| Tiny::new(at, vec![(0, 25)], vec![(3, 9)], 0)).collect();
    let claims: Vec<_> = tinies.iter().map(Tiny::claim).collect();
    assert_eq!(check_all(&claims).len(), 999);
    assert_eq!(conflicts(&claims[0], &claims[1..]).len(), 999);
    Ok(())
}
