//! What an access list comes to: one row for each principal and right (P5, P6).

use crate::answer::{Column, Object};
use crate::cmdlet::shared::table_views::EFFECT;
use crate::param::{Platform, Value};
use crate::permission::{AccessList, Evaluator, Ground, Principal};
use crate::server::Directory;
use crate::session::Policy;

/// Its columns.
pub static COLUMNS: [Column; 6] = [
    ("Identity", "The connector"),
    ("User", "The principal"),
    ("ExtendedRight", "With -Effective: the right"),
    ("Allowed", "With -Effective: whether the principal has it"),
    ("From", "With -Effective: the groups and entries that allow it, and through whom"),
    ("DeniedBy", "With -Effective: the entries that deny it"),
];

/// By the list of the connector `name`, the rights of `user`, or of everybody that the list names, with the groups
/// that `policy` knows of an account.
#[must_use]
pub fn effective(
    (name, list, platform): (&str, &AccessList, Platform),
    user: Option<&Principal>,
    (directory, policy): (&Directory, &Policy),
) -> Vec<Object> {
    let evaluator = Evaluator::new(list, platform);
    let everybody = user.map_or_else(|| evaluator.principals(), std::slice::from_ref);
    let mut objects = Vec::new();
    for principal in everybody {
        let account = directory.account(principal.name());
        let grounds =
            |all: &[Ground]| all.iter().map(|ground| describe(ground, principal, directory)).collect();
        let known = policy.principals(principal.name()).map(<[Principal]>::to_vec);
        for effect in evaluator.effects(&known.unwrap_or_else(|| principal.session())) {
            // A Deny that decides nothing, inherited and beside an entry of the connector itself, denies nothing.
            let denied = if effect.is_allowed() { &[] } else { effect.denied.as_slice() };
            let [allowed, denied] = [&effect.allowed, denied].map(|all| Value::List(grounds(all)));
            let is_allowed = Value::Bool(effect.is_allowed());
            let values = [
                Value::text(name),
                Value::text(&account),
                Value::text(effect.right.name),
                is_allowed,
                allowed,
                denied,
            ];
            objects.push(Object::result(&EFFECT, &COLUMNS, values));
        }
    }
    objects
}

/// Where an entry comes from: a group or an entry of its own, and through whom the principal has it.
fn describe(ground: &Ground, principal: &Principal, directory: &Directory) -> Value {
    let own = if ground.entry.inherited { "inherited entry" } else { "own entry" };
    let source: &str = ground.group.map_or(own, Into::into);
    let whose = &ground.entry.principal;
    Value::Text(match whose == principal {
        true => source.to_owned(),
        false => format!("{source} of {}", directory.account(whose.name())),
    })
}
