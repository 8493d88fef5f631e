//! Copies: a copy is to its server what the original is to its own.

use exch::connector::change::move_to;
use exch::connector::copy::copied;
use exch::connector::{Host, ReceiveConnector, TransportRole, namesake, setup};
use exch::param::{Noun, Version};
use exch::server::{Server, ServerRole, allowed_roles};
use strum::VariantNames;

/// A server of every version with every role that receives mail.
fn servers(name: &str) -> Vec<Server> {
    let mut all = Vec::new();
    for version in Version::VARIANTS.iter().filter_map(|name| name.parse::<Version>().ok()) {
        for role in allowed_roles(version) & setup::connector_roles(version) {
            let mut server = Server::new(name, &format!("{name}.contoso.com"));
            server.version = version;
            server.roles = role.into();
            all.push(server);
        }
    }
    assert!(all.iter().any(|server| server.roles.contains(ServerRole::EdgeTransport)));
    all
}

/// Whether a server has transport services to tell apart.
fn has_roles(server: &Server) -> bool {
    server.version >= Version::V2013 && !server.is_edge()
}

#[test]
fn setups_connectors_become_those_of_the_other_server() {
    for (one, other) in servers("HUB01").into_iter().zip(servers("MBX22")) {
        let copies = setup::default_connectors(&one).into_iter().map(|c| copied(&c, &one, &other));
        let copies: Vec<ReceiveConnector> = copies.map(|copy| copy.connector).collect();
        assert_eq!(copies, setup::default_connectors(&other));
    }
}

#[test]
fn what_both_versions_have_keeps_its_value() {
    for one in servers("HUB01") {
        for other in servers("MBX22") {
            for original in setup::default_connectors(&one) {
                let copy = copied(&original, &one, &other).connector;
                let both = |version| move |row: &&&exch::param::Row<ReceiveConnector>| row.exists_in(version);
                let rows = ReceiveConnector::rows().iter();
                for row in rows.filter(both(one.version)).filter(both(other.version)) {
                    let is_one_service = row.name() == "TransportRole" && !has_roles(&other);
                    if !is_one_service && !["Name", "Fqdn"].contains(&row.name()) {
                        assert_eq!(row.stored(&copy), row.stored(&original), "{}", row.name());
                    }
                }
            }
        }
    }
}

/// A copy to another version and a server that gets this version do the same to a connector.
#[test]
fn what_a_copy_loses_a_change_of_version_refuses() {
    for one in servers("HUB01") {
        for other in servers("HUB01") {
            for original in setup::default_connectors(&one) {
                let mut original = original;
                original.name = "Relay".to_owned();
                // A copy leaves it out for a server with one service, which a change of version does not.
                if !has_roles(&other) {
                    original.transport_role = TransportRole::default();
                }
                original.max_acknowledgement_delay = exch::param::Span::seconds(7);
                let mut host = Host { server: one.clone(), connectors: vec![original.clone()] };
                let copy = copied(&original, &one, &other);
                let moved = move_to(&mut host, other.clone());
                assert_eq!(moved.is_ok(), copy.lost.is_empty());
                assert!(moved.is_err() || host.connectors == [copy.connector]);
            }
        }
    }
}

#[test]
fn a_servers_name_is_a_word_of_its_own() {
    let server = |name: &str| Server::new(name, &format!("{name}.contoso.com"));
    let (one, other) = (server("HUB01"), server("MÜLLER"));
    let cases = [
        ("Default HUB01", "Default MÜLLER"),
        ("hub01", "MÜLLER"),
        ("Relay-HUB01 (hub01)", "Relay-MÜLLER (MÜLLER)"),
        ("HUB010 and XHUB01", "HUB010 and XHUB01"),
        ("HUB01HUB01", "HUB01HUB01"),
        ("ÄHUB01", "ÄHUB01"),
        ("", ""),
    ];
    for (name, there) in cases {
        assert_eq!(namesake::on_server(name, &one, &other), there);
        let both = (namesake::abstracted(name, &one), namesake::abstracted(there, &other));
        assert_eq!(both.0, both.1);
    }
    assert_eq!(namesake::on_server("an müller at", &other, &one), "an HUB01 at");
    assert_eq!(namesake::fqdn_on("hub01.CONTOSO.com", &one, &other).as_deref(), Some("MÜLLER.contoso.com"));
    assert_eq!(namesake::fqdn_on("mail.contoso.com", &one, &other), None);
}
