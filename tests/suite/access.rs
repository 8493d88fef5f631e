//! Effective access against a naive twin: random servers, and for random points every session that a client could try.

#![expect(clippy::unwrap_used, reason = "a test may fail by panicking")]

use std::collections::BTreeSet;
use std::net::{IpAddr, SocketAddr};

use exch::access::{
    Ability, Addresses, Change, ClientIdentity, Endpoint, Grant, Holding, ServerAccess, compare, grants,
};
use exch::connector::relay::Way;
use exch::connector::{AuthMechanism, Host, TransportRole};
use exch::net::RemoteRange;
use exch::permission::{PermissionGroup, RIGHTS};
use exch::session::{Client, HeaderFamily, Mechanism, Outcome, Peer, Policy, Service, Step, Tls, Treatment};
use libtest_mimic::{Failed, Trial};
use proptest::prelude::*;
use strum::VariantNames;

use crate::net::holds;
use crate::session::scene::Scene;

pub fn trials() -> Vec<Trial> {
    vec![
        Trial::test("access::a_row_is_what_every_session_comes_to", rows_are_sessions),
        Trial::test("access::a_change_is_the_pointwise_difference", changes_are_differences),
        Trial::test("access::a_witness_shows_the_ability", witnesses_hold),
        Trial::test("access::no_relay_that_r3_does_not_name", r3_names_every_relay),
        Trial::test("access::the_schema_is_what_is_printed", schema),
        Trial::test("access::a_picture_is_whole_xml_with_a_text_for_every_shape", picture),
    ]
}

const REMOTES: [&str; 10] = [
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
const RANGES: [&str; 9] = [
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
const BINDINGS: [&str; 7] =
    ["0.0.0.0:25", "10.1.0.1:25", "10.1.0.2:25", "[::]:25", "10.1.0.1:587", "0.0.0.0:587", "0.0.0.0:2525"];
const LOCALS: [&str; 6] =
    ["10.1.0.1:25", "10.1.0.2:25", "10.1.0.3:25", "[fd00:1::1]:25", "10.1.0.1:587", "10.1.0.2:587"];
const PRINCIPALS: [&str; 7] = [
    "S-1-5-7",
    "S-1-5-11",
    r"CONTOSO\ann",
    r"CONTOSO\staff",
    r"CONTOSO\app1",
    "Partner Servers",
    "Externally Secured Servers",
];

type Made = ([bool; 7], u8, u8, u8, u16, Vec<(usize, usize, bool)>);

fn connectors() -> impl Strategy<Value = Vec<Made>> {
    let entry = (0..PRINCIPALS.len(), 0..12usize, any::<bool>());
    let entries = proptest::collection::vec(entry, 0..4);
    proptest::collection::vec(
        (any::<[bool; 7]>(), any::<u8>(), any::<u8>(), any::<u8>(), any::<u16>(), entries),
        1..5,
    )
}

/// A server of these connectors, of 2019 or Edge.
fn host(made: &[Made], edge: bool) -> (Host, Policy) {
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
const WHO: [&str; 9] = [
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

fn identity(who: &str, known: &[ClientIdentity]) -> ClientIdentity {
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
fn sessions(who: &str, remote: IpAddr, local: SocketAddr, ability: Ability) -> Vec<Client> {
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
fn shown(ability: Ability, outcome: Outcome, treatment: Option<Treatment>) -> u8 {
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
fn naive(service: &Service<'_>, who: &str, remote: IpAddr, local: SocketAddr) -> (Option<usize>, Vec<u8>) {
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
fn arrives(endpoint: &Endpoint, local: SocketAddr, bound: &[SocketAddr]) -> bool {
    let wildcard = endpoint.name.ip().is_unspecified()
        && endpoint.name.port() == local.port()
        && endpoint.name.is_ipv4() == local.is_ipv4();
    endpoint.name == local || wildcard && !bound.contains(&local)
}

fn bound(hosts: &[&Host]) -> Vec<SocketAddr> {
    let connectors = hosts.iter().flat_map(|host| &host.connectors).filter(|connector| connector.enabled);
    connectors.flat_map(|one| &one.bindings).map(|binding| binding.endpoint()).collect()
}

fn contains(ranges: &[RemoteRange], address: IpAddr) -> bool {
    ranges.iter().any(|range| range.contains(address))
}

fn level(holding: Option<Holding>) -> u8 {
    match holding {
        None => 0,
        Some(Holding::If(_)) => 1,
        Some(Holding::Yes) => 2,
    }
}

fn points() -> impl Strategy<Value = Vec<(usize, usize)>> {
    proptest::collection::vec((0..REMOTES.len(), 0..LOCALS.len()), 1..3)
}

fn families_fit((remote, local): (IpAddr, SocketAddr)) -> bool {
    remote.is_ipv4() == local.is_ipv4()
}

fn chosen(points: &[(usize, usize)]) -> impl Iterator<Item = (IpAddr, SocketAddr)> {
    let at = |(remote, local): &(usize, usize)| {
        (REMOTES[*remote].parse().unwrap(), LOCALS[*local].parse().unwrap())
    };
    points.iter().map(at).filter(|point| families_fit(*point))
}

/// The identities by which rows call clients of a connector.
fn called(access: &ServerAccess<'_>, at: usize, local: SocketAddr) -> Vec<ClientIdentity> {
    access.identities(at, Endpoint { name: local, local }).into_iter().collect()
}

fn rows_are_sessions() -> Result<(), Failed> {
    holds((connectors(), any::<bool>(), points()), |(made, edge, points)| {
        let (host, policy) = host(&made, edge);
        let addresses = Addresses::new(&policy);
        let access = ServerAccess::new(&host, &policy, &addresses);
        let (service, rows) = (Service::new(&host, &policy), grants(&access));
        let bound = bound(&[&host]);
        for (remote, local) in chosen(&points) {
            for who in WHO {
                let (at, expected) = naive(&service, who, remote, local);
                let known = at.map(|at| called(&access, at, local)).unwrap_or_default();
                let identity = Some(identity(who, &known)).filter(|one| at.is_none() || known.contains(one));
                // Where no partner can prove himself he is like everybody.
                if identity.is_none() {
                    prop_assert_eq!(who, "partner");
                    continue;
                }
                for (name, expected) in Ability::VARIANTS.iter().zip(expected) {
                    let ability: Ability = name.parse().unwrap();
                    let here = |row: &&Grant| {
                        Some(row.connector) == at
                            && Some(&row.identity) == identity.as_ref()
                            && row.ability == ability
                            && row.endpoints.iter().any(|one| arrives(one, local, &bound))
                            && contains(&row.ranges, remote)
                    };
                    let found: Vec<&Grant> = rows.iter().filter(here).collect();
                    prop_assert!(found.len() <= 1, "rows are disjoint: {found:?}");
                    let found = level(found.first().map(|row| row.holding));
                    prop_assert_eq!(found, expected, "{} {} from {} at {}", who, name, remote, local);
                }
            }
        }
        Ok(())
    })
}

fn changes_are_differences() -> Result<(), Failed> {
    holds((connectors(), connectors(), any::<bool>(), points()), |(one, other, edge, points)| {
        let ((old, policy), (new, _)) = (host(&one, edge), host(&other, edge));
        let addresses = Addresses::new(&policy);
        let state = |host| ServerAccess::new(host, &policy, &addresses);
        let (before, after) = (state(&old), state(&new));
        prop_assert!(compare(Some(&before), Some(&before)).is_empty());
        let (changes, mirrored) =
            (compare(Some(&before), Some(&after)), compare(Some(&after), Some(&before)));
        prop_assert_eq!(changes.len(), mirrored.len());
        let bound = bound(&[&old, &new]);
        for (remote, local) in chosen(&points) {
            for who in WHO {
                let was = naive(&Service::new(&old, &policy), who, remote, local);
                let is = naive(&Service::new(&new, &policy), who, remote, local);
                let mut known = was.0.map(|at| called(&before, at, local)).unwrap_or_default();
                known.extend(is.0.map(|at| called(&after, at, local)).unwrap_or_default());
                let identity = identity(who, &known);
                if who == "partner" && !known.contains(&identity) {
                    continue;
                }
                for (place, name) in Ability::VARIANTS.iter().enumerate() {
                    let here = |change: &&Change| {
                        change.identity == identity
                            && change.ability == name.parse().unwrap()
                            && change.endpoints.iter().any(|one| arrives(one, local, &bound))
                            && contains(&change.ranges, remote)
                    };
                    let found: Vec<&Change> = changes.iter().filter(here).collect();
                    prop_assert!(found.len() <= 1);
                    let expected = (was.1[place], is.1[place]);
                    let found =
                        found.first().map(|one| (level(one.before.holding), level(one.after.holding)));
                    let expected = Some(expected).filter(|(was, is)| was != is);
                    prop_assert_eq!(found, expected, "{} {} from {} at {}", who, name, remote, local);
                    prop_assert_eq!(found.is_some(), mirrored.iter().any(|change| here(&change)));
                }
            }
        }
        Ok(())
    })
}

/// The session that a row names shows its ability, through its connector.
fn witnesses_hold() -> Result<(), Failed> {
    holds((connectors(), any::<bool>()), |(made, edge)| {
        let (host, policy) = host(&made, edge);
        let addresses = Addresses::new(&policy);
        let service = Service::new(&host, &policy);
        for row in grants(&ServerAccess::new(&host, &policy, &addresses)) {
            let verdict = service.verdict(&row.witness);
            prop_assert!(contains(&row.ranges, row.witness.remote));
            prop_assert_eq!(verdict.decision.connector, Some(row.connector));
            let shown = shown(row.ability, verdict.decision.outcome, verdict.treatment);
            prop_assert_eq!(shown, level(Some(row.holding)));
        }
        Ok(())
    })
}

/// The properties of docs/effective-access.schema.json are those that the cmdlets print, and no others.
#[expect(clippy::disallowed_methods, reason = "the schema is a file")]
fn schema() -> Result<(), Failed> {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(root.join("docs/effective-access.schema.json"))?;
    let schema: serde_json::Value = serde_json::from_str(&text)?;
    let names =
        |value: &serde_json::Value| -> Vec<String> { value.as_object().unwrap().keys().cloned().collect() };
    let listed: BTreeSet<String> = names(&schema["items"]["properties"]).into_iter().collect();
    let abilities = &schema["items"]["properties"]["Abilities"]["items"]["enum"];
    assert_eq!(*abilities, serde_json::json!(Ability::VARIANTS));
    let dir = crate::host::tempdir()?;
    let run = |words: &[&str]| -> Result<String, Failed> {
        let ran = crate::host::command(crate::host::EXCH, dir.path())
            .env("EXCH_STORE", "store")
            .args(words)
            .output()?;
        Ok(String::from_utf8(ran.stdout)?)
    };
    run(&["new-exchangeserver", "HUB01", "-Version", "2010"])?;
    run(&["set-receiveconnector", "HUB01\\Default HUB01", "-PermissionGroups", "AnonymousUsers"])?;
    let mut printed = BTreeSet::new();
    for line in [vec!["get-effectiveaccess"], vec!["compare-effectiveaccess", "HEAD~1"]] {
        let rows: serde_json::Value = serde_json::from_str(&run(&[&line[..], &["-o", "json"]].concat())?)?;
        let first = names(&rows[0]);
        for required in schema["items"]["required"].as_array().unwrap() {
            assert!(first.iter().any(|name| required == name), "{required}");
        }
        printed.extend(first);
    }
    assert_eq!(printed, listed);
    Ok(())
}

/// The picture of any server parses, has no script, and a text for every shape that is no outline.
fn picture() -> Result<(), Failed> {
    let dir = crate::host::tempdir()?;
    let run = |words: &[&str]| -> Result<String, Failed> {
        let ran = crate::host::command(crate::host::EXCH, dir.path())
            .env("EXCH_STORE", "store")
            .args(words)
            .output()?;
        assert!(ran.status.success(), "{words:?}");
        Ok(String::from_utf8(ran.stdout)?)
    };
    run(&["new-exchangeserver", "HUB01", "-Version", "2010"])?;
    let relay = ["new-receiveconnector", "Odd <&> \"name\"", "-Server", "HUB01", "-Bindings", "0.0.0.0:25"];
    run(&[&relay[..], &["-RemoteIPRanges", "10.1.0.0/24,8.8.8.8", "-PermissionGroups", "AnonymousUsers"]]
        .concat())?;
    let svg = run(&["get-effectiveaccess", "-o", "svg"])?;
    let html = run(&["get-effectiveaccess", "-o", "html"])?;
    let mut reader = quick_xml::Reader::from_str(&svg);
    let (mut shapes, mut texts) = (0, 0);
    loop {
        match reader.read_event()? {
            quick_xml::events::Event::Eof => break,
            quick_xml::events::Event::Start(tag) => {
                assert_ne!(tag.name().as_ref(), "script");
                shapes += usize::from(tag.name().as_ref() == "rect");
                texts += usize::from(tag.name().as_ref() == "title");
            }
            _ => {}
        }
    }
    // One text is the picture's own.
    assert_eq!(shapes + 1, texts);
    assert!(
        shapes > 10
            && svg
                .contains("10.1.0.0/24: HUB01\\Odd &lt;&amp;&gt; &quot;name&quot;; Anonymous: Submit, Spoof")
    );
    assert!(html.contains("<svg ") && html.contains("<table>") && !html.contains("<script"));
    Ok(())
}

/// R3 looks at one connector by itself, and names every relay that the sessions of the whole server show.
fn r3_names_every_relay() -> Result<(), Failed> {
    holds((connectors(), any::<bool>()), |(made, edge)| {
        let (host, policy) = host(&made, edge);
        let addresses = Addresses::new(&policy);
        let catch_all = policy.domains.catch_all();
        for row in grants(&ServerAccess::new(&host, &policy, &addresses)) {
            let strangers = row.identity == ClientIdentity::Unauthenticated;
            if row.ability != Ability::Relay || !strangers {
                continue;
            }
            let connector = &host.connectors[row.connector];
            let way = Way { connector, platform: host.server.platform(), catch_all };
            prop_assert!(way.outsider().is_some(), "{}", connector.name);
        }
        Ok(())
    })
}
