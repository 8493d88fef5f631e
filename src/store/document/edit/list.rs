//! What becomes of each element of a list that changed: it stays where it is, or is new.

use toml::de::{DeArray, DeValue};

use super::super::section::Entry;
use super::super::spell::{Word, fits, tall};
use super::super::value::read_element;
use super::array::{Array, Target};
use super::lcs;
use super::rows::within;
use crate::param::{Param, Value};

/// The elements of the new list; nothing where an element of the old one means no value by itself, so that
/// elements cannot be told apart.
pub(super) fn targets(param: &Param, old: &DeArray<'_>, new: &Value, words: &[Word]) -> Option<Vec<Target>> {
    let old: Vec<Value> =
        old.iter().map(|item| read_element(param, item.get_ref())).collect::<Option<_>>()?;
    match new {
        Value::Flags(names) => Some(flags(&old, names)),
        Value::List(items) => {
            let elements = |value: &Value| {
                if let [one] = value.elements().as_slice() { Some(one.clone()) } else { None }
            };
            let old: Vec<Value> = old.iter().map(elements).collect::<Option<_>>()?;
            Some(by_kept(lcs::kept(&old, items), words))
        }
        _ => None,
    }
}

/// Elements in their new order, each kept at its old place or spelled.
pub(super) fn by_kept(kept: Vec<Option<usize>>, words: &[Word]) -> Vec<Target> {
    kept.into_iter()
        .zip(words)
        .map(|(at, word)| at.map_or_else(|| Target::New(word.clone()), Target::Keep))
        .collect()
}

/// Flags are a set: what is there and still meant keeps its place. A new name goes where the product would print
/// it when the list is in that order, else to the end.
fn flags(old: &[Value], names: &[&'static str]) -> Vec<Target> {
    let keeps = |value: &Value| match value {
        Value::Flags(own) => {
            own.is_empty() == names.is_empty() && own.iter().all(|name| names.contains(name))
        }
        _ => false,
    };
    let kept: Vec<usize> = (0..old.len()).filter(|at| old.get(*at).is_some_and(keeps)).collect();
    if names.is_empty() {
        let none = || Target::New(Word::Quoted("None".to_owned()));
        return vec![kept.first().map_or_else(none, |at| Target::Keep(*at))];
    }
    let place =
        |name: &&'static str| kept.iter().copied().find(|at| old.get(*at).is_some_and(|v| holds(v, name)));
    let mut places: Vec<(Option<usize>, &'static str)> =
        names.iter().map(|name| (place(name), *name)).collect();
    if !places.iter().filter_map(|(at, _)| *at).is_sorted() {
        // Stable: kept ones by their place, then the new ones in the product's order.
        places.sort_by_key(|(at, _)| at.unwrap_or(usize::MAX));
    }
    // One element may hold several names, parted by commas.
    places.dedup_by(|a, b| a.0.is_some() && a.0 == b.0);
    let target = |(at, name): (Option<usize>, &str)| {
        at.map_or_else(|| Target::New(Word::Quoted(name.to_owned())), Target::Keep)
    };
    places.into_iter().map(target).collect()
}

fn holds(value: &Value, name: &str) -> bool {
    matches!(value, Value::Flags(own) if own.contains(&name))
}

/// The text of a list with other elements, in its own layout. A list that its author kept on one line, and that
/// grows beyond what a line takes, is laid out anew. Without `targets` every element is a new one.
pub(super) fn edit(
    entry: &Entry<'_>,
    raw: &str,
    targets: Option<Vec<Target>>,
    words: &[Word],
    eol: &str,
) -> Option<String> {
    let DeValue::Array(items) = entry.value.get_ref() else { return None };
    let spans: Vec<_> = items.iter().map(|item| within(&entry.value.span(), &item.span())).collect();
    let targets = targets.unwrap_or_else(|| words.iter().cloned().map(Target::New).collect());
    let array = Array::read(raw, &spans)?;
    let (text, elements) = array.with(&targets, eol);
    let outgrown = !raw.contains('\n') && fits(entry.key, raw) && !fits(entry.key, &text);
    Some(if outgrown { tall(&elements, eol) } else { text })
}
