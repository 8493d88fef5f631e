//! Mail between two servers (D4): what setup makes takes it in every version, a table of what may be missing, and that
//! what is named is enough.

use exch::connector::edge_default::EdgeState;
use exch::connector::setup::default_connectors_of;
use exch::connector::{AuthMechanism, Host};
use exch::param::Version;
use exch::permission::{AccessList, Entry, PermissionGroup, Principal, right};
use exch::server::{Server, ServerRole};
use exch::session::{Change, Client, Domains, Fix, MailPath, MailRoute, MissingRequirement, Policy, Proof};

fn server(name: &str, version: Version, role: ServerRole, addresses: &[&str]) -> Server {
    let mut server = Server::new(name, &format!("{name}.contoso.com"));
    (server.version, server.roles) = (version, role.into());
    server.addresses = addresses.iter().map(|address| address.parse().unwrap()).collect();
    server
}

/// With every role that moves mail.
fn hub(version: Version) -> Server {
    let role = if version < Version::V2013 { ServerRole::HubTransport } else { ServerRole::Mailbox };
    let mut server = server("HUB01", version, role, &["10.0.0.10"]);
    if version == Version::V2013 {
        server.roles |= ServerRole::ClientAccess;
    }
    server
}

fn edge(version: Version) -> Server {
    server("EDGE01", version, ServerRole::EdgeTransport, &["10.1.1.2"])
}

/// A server as setup makes it, and an Edge Transport server as a subscription sets it.
fn made(server: Server) -> Host {
    let connectors = default_connectors_of(&server, EdgeState::Subscribed);
    Host { server, connectors }
}

fn policy() -> Policy {
    Policy::new("CONTOSO", Domains::default())
}

fn crossings(
    source: &Server,
    destination: &Host,
    port: u16,
    proof: Proof,
    policy: &Policy,
) -> Vec<MailRoute> {
    MailPath { source, destination, port, proof, policy }.crossings()
}

const VERSIONS: [Version; 6] =
    [Version::V2007, Version::V2010, Version::V2013, Version::V2016, Version::V2019, Version::Se];

/// Direct trust and Kerberos on port 25, and the Transport service's 2525, between every two versions.
#[test]
fn setup_makes_what_mail_between_servers_needs() {
    for (one, two) in VERSIONS.iter().flat_map(|one| VERSIONS.iter().map(move |two| (*one, *two))) {
        let behind = if two < Version::V2013 { 25 } else { 2525 };
        let ways = [
            (hub(one), edge(two), 25, Proof::DirectTrust),
            (edge(one), hub(two), 25, Proof::DirectTrust),
            (hub(one), hub(two), 25, Proof::ExchangeServer),
            (hub(one), hub(two), behind, Proof::ExchangeServer),
            (edge(one), edge(two), 25, Proof::Anonymous),
        ];
        for (source, destination, port, proof) in ways {
            let destination = made(destination);
            let found = crossings(&source, &destination, port, proof, &policy());
            let [crossing] = found.as_slice() else { panic!("{found:?}") };
            assert_eq!(crossing.missing, [], "{one:?} to {two:?} at {port}: {}", destination.server.name);
            assert!(crossing.connector.is_some() && crossing.reply.is_none());
        }
    }
}

type Vary = fn(&mut Host);

fn groups(host: &mut Host, groups: enumset::EnumSet<PermissionGroup>) {
    host.connectors[0].access = AccessList::of(groups);
}

fn entry(principal: &str, name: &str, deny: bool) -> Entry {
    Entry::own(Principal::read_in(principal, "CONTOSO"), right(name).unwrap(), deny)
}

fn denied(host: &mut Host, name: &str) {
    let platform = host.server.platform();
    let denied = entry(r"MS Exchange\Hub Transport Servers", name, true);
    host.connectors[0].access = host.connectors[0].access.with(&[denied], platform);
}

fn without(host: &mut Host, name: &str) {
    let platform = host.server.platform();
    let gone = entry(r"MS Exchange\Hub Transport Servers", name, false);
    host.connectors[0].access = host.connectors[0].access.without(&[gone], platform);
}

use PermissionGroup::{AnonymousUsers, ExchangeServers, ExchangeUsers, Partners};

const SUBMIT: &str = "ms-Exch-SMTP-Submit";
const ANY_RECIPIENT: &str = "ms-Exch-SMTP-Accept-Any-Recipient";

/// From HUB01 to EDGE01 of 2019, what is varied on the connector that setup makes, and what lacks.
#[rustfmt::skip]
const TABLE: &[(Proof, Vary, &str)] = &[
    (Proof::DirectTrust, |_| {}, ""),
    (Proof::DirectTrust, |h| h.connectors[0].auth = AuthMechanism::Tls.into(), "Offer ExchangeServer"),
    (Proof::DirectTrust, |h| h.connectors[0].suppress_x_anonymous_tls = true, "Set SuppressXAnonymousTls"),
    (Proof::ExchangeServer, |h| h.connectors[0].suppress_x_anonymous_tls = true, ""),
    (Proof::DirectTrust, |h| groups(h, AnonymousUsers.into()), "AddGroup ExchangeServers"),
    (Proof::DirectTrust, |h| { h.connectors[0].auth = AuthMechanism::Tls.into(); groups(h, AnonymousUsers.into()); }, "Offer ExchangeServer, AddGroup ExchangeServers"),
    (Proof::DirectTrust, |h| denied(h, SUBMIT), "RemoveDeny ms-Exch-SMTP-Submit"),
    (Proof::DirectTrust, |h| { denied(h, ANY_RECIPIENT); denied(h, SUBMIT); }, "RemoveDeny ms-Exch-SMTP-Submit, RemoveDeny ms-Exch-SMTP-Accept-Any-Recipient"),
    (Proof::DirectTrust, |h| without(h, ANY_RECIPIENT), "Grant ms-Exch-SMTP-Accept-Any-Recipient"),
    (Proof::DirectTrust, |h| without(h, "ms-Exch-SMTP-Accept-Any-Sender"), "Grant ms-Exch-SMTP-Accept-Any-Sender"),
    (Proof::DirectTrust, |h| without(h, "ms-Exch-Accept-Headers-Routing"), ""),
    (Proof::DirectTrust, |h| h.connectors[0].enabled = false, "Enable"),
    (Proof::DirectTrust, |h| h.connectors[0].remote_ip_ranges = vec!["10.9.0.0/16".parse().unwrap()], "AddRange 10.0.0.10"),
    (Proof::DirectTrust, |h| h.connectors[0].bindings = vec!["10.1.1.3:25".parse().unwrap()], "Unowned 10.1.1.3:25"),
    (Proof::DirectTrust, |h| h.connectors[0].bindings = vec!["0.0.0.0:26".parse().unwrap()], "Listener"),
    (Proof::DirectTrust, |h| h.connectors.clear(), "Listener"),
    (Proof::DirectTrust, |h| { h.connectors[0].enabled = false; h.connectors[0].auth = AuthMechanism::Tls.into(); }, "Enable, Offer ExchangeServer"),
    (Proof::Integrated, |_| {}, "Offer Integrated, AddGroup ExchangeUsers"),
    (Proof::Integrated, |h| { h.connectors[0].auth |= AuthMechanism::Integrated; groups(h, ExchangeUsers.into()); }, ""),
    (Proof::Basic, |_| {}, "Offer BasicAuth, AddGroup ExchangeUsers"),
    (Proof::Basic, |h| { h.connectors[0].auth |= AuthMechanism::BasicAuth | AuthMechanism::BasicAuthRequireTLS; groups(h, ExchangeUsers.into()); }, ""),
    (Proof::Basic, |h| { h.connectors[0].auth |= AuthMechanism::BasicAuth; account(h, SUBMIT); }, "Grant ms-Exch-SMTP-Accept-Any-Recipient"),
    (Proof::Basic, |h| { h.connectors[0].auth |= AuthMechanism::BasicAuth; account(h, SUBMIT); account(h, ANY_RECIPIENT); }, ""),
    (Proof::DomainSecurity, |_| {}, "Set DomainSecureEnabled, Unlisted contoso.com"),
    (Proof::DomainSecurity, |h| groups(h, AnonymousUsers | ExchangeServers), "Set DomainSecureEnabled, Unlisted contoso.com, AddGroup Partners"),
    (Proof::DomainSecurity, |h| { h.connectors[0].domain_secure = true; groups(h, AnonymousUsers | Partners); }, "Unlisted contoso.com"),
    (Proof::DomainSecurity, |h| h.connectors[0].auth = AuthMechanism::ExternalAuthoritative.into(), "Offer Tls, Set DomainSecureEnabled, External, Unlisted contoso.com"),
    (Proof::Anonymous, |_| {}, ""),
    (Proof::Anonymous, |h| groups(h, ExchangeServers.into()), "AddGroup AnonymousUsers"),
];

/// An entry of an account that submits for the source.
fn account(host: &mut Host, name: &str) {
    let platform = host.server.platform();
    let more = [entry(r"EDGE01\hubmail", name, false)];
    host.connectors[0].access = host.connectors[0].access.with(&more, platform);
}

fn varied(vary: Vary) -> Host {
    let mut host = made(edge(Version::V2019));
    vary(&mut host);
    host
}

#[test]
fn what_mail_between_servers_requires() {
    for (row, (proof, vary, wanted)) in TABLE.iter().enumerate() {
        let host = varied(*vary);
        let found = crossings(&hub(Version::V2019), &host, 25, *proof, &policy());
        let described: Vec<String> = found[0].missing.iter().map(describe).collect();
        assert_eq!(described.join(", "), *wanted, "row {row}, {proof:?}");
    }
}

fn describe(missing: &MissingRequirement) -> String {
    match missing {
        MissingRequirement::Fix(Fix::Connector(_, change)) => match change {
            Change::Enable => "Enable".to_owned(),
            Change::AddRange(range) => format!("AddRange {range}"),
            Change::AddGroup(group) => format!("AddGroup {group:?}"),
            Change::Grant(entry) => format!("Grant {}", entry.right.name),
            Change::RemoveDeny(entry) => format!("RemoveDeny {}", entry.right.name),
            Change::Offer(mechanisms) => {
                let names: Vec<String> = mechanisms.iter().map(|one| format!("{one:?}")).collect();
                format!("Offer {}", names.join(" "))
            }
            Change::NotExternal => "External".to_owned(),
            Change::Rebind { to, .. } => format!("Rebind {to}"),
            Change::Set(property, _) => format!("Set {property:?}"),
        },
        MissingRequirement::Address { binding, .. } => format!("Unowned {binding}"),
        MissingRequirement::Fix(Fix::SecureDomain(name)) => format!("Unlisted {name}"),
        other => format!("{other:?}"),
    }
}

/// With every change made, nothing is missing any more; with one of them left out, something is.
#[test]
fn what_is_required_is_enough() {
    for (row, (proof, vary, _)) in TABLE.iter().enumerate() {
        let host = varied(*vary);
        let source = hub(Version::V2019);
        let missing = crossings(&source, &host, 25, *proof, &policy())[0].missing.clone();
        let fixes: Vec<&Fix> = missing
            .iter()
            .filter_map(|one| match one {
                MissingRequirement::Fix(fix @ (Fix::Connector(..) | Fix::SecureDomain(_))) => Some(fix),
                _ => None,
            })
            .collect();
        if fixes.len() < missing.len() {
            continue;
        }
        for left_out in (0..fixes.len()).map(Some).chain([None]) {
            let (mut host, mut policy) = (host.clone(), policy());
            let mut client = Client::new("10.0.0.10".parse().unwrap(), "10.1.1.2:25".parse().unwrap());
            let kept = fixes.iter().enumerate().filter(|(at, _)| Some(*at) != left_out);
            kept.for_each(|(_, fix)| fix.apply(&mut host, &mut policy, &mut client));
            let left = &crossings(&source, &host, 25, *proof, &policy)[0].missing;
            assert_eq!(left.is_empty(), left_out.is_none(), "row {row} without {left_out:?}: {left:?}");
        }
    }
}

#[test]
fn every_pair_of_addresses_of_one_family() {
    let source =
        server("HUB01", Version::V2019, ServerRole::Mailbox, &["10.0.0.10", "fd00::10", "10.0.0.11"]);
    let mut own = edge(Version::V2019);
    own.addresses = ["10.1.1.2", "203.0.113.25", "fd00::2"].map(|address| address.parse().unwrap()).to_vec();
    let found = crossings(&source, &made(own), 25, Proof::DirectTrust, &policy());
    let described: Vec<String> = found.iter().map(|one| format!("{} {}", one.remote, one.local)).collect();
    let wanted = [
        "10.0.0.10 10.1.1.2:25",
        "10.0.0.11 10.1.1.2:25",
        "10.0.0.10 203.0.113.25:25",
        "10.0.0.11 203.0.113.25:25",
        "fd00::10 [fd00::2]:25",
    ];
    assert_eq!(described, wanted);
}
