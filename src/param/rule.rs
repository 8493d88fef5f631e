//! The rules of docs/semantics.md by number: what a finding cites, and what the citation stands for.

use enumset::EnumSetType;
use strum::{Display, EnumString, IntoStaticStr, VariantNames};

/// Declares the rules in groups: the section of docs/semantics.md that states them, whether breaking one is a
/// conflict with another object, and their numbers.
macro_rules! rules {
    ($($section:literal $conflict:literal: $($number:ident)+;)+) => {
        /// A rule of docs/semantics.md. Its text form is its number, `C3`.
        #[derive(EnumSetType, PartialOrd, Ord, Debug, Hash, Display, EnumString, IntoStaticStr, VariantNames)]
        pub enum Rule {
            $($(#[doc = concat!("docs/semantics.md#", $section)] $number,)+)+
        }

        impl Rule {
            /// Returns the anchor of the section of docs/semantics.md that states it, without `#`.
            #[must_use]
            pub fn section(self) -> &'static str {
                match self {
                    $($(Rule::$number)|+ => $section,)+
                }
            }

            /// Returns whether breaking it is a conflict with another object, and not a wrong value.
            #[must_use]
            pub fn is_conflict(self) -> bool {
                match self {
                    $($(Rule::$number)|+ => $conflict,)+
                }
            }
        }
    };
}

rules! {
    "v-values" false: V1 V2 V3 V4 V5 V6 V7 V8 V9;
    "c-one-connector" false: C1 C2 C3 C4 C5 C6 C7 C8 C9 C10 C11 C12 C13 C14 C15 C16 C17 C18;
    "u-two-connectors-of-one-server" true: U1 U2 U3 U4 U5 U6 U7;
    "s-which-connector-answers" false: S1 S2 S3 S4 S5 S6;
    "p-permissions" false: P1 P2 P3 P4 P5 P6 P7 P8 P9 P10 P11 P12;
    "d-data-paths" false: D1 D2 D3 D4 D5 D6 D7 D8 D9 D10 D11 D12;
    "r-relay" false: R1 R2 R3;
    "ac-effective-access" false: AC1 AC2 AC3 AC4 AC5 AC6 AC7;
    "ad-accepted-domains-transport-configuration-principals" false: AD1 AD3 AD5;
    "ad-accepted-domains-transport-configuration-principals" true: AD4;
    "sc-send-connectors" false: SC1 SC2 SC3 SC4 SC5 SC6 SC7 SC8 SC9 SC10 SC11 SC12 SC13 SC14;
    "es-edge-subscriptions" false: ES1 ES2 ES3 ES4 ES5 ES6 ES7 ES8 ES9 ES10 ES11 ES17;
}

impl super::Closed for Rule {}
