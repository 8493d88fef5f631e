//! Compare-EffectiveAccess: what clients can do in one revision and not in another.

use std::collections::{BTreeMap, BTreeSet};

use super::organization::Shared;
use super::scope::{self, Scope};
use super::shown;
use crate::access::{Change, Side, compare, session_from};
use crate::answer::{Column, Exit, Object, Problem};
use crate::cmdlet::args::Call;
use crate::cmdlet::definition::{Cmdlet, DEFAULTS, Effect};
use crate::cmdlet::receive_connector::shared::identity;
use crate::cmdlet::store::compare::{DIFFERENCE, REFERENCE};
use crate::cmdlet::transaction::{Answers, ChangedFiles, Draft, Outcome};
use crate::connector::{Host, ReceiveConnector};
use crate::manual::{Example, Help};
use crate::net::RemoteRange;
use crate::organization::Part;
use crate::param::{Param, Value, Verb};

/// The cmdlet.
pub(crate) static CMDLET: Cmdlet = Cmdlet {
    verb: Verb::Compare,
    noun: "EffectiveAccess",
    synopsis: "Show what clients can do since a revision; exit 3 when something differs",
    help: Help::new(
        "Shows for which addresses the abilities of a client differ between two revisions: what was opened first, then what was closed, public addresses before others. Before and After name the connector that answers, and Try is a session that shows the difference in the revision that allows it. A change that bears on no client's abilities is not listed; what servers of the organization can do is with -User alone. It exits with 3 when something differs and with 0 when nothing does.",
        &[
            Example::new("compare-effectiveaccess HEAD~1", "Shows what the last change opened and closed."),
            Example::new(
                "compare-effectiveaccess HEAD~1 -Ability Submit -Output list",
                "Shows every address that the last change lets send mail, or no longer does.",
            ),
        ],
    )
    .columns(|| COLUMNS.to_vec()),
    params,
    effect: Effect::Reads,
    run,
    ..DEFAULTS
};

static COLUMNS: [Column; 14] = [
    ("Change", "Opened or Closed"),
    ("Identity", "The connector that decides it"),
    ("Server", "Its server"),
    ("Client", "Anonymous, ExternallySecured, Authenticated, Partner, an account or group, or a server"),
    ("Abilities", "What the client can do now, or no longer"),
    ("From", "The first range of addresses, and the number of others"),
    ("Public", "Whether a range has public addresses"),
    ("Before", "The connector that answered before; empty for none"),
    ("After", "The connector that answers after; empty for none"),
    ("LocalEndpoints", "The bindings at which the client connects"),
    ("RemoteIPRanges", "All ranges that the client comes from"),
    ("PublicIPRanges", "The public ones among them"),
    ("Condition", "What it depends on, where the store does not decide it"),
    ("Try", "The lines that try a session of each ability"),
];

fn params() -> Vec<&'static Param> {
    vec![
        &REFERENCE,
        &DIFFERENCE,
        &scope::SERVER,
        &scope::REMOTE,
        &scope::ABILITY,
        &scope::USER,
        &scope::PUBLIC_ONLY,
    ]
}

fn run(call: &Call<'_>, draft: &mut Draft<'_>) -> Result<Outcome, Problem> {
    let scope = Scope::of(call, draft)?;
    let Some(archive) = draft.archive() else { return Ok(Outcome::default()) };
    let old = archive.at(&call.args.text(&REFERENCE).unwrap_or_default())?;
    let new = call.args.text(&DIFFERENCE).map(|revision| archive.at(&revision)).transpose()?;
    let changed = archive.changed(&old.id, new.as_ref().map(|past| past.id.as_str()))?;
    let mut before = Draft::new(&*old.source, Some(archive), Answers::new())?;
    let rows = match &new {
        Some(past) => {
            let mut after = Draft::new(&*past.source, Some(archive), Answers::new())?;
            between(&mut before, &mut after, &changed, &scope)?
        }
        None => between(&mut before, draft, &changed, &scope)?,
    };
    let exit = if rows.is_empty() { Exit::Done } else { Exit::No };
    Ok(Outcome { exit, ..Outcome::of(rows) })
}

/// The rows of what differs between two states of the store.
fn between(
    before: &mut Draft<'_>,
    after: &mut Draft<'_>,
    changed: &ChangedFiles,
    scope: &Scope,
) -> Result<Vec<Object>, Problem> {
    let servers = bearing_on(before, after, changed)?;
    let (old, new) = (Shared::of(before)?, Shared::of(after)?);
    let mut found: Vec<((bool, bool), Object)> = Vec::new();
    for name in servers.into_iter().filter(|name| scope.has_server(name)) {
        let (was, is) = (before.host(&name)?, after.host(&name)?);
        let states =
            (was.as_deref().map(|host| old.access(host)), is.as_deref().map(|host| new.access(host)));
        let changes = compare(states.0.as_ref(), states.1.as_ref());
        let hosts = (was.as_deref(), is.as_deref());
        found.extend(rows(hosts, &changes, scope).iter().filter_map(|row| row.object(hosts)));
        before.forget(&name);
        after.forget(&name);
    }
    found.sort_by_key(|(key, _)| *key);
    Ok(found.into_iter().map(|(_, object)| object).collect())
}

/// The servers whose access may differ: those whose files do, and all where the organization does.
pub(super) fn bearing_on(
    before: &mut Draft<'_>,
    after: &mut Draft<'_>,
    changed: &ChangedFiles,
) -> Result<BTreeSet<String>, Problem> {
    let shared = Part::AcceptedDomains | Part::TransportConfig | Part::Principals;
    if changed.parts.is_disjoint(shared) && before.directory() == after.directory() {
        return Ok(changed.servers.iter().cloned().collect());
    }
    Ok(before.server_names()?.into_iter().chain(after.server_names()?).collect())
}

/// What was opened or closed for one client from the same addresses.
struct ChangeRow<'c> {
    ranges: Vec<RemoteRange>,
    first: &'c Change,
    abilities: Vec<&'c Change>,
}

/// The changes that the line is about, as far as it is, with all of one client in one row.
fn rows<'c>(
    (was, is): (Option<&Host>, Option<&Host>),
    changes: &'c [Change],
    scope: &Scope,
) -> Vec<ChangeRow<'c>> {
    let meant = |change: &&Change| {
        let sides = [(was, change.before), (is, change.after)];
        let mut answering =
            sides.iter().filter_map(|(host, side)| host.as_ref()?.connectors.get(side.connector?));
        scope.has_ability(change.ability) && answering.any(|one| scope.has_client(&change.identity, one))
    };
    let mut rows: BTreeMap<_, ChangeRow<'c>> = BTreeMap::new();
    for change in changes.iter().filter(meant) {
        let ranges = scope.among(&change.ranges);
        if !ranges.is_empty() {
            let key = (change.after, change.before, &change.identity, &change.endpoints, ranges.clone());
            let row = rows.entry(key).or_insert(ChangeRow { ranges, first: change, abilities: Vec::new() });
            row.abilities.push(change);
        }
    }
    rows.into_values().collect()
}

impl ChangeRow<'_> {
    /// The row as it is printed, sorted by what matters most: opened, public.
    fn object<'h>(&self, (was, is): (Option<&'h Host>, Option<&'h Host>)) -> Option<((bool, bool), Object)> {
        let ChangeRow { ranges, first, abilities } = self;
        let answering = |host: Option<&'h Host>, side: Side| {
            host.and_then(|host| Some((host, host.connectors.get(side.connector?)?)))
        };
        let (old, new) = (answering(was, first.before), answering(is, first.after));
        let opened = first.is_opened();
        let (host, decisive) = if opened { new.or(old) } else { old.or(new) }?;
        let server = &host.server.name;
        let named = |side: Option<(&Host, &ReceiveConnector)>| {
            side.map_or(Value::Null, |(host, one)| Value::Text(identity(&host.server.name, &one.name)))
        };
        let public = shown::public_of(ranges);
        let session = |change: &&Change| session_from(&change.witness, ranges, &change.endpoints);
        let sessions = abilities.iter().filter_map(session);
        let values = [
            Value::Text(if opened { "Opened" } else { "Closed" }.to_owned()),
            Value::Text(identity(server, &decisive.name)),
            Value::Text(server.clone()),
            Value::Text(first.identity.name(decisive)),
            shown::abilities(abilities.iter().map(|change| change.ability)),
            shown::short(ranges),
            Value::Bool(!public.is_empty()),
            named(old),
            named(new),
            shown::endpoints(&first.endpoints),
            shown::list(ranges),
            shown::list(&public),
            shown::condition(first.before.holding.max(first.after.holding)),
            shown::lines(server, sessions),
        ];
        Some(((!opened, public.is_empty()), Object::result(&shown::CHANGE, &COLUMNS, values)))
    }
}
