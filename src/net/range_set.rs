//! One connector's own lists: what coalescing its ranges would leave (C14), which of them repeat or cover
//! each other, and whether a binding repeats (U7).
//!
//! It does not say which of these is a warning and which an error.

use super::address::step;
use super::binding::Binding;
use super::interval::Relation;
use super::range::RemoteRange;

/// The fewest ranges that hold exactly the same addresses, in order, each in its shortest spelling.
/// Overlapping and adjacent ranges become one; the families stay apart.
pub fn coalesce(ranges: &[RemoteRange]) -> Vec<RemoteRange> {
    let mut spans: Vec<_> = ranges.iter().map(|range| (range.first(), range.last())).collect();
    spans.sort_unstable();
    spans.dedup_by(|next, kept| {
        let touches = next.0 <= kept.1 || step(kept.1, 1) == Some(next.0);
        if touches {
            kept.1 = kept.1.max(next.1);
        }
        touches
    });
    spans.into_iter().filter_map(|(first, last)| RemoteRange::new(first, last)).collect()
}

/// A range of a list that another of the same list makes superfluous.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cover {
    /// The superfluous range's place in the list, counted from 0.
    pub inner: usize,
    /// The place of a range that holds all of it.
    pub outer: usize,
    /// How the inner lies to the outer: `Equal` or `Inside`.
    pub relation: Relation,
}

/// Every range that equals an earlier one or lies inside another (U7), once each, in the list's order: at most
/// one less than there are ranges. The outer one named is never superfluous itself.
pub fn covered(ranges: &[RemoteRange]) -> Vec<Cover> {
    let mut order: Vec<usize> = (0..ranges.len()).collect();
    order.sort_unstable_by_key(|&at| (ranges[at].first(), std::cmp::Reverse(ranges[at].last()), at));
    let mut covers = Vec::new();
    let mut widest: Option<usize> = None;
    for inner in order {
        match widest.filter(|&outer| ranges[inner].last() <= ranges[outer].last()) {
            Some(outer) => {
                covers.push(Cover { inner, outer, relation: ranges[inner].relation(&ranges[outer]) })
            }
            None => widest = Some(inner),
        }
    }
    covers.sort_unstable_by_key(|cover| cover.inner);
    covers
}

/// The first binding that is the same address and port as an earlier one: the earlier place, then the later (U7).
pub fn repeated(bindings: &[Binding]) -> Option<(usize, usize)> {
    let mut order: Vec<_> = bindings.iter().enumerate().map(|(at, b)| (b.endpoint(), at)).collect();
    order.sort_unstable();
    let pairs = order.windows(2).filter_map(|pair| match pair {
        [one, two] if one.0 == two.0 => Some((one.1, two.1)),
        _ => None,
    });
    pairs.min_by_key(|(_, later)| *later)
}
