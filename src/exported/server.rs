//! What Get-ExchangeServer says of a server: its edition and service pack by its build, its roles by their names there.

use enumset::EnumSet;

use super::fill::{Filler, Unkept};
use super::{Cell, Filled, Item};
use crate::param::{Finding, Rule, ServicePack, Value, Version};
use crate::server::{Server, ServerRole, allowed_roles, rows};

/// The product's property with the build.
const BUILD: &str = "AdminDisplayVersion";

/// A server as an export has it.
#[derive(Clone, Debug)]
pub struct ServerFacts {
    /// Its properties, without an edition where the export has none that is known.
    pub filled: Filled<Server>,
    /// The build, as the export has it, where it is of no edition that is known here.
    pub unknown_build: Option<String>,
    /// The build, where it is of an edition that is known here and of none of its service packs, as that of 2007 RTM is.
    pub unknown_pack: Option<String>,
}

/// The first build of Subscription Edition; the builds of 2019 before it begin with 15.2 too.
const FIRST_SE: u32 = 2562;

/// The numbers of a build's text: `Version 15.2 (Build 986.5)`, `15.2.986.5`.
fn numbers(text: &str) -> Vec<u32> {
    let parts = text.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty());
    parts.map(|part| part.parse().unwrap_or(0)).collect()
}

/// The first build of SP1 of 2013.
const FIRST_2013_SP1: u32 = 847;

/// What a build says of the service pack.
enum Pack {
    /// Nothing.
    Unsaid,
    /// One that is none of the edition's here, as 2007 RTM.
    Unknown,
    /// Which it is.
    Known(ServicePack),
}

/// The service pack by the numbers of a build: of 2007 and 2010 the second one, of 2013 by the build.
fn service_pack(version: Version, numbers: &[u32]) -> Pack {
    let pack = match *numbers {
        [8 | 14, pack, ..] => pack,
        [15, 0, build, ..] => u32::from(build >= FIRST_2013_SP1),
        _ => return Pack::Unsaid,
    };
    let is_pack = |one: &&ServicePack| u32::from(**one as u8) == pack;
    version.service_packs().iter().find(is_pack).copied().map_or(Pack::Unknown, Pack::Known)
}

/// An edition by the numbers of a build.
fn edition(numbers: &[u32]) -> Option<Version> {
    Some(match numbers {
        [8, ..] => Version::V2007,
        [14, ..] => Version::V2010,
        [15, 0, ..] => Version::V2013,
        [15, 1, ..] => Version::V2016,
        [15, 2, build, ..] if *build >= FIRST_SE => Version::Se,
        [15, 2, ..] => Version::V2019,
        _ => return None,
    })
}

/// Names of roles as Get-ExchangeServer has them; others are roles that no connector depends on.
fn role(name: &str) -> Option<ServerRole> {
    match name.to_ascii_lowercase().as_str() {
        "edge" | "edgetransport" => Some(ServerRole::EdgeTransport),
        "hubtransport" => Some(ServerRole::HubTransport),
        "mailbox" => Some(ServerRole::Mailbox),
        "clientaccess" | "cafe" => Some(ServerRole::ClientAccess),
        "unifiedmessaging" => Some(ServerRole::UnifiedMessaging),
        _ => None,
    }
}

/// Roles by the bits of their number, as ConvertTo-Json writes them; Mailbox was seen beside its name.
const BITS: [(u64, ServerRole); 5] = [
    (2, ServerRole::Mailbox),
    (4, ServerRole::ClientAccess),
    (16, ServerRole::UnifiedMessaging),
    (32, ServerRole::HubTransport),
    (64, ServerRole::EdgeTransport),
];

/// Roles by their names, or as one number.
fn roles(cell: &Cell) -> EnumSet<ServerRole> {
    match cell.text().map(|text| text.trim().parse::<u64>()) {
        Some(Ok(number)) => BITS.iter().filter(|(bit, _)| number & bit != 0).map(|(_, role)| *role).collect(),
        _ => cell.texts().into_iter().filter_map(role).collect(),
    }
}

/// The server of an item.
pub(super) fn facts(
    filler: &Filler<Server>,
    item: &Item,
    unkept: &mut Vec<Unkept>,
) -> Result<ServerFacts, Vec<Finding>> {
    let own = [BUILD, rows::SERVER_ROLE.name(), rows::SITE.name(), "Identity"];
    let cells = item.cells.iter().filter(|(name, _)| !own.iter().any(|own| own.eq_ignore_ascii_case(name)));
    let rest = Item { types: std::rc::Rc::default(), cells: cells.cloned().collect() };
    let mut filled = filler.fill(&rest, Server::new("", ""), unkept)?;
    let name = item.text("Name").or_else(|| item.text("Identity")).unwrap_or_default();
    if name.is_empty() {
        let finding = Finding::new(Rule::V8, rows::NAME.name(), "the server has no Name");
        return Err(vec![finding]);
    }
    let one = |finding: Finding| vec![finding];
    filled.put(&rows::NAME, Value::text(name)).map_err(one)?;
    let build = item.text(BUILD);
    let numbers = build.map(numbers).unwrap_or_default();
    let version = edition(&numbers);
    if let Some(version) = version {
        filled.put(&rows::VERSION, Value::Choice(version.into())).map_err(one)?;
    }
    let pack = version.map_or(Pack::Unsaid, |version| service_pack(version, &numbers));
    if let Pack::Known(pack) = pack {
        filled.put(&rows::SERVICE_PACK, Value::Choice(pack.name())).map_err(one)?;
    }
    let mut roles = item.cell(rows::SERVER_ROLE.name()).map(roles).unwrap_or_default();
    if let Some(version) = version {
        roles &= allowed_roles(version);
    }
    if !roles.is_empty() {
        filled.put(&rows::SERVER_ROLE, Value::Flags(roles.iter().map(Into::into).collect())).map_err(one)?;
    }
    if let Some(site) = item.text(rows::SITE.name()) {
        let site = site.rsplit('/').next().unwrap_or(site);
        filled.put(&rows::SITE, Value::text(site)).map_err(one)?;
    }
    let unknown_build = build.filter(|_| version.is_none()).map(str::to_owned);
    let unknown_pack = build.filter(|_| matches!(pack, Pack::Unknown)).map(str::to_owned);
    Ok(ServerFacts { filled, unknown_build, unknown_pack })
}
