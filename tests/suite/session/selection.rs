//! The table and the scan against a twin that reads S2 to S4 aloud, in a world of eight addresses and at random.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use exch::connector::conflict::{Claim, check_all};
use exch::net::{Binding, RemoteRange};
use exch::session::{Answer, Fate, Listener, Selection, candidates};
use proptest::prelude::*;

use crate::net::{holds, world};
use crate::outcome::Failed;

/// What a connector claims, in the test's own terms.
#[derive(Debug, Clone)]
struct Tiny {
    enabled: bool,
    bindings: Vec<Binding>,
    ranges: Vec<RemoteRange>,
}

impl Tiny {
    fn listener(&self) -> Listener<'_> {
        Listener { enabled: self.enabled, bindings: &self.bindings, ranges: &self.ranges }
    }

    fn claim(&self) -> Claim<'_, u8> {
        Claim { name: "", bindings: &self.bindings, ranges: &self.ranges, role: 0 }
    }

    fn of(bindings: &[&str], ranges: &[&str]) -> Self {
        Tiny {
            enabled: true,
            bindings: bindings.iter().map(|text| text.parse().unwrap()).collect(),
            ranges: ranges.iter().map(|text| text.parse().unwrap()).collect(),
        }
    }
}

/// S2 to S4, word for word.
fn naive(tinies: &[Tiny], local: SocketAddr, remote: IpAddr) -> Answer {
    let (mut bound, mut best): (bool, Option<(u128, bool, usize)>) = (false, None);
    for (at, tiny) in tinies.iter().enumerate().filter(|(_, tiny)| tiny.enabled) {
        for binding in &tiny.bindings {
            let exact = binding.address() == local.ip() && binding.port() == local.port();
            let wildcard = binding.address().is_unspecified()
                && binding.address().is_ipv4() == local.is_ipv4()
                && binding.port() == local.port();
            if !exact && !wildcard {
                continue;
            }
            bound = true;
            for range in tiny.ranges.iter().filter(|range| range.first() <= remote && remote <= range.last())
            {
                let claim = (range.size(), !exact, at);
                best = Some(best.map_or(claim, |best| best.min(claim)));
            }
        }
    }
    match best {
        Some((_, _, at)) => Answer::Connector(at),
        None if bound => Answer::NoRange,
        None => Answer::NotBound,
    }
}

/// Table and scan say what the twin says.
fn agree(tinies: &[Tiny], locals: &[SocketAddr], remotes: &[IpAddr]) {
    let listeners: Vec<_> = tinies.iter().map(Tiny::listener).collect();
    let table = Selection::new(&listeners);
    for (local, remote) in locals.iter().flat_map(|local| remotes.iter().map(move |remote| (*local, *remote)))
    {
        let expected = naive(tinies, local, remote);
        assert_eq!(table.answer(local, remote), expected, "{tinies:?} {local} {remote}");
        let scanned = candidates(&listeners, local, remote);
        let winner = scanned.iter().find(|one| matches!(one.fate, Fate::Answers { .. }));
        let expected = if let Answer::Connector(at) = expected { Some(at) } else { None };
        assert_eq!(winner.map(|one| one.connector), expected, "{tinies:?} {local} {remote}");
        assert_eq!(scanned.len(), tinies.len());
    }
}

/// Whether the rules let these connectors stand beside each other (U1 to U4).
fn allowed(tinies: &[Tiny]) -> bool {
    check_all(&tinies.iter().map(Tiny::claim).collect::<Vec<_>>()).is_empty()
}

#[test]
fn every_three_ranges_of_the_tiny_world() {
    let ranges = world(8).into_iter().map(|span| format!("10.0.0.{}-10.0.0.{}", span.first(), span.last()));
    let one = |range: String| ["10.9.9.1:25", "0.0.0.0:25"].map(|binding| Tiny::of(&[binding], &[&range]));
    let all: Vec<Tiny> = ranges.flat_map(one).collect();
    let locals = ["10.9.9.1:25", "10.9.9.2:25"].map(|local| local.parse().unwrap());
    let remotes: Vec<IpAddr> = (0..8).map(|last| Ipv4Addr::new(10, 0, 0, last).into()).collect();
    // The rules speak of two connectors at a time.
    let beside = |one: &Tiny, other: &Tiny| allowed(&[one.clone(), other.clone()]);
    let pairs: Vec<Vec<bool>> =
        all.iter().map(|one| all.iter().map(|other| beside(one, other)).collect()).collect();
    let mut tried = 0;
    for at in 0..all.len() {
        agree(std::slice::from_ref(&all[at]), &locals, &remotes);
        for next in (at + 1..all.len()).filter(|next| pairs[at][*next]) {
            agree(&[all[at].clone(), all[next].clone()], &locals, &remotes);
            for last in (next + 1..all.len()).filter(|last| pairs[at][*last] && pairs[next][*last]) {
                agree(&[all[at].clone(), all[next].clone(), all[last].clone()], &locals, &remotes);
                tried += 1;
            }
        }
    }
    assert!(tried > 1_000, "{tried}");
}

/// Ranges of both families around a few addresses, so that they nest, touch and hold the probes.
fn range() -> impl Strategy<Value = RemoteRange> {
    let v4 = (0u32..64, 0u8..9, any::<bool>()).prop_map(|(at, bits, wide)| {
        let shift = if wide { 8 } else { 0 };
        let first = Ipv4Addr::from(0x0a00_0000 + (at << shift));
        format!("{first}/{}", 32 - bits - shift as u8)
    });
    let v6 = (0u128..64, 0u8..9).prop_map(|(at, bits)| {
        let first = Ipv6Addr::from((0xfd00_u128 << 112) + (at << 60));
        format!("{first}/{}", 68 - bits * 8)
    });
    let ends = (0u32..600, 0u32..600).prop_map(|(a, b)| {
        let end = |at: u32| Ipv4Addr::from(0x0a00_0000 + at);
        format!("{}-{}", end(a.min(b)), end(a.max(b)))
    });
    let every = prop_oneof![Just("0.0.0.0/0".to_owned()), Just("::/0".to_owned())];
    prop_oneof![4 => v4, 3 => v6, 2 => ends, 1 => every].prop_map(|text| text.parse().unwrap())
}

fn binding() -> impl Strategy<Value = Binding> {
    let address =
        prop_oneof![Just("0.0.0.0"), Just("10.9.9.1"), Just("10.9.9.2"), Just("[::]"), Just("[fd00::1]")];
    (address, 25u16..27).prop_map(|(address, port)| format!("{address}:{port}").parse().unwrap())
}

#[test]
fn random_servers_select_as_the_rules() -> Result<(), Failed> {
    let tiny = (
        prop_oneof![9 => Just(true), 1 => Just(false)],
        proptest::collection::vec(binding(), 0..4),
        proptest::collection::vec(range(), 0..5),
    );
    let locals = ["10.9.9.1:25", "10.9.9.3:25", "10.9.9.2:26", "[fd00::1]:25", "[fd00::2]:26", "10.9.9.1:27"]
        .map(|local| local.parse().unwrap());
    holds(proptest::collection::vec(tiny, 0..8), |parts| {
        let build = |(enabled, bindings, ranges)| Tiny { enabled, bindings, ranges };
        let tinies: Vec<Tiny> = parts.into_iter().map(build).collect();
        // Every place where the answer may change: the ends of ranges and their neighbours.
        let ranges = tinies.iter().flat_map(|tiny| &tiny.ranges);
        let mut remotes: Vec<IpAddr> = ranges
            .flat_map(|range| {
                let around =
                    [range.below(range.first()), range.above(range.first()), range.below(range.last())];
                let near = around.into_iter().flatten().flat_map(|part| [part.first(), part.last()]);
                near.chain([range.first(), range.last()]).collect::<Vec<_>>()
            })
            .collect();
        remotes.extend(
            ["10.0.0.7", "11.0.0.0", "fd00::", "::", "255.255.255.255"]
                .map(|at| at.parse::<IpAddr>().unwrap()),
        );
        agree(&tinies, &locals, &remotes);
        Ok(())
    })
}

#[test]
fn three_nested_ranges_on_three_connectors() {
    let tinies = [
        Tiny::of(&["0.0.0.0:25"], &["0.0.0.0-255.255.255.255"]),
        Tiny::of(&["0.0.0.0:25"], &["192.168.1.0/24"]),
        Tiny::of(&["0.0.0.0:25"], &["192.168.1.75"]),
    ];
    assert!(allowed(&tinies));
    let table = Selection::new(&tinies.each_ref().map(Tiny::listener));
    let at = |remote: &str| table.answer("10.9.9.1:25".parse().unwrap(), remote.parse().unwrap());
    assert_eq!(at("192.168.1.75"), Answer::Connector(2));
    assert_eq!([at("192.168.1.74"), at("192.168.1.76")], [Answer::Connector(1); 2]);
    assert_eq!([at("192.168.0.255"), at("192.168.2.0")], [Answer::Connector(0); 2]);
    assert_eq!(at("::1"), Answer::NoRange);
}

#[test]
fn each_loser_has_its_reason() {
    let mut tinies = [
        Tiny::of(&["0.0.0.0:25"], &["0.0.0.0/0"]),
        Tiny::of(&["10.9.9.1:25"], &["192.168.1.0/24"]),
        Tiny::of(&["0.0.0.0:25"], &["192.168.1.0/24"]),
        Tiny::of(&["0.0.0.0:25"], &["192.168.2.0/24"]),
        Tiny::of(&["0.0.0.0:587", "[::]:25"], &["192.168.1.0/24"]),
        Tiny::of(&["0.0.0.0:25"], &["192.168.1.75"]),
    ];
    tinies[5].enabled = false;
    let listeners: Vec<_> = tinies.iter().map(Tiny::listener).collect();
    let scanned = candidates(&listeners, "10.9.9.1:25".parse().unwrap(), "192.168.1.75".parse().unwrap());
    let described: Vec<_> = scanned.iter().map(|one| format!("{}: {}", one.fate.rule(), one.fate)).collect();
    assert_eq!(
        described,
        [
            "S3: has the wider range `0.0.0.0/0`, and `192.168.1.0/24` is smaller",
            "S3: answers at `10.9.9.1:25` for `192.168.1.0/24`",
            "S4: is bound to every address by `0.0.0.0:25`, and `10.9.9.1:25` is exact",
            "S2: has no range that holds the remote address",
            "S2: does not listen at this address and port",
            "S2: is disabled",
        ]
    );
}

#[test]
fn mapped_addresses_are_ipv4() {
    let tinies = [Tiny::of(&["0.0.0.0:25"], &["10.0.0.0/8"]), Tiny::of(&["[::]:25"], &["::/0"])];
    let table = Selection::new(&tinies.each_ref().map(Tiny::listener));
    let remote = "::ffff:10.1.2.3".parse().unwrap();
    assert_eq!(table.answer("[::ffff:10.9.9.1]:25".parse().unwrap(), remote), Answer::Connector(0));
}
