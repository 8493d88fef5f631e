//! What stands where nothing was given, and what that depends on: edition and tier of the server.

use super::Version;

/// What a server has of the transport: decides some defaults.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tier {
    /// The Edge Transport role.
    Edge,
    /// The Transport service of a Hub Transport or Mailbox server.
    Transport,
    /// The Front End Transport service alone: 2013 with the ClientAccess role and no Mailbox role.
    FrontEnd,
}

/// Where a property stands: the edition and the tier that its default may depend on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Platform {
    /// The server's edition.
    pub version: Version,
    /// The server's transport roles, as far as defaults depend on them.
    pub tier: Tier,
}

impl Platform {
    /// Where no server says another: the Transport service of the newest edition.
    pub const NEWEST: Platform = Platform { version: Version::NEWEST, tier: Tier::Transport };
}

/// Where a default of its own holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Case {
    /// On versions older than this one.
    Before(Version),
    /// On that tier.
    On(Tier),
}

/// What stands where nothing was given, by platform, spelled as it would be typed.
#[derive(Clone, Copy, Debug, Default)]
pub struct DefaultValue {
    all: Option<&'static str>,
    before: Option<(Version, &'static str)>,
    tier: Option<(Tier, &'static str)>,
}

impl DefaultValue {
    /// Nothing: empty.
    pub const NONE: DefaultValue = DefaultValue { all: None, before: None, tier: None };

    /// The same everywhere.
    #[must_use]
    pub const fn all(text: &'static str) -> Self {
        DefaultValue { all: Some(text), before: None, tier: None }
    }

    /// Another one on versions older than `version`.
    #[must_use]
    pub const fn before(self, version: Version, text: &'static str) -> Self {
        DefaultValue { before: Some((version, text)), ..self }
    }

    /// Another one on that tier, whatever the version.
    #[must_use]
    pub const fn tier(self, tier: Tier, text: &'static str) -> Self {
        DefaultValue { tier: Some((tier, text)), ..self }
    }

    /// Every spelling with the case that it is for; the one without a case holds elsewhere.
    #[must_use]
    pub fn cases(&self) -> Vec<(Option<Case>, &'static str)> {
        let all = self.all.map(|text| (None, text));
        let before = self.before.map(|(version, text)| (Some(Case::Before(version)), text));
        let tier = self.tier.map(|(tier, text)| (Some(Case::On(tier)), text));
        all.into_iter().chain(before).chain(tier).collect()
    }

    /// The spelling that holds on every platform; nothing where there are several, or none.
    #[must_use]
    pub(super) fn everywhere(&self) -> Option<&'static str> {
        self.all.filter(|_| self.before.is_none() && self.tier.is_none())
    }

    /// The spelling that holds on `platform`; nothing where the default is empty.
    #[must_use]
    pub fn on(&self, platform: Platform) -> Option<&'static str> {
        let by_tier = self.tier.filter(|(tier, _)| *tier == platform.tier).map(|(_, text)| text);
        let by_version = self.before.filter(|(version, _)| platform.version < *version).map(|(_, text)| text);
        by_tier.or(by_version).or(self.all)
    }
}
