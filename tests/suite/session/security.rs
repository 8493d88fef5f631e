//! Domain Security (P9), front ends (P10), peers (P6), relay (R1 to R3) and what becomes of headers.

use exch::connector::relay::{Way, open};
use exch::connector::setup::default_connectors;
use exch::connector::{AuthMechanism, ReceiveConnector};
use exch::net::RemoteRange;
use exch::organization::accepted_domain::DomainType;
use exch::permission::PermissionGroup;
use exch::server::{Server, ServerRole};
use exch::session::{
    Change, ClientChange, Fix, Inbound, Mechanism, Note, Outbound, Outcome, Peer, PeerServer, Remedy,
    SendPath, Service, Tls, Verdict, Who, failing_inbound, failing_outbound,
};

use super::scene::{ANONYMOUS, Scene, domain};
use super::table::{RELAY, SENDER, describe};

/// What a case changes of a scene.
type Vary = fn(&mut Scene);

fn verdict(scene: &Scene) -> Verdict {
    let policy = scene.policy();
    let service = Service::new(&scene.host, &policy);
    let verdict = service.verdict(&scene.client);
    assert_eq!(verdict.decision, service.decide(&scene.client));
    verdict
}

/// Mail from fabrikam.com by mutual TLS, on a connector for partners alone.
fn partner() -> Scene {
    let mut scene = Scene::new();
    scene.groups(PermissionGroup::Partners.into());
    scene.connector().domain_secure = true;
    scene.client.tls = Tls::StartTls;
    scene.client.certificate = vec!["mail.fabrikam.com".to_owned(), "Fabrikam.com".to_owned()];
    scene
}

#[test]
fn domain_security_condition_by_condition() {
    let scene = partner();
    let verdict = verdict(&scene);
    assert_eq!((verdict.decision.outcome, verdict.decision.who), (Outcome::Accepted, Some(Who::Partner)));
    assert!(verdict.reasons.iter().any(|reason| reason.number == "P9"));
    let rejected = "MAIL FROM: DomainSecurity";
    let cases: [(Inbound, &str, Vary); 6] = [
        (Inbound::Enabled, "", |s| s.connector().domain_secure = false),
        (Inbound::TlsOffered, "", |s| s.connector().auth = AuthMechanism::Integrated.into()),
        (Inbound::TlsUsed, rejected, |s| s.client.tls = Tls::AnonymousTls),
        (Inbound::NotExternal, "", |s| s.connector().auth |= AuthMechanism::ExternalAuthoritative),
        (Inbound::Listed, "", |s| s.secure.clear()),
        (Inbound::Certificate, rejected, |s| s.client.certificate = vec!["mail.fabrikam.com".to_owned()]),
    ];
    for (condition, expected, vary) in cases {
        let mut scene = partner();
        vary(&mut scene);
        let policy = scene.policy();
        let failing =
            failing_inbound(&scene.host.connectors[0], &scene.client, Some("fabrikam.com"), &policy);
        assert_eq!(failing, enumset::EnumSet::only(condition));
        // Whom no other row refuses before, this one does.
        scene.groups(PermissionGroup::AnonymousUsers | PermissionGroup::Partners);
        if !expected.is_empty() {
            assert_eq!(describe(&scene), expected, "{condition:?}");
        }
    }
    // Without the group nobody may submit, whatever the certificate says.
    let mut scene = partner();
    scene.groups(PermissionGroup::AnonymousUsers.into());
    assert_eq!(
        describe(&scene),
        "MAIL FROM: 550 5.7.1 Client does not have permissions to submit to this server"
    );
    // A wildcard on the list fits no domain.
    let mut scene = partner();
    (scene.client.mail_from, scene.client.certificate) =
        ("a@mail.wild.com".to_owned(), vec!["mail.wild.com".to_owned()]);
    assert_eq!(describe(&scene).split(' ').nth(2), Some("530"));
}

#[test]
fn domain_security_on_the_way_out() {
    let scene = Scene::new();
    let path =
        SendPath { in_address_spaces: true, domain_secure: true, dns_routing: true, ignore_starttls: false };
    let failing = |path: SendPath, domain| failing_outbound(&path, domain, &scene.policy());
    assert!(failing(path, "Fabrikam.com").is_empty());
    assert_eq!(failing(path, "adatum.com"), Outbound::Listed);
    assert_eq!(
        failing(SendPath { in_address_spaces: false, ..path }, "fabrikam.com"),
        Outbound::AddressSpace
    );
    assert_eq!(failing(SendPath { domain_secure: false, ..path }, "fabrikam.com"), Outbound::Enabled);
    assert_eq!(failing(SendPath { dns_routing: false, ..path }, "fabrikam.com"), Outbound::DnsRouting);
    assert_eq!(failing(SendPath { ignore_starttls: true, ..path }, "fabrikam.com"), Outbound::StartTls);
}

/// A 2019 Mailbox server as setup leaves it; Ann sends from a client at port 587.
fn mailbox() -> Scene {
    let mut scene = Scene::new();
    scene.host.server = Server::new("MBX01", "mbx01.contoso.com");
    scene.host.connectors = default_connectors(&scene.host.server);
    scene.client.local.set_port(587);
    scene.client.tls = Tls::StartTls;
    scene.client.mechanism = Some(Mechanism::BasicAuth);
    scene.client.user = Some(r"contoso\ANN".to_owned());
    scene.client.mail_from = "ann@contoso.com".to_owned();
    scene
}

#[test]
fn a_front_end_hands_authenticated_sessions_on() {
    let mut scene = mailbox();
    let place = |scene: &Scene, prefix: &str| {
        scene.host.connectors.iter().position(|c| c.name == format!("{prefix} MBX01"))
    };
    let told_of = verdict(&scene);
    assert_eq!(told_of.decision.connector, place(&scene, "Client Frontend"));
    assert_eq!(told_of.notes, [Note::HandedOn(place(&scene, "Client Proxy"))]);
    assert_eq!(told_of.decision.outcome, Outcome::Accepted);
    // From any other port of the front end it goes on to 2525.
    let (policy, at) = (scene.policy(), |port| std::net::SocketAddr::new(scene.client.local.ip(), port));
    let service = Service::new(&scene.host, &policy);
    assert_eq!(service.backend_of(at(25)), place(&scene, "Default"));
    assert_eq!(service.backend_of(at(587)), place(&scene, "Client Proxy"));
    scene.client.mail_from = "bob@contoso.com".to_owned();
    assert_eq!(describe(&scene), SENDER);
    // The right counts where the sender is checked.
    let proxy = place(&scene, "Client Proxy").unwrap();
    let refused = verdict(&scene);
    assert_eq!(refused.decisive().unwrap().connector, Some(proxy));
    let own = Fix::Client(ClientChange::Sender("Ann@contoso.com".to_owned()));
    assert_eq!(refused.remedies[0].fixes, [own]);
    let grant = &refused.remedies[1];
    assert!(matches!(grant.fixes.as_slice(), [Fix::Connector(at, Change::Grant(_))] if *at == proxy));
    assert!(!grant.opens_relay);
    let (mut policy, mut client) = (scene.policy(), scene.client.clone());
    grant.fixes[0].apply(&mut scene.host, &mut policy, &mut client);
    assert_eq!(describe(&scene), "accepted");
    // A session that AUTH ends is not handed on.
    scene.client.mechanism = Some(Mechanism::PLAIN);
    assert!(!verdict(&scene).notes.iter().any(|note| matches!(note, Note::HandedOn(_))));
    scene.client.mechanism = Some(Mechanism::BasicAuth);
    // Without the Transport service's connector nobody is told to have checked.
    scene.host.connectors.retain(|c| c.transport_role == exch::connector::TransportRole::FrontendTransport);
    assert!(verdict(&scene).notes.contains(&Note::HandedOn(None)));
}

#[test]
fn a_peer_is_known_by_its_address() {
    let mut scene = mailbox();
    scene.client.local.set_port(2525);
    scene.client.user = None;
    scene.client.mechanism = Some(Mechanism::ExchangeServer);
    scene.client.recipients = vec!["x@adatum.com".to_owned()];
    let policy = scene
        .policy()
        .peer(scene.client.remote, PeerServer { name: "HUB02".to_owned(), peer: Peer::HubTransport });
    let verdict = Service::new(&scene.host, &policy).verdict(&scene.client);
    assert_eq!(verdict.decision.who, Some(Who::Server(Peer::HubTransport)));
    assert_eq!(verdict.notes, [Note::PeerServer("HUB02".to_owned())]);
    assert_eq!(verdict.decision.outcome, Outcome::Accepted);
    // Every server of the organization may do the same here: it does not matter which the peer is.
    assert_eq!(describe(&scene), "accepted");
    let mut server = Server::new("X", "x.contoso.com");
    assert_eq!(Peer::of(&server), Peer::HubTransport);
    server.roles = ServerRole::EdgeTransport.into();
    assert_eq!(Peer::of(&server), Peer::EdgeTransport);
    server.roles = ServerRole::ClientAccess.into();
    assert_eq!(Peer::of(&server), Peer::ExchangeServer);
}

/// A connector that relays for one address, in the way that `vary` makes it.
fn relay(vary: Vary) -> Scene {
    let mut scene = Scene::new();
    scene.connector().auth = AuthMechanism::Tls.into();
    scene.connector().remote_ip_ranges = vec!["192.0.2.7".parse().unwrap()];
    scene.client.recipients = vec!["x@adatum.com".to_owned()];
    vary(&mut scene);
    scene
}

const ANY_RECIPIENT: &str = "ms-Exch-SMTP-Accept-Any-Recipient";

#[test]
fn anonymous_relay_by_a_grant() {
    let granted = relay(|s| s.entry(ANONYMOUS, ANY_RECIPIENT, false));
    let taken = verdict(&granted);
    assert_eq!(taken.decision.outcome, Outcome::Accepted);
    let treatment = taken.treatment.unwrap();
    // R1: least rights; filtered, limited, not resolved.
    assert!(
        !treatment.antispam_bypassed
            && !treatment.size_bypassed
            && !treatment.resolved
            && !treatment.internal
    );
    assert_eq!(treatment.kept, exch::session::HeaderFamily::Routing);
    let near: [(Vary, &str); 5] = [
        (|_| (), RELAY),
        (|s| s.entry("Authenticated Users", ANY_RECIPIENT, false), RELAY),
        (
            |s| {
                s.entry(ANONYMOUS, ANY_RECIPIENT, false);
                s.entry("S-1-5-7", ANY_RECIPIENT, true);
            },
            RELAY,
        ),
        (
            |s| {
                s.entry(ANONYMOUS, ANY_RECIPIENT, false);
                s.client.remote = "192.0.2.8".parse().unwrap();
            },
            "connect: 421 4.3.2 Service not available",
        ),
        (
            |s| {
                s.groups(enumset::EnumSet::empty());
                s.entry(ANONYMOUS, ANY_RECIPIENT, false);
            },
            super::table::SUBMIT,
        ),
    ];
    for (at, (vary, expected)) in near.into_iter().enumerate() {
        let scene = relay(vary);
        assert_eq!(describe(&scene), expected, "{at}");
        verdict(&scene);
    }
    let refused = verdict(&relay(|_| ()));
    let told_why: Vec<_> =
        refused.decisive().unwrap().evidence.iter().map(|b| b.describe(&granted.policy())).collect();
    assert_eq!(
        told_why,
        [
            "`adatum.com` is not an accepted domain",
            r"no entry gives ms-Exch-SMTP-Accept-Any-Recipient to NT AUTHORITY\ANONYMOUS LOGON",
        ]
    );
    assert!(!refused.remedies[0].opens_relay);
}

#[test]
fn anonymous_relay_externally_secured() {
    let external = |s: &mut Scene| {
        s.connector().auth = AuthMechanism::Tls | AuthMechanism::ExternalAuthoritative;
        s.groups(PermissionGroup::ExchangeServers.into());
        s.client.size = Some(u64::MAX);
    };
    let mut scene = relay(|_| ());
    external(&mut scene);
    let taken = verdict(&scene);
    assert_eq!(
        (taken.decision.outcome, taken.decision.who),
        (Outcome::Accepted, Some(Who::ExternallySecured))
    );
    let treatment = taken.treatment.unwrap();
    // R2: trusted, unfiltered, unlimited, resolved; without the headers of the organization.
    assert!(
        treatment.antispam_bypassed && treatment.size_bypassed && treatment.resolved && treatment.internal
    );
    assert_eq!(treatment.kept, exch::session::HeaderFamily::Routing);
    // Near misses: the group without the mechanism, the mechanism without the group.
    scene.connector().auth = AuthMechanism::Tls.into();
    assert_eq!(describe(&scene), super::table::SUBMIT);
    external(&mut scene);
    scene.groups(PermissionGroup::AnonymousUsers.into());
    assert_eq!(describe(&scene), super::table::NO_SUBMIT);
}

fn ranges(texts: &[&str]) -> Vec<RemoteRange> {
    texts.iter().map(|text| text.parse().unwrap()).collect()
}

/// A remedy that would let anybody relay says so; who can is `connector::relay`'s to say.
#[test]
fn open_relays_are_reported() {
    for name in ["*", "*.com"] {
        let mut scene = relay(|_| ());
        scene.connector().remote_ip_ranges = ranges(&["0.0.0.0/0"]);
        scene.domains.push(domain(name, DomainType::InternalRelay));
        let (platform, catch_all) = (scene.host.server.platform(), scene.policy().domains.catch_all());
        assert!(open(&Way { connector: &scene.host.connectors[0], platform, catch_all }).is_some(), "{name}");
    }
    let mut scene = relay(|_| ());
    scene.connector().remote_ip_ranges = ranges(&["0.0.0.0/0"]);
    let remedies = verdict(&scene).remedies;
    let kinds: Vec<_> = remedies.iter().map(|remedy| (&remedy.fixes[0], remedy.opens_relay)).collect();
    let [(Fix::AcceptedDomain(name), false), (Fix::OwnConnector(own), false), (Fix::Connector(0, _), true)] =
        kinds.as_slice()
    else {
        panic!("{kinds:?}")
    };
    assert_eq!((name.as_str(), own.connector.remote_ip_ranges.len()), ("adatum.com", 1));
}

/// Beside the connector that answers everybody, one that relays for its own addresses takes the client's too.
#[test]
fn a_client_is_added_to_the_ranges_of_a_relay() {
    let scene = |vary: Vary| {
        let mut scene = relay(|s| s.entry(ANONYMOUS, ANY_RECIPIENT, false));
        scene.connector().name = "Relay".to_owned();
        scene.connector().remote_ip_ranges = ranges(&["10.0.0.0/24"]);
        let internet = Scene::new().host.connectors.remove(0);
        scene.host.connectors.push(internet);
        vary(&mut scene);
        scene
    };
    let added = |scene: &Scene| {
        let is_added = |fix: &Fix| matches!(fix, Fix::Connector(0, Change::AddRange(_)));
        verdict(scene).remedies.into_iter().position(|remedy| remedy.fixes.iter().any(is_added))
    };
    let mut usual = scene(|_| ());
    assert_eq!(describe(&usual), RELAY);
    assert_eq!(added(&usual), Some(1), "after the domain, before a connector of its own");
    let remedy = verdict(&usual).remedies.remove(1);
    assert!(!remedy.opens_relay);
    let (mut policy, mut client) = (usual.policy(), usual.client.clone());
    remedy.fixes.iter().for_each(|fix| fix.apply(&mut usual.host, &mut policy, &mut client));
    assert_eq!(describe(&usual), "accepted");
    // Another one holds the address, and is disabled: both the change and a connector of its own would be refused.
    let held: Vary = |s| {
        let mut old = Scene::new().host.connectors.remove(0);
        (old.name, old.enabled) = ("Old".to_owned(), false);
        old.remote_ip_ranges = ranges(&["192.0.2.7"]);
        old.bindings = ["0.0.0.0:25", "10.0.0.1:25"].iter().map(|one| one.parse().unwrap()).collect();
        s.host.connectors.push(old);
    };
    let near: [Vary; 8] = [
        |s| s.connector().enabled = false,
        |s| s.connector().bindings = vec!["0.0.0.0:26".parse().unwrap()],
        |s| s.connector().auth = AuthMechanism::Tls | AuthMechanism::ExternalAuthoritative,
        |s| s.connector().require_tls = true,
        |s| s.without(ANONYMOUS, ANY_RECIPIENT),
        |s| {
            s.connector().remote_ip_ranges =
                ranges(&["10.0.0.0/24", "11.0.0.0-191.255.255.255", "192.0.3.0-223.255.255.255"])
        },
        |s| s.host.connectors[1].remote_ip_ranges = ranges(&["192.0.2.7"]),
        held,
    ];
    for (at, vary) in near.into_iter().enumerate() {
        assert_eq!(added(&scene(vary)), None, "{at}");
    }
    let owns = |scene: &Scene| {
        verdict(scene).remedies.iter().any(|remedy| matches!(remedy.fixes.as_slice(), [Fix::OwnConnector(_)]))
    };
    assert!(owns(&scene(|_| ())) && !owns(&scene(held)));
    // The connector that answers is bound to every address, and the one that relays to this one (S4).
    let exact = scene(|s| {
        s.connector().bindings = vec!["10.0.0.1:25".parse().unwrap()];
        s.host.connectors[1].remote_ip_ranges = ranges(&["192.0.2.7", "198.18.0.0/15"]);
    });
    assert_eq!(added(&exact), Some(1));
}

/// Where the right would not open a relay, it is offered too, between the two that give it to the client alone.
#[test]
fn a_client_of_a_network_is_offered_less_than_the_right_for_all() {
    let kinds = |vary: Vary| {
        let scene = relay(vary);
        let name = |remedy: Remedy| match &remedy.fixes[0] {
            Fix::Connector(_, Change::AddRange(_)) => "range",
            Fix::Connector(_, Change::Grant(_)) => "right",
            Fix::OwnConnector(_) => "own connector",
            other => panic!("{other:?}"),
        };
        verdict(&scene).remedies.into_iter().map(name).collect::<Vec<_>>()
    };
    assert_eq!(kinds(|_| ()), ["right"], "it answers the client alone");
    let network: Vary = |s| s.connector().remote_ip_ranges = ranges(&["192.0.2.0/28"]);
    assert_eq!(kinds(network), ["right", "own connector"]);
    let beside: Vary = |s| {
        let mut relay = relay(|s| s.entry(ANONYMOUS, ANY_RECIPIENT, false)).host.connectors.remove(0);
        relay.name = "Relay".to_owned();
        relay.remote_ip_ranges = ranges(&["192.0.3.1"]);
        s.host.connectors.push(relay);
        s.connector().remote_ip_ranges = ranges(&["192.0.2.0/28"]);
    };
    assert_eq!(kinds(beside), ["range", "right", "own connector"]);
}

/// What a fresh 2019 server does with mail from outside, from a user and from anybody who wants to relay.
#[test]
fn default_connectors_take_mail_as_documented() {
    let mut scene = mailbox();
    assert_eq!(describe(&scene), "accepted");
    scene.client.mechanism = None;
    assert_eq!(describe(&scene), super::table::SUBMIT);
    scene.client.local.set_port(25);
    scene.client.mail_from = "a@fabrikam.com".to_owned();
    scene.secure.clear();
    assert_eq!(describe(&scene), "accepted");
    scene.client.recipients = vec!["x@adatum.com".to_owned()];
    assert_eq!(describe(&scene), RELAY);
    let frontend: Option<&ReceiveConnector> =
        verdict(&scene).decision.connector.and_then(|at| scene.host.connectors.get(at));
    assert_eq!(frontend.unwrap().name, "Default Frontend MBX01");
    scene.client.role = Some(exch::connector::TransportRole::HubTransport);
    assert_eq!(describe(&scene), "connect: NotBound");
}
