//! What an organization knows, laid out for the access of its servers.

use crate::access::{Addresses, ServerAccess};
use crate::answer::Problem;
use crate::cmdlet::session::policy;
use crate::cmdlet::transaction::Draft;
use crate::connector::Host;
use crate::session::Policy;

/// What every server of an organization shares.
pub struct Shared {
    /// Domains, lists and accounts.
    pub policy: Policy,
    /// The addresses that witness abilities.
    pub addresses: Addresses,
}

impl Shared {
    /// What `draft` has.
    ///
    /// # Errors
    /// Where one of the organization's files cannot be read.
    pub fn of(draft: &mut Draft<'_>) -> Result<Self, Problem> {
        let policy = policy::policy(draft)?;
        let addresses = Addresses::new(&policy);
        Ok(Shared { policy, addresses })
    }

    /// A server's access.
    #[must_use]
    pub fn access<'a>(&'a self, host: &'a Host) -> ServerAccess<'a> {
        ServerAccess::new(host, &self.policy, &self.addresses)
    }
}
