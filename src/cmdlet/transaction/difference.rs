//! Two states of the store, compared property by property: what `-WhatIf` and Compare-StoreRevision show.

use std::collections::{HashMap, HashSet};

use uuid::Uuid;

use super::Draft;
use crate::answer::{Column, Object};
use crate::cmdlet::shared::table_views::DIFFERENCE;
use crate::connector::{Host, ReceiveConnector};
use crate::organization::{Member, Organization, Part, with_part};
use crate::param::record::{first_by, is_mark};
use crate::param::{Noun, Platform, Record, Release, Row, Value};
use crate::permission::{AccessList, Changed, Entry};
use crate::server::{Directory, Server};

/// One property of one object that differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// What kind of object it is of: a server and its subscription have one name.
    pub noun: &'static str,
    /// Whose: `HUB01\Relay`, `HUB01`, or the organization's name.
    pub identity: String,
    /// Which.
    pub property: &'static str,
    /// What it was; nothing for a new object.
    pub before: Value,
    /// What it is; nothing for a removed object.
    pub after: Value,
}

/// The columns of a difference.
pub static COLUMNS: [Column; 4] = [
    ("Identity", "The object: a server, a connector, or one of the organization"),
    ("Property", "The property that differs; ADPermission is an entry of the access list"),
    ("Before", "What it was; empty where there was no such object"),
    ("After", "What it is; empty where there is no such object"),
];

impl Difference {
    /// As an object to print.
    #[must_use]
    pub fn object(&self) -> Object {
        let named = [self.identity.clone(), self.property.to_owned()].map(Value::Text);
        let [identity, property] = named;
        let values = [identity, property, self.before.clone(), self.after.clone()];
        Object::result(&DIFFERENCE, &COLUMNS, values)
    }
}

/// What a draft changes.
#[must_use]
pub fn differences(draft: &Draft<'_>) -> Vec<Difference> {
    draft.before().differences_in(&draft.changed(), draft.after())
}

/// Differences between the organization's names.
pub(crate) fn of_directory(before: &Directory, after: &Directory, found: &mut Vec<Difference>) {
    let identity = &after.organization;
    of_rows(identity, Side::new(Some(before), None), Side::new(Some(after), None), found);
}

/// Differences between two states of one part of the organization.
pub(crate) fn of_part(part: Part, before: &Organization, after: &Organization, found: &mut Vec<Difference>) {
    with_part!(part, of_members(before, after, found));
}

fn of_members<N: Member>(before: &Organization, after: &Organization, found: &mut Vec<Difference>) {
    let ground = Ground::of::<N>(ANYWHERE, None);
    let side = |object| Side::new(object, Some(&ground));
    let identity = |object: &N| if N::SINGLE { N::NAME.to_owned() } else { object.name().to_owned() };
    for (old, new) in pairs(N::list(before), N::list(after)) {
        let named = new.or(old).map(identity).unwrap_or_default();
        of_rows(&named, side(old), side(new), found);
    }
}

/// Where the organization's own objects stand: their files mean the same to every edition.
const ANYWHERE: Platform = Platform::NEWEST;

/// Differences between two states of one server and its connectors.
pub(crate) fn of_host(
    before: Option<&Host>,
    after: Option<&Host>,
    directory: &Directory,
    found: &mut Vec<Difference>,
) {
    let Some(name) = after.or(before).map(|host| host.server.name.clone()) else { return };
    let servers = [before, after].map(|host| host.map(|host| &host.server));
    if servers[0] != servers[1] {
        let [old, new] = servers.map(|server| server.map(Ground::on::<Server>));
        let shown = |side| Side { scene: Some(directory), ..side };
        let old = shown(Side::new(before.map(|host| &host.server), old.as_ref()));
        let new = shown(Side::new(after.map(|host| &host.server), new.as_ref()));
        of_rows(&name, old, new, found);
    }
    let [was, is] = servers.map(|server| server.map(Server::platform));
    let releases = servers.map(|server| server.map(Server::release));
    let is_same = was == is && releases[0] == releases[1];
    let mut touched = connector_pairs(before, after);
    touched.retain(|pair| !is_same || !is_untouched(*pair));
    if touched.is_empty() {
        return;
    }
    let [old_ground, new_ground] = servers.map(|server| server.map(Ground::on::<ReceiveConnector>));
    for (old, new) in touched {
        let named = new.or(old).map(|c| format!("{name}\\{}", c.name)).unwrap_or_default();
        of_rows(&named, Side::new(old, old_ground.as_ref()), Side::new(new, new_ground.as_ref()), found);
        let (old, new) = (old.map(|c| &c.access).zip(was), new.map(|c| &c.access).zip(is));
        of_entries(&named, old, new, directory, found);
    }
}

/// What values are held against: the properties and the defaults of a platform, made once for many objects.
struct Ground {
    /// The release whose properties are shown; none for all.
    release: Option<Release>,
    /// The default of each row, in their order.
    defaults: Vec<Value>,
}

impl Ground {
    fn on<N: Noun>(server: &Server) -> Self {
        Ground::of::<N>(server.platform(), Some(server.release()))
    }

    fn of<N: Noun>(platform: Platform, release: Option<Release>) -> Self {
        let defaults = N::rows().iter().map(|row| row.default_on(platform)).collect();
        Ground { release, defaults }
    }
}

/// An object where it stands.
struct Side<'a, N: Noun> {
    object: Option<&'a N>,
    /// Nothing where defaults do not matter.
    ground: Option<&'a Ground>,
    /// What Get- shows values with; nothing where a value that is not set is shown as none.
    scene: Option<&'a N::Scene>,
}

impl<'a, N: Noun> Side<'a, N> {
    fn new(object: Option<&'a N>, ground: Option<&'a Ground>) -> Self {
        Side { object, ground, scene: None }
    }

    /// A value that both sides have, as Get- shows it where it is not set.
    fn shown(&self, row: &Row<N>, value: &Value) -> Value {
        match (value, self.object, self.scene) {
            (Value::Null, Some(object), Some(scene)) => row.print(object, scene),
            _ => value.clone(),
        }
    }
}

/// Properties that differ; of a new or removed object, those that its file names.
fn of_rows<N: Noun>(identity: &str, old: Side<'_, N>, new: Side<'_, N>, found: &mut Vec<Difference>) {
    let read = |(at, row): (usize, &Row<N>), side: &Side<'_, N>| {
        let value = row.stored(side.object?)?;
        if side.ground.and_then(|ground| ground.release).is_some_and(|release| !row.exists_in(release)) {
            return None;
        }
        let default = side.ground.and_then(|ground| ground.defaults.get(at));
        let written = (row.always_written || default != Some(&value)) && !value.is_empty();
        Some((value, written))
    };
    let rows = N::rows().iter().enumerate();
    for (at, row) in rows.filter(|(_, row)| !is_mark(row.name())) {
        let (before, after) = match (read((at, row), &old), read((at, row), &new)) {
            (Some((before, _)), Some((after, _))) if same(&before, &after) => continue,
            (Some((before, _)), Some((after, _))) => {
                let shown = (old.shown(row, &before), new.shown(row, &after));
                // What was so without being set is set from now on.
                if same(&shown.0, &shown.1) { (before, after) } else { shown }
            }
            (Some((before, true)), None) => (before, Value::Null),
            (None, Some((after, true))) => (Value::Null, after),
            _ => continue,
        };
        let identity = identity.to_owned();
        found.push(Difference { noun: N::NAME, identity, property: row.name(), before, after });
    }
}

/// Equal, and for ranges also spelled the same.
pub(in crate::cmdlet) fn same(a: &Value, b: &Value) -> bool {
    a == b && is_spelled_alike(a, b)
}

fn is_spelled_alike(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Range(a), Value::Range(b)) => a.as_str() == b.as_str(),
        (Value::List(a), Value::List(b)) => a.iter().zip(b).all(|(a, b)| is_spelled_alike(a, b)),
        _ => true,
    }
}

/// Before an entry that a connector has from its parents in the directory.
pub const INHERITED: &str = "inherited ";

/// Entries of the access list that PermissionGroups does not say, one difference each.
pub(in crate::cmdlet) fn of_entries(
    identity: &str,
    old: Option<(&AccessList, Platform)>,
    new: Option<(&AccessList, Platform)>,
    directory: &Directory,
    found: &mut Vec<Difference>,
) {
    let nothing = AccessList::default();
    let Some((_, platform)) = new.or(old) else { return };
    let (old, new) = (old.unwrap_or((&nothing, platform)), new.unwrap_or((&nothing, platform)));
    let changed = Changed::beside_groups(old, new);
    let mut add = |entry: &Entry, gone: bool| {
        let inherited = if entry.inherited { INHERITED } else { "" };
        let word = if entry.deny { "deny " } else { "" };
        let account = directory.account(entry.principal.name());
        let text = Value::Text(format!("{inherited}{word}{} to {account}", entry.right.name));
        let (before, after) = if gone { (text, Value::Null) } else { (Value::Null, text) };
        let (noun, identity) = (<ReceiveConnector as Noun>::NAME, identity.to_owned());
        found.push(Difference { noun, identity, property: "ADPermission", before, after });
    };
    changed.gone.iter().for_each(|entry| add(entry, true));
    changed.come.iter().for_each(|entry| add(entry, false));
}

/// A record before and after.
pub type Pair<'a, N> = (Option<&'a N>, Option<&'a N>);

/// Equal, and the ranges spelled the same: no property differs then.
fn is_untouched(pair: Pair<'_, ReceiveConnector>) -> bool {
    let is_spelled = |old: &ReceiveConnector, new: &ReceiveConnector| {
        old.remote_ip_ranges.iter().zip(&new.remote_ip_ranges).all(|(old, new)| old.as_str() == new.as_str())
    };
    matches!(pair, (Some(old), Some(new)) if old == new && is_spelled(old, new))
}

/// Records before and after, matched by Guid, else by name where one of the two has no Guid, or a Guid that nothing of
/// the other state has.
#[must_use]
pub fn pairs<'a, N: Record>(old: &'a [N], new: &'a [N]) -> Vec<Pair<'a, N>> {
    if are_in_step(old, new) {
        return old.iter().map(Some).zip(new.iter().map(Some)).collect();
    }
    let (olds, news) = (Known::of(old), Known::of(new));
    let mut pairs: Vec<Pair<'a, N>> = old.iter().map(|o| (Some(o), news.find(o, &olds))).collect();
    pairs.extend(new.iter().filter(|n| olds.find(n, &news).is_none()).map(|n| (None, Some(n))));
    pairs
}

/// Whether each record has the place of the one with its Guid, as where nothing was added, removed or moved.
fn are_in_step<N: Record>(old: &[N], new: &[N]) -> bool {
    let mut seen = HashSet::new();
    let is_itself = |(old, new): (&N, &N)| {
        let guid = old.metadata().guid;
        guid.is_some_and(|guid| seen.insert(guid)) && guid == new.metadata().guid
    };
    old.len() == new.len() && old.iter().zip(new).all(is_itself)
}

/// The connectors of one server before and after.
#[must_use]
pub(crate) fn connector_pairs<'a>(
    before: Option<&'a Host>,
    after: Option<&'a Host>,
) -> Vec<Pair<'a, ReceiveConnector>> {
    let list = |host: Option<&'a Host>| host.map(|h| h.connectors.as_slice()).unwrap_or_default();
    pairs(list(before), list(after))
}

/// The records of one state, to be found without a walk.
struct Known<'a, N> {
    by_guid: HashMap<Uuid, (usize, &'a N)>,
    by_name: HashMap<String, (usize, &'a N)>,
    /// Those without a Guid, by name.
    without_guid: HashMap<String, (usize, &'a N)>,
}

impl<'a, N: Record> Known<'a, N> {
    fn of(records: &'a [N]) -> Self {
        let name = |record: &N| record.name().to_lowercase();
        Known {
            by_guid: first_by(records, |record| record.metadata().guid),
            by_name: first_by(records, |record| Some(name(record))),
            without_guid: first_by(records, |record| record.metadata().guid.is_none().then(|| name(record))),
        }
    }

    /// The one of the same Guid, else of the same name where no Guid says otherwise; `own` are the records that `other`
    /// is one of.
    fn find(&self, other: &N, own: &Known<'_, N>) -> Option<&'a N> {
        let name = other.name().to_lowercase();
        let by_name = || {
            let (_, found) = self.by_name.get(&name)?;
            let is_another = found.metadata().guid.is_some_and(|guid| own.by_guid.contains_key(&guid));
            (!is_another).then_some((0, *found))
        };
        let found = match other.metadata().guid {
            Some(guid) => {
                let known = self.by_guid.get(&guid).or_else(|| self.without_guid.get(&name));
                known.copied().or_else(by_name)
            }
            None => self.by_name.get(&name).copied(),
        };
        found.map(|(_, record)| record)
    }
}
