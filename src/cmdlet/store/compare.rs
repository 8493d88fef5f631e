//! Compare-StoreRevision: what differs between two revisions, property by property.

use crate::answer::{Exit, Problem};
use crate::cmdlet::args::Call;
use crate::cmdlet::definition::{Cmdlet, Effect, nothing_more};
use crate::cmdlet::runbook::{State, difference, short, wants_lines};
use crate::cmdlet::transaction::difference::{COLUMNS, Difference, of_directory, of_host, of_part};
use crate::cmdlet::transaction::{Draft, Outcome, Past, Source};
use crate::manual::{Example, Help};
use crate::organization::Organization;
use crate::param::{Completes, Group, Kind, Param, Verb, param};

const COMPARE: &[Verb] = &[Verb::Compare];

/// The older revision of a comparison.
pub static REFERENCE: Param =
    param("ReferenceRevision", Kind::Text, "The older revision: an identifier, a tag, HEAD~2 or a date")
        .completes(Completes::Revision)
        .on(COMPARE)
        .required(COMPARE)
        .position(1, COMPARE)
        .group(Group::Identity);
/// The newer one.
pub static DIFFERENCE: Param =
    param("DifferenceRevision", Kind::Text, "The newer one; the store as it is now unless given")
        .completes(Completes::Revision)
        .on(COMPARE)
        .position(2, COMPARE)
        .group(Group::Identity);

/// The cmdlet.
pub static CMDLET: Cmdlet = Cmdlet {
    verb: Verb::Compare,
    noun: "StoreRevision",
    synopsis: "Show what differs between two revisions; exit 3 when something does",
    help: Help::new(
        "Shows what differs between two revisions, one row a property. A revision is named by its identifier or the beginning of it, by a tag, as HEAD~2, or by a date. It exits with 3 when something differs and with 0 when nothing does.",
        &[
            Example::new("compare-storerevision HEAD~1", "Shows what the last change did."),
            Example::new(
                "compare-storerevision HEAD~2 HEAD -Output json",
                "Shows the last two changes together, for a program.",
            ),
        ],
    )
    .columns(|| COLUMNS.to_vec()),
    params,
    effect: Effect::Reads,
    needs: nothing_more,
    run,
};

fn params() -> Vec<&'static Param> {
    vec![&REFERENCE, &DIFFERENCE]
}

fn run(call: &Call<'_>, draft: &mut Draft<'_>) -> Result<Outcome, Problem> {
    let Some(archive) = draft.archive() else { return Ok(Outcome::default()) };
    let old = archive.at(&call.args.text(&REFERENCE).unwrap_or_default())?;
    let new: Option<Past<'_>> =
        call.args.text(&DIFFERENCE).map(|revision| archive.at(&revision)).transpose()?;
    if wants_lines(call) {
        return lines(call, draft, &old, new.as_ref());
    }
    let changed = archive.changed(&old.id, new.as_ref().map(|past| past.id.as_str()))?;
    let mut found = Vec::new();
    let now = match &new {
        Some(past) => past.source.directory()?,
        None => draft.directory().clone(),
    };
    of_directory(&old.source.directory()?, &now, &mut found);
    for part in changed.parts {
        let (mut before, mut after) = (Organization::default(), Organization::default());
        old.source.part(part, &mut before)?;
        match &new {
            Some(past) => past.source.part(part, &mut after)?,
            None => draft.source().part(part, &mut after)?,
        }
        of_part(part, &before, &after, &mut found);
    }
    for name in changed.servers {
        let before = old.source.host(&name)?;
        let after = host_in(new.as_ref().map(|past| past.source.as_ref()), draft, &name)?;
        of_host(before.as_ref(), after.as_ref(), &now, &mut found);
    }
    let exit = if found.is_empty() { Exit::Done } else { Exit::No };
    Ok(Outcome { exit, ..Outcome::of(found.iter().map(Difference::object).collect()) })
}

/// The lines that lead from the one revision to the other.
fn lines(
    call: &Call<'_>,
    draft: &mut Draft<'_>,
    old: &Past<'_>,
    new: Option<&Past<'_>>,
) -> Result<Outcome, Problem> {
    let from = State::of(old.source.as_ref())?;
    let to = match new {
        Some(past) => State::of(past.source.as_ref())?,
        None => State::of(draft.source())?,
    };
    let between = format!("{} to {}", short(&old.id), new.map_or("now", |past| short(&past.id)));
    Ok(difference(call, from, &to, &between))
}

/// A server in an old revision, or as it is now.
fn host_in(
    past: Option<&dyn Source>,
    draft: &mut Draft<'_>,
    name: &str,
) -> Result<Option<crate::connector::Host>, Problem> {
    match past {
        Some(source) => source.host(name),
        None => Ok(draft.host(name)?.map(|host| (*host).clone())),
    }
}
