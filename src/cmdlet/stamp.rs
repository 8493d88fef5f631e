//! Identifiers and dates on what a draft changes: a new object is made now, a changed one changes now, and what
//! a hand-written one lacks is filled in.

use std::collections::HashMap;

use jiff::Timestamp;
use uuid::Uuid;

use super::Context;
use crate::connector::Host;
use crate::organization::{Marks, Member};

/// Stamps a server and its connectors.
pub(super) fn host(
    before: Option<&Host>,
    after: &mut Host,
    now: Timestamp,
    new_guid: &mut dyn FnMut() -> Uuid,
) {
    let server_changed = before.is_none_or(|b| b.server != after.server);
    let server = &mut after.server;
    stamp_one(server_changed, &mut server.guid, &mut server.created, &mut server.changed, now, new_guid);
    let old = before.map(|host| host.connectors.as_slice()).unwrap_or_default();
    // The first of equals is the one that counts.
    let by_guid: HashMap<_, _> = old.iter().rev().filter_map(|c| Some((c.guid?, c))).collect();
    let by_name: HashMap<_, _> = old.iter().rev().map(|c| (c.name.as_str(), c)).collect();
    for connector in &mut after.connectors {
        let same = match connector.guid {
            Some(guid) => by_guid.get(&guid),
            None => by_name.get(connector.name.as_str()),
        };
        let changed = same.is_none_or(|old| *old != connector);
        stamp_one(
            changed,
            &mut connector.guid,
            &mut connector.created,
            &mut connector.changed,
            now,
            new_guid,
        );
    }
}

fn stamp_one(
    is_changed: bool,
    guid: &mut Option<Uuid>,
    created: &mut Option<Timestamp>,
    changed: &mut Option<Timestamp>,
    now: Timestamp,
    new_guid: &mut dyn FnMut() -> Uuid,
) {
    guid.get_or_insert_with(new_guid);
    created.get_or_insert(now);
    if is_changed {
        *changed = Some(now);
    }
    changed.get_or_insert(now);
}

/// Stamps the organization's objects of one noun.
pub(super) fn members<N: Member>(before: &[N], after: &mut [N], context: &Context<'_>) {
    let by_guid: HashMap<_, _> = before.iter().rev().filter_map(|o| Some((o.marks().guid?, o))).collect();
    let by_name: HashMap<_, _> = before.iter().rev().map(|o| (o.name().to_lowercase(), o)).collect();
    for object in after {
        let same = match object.marks().guid {
            Some(guid) => by_guid.get(&guid),
            None => by_name.get(&object.name().to_lowercase()),
        };
        let is_changed = same.is_none_or(|old| *old != object);
        let Marks { guid, created, changed } = object.marks_mut();
        let mut new_guid = context.new_guid.borrow_mut();
        stamp_one(is_changed, guid, created, changed, context.now, &mut **new_guid);
    }
}
