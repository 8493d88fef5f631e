//! A call that only reads: one revision, no lock, nothing waits.

use std::collections::BTreeSet;

use super::archive::HistoryReader;
use super::snapshot::{EmptyStore, Snapshot};
use super::{Run, draft, export, logs, per_server, place, rows, show};
use crate::answer::{Exit, Problem};
use crate::cmdlet::shared::identity_list;
use crate::cmdlet::{Answers, Archive, Draft, Outcome, runbook};
use crate::output::{Format, Ui};
use crate::param::Verb;
use crate::server::Directory;

/// What the organization is called before anybody said so: the domain is the host's own, else contoso.com.
#[must_use]
pub(crate) fn unnamed(machine_domain: Option<&str>) -> Directory {
    Directory::new("First Organization", machine_domain.unwrap_or("contoso.com"))
}

/// Runs the call on what the store holds now, or held at `-At`.
pub fn run(mut run: Run<'_, '_>, ui: &mut Ui<'_>) -> Result<Exit, Problem> {
    let unnamed = unnamed(run.world.machine.domain.as_deref());
    let Some(repository) = place::open(&run.place)? else { return without_store(&run, unnamed, ui) };
    let view = match &run.options.at {
        Some(revision) => repository.at(revision),
        None => repository.read(),
    };
    let snapshot = Snapshot::new(view?, unnamed.clone());
    if !snapshot.exists()? {
        return without_store(&run, unnamed, ui);
    }
    let past = HistoryReader::new(&repository, unnamed);
    let mut draft = draft(&run, &snapshot, Some(&past as &dyn Archive), &Answers::new())?;
    let outcome = perform(&mut run, &mut draft);
    let outcome = outcome.and_then(|outcome| as_lines(&run, outcome, &mut draft));
    let mut reported = BTreeSet::new();
    let mut notices = |ui: &mut Ui<'_>| {
        for path in snapshot.edited() {
            if reported.insert(path.clone()) {
                ui.notice(&format!(
                    "{path} was edited by hand; the next change records that as a revision of its own"
                ));
            }
        }
    };
    if let Ok(Outcome { per_server: Some(servers), .. }) = &outcome {
        return per_server::run(servers, &mut draft, &run.options, &mut notices, ui);
    }
    notices(ui);
    print_outcome(&outcome?, &mut draft, &run, ui)
}

/// Prints what came of the call, or answers the rows that it asks for.
fn print_outcome(
    outcome: &Outcome,
    draft: &mut Draft<'_>,
    run: &Run<'_, '_>,
    ui: &mut Ui<'_>,
) -> Result<Exit, Problem> {
    if let Some(servers) = &outcome.per_server {
        return per_server::run(servers, draft, &run.options, &mut |_| {}, ui);
    }
    if let Some(files) = &outcome.logs {
        return logs::run(files, &run.call, draft, run.world, &run.options, ui);
    }
    if let Some(wanted) = &outcome.export {
        export::write(wanted, &run.world.environment)?;
    }
    match &outcome.rows {
        Some(rows) => rows::run(rows, &run.call, draft, run.world, &run.options, ui),
        None => show(outcome, &run.options, ui).map(|()| outcome.exit),
    }
}

/// The lines that make the objects in place of these, where -Output asks for them.
fn as_lines(run: &Run<'_, '_>, outcome: Outcome, draft: &mut Draft<'_>) -> Result<Outcome, Problem> {
    let asked = run.options.format == Format::Powershell && run.call.cmdlet.shows_what_lines_make();
    if asked { runbook::remade(&run.call, outcome, draft) } else { Ok(outcome) }
}

/// Runs the cmdlet, once it is settled which objects it is about.
fn perform(run: &mut Run<'_, '_>, draft: &mut Draft<'_>) -> Result<Outcome, Problem> {
    if identity_list::is_open(&run.typed) {
        let settled = identity_list::settled(&run.call, draft)?;
        identity_list::put(&mut run.call.args, settled);
    }
    run.call.cmdlet.answer(&run.call, draft)
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
    let nothing = EmptyStore(unnamed);
    let mut draft = Draft::new(&nothing, None, Answers::new())?;
    match run.call.cmdlet.answer(&run.call, &mut draft) {
        // A name cannot be found where there is nothing, and nobody said there was something. Who compares or
        // tests did.
        Err(problem) if problem.exit == Exit::NotFound && run.call.cmdlet.verb == Verb::Get => Ok(Exit::Done),
        Err(problem) => Err(problem),
        Ok(outcome) => print_outcome(&outcome, &mut draft, run, ui),
    }
}
