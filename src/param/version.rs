//! The editions of Exchange Server that a server of the store can have.

use strum::{EnumString, IntoStaticStr, VariantNames};

/// A version of the product, oldest first. Service packs and cumulative updates are not told apart.
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
