//! A draft: one revision of the store as a cmdlet changes it, before anybody commits it.
//!
//! Files are loaded when they are asked for, into a state as it is and a state as it is to be. What changed is known by
//! comparing the two, so a cmdlet has nothing to report; questions that a change raises are answered from what the
//! user said before, or noted down.

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use enumset::EnumSet;

use super::difference::Pair;
use super::{Archive, ChangedFiles, Past, Source, State, StoreFile};
use crate::answer::{Cause, Exit, Problem};
use crate::cmdlet::args::Context;
use crate::connector::Host;
use crate::connector::rules;
use crate::organization::{AcceptedDomain, Member, Part};
use crate::param::{Param, Record, record};
use crate::server::Directory;

/// A question that a change raises.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// What would be done: `Remove`, `Set`.
    pub operation: &'static str,
    /// To what, by its identity.
    pub target: String,
    /// What would go along.
    pub along: Vec<String>,
    /// Whether something is removed, so that No is the default.
    pub removes: bool,
    /// Whether it is asked even without `-Confirm`.
    pub always: bool,
}

/// What the user said to questions, by target.
pub type Answers = BTreeMap<String, bool>;

/// A revision being changed.
pub struct Draft<'s> {
    source: &'s dyn Source,
    archive: Option<&'s dyn Archive>,
    /// As the store has it, as far as it was loaded.
    before: State,
    /// As it is to be.
    after: State,
    loaded: HashSet<StoreFile>,
    answers: Answers,
    questions: Vec<Question>,
    restores: Option<String>,
    origin: Option<(&'static str, String)>,
    initializes: bool,
}

/// What was read; nothing where it is damaged, which is reported elsewhere or about to be replaced.
///
/// # Errors
/// Where the disk did not give it: nobody knows then what is there.
pub(in crate::cmdlet) fn unless_damaged<T>(read: Result<T, Problem>) -> Result<Option<T>, Problem> {
    match read {
        Err(problem) if problem.source.as_ref().is_some_and(Cause::is_io) => Err(problem),
        read => Ok(read.ok()),
    }
}

/// The file of a server: names are the same in any case.
fn file_of(server: &str) -> StoreFile {
    StoreFile::Server(server.to_lowercase())
}

impl<'s> Draft<'s> {
    /// A draft of what `source` holds. `answers` are what the user said when the same call ran before.
    ///
    /// # Errors
    /// Where the organization's names cannot be read.
    pub fn new(
        source: &'s dyn Source,
        archive: Option<&'s dyn Archive>,
        answers: Answers,
    ) -> Result<Self, Problem> {
        Ok(Draft::named(source.directory()?, source, archive, answers))
    }

    /// The same where the store may be broken: for a cmdlet that reports what is wrong, or brings an old state
    /// back. Names that cannot be read are the usual ones.
    #[must_use]
    pub(crate) fn of_broken(
        source: &'s dyn Source,
        archive: Option<&'s dyn Archive>,
        answers: Answers,
    ) -> Self {
        let names =
            source.directory().unwrap_or_else(|_| Directory::new("First Organization", "contoso.com"));
        Draft::named(names, source, archive, answers)
    }

    fn named(
        directory: Directory,
        source: &'s dyn Source,
        archive: Option<&'s dyn Archive>,
        answers: Answers,
    ) -> Self {
        let before = State::named(directory, source.exists());
        Draft {
            source,
            archive,
            after: before.clone(),
            before,
            loaded: HashSet::new(),
            answers,
            questions: Vec::new(),
            restores: None,
            origin: None,
            initializes: false,
        }
    }

    /// The organization's names.
    #[must_use]
    pub fn directory(&self) -> &Directory {
        &self.after.directory
    }

    /// The organization's names, to change.
    pub(crate) fn directory_mut(&mut self) -> &mut Directory {
        &mut self.after.directory
    }

    /// What the draft is made from.
    #[must_use]
    pub fn source(&self) -> &'s dyn Source {
        self.source
    }

    /// The store's past; nothing where there is no store yet.
    #[must_use]
    pub fn archive(&self) -> Option<&'s dyn Archive> {
        self.archive
    }

    /// The revision that a parameter names.
    ///
    /// # Errors
    /// Exit 4 where there is no such revision, or no store yet.
    pub fn past(&self, revision: &str, named_by: &Param) -> Result<Past<'s>, Problem> {
        let no_store = || {
            let message = format!("there is no store yet, so no revision {revision:?}");
            Problem::new(Exit::NotFound, message)
        };
        let past = self.archive.ok_or_else(no_store).and_then(|archive| archive.at(revision));
        past.map_err(|problem| problem.about(named_by.name))
    }

    /// The names of all servers, in order.
    ///
    /// # Errors
    /// Where the store cannot be read.
    pub fn server_names(&self) -> Result<Vec<String>, Problem> {
        Ok(self.with_changes(self.source.server_names()?))
    }

    /// At least how many servers there are, without naming them.
    ///
    /// # Errors
    /// Where the store cannot be read.
    pub(crate) fn least_server_count(&self) -> Result<usize, Problem> {
        let (kept, now) = (self.source.server_count()?, self.after.hosts.len());
        let removed = self.before.hosts.keys().filter(|key| !self.after.hosts.contains_key(*key)).count();
        Ok(kept.saturating_sub(removed).max(now))
    }

    /// The names of the servers whose files may hold that name, in order; every one that was loaded is among them.
    ///
    /// # Errors
    /// Where the store cannot be read.
    pub(crate) fn servers_naming(&self, name: &str) -> Result<Vec<String>, Problem> {
        Ok(self.with_changes(self.source.servers_naming(name)?))
    }

    /// The servers of the store that are still there, and those that were loaded or made.
    fn with_changes(&self, mut names: Vec<String>) -> Vec<String> {
        if !self.loaded.is_empty() {
            names.retain(|name| !self.is_loaded(name) || self.after.host_of(name).is_some());
            let known: HashSet<String> = names.iter().map(|name| name.to_lowercase()).collect();
            let new = self.after.hosts.iter().filter(|(key, _)| !known.contains(*key));
            names.extend(new.map(|(_, host)| host.server.name.clone()));
        }
        names.sort_by_cached_key(|name| name.to_lowercase());
        names
    }

    /// The server of that name, in any case.
    ///
    /// # Errors
    /// Where its file cannot be read.
    pub fn host(&mut self, name: &str) -> Result<Option<Arc<Host>>, Problem> {
        if !self.is_loaded(name)
            && let Some(host) = self.source.host(name)?.map(Arc::new)
        {
            self.loaded.insert(file_of(name));
            self.before.put(Arc::clone(&host));
            self.after.put(host);
        }
        Ok(self.after.host_of(name).cloned())
    }

    /// Takes a server out, to be changed and put in again: without a copy where nothing else holds it.
    pub fn take(&mut self, host: Arc<Host>) -> Host {
        self.take_out(&host.server.name);
        Arc::unwrap_or_clone(host)
    }

    /// Gives up what was read of a server that was not changed: it is read again when it is asked for.
    pub fn forget(&mut self, name: &str) {
        let is_same = self.before.host_of(name) == self.after.host_of(name);
        if is_same && self.loaded.remove(&file_of(name)) {
            self.before.hosts.remove(&name.to_lowercase());
            self.take_out(name);
            self.source.forget(name);
        }
    }

    fn take_out(&mut self, name: &str) {
        self.after.hosts.remove(&name.to_lowercase());
    }

    fn put_in(&mut self, host: Host) {
        self.loaded.insert(file_of(&host.server.name));
        self.after.put(Arc::new(host));
    }

    /// Puts `host` in, in place of the server of its name, with dates and identifiers on what changed: a new
    /// object is made now, a changed one changes now, and what is missing in a hand-written one is filled in.
    ///
    /// # Errors
    /// Where the server's file cannot be read.
    pub fn put(&mut self, mut host: Host, context: &Context<'_>) -> Result<(), Problem> {
        let _ = self.host(&host.server.name)?;
        if host.connectors.iter().any(|connector| !connector.metadata.accepted.is_empty()) {
            let broken = rules::broken(&host);
            record::settle_accepted(&mut host.connectors, &broken);
        }
        let before = self.before.host_of(&host.server.name).map(Arc::as_ref);
        if before != Some(&host) {
            stamp_host(before, &mut host, context);
        }
        self.put_in(host);
        Ok(())
    }

    /// Puts `host` in as it is elsewhere, with its own dates and identifiers; what is missing of those is filled in.
    ///
    /// # Errors
    /// Where the server's file cannot be read.
    pub(crate) fn put_copied(&mut self, mut host: Host, context: &Context<'_>) -> Result<(), Problem> {
        let _ = self.host(&host.server.name)?;
        complete(std::slice::from_mut(&mut host.server), context);
        complete(&mut host.connectors, context);
        self.put_in(host);
        Ok(())
    }

    /// Brings a server back as it was, with its own dates and identifiers, or takes it away again; what is there
    /// now may be damaged.
    ///
    /// # Errors
    /// Where the disk does not give the file that is there now: nobody knows then what would be replaced.
    pub(crate) fn put_back(&mut self, name: &str, host: Option<Host>) -> Result<(), Problem> {
        unless_damaged(self.host(name))?;
        self.loaded.insert(file_of(name));
        match host {
            Some(host) => self.put_in(host),
            None => self.take_out(name),
        }
        Ok(())
    }

    /// Takes the server of that name out.
    ///
    /// # Errors
    /// Where the server's file cannot be read.
    pub fn remove(&mut self, name: &str) -> Result<(), Problem> {
        let _ = self.host(name)?;
        self.take_out(name);
        Ok(())
    }

    /// The organization's objects of one noun.
    ///
    /// # Errors
    /// Where their file cannot be read.
    pub fn members<N: Member>(&mut self) -> Result<&[N], Problem> {
        self.load(N::PART)?;
        Ok(N::list(&self.after.organization))
    }

    /// Whether the accepted domains take so much that whoever may submit can relay (R3).
    ///
    /// # Errors
    /// Where their file cannot be read.
    pub(crate) fn catches_all(&mut self) -> Result<bool, Problem> {
        Ok(self.members::<AcceptedDomain>()?.iter().any(AcceptedDomain::catches_all))
    }

    /// Puts `all` in as the organization's objects of one noun, with dates and identifiers on what changed.
    ///
    /// # Errors
    /// The first refusal of the rules that they keep together, or where their file cannot be read.
    pub(crate) fn put_members<N: Member>(
        &mut self,
        mut all: Vec<N>,
        context: &Context<'_>,
    ) -> Result<(), Problem> {
        self.load(N::PART)?;
        let broken = N::check(&all);
        record::settle_accepted(&mut all, &broken);
        if let Some(refusal) = record::first_refused(&all, broken) {
            return Err(refusal.into());
        }
        stamp(N::list(&self.before.organization), &mut all, context);
        *N::list_mut(&mut self.after.organization) = all;
        Ok(())
    }

    /// Puts `all` in as they are elsewhere, with their own dates and identifiers; what is missing of those is filled
    /// in.
    ///
    /// # Errors
    /// As [`Draft::put_members`].
    pub(crate) fn put_copied_members<N: Member>(
        &mut self,
        mut all: Vec<N>,
        context: &Context<'_>,
    ) -> Result<(), Problem> {
        self.load(N::PART)?;
        if let Some(refusal) = record::first_refused(&all, N::check(&all)) {
            return Err(refusal.into());
        }
        complete(&mut all, context);
        *N::list_mut(&mut self.after.organization) = all;
        Ok(())
    }

    /// Brings a part of the organization back as it was, with its own dates and identifiers; what is there now
    /// may be damaged.
    ///
    /// # Errors
    /// Where the old one cannot be read, or the disk does not give the one that is there now.
    pub(crate) fn put_part_back(&mut self, part: Part, old: &dyn Source) -> Result<(), Problem> {
        unless_damaged(self.load(part))?;
        old.part(part, &mut self.after.organization)
    }

    fn load(&mut self, part: Part) -> Result<(), Problem> {
        if !self.loaded.contains(&StoreFile::Part(part)) {
            self.source.part(part, &mut self.before.organization)?;
            self.after.organization.take(part, &self.before.organization);
            self.loaded.insert(StoreFile::Part(part));
        }
        Ok(())
    }

    /// What the store holds, as far as it was loaded.
    #[must_use]
    pub fn before(&self) -> &State {
        &self.before
    }

    /// What it is to hold, as far as it was loaded.
    #[must_use]
    pub fn after(&self) -> &State {
        &self.after
    }

    /// The same, when the draft is no longer needed.
    #[must_use]
    pub(crate) fn into_after(self) -> State {
        self.after
    }

    /// The files that differ from the store.
    #[must_use]
    pub fn changed(&self) -> ChangedFiles {
        self.before.changed(&self.after)
    }

    /// The servers that differ from the store, before and after.
    pub(crate) fn changed_hosts(&self) -> impl Iterator<Item = Pair<'_, Host>> {
        self.before.changed_hosts(&self.after)
    }

    /// What a store that is being made begins with: the objects that there are where no file says anything, now
    /// the store's own.
    ///
    /// # Errors
    /// Never for a store that is not there yet.
    pub fn found(&mut self, context: &Context<'_>) -> Result<EnumSet<Part>, Problem> {
        let part = Part::AcceptedDomains;
        self.load(part)?;
        let State { directory, organization, .. } = &mut self.after;
        // What the same call said of it stays.
        if organization.is_same(part, &self.before.organization) {
            organization.begin(part, directory);
            stamp(&[], &mut organization.accepted_domains, context);
        }
        Ok(EnumSet::only(part))
    }

    /// Whether to go on with `question`: as answered before, else yes, and the question is noted down.
    pub fn confirm(&mut self, question: Question) -> bool {
        let answer = self.answers.get(&question.target).copied();
        if answer.is_none() {
            self.questions.push(question);
        }
        answer.unwrap_or(true)
    }

    /// Decides of the questions from that one on whether they are put: `-Confirm` of one line of several.
    pub(crate) fn ask_since(&mut self, from: usize, ask: bool) {
        self.questions.iter_mut().skip(from).for_each(|question| question.always = ask);
    }

    /// The unanswered questions.
    #[must_use]
    pub fn questions(&self) -> &[Question] {
        &self.questions
    }

    /// Marks the draft as "everything as it was at `revision`".
    pub fn restore(&mut self, revision: String) {
        self.restores = Some(revision);
    }

    /// The revision to bring back as a whole.
    #[must_use]
    pub(crate) fn restores(&self) -> Option<&str> {
        self.restores.as_deref()
    }

    /// Says which revision the change comes from, under the word that the new revision's message has for it.
    pub(crate) fn comes_from(&mut self, word: &'static str, revision: String) {
        self.origin = Some((word, revision));
    }

    /// The revision that the change comes from, and the word for it.
    #[must_use]
    pub fn origin(&self) -> Option<(&'static str, &str)> {
        self.origin.as_ref().map(|(word, revision)| (*word, revision.as_str()))
    }

    /// Asks for the store itself to be made, even when nothing else is.
    pub fn initialize(&mut self) {
        self.initializes = true;
    }

    /// Whether there is anything to commit to a store, which exists already or not.
    #[must_use]
    pub(crate) fn has_changes(&self, store_exists: bool) -> bool {
        let changed = self.changed();
        self.before.directory != self.after.directory
            || !changed.servers.is_empty()
            || !changed.parts.is_empty()
            || self.initializes && !store_exists
    }

    /// Whether that server was looked at already.
    #[must_use]
    pub(crate) fn is_loaded(&self, name: &str) -> bool {
        self.loaded.contains(&file_of(name))
    }
}

/// Completes the metadata of `after`, which replaces `before`.
fn stamp<N: Record>(before: &[N], after: &mut [N], context: &Context<'_>) {
    record::stamp_all(before, after, context.now.get(), &mut **context.new_guid.borrow_mut());
}

/// Fills in what metadata records do not have.
fn complete<N: Record>(all: &mut [N], context: &Context<'_>) {
    for record in all {
        record.metadata_mut().stamp(false, context.now.get(), &mut **context.new_guid.borrow_mut());
    }
}

/// The same for a server with its connectors.
fn stamp_host(before: Option<&Host>, after: &mut Host, context: &Context<'_>) {
    let (server, connectors) = before.map(|host| (&host.server, host.connectors.as_slice())).unzip();
    stamp(
        server.map(std::slice::from_ref).unwrap_or_default(),
        std::slice::from_mut(&mut after.server),
        context,
    );
    stamp(connectors.unwrap_or_default(), &mut after.connectors, context);
}
