//! What was counted, a row for each combination of what it is counted by. A million clients are a million rows, so that a
//! row is a few numbers in two long lists, and becomes an object when it is printed.

use std::cmp::{Ordering, Reverse};
use std::hash::BuildHasher;
use std::net::IpAddr;

use foldhash::fast::RandomState;
use hashbrown::HashTable;

use super::interned::Names;

/// One part of what rows are counted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// Nothing is known.
    Nothing,
    /// A name, by its number.
    Text(u32),
    Address(IpAddr),
    /// Days since 1970.
    Day(i32),
}

/// What was counted of a row.
#[derive(Clone, Copy, Debug, Default)]
pub struct Count {
    pub sessions: u64,
    pub messages: u64,
    pub recipients: u64,
    pub refused: u64,
    pub relayed: u64,
    pub encrypted: u64,
    pub bytes: u64,
    pub first: i64,
    pub last: i64,
}

/// Which rows are meant, and which of them come first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// All, those with most sessions first.
    Sessions,
    /// Those with relayed recipients, those with most of them first.
    Relayed,
}

impl Order {
    fn number(self, count: Count) -> u64 {
        match self {
            Order::Sessions => count.sessions,
            Order::Relayed => count.relayed,
        }
    }
}

/// The rows.
pub struct Counts {
    /// How many parts a row has.
    width: usize,
    /// Of one row after the other.
    parts: Vec<Part>,
    counts: Vec<Count>,
    known: HashTable<u32>,
    hasher: RandomState,
}

impl Counts {
    /// No row yet.
    pub fn new(width: usize) -> Self {
        let (parts, counts) = (Vec::new(), Vec::new());
        Counts { width, parts, counts, known: HashTable::new(), hasher: RandomState::default() }
    }

    /// Changes the row of these parts; a new one begins as `new`.
    pub fn change(&mut self, key: &[Part], new: Count, change: impl FnOnce(&mut Count)) {
        let Counts { width, parts, counts, known, hasher } = self;
        let hash = hasher.hash_one(key);
        let row = match known.find(hash, |row| of(parts, *width, *row) == key) {
            Some(row) => *row,
            None => {
                // No memory holds more rows.
                let row = u32::try_from(counts.len()).unwrap_or(u32::MAX);
                parts.extend_from_slice(key);
                counts.push(new);
                known.insert_unique(hash, row, |row| hasher.hash_one(of(parts, *width, *row)));
                row
            }
        };
        if let Some(count) = counts.get_mut(place(row)) {
            change(count);
        }
    }

    /// The first rows, in order; `most` of them.
    pub fn first(&self, order: Order, most: Option<usize>, names: &Names) -> Vec<u32> {
        let rows = u32::try_from(self.counts.len()).unwrap_or(u32::MAX);
        let number = |row: u32| order.number(self.row(row).1);
        let mut rows: Vec<u32> = (0..rows).filter(|row| number(*row) > 0).collect();
        let by = |one: &u32, other: &u32| {
            Reverse(number(*one))
                .cmp(&Reverse(number(*other)))
                .then_with(|| self.compare(*one, *other, names))
        };
        if let Some(most) = most.filter(|most| *most < rows.len()) {
            rows.select_nth_unstable_by(most, by);
            rows.truncate(most);
        }
        rows.sort_unstable_by(by);
        rows
    }

    /// By what they are counted by, where their numbers are the same.
    fn compare(&self, one: u32, other: u32, names: &Names) -> Ordering {
        let ((key, _), (other_key, _)) = (self.row(one), self.row(other));
        let part = |(one, other): (&Part, &Part)| match (one, other) {
            (Part::Text(one), Part::Text(other)) => names.name(*one).cmp(names.name(*other)),
            _ => one.cmp(other),
        };
        key.iter().zip(other_key).map(part).find(|order| order.is_ne()).unwrap_or(Ordering::Equal)
    }

    /// A row.
    pub fn row(&self, row: u32) -> (&[Part], Count) {
        (of(&self.parts, self.width, row), self.counts.get(place(row)).copied().unwrap_or_default())
    }
}

fn of(parts: &[Part], width: usize, row: u32) -> &[Part] {
    let from = place(row).saturating_mul(width);
    parts.get(from..from.saturating_add(width)).unwrap_or_default()
}

fn place(row: u32) -> usize {
    usize::try_from(row).unwrap_or(usize::MAX)
}
