//! Who can relay: the law against a naive twin over small worlds, and the grades of R3 over a table.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::collections::BTreeSet;
use std::net::Ipv4Addr;

use enumset::EnumSet;
use exch::connector::relay::{Count, Grade, Session, Way, gain, open, public};
use exch::connector::{AuthMechanism, ReceiveConnector};
use exch::net::{RangeSubtraction, RemoteRange};
use exch::param::{Platform, Tier, Version};
use exch::permission::{AccessList, Entry, Evaluator, PermissionGroup, Principal, RIGHTS, right};
use exch::server::Server;

const PLATFORM: Platform = Platform { version: Version::V2019, tier: Tier::Transport };
const SUBMIT: &str = "ms-Exch-SMTP-Submit";
const ANY_RECIPIENT: &str = "ms-Exch-SMTP-Accept-Any-Recipient";
const ANONYMOUS: &str = r"NT AUTHORITY\ANONYMOUS LOGON";
const AUTHENTICATED: &str = r"NT AUTHORITY\Authenticated Users";
const EXTERNAL: &str = r"MS Exchange\Externally Secured Servers";
const PARTNER: &str = r"MS Exchange\Partner Servers";
const APP: &str = r"CONTOSO\app1";
const EVERYONE: &str = "Everyone";
const NETWORK: &str = r"NT AUTHORITY\NETWORK";
const PRINCIPALS: [&str; 7] = [ANONYMOUS, AUTHENTICATED, EXTERNAL, PARTNER, APP, EVERYONE, NETWORK];

fn ranges(texts: &[&str]) -> Vec<RemoteRange> {
    texts.iter().map(|text| text.parse().unwrap()).collect()
}

fn connector(access: AccessList, auth: EnumSet<AuthMechanism>, texts: &[&str]) -> ReceiveConnector {
    let remote_ip_ranges = ranges(texts);
    ReceiveConnector {
        access,
        auth,
        remote_ip_ranges,
        ..ReceiveConnector::new("Relay", &Server::new("HUB01", "hub01.contoso.com"))
    }
}

/// A relay for anonymous sessions.
fn relay(texts: &[&str]) -> ReceiveConnector {
    let entries = [SUBMIT, ANY_RECIPIENT].map(|right| entry(ANONYMOUS, right, false)).to_vec();
    connector(AccessList::from_parts(EnumSet::empty(), entries, PLATFORM), AuthMechanism::Tls.into(), texts)
}

fn way(connector: &ReceiveConnector) -> Way<'_> {
    Way { connector, platform: PLATFORM, catch_all: false }
}

fn entry(principal: &str, name: &str, deny: bool) -> Entry {
    Entry::own(Principal::read(principal), right(name).unwrap(), deny)
}

/// Every entry list up to length two, and those of length four that let one principal relay beside two others.
fn lists() -> Vec<Vec<Entry>> {
    let mut universe = Vec::new();
    for principal in PRINCIPALS {
        for name in [SUBMIT, ANY_RECIPIENT] {
            universe.extend([false, true].map(|deny| entry(principal, name, deny)));
        }
    }
    let mut lists = vec![Vec::new()];
    for one in &universe {
        lists.push(vec![one.clone()]);
        for other in &universe {
            lists.push(vec![one.clone(), other.clone()]);
            for principal in PRINCIPALS {
                let able = [SUBMIT, ANY_RECIPIENT].map(|name| entry(principal, name, false));
                lists.push([able.to_vec(), vec![one.clone(), other.clone()]].concat());
            }
        }
    }
    lists
}

/// What the rules say, session by session, with nothing but the entries.
fn naive(entries: &[Entry], connector: &ReceiveConnector, catch_all: bool) -> BTreeSet<&'static str> {
    let has = |mechanism| connector.auth.contains(mechanism);
    let external = has(AuthMechanism::ExternalAuthoritative);
    let mut sessions: Vec<(&'static str, Vec<&str>)> = Vec::new();
    if external {
        sessions.push(("external", vec![EXTERNAL, EVERYONE, NETWORK]));
    } else {
        sessions.push(("anonymous", vec![ANONYMOUS, NETWORK]));
        sessions.push(("anonymous", vec![ANONYMOUS, NETWORK, EVERYONE]));
    }
    if has(AuthMechanism::Integrated) || has(AuthMechanism::BasicAuth) {
        sessions.push(("authenticated", vec![AUTHENTICATED, EVERYONE, NETWORK]));
        sessions.push(("authenticated", vec![APP, AUTHENTICATED, EVERYONE, NETWORK]));
    }
    if connector.domain_secure && has(AuthMechanism::Tls) && !external {
        sessions.push(("authenticated", vec![PARTNER, EVERYONE, NETWORK]));
    }
    let may = |principals: &[&str], right: &str| {
        let about = |e: &&Entry| e.right.name == right && principals.contains(&e.principal.name());
        entries.iter().filter(about).any(|e| !e.deny) && !entries.iter().filter(about).any(|e| e.deny)
    };
    let relays = |(_, who): &&(&str, Vec<&str>)| may(who, SUBMIT) && (catch_all || may(who, ANY_RECIPIENT));
    let open = connector.enabled;
    sessions.iter().filter(|_| open).filter(relays).map(|(name, _)| *name).collect()
}

#[test]
fn who_relays_is_what_a_naive_twin_finds() {
    use AuthMechanism::{BasicAuth, ExternalAuthoritative, Integrated, Tls};
    let auths =
        [EnumSet::empty(), Tls.into(), Tls | Integrated, BasicAuth.into(), Tls | ExternalAuthoritative];
    for entries in lists() {
        let access = AccessList::from_parts(EnumSet::empty(), entries.clone(), PLATFORM);
        for auth in auths {
            let mut connector = connector(access.clone(), auth, &["10.0.0.0/8"]);
            for (enabled, domain_secure, catch_all) in
                [(true, false, false), (true, true, false), (true, true, true), (false, true, true)]
            {
                (connector.enabled, connector.domain_secure) = (enabled, domain_secure);
                let way = Way { catch_all, ..way(&connector) };
                let ours: BTreeSet<&str> = way.sessions().iter().map(Into::into).collect();
                assert_eq!(ours, naive(&entries, &connector, catch_all), "{entries:?} with {auth:?}");
            }
        }
    }
}

#[test]
fn one_question_is_answered_like_many() {
    let groups: Vec<EnumSet<PermissionGroup>> =
        EnumSet::<PermissionGroup>::all().iter().map(EnumSet::only).collect();
    for (at, entries) in lists().into_iter().enumerate() {
        let list = AccessList::from_parts(groups[at % groups.len()], entries, PLATFORM);
        let evaluator = Evaluator::new(&list, PLATFORM);
        for principal in PRINCIPALS {
            let session = Principal::read(principal).session();
            for right in RIGHTS {
                let many = evaluator.allows(&session, right);
                assert_eq!(list.allows(&session, right, PLATFORM), many, "{list:?} {right:?}");
            }
        }
    }
}

/// Which sessions each group lets relay where every mechanism is offered that may stand beside the others.
#[test]
fn groups_relay_as_documented() {
    use AuthMechanism::{BasicAuth, ExternalAuthoritative, Integrated, Tls};
    use PermissionGroup::{AnonymousUsers, ExchangeLegacyServers, ExchangeServers, ExchangeUsers, Partners};
    let auth = Tls | Integrated | BasicAuth;
    let (anonymous, authenticated) = (Session::Anonymous, Session::Authenticated);
    type Fact = (PermissionGroup, EnumSet<AuthMechanism>, EnumSet<Session>, EnumSet<Session>);
    let table: [Fact; 6] = [
        (AnonymousUsers, auth, EnumSet::empty(), anonymous.into()),
        (ExchangeUsers, auth, authenticated.into(), authenticated.into()),
        // Servers of the organization are nobody here.
        (ExchangeServers, auth, EnumSet::empty(), EnumSet::empty()),
        (ExchangeServers, Tls | ExternalAuthoritative, Session::External.into(), Session::External.into()),
        (ExchangeLegacyServers, auth, EnumSet::empty(), EnumSet::empty()),
        (Partners, auth, EnumSet::empty(), authenticated.into()),
    ];
    for (group, auth, relays, with_catch_all) in table {
        let mut connector = connector(AccessList::of(group.into()), auth, &["0.0.0.0/0"]);
        connector.domain_secure = !auth.contains(ExternalAuthoritative);
        let way = way(&connector);
        assert_eq!(way.sessions(), relays, "{group:?}");
        assert_eq!(Way { catch_all: true, ..way }.sessions(), with_catch_all, "{group:?}");
    }
}

/// Every range of 16 addresses, cut by every two of a few, against sets of addresses.
#[test]
fn a_cut_leaves_what_sets_leave() {
    let address = |n: u32| Ipv4Addr::from_bits(n).into();
    let all: Vec<RemoteRange> = (0..16)
        .flat_map(|first| (first..16).map(move |last| (first, last)))
        .map(|(first, last)| RemoteRange::new(address(first), address(last)).unwrap())
        .collect();
    let set = |range: &RemoteRange| -> BTreeSet<_> {
        (0..16).filter(|n| range.contains(address(*n))).collect::<BTreeSet<u32>>()
    };
    for (at, one) in all.iter().enumerate() {
        for other in all.iter().skip(at % 7).step_by(7) {
            let cut = RangeSubtraction::new(&[one.clone(), other.clone()]);
            for range in &all {
                let left = cut.left(range);
                let taken: BTreeSet<u32> = set(one).union(&set(other)).copied().collect();
                let expected: BTreeSet<u32> = set(range).difference(&taken).copied().collect();
                let ours: Vec<u32> = left.iter().flat_map(&set).collect();
                assert_eq!(ours, expected.into_iter().collect::<Vec<_>>(), "{range} without {one}, {other}");
            }
        }
    }
}

#[test]
fn grades() {
    let table: &[(&[&str], Grade)] = &[
        (&["10.0.0.0/8", "172.16.0.0-172.31.255.255", "192.168.0.0(255.255.0.0)"], Grade::Inside),
        (&["127.0.0.1", "169.254.3.4", "192.0.2.0/24", "198.51.100.7", "203.0.113.0/24"], Grade::Inside),
        (&["::1", "fe80::/10", "fc00::/7", "2001:db8::/32", "3fff::/20"], Grade::Inside),
        (&["10.0.0.0/8", "11.0.0.1"], Grade::Few),
        (&["198.18.0.0/24"], Grade::Few),
        (&["198.18.0.0/24", "198.18.0.0/25", "198.18.0.9"], Grade::Few),
        (&["198.18.0.0/24", "198.18.1.0"], Grade::Open),
        (&["10.0.0.0-11.0.0.255"], Grade::Few),
        (&["10.0.0.0-11.0.1.0"], Grade::Open),
        (&["2001:2::/64"], Grade::Few),
        (&["2001:2::/65", "2001:2:0:1::/65"], Grade::Few),
        (&["2001:2::/64", "2001:2:0:1::"], Grade::Open),
        (&["198.18.0.0/24", "2001:2::/64"], Grade::Few),
        (&["198.18.0.0/24", "2001:2::/63"], Grade::Open),
        (&["0.0.0.0/0"], Grade::Open),
        (&["::/0"], Grade::Open),
        (&[], Grade::Inside),
    ];
    for (texts, grade) in table {
        assert_eq!(Count::of(&ranges(texts)).grade(), *grade, "{texts:?}");
        assert_eq!(open(&way(&relay(texts))).is_some(), *grade == Grade::Open, "{texts:?}");
    }
}

#[test]
fn public_addresses_are_counted_once() {
    let count = |texts: &[&str]| Count::of(&ranges(texts));
    assert_eq!(count(&["198.18.0.0/24", "198.18.0.128-198.18.1.127"]), Count { ipv4: 384, ipv6: 0 });
    assert_eq!(count(&["192.167.255.250-192.168.0.9", "fe7f::/16"]), Count { ipv4: 6, ipv6: 1 << 112 });
    assert_eq!(count(&["0.0.0.0/0"]).ipv4, (1 << 32) - (1 << 24) * 2 - (1 << 20) - (1 << 16) * 2 - 256 * 3);
    assert!(count(&["::/0"]).ipv6 > 1 << 127);
}

#[test]
fn a_gain_is_what_was_not_there() {
    let texts = |ranges: &[RemoteRange]| -> Vec<String> { ranges.iter().map(ToString::to_string).collect() };
    let after = relay(&["10.0.0.0(255.255.255.0)", "198.18.0.1-198.18.0.4"]);
    let describe = |before: &ReceiveConnector| gain(Some(&way(before)), &way(&after));
    // The same addresses in other words, or more of them, were there already.
    assert_eq!(describe(&relay(&["10.0.0.0/24", "198.18.0.0/24"])), None);
    let part = describe(&relay(&["10.0.0.0/25", "198.18.0.2"])).unwrap();
    assert_eq!(texts(&part.ranges), ["10.0.0.128/25", "198.18.0.1", "198.18.0.3-198.18.0.4"]);
    assert_eq!(texts(&part.public), ["198.18.0.1", "198.18.0.3-198.18.0.4"]);
    // Another session, or none that relayed: everything is new, as it was entered.
    let closed = ReceiveConnector { enabled: false, ..after.clone() };
    let whole = describe(&closed).unwrap();
    assert_eq!(texts(&whole.ranges), ["10.0.0.0(255.255.255.0)", "198.18.0.1-198.18.0.4"]);
    assert_eq!(gain(None, &way(&after)), Some(whole));
    assert_eq!(gain(Some(&way(&after)), &way(&closed)), None);
    let servers = AccessList::of(PermissionGroup::ExchangeServers.into());
    let external = connector(servers, AuthMechanism::ExternalAuthoritative.into(), &["10.0.0.0/24"]);
    assert_eq!(gain(Some(&way(&after)), &way(&external)).map(|gain| gain.session), Some(Session::External));
}

/// The first and the last address of what is not public, and their neighbours outside.
#[test]
fn the_ends_of_reserved_ranges() {
    let inside = [
        "10.0.0.0-10.255.255.255",
        "172.16.0.0-172.31.255.255",
        "192.168.0.0-192.168.255.255",
        "127.0.0.0-127.255.255.255",
        "169.254.0.0-169.254.255.255",
        "192.0.2.0-192.0.2.255",
        "198.51.100.0-198.51.100.255",
        "203.0.113.0-203.0.113.255",
        "::1",
        "fe80::-febf:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
        "fc00::-fdff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
        "2001:db8::-2001:db8:ffff:ffff:ffff:ffff:ffff:ffff",
        "3fff::-3fff:fff:ffff:ffff:ffff:ffff:ffff:ffff",
    ];
    for text in inside {
        let range: RemoteRange = text.parse().unwrap();
        assert_eq!(public(std::slice::from_ref(&range)), [], "{text}");
        let all = if range.first().is_ipv4() { ranges(&["0.0.0.0/0"]) } else { ranges(&["::/0"]) };
        let outside = |neighbour: Option<std::net::IpAddr>| {
            public(&all).iter().any(|range| range.contains(neighbour.unwrap()))
        };
        assert!(outside(all[0].below(range.first()).map(|below| below.last())), "below {text}");
        assert!(outside(all[0].above(range.last()).map(|above| above.first())), "above {text}");
    }
}
