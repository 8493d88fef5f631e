//! The access list of a Send connector: which headers and commands its sessions send, by who receives them.
//!
//! Every Send connector begins with the same entries, whatever its usage (product documentation). A file holds what is
//! different from them: `RIGHT to USER`, `deny RIGHT to USER`, and `no RIGHT to USER` for one of them that was removed.

use std::collections::HashSet;

use enumset::EnumSet;

use super::SendConnector;
use crate::param::{Form, Platform, Refused, Value, Version};
use crate::permission::{AccessList, DOMAIN, Entry, Principal, Right, access_right, right};

/// Servers of the organization.
const OURS: [&str; 3] = [
    r"<DOMAIN>\Exchange Servers",
    r"MS Exchange\Edge Transport Servers",
    r"MS Exchange\Hub Transport Servers",
];
/// Everybody whom a session can be with.
const ALL: [&str; 7] = [
    r"NT AUTHORITY\ANONYMOUS LOGON",
    OURS[0],
    OURS[1],
    r"MS Exchange\Externally Secured Servers",
    OURS[2],
    r"MS Exchange\Legacy Exchange Servers",
    r"MS Exchange\Partner Servers",
];

/// The right that 2007 does not have.
const SINCE_2010: &str = "ms-Exch-SMTP-Send-XShadow";

/// What every Send connector begins with.
static GIVEN: [(&str, &[&str]); 5] = [
    ("ms-Exch-Send-Headers-Forest", &OURS),
    ("ms-Exch-Send-Headers-Organization", &OURS),
    ("ms-Exch-Send-Headers-Routing", &ALL),
    ("ms-Exch-SMTP-Send-Exch50", &[ALL[1], ALL[2], ALL[3], ALL[4], ALL[5]]),
    (SINCE_2010, &OURS),
];

/// No permission group depends on an edition here.
const PLATFORM: Platform = Platform::NEWEST;

/// The entries that every Send connector begins with.
fn given() -> Vec<Entry> {
    let pairs = GIVEN.iter().flat_map(|(name, all)| all.iter().map(move |principal| (*name, *principal)));
    let entry = |(name, principal)| Some(Entry::own(Principal::read(principal), right(name)?, false));
    pairs.filter_map(entry).collect()
}

/// Whether a server of `version` has the right.
#[must_use]
pub(crate) fn is_known(right: &Right, version: Version) -> bool {
    version > Version::V2007 || right.name != SINCE_2010
}

impl SendConnector {
    /// The platform on which its access list is read and changed.
    pub const PLATFORM: Platform = PLATFORM;

    /// Its access list, where the organization's NetBIOS domain is `domain`.
    #[must_use]
    pub fn access(&self, domain: &str) -> AccessList {
        let parts: Vec<Parts<'_>> = self.permissions.iter().filter_map(|text| parts(text)).collect();
        let entry = |parts: &Parts<'_>| {
            Entry::own(Principal::read_in(parts.user, domain), parts.right, parts.way == Way::Deny)
        };
        let removed: HashSet<Entry> =
            parts.iter().filter(|parts| parts.way == Way::Without).map(entry).collect();
        let stays = given().into_iter().filter(|entry| !removed.contains(entry));
        let own = parts.iter().filter(|parts| parts.way != Way::Without).map(entry);
        AccessList::from_parts(EnumSet::empty(), stays.chain(own).collect(), PLATFORM)
    }

    /// Gives it exactly that access list.
    pub(crate) fn set_access(&mut self, list: &AccessList) {
        let (given, now) = (given(), list.entries(PLATFORM));
        let (known, has): (HashSet<&Entry>, HashSet<&Entry>) = (given.iter().collect(), now.iter().collect());
        let removed =
            given.iter().filter(|entry| !has.contains(entry)).map(|entry| spelled(entry, Way::Without));
        let own = now
            .iter()
            .filter(|entry| !known.contains(entry))
            .map(|entry| spelled(entry, if entry.deny { Way::Deny } else { Way::Allow }));
        self.permissions = removed.chain(own).collect();
    }
}

/// What a text says of its entry.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    Allow,
    Deny,
    Without,
}

impl Way {
    fn word(self) -> &'static str {
        match self {
            Way::Allow => "",
            Way::Deny => "deny ",
            Way::Without => "no ",
        }
    }
}

struct Parts<'t> {
    way: Way,
    right: &'static Right,
    user: &'t str,
}

fn parts(text: &str) -> Option<Parts<'_>> {
    let (name, user) = text.trim().split_once(" to ")?;
    let word = |way: Way| Some((way, name.strip_prefix(way.word())?));
    let (way, name) = word(Way::Deny).or_else(|| word(Way::Without)).unwrap_or((Way::Allow, name));
    let right = right(name.trim()).or_else(|| access_right(name.trim()))?;
    Some(Parts { way, right, user: user.trim() }).filter(|parts| !parts.user.is_empty())
}

/// The organization's own groups stand without its domain, which may get another name.
fn spelled(entry: &Entry, way: Way) -> String {
    let name = entry.principal.name();
    let user = name.strip_prefix(DOMAIN).map_or(name, |rest| rest.trim_start_matches('\\'));
    format!("{}{} to {user}", way.word(), entry.right.name)
}

/// An entry that is different from what every Send connector begins with.
pub(crate) static ENTRY: Form = Form {
    type_name: "System.String",
    syntax: "RIGHT to USER, deny RIGHT to USER, or no RIGHT to USER for an entry that was removed",
    example: r"no ms-Exch-Send-Headers-Routing to NT AUTHORITY\ANONYMOUS LOGON",
    other: r"ms-Exch-Send-Headers-Organization to MS Exchange\Partner Servers",
    read,
};

fn read(text: &str) -> Result<Value, Refused> {
    let Some(parts) = parts(text) else { return Err(Refused::new("it is not an entry of an access list")) };
    let entry = Entry::own(Principal::read(parts.user), parts.right, false);
    if parts.way == Way::Without && !given().contains(&entry) {
        return Err(Refused::new("no Send connector begins with that entry, so there is none to remove"));
    }
    Ok(Value::Text(spelled(&entry, parts.way)))
}
