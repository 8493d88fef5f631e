//! A call that changes the store: run once without a lock, asked about, and committed under the lock where the
//! store is still what was read; only otherwise it runs again.

use std::collections::BTreeMap;

use enumset::EnumSet;
use jiff::Timestamp;

use super::archive::HistoryReader;
use super::ask;
use super::place::STORE_FILE;
use super::read::unnamed;
use super::shutdown::{CommitGuard, SHUTDOWN};
use super::snapshot::{EmptyStore, SERVERS, Snapshot};
use super::what_if::what_if;
use super::{Run, changes, draft, guide, message, place, show};
use crate::answer::{Exit, Problem};
use crate::cmdlet::shared::identity_list;
use crate::cmdlet::{
    Answers, Archive, Context, Difference, Draft, OpenedOrClosed, Outcome, Source, differences, effect,
};
use crate::output::Ui;
use crate::output::prompt::Asker;
use crate::server::Directory;
use crate::store::document::{self, Place, file_name};
use crate::store::{
    Change, Class, Patience, RevisionId, StoreError, StoreRepository, When, Writer, parallel,
};

/// Runs the call: on what the store holds, once; asked about without a lock; then committed under the lock. It
/// runs anew where the user answered a question, or where somebody changed meanwhile what it had read.
pub fn run(mut run: Run<'_, '_>, ui: &mut Ui<'_>) -> Result<Exit, Problem> {
    let mut answers = Answers::new();
    if identity_list::is_open(&run.typed) {
        let (settled, _) = on_draft(&run, &answers, |run, draft| identity_list::settled(&run.call, draft))?;
        identity_list::put(&mut run.call.args, settled);
    }
    let patience = Patience::new(run.options.lock_timeout);
    loop {
        SHUTDOWN.check()?;
        match round(&mut run, &mut answers, &patience, ui) {
            Ok(None) => {}
            Ok(Some(exit)) => return Ok(exit),
            Err(Failed::Overtaken(error)) if patience.is_over() => return Err(error.into()),
            Err(Failed::Overtaken(_)) => {}
            Err(Failed::For(problem)) => return Err(problem),
        }
    }
}

/// Why a round did not end in a revision.
enum Failed {
    /// Somebody was quicker: what was read is no longer what is there.
    Overtaken(StoreError),
    /// Trying again does not help.
    For(Problem),
}

impl From<Problem> for Failed {
    fn from(problem: Problem) -> Self {
        Failed::For(problem)
    }
}

impl From<StoreError> for Failed {
    fn from(error: StoreError) -> Self {
        match error.class() {
            Class::Moved => Failed::Overtaken(error),
            _ => Failed::For(error.into()),
        }
    }
}

/// One run of the cmdlet and what follows from it; nothing where it is to run anew.
fn round(
    run: &mut Run<'_, '_>,
    answers: &mut Answers,
    patience: &Patience,
    ui: &mut Ui<'_>,
) -> Result<Option<Exit>, Failed> {
    let unnamed = unnamed(run.world.machine.domain.as_deref());
    let Some(repository) = place::open(&run.place)? else {
        let nothing = EmptyStore(unnamed);
        let mut draft = Draft::new(&nothing, None, answers.clone())?;
        return match decide(run, &mut draft, None, answers, ui)? {
            Decided::Ended(exit) => Ok(Some(exit)),
            Decided::Again => Ok(None),
            Decided::Commit(tried) => {
                let busy = SHUTDOWN.enter()?;
                let repository = StoreRepository::create(&run.place.dir, run.place.ownership)?;
                commit(run, &repository, Some(busy), None, (&tried, answers, patience), ui)
            }
        };
    };
    let snapshot = Snapshot::new(repository.read()?, unnamed.clone());
    let past = HistoryReader::new(&repository, unnamed);
    let archive = if snapshot.exists()? { Some(&past as &dyn Archive) } else { None };
    let mut draft = draft(run, &snapshot, archive, answers)?;
    match decide(run, &mut draft, Some(&snapshot), answers, ui)? {
        Decided::Ended(exit) => Ok(Some(exit)),
        Decided::Again => Ok(None),
        Decided::Commit(tried) => {
            // What was made before a question was answered bears the time before it: it is made again.
            let made = (!tried.asked).then_some((&snapshot, &mut draft));
            commit(run, &repository, None, made, (&tried, answers, patience), ui)
        }
    }
}

/// What becomes of a call that ran on a draft.
enum Decided {
    /// It is over.
    Ended(Exit),
    /// A question was answered: it runs again.
    Again,
    /// What it did to the draft is to be committed.
    Commit(Box<Tried>),
}

/// Runs the cmdlet on the draft and asks the user what is to be asked, all without a lock.
fn decide(
    run: &mut Run<'_, '_>,
    draft: &mut Draft<'_>,
    snapshot: Option<&Snapshot<'_>>,
    answers: &mut Answers,
    ui: &mut Ui<'_>,
) -> Result<Decided, Problem> {
    begin(run, snapshot);
    let mut tried = try_on(run, draft)?;
    tried.edited = snapshot.map(Snapshot::edited).unwrap_or_default();
    if run.options.what_if {
        return what_if(run, &tried, draft, ui).map(Decided::Ended);
    }
    if !tried.has_changes {
        return nothing_changed(run, tried, ui).map(Decided::Ended);
    }
    let whole = as_a_whole(run, &mut tried, answers, ui)?;
    let asker = run.asker.as_mut().map(|asker| &mut **asker as &mut dyn Asker);
    let typed = (run.call.cmdlet, &run.typed);
    let open = tried.questions.iter().any(|question| ask::is_asked(question, &run.options));
    let shown = open && asker.is_some() && !run.guided && changes::is_shown(run.call.cmdlet);
    let changes = if shown { differences(draft) } else { Vec::new() };
    let asked = ask::confirm((&tried.questions, &changes), typed, &run.options, asker, answers, ui)?;
    Ok(match whole.and_then(|target| answers.get(&target)) {
        Some(false) => Decided::Ended(not_done(ui)?),
        // An answer may have left nothing to do, which the next run says without a lock.
        None if asked => Decided::Again,
        _ => Decided::Commit(Box::new(Tried { asked, ..tried })),
    })
}

/// A run begins now, and never before the revision that it is made from: what it changes bears that time, so that dates
/// of objects and of revisions go the same way.
fn begin(run: &Run<'_, '_>, snapshot: Option<&Snapshot<'_>>) {
    let parent = snapshot.and_then(|snapshot| snapshot.view().when());
    let parent = parent.and_then(|when| Timestamp::from_second(when.seconds).ok());
    run.call.context.now.set(parent.into_iter().fold((run.world.clock)(), Ord::max));
}

/// Whether the user is to see what would change before it does.
fn shows_differences(run: &Run<'_, '_>) -> bool {
    run.options.what_if || run.guided || run.options.confirm == Some(true)
}

/// What came of a run on a draft.
pub(super) struct Tried {
    pub outcome: Outcome,
    /// Told where they are shown: for `-WhatIf`, and where the call as a whole is asked about.
    pub differences: Vec<Difference>,
    /// What it lets clients do or keeps them from, for `-WhatIf`.
    pub effect: Vec<OpenedOrClosed>,
    pub questions: Vec<crate::cmdlet::Question>,
    has_changes: bool,
    /// Whether the user was asked since: minutes may have passed.
    asked: bool,
    /// Files that were read and are edited by hand.
    pub edited: Vec<String>,
}

/// The guided way, and `-Confirm` on a call that raises no question of its own, ask about the call as a whole;
/// gives the target of that question.
fn as_a_whole(
    run: &Run<'_, '_>,
    tried: &mut Tried,
    answers: &Answers,
    ui: &mut Ui<'_>,
) -> Result<Option<String>, Problem> {
    let confirms = run.options.confirm == Some(true) && tried.questions.is_empty() && answers.is_empty();
    if !run.guided && !confirms {
        return Ok(None);
    }
    if run.guided {
        guide::preview(run, tried, ui)?;
    }
    let question = guide::whole(run, tried);
    let target = question.target.clone();
    tried.questions.push(question);
    Ok(Some(target))
}

/// Every question was answered with No.
fn not_done(ui: &mut Ui<'_>) -> Result<Exit, Problem> {
    ui.notice("nothing changed: no revision was made");
    Ok(Exit::Done)
}

/// Does something on a draft of what the store holds now, without a lock; gives what came of it, and the files
/// edited by hand that it met.
pub(super) fn on_draft<T>(
    run: &Run<'_, '_>,
    answers: &Answers,
    work: impl FnOnce(&Run<'_, '_>, &mut Draft<'_>) -> Result<T, Problem>,
) -> Result<(T, Vec<String>), Problem> {
    let unnamed = unnamed(run.world.machine.domain.as_deref());
    let repository = place::open(&run.place)?;
    let Some(repository) = repository else {
        let done = work(run, &mut Draft::new(&EmptyStore(unnamed), None, answers.clone())?)?;
        return Ok((done, Vec::new()));
    };
    let view = repository.read()?;
    let snapshot = Snapshot::new(view, unnamed.clone());
    let past = HistoryReader::new(&repository, unnamed);
    let archive = if snapshot.exists()? { Some(&past as &dyn Archive) } else { None };
    let done = work(run, &mut draft(run, &snapshot, archive, answers)?)?;
    Ok((done, snapshot.edited()))
}

fn try_on(run: &Run<'_, '_>, draft: &mut Draft<'_>) -> Result<Tried, Problem> {
    let exists = draft.archive().is_some();
    let outcome = run.call.cmdlet.work(&run.call, draft)?;
    Ok(Tried {
        outcome,
        differences: if shows_differences(run) { differences(draft) } else { Vec::new() },
        effect: if run.options.what_if { effect(draft)? } else { Vec::new() },
        questions: draft.questions().to_vec(),
        has_changes: draft.has_changes(exists),
        asked: false,
        edited: Vec::new(),
    })
}

/// What changes nothing makes no revision.
fn nothing_changed(run: &Run<'_, '_>, tried: Tried, ui: &mut Ui<'_>) -> Result<Exit, Problem> {
    show(&tried.outcome, &run.options, ui)?;
    if tried.outcome.notices.is_empty() && tried.outcome.printed.is_empty() {
        ui.notice("nothing changed: no revision was made");
    }
    Ok(tried.outcome.exit)
}

/// A change that was committed.
struct Done {
    outcome: Outcome,
    revision: Option<RevisionId>,
    /// What it changed.
    differences: Vec<Difference>,
    /// Under way until the revision is reported.
    busy: CommitGuard<'static>,
}

fn finish(run: &Run<'_, '_>, mut done: Done, tried: &Tried, ui: &mut Ui<'_>) -> Result<Exit, Failed> {
    // The guided way showed them before it asked.
    done.outcome.warnings.retain(|warning| !run.guided || !tried.outcome.warnings.contains(warning));
    let shown = show(&done.outcome, &run.options, ui);
    if changes::is_reported(run.call.cmdlet) && !run.guided {
        changes::show(&done.differences, ui);
    }
    match done.revision {
        Some(revision) => ui.say(&format!("recorded as revision {}", revision.short())),
        None => ui.notice("nothing changed: no revision was made"),
    }
    if let (Err(problem), Some(revision)) = (&shown, done.revision) {
        let message =
            format!("the change is made, as revision {}, but {}", revision.short(), problem.message);
        return Err(Problem { message, ..problem.clone() }.hint("do not run it again for the output").into());
    }
    shown?;
    Ok(done.busy.requested().unwrap_or(done.outcome.exit))
}

/// Locks the store and commits: the draft that was made without the lock where HEAD is what it was made from,
/// else that of another run. Nothing when a question came up that nobody was asked: then the lock is let go and
/// the call runs anew.
fn commit(
    run: &Run<'_, '_>,
    repository: &StoreRepository,
    begun: Option<CommitGuard<'static>>,
    made: Option<(&Snapshot<'_>, &mut Draft<'_>)>,
    (tried, answers, patience): (&Tried, &Answers, &Patience),
    ui: &mut Ui<'_>,
) -> Result<Option<Exit>, Failed> {
    let mut writer = repository.lock(patience.left()).map_err(|error| match error {
        StoreError::Locked(_) => StoreError::Locked(run.options.lock_timeout),
        other => other,
    })?;
    // Waiting for the lock may be broken off, what comes now may not.
    let busy = begun.map_or_else(|| SHUTDOWN.enter(), Ok)?;
    writer.take_notices().iter().for_each(|notice| ui.notice(notice));
    let current = made.filter(|(snapshot, _)| writer.stands_at(snapshot.view()));
    if let Some((snapshot, draft)) = current {
        let (revision, differences) = record(run, repository, &mut writer, (snapshot, draft), ui)?;
        let done = Done { outcome: tried.outcome.clone(), revision, differences, busy };
        return finish(run, done, tried, ui).map(Some);
    }
    let unnamed = unnamed(run.world.machine.domain.as_deref());
    let snapshot = Snapshot::new(writer.view()?, unnamed.clone());
    let exists = snapshot.exists()?;
    let past = HistoryReader::new(repository, unnamed);
    let archive = exists.then_some(&past as &dyn Archive);
    let mut draft = draft(run, &snapshot, archive, answers)?;
    begin(run, Some(&snapshot));
    let outcome = run.call.cmdlet.work(&run.call, &mut draft)?;
    if draft.questions().iter().any(|question| ask::is_asked(question, &run.options)) {
        return Ok(None);
    }
    let (revision, differences) = if draft.has_changes(exists) {
        record(run, repository, &mut writer, (&snapshot, &mut draft), ui)?
    } else {
        (None, Vec::new())
    };
    finish(run, Done { outcome, revision, differences, busy }, tried, ui).map(Some)
}

/// Commits a draft that was made from what the locked store holds.
fn record(
    run: &Run<'_, '_>,
    repository: &StoreRepository,
    writer: &mut Writer<'_>,
    (snapshot, draft): (&Snapshot<'_>, &mut Draft<'_>),
    ui: &mut Ui<'_>,
) -> Result<(Option<RevisionId>, Vec<Difference>), Failed> {
    expect_revision(run, repository, snapshot)?;
    let exists = snapshot.exists()?;
    let files = match draft.restores() {
        Some(revision) => restored(repository, revision, snapshot)?,
        None => written(draft, &run.call.context, snapshot, exists)?,
    };
    if let Some(revision) = by_hand(run, writer, snapshot)? {
        let paths = snapshot.edited();
        let were = if paths.len() == 1 { "was" } else { "were" };
        let (paths, revision) = (paths.join(", "), revision.short());
        ui.notice(&format!("{paths} {were} edited by hand: recorded first, as revision {revision}"));
    }
    let differences = differences(draft);
    let text = revision_message(run, draft, &differences);
    let revision = writer.commit(&change(run, files, text))?;
    if !exists {
        let Directory { organization, domain, .. } = draft.directory();
        ui.notice(&format!(
            "made a store in {}: organization {organization}, domain {domain}; `exch set-store` changes them",
            run.place.dir.display()
        ));
    }
    writer.take_notices().iter().for_each(|notice| ui.notice(notice));
    Ok((revision, differences))
}

/// `-ExpectRevision`: the change is made from that revision or not at all.
fn expect_revision(
    run: &Run<'_, '_>,
    repository: &StoreRepository,
    snapshot: &Snapshot<'_>,
) -> Result<(), Problem> {
    let Some(expected) = &run.options.expect_revision else { return Ok(()) };
    let wanted = repository.at(expected)?.revision();
    let now = snapshot.view().revision();
    if wanted == now && now.is_some() {
        return Ok(());
    }
    let at = now.map_or("no revision yet".to_owned(), |id| format!("revision {}", id.short()));
    Err(Problem::new(Exit::Conflict, format!("the store is at {at}, not at `{expected}`"))
        .hint("look at what came since with `exch compare-storerevision`, then run it again")
        .about("ExpectRevision"))
}

type Files = BTreeMap<String, Option<Vec<u8>>>;

/// The files that a draft changes, edited in place.
fn written(
    draft: &mut Draft<'_>,
    context: &Context<'_>,
    snapshot: &Snapshot<'_>,
    exists: bool,
) -> Result<Files, Problem> {
    let mut files = Files::new();
    let founded = if exists { EnumSet::empty() } else { draft.found(context)? };
    let changed = draft.changed();
    for part in changed.parts | founded {
        let old = snapshot.stored(part.file())?;
        let text = document::write_part(
            part,
            old.as_ref().map(|stored| stored.bytes.as_slice()),
            part.file(),
            &draft.after().organization,
        );
        files.insert(part.file().to_owned(), Some(text?.into_bytes()));
    }
    if !exists {
        files.insert(STORE_FILE.to_owned(), Some(document::new_directory(draft.directory()).into_bytes()));
    } else if draft.directory() != &draft.before().directory {
        let old = snapshot.bytes(STORE_FILE)?;
        let text = document::edit_directory(&old.bytes, STORE_FILE, draft.directory())?;
        files.insert(STORE_FILE.to_owned(), Some(text.into_bytes()));
    }
    let domain = draft.directory().netbios_domain.as_str();
    if exists && domain != snapshot.domain() {
        renamed(draft, snapshot, &mut files)?;
    }
    let mut edits = Vec::new();
    for name in &changed.servers {
        let (before, after) = (draft.before().host_of(name), draft.after().host_of(name));
        let path = snapshot.path(name)?.unwrap_or_else(|| format!("{SERVERS}/{}", file_name(name)));
        let old = before.map(|_| snapshot.bytes(&path)).transpose()?;
        edits.push((path, old, after));
    }
    let edits: Vec<_> = edits
        .iter()
        .map(|(path, old, after)| (path, old.as_ref().map(|old| old.bytes.as_slice()), *after))
        .collect();
    let texts = parallel::map(&edits, |(path, old, after)| match (old, after) {
        (Some(old), Some(after)) => document::edit_host(old, Place { file: path, domain }, after).map(Some),
        (None, Some(after)) => {
            // What cannot be read again would shut everybody out.
            let text = document::new_host(after, domain);
            document::read_host(&text, Place { file: path, domain }).map(|_| Some(text))
        }
        (_, None) => Ok(None),
    });
    for ((path, ..), text) in edits.into_iter().zip(texts) {
        files.insert(path.clone(), text?.map(String::into_bytes));
    }
    Ok(files)
}

/// Another NetBIOS domain: the organization's own groups follow in every access list that names them, on servers
/// that the draft leaves alone too.
fn renamed(draft: &Draft<'_>, snapshot: &Snapshot<'_>, files: &mut Files) -> Result<(), Problem> {
    let domain = draft.directory().netbios_domain.as_str();
    let is_changed = |name: &str| draft.before().host_of(name) != draft.after().host_of(name);
    for name in snapshot.server_names()?.iter().filter(|name| !is_changed(name)) {
        let (Some(path), Some(host)) = (snapshot.path(name)?, snapshot.host(name)?) else { continue };
        let old = snapshot.bytes(&path)?;
        let text = document::edit_host(&old.bytes, Place { file: &path, domain }, &host);
        let new = text?.into_bytes();
        if new != old.bytes {
            files.insert(path, Some(new));
        }
    }
    Ok(())
}

/// The files that differ from an old revision, as they were there.
fn restored(repository: &StoreRepository, revision: &str, snapshot: &Snapshot<'_>) -> Result<Files, Problem> {
    let past = repository.at(revision)?;
    let paths = snapshot.view().changed_since(&past)?;
    let bytes = |path: String| {
        let old = past.file(&path)?;
        // What is edited by hand now is recorded first, so its path has to be known.
        let _ = snapshot.stored(&path)?;
        Ok((path, old.map(|stored| stored.bytes)))
    };
    paths.into_iter().map(bytes).collect()
}

/// Records what was edited by hand in the files that this change met, as a revision of its own.
fn by_hand(
    run: &Run<'_, '_>,
    writer: &mut Writer<'_>,
    snapshot: &Snapshot<'_>,
) -> Result<Option<RevisionId>, Failed> {
    let paths = snapshot.edited();
    if paths.is_empty() {
        return Ok(None);
    }
    let bytes = |path: &String| Ok((path.clone(), snapshot.stored(path)?.map(|stored| stored.bytes.clone())));
    let files: Files = paths.iter().map(bytes).collect::<Result<_, Problem>>()?;
    Ok(writer.commit(&change(run, files, message::by_hand(&paths)))?)
}

/// What the revision says of itself.
fn revision_message(run: &Run<'_, '_>, draft: &Draft<'_>, differences: &[Difference]) -> String {
    let servers = draft.changed().servers;
    message::compose(&run.call, run.options.reason.as_deref(), differences, &servers, draft.origin())
}

/// The revision, which bears the time of now, under the lock, and none before that of what it changes.
fn change(run: &Run<'_, '_>, files: Files, message: String) -> Change {
    let now = (run.world.clock)().max(run.call.context.now.get());
    let offset = (run.world.zone)().to_offset(now).seconds() / 60;
    Change {
        files,
        message,
        author: run.world.environment.author.clone(),
        committer: run.world.environment.committer.clone(),
        git_config: run.world.environment.git_config.clone(),
        fallback: (run.world.user)(),
        when: When { seconds: now.as_second(), offset_minutes: offset },
    }
}
