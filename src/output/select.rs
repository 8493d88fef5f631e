//! Which properties are shown: those of `-Property`, in the order asked. It does not know the formats.

use super::messages::quoted;
use crate::answer::{Exit, Object, Problem};
use crate::param::Value;
use crate::text::{NEAR, Wildcard, is_wild, nearest};

/// A property that is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Column {
    /// Its name as the object spells it.
    pub name: &'static str,
    /// Whether an object without it shows it blank: asked for by name, not through a wildcard.
    pub always: bool,
}

/// What stands where an object has no such property.
static NOTHING: Value = Value::Null;

/// The columns that the patterns name, without repetition; `None` when nothing was asked for.
pub(super) fn columns(objects: &[Object], patterns: &[String]) -> Result<Option<Vec<Column>>, Problem> {
    if patterns.is_empty() || objects.is_empty() {
        return Ok(None);
    }
    let names = merged(objects, |object| &object.cells);
    let mut chosen: Vec<Column> = Vec::new();
    for pattern in patterns {
        let fits = Wildcard::new(pattern);
        for name in names.iter().copied().filter(|name| fits.matches(name)) {
            add(&mut chosen, Column { name, always: !is_wild(pattern) });
        }
    }
    match patterns.iter().find(|pattern| !is_wild(pattern)).filter(|_| chosen.is_empty()) {
        Some(pattern) => Err(unknown(pattern, objects, &names)),
        None => Ok(Some(chosen)),
    }
}

/// The patterns without a wildcard that no object has a property for, each with what is said of it.
pub(super) fn absent<'p>(objects: &[Object], patterns: &'p [String]) -> Vec<(&'p str, Problem)> {
    if objects.is_empty() {
        return Vec::new();
    }
    let names = merged(objects, |object| &object.cells);
    let is_absent = |pattern: &&String| {
        let fits = Wildcard::new(pattern);
        !is_wild(pattern) && !names.iter().any(|name| fits.matches(name))
    };
    let absent = patterns.iter().filter(is_absent);
    absent.map(|pattern| (pattern.as_str(), unknown(pattern, objects, &names))).collect()
}

/// Adds a column, or only notes that it was asked for by name too.
fn add(chosen: &mut Vec<Column>, column: Column) {
    match chosen.iter_mut().find(|known| known.name == column.name) {
        Some(known) => known.always |= column.always,
        None => chosen.push(column),
    }
}

/// The names of what all objects show by themselves, in printed order: a name that only some have stands after
/// the one before it there.
pub(super) fn names(objects: &[Object]) -> Vec<&'static str> {
    merged(objects, Object::usual)
}

type Cells = [(&'static str, Value)];

/// The names of those cells of all objects.
fn merged(objects: &[Object], cells: fn(&Object) -> &Cells) -> Vec<&'static str> {
    let mut names: Vec<&'static str> = Vec::new();
    let mut before: &Cells = &[];
    for cells in objects.iter().map(cells) {
        // Most objects are of one version and have the same properties.
        let are_same = |(one, other): (&(&str, _), &(&str, _))| same(one.0, other.0);
        if cells.len() != before.len() || !cells.iter().zip(before).all(are_same) {
            merge(&mut names, cells);
            before = cells;
        }
    }
    names
}

/// Whether two names are the same: most are of one table, and so the same text.
pub(super) fn same(one: &str, other: &str) -> bool {
    std::ptr::eq(one, other) || one == other
}

/// Puts the names of one object in.
fn merge(names: &mut Vec<&'static str>, cells: &Cells) {
    let mut at = 0;
    for (name, _) in cells {
        match names.iter().position(|known| known == name) {
            Some(place) => at = place + 1,
            None => {
                names.insert(at, name);
                at += 1;
            }
        }
    }
}

/// What of an object is shown: `all` of it, which is what the format shows by itself, or the columns.
pub(super) fn shown<'a>(
    object: &'a Object,
    all: &'a [(&'static str, Value)],
    columns: Option<&[Column]>,
) -> Vec<(&'static str, &'a Value)> {
    let Some(columns) = columns else {
        return all.iter().map(|(name, value)| (*name, value)).collect();
    };
    columns
        .iter()
        .filter_map(|column| match object.get(column.name) {
            Some(value) => Some((column.name, value)),
            None => column.always.then_some((column.name, &NOTHING)),
        })
        .collect()
}

/// A property that no object has, with what was probably meant.
fn unknown(typed: &str, objects: &[Object], names: &[&'static str]) -> Problem {
    let noun = objects.first().map_or("object", |object| object.shape.noun);
    let hint = near(typed, names).unwrap_or_else(|| "-Property '*' shows every property".to_owned());
    Problem::new(Exit::NotUnderstood, format!("a {noun} has no property {}", quoted(typed)))
        .hint(hint)
        .about("Property")
}

/// What to type instead: the names that begin so, else the nearest one.
fn near(typed: &str, names: &[&'static str]) -> Option<String> {
    let begins = |name: &&&str| name.get(..typed.len()).is_some_and(|head| head.eq_ignore_ascii_case(typed));
    let starting: Vec<&&str> = names.iter().filter(begins).collect();
    match starting.as_slice() {
        // Longer texts are no misspelt names, and comparing them would take long.
        _ if typed.is_empty() || typed.len() > 64 => None,
        [one] => Some(format!("-Property {one}")),
        [] => nearest(typed, names.iter().copied(), NEAR).map(|name| format!("-Property {name}")),
        _ => Some(format!("-Property '{typed}*'")),
    }
}
