//! The keys of one table to the fields of one object, by its rows; every key that is wrong becomes a flaw.

use enumset::EnumSet;

use super::error::Flaw;
use super::keys::Keys;
use super::section::{Entry, Section};
use super::value;
use crate::param::{Field, Noun, Record, Release, Row, Rule, record};
use crate::text;

/// Puts every key of `section` into `object`, and says what is wrong with the others.
pub(super) fn fill<N: Noun>(section: &Section<'_>, keys: &Keys<N>, object: &mut N, flaws: &mut Vec<Flaw>) {
    let accepted = accepted(section, keys);
    for entry in &section.entries {
        let put = |row: &'static Row<N>| {
            let value = value::read(&row.param, entry.value)?;
            row.assign(object, value).map_err(|finding| Flaw::of(finding, entry.value.span().start))
        };
        match keys.find(entry.key).map(put) {
            Some(Ok(())) => {}
            Some(Err(flaw)) if flaw.rule.is_some_and(|rule| accepted.contains(rule)) => {
                flaws.extend(put_unbounded(entry, keys, object).map(|()| flaw));
            }
            Some(Err(flaw)) => flaws.push(flaw),
            None => flaws.push(unknown(entry, keys)),
        }
    }
}

/// The rules that a table says are accepted.
fn accepted<N: Noun>(section: &Section<'_>, keys: &Keys<N>) -> EnumSet<Rule> {
    let row = keys.find(record::ACCEPTED);
    let value =
        row.zip(section.entry(record::ACCEPTED)).map(|(row, entry)| value::read(&row.param, entry.value));
    let mut accepted = EnumSet::<Rule>::empty();
    if let Some(Ok(value)) = value {
        // A value of the row itself is of its type.
        let _ = accepted.assign(value);
    }
    accepted
}

/// Puts a value in that breaks its row's bounds; something where it is no such value either.
fn put_unbounded<N: Noun>(entry: &Entry<'_>, keys: &Keys<N>, object: &mut N) -> Option<()> {
    let row = keys.find(entry.key)?;
    let read = value::read_unbounded(&row.param, entry.value);
    if read.is_ok_and(|value| row.assign(object, value).is_ok()) { None } else { Some(()) }
}

/// Keys of rows that `release` does not have (C12); without one every key is had.
pub(super) fn check_versions<N: Noun>(
    section: &Section<'_>,
    keys: &Keys<N>,
    release: Option<Release>,
    flaws: &mut Vec<Flaw>,
) {
    let Some(release) = release else { return };
    for entry in &section.entries {
        let Some(row) = keys.find(entry.key).filter(|row| !row.exists_in(release)) else { continue };
        let message =
            format!("{} does not exist in Exchange {}: {}", entry.key, release.name(), row.param.had_by());
        let hint = if row.exists_in(release.version) {
            "delete the line, or correct the server's ServicePack"
        } else {
            "delete the line, or correct the server's Version"
        };
        let flaw = Flaw::new(entry.key_at.start, message, hint);
        flaws.push(Flaw { rule: Some(Rule::C12), ..flaw });
    }
}

/// Keys that no object can do without: one that is absent, and a list that is empty.
pub(super) fn check_present<N: Noun>(
    section: &Section<'_>,
    keys: &Keys<N>,
    object: &N,
    flaws: &mut Vec<Flaw>,
) {
    for row in keys.needed() {
        let (name, entry) = (row.name(), section.entry(row.name()));
        let empty = row.stored(object).is_none_or(|value| value.is_empty());
        // What could not be read is empty too, and is a flaw already.
        let unread = entry.is_some_and(|entry| flaws.iter().any(|flaw| entry.holds(flaw.at)));
        if entry.is_none() || empty && !unread {
            let what = if entry.is_none() { "is missing" } else { "is empty" };
            let hint = format!("{name} = {}", value::example(row.param.kind));
            flaws.push(Flaw::new(section.place(name), format!("{name} {what}"), hint));
        }
    }
}

/// Guids that an earlier object of the file has too: one table was copied from the other. `place` says where a key
/// of the object at an index is.
pub(super) fn repeated_guids<N: Record>(records: &[N], place: impl Fn(usize, &str) -> usize) -> Vec<Flaw> {
    let repeated = record::repeated_guids(records);
    let flaw = |(at, record): (usize, &N)| {
        let message = format!("two {}s have this Guid, and `{}` is the later", N::NAME, record.name());
        let hint = "delete the line: the next change gives it a Guid of its own";
        Flaw::new(place(at, "Guid"), message, hint)
    };
    repeated.map(flaw).collect()
}

impl Entry<'_> {
    /// Whether byte `at` lies in its key or value.
    fn holds(&self, at: usize) -> bool {
        (self.key_at.start..self.value.span().end).contains(&at)
    }
}

fn unknown<N: Noun>(entry: &Entry<'_>, keys: &Keys<N>) -> Flaw {
    let key = entry.key;
    let at = entry.key_at.start;
    let noun = N::NAME;
    if let Some(row) = keys.order().iter().find(|row| row.name().eq_ignore_ascii_case(key)) {
        let name = row.name();
        return Flaw::new(
            at,
            format!("keys are matched exactly, and `{key}` is spelled `{name}`"),
            format!("write {name}"),
        );
    }
    if N::rows().iter().any(|row| row.name().eq_ignore_ascii_case(key)) {
        return Flaw::new(at, format!("`{key}` is computed and never written"), "delete the line");
    }
    let message = format!("`{key}` is not a property of {} {noun}", text::article(noun));
    match text::nearest(key, keys.order().iter().map(|row| row.name()), text::NEAR) {
        Some(name) => Flaw::new(at, message, format!("write {name}")),
        None => Flaw::new(at, message, "delete the line, or make it a comment with #"),
    }
}
