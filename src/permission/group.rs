//! The five permission groups: which principal gets which rights, by version and role.
//!
//! A group cannot be changed and none can be added; documentation of the 2010 and 2016 versions, as tables.

use std::sync::LazyLock;

use enumset::EnumSetType;
use strum::{EnumString, IntoStaticStr, VariantNames};

use super::Entry;
use super::mask::Mask;
use crate::param::{Closed, Platform, Tier, Version};

/// A permission group, in the order in which the product prints them.
#[derive(EnumSetType, Debug, PartialOrd, Ord, VariantNames, IntoStaticStr, EnumString)]
#[expect(missing_docs, reason = "the product's own names; the grants below say what each gives")]
pub enum PermissionGroup {
    AnonymousUsers,
    ExchangeUsers,
    ExchangeServers,
    ExchangeLegacyServers,
    Partners,
}

impl Closed for PermissionGroup {}

/// Rights that a group gives to principals, from `since` on.
struct Grant {
    group: PermissionGroup,
    principals: &'static [&'static str],
    since: Version,
    not_on_edge: bool,
    rights: &'static [&'static str],
}

/// Who has not authenticated.
pub const ANONYMOUS: &str = r"NT AUTHORITY\ANONYMOUS LOGON";
/// Who has authenticated, beside the account itself.
pub const AUTHENTICATED: &str = r"NT AUTHORITY\Authenticated Users";
const HUB: &str = r"MS Exchange\Hub Transport Servers";
const EDGE: &str = r"MS Exchange\Edge Transport Servers";
/// Who comes to a connector with ExternalAuthoritative.
pub const EXTERNAL: &str = r"MS Exchange\Externally Secured Servers";
/// Whom mutual TLS proves to be of a domain.
pub const PARTNER: &str = r"MS Exchange\Partner Servers";
const EXCHANGE: &str = r"<DOMAIN>\Exchange Servers";
const LEGACY: &str = r"<DOMAIN>\ExchangeLegacyInterop";

/// What servers of the organization, legacy servers and externally secured ones have in common.
const TRUSTED: &[&str] = &[
    "ms-Exch-SMTP-Submit",
    "ms-Exch-SMTP-Accept-Any-Sender",
    "ms-Exch-SMTP-Accept-Any-Recipient",
    "ms-Exch-SMTP-Accept-Authoritative-Domain-Sender",
    "ms-Exch-Bypass-Anti-Spam",
    "ms-Exch-SMTP-Accept-Authentication-Flag",
    "ms-Exch-Bypass-Message-Size-Limit",
    "ms-Exch-Accept-Headers-Routing",
    "ms-Exch-SMTP-Accept-Exch50",
];
const HEADERS: &[&str] = &["ms-Exch-Accept-Headers-Organization", "ms-Exch-Accept-Headers-Forest"];
const SINCE_2010: &[&str] = &["ms-Exch-SMTP-Accept-XShadow"];
const SINCE_2013: &[&str] = &[
    "ms-Exch-SMTP-Accept-XProxyFrom",
    "ms-Exch-SMTP-Accept-XSessionParams",
    "ms-Exch-SMTP-Accept-XAttr",
    "ms-Exch-SMTP-Accept-XSysProbe",
    "ms-Exch-SMTP-Send-XMessageContext-ADRecipientCache",
    "ms-Exch-SMTP-Send-XMessageContext-ExtendedProperties",
    "ms-Exch-SMTP-Send-XMessageContext-FastIndex",
];

const fn grant(
    group: PermissionGroup,
    principals: &'static [&'static str],
    rights: &'static [&'static str],
) -> Grant {
    Grant { group, principals, since: Version::OLDEST, not_on_edge: false, rights }
}

impl Grant {
    const fn since(self, since: Version) -> Self {
        Grant { since, ..self }
    }

    const fn not_on_edge(self) -> Self {
        Grant { not_on_edge: true, ..self }
    }

    fn entries(&self) -> impl Iterator<Item = Entry> + '_ {
        let pairs = self
            .principals
            .iter()
            .flat_map(|principal| self.rights.iter().map(move |right| (principal, right)));
        pairs.filter_map(|(principal, right)| {
            Some(Entry::own(super::Principal::read(principal), super::right(right)?, false))
        })
    }
}

use PermissionGroup::{AnonymousUsers, ExchangeLegacyServers, ExchangeServers, ExchangeUsers, Partners};

static GRANTS: &[Grant] = &[
    grant(
        AnonymousUsers,
        &[ANONYMOUS],
        &[
            "ms-Exch-SMTP-Submit",
            "ms-Exch-SMTP-Accept-Any-Sender",
            "ms-Exch-SMTP-Accept-Authoritative-Domain-Sender",
            "ms-Exch-Accept-Headers-Routing",
        ],
    ),
    grant(
        ExchangeUsers,
        &[AUTHENTICATED],
        &[
            "ms-Exch-SMTP-Submit",
            "ms-Exch-SMTP-Accept-Any-Recipient",
            "ms-Exch-Bypass-Anti-Spam",
            "ms-Exch-Accept-Headers-Routing",
        ],
    ),
    grant(ExchangeServers, &[HUB, EDGE], TRUSTED),
    grant(ExchangeServers, &[HUB, EDGE], HEADERS),
    grant(ExchangeServers, &[HUB, EDGE], SINCE_2010).since(Version::V2010),
    grant(ExchangeServers, &[HUB, EDGE], SINCE_2013).since(Version::V2013),
    grant(ExchangeServers, &[EXCHANGE], TRUSTED).not_on_edge(),
    grant(ExchangeServers, &[EXCHANGE], HEADERS).not_on_edge(),
    grant(ExchangeServers, &[EXCHANGE], SINCE_2010).since(Version::V2010).not_on_edge(),
    grant(ExchangeServers, &[EXCHANGE], SINCE_2013).since(Version::V2013).not_on_edge(),
    grant(ExchangeServers, &[EXTERNAL], TRUSTED),
    grant(ExchangeLegacyServers, &[LEGACY], TRUSTED).not_on_edge(),
    grant(Partners, &[PARTNER], &["ms-Exch-SMTP-Submit", "ms-Exch-Accept-Headers-Routing"]),
];

/// A row of the table above with its names looked up.
struct Resolved {
    grant: &'static Grant,
    entries: Vec<Entry>,
    mask: Mask,
}

static RESOLVED: LazyLock<Vec<Resolved>> = LazyLock::new(|| {
    let resolved = |grant: &'static Grant| {
        let entries: Vec<Entry> = grant.entries().collect();
        Resolved { grant, mask: Mask::of(&entries), entries }
    };
    GRANTS.iter().map(resolved).collect()
});

fn resolved(group: PermissionGroup, platform: Platform) -> impl Iterator<Item = &'static Resolved> {
    let holds = move |grant: &Grant| {
        grant.group == group
            && platform.version >= grant.since
            && !(grant.not_on_edge && platform.tier == Tier::Edge)
    };
    RESOLVED.iter().filter(move |resolved| holds(resolved.grant))
}

/// The entries that `group` stands for on `platform`.
#[must_use]
pub fn grants(group: PermissionGroup, platform: Platform) -> Vec<Entry> {
    resolved(group, platform).flat_map(|resolved| resolved.entries.iter().cloned()).collect()
}

/// The same as a mask.
pub(super) fn mask(group: PermissionGroup, platform: Platform) -> Mask {
    resolved(group, platform).fold(Mask::default(), |mask, resolved| mask.and(resolved.mask))
}

/// The group that gives `entry` on some version or role: no two give the same.
#[must_use]
pub fn giver(entry: &Entry) -> Option<PermissionGroup> {
    RESOLVED.iter().find(|resolved| resolved.mask.has(entry)).map(|resolved| resolved.grant.group)
}

/// Whether some group gives `entry` on some version or role: such an entry goes when groups are set (P2).
#[must_use]
pub fn could_give(entry: &Entry) -> bool {
    giver(entry).is_some()
}
