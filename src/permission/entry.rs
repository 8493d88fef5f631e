//! One line of an access list.

use super::{Principal, Right};

/// A right that is allowed or denied to a principal (P1).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Entry {
    /// Whom it concerns.
    pub principal: Principal,
    /// The extended right.
    pub right: &'static Right,
    /// Denied instead of allowed (P5: Deny wins).
    pub deny: bool,
    /// From a parent of the connector in the directory: only an import brings such an entry.
    pub inherited: bool,
}

impl Entry {
    /// An entry of the object itself.
    #[must_use]
    pub fn own(principal: Principal, right: &'static Right, deny: bool) -> Self {
        Entry { principal, right, deny, inherited: false }
    }
}

/// Whether entries that speak of one right and session allow it (P5): the object's own decide before inherited ones, and
/// Deny wins among those that decide.
pub(super) fn allow<'e>(entries: impl IntoIterator<Item = &'e Entry>) -> bool {
    let (mut own, mut inherited) = (None, None);
    for entry in entries {
        let said = if entry.inherited { &mut inherited } else { &mut own };
        *said = Some(said.unwrap_or(true) && !entry.deny);
    }
    own.or(inherited).unwrap_or(false)
}
