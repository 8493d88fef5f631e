//! Compare-EffectiveAccess: what clients can do in one revision and not in another.

use std::collections::BTreeSet;

use super::organization::Shared;
use super::scope::{self, Scope};
use super::shown;
use crate::access::{Change, Side, compare, sample};
use crate::answer::{Exit, Object, Problem};
use crate::cmdlet::args::Call;
use crate::cmdlet::definition::{Cmdlet, Effect, nothing_more};
use crate::cmdlet::receive_connector::shared::identity;
use crate::cmdlet::transaction::{Answers, ChangedFiles, Draft, Outcome};
use crate::connector::{Host, ReceiveConnector};
use crate::manual::{Example, Help};
use crate::organization::Part;
use crate::param::{Completes, Group, Kind, Param, Value, Verb, param};
use crate::session::Client;

const COMPARE: &[Verb] = &[Verb::Compare];

static REFERENCE: Param =
    param("ReferenceRevision", Kind::Text, "The older revision: an identifier, a tag, HEAD~2 or a date")
        .completes(Completes::Revision)
        .on(COMPARE)
        .required(COMPARE)
        .position(1, COMPARE)
        .group(Group::Identity);
static DIFFERENCE: Param =
    param("DifferenceRevision", Kind::Text, "The newer one; the store as it is now unless given")
        .completes(Completes::Revision)
        .on(COMPARE)
        .position(2, COMPARE)
        .group(Group::Identity);

/// The cmdlet.
pub static CMDLET: Cmdlet = Cmdlet {
    verb: Verb::Compare,
    noun: "EffectiveAccess",
    synopsis: "Show what clients can do since a revision; exit 3 when something differs",
    help: Help::new(
        "Shows for which addresses the abilities of a client differ between two revisions: what was opened first, then what was closed, public addresses before others. Before and After name the connector that answers, and Try is a session that shows the difference in the revision that allows it. A change that bears on no client's abilities is not listed. It exits with 3 when something differs and with 0 when nothing does.",
        &[
            Example::new("compare-effectiveaccess HEAD~1", "Shows what the last change opened and closed."),
            Example::new(
                "compare-effectiveaccess HEAD~1 HEAD -Ability Relay -PublicOnly",
                "Fails when the last change opened or closed a relay to public addresses.",
            ),
        ],
    ),
    params,
    effect: Effect::Reads,
    needs: nothing_more,
    run,
};

fn params() -> Vec<&'static Param> {
    vec![&REFERENCE, &DIFFERENCE, &scope::SERVER, &scope::REMOTE, &scope::ABILITY, &scope::PUBLIC_ONLY]
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
        found.extend(changes.iter().filter_map(|change| row((was.as_deref(), is.as_deref()), change, scope)));
    }
    found.sort_by_key(|(key, _)| *key);
    Ok(found.into_iter().map(|(_, object)| object).collect())
}

/// The servers whose access may differ: those whose files do, and all where the organization does.
fn bearing_on(
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

/// A change as far as the line is about it, sorted by what matters most: opened, public.
fn row<'h>(
    (was, is): (Option<&'h Host>, Option<&'h Host>),
    change: &Change,
    scope: &Scope,
) -> Option<((bool, bool), Object)> {
    let ranges = scope.among(&change.ranges);
    let ranges = Some(ranges).filter(|ranges| scope.has_ability(change.ability) && !ranges.is_empty())?;
    let answering = |host: Option<&'h Host>, side: Side| {
        host.and_then(|host| Some((host, host.connectors.get(side.connector?)?)))
    };
    let (old, new) = (answering(was, change.before), answering(is, change.after));
    let opened = change.is_opened();
    let (host, decisive) = if opened { new.or(old) } else { old.or(new) }?;
    let server = &host.server.name;
    let named = |side: Option<(&Host, &ReceiveConnector)>| {
        side.map_or(Value::Null, |(host, one)| Value::Text(identity(&host.server.name, &one.name)))
    };
    let public = shown::public_of(&ranges);
    let witness = Client { remote: sample(&ranges)?, ..change.witness.clone() };
    let cells = vec![
        ("Change", Value::Text(if opened { "Opened" } else { "Closed" }.to_owned())),
        ("Identity", Value::Text(identity(server, &decisive.name))),
        ("Server", Value::Text(server.clone())),
        ("Client", Value::Text(change.identity.name(decisive))),
        ("Ability", Value::Choice(change.ability.into())),
        ("From", shown::short(&ranges)),
        ("Public", Value::Bool(!public.is_empty())),
        ("Before", named(old)),
        ("After", named(new)),
        ("LocalEndpoints", shown::endpoints(&change.endpoints)),
        ("RemoteIPRanges", shown::list(&ranges)),
        ("PublicIPRanges", shown::list(&public)),
        ("Condition", shown::condition(change.before.holding.max(change.after.holding))),
        ("Try", Value::Text(shown::try_line(server, &witness))),
    ];
    Some(((!opened, public.is_empty()), Object::new(&shown::CHANGE, cells)))
}
