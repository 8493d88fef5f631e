//! Allowed rights of well-known principals as bits: what permission groups are made of, compared without a
//! look at names.

use super::{Entry, PRINCIPALS, Principal};

/// More than there are well-known principals.
const WIDTH: usize = 16;

/// A set of entries that groups can give: one bit a right, one word a principal.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Mask([u32; WIDTH]);

/// The word and the bit of an entry; nothing for those that no group gives.
fn place(entry: &Entry) -> Option<(usize, u32)> {
    let Principal::WellKnown(known) = entry.principal else { return None };
    let word = PRINCIPALS
        .iter()
        .position(|other| std::ptr::eq(other, known))
        .filter(|_| !entry.deny && !entry.inherited && entry.right.is_extended())?;
    Some((word, 1_u32.checked_shl(u32::try_from(entry.right.place()).ok()?)?))
}

impl Mask {
    /// Those of `entries` that a group can give.
    pub fn of<'e>(entries: impl IntoIterator<Item = &'e Entry>) -> Self {
        let mut mask = Mask::default();
        for (word, bit) in entries.into_iter().filter_map(place) {
            if let Some(word) = mask.0.get_mut(word) {
                *word |= bit;
            }
        }
        mask
    }

    /// Both together.
    pub fn and(self, other: Mask) -> Self {
        Mask(std::array::from_fn(|at| {
            self.0.get(at).copied().unwrap_or(0) | other.0.get(at).copied().unwrap_or(0)
        }))
    }

    /// What both have.
    pub fn common(self, other: Mask) -> Self {
        Mask(std::array::from_fn(|at| {
            self.0.get(at).copied().unwrap_or(0) & other.0.get(at).copied().unwrap_or(0)
        }))
    }

    /// Whether `entry` is in it.
    pub fn has(&self, entry: &Entry) -> bool {
        place(entry).is_some_and(|(word, bit)| self.0.get(word).is_some_and(|word| word & bit != 0))
    }

    /// How many entries it holds.
    pub fn len(&self) -> u32 {
        self.0.iter().map(|word| word.count_ones()).sum()
    }

    /// Whether every entry of `other` is in it.
    pub fn holds(self, other: Mask) -> bool {
        self.common(other) == other
    }
}
