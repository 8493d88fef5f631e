//! A draft: one revision of the store as a cmdlet changes it, before anybody commits it.
//!
//! Servers are loaded when they are asked for. What changed is known by comparing, so a cmdlet has nothing to
//! report; questions that a change raises are answered from what the user said before, or noted down.

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use enumset::EnumSet;

use super::{Archive, Source};
use crate::answer::Problem;
use crate::cmdlet::args::Context;
use crate::connector::Host;
use crate::connector::rules;
use crate::organization::{AcceptedDomain, Member, Organization, Part, with_part};
use crate::param::{Record, record};
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

/// One server before and after.
#[derive(Clone, Debug)]
pub struct HostChange {
    /// As the store has it; nothing for a new server.
    pub before: Option<Arc<Host>>,
    /// As it is to be; nothing for a removed one.
    pub after: Option<Arc<Host>>,
}

/// A revision being changed.
pub struct Draft<'s> {
    source: &'s dyn Source,
    archive: Option<&'s dyn Archive>,
    directory_before: Directory,
    directory: Directory,
    hosts: BTreeMap<String, HostChange>,
    parts: Parts,
    answers: Answers,
    questions: Vec<Question>,
    restores: Option<String>,
    origin: Option<(&'static str, String)>,
    initializes: bool,
}

/// The key of a server: names are the same in any case.
fn key(name: &str) -> String {
    name.to_lowercase()
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
    pub fn of_broken(source: &'s dyn Source, archive: Option<&'s dyn Archive>, answers: Answers) -> Self {
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
        Draft {
            source,
            archive,
            directory_before: directory.clone(),
            directory,
            hosts: BTreeMap::new(),
            parts: Parts::default(),
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
        &self.directory
    }

    /// The organization's names, to change.
    pub fn directory_mut(&mut self) -> &mut Directory {
        &mut self.directory
    }

    /// The organization's names before and after, if they changed.
    #[must_use]
    pub fn directory_change(&self) -> Option<(&Directory, &Directory)> {
        (self.directory != self.directory_before).then_some((&self.directory_before, &self.directory))
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
    pub fn least_server_count(&self) -> Result<usize, Problem> {
        let removed = self.hosts.values().filter(|change| change.after.is_none()).count();
        let kept = self.source.server_count()?.saturating_sub(removed);
        Ok(kept.max(self.hosts.len() - removed))
    }

    /// The names of the servers whose files may hold that name, in order; every one that was loaded is among them.
    ///
    /// # Errors
    /// Where the store cannot be read.
    pub fn servers_naming(&self, name: &str) -> Result<Vec<String>, Problem> {
        Ok(self.with_changes(self.source.servers_naming(name)?))
    }

    /// The servers of the store that are still there, and those that were loaded or made.
    fn with_changes(&self, mut names: Vec<String>) -> Vec<String> {
        if !self.hosts.is_empty() {
            names.retain(|name| self.hosts.get(&key(name)).is_none_or(|change| change.after.is_some()));
            let known: HashSet<String> = names.iter().map(|name| key(name)).collect();
            let new = self.hosts.iter().filter(|(key, _)| !known.contains(*key));
            names.extend(new.filter_map(|(_, change)| Some(change.after.as_ref()?.server.name.clone())));
        }
        names.sort_by_cached_key(|name| key(name));
        names
    }

    /// The server of that name, in any case.
    ///
    /// # Errors
    /// Where its file cannot be read.
    pub fn host(&mut self, name: &str) -> Result<Option<Arc<Host>>, Problem> {
        if let Some(change) = self.hosts.get(&key(name)) {
            return Ok(change.after.clone());
        }
        let Some(host) = self.source.host(name)?.map(Arc::new) else { return Ok(None) };
        self.hosts.insert(key(name), HostChange { before: Some(host.clone()), after: Some(host.clone()) });
        Ok(Some(host))
    }

    /// Takes a server out, to be changed and put in again: without a copy where nothing else holds it.
    pub fn take(&mut self, host: Arc<Host>) -> Host {
        if let Some(change) = self.hosts.get_mut(&key(&host.server.name)) {
            change.after = None;
        }
        Arc::unwrap_or_clone(host)
    }

    /// Gives up what was read of a server that was not changed: it is read again when it is asked for.
    pub fn forget(&mut self, name: &str) {
        if self.hosts.get(&key(name)).is_some_and(|change| change.before == change.after) {
            self.hosts.remove(&key(name));
            self.source.forget(name);
        }
    }

    /// Puts `host` in, in place of the server of its name, with dates and identifiers on what changed: a new
    /// object is made now, a changed one changes now, and what is missing in a hand-written one is filled in.
    ///
    /// # Errors
    /// Where the server's file cannot be read.
    pub fn put(&mut self, mut host: Host, context: &Context<'_>) -> Result<(), Problem> {
        let name = host.server.name.clone();
        let _ = self.host(&name)?;
        if host.connectors.iter().any(|connector| !connector.metadata.accepted.is_empty()) {
            let broken = rules::broken(&host);
            record::settle_accepted(&mut host.connectors, &broken);
        }
        let change = self.hosts.entry(key(&name)).or_insert(HostChange { before: None, after: None });
        if change.before.as_deref() != Some(&host) {
            stamp_host(change.before.as_deref(), &mut host, context);
        }
        change.after = Some(Arc::new(host));
        Ok(())
    }

    /// Puts `host` in as it is elsewhere, with its own dates and identifiers; what is missing of those is filled in.
    ///
    /// # Errors
    /// Where the server's file cannot be read.
    pub fn put_copied(&mut self, mut host: Host, context: &Context<'_>) -> Result<(), Problem> {
        let name = host.server.name.clone();
        let _ = self.host(&name)?;
        complete(std::slice::from_mut(&mut host.server), context);
        complete(&mut host.connectors, context);
        let change = self.hosts.entry(key(&name)).or_insert(HostChange { before: None, after: None });
        change.after = Some(Arc::new(host));
        Ok(())
    }

    /// Brings a server back as it was, with its own dates and identifiers, or takes it away again; what is there
    /// now need not be readable.
    pub fn put_back(&mut self, name: &str, host: Option<Host>) {
        let before = self.host(name).ok().flatten();
        let change = self.hosts.entry(key(name)).or_insert(HostChange { before, after: None });
        change.after = host.map(Arc::new);
    }

    /// Takes the server of that name out.
    ///
    /// # Errors
    /// Where the server's file cannot be read.
    pub fn remove(&mut self, name: &str) -> Result<(), Problem> {
        let _ = self.host(name)?;
        if let Some(change) = self.hosts.get_mut(&key(name)) {
            change.after = None;
        }
        Ok(())
    }

    /// The organization's objects of one noun.
    ///
    /// # Errors
    /// Where their file cannot be read.
    pub fn members<N: Member>(&mut self) -> Result<&[N], Problem> {
        self.parts.load(N::PART, self.source)?;
        Ok(N::list(&self.parts.after))
    }

    /// Whether the accepted domains take so much that whoever may submit can relay (R3).
    ///
    /// # Errors
    /// Where their file cannot be read.
    pub fn catches_all(&mut self) -> Result<bool, Problem> {
        Ok(self.members::<AcceptedDomain>()?.iter().any(AcceptedDomain::catches_all))
    }

    /// Puts `all` in as the organization's objects of one noun, with dates and identifiers on what changed.
    ///
    /// # Errors
    /// The first refusal of the rules that they keep together, or where their file cannot be read.
    pub fn put_members<N: Member>(&mut self, mut all: Vec<N>, context: &Context<'_>) -> Result<(), Problem> {
        self.parts.load(N::PART, self.source)?;
        let broken = N::check(&all);
        record::settle_accepted(&mut all, &broken);
        if let Some(refusal) = record::first_refused(&all, broken) {
            return Err(refusal.into());
        }
        stamp(N::list(&self.parts.before), &mut all, context);
        *N::list_mut(&mut self.parts.after) = all;
        Ok(())
    }

    /// Puts `all` in as they are elsewhere, with their own dates and identifiers; what is missing of those is filled
    /// in.
    ///
    /// # Errors
    /// As [`Draft::put_members`].
    pub fn put_copied_members<N: Member>(
        &mut self,
        mut all: Vec<N>,
        context: &Context<'_>,
    ) -> Result<(), Problem> {
        self.parts.load(N::PART, self.source)?;
        if let Some(refusal) = record::first_refused(&all, N::check(&all)) {
            return Err(refusal.into());
        }
        complete(&mut all, context);
        *N::list_mut(&mut self.parts.after) = all;
        Ok(())
    }

    /// Brings a part of the organization back as it was, with its own dates and identifiers; what is there now
    /// need not be readable.
    ///
    /// # Errors
    /// Where the old one cannot be read.
    pub fn put_part_back(&mut self, part: Part, old: &dyn Source) -> Result<(), Problem> {
        let _ = self.parts.load(part, self.source);
        old.part(part, &mut self.parts.after)
    }

    /// The parts of the organization that changed.
    #[must_use]
    pub fn changed_parts(&self) -> EnumSet<Part> {
        self.parts.changed()
    }

    /// The organization's objects before and after, as far as they were loaded.
    #[must_use]
    pub fn organizations(&self) -> (&Organization, &Organization) {
        (&self.parts.before, &self.parts.after)
    }

    /// What a store that is being made begins with: the objects that there are where no file says anything, now
    /// the store's own.
    ///
    /// # Errors
    /// Never for a store that is not there yet.
    pub fn found(&mut self, context: &Context<'_>) -> Result<EnumSet<Part>, Problem> {
        let own = EnumSet::only(Part::AcceptedDomains);
        for part in own {
            self.parts.load(part, self.source)?;
            with_part!(part, begin(&mut self.parts, &self.directory, context));
        }
        Ok(own)
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
    pub fn ask_since(&mut self, from: usize, ask: bool) {
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
    pub fn restores(&self) -> Option<&str> {
        self.restores.as_deref()
    }

    /// Says which revision the change comes from, under the word that the new revision's message has for it.
    pub fn comes_from(&mut self, word: &'static str, revision: String) {
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
    pub fn has_changes(&self, store_exists: bool) -> bool {
        self.directory != self.directory_before
            || !self.changes().is_empty()
            || !self.changed_parts().is_empty()
            || self.initializes && !store_exists
    }

    /// Servers that differ from the store.
    #[must_use]
    pub fn changes(&self) -> Vec<HostChange> {
        self.hosts.values().filter(|change| change.before != change.after).cloned().collect()
    }

    /// Whether that server was looked at already.
    #[must_use]
    pub fn is_loaded(&self, name: &str) -> bool {
        self.hosts.contains_key(&key(name))
    }

    /// Servers that were looked at, changed or not.
    #[must_use]
    pub fn touched(&self) -> Vec<String> {
        self.hosts
            .values()
            .filter_map(|c| c.before.as_ref().or(c.after.as_ref()))
            .map(|h| h.server.name.clone())
            .collect()
    }
}

/// Completes the metadata of `after`, which replaces `before`.
fn stamp<N: Record>(before: &[N], after: &mut [N], context: &Context<'_>) {
    record::stamp_all(before, after, context.now, &mut **context.new_guid.borrow_mut());
}

/// Fills in what metadata records do not have.
fn complete<N: Record>(all: &mut [N], context: &Context<'_>) {
    for record in all {
        record.metadata_mut().stamp(false, context.now, &mut **context.new_guid.borrow_mut());
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

/// The organization's objects before and after, loaded part by part.
#[derive(Default)]
struct Parts {
    loaded: EnumSet<Part>,
    before: Organization,
    after: Organization,
}

impl Parts {
    fn load(&mut self, part: Part, source: &dyn Source) -> Result<(), Problem> {
        if !self.loaded.contains(part) {
            source.part(part, &mut self.before)?;
            with_part!(part, copy(&self.before, &mut self.after));
            self.loaded.insert(part);
        }
        Ok(())
    }

    fn changed(&self) -> EnumSet<Part> {
        EnumSet::all().iter().filter(|part| with_part!(*part, differ(&self.before, &self.after))).collect()
    }
}

fn copy<N: Member>(from: &Organization, to: &mut Organization) {
    N::list_mut(to).clone_from(N::list(from));
}

fn differ<N: Member>(before: &Organization, after: &Organization) -> bool {
    N::list(before) != N::list(after)
}

/// What a new store begins with follows its own names, unless the same call said otherwise.
fn begin<N: Member>(parts: &mut Parts, directory: &Directory, context: &Context<'_>) {
    if N::list(&parts.after) == N::list(&parts.before) {
        *N::list_mut(&mut parts.after) = N::first(directory);
        stamp(&[], N::list_mut(&mut parts.after), context);
    }
}
