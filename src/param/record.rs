//! A record: an object that the store keeps, with a name among others of its noun and with metadata.

use std::collections::HashMap;
use std::hash::Hash;

use enumset::EnumSet;
use jiff::Timestamp;
use uuid::Uuid;

use strum::VariantNames;

use super::{Field, Finding, Group, Kind, Noun, Param, Row, Rule, Value, param, row};

/// What the store keeps of an object: which it is, and since when.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Metadata {
    /// Its identifier; none in a hand-written file that no change has completed yet.
    pub guid: Option<Uuid>,
    /// When it was made.
    pub created: Option<Timestamp>,
    /// When it last changed.
    pub changed: Option<Timestamp>,
    /// The rules that it breaks and that are accepted, since a real server has it so.
    pub accepted: EnumSet<Rule>,
}

impl Metadata {
    /// Completes the metadata of an object that is written now: a new object is made now, a changed one changes
    /// now, and what a hand-written one does not have is filled in.
    pub(crate) fn stamp(&mut self, is_changed: bool, now: Timestamp, new_guid: impl FnOnce() -> Uuid) {
        self.guid.get_or_insert_with(new_guid);
        self.created.get_or_insert(now);
        if is_changed {
            self.changed = Some(now);
        }
        self.changed.get_or_insert(now);
    }
}

/// An object that the store keeps.
pub trait Record: Noun + Clone + PartialEq {
    /// Its name among the objects of its noun in one file, unique ignoring case.
    fn name(&self) -> &str;
    /// What the store keeps of it.
    fn metadata(&self) -> &Metadata;
    /// The same, to change.
    fn metadata_mut(&mut self) -> &mut Metadata;
}

/// A record whose name and metadata are its fields `name` and `metadata`.
macro_rules! record {
    ($noun:ty) => {
        impl $crate::param::Record for $noun {
            fn name(&self) -> &str {
                &self.name
            }

            fn metadata(&self) -> &$crate::param::Metadata {
                &self.metadata
            }

            fn metadata_mut(&mut self) -> &mut $crate::param::Metadata {
                &mut self.metadata
            }
        }
    };
}
pub(crate) use record;

/// The first record of each key; keyless ones are left out.
pub(crate) fn first_by<'r, N, K: Hash + Eq>(
    records: &'r [N],
    key: impl Fn(&'r N) -> Option<K>,
) -> HashMap<K, (usize, &'r N)> {
    records.iter().enumerate().rev().filter_map(|(at, record)| Some((key(record)?, (at, record)))).collect()
}

/// Completes the metadata of `after`, which replaces `before`. A record is the one of its Guid, else of its name in any
/// case.
pub(crate) fn stamp_all<N: Record>(
    before: &[N],
    after: &mut [N],
    now: Timestamp,
    new_guid: &mut dyn FnMut() -> Uuid,
) {
    let by_guid = first_by(before, |record| record.metadata().guid);
    let by_name = first_by(before, |record| Some(record.name().to_lowercase()));
    for record in after {
        let same = match record.metadata().guid {
            Some(guid) => by_guid.get(&guid),
            None => by_name.get(&record.name().to_lowercase()),
        };
        // One with an identifier that was not there comes back from the past, as it was.
        let is_new = record.metadata().guid.is_none();
        let is_changed = same.map_or(is_new, |(_, old)| *old != record);
        record.metadata_mut().stamp(is_changed, now, &mut *new_guid);
    }
}

/// The record of a Guid that an earlier one in the file has: one table was copied from the other.
pub(crate) fn repeated_guids<N: Record>(records: &[N]) -> impl Iterator<Item = (usize, &N)> {
    let first = first_by(records, |record| record.metadata().guid);
    let is_later = move |(at, record): &(usize, &N)| {
        record.metadata().guid.and_then(|guid| first.get(&guid)).is_some_and(|(first, _)| first != at)
    };
    records.iter().enumerate().filter(is_later)
}

/// Guid.
#[must_use]
pub const fn guid<N: Record>() -> Row<N> {
    stored(
        param("Guid", Kind::Guid, "Its identifier"),
        |r| &r.metadata().guid,
        |r| &mut r.metadata_mut().guid,
    )
}

/// WhenChanged.
#[must_use]
pub(crate) const fn when_changed<N: Record>() -> Row<N> {
    let param = param("WhenChanged", Kind::Time, "When it last changed");
    stored(param, |r| &r.metadata().changed, |r| &mut r.metadata_mut().changed)
}

/// Accepted.
#[must_use]
pub const fn accepted<N: Record>() -> Row<N> {
    let kind = Kind::Flags(Rule::VARIANTS, &[]);
    let param = param(ACCEPTED, kind, "Rules that it breaks and that are accepted: a real server has it so");
    row(param.group(Group::Store), |r: &N| &r.metadata().accepted, |r: &mut N| &mut r.metadata_mut().accepted)
        .default("None")
        .unprinted()
}

/// The name of that row.
pub(crate) const ACCEPTED: &str = "Accepted";

/// The name of the row of connectors that says that their access list was imported without its entries.
pub(crate) const ACCESS_LIST_INCOMPLETE: &str = "AccessListIncomplete";

/// Whether a property follows from any change, so that no two objects and no two states are alike in it.
#[must_use]
pub(crate) fn is_mark(property: &str) -> bool {
    matches!(property, "Guid" | "WhenChanged" | "WhenCreated")
}

/// Whether a property says how an object came into the store, or follows from its others: no difference of its own.
#[must_use]
pub(crate) fn is_remark(property: &str) -> bool {
    [ACCEPTED, ACCESS_LIST_INCOMPLETE].contains(&property)
}

/// The findings of values that are none of their rows, each with its row's name.
#[must_use]
pub(crate) fn broken_values<N: Record>(record: &N) -> Vec<Finding> {
    let broken = |row: &&'static Row<N>| {
        let kind = row.param.kind;
        let is_checked = kind.is_bounded();
        let value = row.stored(record).filter(|value| is_checked && !value.is_empty())?;
        let texts: Vec<String> = value.elements().iter().map(ToString::to_string).collect();
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        kind.parse_all(row.name(), &texts).err()
    };
    N::rows().iter().filter_map(broken).collect()
}

/// Leaves of the accepted rules of each record those that it still breaks. `broken` are the findings of all together,
/// each with the place of its record; a conflict is reported of either of the two, and so accepted of both.
pub(crate) fn settle_accepted<N: Record>(records: &mut [N], broken: &[(usize, Finding)]) {
    let all: EnumSet<Rule> = records
        .iter()
        .map(|record| record.metadata().accepted)
        .collect::<Vec<_>>()
        .into_iter()
        .fold(EnumSet::empty(), |all, one| all | one);
    if all.is_empty() {
        return;
    }
    for (at, record) in records.iter_mut().enumerate() {
        let values = broken_values(record);
        let own = broken.iter().filter(|(place, _)| *place == at).map(|(_, finding)| finding);
        let still: EnumSet<Rule> = own.chain(&values).map(|finding| finding.rule).collect();
        let accepted = record.metadata().accepted;
        record.metadata_mut().accepted = still
            .iter()
            .filter(|rule| accepted.contains(*rule) || rule.is_conflict() && all.contains(*rule))
            .collect();
    }
}

/// The first finding that is not accepted of its record.
#[must_use]
pub(crate) fn first_refused<N: Record>(records: &[N], broken: Vec<(usize, Finding)>) -> Option<Finding> {
    let is_accepted = |(at, finding): &(usize, Finding)| {
        records.get(*at).is_some_and(|record| record.metadata().accepted.contains(finding.rule))
    };
    broken.into_iter().find(|one| !is_accepted(one)).map(|(_, finding)| finding)
}

/// WhenCreated.
#[must_use]
pub(crate) const fn when_created<N: Record>() -> Row<N> {
    let param = param("WhenCreated", Kind::Time, "When it was made");
    stored(param, |r| &r.metadata().created, |r| &mut r.metadata_mut().created)
}

const fn stored<N: Record>(
    param: Param,
    get: fn(&N) -> &dyn Field,
    set: fn(&mut N) -> &mut dyn Field,
) -> Row<N> {
    row(param, get, set).always_written()
}

/// WhenChangedUTC.
#[must_use]
pub(crate) const fn when_changed_utc<N: Record>() -> Row<N> {
    Row::computed(param("WhenChangedUTC", Kind::Time, "WhenChanged in UTC"), |record, _| {
        record.metadata().changed.map_or(Value::Null, Value::Utc)
    })
}

/// WhenCreatedUTC.
#[must_use]
pub(crate) const fn when_created_utc<N: Record>() -> Row<N> {
    Row::computed(param("WhenCreatedUTC", Kind::Time, "WhenCreated in UTC"), |record, _| {
        record.metadata().created.map_or(Value::Null, Value::Utc)
    })
}
