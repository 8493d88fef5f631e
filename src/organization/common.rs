//! The rows that the nouns of the organization share: names in the directory, identifiers, dates.

use std::collections::HashMap;

use super::{Member, Scene};
pub(super) use crate::param::record::{
    accepted, guid, when_changed, when_changed_utc, when_created, when_created_utc,
};
use crate::param::{Completes, Finding, Group, Kind, Param, Row, Rule, Value, Verb, param};
use crate::server::directory::escaped_dn;

const NAMED: &[Verb] = &[Verb::Get, Verb::Set, Verb::Remove];
const CHANGED: &[Verb] = &[Verb::Set, Verb::Remove];

/// A parameter that is printed and never typed.
pub(super) const fn reported(name: &'static str, kind: Kind, help: &'static str) -> Param {
    param(name, kind, help)
}

/// A property that is the same for every object.
pub(super) const fn constant<N: Member>(name: &'static str, kind: Kind, text: &'static str) -> Row<N> {
    Row::constant(reported(name, kind, "Reserved by the product"), text)
}

/// Which object: its name, Guid or distinguished name.
pub(super) const fn identity<N: Member>(help: &'static str) -> Row<N> {
    Row::computed(
        param("Identity", Kind::List(&Kind::Identity), help)
            .completes(Completes::ObjectOf(N::NAME))
            .on(NAMED)
            .required(CHANGED)
            .position(1, NAMED)
            .group(Group::Identity),
        |object, _| Value::Text(object.name().to_owned()),
    )
}

pub(super) const fn id<N: Member>() -> Row<N> {
    Row::computed(reported("Id", Kind::Text, "Its Identity"), |object, _| {
        Value::Text(object.name().to_owned())
    })
}

pub(super) const fn distinguished_name<N: Member>() -> Row<N> {
    Row::computed(reported("DistinguishedName", Kind::Text, "Its place in the directory"), |o, scene| {
        Value::Text(dn(o, scene))
    })
}

/// The distinguished name: its own part, the container, the organization.
#[must_use]
pub fn dn<N: Member>(object: &N, scene: &Scene) -> String {
    let organization = scene.directory.organization_dn();
    if N::SINGLE {
        return format!("{},{organization}", N::CONTAINER);
    }
    format!("CN={},{},{organization}", escaped_dn(object.name()), N::CONTAINER)
}

/// The domain controller that answered: none is known.
pub(super) const fn originating_server<N: Member>() -> Row<N> {
    let help = "The domain controller that answered; the store knows none";
    Row::computed(reported("OriginatingServer", Kind::Text, help), |_, _| Value::Text(String::new()))
}

pub(super) const fn object_category<N: Member>() -> Row<N> {
    Row::computed(
        reported("ObjectCategory", Kind::Text, "The directory's class of it"),
        |_, scene: &Scene| {
            Value::Text(format!("{}/Configuration/Schema/{}", scene.directory.domain, N::CATEGORY))
        },
    )
}

/// Declares the rows of a noun that the product does not have; it ends with a remark, the identifier and the dates.
macro_rules! described {
    ($(#[$about:meta])* pub struct $noun:ident { $($rows:tt)+ }) => {
        $crate::param::rows! {
            $(#[$about])*
            pub struct $noun with metadata: $crate::param::Metadata {
                $($rows)+
                COMMENT(comment: String) = stored(param("Comment", Kind::Text, "A remark").on(NEW_SET));
                GUID = common::guid();
                WHEN_CHANGED = common::when_changed();
                WHEN_CREATED = common::when_created();
                WHEN_CHANGED_UTC = common::when_changed_utc();
                WHEN_CREATED_UTC = common::when_created_utc();
            }
        }
    };
}
pub(super) use described;

/// A refusal for each object whose property another one before it has already, ignoring case.
#[must_use]
pub(super) fn unique<N: Member>(
    all: &[N],
    row: &'static Row<N>,
    text: fn(&N) -> Option<&String>,
) -> Vec<(usize, Finding)> {
    let mut seen: HashMap<String, &N> = HashMap::new();
    let mut found = Vec::new();
    for (at, object) in all.iter().enumerate() {
        let Some(value) = text(object) else { continue };
        if let Some(first) = seen.insert(value.to_lowercase(), object) {
            let (noun, name) = (N::NAME, row.name());
            let message = format!("the {noun} \"{}\" has the {name} `{value}` already", first.name());
            let finding = Finding::new(Rule::AD4, name, message).hint(format!("choose another -{name}"));
            found.push((at, finding.answer(format!("give another {name}"))));
        }
    }
    found
}
