//! Get-EffectiveAccess: what every client can do at a server, exactly (AC1 to AC5).

use std::collections::BTreeMap;

use super::organization::Shared;
use super::picture::Drawing;
use super::scope::{self, Scope};
use super::shown;
use crate::access::{ClientIdentity, Grant, grants, session_from};
use crate::answer::{Column, Object, Problem};
use crate::cmdlet::args::Call;
use crate::cmdlet::definition::{Cmdlet, DEFAULTS, Effect};
use crate::cmdlet::receive_connector::shared::identity;
use crate::cmdlet::shared::common_params::wants_picture;
use crate::cmdlet::transaction::{Draft, Outcome};
use crate::connector::Host;
use crate::manual::{Example, Help};
use crate::net::RemoteRange;
use crate::param::{Param, Value, Verb};
use crate::picture::Form;

/// The cmdlet.
pub(crate) static CMDLET: Cmdlet = Cmdlet {
    verb: Verb::Get,
    noun: "EffectiveAccess",
    synopsis: "Show what every client can do at each server: relay, spoof, bypass limits",
    help: Help::new(
        "Shows what clients can do, from which addresses and through which connector: each address of each local endpoint is decided by the rules of Test-DataPath. Clients are Anonymous or ExternallySecured; Authenticated, an account that no access list names; each account or group that one names; and Partner, under Domain Security; the servers of the organization are shown with -User. From has the first range and the number of others; RemoteIPRanges has all of them, and Try sessions that show it.",
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
    )
    .columns(|| COLUMNS.to_vec()),
    params,
    effect: Effect::Reads,
    pictures: &[Form::Svg, Form::Html],
    run,
    ..DEFAULTS
};

static COLUMNS: [Column; 11] = [
    ("Identity", "The connector"),
    ("Server", "Its server"),
    ("Client", "Anonymous, ExternallySecured, Authenticated, Partner, an account or group, or a server"),
    ("Abilities", "What the client can do"),
    ("Condition", "What it depends on, where the store does not decide it"),
    ("From", "The first range of addresses, and the number of others"),
    ("Public", "Whether a range has public addresses"),
    ("LocalEndpoints", "The bindings at which the client connects"),
    ("RemoteIPRanges", "All ranges that the client comes from"),
    ("PublicIPRanges", "The public ones among them"),
    ("Try", "The lines that try a session of each ability"),
];

fn params() -> Vec<&'static Param> {
    vec![&scope::IDENTITY, &scope::SERVER, &scope::REMOTE, &scope::ABILITY, &scope::USER, &scope::PUBLIC_ONLY]
}

fn run(call: &Call<'_>, draft: &mut Draft<'_>) -> Result<Outcome, Problem> {
    let scope = Scope::of(call, draft)?;
    let shared = Shared::of(draft)?;
    let mut found: Vec<(bool, Object)> = Vec::new();
    let mut drawing = wants_picture(&call.args).then(|| Drawing::new(&scope));
    for name in draft.server_names()?.into_iter().filter(|name| scope.has_server(name)) {
        let Some(host) = draft.host(&name)? else { continue };
        let access = shared.access(&host);
        let all = grants(&access);
        if let Some(drawing) = &mut drawing {
            drawing.server(&host, &access.endpoints(), &all);
        }
        found.extend(rows(&host, &all, &scope).iter().filter_map(|row| row.object(&host)));
        draft.forget(&name);
    }
    found.sort_by_key(|(authenticated, _)| *authenticated);
    if let Some(drawing) = &mut drawing {
        let text = |object: &Object, name| object.get(name).map(ToString::to_string).unwrap_or_default();
        let cells = ["Identity", "Client", "Abilities", "RemoteIPRanges", "LocalEndpoints"];
        found.iter().for_each(|(_, object)| drawing.row(cells.map(|name| text(object, name))));
    }
    let picture = drawing.map(Drawing::finish);
    let mut outcome = Outcome::of(found.into_iter().map(|(_, object)| object).collect());
    outcome.picture = picture.map(crate::picture::Drawing::Bars);
    if outcome.objects.is_empty() {
        let authenticated = "no client can do that; an account that no access list names is Authenticated";
        let sentence = if call.args.has(&scope::USER) { authenticated } else { "no client can do that" };
        outcome.notices.push(sentence.to_owned());
    }
    Ok(outcome)
}

/// What one client can do on one connector from the same addresses.
struct GrantRow<'g> {
    ranges: Vec<RemoteRange>,
    first: &'g Grant,
    abilities: Vec<&'g Grant>,
}

/// The grants that the line is about, as far as it is, with all that one client can do in one row.
fn rows<'g>(host: &Host, grants: &'g [Grant], scope: &Scope) -> Vec<GrantRow<'g>> {
    let server = &host.server.name;
    let mut rows: BTreeMap<_, GrantRow<'g>> = BTreeMap::new();
    for grant in grants.iter().filter(|grant| scope.has_ability(grant.ability)) {
        let Some(connector) = host.connectors.get(grant.connector) else { continue };
        let meant =
            scope.has_connector(server, &connector.name) && scope.has_client(&grant.identity, connector);
        let ranges = scope.among(&grant.ranges);
        if meant && !ranges.is_empty() {
            let key = (grant.connector, &grant.identity, grant.holding, &grant.endpoints, ranges.clone());
            let row = rows.entry(key).or_insert(GrantRow { ranges, first: grant, abilities: Vec::new() });
            row.abilities.push(grant);
        }
    }
    rows.into_values().collect()
}

impl GrantRow<'_> {
    /// The row as it is printed, and whether its client authenticates.
    fn object(&self, host: &Host) -> Option<(bool, Object)> {
        let GrantRow { ranges, first, abilities } = self;
        let (server, connector) = (&host.server.name, host.connectors.get(first.connector)?);
        let public = shown::public_of(ranges);
        let session = |grant: &&Grant| session_from(&grant.witness, ranges, &grant.endpoints);
        let sessions = abilities.iter().filter_map(session);
        let values = [
            Value::Text(identity(server, &connector.name)),
            Value::Text(server.clone()),
            Value::Text(first.identity.name(connector)),
            shown::abilities(abilities.iter().map(|grant| grant.ability)),
            shown::condition(Some(first.holding)),
            shown::short(ranges),
            Value::Bool(!public.is_empty()),
            shown::endpoints(&first.endpoints),
            shown::list(ranges),
            shown::list(&public),
            shown::lines(server, sessions),
        ];
        let authenticated = !matches!(first.identity, ClientIdentity::Unauthenticated);
        Some((authenticated, Object::result(&shown::ACCESS, &COLUMNS, values)))
    }
}
