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
}
