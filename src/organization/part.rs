//! The parts of the organization: one noun and one file each.

use enumset::{EnumSet, EnumSetType};

use super::Member;

/// Calls a function that is generic over [`super::Member`] for the noun of a part.
macro_rules! with_part {
    ($part:expr, $function:ident($($argument:expr),* $(,)?)) => {
        match $part {
            $crate::organization::Part::AcceptedDomains =>
                $function::<$crate::organization::AcceptedDomain>($($argument),*),
            $crate::organization::Part::TransportConfig =>
                $function::<$crate::organization::TransportConfig>($($argument),*),
            $crate::organization::Part::Principals =>
                $function::<$crate::organization::Principal>($($argument),*),
            $crate::organization::Part::SendConnectors =>
                $function::<$crate::organization::SendConnector>($($argument),*),
            $crate::organization::Part::EdgeSubscriptions =>
                $function::<$crate::organization::EdgeSubscription>($($argument),*),
        }
    };
}
pub(crate) use with_part;

/// A part of the organization: all objects of one noun, which one file of the store holds.
#[derive(Debug, EnumSetType)]
pub enum Part {
    /// Accepted domains.
    AcceptedDomains,
    /// The transport configuration.
    TransportConfig,
    /// What is known of accounts and groups.
    Principals,
    /// Edge subscriptions, before what they make: a revision is called by its first object.
    EdgeSubscriptions,
    /// Send connectors.
    SendConnectors,
}

impl Part {
    /// The part whose objects are of that noun.
    #[must_use]
    pub fn named(noun: &str) -> Option<Part> {
        EnumSet::all().iter().find(|part| with_part!(*part, noun_is(noun)))
    }

    /// Its file in the store.
    #[must_use]
    pub fn file(self) -> &'static str {
        match self {
            Part::AcceptedDomains => "organization/accepted-domains.toml",
            Part::TransportConfig => "organization/transport-config.toml",
            Part::Principals => "organization/principals.toml",
            Part::SendConnectors => "organization/send-connectors.toml",
            Part::EdgeSubscriptions => "organization/edge-subscriptions.toml",
        }
    }
}

fn noun_is<N: Member>(noun: &str) -> bool {
    N::NAME == noun
}
