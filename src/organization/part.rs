//! What a noun is as a part of the organization, whose objects one file holds.

use enumset::EnumSet;

use super::{Member, Organization, Part, with_part};
use crate::param::Noun;

/// A noun whose objects are one part of the organization.
pub trait InPart: Sized {
    /// The part that its objects are.
    const PART: Part;
    /// The objects.
    fn list(organization: &Organization) -> &Vec<Self>;
    /// The objects, to change.
    fn list_mut(organization: &mut Organization) -> &mut Vec<Self>;
}

/// From one line for each part: [`Part`], [`Organization`], [`InPart`], and `with_part!`.
macro_rules! parts {
    ($d:tt $($(#[$doc:meta])* $part:ident: $noun:ident, $field:ident, $file:literal;)+) => {
        /// A part of the organization: all objects of one noun, which one file of the store holds.
        #[derive(Debug, enumset::EnumSetType, Hash)]
        pub enum Part {
            $($(#[$doc])* $part,)+
        }

        impl Part {
            /// Its file in the store.
            #[must_use]
            pub fn file(self) -> &'static str {
                match self {
                    $(Part::$part => $file,)+
                }
            }
        }

        /// The organization's objects, as far as they were loaded.
        #[derive(Clone, Debug, Default, PartialEq, Eq)]
        pub struct Organization {
            $($(#[$doc])* pub $field: Vec<$noun>,)+
        }

        impl Organization {
            /// Takes a part over.
            pub fn take(&mut self, part: Part, from: &Organization) {
                match part {
                    $(Part::$part => self.$field.clone_from(&from.$field),)+
                }
            }

            /// Whether a part holds the same.
            #[must_use]
            pub fn is_same(&self, part: Part, other: &Organization) -> bool {
                match part {
                    $(Part::$part => self.$field == other.$field,)+
                }
            }

            /// Makes a part what it is where no file says anything.
            pub fn begin(&mut self, part: Part, names: &$crate::server::Directory) {
                match part {
                    $(Part::$part => self.$field = Member::first(names),)+
                }
            }
        }

        $(impl $crate::organization::InPart for $noun {
            const PART: Part = Part::$part;

            fn list(organization: &Organization) -> &Vec<Self> {
                &organization.$field
            }

            fn list_mut(organization: &mut Organization) -> &mut Vec<Self> {
                &mut organization.$field
            }
        })+

        /// Calls a function that is generic over [`Member`] for the noun of a part.
        macro_rules! with_part {
            ($d part:expr, $d function:ident($d($d argument:expr),* $d(,)?)) => {
                match $d part {
                    $($crate::organization::Part::$part => $d function::<crate::organization::$noun>($d($d argument),*),)+
                }
            };
        }
    };
}

pub(super) use parts;

impl Part {
    /// The part whose objects are of that noun.
    #[must_use]
    pub fn named(noun: &str) -> Option<Part> {
        EnumSet::all().iter().find(|part| with_part!(*part, noun_is(noun)))
    }
}

fn noun_is<N: Member>(noun: &str) -> bool {
    <N as Noun>::NAME == noun
}
