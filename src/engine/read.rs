//! A call that only reads: one revision, no lock, nothing waits.

use super::archive::Repository;
use super::snapshot::{Nothing, Snapshot};
use super::{Run, draft, place, rows, show};
use crate::answer::{Exit, Problem};
use crate::cmdlet::{Answers, Archive, Draft, Outcome, identities};
use crate::output::Ui;
use crate::param::Verb;
use crate::server::Directory;

/// What the organization is called before anybody said so: the domain is the host's own, else contoso.com.
#[must_use]
pub fn unnamed(machine_domain: Option<&str>) -> Directory {
    Directory::new("First Organization", machine_domain.unwrap_or("contoso.com"))
}

/// Runs the call on what the store holds now, or held at `-At`.
pub fn run(mut run: Run<'_, '_>, ui: &mut Ui<'_>) -> Result<Exit, Problem> {
    let unnamed = unnamed(run.world.machine.domain.as_deref());
    let Some(depot) = place::open(&run.place)? else { return without_store(&run, unnamed, ui) };
    let view = match &run.options.at {
        Some(revision) => depot.at(revision),
        None => depot.read(),
    };
    let snapshot = Snapshot::new(view?, unnamed.clone());
    if !snapshot.exists()? {
        return without_store(&run, unnamed, ui);
    }
    let past = Repository::new(&depot, unnamed);
    let mut draft = draft(&run, &snapshot, Some(&past as &dyn Archive), &Answers::new())?;
    let outcome = perform(&mut run, &mut draft);
    for path in snapshot.edited() {
        ui.notice(&format!(
            "{path} was edited by hand; the next change records that as a revision of its own"
        ));
    }
    told(&outcome?, &mut draft, &run, ui)
}

/// Prints what came of the call, or answers the rows that it asks for.
fn told(
    outcome: &Outcome,
    draft: &mut Draft<'_>,
    run: &Run<'_, '_>,
    ui: &mut Ui<'_>,
) -> Result<Exit, Problem> {
    match &outcome.rows {
        Some(rows) => rows::run(rows, draft, run.world, &run.options, ui),
        None => show(outcome, &run.options, ui).map(|()| outcome.exit),
    }
}

/// Runs the cmdlet, once it is settled which objects it is about.
fn perform(run: &mut Run<'_, '_>, draft: &mut Draft<'_>) -> Result<Outcome, Problem> {
    if identities::is_open(&run.typed) {
        let settled = identities::settled(&run.call, draft)?;
        identities::put(&mut run.call.args, settled);
    }
    (run.call.cmdlet.run)(&run.call, draft)
}

/// Before the first change there is nothing to read, which is no error; an old revision is not there either.
fn without_store(run: &Run<'_, '_>, unnamed: Directory, ui: &mut Ui<'_>) -> Result<Exit, Problem> {
    if let Some(revision) = &run.options.at {
        return Err(Problem::new(
            Exit::NotFound,
            format!("there is no store in {} yet, so no revision {revision:?}", run.place.dir.display()),
        )
        .hint("-Store DIR names another store; exch alone says which one is in use"));
    }
    ui.notice(&format!("there is no store in {} yet; the first change makes one", run.place.dir.display()));
    let nothing = Nothing(unnamed);
    let mut draft = Draft::new(&nothing, None, Answers::new())?;
    match (run.call.cmdlet.run)(&run.call, &mut draft) {
        // A name cannot be found where there is nothing, and nobody said there was something. Who compares or
        // tests did.
        Err(problem) if problem.exit == Exit::NotFound && run.call.cmdlet.verb == Verb::Get => Ok(Exit::Done),
        Err(problem) => Err(problem),
        Ok(outcome) => told(&outcome, &mut draft, run, ui),
    }
}
