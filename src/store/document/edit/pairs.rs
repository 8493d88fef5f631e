//! Which object of the new state is which of the old: by Guid, else by name, else by place.

use std::collections::HashMap;
use std::hash::Hash;

use crate::param::Record;

/// For each of `new`, the place of its forerunner in `old`.
pub(super) fn pair<T: Record>(old: &[T], new: &[T]) -> Vec<Option<usize>> {
    let mut pairs = Pairs { old, new, found: vec![None; new.len()], taken: vec![false; old.len()] };
    pairs.by(|record| record.metadata().guid);
    pairs.by(|c| Some(c.name().to_lowercase()));
    for at in 0..new.len().min(old.len()) {
        pairs.join(at, at);
    }
    pairs.found
}

struct Pairs<'a, T> {
    old: &'a [T],
    new: &'a [T],
    found: Vec<Option<usize>>,
    taken: Vec<bool>,
}

impl<T: Record> Pairs<'_, T> {
    /// Joins those that have the same key.
    fn by<K: Hash + Eq>(&mut self, key: impl Fn(&T) -> Option<K>) {
        let places: HashMap<K, usize> =
            self.old.iter().enumerate().rev().filter_map(|(at, c)| Some((key(c)?, at))).collect();
        for (at, record) in self.new.iter().enumerate() {
            if let Some(place) = key(record).and_then(|key| places.get(&key)) {
                self.join(at, *place);
            }
        }
    }

    /// Joins two that are still free, unless both have a Guid and so are known to be different.
    fn join(&mut self, new: usize, old: usize) {
        let (Some(a), Some(b)) = (self.new.get(new), self.old.get(old)) else { return };
        let (one, other) = (a.metadata().guid, b.metadata().guid);
        let different = one.is_some() && other.is_some() && one != other;
        let (Some(found), Some(taken)) = (self.found.get_mut(new), self.taken.get_mut(old)) else { return };
        if !different && found.is_none() && !*taken {
            *found = Some(old);
            *taken = true;
        }
    }
}
