//! Addresses taken out of remote ranges: what is left of a range that others partly cover.
//!
//! It does not know why they are taken out.

use super::range::RemoteRange;
use super::range_set::coalesce;

/// The addresses of some ranges, in order and apart, ready to be taken out of many others.
#[derive(Debug, Clone, Default)]
pub struct RangeSubtraction(Vec<RemoteRange>);

impl RangeSubtraction {
    /// Takes out the addresses of `ranges`.
    pub fn new(ranges: &[RemoteRange]) -> Self {
        Self(coalesce(ranges))
    }

    /// What is left of `range`, in order: the range as it is spelled where nothing of it is taken, else its
    /// parts in their shortest spelling.
    pub fn left(&self, range: &RemoteRange) -> Vec<RemoteRange> {
        let start = self.0.partition_point(|taken| taken.last() < range.first());
        let taken = self.0[start..].iter().take_while(|taken| taken.first() <= range.last());
        let (mut left, mut rest) = (Vec::new(), Some(range.clone()));
        for taken in taken {
            let Some(piece) = rest else { break };
            left.extend(piece.below(taken.first()));
            rest = piece.above(taken.last());
        }
        left.extend(rest);
        left
    }
}
