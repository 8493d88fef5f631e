//! Effective access against a naive twin: random servers, and for random points every session that a client could try.

#![expect(clippy::unwrap_used, reason = "a test may fail by panicking")]

mod naive;
mod printed;

use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;
use std::net::{IpAddr, SocketAddr};

use exch::access::{
    Ability, Addresses, Change, ClientIdentity, Grant, ServerAccess, breaches, compare, grants,
};
use exch::connector::relay::Way;
use exch::net::RemoteRange;
use exch::organization::access_policy::PolicyEffect;
use exch::organization::{AccessPolicy, Member};
use exch::session::Service;
use proptest::prelude::*;
use proptest::test_runner::TestRunner;
use strum::VariantNames;

use self::naive::{
    RANGES, WHO, arrives, bound, called, chosen, connectors, contains, host, identity, level, naive, points,
    shown,
};
use crate::net::holds;
use crate::outcome::Failed;
use crate::session::scene::Scene;

#[test]
fn a_row_is_what_every_session_comes_to() -> Result<(), Failed> {
    let seen = RefCell::new(BTreeSet::new());
    holds((connectors(), any::<bool>(), points()), |(made, edge, points)| {
        let (host, policy) = host(&made, edge);
        let addresses = Addresses::new(&policy);
        let access = ServerAccess::new(&host, &policy, &addresses);
        let (service, rows) = (Service::new(&host, &policy), grants(&access));
        let bound = bound(&[&host]);
        for (remote, local) in chosen(&points) {
            for who in WHO {
                let (at, expected) = naive(&service, who, remote, local);
                let known = at.map(|at| called(&access, at, local)).unwrap_or_default();
                let identity = Some(identity(who, &known)).filter(|one| at.is_none() || known.contains(one));
                // Where no partner can prove himself he is like everybody.
                if identity.is_none() {
                    prop_assert_eq!(who, "partner");
                    continue;
                }
                for (name, expected) in Ability::VARIANTS.iter().zip(expected) {
                    let ability: Ability = name.parse().unwrap();
                    let here = |row: &&Grant| {
                        Some(row.connector) == at
                            && Some(&row.identity) == identity.as_ref()
                            && row.ability == ability
                            && row.endpoints.iter().any(|one| arrives(one, local, &bound))
                            && contains(&row.ranges, remote)
                    };
                    let found: Vec<&Grant> = rows.iter().filter(here).collect();
                    prop_assert!(found.len() <= 1, "rows are disjoint: {found:?}");
                    let found = level(found.first().map(|row| row.holding));
                    prop_assert_eq!(found, expected, "{} {} from {} at {}", who, name, remote, local);
                    seen.borrow_mut().insert((*name, found > 0));
                }
            }
        }
        Ok(())
    })?;
    let both = Ability::VARIANTS.iter().flat_map(|name| [(*name, false), (*name, true)]);
    assert_eq!(seen.into_inner(), both.collect(), "abilities that no session had, or every one");
    Ok(())
}

#[test]
fn a_change_is_the_pointwise_difference() -> Result<(), Failed> {
    holds((connectors(), connectors(), any::<bool>(), points()), |(one, other, edge, points)| {
        let ((old, policy), (new, _)) = (host(&one, edge), host(&other, edge));
        let addresses = Addresses::new(&policy);
        let state = |host| ServerAccess::new(host, &policy, &addresses);
        let (before, after) = (state(&old), state(&new));
        prop_assert!(compare(Some(&before), Some(&before)).is_empty());
        let (changes, mirrored) =
            (compare(Some(&before), Some(&after)), compare(Some(&after), Some(&before)));
        prop_assert_eq!(changes.len(), mirrored.len());
        let bound = bound(&[&old, &new]);
        for (remote, local) in chosen(&points) {
            for who in WHO {
                let was = naive(&Service::new(&old, &policy), who, remote, local);
                let is = naive(&Service::new(&new, &policy), who, remote, local);
                let mut known = was.0.map(|at| called(&before, at, local)).unwrap_or_default();
                known.extend(is.0.map(|at| called(&after, at, local)).unwrap_or_default());
                let identity = identity(who, &known);
                if who == "partner" && !known.contains(&identity) {
                    continue;
                }
                for (place, name) in Ability::VARIANTS.iter().enumerate() {
                    let here = |change: &&Change| {
                        change.identity == identity
                            && change.ability == name.parse().unwrap()
                            && change.endpoints.iter().any(|one| arrives(one, local, &bound))
                            && contains(&change.ranges, remote)
                    };
                    let found: Vec<&Change> = changes.iter().filter(here).collect();
                    prop_assert!(found.len() <= 1);
                    let expected = (was.1[place], is.1[place]);
                    let found =
                        found.first().map(|one| (level(one.before.holding), level(one.after.holding)));
                    let expected = Some(expected).filter(|(was, is)| was != is);
                    prop_assert_eq!(found, expected, "{} {} from {} at {}", who, name, remote, local);
                    prop_assert_eq!(found.is_some(), mirrored.iter().any(|change| here(&change)));
                }
            }
        }
        Ok(())
    })
}

/// The session that a row names shows its ability, through its connector.
#[test]
fn a_witness_shows_the_ability() -> Result<(), Failed> {
    holds((connectors(), any::<bool>()), |(made, edge)| {
        let (host, policy) = host(&made, edge);
        let addresses = Addresses::new(&policy);
        let service = Service::new(&host, &policy);
        for row in grants(&ServerAccess::new(&host, &policy, &addresses)) {
            let verdict = service.verdict(&row.witness);
            prop_assert!(contains(&row.ranges, row.witness.remote));
            prop_assert_eq!(verdict.decision.connector, Some(row.connector));
            let shown = shown(row.ability, verdict.decision.outcome, verdict.treatment);
            prop_assert_eq!(shown, level(Some(row.holding)));
        }
        Ok(())
    })
}

/// R3 looks at one connector by itself, and names every relay that the sessions of the whole server show.
#[test]
fn no_relay_that_r3_does_not_name() -> Result<(), Failed> {
    let relays = Cell::new(0);
    holds((connectors(), any::<bool>()), |(made, edge)| {
        let (host, policy) = host(&made, edge);
        let addresses = Addresses::new(&policy);
        let catch_all = policy.domains.catch_all();
        for row in grants(&ServerAccess::new(&host, &policy, &addresses)) {
            let strangers = row.identity == ClientIdentity::Unauthenticated;
            if row.ability != Ability::Relay || !strangers {
                continue;
            }
            let connector = &host.connectors[row.connector];
            let way = Way { connector, platform: host.server.platform(), catch_all };
            prop_assert!(way.outsider().is_some(), "{}", connector.name);
            relays.set(relays.get() + 1);
        }
        Ok(())
    })?;
    assert_ne!(relays.get(), 0, "no server had a relay");
    Ok(())
}

/// Policies that a store takes: an effect, an ability, a client, and some ranges.
fn policy() -> impl Strategy<Value = AccessPolicy> {
    let users = ["Anonymous", "Authenticated", "Partner", r"CONTOSO\app1", r"CONTOSO\whoever", "*"];
    let parts = (any::<bool>(), 0..Ability::VARIANTS.len(), 0..users.len(), any::<u16>(), any::<u16>());
    let made = parts.prop_map(move |(forbids, ability, user, ranges, except)| {
        let chosen = |bits: u16| {
            let all = RANGES.iter().enumerate().filter(move |(at, _)| bits & (1 << at) != 0);
            all.map(|(_, text)| text.parse().unwrap()).collect()
        };
        AccessPolicy {
            name: "P".to_owned(),
            effect: if forbids { PolicyEffect::Forbid } else { PolicyEffect::Require },
            abilities: vec![Ability::VARIANTS[ability].parse().unwrap()],
            user: users[user].to_owned(),
            remote_ip_ranges: chosen(ranges),
            except_remote_ip_ranges: chosen(except & ranges.rotate_left(3)),
            ..AccessPolicy::blank()
        }
    });
    made.prop_filter("a store refuses it", |policy| {
        AccessPolicy::check(std::slice::from_ref(policy)).is_empty()
    })
}

/// The clients that are tried of those that a policy names.
fn named(user: &str) -> Vec<&'static str> {
    let accounts = [r"CONTOSO\ann", r"CONTOSO\app1", r"CONTOSO\staff", r"CONTOSO\whoever"];
    match user {
        "Anonymous" => vec!["unauthenticated"],
        "Authenticated" => accounts.to_vec(),
        "*" => [&["unauthenticated"][..], &accounts].concat(),
        account => accounts.into_iter().filter(|one| *one == account).collect(),
    }
}

/// A breach's session shows that the client can what is forbidden, or cannot what is required; and where a policy
/// forbids, every session that shows it is within a breach.
#[test]
fn a_breach_is_shown_by_its_witness() -> Result<(), Failed> {
    let breached = RefCell::new(BTreeSet::new());
    holds((connectors(), any::<bool>(), policy(), points()), |(made, edge, asked, points)| {
        let (host, policy) = host(&made, edge);
        let addresses = Addresses::new(&policy);
        let service = Service::new(&host, &policy);
        let found = breaches(&ServerAccess::new(&host, &policy, &addresses), &asked);
        let area = asked.area();
        for breach in &found {
            breached.borrow_mut().insert(format!("{:?}", asked.effect));
            let verdict = service.verdict(&breach.witness);
            let shown = shown(breach.ability, verdict.decision.outcome, verdict.treatment);
            prop_assert!(contains(&breach.ranges, breach.witness.remote));
            prop_assert!(contains(&area, breach.witness.remote));
            match asked.effect {
                PolicyEffect::Forbid => {
                    prop_assert!(shown > 0 && verdict.decision.connector == breach.connector)
                }
                PolicyEffect::Require => prop_assert!(shown < 2, "{breach:?} {asked:?}"),
            }
        }
        if asked.effect == PolicyEffect::Require {
            return Ok(());
        }
        let place = Ability::VARIANTS.iter().position(|name| name.parse() == Ok(asked.abilities[0])).unwrap();
        for (remote, local) in chosen(&points).filter(|(remote, _)| contains(&area, *remote)) {
            for who in named(&asked.user) {
                let (_, levels) = naive(&service, who, remote, local);
                let within = found.iter().any(|breach| contains(&breach.ranges, remote));
                prop_assert!(levels[place] == 0 || within, "{} from {} at {}", who, remote, local);
            }
        }
        Ok(())
    })?;
    assert_eq!(breached.into_inner().len(), 2, "no policy of one effect was broken");
    Ok(())
}

/// A server of a hundred connectors: at the ends of each row's ranges, and one address before and after, sessions are what
/// the row says.
#[test]
fn a_row_ends_where_sessions_change() -> Result<(), Failed> {
    let range = (any::<u32>(), 0..=16u8).prop_map(|(address, bits)| {
        let net = ipnet::Ipv4Net::new(address.into(), 32 - bits).unwrap();
        RemoteRange::new(net.network().into(), net.broadcast().into()).unwrap()
    });
    let connector = (any::<[bool; 2]>(), proptest::collection::vec(range, 1..4));
    let strategy = proptest::collection::vec(connector, 100..=100);
    let config = proptest::test_runner::Config { cases: 20, failure_persistence: None, ..Default::default() };
    let law = |made: Vec<([bool; 2], Vec<RemoteRange>)>| {
        let mut scene = Scene::new();
        let template = scene.host.connectors[0].clone();
        scene.host.connectors = made
            .into_iter()
            .enumerate()
            .map(|(at, ([anonymous, everywhere], ranges))| {
                let mut one = template.clone();
                one.name = format!("Relay {at}");
                one.bindings = vec![if everywhere { "0.0.0.0:25" } else { "10.1.0.1:25" }.parse().unwrap()];
                one.remote_ip_ranges = ranges;
                if !anonymous {
                    one.access = exch::permission::AccessList::default();
                }
                one
            })
            .collect();
        let (host, policy) = (scene.host.clone(), scene.policy());
        let addresses = Addresses::new(&policy);
        let (service, rows) =
            (Service::new(&host, &policy), grants(&ServerAccess::new(&host, &policy, &addresses)));
        let local: SocketAddr = "10.1.0.1:25".parse().unwrap();
        let mine: Vec<&Grant> = rows
            .iter()
            .filter(|row| row.ability == Ability::Submit && row.identity == ClientIdentity::Unauthenticated)
            .filter(|row| row.endpoints.iter().any(|one| arrives(one, local, &bound(&[&host]))))
            .collect();
        let step = |address: IpAddr, by: i64| match address {
            IpAddr::V4(address) => {
                u32::try_from(i64::from(address.to_bits()) + by).ok().map(|bits| IpAddr::V4(bits.into()))
            }
            IpAddr::V6(_) => None,
        };
        for range in mine.iter().flat_map(|row| &row.ranges) {
            let near = [
                step(range.first(), -1),
                step(range.first(), 0),
                step(range.last(), 0),
                step(range.last(), 1),
            ];
            for remote in near.into_iter().flatten() {
                let expected = naive(&service, "unauthenticated", remote, local).1[0];
                let found = mine.iter().any(|row| contains(&row.ranges, remote));
                prop_assert_eq!(found, expected > 0, "{}", remote);
            }
        }
        prop_assert!(!mine.is_empty());
        Ok(())
    };
    Ok(TestRunner::new(config).run(&strategy, law).map_err(|error| error.to_string())?)
}
