//! What Edge subscriptions make, need and switch off, against the reference facts.

use exch::organization::edge_subscription::{MADE, PORTS, SWITCHED_OFF, TOLD};
use exch::organization::send_connector::Usage;
use exch::organization::{EdgeSubscription, SendConnector};
use exch::param::{Noun, Platform, Tier, Value, Version};
use toml::{Table, Value as Toml};

use super::{tables, text, texts};

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
pub fn connectors() {
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
    assert_eq!(exch::organization::send_connector::rules::check(connector), vec![]);
}

/// What a subscribed server no longer changes.
pub fn switched_off() {
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
pub fn told() {
    let facts = tables(FACTS, "requirement");
    let notices: Vec<(&str, &str)> = facts
        .iter()
        .filter(|fact| text(fact, "severity") == "notice")
        .map(|fact| (text(fact, "id"), text(fact, "rule")))
        .collect();
    assert_eq!(TOLD.iter().map(|told| (told.rule, told.text)).collect::<Vec<_>>(), notices);
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
