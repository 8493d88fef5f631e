//! The editions of Exchange Server that a server of the store can have, and their service packs.

use strum::{EnumString, IntoStaticStr, VariantNames};

/// A version of the product, oldest first. Cumulative updates are not told apart.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, VariantNames, IntoStaticStr, EnumString,
)]
pub enum Version {
    /// Exchange Server 2007, the floor of the reference tables.
    #[strum(serialize = "2007")]
    V2007,
    /// Exchange Server 2010.
    #[strum(serialize = "2010")]
    V2010,
    /// Exchange Server 2013.
    #[strum(serialize = "2013")]
    V2013,
    /// Exchange Server 2016.
    #[strum(serialize = "2016")]
    V2016,
    /// Exchange Server 2019.
    #[strum(serialize = "2019")]
    V2019,
    /// Exchange Server Subscription Edition.
    #[strum(serialize = "SE")]
    Se,
}

impl Version {
    /// The oldest and the newest version that the tables know.
    pub const OLDEST: Version = Version::V2007;
    /// See [`Version::OLDEST`].
    pub const NEWEST: Version = Version::Se;

    /// The spelling that is typed and printed: `2010`, `SE`.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.into()
    }

    /// The product's own number, as far as the edition says it.
    #[must_use]
    pub fn number(self) -> &'static str {
        match self {
            Version::V2007 => "8",
            Version::V2010 => "14",
            Version::V2013 => "15.0",
            Version::V2016 => "15.1",
            Version::V2019 | Version::Se => "15.2",
        }
    }
}

impl super::Closed for Version {}

/// A service pack, oldest first. RTM is the release itself.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, VariantNames, IntoStaticStr, EnumString,
)]
pub enum ServicePack {
    /// None: the release to manufacturing.
    #[strum(serialize = "RTM")]
    Rtm,
    /// Service Pack 1.
    #[strum(serialize = "SP1")]
    Sp1,
    /// Service Pack 2.
    #[strum(serialize = "SP2")]
    Sp2,
    /// Service Pack 3.
    #[strum(serialize = "SP3")]
    Sp3,
}

impl ServicePack {
    /// The spelling that is typed and printed.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.into()
    }
}

impl super::Closed for ServicePack {}

impl Version {
    /// Its service packs, oldest first; none from 2016 on. The tables of 2007 begin with SP1, as its documentation does
    /// (reference/organization-parameters.toml), so that a server of 2007 RTM is not described.
    #[must_use]
    pub fn service_packs(self) -> &'static [ServicePack] {
        use ServicePack::{Rtm, Sp1, Sp2, Sp3};
        match self {
            Version::V2007 => &[Sp1, Sp2, Sp3],
            Version::V2010 => &[Rtm, Sp1, Sp2, Sp3],
            Version::V2013 => &[Rtm, Sp1],
            Version::V2016 | Version::V2019 | Version::Se => &[],
        }
    }
}

/// What a server runs: an edition with its service pack. Orders by age.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Release {
    /// The edition.
    pub version: Version,
    /// Its service pack; RTM where the edition has none.
    pub pack: ServicePack,
}

impl Release {
    /// As it is said of a server: `2010 SP1`; the edition alone where it is the last of its service packs.
    #[must_use]
    pub fn name(self) -> String {
        if self == Release::from(self.version) {
            return self.version.name().to_owned();
        }
        format!("{} {}", self.version.name(), self.pack.name())
    }
}

impl From<Version> for Release {
    /// The edition with its last service pack, which has everything that the edition ever got.
    fn from(version: Version) -> Self {
        Release { version, pack: version.service_packs().last().copied().unwrap_or(ServicePack::Rtm) }
    }
}
