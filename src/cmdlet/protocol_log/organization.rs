//! What logged sessions are decided by: servers laid out once, and what the organization knows.

use std::collections::HashMap;
use std::rc::Rc;
use std::sync::Arc;

use crate::answer::Problem;
use crate::cmdlet::session::policy;
use crate::cmdlet::transaction::Draft;
use crate::connector::Host;
use crate::protocol_log::{Exchange, Facts, Verb};
use crate::replay::Model;
use crate::session::{Layout, Policy, Service};

/// A server, laid out.
pub struct Laid {
    /// The server.
    pub host: Arc<Host>,
    layout: Layout,
}

/// One state of an organization.
pub struct Organization {
    /// By name in small letters; nothing for one that the store does not have.
    servers: HashMap<String, Option<Rc<Laid>>>,
    policy: Policy,
    /// The same with whose each server's address is: it reads every server.
    with_peers: Option<Policy>,
}

impl Organization {
    /// A state that is read as sessions ask for it.
    ///
    /// # Errors
    /// Where the organization's files cannot be read.
    pub fn of(draft: &mut Draft<'_>) -> Result<Self, Problem> {
        Ok(Organization { servers: HashMap::new(), policy: policy::policy(draft)?, with_peers: None })
    }

    /// A state with every server read.
    ///
    /// # Errors
    /// Where a file cannot be read.
    pub fn whole(draft: &mut Draft<'_>) -> Result<Self, Problem> {
        let mut organization = Self::of(draft)?;
        for name in draft.server_names()? {
            organization.server(&name, draft)?;
        }
        organization.policy = policy::with_peers(organization.policy, draft)?;
        Ok(organization)
    }

    /// A server; nothing where the store does not have it.
    ///
    /// # Errors
    /// Where its file cannot be read.
    pub fn server(&mut self, name: &str, draft: &mut Draft<'_>) -> Result<Option<Rc<Laid>>, Problem> {
        let key = name.to_lowercase();
        if let Some(known) = self.servers.get(&key) {
            return Ok(known.clone());
        }
        let host = if name.is_empty() { None } else { draft.host(name)? };
        let laid = host.map(|host| Rc::new(Laid { layout: Layout::new(&host), host }));
        self.servers.insert(key, laid.clone());
        Ok(laid)
    }

    /// The organization as a session needs it.
    ///
    /// # Errors
    /// Where a server's file cannot be read.
    pub(crate) fn policy_for(
        &mut self,
        facts: &Facts<'_>,
        draft: &mut Draft<'_>,
    ) -> Result<&Policy, Problem> {
        let names_server = |one: &Exchange<'_>| {
            one.verb == Verb::Auth
                && one.text.get(..6).is_some_and(|word| word.eq_ignore_ascii_case("X-EXPS"))
        };
        if !facts.exchanges.iter().any(names_server) {
            return Ok(&self.policy);
        }
        if self.with_peers.is_none() {
            self.with_peers = Some(policy::with_peers(self.policy.clone(), draft)?);
        }
        Ok(self.with_peers.as_ref().unwrap_or(&self.policy))
    }

    /// What `decide` says of a server that was read before; nothing where the store does not have it.
    pub(crate) fn with_model<T>(&self, name: &str, decide: impl FnOnce(&Model<'_>) -> T) -> Option<T> {
        let laid = self.servers.get(&name.to_lowercase())?.as_ref()?;
        Some(laid.model(&self.policy, decide))
    }
}

impl Laid {
    /// What `decide` says of this server in an organization.
    pub fn model<T>(&self, policy: &Policy, decide: impl FnOnce(&Model<'_>) -> T) -> T {
        let service = Service::laid_out(&self.host, policy, &self.layout);
        decide(&Model { host: &self.host, policy, service: &service })
    }
}
