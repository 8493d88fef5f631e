//! Taking one change back among later ones: what it made of `before` goes back where it still stands, and what was
//! changed since is in the way.

use crate::cmdlet::transaction::difference::pairs;
use crate::connector::{Host, ReceiveConnector, rows as connector_rows};
use crate::param::record::is_mark;
use crate::param::{Noun, Platform, Record, Row, Value, same_name};
use crate::permission::Changed;
use crate::server::Server;

/// What is in the way of taking a change back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::cmdlet::store) struct Obstacle {
    /// Which object.
    pub identity: String,
    /// Which of its properties; none where it is the object as a whole.
    pub property: Option<&'static str>,
    /// What is said of it.
    pub why: &'static str,
}

/// Takes back in `now` what made `after` of `before`, but for the rows that `skip` names; gives the properties in the way.
pub(in crate::cmdlet::store) fn rows<N: Noun>(
    before: &N,
    after: &N,
    now: &mut N,
    skip: fn(&str) -> bool,
) -> Vec<&'static str> {
    let own = N::rows().iter().filter(|row| !is_mark(row.name()) && !skip(row.name()));
    own.filter(|row| !row_back(row, before, after, now)).map(|row| row.name()).collect()
}

/// Whether one property is as it was before, or goes back to it.
fn row_back<N: Noun>(row: &Row<N>, before: &N, after: &N, now: &mut N) -> bool {
    let (Some(was), Some(made), Some(is)) = (row.stored(before), row.stored(after), row.stored(now)) else {
        return true;
    };
    match value_back(&was, &made, &is) {
        Some(value) if value == is && value.to_string() == is.to_string() => true,
        // A value of the same row is of its type.
        Some(value) => row.assign(now, value).is_ok(),
        None => false,
    }
}

/// What a value is to be; nothing where it was changed since.
fn value_back(was: &Value, made: &Value, is: &Value) -> Option<Value> {
    let same = |a: &Value, b: &Value| a == b && a.to_string() == b.to_string();
    if same(was, made) || same(is, was) {
        return Some(is.clone());
    }
    if is == made {
        return Some(was.clone());
    }
    match (was, made, is) {
        (Value::List(was), Value::List(made), Value::List(is)) => {
            let (gone, come) = (without(was, made), without(made, was));
            let stands = come.iter().all(|one| is.contains(one)) && !gone.iter().any(|one| is.contains(one));
            let is_back = !come.iter().any(|one| is.contains(one)) && gone.iter().all(|one| is.contains(one));
            let back = without(is, &come).into_iter().chain(gone);
            match (is_back, stands) {
                (true, _) => Some(Value::List(is.clone())),
                (false, true) => Some(Value::List(back.collect())),
                (false, false) => None,
            }
        }
        _ => None,
    }
}

fn without(all: &[Value], others: &[Value]) -> Vec<Value> {
    all.iter().filter(|one| !others.contains(one)).cloned().collect()
}

/// Takes back what a change did to a list of objects. `change` takes back what it did to one of them.
pub(in crate::cmdlet::store) fn list<N: Record>(
    before: &[N],
    after: &[N],
    now: &mut Vec<N>,
    name: impl Fn(&N) -> String,
    change: impl Fn(&N, &N, &mut N) -> Vec<&'static str>,
) -> Vec<Obstacle> {
    let mut found = Vec::new();
    let obstacle = |one: &N, why| Obstacle { identity: name(one), property: None, why };
    for (old, new) in pairs(before, after) {
        let Some(object) = new.or(old) else { continue };
        let at = place(object, now);
        match (old, new, at) {
            (Some(old), Some(new), _) if old == new => {}
            (None, _, None) | (_, None, Some(_)) => {}
            (None, Some(made), Some(at)) if now[at] == *made => drop(now.remove(at)),
            (None, Some(made), Some(_)) => found.push(obstacle(made, "was changed again")),
            (Some(old), None, None) if now.iter().any(|one| same_name(one.name(), old.name())) => {
                found.push(obstacle(old, "was created anew"));
            }
            (Some(old), None, None) => now.push(old.clone()),
            (Some(old), Some(_), None) => found.push(obstacle(old, "was removed")),
            (Some(old), Some(new), Some(at)) => {
                let identity = name(&now[at]);
                let own = change(old, new, &mut now[at]).into_iter().map(|property| Obstacle {
                    identity: identity.clone(),
                    property: Some(property),
                    why: "was changed again",
                });
                found.extend(own);
            }
        }
    }
    found
}

/// The place of an object, by its Guid, else by its name where one of the two has none.
pub(in crate::cmdlet::store) fn place<N: Record>(object: &N, all: &[N]) -> Option<usize> {
    let guid = object.metadata().guid;
    let by_guid = guid.and_then(|guid| all.iter().position(|one| one.metadata().guid == Some(guid)));
    let unmarked = |one: &N| guid.is_none() || one.metadata().guid.is_none();
    by_guid.or_else(|| all.iter().position(|one| unmarked(one) && same_name(one.name(), object.name())))
}

/// Takes back what a change did to a server and its connectors; gives the server as it is to be.
///
/// # Errors
/// What is in the way.
pub(in crate::cmdlet::store) fn host(
    before: Option<&Host>,
    after: Option<&Host>,
    now: Option<&Host>,
) -> Result<Option<Host>, Vec<Obstacle>> {
    let whole = |host: &Host, why| vec![Obstacle { identity: host.server.name.clone(), property: None, why }];
    match (before, after, now) {
        (None, Some(made), Some(is)) if is != made => Err(whole(made, "was changed again")),
        (None, ..) => Ok(None),
        (Some(was), None, Some(_)) => Err(whole(was, "was created anew")),
        (Some(was), None, None) => Ok(Some(was.clone())),
        (Some(was), Some(_), None) => Err(whole(was, "was removed")),
        (Some(was), Some(made), Some(is)) => {
            let mut host = is.clone();
            let found = both(was, made, &mut host);
            if found.is_empty() { Ok(Some(host)) } else { Err(found) }
        }
    }
}

fn both(was: &Host, made: &Host, now: &mut Host) -> Vec<Obstacle> {
    let server = now.server.name.clone();
    let own = rows::<Server>(&was.server, &made.server, &mut now.server, |_| false).into_iter();
    let why = "was changed again";
    let mut found: Vec<Obstacle> =
        own.map(|property| Obstacle { identity: server.clone(), property: Some(property), why }).collect();
    let platform = now.server.platform();
    let identity = |connector: &ReceiveConnector| format!("{server}\\{}", connector.name);
    found.extend(list(&was.connectors, &made.connectors, &mut now.connectors, identity, |was, made, now| {
        connector(was, made, now, platform)
    }));
    found
}

/// The access list goes back entry by entry, beside the rows.
fn connector(
    was: &ReceiveConnector,
    made: &ReceiveConnector,
    now: &mut ReceiveConnector,
    platform: Platform,
) -> Vec<&'static str> {
    let mut found = rows(was, made, now, |name| name == connector_rows::PERMISSION_GROUPS.name());
    let Changed { gone, come } = Changed::between(&was.access, &made.access, platform);
    let (gone_now, come_now) = (now.access.holds(&gone, platform), now.access.holds(&come, platform));
    let is_back = gone_now.iter().all(|there| *there) && !come_now.iter().any(|there| *there);
    let stands = !gone_now.iter().any(|there| *there) && come_now.iter().all(|there| *there);
    if !is_back && stands {
        now.access = now.access.without(&come, platform).with(&gone, platform);
    } else if !is_back {
        found.push("ADPermission");
    }
    found
}
