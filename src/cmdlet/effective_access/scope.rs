//! Which servers, connectors, addresses and abilities a line is about.

use crate::access::{Ability, ClientIdentity};
use crate::answer::Problem;
use crate::cmdlet::args::Call;
use crate::cmdlet::shared::identity::{self, Found};
use crate::cmdlet::transaction::Draft;
use crate::connector::relay::public;
use crate::connector::{ReceiveConnector, same_name};
use crate::net::RemoteRange;
use crate::organization::access_policy::{ANONYMOUS, EVERYBODY};
use crate::param::{Completes, Group, Kind, Param, Value, Verb, param};
use strum::VariantNames;

const GET: &[Verb] = &[Verb::Get];
const BOTH: &[Verb] = &[Verb::Get, Verb::Compare];

/// The servers.
pub static SERVER: Param = param(
    "Server",
    Kind::List(&Kind::Text),
    "The servers, by name or with a wildcard. Default: every server of the store",
)
.on(BOTH)
.example("HUB01")
.completes(Completes::Server)
.group(Group::Identity);
/// The connectors.
pub(crate) static IDENTITY: Param = param(
    "Identity",
    Kind::List(&Kind::Text),
    "Only what these connectors let clients do, as in 'HUB01\\Relay' or 'HUB01\\*'",
)
.on(GET)
.position(1, GET)
.completes(Completes::Connector)
.group(Group::Identity);
/// The addresses.
pub(crate) static REMOTE: Param = param(
    "RemoteIPAddress",
    Kind::List(&Kind::Range),
    "Only clients at these addresses: an address, a network or a range",
)
.on(BOTH)
.example("10.1.2.3")
.group(Group::Connections);
/// The abilities.
pub(crate) static ABILITY: Param = param(
    "Ability",
    Kind::List(&Kind::Choice(Ability::VARIANTS)),
    "Only these abilities: to submit mail, to relay, and so on",
)
.on(BOTH)
.example("Relay")
.group(Group::Security);
/// The clients.
pub static USER: Param = param(
    "User",
    Kind::List(&Kind::Text),
    "Only these clients: Anonymous, Authenticated, Partner, an account, HubTransport, EdgeTransport, ExchangeServer, or * for all. Default: all but the servers of the organization",
)
.on(BOTH)
.example("Anonymous")
.completes(Completes::Principal)
.group(Group::Security);
/// Public addresses alone.
pub(crate) static PUBLIC_ONLY: Param =
    param("PublicOnly", Kind::Switch, "Only clients at public addresses").on(BOTH).group(Group::Connections);

/// What a line is about.
pub struct Scope {
    servers: Option<Vec<String>>,
    connectors: Option<Vec<Found>>,
    ranges: Vec<RemoteRange>,
    abilities: Vec<Ability>,
    users: Vec<String>,
    public_only: bool,
}

impl Scope {
    /// What the line says, of the servers and connectors of `draft`.
    ///
    /// # Errors
    /// Exit 4 for a server or connector that is not there.
    pub fn of(call: &Call<'_>, draft: &mut Draft<'_>) -> Result<Self, Problem> {
        let args = &call.args;
        let (servers, connectors) = (args.texts(&SERVER), args.texts(&IDENTITY));
        let named = |list: Vec<String>| Some(list).filter(|list| !list.is_empty());
        let about = |problem: Problem| problem.about(SERVER.name);
        let servers =
            named(servers).map(|list| identity::all_servers(&list, draft).map_err(about)).transpose()?;
        let connectors =
            named(connectors).map(|list| identity::all_connectors(&list, call, draft)).transpose()?;
        let values = |param| args.value(param).map(Value::elements).unwrap_or_default().to_vec();
        let range = |value: Value| if let Value::Range(range) = value { Some(range) } else { None };
        let ability = |value: Value| value.to_string().parse().ok();
        Ok(Scope {
            servers,
            connectors,
            ranges: values(&REMOTE).into_iter().filter_map(range).collect(),
            abilities: values(&ABILITY).into_iter().filter_map(ability).collect(),
            users: args.texts(&USER),
            public_only: args.flag(&PUBLIC_ONLY) == Some(true),
        })
    }

    /// Whether a server is meant.
    #[must_use]
    pub(crate) fn has_server(&self, name: &str) -> bool {
        let named = self.servers.iter().flatten().any(|one| same_name(one, name));
        let connectors = || self.connectors.iter().flatten().any(|(server, _)| same_name(server, name));
        (self.servers.is_none() || named) && (self.connectors.is_none() || connectors())
    }

    /// Whether a connector is meant.
    #[must_use]
    pub(crate) fn has_connector(&self, server: &str, name: &str) -> bool {
        let named = |(host, one): &Found| same_name(host, server) && same_name(one, name);
        self.connectors.as_ref().is_none_or(|all| all.iter().any(named))
    }

    /// Whether a client is meant, which `connector` calls by a name of its own.
    #[must_use]
    pub(crate) fn has_client(&self, identity: &ClientIdentity, connector: &ReceiveConnector) -> bool {
        if self.users.is_empty() {
            return !matches!(identity, ClientIdentity::Server(_));
        }
        let unauthenticated = *identity == ClientIdentity::Unauthenticated;
        let name = identity.name(connector);
        let means = |user: &String| {
            user == EVERYBODY || same_name(user, &name) || unauthenticated && same_name(user, ANONYMOUS)
        };
        self.users.iter().any(means)
    }

    /// Whether an ability is meant.
    #[must_use]
    pub(crate) fn has_ability(&self, ability: Ability) -> bool {
        self.abilities.is_empty() || self.abilities.contains(&ability)
    }

    /// The addresses among `ranges` that are meant.
    #[must_use]
    pub fn among(&self, ranges: &[RemoteRange]) -> Vec<RemoteRange> {
        let within = |range: &RemoteRange| -> Vec<RemoteRange> {
            self.ranges.iter().filter_map(|asked| range.common(asked)).collect()
        };
        let meant = match self.ranges.is_empty() {
            true => ranges.to_vec(),
            false => ranges.iter().flat_map(within).collect(),
        };
        if self.public_only { public(&meant) } else { meant }
    }
}
