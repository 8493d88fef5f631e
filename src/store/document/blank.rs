//! What an absent key means: an object with every default, which reading fills and writing compares with.

use enumset::EnumSet;

use crate::param::{DefaultValue, Platform, Tier, Version};
use crate::server::{Directory, Server, directory};

/// A server of which nothing is said; its roles have no default.
pub(super) fn server() -> Server {
    Server { roles: EnumSet::empty(), ..Server::new("", "") }
}

/// An organization of which nothing is said beside its domain, that the NetBIOS name follows.
pub(super) fn directory(domain: Option<&str>) -> Directory {
    let by_default =
        Directory::new(text(&directory::ORGANIZATION.param.default), text(&directory::DOMAIN.param.default));
    let netbios = domain.map(|domain| Directory::new("", domain).netbios_domain);
    Directory { netbios_domain: netbios.unwrap_or(by_default.netbios_domain), ..by_default }
}

fn text(default: &DefaultValue) -> &'static str {
    let anywhere = Platform { version: Version::NEWEST, tier: Tier::Transport };
    default.on(anywhere).unwrap_or_default()
}
