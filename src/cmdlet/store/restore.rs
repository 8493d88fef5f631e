//! Restore-StoreRevision: brings the store, or single objects, as they were at a revision back, as a new revision.

use super::past::back;
use super::past::find::{self, NOUN};
use crate::answer::{Exit, Problem};
use crate::cmdlet::args::Call;
use crate::cmdlet::definition::{Cmdlet, DEFAULTS, Effect};
use crate::cmdlet::transaction::{Draft, Outcome};
use crate::manual::{Example, Help};
use crate::param::{Completes, Group, Kind, Param, Verb, param};

const RESTORE: &[Verb] = &[Verb::Restore];

static REVISION: Param =
    param("Revision", Kind::Text, "The revision to bring back: an identifier, a tag, HEAD~1 or a date")
        .completes(Completes::Revision)
        .on(RESTORE)
        .required(RESTORE)
        .position(1, RESTORE)
        .group(Group::Identity);

static IDENTITY: Param = param(
    "Identity",
    Kind::List(&Kind::Identity),
    "These objects alone, of any noun, also removed ones; the whole store unless given",
)
.completes(Completes::Connector)
.on(RESTORE)
.group(Group::Identity)
.example("'HUB01\\Relay'");

/// The cmdlet.
pub(crate) static CMDLET: Cmdlet = Cmdlet {
    verb: Verb::Restore,
    noun: "StoreRevision",
    synopsis: "Bring the store, or single objects, back as at a revision, as a new revision",
    help: Help::new(
        "Brings the whole store back as it was at a revision, as a new revision: what happened in between stays in the history. With -Identity it brings single objects back, of any noun, also removed ones: a connector with its access list, a server with its connectors, and every other object stays as it is. Objects come back with their identifiers and dates. Undo-StoreRevision takes back one change among later ones.",
        &[
            Example::new(
                "restore-storerevision HEAD~1 -WhatIf",
                "Shows what undoing the last change would change.",
            ),
            Example::new(
                "restore-storerevision HEAD~1 -Reason 'undo the last change'",
                "Undoes the last change.",
            ),
            Example::new(
                "restore-storerevision HEAD~1 -Identity 'HUB01\\Relay' -WhatIf",
                "Shows what would change if one connector were as it was before the last change.",
            ),
        ],
    ),
    params: || vec![&REVISION, &IDENTITY, &NOUN],
    effect: Effect::Restores,
    run,
    ..DEFAULTS
};

fn run(call: &Call<'_>, draft: &mut Draft<'_>) -> Result<Outcome, Problem> {
    let Some(archive) = draft.archive() else {
        return Err(Problem::new(Exit::NotFound, "there is no store yet, so no revision to bring back")
            .hint("exch alone says where a store would be; -Store DIR names another place"));
    };
    let past = archive.at(&call.args.text(&REVISION).unwrap_or_default())?;
    let identities = call.args.texts(&IDENTITY);
    if !identities.is_empty() {
        for text in &identities {
            back::bring(&find::then_or_now(text, call, draft, &past)?, &past, call, draft)?;
        }
        draft.comes_from("Restores", past.id);
        return Ok(Outcome::default());
    }
    let changed = archive.changed(&past.id, None)?;
    for name in changed.servers {
        draft.put_back(&name, past.source.host(&name)?)?;
    }
    for part in changed.parts {
        draft.put_part_back(part, past.source.as_ref())?;
    }
    *draft.directory_mut() = past.source.directory()?;
    draft.restore(past.id);
    Ok(Outcome::default())
}
