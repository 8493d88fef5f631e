//! What a store holds, in memory: the two sides of a draft, and what the lines of a runbook are tried on.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use enumset::EnumSet;

use super::difference::{Pair, of_directory, of_host, of_part};
use super::{ChangedFiles, Difference, Draft, Source};
use crate::answer::Problem;
use crate::connector::Host;
use crate::organization::{Member, Organization, Part, with_part};
use crate::param::{Metadata, record};
use crate::server::Directory;

/// What a store holds, as far as it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct State {
    /// The organization's names.
    pub directory: Directory,
    /// The servers with their connectors, by their names in lower case.
    pub hosts: BTreeMap<String, Arc<Host>>,
    /// What belongs to no server.
    pub organization: Organization,
    /// Whether the store was made already: only then it keeps its accepted domains under another name (AD3).
    pub exists: bool,
}

impl State {
    /// The names alone.
    #[must_use]
    pub fn named(directory: Directory, exists: bool) -> Self {
        State { directory, hosts: BTreeMap::new(), organization: Organization::default(), exists }
    }

    /// No store yet, whatever the machine is called.
    #[must_use]
    pub fn nothing() -> Self {
        let mut state = State::named(Directory::new("", ""), false);
        for part in EnumSet::<Part>::all() {
            state.organization.begin(part, &state.directory);
        }
        state
    }

    /// Everything that `source` holds.
    ///
    /// # Errors
    /// Where it cannot be read.
    pub fn of(source: &dyn Source) -> Result<Self, Problem> {
        State::read(source, &ChangedFiles { servers: source.server_names()?, parts: EnumSet::all() })
    }

    /// The names, and what `source` holds of some files.
    ///
    /// # Errors
    /// Where they cannot be read.
    pub fn read(source: &dyn Source, files: &ChangedFiles) -> Result<Self, Problem> {
        let mut state = State::named(source.directory()?, source.exists());
        for part in files.parts {
            source.part(part, &mut state.organization)?;
        }
        for name in &files.servers {
            if let Some(host) = source.host(name)? {
                state.put(Arc::new(host));
            }
        }
        Ok(state)
    }

    /// What `draft` makes of what it was made from.
    ///
    /// # Errors
    /// Where that cannot be read.
    pub fn after(draft: &Draft<'_>) -> Result<Self, Problem> {
        let mut state = State::of(draft.source())?;
        state.take(&draft.changed(), draft.after());
        Ok(state)
    }

    /// Puts a server in, in place of the one of its name.
    pub fn put(&mut self, host: Arc<Host>) {
        self.hosts.insert(host.server.name.to_lowercase(), host);
    }

    /// The server of that name, in any case.
    #[must_use]
    pub(crate) fn host_of(&self, name: &str) -> Option<&Arc<Host>> {
        self.hosts.get(&name.to_lowercase())
    }

    /// The names, and what another state holds of some files.
    pub fn take(&mut self, files: &ChangedFiles, from: &State) {
        self.directory.clone_from(&from.directory);
        for name in &files.servers {
            match from.host_of(name) {
                Some(host) => self.put(Arc::clone(host)),
                None => drop(self.hosts.remove(&name.to_lowercase())),
            }
        }
        for part in files.parts {
            self.organization.take(part, &from.organization);
        }
    }

    /// The servers in which `after` differs, as they are here and there.
    pub(crate) fn changed_hosts<'a>(&'a self, after: &'a State) -> impl Iterator<Item = Pair<'a, Host>> {
        let names: BTreeSet<&String> = self.hosts.keys().chain(after.hosts.keys()).collect();
        let pairs = names.into_iter().map(|name| (self.hosts.get(name), after.hosts.get(name)));
        pairs.filter(|(old, new)| old != new).map(|(old, new)| (old.map(Arc::as_ref), new.map(Arc::as_ref)))
    }

    /// The files in which `after` differs.
    #[must_use]
    pub fn changed(&self, after: &State) -> ChangedFiles {
        let name = |(old, new): Pair<'_, Host>| Some(new.or(old)?.server.name.clone());
        let differs = |part: &Part| !self.organization.is_same(*part, &after.organization);
        ChangedFiles {
            servers: self.changed_hosts(after).filter_map(name).collect(),
            parts: EnumSet::all().iter().filter(differs).collect(),
        }
    }

    /// What differs in some files and in the names, object by object and property by property.
    #[must_use]
    pub(crate) fn differences_in(&self, files: &ChangedFiles, after: &State) -> Vec<Difference> {
        let mut found = Vec::new();
        of_directory(&self.directory, &after.directory, &mut found);
        for part in files.parts {
            of_part(part, &self.organization, &after.organization, &mut found);
        }
        for name in &files.servers {
            let (before, after_it) = (self.host_of(name), after.host_of(name));
            of_host(before.map(Arc::as_ref), after_it.map(Arc::as_ref), &after.directory, &mut found);
        }
        found
    }

    /// What differs by name: identifiers, dates and remarks aside.
    #[must_use]
    pub(crate) fn differences_by_name(&self, after: &State) -> Vec<Difference> {
        let (before, after) = (self.anonymous(), after.anonymous());
        let mut found = before.differences_in(&before.changed(&after), &after);
        found.retain(|difference| !record::is_remark(difference.property));
        found
    }

    /// The same without identifiers and dates, so that objects are the same by name.
    fn anonymous(&self) -> State {
        let mut state = self.clone();
        for host in state.hosts.values_mut() {
            let host = Arc::make_mut(host);
            host.server.metadata = Metadata::default();
            host.connectors.iter_mut().for_each(|connector| connector.metadata = Metadata::default());
        }
        for part in EnumSet::<Part>::all() {
            with_part!(part, forget_metadata(&mut state.organization));
        }
        state
    }
}

fn forget_metadata<N: Member>(organization: &mut Organization) {
    N::list_mut(organization).iter_mut().for_each(|one| *one.metadata_mut() = Metadata::default());
}

impl Source for State {
    fn exists(&self) -> bool {
        self.exists
    }

    fn directory(&self) -> Result<Directory, Problem> {
        Ok(self.directory.clone())
    }

    fn server_names(&self) -> Result<Vec<String>, Problem> {
        Ok(self.hosts.values().map(|host| host.server.name.clone()).collect())
    }

    fn host(&self, name: &str) -> Result<Option<Host>, Problem> {
        Ok(self.host_of(name).map(|host| Host::clone(host)))
    }

    fn part(&self, part: Part, organization: &mut Organization) -> Result<(), Problem> {
        organization.take(part, &self.organization);
        Ok(())
    }
}
