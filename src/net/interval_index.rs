//! A fixed set of owned intervals that answers, in logarithmic time, whether somebody else's equals a given one
//! or partly overlaps it (U3, U4).
//!
//! It knows no addresses and no connectors. Intervals of the asking owner never count.

use std::cmp::Reverse;

use super::interval::Interval;

/// An interval of the set that was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hit {
    /// Whose it is.
    pub owner: usize,
    /// Which it was, counted from 0, among all that made the set.
    pub place: usize,
}

/// The set, ordered from the left and, mirrored, from the right.
#[derive(Debug, Clone)]
pub struct IntervalIndex<T> {
    left: Side<T>,
    right: Side<Reverse<T>>,
}

impl<T: Ord + Copy> IntervalIndex<T> {
    /// The set of these intervals, each with its owner.
    pub fn new(intervals: impl IntoIterator<Item = (Interval<T>, usize)>) -> Self {
        let entries: Vec<_> = intervals
            .into_iter()
            .enumerate()
            .map(|(place, (interval, owner))| Entry { interval, hit: Hit { owner, place } })
            .collect();
        let mirrored =
            entries.iter().filter_map(|e| Some(Entry { interval: mirror(&e.interval)?, hit: e.hit }));
        Self { right: Side::new(mirrored.collect()), left: Side::new(entries) }
    }

    /// An equal interval of an owner other than `owner`.
    pub fn equal(&self, interval: &Interval<T>, owner: usize) -> Option<Hit> {
        self.left.equal(interval, owner)
    }

    /// A partly overlapping interval of an owner other than `owner`; equal and nested ones are none.
    pub fn overlap(&self, interval: &Interval<T>, owner: usize) -> Option<Hit> {
        if interval.first() == interval.last() {
            return None;
        }
        let beyond = self.left.beyond(interval, owner);
        beyond.or_else(|| self.right.beyond(&mirror(interval)?, owner))
    }
}

/// The interval in a world whose order is turned round.
fn mirror<T: Ord + Copy>(interval: &Interval<T>) -> Option<Interval<Reverse<T>>> {
    Interval::new(Reverse(interval.last()), Reverse(interval.first()))
}

#[derive(Debug, Clone, Copy)]
struct Entry<T> {
    interval: Interval<T>,
    hit: Hit,
}

/// The intervals sorted by first point, then last, then owner; over them a tree of who reaches farthest.
#[derive(Debug, Clone)]
struct Side<T> {
    sorted: Vec<Entry<T>>,
    tree: Vec<Reach>,
}

/// Of some entries, the one that reaches farthest, and the farthest among those of other owners than its own.
#[derive(Debug, Clone, Copy, Default)]
struct Reach {
    best: Option<usize>,
    other: Option<usize>,
}

impl<T: Ord + Copy> Side<T> {
    fn new(mut sorted: Vec<Entry<T>>) -> Self {
        sorted.sort_unstable_by_key(|e| (e.interval, e.hit.owner, e.hit.place));
        let leaves = sorted.len();
        let mut side = Self { sorted, tree: vec![Reach::default(); leaves] };
        side.tree.extend((0..leaves).map(|at| Reach { best: Some(at), other: None }));
        for node in (1..leaves).rev() {
            side.tree[node] = side.joined(side.tree[2 * node], side.tree[2 * node + 1]);
        }
        side
    }

    fn equal(&self, interval: &Interval<T>, owner: usize) -> Option<Hit> {
        let start = self.sorted.partition_point(|e| e.interval < *interval);
        let tail = &self.sorted[start..];
        tail.first().filter(|e| e.interval == *interval)?;
        let same = &tail[..tail.partition_point(|e| e.interval == *interval)];
        // Sorted by owner: when neither end is somebody else's, none is.
        [same.first()?, same.last()?].into_iter().map(|e| e.hit).find(|hit| hit.owner != owner)
    }

    /// An interval that begins above the given one's first point, at or below its last, and ends beyond it.
    fn beyond(&self, interval: &Interval<T>, owner: usize) -> Option<Hit> {
        let start = self.sorted.partition_point(|e| e.interval.first() <= interval.first());
        let tail = &self.sorted[start..];
        tail.first().filter(|e| e.interval.first() <= interval.last())?;
        let length = tail.partition_point(|e| e.interval.first() <= interval.last());
        let reach = self.farthest(start, start + length);
        let found = [reach.best, reach.other].into_iter().flatten().map(|at| &self.sorted[at]);
        let mut foreign = found.filter(|e| e.hit.owner != owner && e.interval.last() > interval.last());
        foreign.next().map(|e| e.hit)
    }

    /// The farthest reach among `sorted[start..end]`.
    fn farthest(&self, start: usize, end: usize) -> Reach {
        let leaves = self.sorted.len();
        let (mut low, mut high, mut reach) = (start + leaves, end + leaves, Reach::default());
        while low < high {
            if low % 2 == 1 {
                reach = self.joined(reach, self.tree[low]);
                low += 1;
            }
            if high % 2 == 1 {
                high -= 1;
                reach = self.joined(reach, self.tree[high]);
            }
            (low, high) = (low / 2, high / 2);
        }
        reach
    }

    fn joined(&self, one: Reach, two: Reach) -> Reach {
        [two.best, two.other].into_iter().flatten().fold(one, |reach, at| self.with(reach, at))
    }

    /// The reach when one more entry counts.
    fn with(&self, reach: Reach, at: usize) -> Reach {
        let entry = &self.sorted[at];
        let farther =
            |than: Option<usize>| than.is_none_or(|t| entry.interval.last() > self.sorted[t].interval.last());
        let own = reach.best.is_some_and(|best| self.sorted[best].hit.owner == entry.hit.owner);
        match (farther(reach.best), own) {
            (true, true) => Reach { best: Some(at), ..reach },
            (true, false) => Reach { best: Some(at), other: reach.best },
            (false, false) if farther(reach.other) => Reach { other: Some(at), ..reach },
            _ => reach,
        }
    }
}
