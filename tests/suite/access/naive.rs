//! Random servers of a small world, and its naive twin: every session that a client could try, one by one.

use std::net::{IpAddr, SocketAddr};

use exch::access::{Ability, ClientIdentity, Endpoint, Holding, ServerAccess};
use exch::connector::{AuthMechanism, Host, TransportRole};
use exch::net::RemoteRange;
use exch::permission::{PermissionGroup, RIGHTS};
use exch::session::{Client, HeaderFamily, Mechanism, Outcome, Peer, Policy, Service, Step, Tls, Treatment};
use proptest::prelude::*;
use strum::VariantNames;

use crate::session::scene::Scene;

pub const REMOTES: [&str; 10] = [
    "10.0.0.0",
    "10.0.0.3",
    "10.0.0.4",
    "10.0.0.7",
    "10.0.0.8",
    "10.0.0.15",
    "192.0.2.1",
    "fd00::",
    "fd00::7",
    "fd00::8",
];
pub const RANGES: [&str; 9] = [
    "0.0.0.0/0",
    "10.0.0.0/28",
    "10.0.0.0/29",
    "10.0.0.4-10.0.0.7",
    "10.0.0.3",
    "10.0.0.15",
    "::/0",
    "fd00::/124",
    "fd00::7-fd00::8",
];
pub const BINDINGS: [&str; 7] =
    ["0.0.0.0:25", "10.1.0.1:25", "10.1.0.2:25", "[::]:25", "10.1.0.1:587", "0.0.0.0:587", "0.0.0.0:2525"];
pub const LOCALS: [&str; 6] =
    ["10.1.0.1:25", "10.1.0.2:25", "10.1.0.3:25", "[fd00:1::1]:25", "10.1.0.1:587", "10.1.0.2:587"];
pub const PRINCIPALS: [&str; 9] = [
    "Everyone",
    "NETWORK",
    "S-1-5-7",
    "S-1-5-11",
    r"CONTOSO\ann",
    r"CONTOSO\staff",
    r"CONTOSO\app1",
    "Partner Servers",
    "Externally Secured Servers",
];

pub type Made = ([bool; 7], u8, u8, u8, u16, Vec<(usize, usize, bool)>);

pub fn connectors() -> impl Strategy<Value = Vec<Made>> {
    let entry = (0..PRINCIPALS.len(), 0..12usize, any::<bool>());
    let entries = proptest::collection::vec(entry, 0..4);
    proptest::collection::vec(
        (any::<[bool; 7]>(), any::<u8>(), any::<u8>(), any::<u8>(), any::<u16>(), entries),
        1..5,
    )
}

/// A server of these connectors, of 2019 or Edge.
pub fn host(made: &[Made], edge: bool) -> (Host, Policy) {
    let mut scene = Scene::new();
    if edge {
        scene.edge();
    }
    scene.host.server.addresses =
        ["10.1.0.1", "10.1.0.2", "10.1.0.3", "fd00:1::1"].map(|a| a.parse().unwrap()).into();
    let template = scene.host.connectors[0].clone();
    let mut all = Vec::new();
    for (flags, groups, auth, bindings, ranges, entries) in made {
        scene.host.connectors = vec![template.clone()];
        let named = [
            PermissionGroup::AnonymousUsers,
            PermissionGroup::ExchangeUsers,
            PermissionGroup::ExchangeServers,
            PermissionGroup::Partners,
        ];
        let set = |bits: u8, at: usize| bits & (1 << at) != 0;
        scene.groups(
            named.into_iter().enumerate().filter(|(at, _)| set(*groups, *at)).map(|(_, one)| one).collect(),
        );
        for (principal, right, deny) in entries {
            scene.entry(PRINCIPALS[*principal], RIGHTS[*right].name, *deny);
        }
        let connector = scene.connector();
        let mechanisms = [
            AuthMechanism::Tls,
            AuthMechanism::Integrated,
            AuthMechanism::BasicAuth,
            AuthMechanism::BasicAuthRequireTLS,
            AuthMechanism::ExchangeServer,
        ];
        connector.auth = mechanisms
            .into_iter()
            .enumerate()
            .filter(|(at, _)| set(*auth, *at))
            .map(|(_, one)| one)
            .collect();
        if flags[0] && flags[1] {
            connector.auth = AuthMechanism::Tls | AuthMechanism::ExternalAuthoritative;
        }
        connector.domain_secure = flags[2];
        connector.require_tls = flags[3] && flags[4];
        connector.enabled = !(flags[5] && flags[4]);
        connector.transport_role =
            if flags[6] && !edge { TransportRole::FrontendTransport } else { TransportRole::HubTransport };
        let chosen = |of: &[&str], bits: u16| -> Vec<String> {
            of.iter()
                .enumerate()
                .filter(|(at, _)| bits & (1 << at) != 0)
                .map(|(_, text)| (*text).to_owned())
                .collect()
        };
        connector.bindings =
            chosen(&BINDINGS, (*bindings).into()).iter().map(|text| text.parse().unwrap()).collect();
        connector.remote_ip_ranges =
            chosen(&RANGES, *ranges).iter().map(|text| text.parse().unwrap()).collect();
        all.push(connector.clone());
    }
    scene.host.connectors = all;
    let policy = scene.policy();
    (scene.host, policy)
}

/// Everybody who is tried: the identity by which access calls him on a connector is looked up by `identity`.
pub const WHO: [&str; 9] = [
    "unauthenticated",
    "partner",
    r"CONTOSO\ann",
    r"CONTOSO\app1",
    r"CONTOSO\staff",
    r"CONTOSO\whoever",
    "HubTransport",
    "EdgeTransport",
    "ExchangeServer",
];

pub fn identity(who: &str, known: &[ClientIdentity]) -> ClientIdentity {
    match who {
        "unauthenticated" => ClientIdentity::Unauthenticated,
        "partner" => ClientIdentity::Partner,
        "HubTransport" => ClientIdentity::Server(Peer::HubTransport),
        "EdgeTransport" => ClientIdentity::Server(Peer::EdgeTransport),
        "ExchangeServer" => ClientIdentity::Server(Peer::ExchangeServer),
        account => {
            let own = ClientIdentity::Account(account.to_owned());
            if known.contains(&own) { own } else { ClientIdentity::AnyAccount }
        }
    }
}

/// Every session in which `who` could show an ability.
pub fn sessions(who: &str, remote: IpAddr, local: SocketAddr, ability: Ability) -> Vec<Client> {
    let new = || Client::new(remote, local);
    let all_tls = [Tls::None, Tls::StartTls, Tls::AnonymousTls];
    let mut clients = Vec::new();
    for tls in all_tls {
        match who {
            "unauthenticated" => clients.push(Client { tls, ..new() }),
            "partner" if tls == Tls::StartTls => {
                clients.push(Client { tls, certificate: vec!["fabrikam.com".to_owned()], ..new() });
            }
            "partner" => {}
            "HubTransport" | "EdgeTransport" | "ExchangeServer" => {
                let peer = who.parse().unwrap();
                clients.push(Client {
                    tls,
                    mechanism: Some(Mechanism::ExchangeServer),
                    peer: Some(peer),
                    ..new()
                });
            }
            account if tls != Tls::AnonymousTls => {
                for mechanism in [Mechanism::LOGIN, Mechanism::BasicAuth, Mechanism::NTLM, Mechanism::GSSAPI]
                {
                    let user = Some(account.to_owned());
                    clients.push(Client { tls, mechanism: Some(mechanism), user, ..new() });
                }
            }
            _ => {}
        }
    }
    let account =
        !matches!(who, "unauthenticated" | "partner" | "HubTransport" | "EdgeTransport" | "ExchangeServer");
    let natural: Vec<&str> = match who {
        "unauthenticated" => vec!["x@adatum.com"],
        "partner" => vec!["x@fabrikam.com"],
        r"CONTOSO\ann" => vec!["ann@contoso.com", ""],
        _ if account => vec![""],
        _ => vec!["", "x@adatum.com", "x@contoso.com"],
    };
    let senders: Vec<&str> = match ability {
        Ability::Relay => [natural.as_slice(), &["", "x@adatum.com", "x@contoso.com"]].concat(),
        Ability::Spoof => vec!["x@contoso.com"],
        Ability::SendAsAnyone => vec!["x@contoso.com", "x@adatum.com"],
        Ability::AuthenticateInClear => vec![""],
        _ => natural,
    };
    let recipients: &[&str] = match ability {
        Ability::Relay => &["y@adatum.com"],
        _ => &["y@contoso.com", "y@a.partner.example"],
    };
    clients.retain(|client| match ability {
        Ability::AuthenticateInClear => {
            client.tls == Tls::None
                && matches!(client.mechanism, Some(Mechanism::LOGIN | Mechanism::BasicAuth))
        }
        Ability::SubmitInClear => client.tls == Tls::None,
        Ability::Spoof => client.mechanism.is_none() && client.certificate.is_empty() || who == "partner",
        Ability::SendAsAnyone => client.mechanism.is_some(),
        _ => true,
    });
    let mut all = Vec::new();
    for client in clients {
        for sender in &senders {
            for recipient in recipients {
                let size = (ability == Ability::BypassMessageSizeLimit).then_some(3 << 30);
                let (mail_from, recipients) = ((*sender).to_owned(), vec![(*recipient).to_owned()]);
                all.push(Client { mail_from, recipients, size, ..client.clone() });
            }
        }
    }
    all
}

/// What the verdict of one session says of an ability: certain, perhaps, or not.
pub fn shown(ability: Ability, outcome: Outcome, treatment: Option<Treatment>) -> u8 {
    let taken = match outcome {
        Outcome::Accepted | Outcome::Partial(_) => 2,
        Outcome::Undecided(_) => 1,
        Outcome::Rejected(_) => 0,
    };
    let when = |holds: bool| if holds { taken } else { 0 };
    match ability {
        Ability::BypassAntiSpam => when(treatment.is_some_and(|one| one.antispam_bypassed)),
        Ability::ForgeHeaders => when(treatment.is_some_and(|one| {
            one.kept.contains(HeaderFamily::Organization) || one.kept.contains(HeaderFamily::Forest)
        })),
        Ability::SendAsAnyone => when(taken == 2),
        Ability::AuthenticateInClear => {
            let passed = outcome.refusal().is_none_or(|refusal| refusal.step() > Step::Auth);
            if passed { 2 } else { 0 }
        }
        _ => taken,
    }
}

/// The connector that answers, and how far every ability is had: the scan of every session.
pub fn naive(
    service: &Service<'_>,
    who: &str,
    remote: IpAddr,
    local: SocketAddr,
) -> (Option<usize>, Vec<u8>) {
    let at = service.verdict(&Client::new(remote, local)).decision.connector;
    let abilities = Ability::VARIANTS.iter().map(|name| {
        let ability: Ability = name.parse().unwrap();
        let applies = match ability {
            Ability::AuthenticateInClear => !matches!(
                who,
                "unauthenticated" | "partner" | "HubTransport" | "EdgeTransport" | "ExchangeServer"
            ),
            Ability::Spoof => matches!(who, "unauthenticated" | "partner"),
            Ability::SendAsAnyone => !matches!(who, "unauthenticated" | "partner"),
            _ => true,
        };
        let all = if applies { sessions(who, remote, local, ability) } else { Vec::new() };
        let each = all.iter().map(|client| {
            // The decision is the verdict's, which another twin shows; how a message is treated the verdict alone says.
            let outcome = service.decide(client).outcome;
            let treated =
                matches!(ability, Ability::BypassAntiSpam | Ability::ForgeHeaders) && !outcome.is_rejected();
            shown(ability, outcome, treated.then(|| service.verdict(client).treatment).flatten())
        });
        each.max().unwrap_or(0)
    });
    (at, abilities.collect())
}

/// Whether a session at `local` is one of the endpoint's, where these are bound.
pub fn arrives(endpoint: &Endpoint, local: SocketAddr, bound: &[SocketAddr]) -> bool {
    let wildcard = endpoint.name.ip().is_unspecified()
        && endpoint.name.port() == local.port()
        && endpoint.name.is_ipv4() == local.is_ipv4();
    endpoint.name == local || wildcard && !bound.contains(&local)
}

pub fn bound(hosts: &[&Host]) -> Vec<SocketAddr> {
    let connectors = hosts.iter().flat_map(|host| &host.connectors).filter(|connector| connector.enabled);
    connectors.flat_map(|one| &one.bindings).map(|binding| binding.endpoint()).collect()
}

pub fn contains(ranges: &[RemoteRange], address: IpAddr) -> bool {
    ranges.iter().any(|range| range.contains(address))
}

pub fn level(holding: Option<Holding>) -> u8 {
    match holding {
        None => 0,
        Some(Holding::If(_)) => 1,
        Some(Holding::Yes) => 2,
    }
}

pub fn points() -> impl Strategy<Value = Vec<(usize, usize)>> {
    proptest::collection::vec((0..REMOTES.len(), 0..LOCALS.len()), 1..3)
}

pub fn families_fit((remote, local): (IpAddr, SocketAddr)) -> bool {
    remote.is_ipv4() == local.is_ipv4()
}

pub fn chosen(points: &[(usize, usize)]) -> impl Iterator<Item = (IpAddr, SocketAddr)> {
    let at = |(remote, local): &(usize, usize)| {
        (REMOTES[*remote].parse().unwrap(), LOCALS[*local].parse().unwrap())
    };
    points.iter().map(at).filter(|point| families_fit(*point))
}

/// The identities by which rows call clients of a connector.
pub fn called(access: &ServerAccess<'_>, at: usize, local: SocketAddr) -> Vec<ClientIdentity> {
    access.identities(at, Endpoint { name: local, local }).into_iter().collect()
}
