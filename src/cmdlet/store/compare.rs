//! Compare-StoreRevision: what differs between two revisions, property by property.

use crate::answer::{Exit, Problem};
use crate::cmdlet::args::Call;
use crate::cmdlet::definition::{Cmdlet, DEFAULTS, Effect};
use crate::cmdlet::runbook::{difference, wants_lines};
use crate::cmdlet::transaction::difference::{COLUMNS, Difference, of_host};
use crate::cmdlet::transaction::{ChangedFiles, Draft, Outcome, Past, State, short};
use crate::manual::{Example, Help};
use crate::param::{Completes, Group, Kind, Param, Verb, param};

const COMPARE: &[Verb] = &[Verb::Compare];

/// The older revision of a comparison.
pub(crate) static REFERENCE: Param =
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
pub(crate) static CMDLET: Cmdlet = Cmdlet {
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
    params: || vec![&REFERENCE, &DIFFERENCE],
    effect: Effect::Reads,
    prints_lines: true,
    run,
    ..DEFAULTS
};

fn run(call: &Call<'_>, draft: &mut Draft<'_>) -> Result<Outcome, Problem> {
    let Some(archive) = draft.archive() else { return Ok(Outcome::default()) };
    let old = archive.at(&call.args.text(&REFERENCE).unwrap_or_default())?;
    let new: Option<Past<'_>> =
        call.args.text(&DIFFERENCE).map(|revision| archive.at(&revision)).transpose()?;
    if wants_lines(call) {
        return lines(call, draft, &old, new.as_ref());
    }
    let changed = archive.changed(&old.id, new.as_ref().map(|past| past.id.as_str()))?;
    let (before, after) =
        (old.source.as_ref(), new.as_ref().map_or(draft.source(), |past| past.source.as_ref()));
    // Servers are read one at a time.
    let of_organization = ChangedFiles { parts: changed.parts, ..ChangedFiles::default() };
    let [was, is] = [State::read(before, &of_organization)?, State::read(after, &of_organization)?];
    let mut found = was.differences_in(&of_organization, &is);
    for name in &changed.servers {
        let [was, now] = after.host_since(before, name)?;
        of_host(was.as_ref(), now.as_ref(), &is.directory, &mut found);
        before.forget(name);
        after.forget(name);
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
