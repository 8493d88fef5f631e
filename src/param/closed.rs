//! Closed lists of names: values that may be typed in any case and abbreviated while unambiguous, as
//! PowerShell binds enumerations.

use std::str::FromStr;

use strum::VariantNames;

/// An enumeration whose variants are the only values a property can have. `strum` supplies the names.
pub trait Closed: Copy + Eq + VariantNames + Into<&'static str> + FromStr {}

/// What a typed name means among a closed list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Match {
    /// The one name that was meant.
    One(&'static str),
    /// An abbreviation that fits several names.
    Several(Vec<&'static str>),
    /// No name begins like that.
    None,
}

/// Finds `typed` among `names`: a whole name in any case, else the only name that begins with it.
#[must_use]
pub fn match_name(typed: &str, names: &[&'static str]) -> Match {
    if let Some(exact) = names.iter().find(|name| name.eq_ignore_ascii_case(typed)) {
        return Match::One(exact);
    }
    let starts = |name: &&&'static str| {
        !typed.is_empty() && name.get(..typed.len()).is_some_and(|head| head.eq_ignore_ascii_case(typed))
    };
    let fits: Vec<&'static str> = names.iter().filter(starts).copied().collect();
    match fits.as_slice() {
        [] => Match::None,
        [one] => Match::One(one),
        _ => Match::Several(fits),
    }
}

/// Declares a closed list whose variants are the product's own names. One that is `#[derive(Default)]` marks its
/// variant `#[default]`.
macro_rules! closed {
    ($(#[$meta:meta])* $name:ident: $($(#[$mark:meta])* $variant:ident),+) => {
        $(#[$meta])*
        #[derive(
            Clone, Copy, Debug, PartialEq, Eq, strum::VariantNames, strum::IntoStaticStr, strum::EnumString,
        )]
        #[expect(missing_docs, reason = "the product's own names")]
        pub enum $name { $($(#[$mark])* $variant),+ }

        impl $crate::param::Closed for $name {}
    };
}
pub(crate) use closed;
