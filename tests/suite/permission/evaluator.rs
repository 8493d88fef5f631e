//! The evaluator against a twin that reads P5 aloud, over every list of up to three entries.

use exch::param::{Platform, Tier, Version};
use exch::permission::{AccessList, Entry, Evaluator, Principal, RIGHTS};
use libtest_mimic::Trial;

use super::trial;

pub fn trials() -> Vec<Trial> {
    vec![
        trial("the_evaluator_is_its_naive_twin", twin),
        trial("an_account_is_authenticated_too", account),
        trial("a_group_is_named_as_the_ground", grounds),
    ]
}

const HUB: Platform = Platform { version: Version::V2019, tier: Tier::Transport };

/// Two principals, three rights, Allow and Deny.
fn alphabet() -> Vec<Entry> {
    let principals = [Principal::read("ANONYMOUS LOGON"), Principal::read(r"CONTOSO\app1")];
    let entry = |principal: &Principal, place: usize, deny| Entry {
        principal: principal.clone(),
        right: &RIGHTS[place],
        deny,
    };
    principals
        .iter()
        .flat_map(|p| (0..3).flat_map(move |place| [false, true].map(|deny| entry(p, place, deny))))
        .collect()
}

/// Every list of up to three entries, repetition included.
fn lists() -> Vec<Vec<Entry>> {
    let (mut all, mut last) = (vec![Vec::new()], vec![Vec::new()]);
    for _ in 0..3 {
        let longer = |list: &Vec<Entry>| {
            alphabet().into_iter().map(|entry| [list.clone(), vec![entry]].concat()).collect::<Vec<_>>()
        };
        last = last.iter().flat_map(longer).collect();
        all.extend(last.clone());
    }
    all
}

fn twin() {
    let lists = lists();
    assert_eq!(lists.len(), 1 + 12 + 144 + 1_728);
    let [anonymous, app] = [Principal::read("ANONYMOUS LOGON"), Principal::read(r"CONTOSO\app1")];
    let sessions = [vec![], vec![anonymous.clone()], vec![app.clone()], vec![app, anonymous]];
    for entries in lists {
        let list = AccessList::from_parts(enumset::EnumSet::empty(), entries.clone(), HUB);
        let evaluator = Evaluator::new(&list, HUB);
        for session in &sessions {
            let effects = evaluator.effects(session);
            for right in RIGHTS {
                let speaks = |deny| {
                    entries
                        .iter()
                        .any(|e| e.right == right && e.deny == deny && session.contains(&e.principal))
                };
                let naive = speaks(false) && !speaks(true);
                assert_eq!(evaluator.allows(session, right), naive, "{entries:?}");
                let effect = effects.iter().find(|effect| effect.right == right);
                assert_eq!(effect.is_some(), speaks(false) || speaks(true));
                assert_eq!(effect.is_some_and(|effect| effect.is_allowed()), naive);
                assert_eq!(effect.is_some_and(|effect| !effect.denied.is_empty()), speaks(true));
            }
        }
    }
}

fn account() {
    let session = Principal::read(r"CONTOSO\app1").session();
    let named = |names: &[&str]| names.iter().map(|name| Principal::read(name)).collect::<Vec<_>>();
    assert_eq!(session, named(&[r"CONTOSO\app1", "S-1-5-11", "S-1-1-0", "S-1-5-2"]));
    // Everyone holds ANONYMOUS LOGON only where the system's policy says so.
    assert_eq!(Principal::read("S-1-5-7").session(), named(&["ANONYMOUS LOGON", "NETWORK"]));
    assert_eq!(
        Principal::read("Partner Servers").session(),
        named(&["Partner Servers", "Everyone", "NETWORK"])
    );
    assert_eq!(Principal::read("Everyone").session(), named(&["Jeder"]));
    let list = AccessList::of(exch::permission::PermissionGroup::ExchangeUsers.into());
    assert!(Evaluator::new(&list, HUB).allows(&session, &RIGHTS[0]));
    let denied = Entry { principal: Principal::read("Authenticated Users"), right: &RIGHTS[0], deny: true };
    assert!(!Evaluator::new(&list.with(&[denied], HUB), HUB).allows(&session, &RIGHTS[0]));
}

fn grounds() {
    let group = exch::permission::PermissionGroup::AnonymousUsers;
    let own = Entry { principal: Principal::read("S-1-5-7"), right: &RIGHTS[1], deny: false };
    let list = AccessList::of(group.into()).with(&[own], HUB);
    let evaluator = Evaluator::new(&list, HUB);
    assert_eq!(evaluator.principals(), [Principal::read("S-1-5-7")]);
    let effects = evaluator.effects(evaluator.principals());
    let from: Vec<_> = effects.iter().map(|effect| effect.allowed[0].group).collect();
    assert_eq!(from.iter().filter(|from| **from == Some(group)).count(), 4);
    assert_eq!(from.iter().filter(|from| from.is_none()).count(), 1);
}
