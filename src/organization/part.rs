//! The parts of the organization: one noun and one file each. A noun that is to be kept gets a line in this table.

use enumset::{EnumSet, EnumSetType};

use super::Member;
use crate::param::Noun;
use crate::server::Directory;

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
    ($d:tt $($(#[$doc:meta])* $part:ident: $noun:ty, $field:ident, $file:literal;)+) => {
        /// A part of the organization: all objects of one noun, which one file of the store holds.
        #[derive(Debug, EnumSetType, Hash)]
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
            pub fn begin(&mut self, part: Part, names: &Directory) {
                match part {
                    $(Part::$part => self.$field = Member::first(names),)+
                }
            }
        }

        $(impl InPart for $noun {
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
                    $($crate::organization::Part::$part => $d function::<$noun>($d($d argument),*),)+
                }
            };
        }
    };
}

parts! { $
    /// Accepted domains.
    AcceptedDomains: crate::organization::AcceptedDomain, accepted_domains, "organization/accepted-domains.toml";
    /// The transport configuration: one object.
    TransportConfig: crate::organization::TransportConfig, transport_config, "organization/transport-config.toml";
    /// What is known of accounts and groups.
    Principals: crate::organization::Principal, principals, "organization/principals.toml";
    /// Edge subscriptions, before what they make: a revision is called by its first object.
    EdgeSubscriptions: crate::organization::EdgeSubscription, edge_subscriptions, "organization/edge-subscriptions.toml";
    /// Access policies.
    AccessPolicies: crate::organization::AccessPolicy, access_policies, "organization/access-policies.toml";
    /// Network endpoints.
    NetworkEndpoints: crate::organization::NetworkEndpoint, network_endpoints, "organization/network-endpoints.toml";
    /// Network zones.
    NetworkZones: crate::organization::NetworkZone, network_zones, "organization/network-zones.toml";
    /// Send connectors.
    SendConnectors: crate::organization::SendConnector, send_connectors, "organization/send-connectors.toml";
}
pub(crate) use with_part;

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
