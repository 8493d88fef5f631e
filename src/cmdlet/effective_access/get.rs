//! Get-EffectiveAccess: what every client can do at a server, exactly (AC1 to AC5).

use super::organization::Shared;
use super::scope::{self, Scope};
use super::shown;
use crate::access::{ClientIdentity, Grant, grants, sample};
use crate::answer::{Object, Problem};
use crate::cmdlet::args::Call;
use crate::cmdlet::definition::{Cmdlet, Effect, nothing_more};
use crate::cmdlet::receive_connector::shared::identity;
use crate::cmdlet::transaction::{Draft, Outcome};
use crate::connector::Host;
use crate::manual::{Example, Help};
use crate::param::{Param, Value, Verb};
use crate::session::Client;

/// The cmdlet.
pub static CMDLET: Cmdlet = Cmdlet {
    verb: Verb::Get,
    noun: "EffectiveAccess",
    synopsis: "Show what every client can do at each server: relay, spoof, bypass limits",
    help: Help::new(
        "Shows what clients can do, from which addresses and through which connector. The answer is complete: each address of each local endpoint is decided by the rules of Test-DataPath. A row is a connector, a client and an ability. Clients are Anonymous or ExternallySecured, Authenticated (an account that no access list names), each account or group that an access list names, Partner (Domain Security), and HubTransport, EdgeTransport and ExchangeServer for servers of the organization. Clients without authentication come first. From has the first range and the number of others; RemoteIPRanges has all of them, and Try a session that shows it.",
        &[
            Example::new("get-effectiveaccess -Ability Relay", "Shows who can relay, on every server."),
            Example::new(
                "get-effectiveaccess -RemoteIPAddress 10.1.2.3",
                "Shows which servers answer an address, and what it can do there.",
            ),
            Example::new(
                "get-effectiveaccess 'HUB01\\Relay' -Output list",
                "Shows all that a connector lets clients do, with every range.",
            ),
        ],
    ),
    params,
    effect: Effect::Reads,
    needs: nothing_more,
    run,
};

fn params() -> Vec<&'static Param> {
    vec![&scope::IDENTITY, &scope::SERVER, &scope::REMOTE, &scope::ABILITY, &scope::PUBLIC_ONLY]
}

fn run(call: &Call<'_>, draft: &mut Draft<'_>) -> Result<Outcome, Problem> {
    let scope = Scope::of(call, draft)?;
    let shared = Shared::of(draft)?;
    let mut found: Vec<(bool, Object)> = Vec::new();
    for name in draft.server_names()?.into_iter().filter(|name| scope.has_server(name)) {
        let Some(host) = draft.host(&name)? else { continue };
        found.extend(grants(&shared.access(&host)).iter().filter_map(|grant| row(&host, grant, &scope)));
    }
    found.sort_by_key(|(authenticated, _)| *authenticated);
    let mut outcome = Outcome::of(found.into_iter().map(|(_, object)| object).collect());
    if outcome.objects.is_empty() {
        outcome.notices.push("no client can do that".to_owned());
    }
    Ok(outcome)
}

/// A grant as far as the line is about it, and whether its client authenticates.
fn row(host: &Host, grant: &Grant, scope: &Scope) -> Option<(bool, Object)> {
    let connector = host.connectors.get(grant.connector)?;
    let server = &host.server.name;
    let meant = scope.has_ability(grant.ability) && scope.has_connector(server, &connector.name);
    let ranges = Some(scope.among(&grant.ranges)).filter(|ranges| meant && !ranges.is_empty())?;
    let public = shown::public_of(&ranges);
    let witness = Client { remote: sample(&ranges)?, ..grant.witness.clone() };
    let cells = vec![
        ("Identity", Value::Text(identity(server, &connector.name))),
        ("Server", Value::Text(server.clone())),
        ("Client", Value::Text(grant.identity.name(connector))),
        ("Ability", Value::Choice(grant.ability.into())),
        ("Condition", shown::condition(Some(grant.holding))),
        ("From", shown::short(&ranges)),
        ("Public", Value::Bool(!public.is_empty())),
        ("LocalEndpoints", shown::endpoints(&grant.endpoints)),
        ("RemoteIPRanges", shown::list(&ranges)),
        ("PublicIPRanges", shown::list(&public)),
        ("Try", Value::Text(shown::try_line(server, &witness))),
    ];
    let authenticated = !matches!(grant.identity, ClientIdentity::Unauthenticated);
    Some((authenticated, Object::new(&shown::ACCESS, cells)))
}
