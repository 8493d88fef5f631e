//! Bindings and remote ranges: spellings, refusals with their hints, and the laws of intervals against sets.

#![expect(clippy::unwrap_used, reason = "a test may fail by panicking")]

use std::collections::BTreeSet;
use std::net::IpAddr;

use exch::net::{
    Binding, BindingFault, BindingIndex, Interval, IntervalIndex, Meeting, RangeFault, Relation, RemoteRange,
};
use exch::net::{coalesce, covered, repeated};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

use crate::outcome::Failed;

/// How many inputs [`holds`] tries.
pub const CASES: u32 = 1000;

/// A property over random values, as a trial's outcome.
pub fn holds<S: Strategy>(
    strategy: S,
    law: impl Fn(S::Value) -> Result<(), TestCaseError>,
) -> Result<(), Failed> {
    let config = Config { failure_persistence: None, ..Config::with_cases(CASES) };
    Ok(TestRunner::new(config).run(&strategy, law).map_err(|e| e.to_string())?)
}

/// The intervals of a world of `points` addresses.
pub fn world(points: u8) -> Vec<Interval<u8>> {
    let pairs = (0..points).flat_map(|first| (0..points).map(move |last| (first, last)));
    pairs.filter_map(|(first, last)| Interval::new(first, last)).collect()
}

/// The same relation seen from the other side.
fn reversed(relation: Relation) -> Relation {
    match relation {
        Relation::Inside => Relation::Holds,
        Relation::Holds => Relation::Inside,
        same => same,
    }
}

/// The naive twin: intervals as sets of addresses.
pub fn relation_of_sets(one: &BTreeSet<u8>, two: &BTreeSet<u8>) -> Relation {
    if one == two {
        Relation::Equal
    } else if one.is_disjoint(two) {
        Relation::Disjoint
    } else if one.is_subset(two) {
        Relation::Inside
    } else if two.is_subset(one) {
        Relation::Holds
    } else {
        Relation::Overlap
    }
}

fn set(interval: &Interval<u8>) -> BTreeSet<u8> {
    (interval.first()..=interval.last()).collect()
}

#[test]
fn relation_agrees_with_sets_of_addresses() -> Result<(), Failed> {
    let all = world(16);
    assert_eq!(all.len(), 136);
    let mut pairs = 0;
    for one in &all {
        for two in &all {
            let (a, b) = (set(one), set(two));
            assert_eq!(one.relation(two), relation_of_sets(&a, &b), "{one:?} {two:?}");
            assert_eq!(one.relation(two), reversed(two.relation(one)), "{one:?} {two:?}");
            let common = one.common(two).map(|common| set(&common)).unwrap_or_default();
            assert_eq!(common, a.intersection(&b).copied().collect(), "{one:?} {two:?}");
            pairs += 1;
        }
        assert!((0..16).all(|point| one.contains(point) == set(one).contains(&point)));
    }
    assert_eq!(pairs, 18_496);
    Ok(())
}

/// The little world laid at `base`, in the middle of a family's addresses.
fn range_at(base: &str, interval: &Interval<u8>) -> RemoteRange {
    let at = |point: u8| -> IpAddr {
        format!("{base}{point:x}").replace("10.0.0.a", "10.0.0.10").parse().unwrap()
    };
    RemoteRange::new(at(interval.first()), at(interval.last())).unwrap()
}

#[test]
fn relation_of_ranges_is_that_of_their_intervals() -> Result<(), Failed> {
    for one in world(10) {
        for two in world(10) {
            for base in ["10.0.0.", "2001:db8::"] {
                let (a, b) = (range_at(base, &one), range_at(base, &two));
                assert_eq!(a.relation(&b), one.relation(&two));
                assert_eq!(a == b, one == two);
                assert_eq!(a.to_string().parse::<RemoteRange>().unwrap(), a);
            }
            let (four, six) = (range_at("10.0.0.", &one), range_at("2001:db8::", &two));
            assert_eq!(four.relation(&six), Relation::Disjoint);
        }
    }
    Ok(())
}

#[test]
fn crossings_agree_with_a_scan() -> Result<(), Failed> {
    let entry = (0u8..16, 0u8..16, 0usize..4)
        .prop_map(|(a, b, owner)| (Interval::new(a.min(b), a.max(b)).unwrap(), owner));
    holds(proptest::collection::vec(entry, 0..12), |entries| {
        let crossings = IntervalIndex::new(entries.iter().copied());
        for asked in world(16) {
            for owner in 0..4 {
                let foreign =
                    |relation| entries.iter().any(|(i, o)| *o != owner && i.relation(&asked) == relation);
                for (hit, relation) in [
                    (crossings.equal(&asked, owner), Relation::Equal),
                    (crossings.overlap(&asked, owner), Relation::Overlap),
                ] {
                    prop_assert_eq!(hit.is_some(), foreign(relation));
                    if let Some(hit) = hit {
                        let (interval, of) = entries[hit.place];
                        prop_assert!(of == hit.owner && of != owner && interval.relation(&asked) == relation);
                    }
                }
            }
        }
        Ok(())
    })
}

#[test]
fn coalescing_and_covers_agree_with_sets() -> Result<(), Failed> {
    let interval = (0u8..10, 0u8..10).prop_map(|(a, b)| Interval::new(a.min(b), a.max(b)).unwrap());
    holds(proptest::collection::vec(interval, 0..8), |intervals| {
        let ranges: Vec<_> = intervals.iter().map(|i| range_at("10.0.0.", i)).collect();
        let points: BTreeSet<u8> = intervals.iter().flat_map(set).collect();
        let runs = points.iter().filter(|p| !points.contains(&p.wrapping_sub(1))).count();
        let joined = coalesce(&ranges);
        prop_assert_eq!(joined.len(), runs);
        for point in 0..10 {
            let address = format!("10.0.0.{point}").parse().unwrap();
            prop_assert_eq!(joined.iter().any(|range| range.contains(address)), points.contains(&point));
        }
        let covers = covered(&ranges);
        for (at, range) in ranges.iter().enumerate() {
            let superfluous = ranges.iter().enumerate().any(|(other, outer)| match range.relation(outer) {
                Relation::Inside => true,
                Relation::Equal => other < at,
                _ => false,
            });
            prop_assert_eq!(
                covers.iter().filter(|cover| cover.inner == at).count(),
                usize::from(superfluous)
            );
        }
        prop_assert!(covers.iter().all(|c| ranges[c.inner].relation(&ranges[c.outer]) == c.relation));
        prop_assert!(covers.iter().all(|c| matches!(c.relation, Relation::Inside | Relation::Equal)));
        Ok(())
    })
}

fn binding(text: &str) -> Binding {
    text.parse().unwrap_or_else(|e| panic!("{e}"))
}

#[test]
fn meetings_of_bindings() -> Result<(), Failed> {
    let cases = [
        ("10.0.0.1:25", "10.0.0.1:25", Some(Meeting::Same)),
        ("10.0.0.1:25", "10.0.0.1:26", None),
        ("10.0.0.1:25", "10.0.0.2:25", None),
        ("10.0.0.1:25", "0.0.0.0:25", Some(Meeting::Wildcard)),
        ("0.0.0.0:25", "0.0.0.0:25", Some(Meeting::Same)),
        ("0.0.0.0:25", "0.0.0.0:26", None),
        ("0.0.0.0:25", "[::]:25", None),
        ("10.0.0.1:25", "[::]:25", None),
        ("[fe80::1]:25", "[::]:25", Some(Meeting::Wildcard)),
        ("[fe80::1%11]:25", "[fe80::1]:25", Some(Meeting::Same)),
        ("[::ffff:10.0.0.1]:25", "10.0.0.1:25", Some(Meeting::Same)),
        ("[::ffff:10.0.0.1]:25", "[::]:25", None),
    ];
    for (one, two, meeting) in cases {
        assert_eq!(binding(one).meets(&binding(two)), meeting, "{one} {two}");
        assert_eq!(binding(two).meets(&binding(one)), meeting, "{two} {one}");
    }
    let texts: BTreeSet<_> = cases.iter().flat_map(|case| [case.0, case.1]).map(binding).collect();
    let all: Vec<_> = texts.into_iter().collect();
    for (at, own) in all.iter().enumerate() {
        // Sorted bindings find what comparing each with each finds, and an address in common before a wildcard.
        let best = |own: &[Binding], theirs: &Binding| {
            let met: Vec<_> = own.iter().filter_map(|own| own.meets(theirs)).collect();
            met.iter().copied().find(|meeting| *meeting == Meeting::Same).or(met.first().copied())
        };
        for theirs in &all {
            for own in [&all[at..], &all[..at], std::slice::from_ref(own)] {
                let met = BindingIndex::new(own).overlap(std::slice::from_ref(theirs));
                assert_eq!(met.map(|met| met.meeting), best(own, theirs), "{own:?} {theirs}");
                assert!(met.is_none_or(|met| own[met.mine].meets(theirs) == Some(met.meeting)));
            }
        }
    }
    let list = |texts: &[&str]| texts.iter().map(|text| binding(text)).collect::<Vec<_>>();
    assert_eq!(repeated(&list(&["10.0.0.1:25", "[::]:25", "0.0.0.0:25"])), None);
    assert_eq!(repeated(&list(&["[::]:25", "0.0.0.0:25", "[0::0]:25", "0.0.0.0:25"])), Some((0, 2)));
    Ok(())
}

#[test]
fn accepted_bindings() -> Result<(), Failed> {
    let cases = [
        ("10.10.1.1:25", "10.10.1.1:25"),
        ("0.0.0.0:25", "0.0.0.0:25"),
        ("[::]:587", "[::]:587"),
        ("  [::]:587\t", "[::]:587"),
        ("[0:0:0:0:0:0:0:0]:25", "[::]:25"),
        ("[FE80:0::1]:25", "[fe80::1]:25"),
        ("[fe80::1%11]:25", "[fe80::1%11]:25"),
        ("[fe80::1%eth0.5]:25", "[fe80::1%eth0.5]:25"),
        ("[::ffff:10.0.0.1]:25", "[::ffff:10.0.0.1]:25"),
        ("127.0.0.1:65535", "127.0.0.1:65535"),
        ("127.0.0.1:1", "127.0.0.1:1"),
    ];
    for (text, printed) in cases {
        assert_eq!(binding(text).to_string(), printed);
        assert_eq!(binding(printed), binding(text));
    }
    assert_eq!(binding("[fe80::1%11]:25").scope(), Some("11"));
    assert_ne!(binding("[fe80::1%11]:25"), binding("[fe80::1]:25"));
    assert!(binding("[::ffff:0.0.0.0]:25").is_wildcard());
    Ok(())
}

#[test]
fn refused_bindings() -> Result<(), Failed> {
    use BindingFault as F;
    let cases = [
        ("", F::Empty, EXAMPLES),
        ("10.0.0.1", F::MissingPort, "10.0.0.1:25"),
        ("[::1]", F::MissingPort, "[::1]:25"),
        ("[2001:db8::25]", F::MissingPort, "[2001:db8::25]:25"),
        ("[fe80::1%11]", F::MissingPort, "[fe80::1%11]:25"),
        ("587", F::MissingPort, "0.0.0.0:587"),
        ("mail", F::MissingPort, EXAMPLES),
        ("10.0.0.1:0", F::Port, "10.0.0.1:25"),
        ("10.0.0.1:65536", F::Port, "10.0.0.1:25"),
        ("10.0.0.1:+25", F::Port, "10.0.0.1:25"),
        ("10.0.0.1: 25", F::Port, "10.0.0.1:25"),
        ("10.0.0.1:", F::Port, "10.0.0.1:25"),
        ("10.0.0.1:smtp", F::Port, "10.0.0.1:25"),
        ("[fe80::1]:70000", F::Port, "[fe80::1]:25"),
        ("::1", F::Unbracketed, "[::1]:25"),
        ("2001:db8::1", F::Unbracketed, "[2001:db8::1]:25"),
        ("fe80::1:587", F::Unbracketed, "[fe80::1]:587"),
        (":::25", F::Unbracketed, "[::]:25"),
        ("::25", F::Unbracketed, "[::]:25"),
        ("fe80::1%eth0", F::Unbracketed, "[fe80::1%eth0]:25"),
        ("[10.0.0.1]:25", F::Brackets, "10.0.0.1:25"),
        ("[::1]25", F::NotAddress, EXAMPLES),
        (":25", F::NotAddress, "0.0.0.0:25"),
        ("*:2525", F::NotAddress, "0.0.0.0:2525"),
        ("localhost:25", F::NotAddress, "0.0.0.0:25"),
        ("010.000.0.001:25", F::NotAddress, "10.0.0.1:25"),
        ("10.0.0.0/24:25", F::NotAddress, "0.0.0.0:25"),
        ("10.0.0.1%eth0:25", F::NotAddress, "10.0.0.1:25"),
        ("[fe80::1%]:25", F::NotAddress, "0.0.0.0:25"),
        ("224.0.0.1:25", F::Multicast, "0.0.0.0:25"),
        ("[ff02::1]:587", F::Multicast, "[::]:587"),
        ("255.255.255.255:25", F::Broadcast, "0.0.0.0:25"),
    ];
    for (text, fault, hint) in cases {
        let error = text.parse::<Binding>().unwrap_err();
        assert_eq!((error.fault(), error.hint().as_deref()), (fault, Some(hint)), "{text}");
        assert!(is_typeable(hint), "{hint}");
        assert_eq!(error.to_string(), format!("the binding `{text}` {fault}"));
    }
    assert_eq!(Binding::new("10.0.0.1".parse()?, 0).unwrap_err().fault(), F::Port);
    Ok(())
}

/// What is hinted where a text shows nothing of a binding.
const EXAMPLES: &str = "such as `0.0.0.0:25`, which is every address, or `192.168.1.10:25`";

/// Whether a hint is a binding, or examples.
fn is_typeable(hint: &str) -> bool {
    hint == EXAMPLES || hint.parse::<Binding>().is_ok()
}

fn range(text: &str) -> RemoteRange {
    text.parse().unwrap_or_else(|e| panic!("{e}"))
}

#[test]
fn accepted_ranges() -> Result<(), Failed> {
    let tail = "0000:0000:0000:0000:0000:0000:0.0.0.0";
    let end = "ffff:ffff:ffff:ffff:ffff:ffff:255.255.255.255";
    let all6 = ("::", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff");
    let cases = [
        ("192.168.1.1", "192.168.1.1", "192.168.1.1", "192.168.1.1"),
        ("192.168.1.10-192.168.1.20", "192.168.1.10-192.168.1.20", "192.168.1.10", "192.168.1.20"),
        (" 10.0.0.1 - 10.0.0.9 ", "10.0.0.1-10.0.0.9", "10.0.0.1", "10.0.0.9"),
        ("10.0.0.1–10.0.0.9", "10.0.0.1-10.0.0.9", "10.0.0.1", "10.0.0.9"),
        ("192.168.1.0(255.255.255.0)", "192.168.1.0(255.255.255.0)", "192.168.1.0", "192.168.1.255"),
        ("192.168.1.7 ( 255.255.255.0 )", "192.168.1.7(255.255.255.0)", "192.168.1.0", "192.168.1.255"),
        ("0.0.0.0(0.0.0.0)", "0.0.0.0(0.0.0.0)", "0.0.0.0", "255.255.255.255"),
        ("192.168.1.0/24", "192.168.1.0/24", "192.168.1.0", "192.168.1.255"),
        ("192.168.1.1 / 24", "192.168.1.1/24", "192.168.1.0", "192.168.1.255"),
        ("10.0.0.1/32", "10.0.0.1/32", "10.0.0.1", "10.0.0.1"),
        ("0.0.0.0/0", "0.0.0.0/0", "0.0.0.0", "255.255.255.255"),
        ("2001:DB8::1", "2001:DB8::1", "2001:db8::1", "2001:db8::1"),
        ("2001:db8::/32", "2001:db8::/32", "2001:db8::", "2001:db8:ffff:ffff:ffff:ffff:ffff:ffff"),
        ("2001:db8::1-2001:db8::9", "2001:db8::1-2001:db8::9", "2001:db8::1", "2001:db8::9"),
        ("fe80::1%11", "fe80::1%11", "fe80::1", "fe80::1"),
        ("::/0", "::/0", all6.0, all6.1),
        (
            "::-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
            "::-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
            all6.0,
            all6.1,
        ),
        (&format!("{tail}-{end}"), &format!("{tail}-{end}"), all6.0, all6.1),
        (&format!("{tail}–{end}"), &format!("{tail}-{end}"), all6.0, all6.1),
    ];
    for (text, printed, first, last) in cases {
        let read = range(text);
        assert_eq!(read.to_string(), printed);
        assert_eq!((read.first(), read.last()), (first.parse()?, last.parse()?), "{text}");
        assert!(read.same(&range(printed)));
    }
    assert_eq!(range("10.0.0.0/24"), range("10.0.0.0-10.0.0.255"));
    Ok(())
}

#[test]
fn refused_ranges() -> Result<(), Failed> {
    use RangeFault as F;
    let such_as = "such as `192.168.1.10`, `192.168.1.10-192.168.1.20` or `192.168.1.0/24`";
    let cases = [
        ("", F::Empty, such_as),
        ("-", F::LoneDash, such_as),
        ("–", F::LoneDash, such_as),
        ("10.0.0.1-", F::MissingEnd, "10.0.0.1"),
        ("-10.0.0.9", F::MissingEnd, "10.0.0.9"),
        ("10.0.0.1-9", F::ShortEnd, "10.0.0.1-10.0.0.9"),
        ("10.0.0.1-.1.9", F::ShortEnd, "10.0.0.1-10.0.1.9"),
        ("10.0.0.9-10.0.0.1", F::Backwards, "10.0.0.1-10.0.0.9"),
        ("2001:db8::9-2001:db8::1", F::Backwards, "2001:db8::1-2001:db8::9"),
        ("10.0.0.1-2001:db8::1", F::Families, such_as),
        ("10.0.0.1-::ffff:10.0.0.9", F::Families, "10.0.0.1-10.0.0.9"),
        ("192.168.1.0(255.0.255.0)", F::Mask, "192.168.1.0(255.255.255.0)"),
        ("192.168.1.0(0.0.255.255)", F::Mask, "192.168.1.0(255.255.0.0)"),
        ("192.168.1.0(255.255.0.0", F::Mask, "192.168.1.0(255.255.0.0)"),
        ("192.168.1.0(24)", F::Mask, "192.168.1.0(255.255.255.0)"),
        ("2001:db8::(ffff:ffff::)", F::MaskFamily, "2001:db8::/32"),
        ("10.0.0.0/33", F::Prefix, "10.0.0.0/32"),
        ("10.0.0.0/", F::Prefix, "10.0.0.0/32"),
        ("10.0.0.0/-1", F::Prefix, "10.0.0.0/32"),
        ("10.0.0.0/+8", F::Prefix, "10.0.0.0/32"),
        ("10.0.0.0/255.255.255.0", F::Prefix, "10.0.0.0(255.255.255.0)"),
        ("2001:db8::/129", F::Prefix, "2001:db8::/128"),
        ("10.0.0.*", F::Wildcard, "10.0.0.0/24"),
        ("10.0.*.*", F::Wildcard, "10.0.0.0/16"),
        ("10.0.*", F::Wildcard, "10.0.0.0/16"),
        ("10.0.0.x", F::Wildcard, "10.0.0.0/24"),
        ("*", F::Wildcard, "0.0.0.0/0"),
        ("mail.contoso.com", F::HostName, such_as),
        ("mail-1.contoso.com", F::HostName, such_as),
        ("fe80::1%11-fe80::9%11", F::Scope, "fe80::1-fe80::9"),
        ("fe80::%11/64", F::Scope, "fe80::/64"),
        ("fe80::1%eth0", F::ScopeName, "fe80::1"),
        ("10.0.0.1%11", F::Scope, "10.0.0.1"),
        ("10.0.0.1:25", F::Port, "10.0.0.1"),
        ("[::1]:25", F::Port, "::1"),
        ("[::1]", F::NotAddress, "::1"),
        ("010.000.000.001", F::NotAddress, "10.0.0.1"),
        ("10.0.0", F::NotAddress, such_as),
        ("10.0.0.256", F::NotAddress, such_as),
        ("10.0.0.1,10.0.0.2", F::NotAddress, such_as),
    ];
    for (text, fault, hint) in cases {
        let error = text.parse::<RemoteRange>().expect_err(text);
        assert_eq!((error.fault(), error.hint().as_deref()), (fault, Some(hint)), "{text}");
        assert!(hint == such_as || hint.parse::<RemoteRange>().is_ok(), "{hint}");
        assert_eq!(error.to_string(), format!("the remote range `{text}` {fault}"));
    }
    for text in ["10.0.0.1 10.0.0.2", "10.22.0.0/16 10.21.0.0/16", "10.0.0.1-10.0.0.9\n10.1.0.0/16"] {
        let error = text.parse::<RemoteRange>().expect_err(text);
        let list = text.split_whitespace().collect::<Vec<_>>().join(",");
        assert_eq!((error.fault(), error.hint().as_deref()), (F::NotAddress, Some(list.as_str())), "{text}");
    }
    let error = format!("\u{1b}[31m{}", "9".repeat(99)).parse::<RemoteRange>().unwrap_err().to_string();
    assert!(!error.contains('\u{1b}') && error.chars().count() < 140, "{error}");
    Ok(())
}

#[test]
fn bare_wildcard_is_one_address() -> Result<(), Failed> {
    for (text, notice) in [
        ("0.0.0.0", Some("0.0.0.0/0")),
        ("::", Some("::/0")),
        ("0:0::0", Some("::/0")),
        ("0.0.0.0/32", None),
        ("0.0.0.0-0.0.0.0", None),
        ("0.0.0.0/0", None),
        ("10.0.0.0", None),
    ] {
        assert_eq!(range(text).notice(), notice, "{text}");
    }
    assert_eq!(range("0.0.0.0").size(), 0);
    Ok(())
}

#[test]
fn mapped_addresses_are_ipv4() -> Result<(), Failed> {
    assert_eq!(range("::ffff:10.0.0.1"), range("10.0.0.1"));
    assert_eq!(range("::ffff:10.0.0.0/120"), range("10.0.0.0/24"));
    assert_eq!(range("::ffff:0:0/96"), range("0.0.0.0/0"));
    assert_eq!(range("::ffff:10.0.0.1-::ffff:10.0.0.9").as_str(), "::ffff:10.0.0.1-::ffff:10.0.0.9");
    assert!(range("10.0.0.0/24").contains("::ffff:10.0.0.7".parse()?));
    // From a mapped address to one that is not: a range of IPv6, which no IPv4 client is in.
    let across = range("::ffff:10.0.0.1-2001::");
    assert!(across.first().is_ipv6() && !across.contains("10.0.0.7".parse()?));
    assert_eq!(RemoteRange::new(across.first(), across.last()), Some(across));
    assert_eq!(RemoteRange::new("10.0.0.1".parse()?, "::1".parse()?), None);
    Ok(())
}

#[test]
fn size_of_everything() -> Result<(), Failed> {
    assert_eq!(range("::/0").size(), u128::MAX);
    assert_eq!(range("0.0.0.0/0").size(), u128::from(u32::MAX));
    assert_eq!(range("10.0.0.0/24").size(), 255);
    let whole = coalesce(&[range("0.0.0.0/1"), range("128.0.0.0/1"), range("::/1"), range("8000::/1")]);
    assert_eq!(whole.iter().map(ToString::to_string).collect::<Vec<_>>(), ["0.0.0.0/0", "::/0"]);
    assert_eq!(range("0.0.0.0/0").below("0.0.0.0".parse()?), None);
    assert_eq!(range("::/0").above("ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff".parse()?), None);
    Ok(())
}

#[test]
fn print_then_parse_is_identity() -> Result<(), Failed> {
    holds((any::<IpAddr>(), any::<IpAddr>(), 0u8..=128, any::<u16>()), |(one, two, prefix, port)| {
        let mut texts =
            vec![one.to_string(), format!("{one}/{prefix}"), format!("{one} - {two}"), format!("{one}%7")];
        texts.push(format!("{one}({})", std::net::Ipv4Addr::from_bits(u32::MAX << (prefix % 32))));
        texts.extend(RemoteRange::new(one.min(two), two.max(one)).map(|range| range.to_string()));
        for read in texts.iter().filter_map(|text| text.parse::<RemoteRange>().ok()) {
            let again = read.to_string().parse::<RemoteRange>().unwrap();
            prop_assert_eq!(again.as_str(), read.as_str());
            prop_assert_eq!(&again, &read);
            prop_assert!(read.contains(read.first()) || read.first().to_canonical().is_ipv4());
        }
        if let Ok(binding) = Binding::new(one, port) {
            prop_assert_eq!(binding.to_string().parse::<Binding>(), Ok(binding));
        }
        Ok(())
    })
}

#[test]
fn random_text_never_panics() -> Result<(), Failed> {
    holds(
        prop_oneof![".*", "[0-9a-f:.%*x/()\\[\\] –-]{0,24}", "[0-9.]{0,9}[-/(:][0-9.)]{0,9}"],
        |text: String| {
            if let Err(error) = text.parse::<RemoteRange>() {
                prop_assert!(
                    !error.to_string().contains('\n') && error.hint().is_some_and(|hint| !hint.is_empty())
                );
            }
            if let Err(error) = text.parse::<Binding>() {
                let hint = error.hint().unwrap_or_default();
                prop_assert!(!error.to_string().contains('\n') && is_typeable(&hint), "{} {}", text, hint);
            }
            Ok(())
        },
    )
}
