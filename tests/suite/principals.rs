//! Groups of groups (P6) against a naive twin: every membership among three accounts, by name or by Sid.

use std::collections::BTreeSet;

use exch::organization::Principal;
use exch::organization::principal::groups;

const ALL: [usize; 3] = [0, 1, 2];

fn name(at: usize) -> String {
    format!("CONTOSO\\group{at}")
}

fn sid(at: usize) -> String {
    format!("S-1-5-21-1-{at}")
}

#[test]
fn groups_are_what_membership_leads_to() {
    for world in 0..1_u32 << 9 {
        let is_in = |member: usize, group: usize| world & (1 << (3 * member + group)) != 0;
        for by_sid in [false, true] {
            let called = |at: usize| if by_sid { sid(at).to_lowercase() } else { name(at).to_uppercase() };
            let principal = |at: usize| Principal {
                name: name(at),
                sid: Some(sid(at)),
                member_of: ALL.into_iter().filter(|group| is_in(at, *group)).map(called).collect(),
                ..Principal::default()
            };
            let all = ALL.map(principal);
            for at in ALL {
                let wanted: BTreeSet<String> = reached(at, &is_in).into_iter().map(name).collect();
                let found = groups(&called(at), &all).unwrap();
                assert_eq!(found.len(), wanted.len(), "a group is told once: world {world}");
                assert_eq!(
                    found.into_iter().collect::<BTreeSet<_>>(),
                    wanted,
                    "account {at} in world {world}"
                );
            }
        }
    }
    assert_eq!(groups("CONTOSO\\nobody", &[]), None);
}

/// What membership leads to, step by step until nothing comes to it.
fn reached(from: usize, is_in: &dyn Fn(usize, usize) -> bool) -> BTreeSet<usize> {
    let mut found: BTreeSet<usize> = ALL.into_iter().filter(|group| is_in(from, *group)).collect();
    for _ in ALL {
        let next = ALL.into_iter().filter(|group| found.iter().any(|member| is_in(*member, *group)));
        found = found.iter().copied().chain(next.collect::<Vec<_>>()).collect();
    }
    found
}
