//! The evaluator against a twin that reads P5 aloud, over every list of up to three entries.

use exch::param::{Platform, Tier, Version};
use exch::permission::{AccessList, Entry, Evaluator, Principal, RIGHTS};

const HUB: Platform = Platform { version: Version::V2019, tier: Tier::Transport };

/// Two principals, three rights, Allow and Deny; of one right inherited entries too.
fn alphabet() -> Vec<Entry> {
    let principals = [Principal::read("ANONYMOUS LOGON"), Principal::read(r"CONTOSO\app1")];
    let places = [(0, false), (1, false), (2, false), (0, true)];
    let entry = |principal: &Principal, (place, inherited): (usize, bool), deny| Entry {
        principal: principal.clone(),
        right: &RIGHTS[place],
        deny,
        inherited,
    };
    principals
        .iter()
        .flat_map(|p| {
            places.into_iter().flat_map(move |place| [false, true].map(|deny| entry(p, place, deny)))
        })
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

#[test]
fn the_evaluator_is_its_naive_twin() {
    let lists = lists();
    assert_eq!(lists.len(), 1 + 16 + 256 + 4_096);
    let [anonymous, app] = [Principal::read("ANONYMOUS LOGON"), Principal::read(r"CONTOSO\app1")];
    let sessions = [vec![], vec![anonymous.clone()], vec![app.clone()], vec![app, anonymous]];
    for entries in lists {
        let list = AccessList::from_parts(enumset::EnumSet::empty(), entries.clone(), HUB);
        let evaluator = Evaluator::new(&list, HUB);
        for session in &sessions {
            let effects = evaluator.effects(session);
            for right in RIGHTS {
                let about = |e: &&Entry| e.right == right && session.contains(&e.principal);
                let says = |deny, inherited| {
                    entries.iter().filter(about).any(|e| (e.deny, e.inherited) == (deny, inherited))
                };
                let speaks = |deny| says(deny, false) || says(deny, true);
                let inherited = !says(false, false) && !says(true, false);
                let naive = says(false, inherited) && !says(true, inherited);
                assert_eq!(evaluator.allows(session, right), naive, "{entries:?}");
                let effect = effects.iter().find(|effect| effect.right == right);
                assert_eq!(effect.is_some(), speaks(false) || speaks(true));
                assert_eq!(effect.is_some_and(|effect| effect.is_allowed()), naive);
                assert_eq!(effect.is_some_and(|effect| !effect.denied.is_empty()), speaks(true));
            }
        }
    }
}

#[test]
fn an_account_is_authenticated_too() {
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
    let denied = Entry::own(Principal::read("Authenticated Users"), &RIGHTS[0], true);
    assert!(!Evaluator::new(&list.with(&[denied], HUB), HUB).allows(&session, &RIGHTS[0]));
}

#[test]
fn a_group_is_named_as_the_ground() {
    let group = exch::permission::PermissionGroup::AnonymousUsers;
    let own = Entry::own(Principal::read("S-1-5-7"), &RIGHTS[1], false);
    let list = AccessList::of(group.into()).with(&[own], HUB);
    let evaluator = Evaluator::new(&list, HUB);
    assert_eq!(evaluator.principals(), [Principal::read("S-1-5-7")]);
    let effects = evaluator.effects(evaluator.principals());
    let from: Vec<_> = effects.iter().map(|effect| effect.allowed[0].group).collect();
    assert_eq!(from.iter().filter(|from| **from == Some(group)).count(), 4);
    assert_eq!(from.iter().filter(|from| from.is_none()).count(), 1);
}
