//! Who a client can be to a connector, as far as two of them can come out differently (AC2).

use std::collections::BTreeSet;

use super::addresses::Addresses;
use crate::connector::{AuthMechanism, ReceiveConnector};
use crate::organization::access_policy::Holders;
use crate::param::same_name;
use crate::permission::Principal;
use crate::session::{Client, Mechanism, Peer, Policy, Tls};

/// Who a client is.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ClientIdentity {
    /// It proves nothing: anonymous, or externally secured on a connector with ExternalAuthoritative (P6).
    Unauthenticated,
    /// A domain under Domain Security that proves itself by its certificate (P9).
    Partner,
    /// An account that no access list names.
    AnyAccount,
    /// An account or group that an access list names, or an account in such a group.
    Account(String),
    /// A server of the organization (P6).
    Server(Peer),
}

/// How a client encrypts and authenticates.
#[derive(Clone, Copy, Debug)]
pub(super) struct Mode {
    pub tls: Tls,
    pub mechanism: Option<Mechanism>,
}

const fn mode(tls: Tls, mechanism: Option<Mechanism>) -> Mode {
    Mode { tls, mechanism }
}

const UNAUTHENTICATED: &[Mode] =
    &[mode(Tls::None, None), mode(Tls::StartTls, None), mode(Tls::AnonymousTls, None)];
const PARTNER: &[Mode] = &[mode(Tls::StartTls, None)];
const ACCOUNT: &[Mode] = &[
    mode(Tls::None, Some(Mechanism::BasicAuth)),
    mode(Tls::None, Some(Mechanism::NTLM)),
    mode(Tls::None, Some(Mechanism::GSSAPI)),
    mode(Tls::StartTls, Some(Mechanism::BasicAuth)),
    mode(Tls::StartTls, Some(Mechanism::NTLM)),
    mode(Tls::StartTls, Some(Mechanism::GSSAPI)),
];
const SERVER: &[Mode] = &[
    mode(Tls::AnonymousTls, Some(Mechanism::ExchangeServer)),
    mode(Tls::StartTls, Some(Mechanism::ExchangeServer)),
    mode(Tls::None, Some(Mechanism::ExchangeServer)),
];

impl ClientIdentity {
    /// Everybody who can come out differently on `connector`, whose authenticated sessions go on to `backend` (P10).
    pub(super) fn of(
        connector: &ReceiveConnector,
        backend: Option<&ReceiveConnector>,
        policy: &Policy,
    ) -> BTreeSet<Self> {
        let mut all = BTreeSet::from([ClientIdentity::Unauthenticated, ClientIdentity::AnyAccount]);
        all.extend(
            [Peer::HubTransport, Peer::EdgeTransport, Peer::ExchangeServer].map(ClientIdentity::Server),
        );
        if connector.domain_secure && policy.receive_secure_domain().is_some() {
            all.insert(ClientIdentity::Partner);
        }
        let lists = [Some(connector), backend];
        let entries = lists.into_iter().flatten().flat_map(|one| one.access.own_entries());
        let named: Vec<&Principal> = entries
            .map(|entry| &entry.principal)
            .filter(|principal| matches!(principal, Principal::Account(_)))
            .collect();
        if named.is_empty() {
            return all;
        }
        let members = policy.accounts().map(|account| account.name.as_str()).filter(|name| {
            let principals = policy.principals(name).unwrap_or_default();
            principals.iter().any(|principal| named.contains(&principal))
        });
        let names = members.chain(named.iter().map(|principal| principal.name()));
        all.extend(names.map(|name| ClientIdentity::Account(name.to_owned())));
        all
    }

    /// Its name on `connector`.
    #[must_use]
    pub fn name(&self, connector: &ReceiveConnector) -> String {
        match self {
            ClientIdentity::Unauthenticated
                if connector.auth.contains(AuthMechanism::ExternalAuthoritative) =>
            {
                "ExternallySecured".to_owned()
            }
            ClientIdentity::Unauthenticated => "Anonymous".to_owned(),
            ClientIdentity::Partner => "Partner".to_owned(),
            ClientIdentity::AnyAccount => "Authenticated".to_owned(),
            ClientIdentity::Account(name) => name.clone(),
            ClientIdentity::Server(peer) => <&str>::from(*peer).to_owned(),
        }
    }

    /// Whether it proves itself by AUTH or X-EXPS.
    #[must_use]
    pub(crate) fn is_authenticated(&self) -> bool {
        !matches!(self, ClientIdentity::Unauthenticated | ClientIdentity::Partner)
    }

    /// Whether it is the other; names of accounts are the same in any case.
    pub(super) fn is(&self, other: &ClientIdentity) -> bool {
        match (self, other) {
            (ClientIdentity::Account(one), ClientIdentity::Account(other)) => same_name(one, other),
            (one, other) => one == other,
        }
    }

    /// Whether it is one of these.
    pub(super) fn is_among(&self, holders: Holders) -> bool {
        match holders {
            Holders::Everybody => true,
            Holders::AllButPartners => *self != ClientIdentity::Partner,
            Holders::Unauthenticated => !self.is_authenticated(),
            Holders::Authenticated => self.is_authenticated(),
            Holders::Accounts => matches!(self, ClientIdentity::AnyAccount | ClientIdentity::Account(_)),
        }
    }

    /// The ways in which it can encrypt and authenticate, the plainest first.
    pub(super) fn modes(&self) -> &'static [Mode] {
        match self {
            ClientIdentity::Unauthenticated => UNAUTHENTICATED,
            ClientIdentity::Partner => PARTNER,
            ClientIdentity::AnyAccount | ClientIdentity::Account(_) => ACCOUNT,
            ClientIdentity::Server(_) => SERVER,
        }
    }

    /// `client` as one who is this, in that way.
    pub(super) fn client(&self, client: Client, mode: Mode, addresses: &Addresses) -> Client {
        let Mode { tls, mechanism } = mode;
        let client = Client { tls, mechanism, ..client };
        match self {
            ClientIdentity::Unauthenticated => client,
            ClientIdentity::Partner => {
                Client { certificate: addresses.secure_domain().into_iter().collect(), ..client }
            }
            ClientIdentity::AnyAccount => Client { user: Some(addresses.stranger().to_owned()), ..client },
            ClientIdentity::Account(name) => Client { user: Some(name.clone()), ..client },
            ClientIdentity::Server(peer) => Client { peer: Some(*peer), ..client },
        }
    }
}
