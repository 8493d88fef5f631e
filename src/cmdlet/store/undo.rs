//! Undo-StoreRevision: takes one change back, among later ones, as a new revision.

use super::past::changes::{Revised, of_file};
use super::past::checked;
use super::past::three_way::{self, Obstacle};
use crate::answer::{Exit, Problem};
use crate::cmdlet::args::Call;
use crate::cmdlet::definition::{Cmdlet, DEFAULTS, Effect};
use crate::cmdlet::edge_subscription::shared::{is_free, orphans};
use crate::cmdlet::transaction::{
    Archive, ChangedFiles, Draft, Outcome, RevisionInfo, Source, StoreFile, short,
};
use crate::manual::{Example, Help};
use crate::organization::{Member, Organization, with_part};
use crate::param::{Completes, Group, Kind, Param, Verb, param, same_name};
use crate::powershell::quote;

const UNDO: &[Verb] = &[Verb::Undo];

static REVISION: Param =
    param("Revision", Kind::Text, "The revision to undo: an identifier, a tag, HEAD~1 or a date")
        .completes(Completes::Revision)
        .on(UNDO)
        .required(UNDO)
        .position(1, UNDO)
        .group(Group::Identity)
        .example("HEAD");

/// The cmdlet.
pub(crate) static CMDLET: Cmdlet = Cmdlet {
    verb: Verb::Undo,
    noun: "StoreRevision",
    synopsis: "Undo what one revision changed, as a new revision; later changes stay",
    help: Help::new(
        "Takes back what one revision changed, and nothing else: later changes stay. What it created is removed, what it removed comes back with its identifier, dates and access list, and each property that it changed gets its old value; of a list, only the elements that it added or removed. Where one of them was changed again since, or a rule forbids the old state, nothing is changed, and the error names the object and the later revision.",
        &[
            Example::new(
                "undo-storerevision HEAD -WhatIf",
                "Shows what undoing the last change would change.",
            ),
            Example::new(
                "undo-storerevision HEAD -Reason 'the partner moved back'",
                "Undoes the last change, and says why.",
            ),
        ],
    ),
    params: || vec![&REVISION],
    effect: Effect::Changes,
    run,
    ..DEFAULTS
};

fn run(call: &Call<'_>, draft: &mut Draft<'_>) -> Result<Outcome, Problem> {
    let Some(archive) = draft.archive() else {
        return Err(Problem::new(Exit::NotFound, "there is no store yet, so no revision to undo")
            .hint("exch alone says where a store would be; -Store DIR names another place"));
    };
    let revision = archive.revision(&call.args.text(&REVISION).unwrap_or_default())?;
    let id = short(&revision.id).to_owned();
    let Some(parent) = revision.parent.clone() else {
        let message = format!("revision {id} is the first: there is nothing before it to go back to");
        return Err(Problem::new(Exit::Refused, message)
            .hint("exch get-storehistory lists the revisions; any later one can be undone")
            .about(REVISION.name));
    };
    let (old, new) = (archive.at(&parent)?, archive.at(&revision.id)?);
    let (old, new) = (old.source.as_ref(), new.source.as_ref());
    let ChangedFiles { servers, parts } = archive.changed(&parent, Some(&revision.id))?;
    let orphaned = orphans(draft)?;
    let mut obstacles: Vec<(StoreFile, Obstacle)> = Vec::new();
    let (was, made) = (old.directory()?, new.directory()?);
    let identity = draft.directory().organization.clone();
    let why = "was changed again";
    for property in three_way::rows(&was, &made, draft.directory_mut(), |_| false) {
        let obstacle = Obstacle { identity: identity.clone(), property: Some(property), why };
        obstacles.push((StoreFile::Names, obstacle));
    }
    for name in servers {
        let found = server(&name, (old, new), call, draft)?;
        obstacles.extend(found.into_iter().map(|one| (StoreFile::Server(name.clone()), one)));
    }
    for part in parts {
        let found = with_part!(part, members((old, new), call, draft))?;
        obstacles.extend(found.into_iter().map(|one| (StoreFile::Part(part), one)));
    }
    if !obstacles.is_empty() {
        return Err(in_the_way(&obstacles, &revision, archive)?);
    }
    let mut outcome = Outcome::default();
    if draft.has_changes(true) {
        outcome.warnings.extend(orphans(draft)?.into_iter().filter(|one| !orphaned.contains(one)));
        draft.comes_from("Undoes", revision.id);
    } else {
        outcome.notices.push(format!("nothing of revision {id} is left to undo: no revision was made"));
    }
    Ok(outcome)
}

/// Takes back what was done to one server and its connectors.
fn server(
    name: &str,
    (old, new): (&dyn Source, &dyn Source),
    call: &Call<'_>,
    draft: &mut Draft<'_>,
) -> Result<Vec<Obstacle>, Problem> {
    let now = draft.host(name)?;
    let (before, after) = (old.host(name)?, new.host(name)?);
    match three_way::host(before.as_ref(), after.as_ref(), now.as_deref()) {
        Err(obstacles) => return Ok(obstacles),
        Ok(None) if now.is_none() => {}
        Ok(None) => {
            is_free(draft, name)?;
            draft.remove(name)?;
        }
        Ok(Some(host)) if now.as_deref() == Some(&host) => {}
        Ok(Some(host)) => {
            checked::host(now.as_deref(), &host)?;
            draft.put(host, &call.context)?;
        }
    }
    Ok(Vec::new())
}

/// Takes back what was done to the organization's objects of one noun.
fn members<N: Member>(
    (old, new): (&dyn Source, &dyn Source),
    call: &Call<'_>,
    draft: &mut Draft<'_>,
) -> Result<Vec<Obstacle>, Problem> {
    let (mut before, mut after) = (Organization::default(), Organization::default());
    old.part(N::PART, &mut before)?;
    new.part(N::PART, &mut after)?;
    let mut all = draft.members::<N>()?.to_vec();
    let name = |object: &N| if N::SINGLE { N::NAME.to_owned() } else { object.name().to_owned() };
    let change = |was: &N, made: &N, now: &mut N| three_way::rows(was, made, now, |_| false);
    let obstacles = three_way::list(N::list(&before), N::list(&after), &mut all, name, change);
    if obstacles.is_empty() && all != draft.members::<N>()? {
        draft.put_members(all, &call.context)?;
    }
    Ok(obstacles)
}

/// What is in the way, each with the revision that made it so.
fn in_the_way(
    obstacles: &[(StoreFile, Obstacle)],
    revision: &RevisionInfo,
    archive: &dyn Archive,
) -> Result<Problem, Problem> {
    let mut problems = Vec::new();
    for (file, Obstacle { identity, property, why }) in obstacles {
        let later = of_file(archive, file)?.into_iter().take_while(|one| one.revision.id != revision.id);
        let caused = |one: &Revised| {
            one.differences.iter().any(|difference| {
                same_name(&difference.identity, identity) && property.is_none_or(|p| p == difference.property)
            })
        };
        let cause = later.filter(caused).last().map(|one| one.revision);
        let what = property.map_or_else(|| identity.clone(), |property| format!("{identity}: {property}"));
        let cause_text = cause.as_ref().map_or(" since".to_owned(), |cause| {
            format!(" in revision {}, {}", short(&cause.id), cause.subject)
        });
        let message = format!("revision {} cannot be undone: {what} {why}{cause_text}", short(&revision.id));
        // Where a whole object is in the way, several revisions may be: naming one of them would lead in circles.
        let hint = match cause.filter(|_| property.is_some()) {
            Some(cause) => format!(
                "exch undo-storerevision {} undoes that first; exch restore-storerevision {}~1 -Identity {} brings the whole object back",
                short(&cause.id),
                short(&revision.id),
                quote::bash(identity)
            ),
            None => format!(
                "exch get-storehistory {} lists what was changed since: undo that first, the newest before the others, or remove the object",
                quote::bash(identity)
            ),
        };
        problems.push(Problem::new(Exit::Conflict, message).hint(hint).about(REVISION.name));
    }
    let mut problems = problems.into_iter();
    let first =
        problems.next().unwrap_or_else(|| Problem::new(Exit::Conflict, "the revision cannot be undone"));
    Ok(Problem { others: problems.collect(), ..first })
}
