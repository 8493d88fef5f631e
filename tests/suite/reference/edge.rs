//! What Edge subscriptions make, need and switch off, against the reference facts.

use exch::connector::edge_default::EdgeState;
use exch::connector::{ReceiveConnector, setup};
use exch::organization::edge_subscription::{MADE, PORTS, REPORTED, SWITCHED_OFF};
use exch::organization::send_connector::Usage;
use exch::organization::{EdgeSubscription, SendConnector};
use exch::param::{Noun, Platform, Tier, Value, Version};
use exch::server::{Server, ServerRole};
use toml::{Table, Value as Toml};

use super::{tables, text, texts};
use crate::world::Home;

const FACTS: &str = "edge-subscription.toml";

/// A row's value that a fact spells, one or several.
fn value(name: &str, spelled: &Toml) -> Value {
    let row = SendConnector::rows().iter().find(|row| row.name() == name).unwrap();
    let texts: Vec<String> = match spelled {
        Toml::Array(items) => items.iter().map(|item| item.as_str().unwrap().to_owned()).collect(),
        one => vec![super::spelling(one)],
    };
    let texts: Vec<String> = texts.iter().map(|text| text.replace("<EdgeServer>", "EDGE01")).collect();
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    row.param.kind.parse_all(row.name(), &texts).unwrap()
}

/// The connectors that a subscription makes: what the facts say, and else the defaults.
#[test]
fn edge_connectors() {
    let facts = tables(FACTS, "send_connector");
    assert_eq!(facts.len(), MADE.len());
    for (fact, made) in facts.iter().zip(&MADE) {
        assert_eq!((made.name, made.switch.name()), (text(fact, "name"), text(fact, "switch")));
        assert_eq!(made.switch.param.default.cases(), [(None, text(fact, "default"))]);
        assert!(text(fact, "usage").parse::<Usage>().is_ok());
        for version in [Version::V2007, Version::V2010, Version::V2013, Version::Se] {
            let connector = made.connector("Berlin", "EDGE01", version).unwrap();
            assert_eq!(connector.name, text(fact, "name").replace("<Site>", "Berlin"));
            let mut settings = fact["settings"].as_table().unwrap().clone();
            if version >= Version::V2013 {
                settings.extend(
                    fact.get("settings_since_2013").and_then(Toml::as_table).cloned().unwrap_or_default(),
                );
            }
            properties(&connector, &settings, version);
        }
    }
    assert!(MADE[0].connector(&"a".repeat(64), "EDGE01", Version::Se).is_err());
}

fn properties(connector: &SendConnector, settings: &Table, version: Version) {
    for row in SendConnector::rows() {
        let Some(ours) = row.stored(connector).filter(|_| row.name() != "Name") else { continue };
        let theirs = match settings.get(row.name()) {
            Some(spelled) => value(row.name(), spelled),
            None => row.default_on(Platform { version, tier: Tier::Edge }),
        };
        assert!(
            ours == theirs || ours.is_empty() && theirs.is_empty(),
            "{}: {ours} on {version:?}",
            row.name()
        );
    }
    assert_eq!(exch::organization::send_connector::rules::check(connector).refusals, vec![]);
}

/// What a subscribed server no longer changes.
#[test]
fn edge_switched_off() {
    let facts = tables(FACTS, "disabled");
    assert_eq!(facts.len(), SWITCHED_OFF.len());
    for (fact, off) in facts.iter().zip(SWITCHED_OFF) {
        assert_eq!(off.noun, text(fact, "noun"));
        assert_eq!(
            off.verbs.iter().map(|verb| -> &str { verb.into() }).collect::<Vec<_>>(),
            texts(fact, "verbs")
        );
        assert_eq!(off.parameters, texts(fact, "parameters"));
        assert_eq!(off.until.unwrap_or_default(), text(fact, "until"));
    }
}

/// What is told, the ports, and when a bootstrap account would expire.
#[test]
fn edge_told() {
    let facts = tables(FACTS, "requirement");
    let notices: Vec<(&str, &str)> = facts
        .iter()
        .filter(|fact| text(fact, "severity") == "notice")
        .map(|fact| (text(fact, "id"), text(fact, "rule")))
        .collect();
    assert_eq!(
        REPORTED.iter().map(|described| (described.rule.into(), described.text)).collect::<Vec<_>>(),
        notices
    );
    let ports = tables(FACTS, "port");
    assert_eq!(ports.len(), PORTS.len());
    for (fact, port) in ports.iter().zip(PORTS) {
        assert_eq!(fact["port"].as_integer(), Some(i64::from(port.port)));
        assert_eq!(
            (port.protocol, port.from, port.to),
            (text(fact, "protocol"), text(fact, "from"), text(fact, "to"))
        );
        assert_eq!(fact["firewall"].as_bool(), Some(port.firewall));
    }
    let bootstrap = super::read(FACTS)["bootstrap"].as_table().unwrap().clone();
    let new = exch::cmdlet::CMDLETS.iter().find(|cmdlet| cmdlet.name() == "New-EdgeSubscription").unwrap();
    let params = (new.params)();
    let expiry = params.iter().find(|param| param.name == text(&bootstrap, "parameter")).unwrap();
    assert_eq!(expiry.default.cases(), [(None, text(&bootstrap, "default"))]);
    assert!(expiry.parse(text(&bootstrap, "min")).is_ok() && expiry.parse("00:01:59").is_err());
    assert_eq!(EdgeSubscription::NAME, new.noun);
}

/// The receiving side needs nothing: setup's connectors have what mail between the two needs, that of the Edge Transport
/// server once it is subscribed.
#[test]
fn edge_receiving_side() {
    for fact in tables(FACTS, "receive_connector") {
        let edge = text(&fact, "server") == "EdgeTransport";
        let mut versions = texts(&fact, "versions");
        if versions.is_empty() {
            versions = ["2007", "2010", "2013", "2016", "2019", "SE"].map(str::to_owned).to_vec();
        }
        for version in versions.iter().map(|name| super::version(name)) {
            let mut server = Server::new("S1", "s1.contoso.com");
            server.version = version;
            server.roles = match (edge, version) {
                (true, _) => ServerRole::EdgeTransport.into(),
                (false, Version::V2007 | Version::V2010) => ServerRole::HubTransport.into(),
                (false, Version::V2013) => ServerRole::Mailbox | ServerRole::ClientAccess,
                (false, _) => ServerRole::Mailbox.into(),
            };
            let wanted = text(&fact, "name").replace("<EdgeServer>", "S1").replace("<Server>", "S1");
            let made = setup::default_connectors_of(&server, EdgeState::Subscribed);
            let connector = made.iter().find(|connector| connector.name == wanted).unwrap();
            for (name, needed) in fact["needs"].as_table().unwrap() {
                let row = ReceiveConnector::rows().iter().find(|row| row.name() == name).unwrap();
                let has = row.stored(connector).unwrap().elements();
                let lacks = needed
                    .as_array()
                    .unwrap()
                    .iter()
                    .find(|one| !has.iter().any(|value| value.to_string() == one.as_str().unwrap()));
                assert_eq!(lacks, None, "{wanted} on {version:?}");
            }
        }
    }
}

/// A placeholder's examples as the store of [`procedures`] has them, several or one.
fn filled(value: &Toml) -> Vec<String> {
    let examples = super::read(FACTS)["placeholder"].as_table().unwrap().clone();
    let texts: Vec<String> = match value {
        Toml::Array(items) => items.iter().map(super::spelling).collect(),
        one => vec![super::spelling(one)],
    };
    let mut filled = Vec::new();
    for text in texts {
        let whole = text.strip_prefix('<').and_then(|text| text.strip_suffix('>'));
        match whole.and_then(|name| examples.get(name)) {
            Some(Toml::Array(all)) => filled.extend(all.iter().map(super::spelling)),
            _ => filled.push(examples.iter().fold(text, |text, (name, example)| {
                example.as_str().map_or(text.clone(), |example| text.replace(&format!("<{name}>"), example))
            })),
        }
    }
    filled
}

/// Every step of the documented ways without a subscription runs as it is written.
#[test]
fn edge_procedures_without_a_subscription() {
    for procedure in tables(FACTS, "procedure") {
        let mut home = Home::new();
        home.done(["initialize-store", "-Organization", "Contoso", "-Domain", "contoso.com"]);
        home.done(["new-exchangeserver", "HUB01", "-Fqdn", "hub01.contoso.com"]);
        home.done(["new-exchangeserver", "HUB02", "-Fqdn", "hub02.contoso.com"]);
        let edge = ["new-exchangeserver", "EDGE01", "-ServerRole", "EdgeTransport", "-IPAddresses"];
        home.done(edge.into_iter().chain(["203.0.113.25,10.1.1.2"]));
        let steps = tables(FACTS, "step");
        let own = steps.iter().filter(|step| text(step, "procedure") == text(&procedure, "name"));
        for step in own.filter(|step| !text(step, "cmdlet").is_empty()) {
            let server = if text(step, "server") == "EdgeTransport" { "EDGE01" } else { "HUB01" };
            home.world.environment.server = Some(server.to_owned());
            let mut words = vec![text(step, "cmdlet").to_owned()];
            for (name, value) in step["parameters"].as_table().unwrap() {
                match value {
                    Toml::Boolean(flag) => words.push(format!("-{name}:{flag}")),
                    value => words.extend([format!("-{name}"), filled(value).join(",")]),
                }
            }
            home.done(words);
        }
    }
}

/// A file that a path names gives the server's name, in either of the encodings that PowerShell writes.
#[test]
fn edge_subscription_file() {
    let mut home = Home::new();
    let dir = crate::host::tempdir().unwrap();
    home.world.environment.directory = dir.path().to_owned();
    home.done(["new-exchangeserver", "HUB01", "-Site", "Berlin"]);
    for (name, wide) in [("EDGE01", false), ("EDGE02", true)] {
        let text = format!("<EdgeServerName>{name}</EdgeServerName><ESRAPassword>secret</ESRAPassword>");
        let bytes =
            if wide { text.encode_utf16().flat_map(u16::to_le_bytes).collect() } else { text.into_bytes() };
        std::fs::write(dir.path().join("edge.xml"), bytes).unwrap();
        home.done(["new-exchangeserver", name, "-ServerRole", "EdgeTransport"]);
        home.done(["new-edgesubscription", "-FileData", "edge.xml", "-Site", "Berlin"]);
    }
    assert_eq!(home.done(["get-edgesubscription", "-o", "name"]), "EDGE01\nEDGE02\n");
    assert!(!home.done(["get-storehistory", "-o", "list"]).contains("edge.xml"));
}
