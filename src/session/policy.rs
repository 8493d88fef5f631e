//! What an organization knows beside its servers' connectors: domains, lists, accounts, whose an address is.
//!
//! It is filled by whoever has read a store, and refuses to know one.

use std::collections::{HashMap, HashSet};
use std::net::IpAddr;

use super::domains::{Domains, folded};
use super::identity::Peer;
use crate::organization::AcceptedDomain;
use crate::permission::{AUTHENTICATED, Principal};

/// What is known of an account.
#[derive(Clone, Debug, Default)]
pub struct Account {
    /// Its name: `CONTOSO\app1`.
    pub name: String,
    /// Its security identifier, where known.
    pub sid: Option<String>,
    /// Every group that it is in, through other groups too: names and SIDs.
    pub groups: Vec<String>,
    /// Its own addresses; nothing where the organization does not say.
    pub addresses: Option<Vec<String>>,
    /// Addresses that it may send as.
    pub send_as: Vec<String>,
}

/// A server of the organization that addresses belong to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PeerServer {
    /// Its name.
    pub name: String,
    /// What it is to another server.
    pub peer: Peer,
}

/// What an organization knows.
#[derive(Clone, Debug)]
pub struct Policy {
    /// The organization's NetBIOS domain.
    pub domain: String,
    /// The accepted domains.
    pub domains: Domains,
    /// The default accepted domain's name, which an address without one belongs to.
    pub default_domain: Option<String>,
    /// TransportConfig's Xexch50Enabled.
    pub xexch50: bool,
    receive_secure: HashSet<String>,
    send_secure: HashSet<String>,
    accounts: Vec<Known>,
    by_name: HashMap<String, usize>,
    peers: HashMap<IpAddr, PeerServer>,
}

/// An account with whom it is to an access list.
#[derive(Clone, Debug)]
struct Known {
    account: Account,
    principals: Vec<Principal>,
}

impl Policy {
    /// An organization that knows no more than its domains. Xexch50Enabled is on, as by default.
    #[must_use]
    pub fn new(netbios_domain: &str, domains: Domains) -> Self {
        Policy {
            domain: netbios_domain.to_owned(),
            domains,
            default_domain: None,
            xexch50: true,
            receive_secure: HashSet::new(),
            send_secure: HashSet::new(),
            accounts: Vec::new(),
            by_name: HashMap::new(),
            peers: HashMap::new(),
        }
    }

    /// With TLSReceiveDomainSecureList and TLSSendDomainSecureList. An entry with a wildcard fits no domain (P9).
    #[must_use]
    pub fn secure(mut self, receive: &[String], send: &[String]) -> Self {
        let names = |list: &[String]| list.iter().map(|name| folded(name).into_owned()).collect();
        (self.receive_secure, self.send_secure) = (names(receive), names(send));
        self
    }

    /// With one more accepted domain.
    #[must_use]
    pub(super) fn accepting(mut self, name: &str) -> Self {
        let mut all = self.domains.all().to_vec();
        all.push(AcceptedDomain::new(name, name));
        self.domains = Domains::new(&all);
        self
    }

    /// With one more account.
    #[must_use]
    pub fn account(mut self, account: Account) -> Self {
        let principal = |name: &String| Principal::read_in(name, &self.domain);
        let names = std::iter::once(&account.name).chain(&account.sid);
        let mut principals: Vec<_> = names.clone().chain(&account.groups).map(principal).collect();
        principals.extend(Principal::read(AUTHENTICATED).session());
        names.for_each(|name| {
            self.by_name.insert(name.to_lowercase(), self.accounts.len());
        });
        self.accounts.push(Known { account, principals });
        self
    }

    /// With a server that owns an address.
    #[must_use]
    pub fn peer(mut self, address: IpAddr, server: PeerServer) -> Self {
        self.peers.insert(address.to_canonical(), server);
        self
    }

    /// Whether a domain is on TLSReceiveDomainSecureList.
    #[must_use]
    pub(crate) fn is_receive_secure(&self, domain: &str) -> bool {
        !self.receive_secure.is_empty() && self.receive_secure.contains(folded(domain).as_ref())
    }

    /// Whether a domain is on TLSSendDomainSecureList.
    #[must_use]
    pub(crate) fn is_send_secure(&self, domain: &str) -> bool {
        self.send_secure.contains(folded(domain).as_ref())
    }

    /// The server of the organization that owns an address (P6).
    #[must_use]
    pub(crate) fn server_at(&self, address: IpAddr) -> Option<&PeerServer> {
        self.peers.get(&address.to_canonical())
    }

    /// What is known of an account, by its name or SID in any case.
    #[must_use]
    pub fn known(&self, user: &str) -> Option<&Account> {
        self.find(user).map(|known| &known.account)
    }

    /// Every known account or group.
    pub fn accounts(&self) -> impl Iterator<Item = &Account> {
        self.accounts.iter().map(|known| &known.account)
    }

    /// The first domain, by name, of TLSReceiveDomainSecureList.
    #[must_use]
    pub(crate) fn receive_secure_domain(&self) -> Option<&str> {
        self.receive_secure.iter().map(String::as_str).filter(|name| !name.contains('*')).min()
    }

    /// Whom a known account is to an access list: itself, its SID, its groups, Authenticated Users and the groups of
    /// every session (P6).
    #[must_use]
    pub fn principals(&self, user: &str) -> Option<&[Principal]> {
        self.find(user).map(|known| known.principals.as_slice())
    }

    fn find(&self, user: &str) -> Option<&Known> {
        if self.accounts.is_empty() {
            return None;
        }
        self.by_name.get(&user.to_lowercase()).and_then(|at| self.accounts.get(*at))
    }
}
