//! Text as every room needs it: likeness of names, wildcards, digits in groups, lines of a width.
//!
//! It knows no property, no object and no terminal.

mod decode;
mod nearest;
mod number;
mod wildcard;
pub mod wrap;

pub use decode::decode;
pub use nearest::{LIKE, NEAR, likeness, nearest, nearest_by};
pub use number::grouped;
pub use wildcard::{Wildcard, is_wild};

/// Returns `a` or `an`, as the noun's first letter asks.
#[must_use]
pub(crate) fn article(noun: &str) -> &'static str {
    let vowels = ['a', 'e', 'i', 'o', 'u'];
    if noun.starts_with(|first: char| vowels.contains(&first.to_ascii_lowercase())) { "an" } else { "a" }
}
