//! A closed interval `first..=last` over any ordered points, and the five ways in which two can lie.
//!
//! It knows no addresses, so that its laws can be proved over a world of sixteen points.

use std::fmt;

/// How one interval lies to another. Exactly one holds for every pair.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Relation {
    /// No point in common.
    Disjoint,
    /// The same points.
    Equal,
    /// The first lies strictly inside the second.
    Inside,
    /// The second lies strictly inside the first.
    Holds,
    /// Some points in common, and each has points that the other has not.
    Overlap,
}

impl fmt::Display for Relation {
    /// The verb between the two: `10.0.0.1 lies inside 10.0.0.0/24`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Disjoint => "shares no address with",
            Self::Equal => "equals",
            Self::Inside => "lies inside",
            Self::Holds => "holds",
            Self::Overlap => "partly overlaps",
        })
    }
}

/// The points from `first` to `last`, both among them; never empty.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Interval<T> {
    first: T,
    last: T,
}

impl<T: Ord + Copy> Interval<T> {
    /// The interval, or nothing when `first` lies above `last`.
    pub fn new(first: T, last: T) -> Option<Self> {
        (first <= last).then_some(Self { first, last })
    }

    /// The lowest point.
    pub fn first(&self) -> T {
        self.first
    }

    /// The highest point.
    pub fn last(&self) -> T {
        self.last
    }

    /// Whether the point is one of the interval's.
    pub fn contains(&self, point: T) -> bool {
        self.first <= point && point <= self.last
    }

    /// How this interval lies to the other.
    pub fn relation(&self, other: &Self) -> Relation {
        if self.last < other.first || other.last < self.first {
            return Relation::Disjoint;
        }
        match (
            self.first <= other.first && other.last <= self.last,
            other.first <= self.first && self.last <= other.last,
        ) {
            (true, true) => Relation::Equal,
            (true, false) => Relation::Holds,
            (false, true) => Relation::Inside,
            (false, false) => Relation::Overlap,
        }
    }

    /// The interval with each end named otherwise; `rename` keeps the order of points.
    pub(super) fn map<U>(self, rename: impl Fn(T) -> U) -> Interval<U> {
        Interval { first: rename(self.first), last: rename(self.last) }
    }

    /// The points that both have, or nothing when they are disjoint.
    pub fn common(&self, other: &Self) -> Option<Self> {
        Self::new(self.first.max(other.first), self.last.min(other.last))
    }
}
