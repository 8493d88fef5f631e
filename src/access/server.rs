//! One server's access: each ability of each identity on each connector, decided once.

use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::rc::Rc;

use super::ability::{Ability, Holding, PROBES, Probe, is_past};
use super::addresses::Addresses;
use super::endpoint::{Endpoint, endpoints};
use super::identity::{ClientIdentity, Mode};
use crate::connector::{Host, ReceiveConnector};
use crate::session::{Client, Outcome, Policy, Service, Step};

/// An ability with a session that shows it.
#[derive(Clone, Debug)]
pub struct Held {
    /// What the client can do.
    pub ability: Ability,
    /// Whether it is certain.
    pub holding: Holding,
    /// The session.
    pub witness: Client,
}

/// What decides a session but for its remote address: the connector, where it goes on to (P10), and who it is.
type Key = (usize, Option<usize>, ClientIdentity);

/// One server with what its organization knows.
pub struct ServerAccess<'a> {
    /// The server.
    pub host: &'a Host,
    pub(super) service: Service<'a>,
    policy: &'a Policy,
    addresses: &'a Addresses,
    decided: RefCell<HashMap<Key, Rc<[Held]>>>,
}

impl<'a> ServerAccess<'a> {
    /// A server, what its organization knows, and that organization's addresses.
    #[must_use]
    pub fn new(host: &'a Host, policy: &'a Policy, addresses: &'a Addresses) -> Self {
        let decided = RefCell::default();
        ServerAccess { host, service: Service::new(host, policy), policy, addresses, decided }
    }

    /// Where sessions arrive.
    #[must_use]
    pub fn endpoints(&self) -> Vec<Endpoint> {
        endpoints(&[&self.service])
    }

    /// The connector at a place.
    #[must_use]
    pub fn connector(&self, at: usize) -> Option<&'a ReceiveConnector> {
        self.host.connectors.get(at)
    }

    /// Everybody who can come out differently on the connector `at` when he arrives at `endpoint`.
    #[must_use]
    pub fn identities(&self, at: usize, endpoint: Endpoint) -> BTreeSet<ClientIdentity> {
        let backend = self.service.backend_of(endpoint.local).and_then(|at| self.connector(at));
        let of = |connector| ClientIdentity::of(connector, backend, self.policy);
        self.connector(at).map(of).unwrap_or_default()
    }

    /// What `identity` can do on the connector `at`, which answers `remote` at `endpoint`.
    #[must_use]
    pub fn abilities(
        &self,
        at: usize,
        endpoint: Endpoint,
        remote: IpAddr,
        identity: &ClientIdentity,
    ) -> Rc<[Held]> {
        let key = (at, self.service.backend_of(endpoint.local), identity.clone());
        if let Some(known) = self.decided.borrow().get(&key) {
            return known.clone();
        }
        let found: Rc<[Held]> = self.probe(Client::new(remote, endpoint.local), identity).into();
        self.decided.borrow_mut().insert(key, found.clone());
        found
    }

    /// The server's own addresses, and for a family of which it has none the unspecified one.
    pub(super) fn addresses_to_try(&self) -> impl Iterator<Item = IpAddr> + '_ {
        let none = [Ipv4Addr::UNSPECIFIED.into(), Ipv6Addr::UNSPECIFIED.into()];
        self.host.server.addresses.iter().copied().chain(none)
    }

    /// The first session that could show the ability, whether it does or not; `client` where the identity has none.
    pub(super) fn attempt(&self, ability: Ability, identity: &ClientIdentity, client: Client) -> Client {
        self.first(ability, identity, client.clone()).unwrap_or(client)
    }

    fn first(&self, ability: Ability, identity: &ClientIdentity, client: Client) -> Option<Client> {
        let probe = PROBES.iter().find(|probe| probe.ability == ability)?;
        let mode = identity.modes().iter().find(|mode| (probe.mode)(**mode))?;
        let senders = (probe.senders)(self.addresses, identity, self.policy);
        let mut session = Client {
            mail_from: senders.into_iter().next().unwrap_or_default(),
            recipients: (probe.recipients)(self.addresses).first().into_iter().cloned().collect(),
            ..identity.client(client, *mode, self.addresses)
        };
        (probe.with)(&mut session);
        Some(session)
    }

    fn probe(&self, client: Client, identity: &ClientIdentity) -> Vec<Held> {
        let session = |mode: &Mode| (*mode, identity.client(client.clone(), *mode, self.addresses));
        let offered = |(_, client): &(Mode, Client)| is_past(&self.service.decide(client), Step::Auth);
        let sessions: Vec<(Mode, Client)> = identity.modes().iter().map(session).filter(offered).collect();
        let probes = PROBES.iter().filter(|probe| identity.is_among(probe.ability.holders()));
        probes.filter_map(|probe| self.witness(probe, identity, &sessions)).collect()
    }

    /// The first session that shows the ability; else the first by which it may be had.
    fn witness(&self, probe: &Probe, identity: &ClientIdentity, sessions: &[(Mode, Client)]) -> Option<Held> {
        let mut perhaps = None;
        let senders = (probe.senders)(self.addresses, identity, self.policy);
        for (_, session) in sessions.iter().filter(|(mode, _)| (probe.mode)(*mode)) {
            for sender in &senders {
                for recipient in (probe.recipients)(self.addresses) {
                    let recipients = vec![recipient.clone()];
                    let mut witness = Client { mail_from: sender.clone(), recipients, ..session.clone() };
                    (probe.with)(&mut witness);
                    let (decision, treatment) = self.service.decide_treated(&witness);
                    let refused_before = decision.outcome.is_rejected()
                        && !matches!(decision.outcome, Outcome::Rejected(one) if one.step() == Step::RcptTo);
                    let held = (probe.holds)(&decision, treatment.as_ref()).map(|holding| Held {
                        ability: probe.ability,
                        holding,
                        witness,
                    });
                    match held {
                        Some(held) if held.holding == Holding::Yes => return Some(held),
                        held => perhaps = perhaps.or(held),
                    }
                    // Another recipient changes nothing where no recipient is what is refused.
                    if refused_before {
                        break;
                    }
                }
            }
        }
        perhaps
    }
}
