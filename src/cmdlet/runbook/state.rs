//! A whole store in memory, on which the lines of a runbook are tried before they are written.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;
use std::sync::Arc;

use enumset::EnumSet;

use super::Line;
use crate::answer::Problem;
use crate::cmdlet::accepted_domain::references;
use crate::cmdlet::args::{Call, Context};
use crate::cmdlet::transaction::difference::{of_directory, of_host, of_part};
use crate::cmdlet::transaction::{Answers, Difference, Draft, HostChange, Source};
use crate::connector::Host;
use crate::organization::{Member, Organization, Part, with_part};
use crate::param::{Metadata, record};
use crate::server::Directory;

/// What a store holds.
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
    /// No store yet, whatever the machine is called.
    #[must_use]
    pub fn nothing() -> Self {
        let directory = Directory::new("", "");
        let mut organization = Organization::default();
        for part in EnumSet::<Part>::all() {
            with_part!(part, begin(&directory, &mut organization));
        }
        State { directory, hosts: BTreeMap::new(), organization, exists: false }
    }

    /// What `source` holds.
    ///
    /// # Errors
    /// Where it cannot be read.
    pub fn of(source: &dyn Source) -> Result<Self, Problem> {
        let mut state = State::without_servers(source)?;
        for name in source.server_names()? {
            state.put(source.host(&name)?);
        }
        Ok(state)
    }

    /// What `source` holds, but for its servers.
    ///
    /// # Errors
    /// Where it cannot be read.
    pub fn without_servers(source: &dyn Source) -> Result<Self, Problem> {
        let directory = source.directory()?;
        let mut organization = Organization::default();
        for part in EnumSet::<Part>::all() {
            source.part(part, &mut organization)?;
        }
        Ok(State { directory, hosts: BTreeMap::new(), organization, exists: source.exists() })
    }

    /// Puts a server in.
    pub fn put(&mut self, host: Option<Host>) {
        if let Some(host) = host {
            self.hosts.insert(host.server.name.to_lowercase(), Arc::new(host));
        }
    }

    /// The server of that name, in any case.
    #[must_use]
    pub fn host_of(&self, name: &str) -> Option<&Arc<Host>> {
        self.hosts.get(&name.to_lowercase())
    }

    /// What differs, object by object and property by property; dates and identifiers aside.
    #[must_use]
    pub fn differences(&self, other: &State) -> Vec<Difference> {
        self.anonymous().differences_by_name(&other.anonymous())
    }

    fn differences_by_name(&self, other: &State) -> Vec<Difference> {
        let mut found = Vec::new();
        of_directory(&self.directory, &other.directory, &mut found);
        for part in EnumSet::<Part>::all() {
            of_part(part, &self.organization, &other.organization, &mut found);
        }
        let names: BTreeSet<&String> = self.hosts.keys().chain(other.hosts.keys()).collect();
        for name in names {
            let (before, after) = (self.hosts.get(name), other.hosts.get(name));
            if before != after {
                of_host(before.map(|host| &**host), after.map(|host| &**host), &other.directory, &mut found);
            }
        }
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

    /// Runs a line.
    ///
    /// # Errors
    /// Why the cmdlet refuses it; nothing is changed then.
    pub fn run(&mut self, line: &Line, context: &Rc<Context<'_>>) -> Result<(), Problem> {
        let call = Call::new(line.cmdlet, line.args.clone(), Rc::clone(context));
        let mut draft = Draft::new(self, None, Answers::new())?;
        (line.cmdlet.run)(&call, &mut draft)?;
        references::check(&mut draft)?;
        let changed = Changed::of(&draft);
        self.change(changed);
        Ok(())
    }

    /// What `draft` makes of what it was made from.
    ///
    /// # Errors
    /// Where that cannot be read.
    pub fn after(draft: &Draft<'_>) -> Result<Self, Problem> {
        let mut state = State::of(draft.source())?;
        state.change(Changed::of(draft));
        Ok(state)
    }

    fn change(&mut self, changed: Changed) {
        self.directory = changed.directory;
        for HostChange { before, after } in changed.hosts {
            match (before, after) {
                (_, Some(host)) => {
                    self.hosts.insert(host.server.name.to_lowercase(), host);
                }
                (Some(host), None) => {
                    self.hosts.remove(&host.server.name.to_lowercase());
                }
                (None, None) => {}
            }
        }
        for part in changed.parts {
            with_part!(part, take(&changed.organization, &mut self.organization));
        }
    }
}

/// What a draft changed.
struct Changed {
    directory: Directory,
    hosts: Vec<HostChange>,
    parts: EnumSet<Part>,
    organization: Organization,
}

impl Changed {
    fn of(draft: &Draft<'_>) -> Self {
        Changed {
            directory: draft.directory().clone(),
            hosts: draft.changes(),
            parts: draft.changed_parts(),
            organization: draft.organizations().1.clone(),
        }
    }
}

fn begin<N: Member>(directory: &Directory, organization: &mut Organization) {
    *N::list_mut(organization) = N::first(directory);
}

fn forget_metadata<N: Member>(organization: &mut Organization) {
    N::list_mut(organization).iter_mut().for_each(|one| *one.metadata_mut() = Metadata::default());
}

fn take<N: Member>(from: &Organization, to: &mut Organization) {
    N::list_mut(to).clone_from(N::list(from));
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
        with_part!(part, take(&self.organization, organization));
        Ok(())
    }
}
