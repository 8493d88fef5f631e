//! The tables of the program against the reference facts, kept in tests/reference.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]
#![expect(clippy::disallowed_methods, reason = "tests read their reference files")]

mod data_paths;
mod documented;
mod edge;
mod organization;
mod transport_config;

use std::fs;
use std::path::Path;

use exch::connector::edge_default::EdgeState;
use exch::connector::usage::Usage;
use exch::connector::{ReceiveConnector, rows, setup};
use exch::param::{
    Access, Declared, DefaultValue, Kind, Noun, Platform, Printed, Row, Tier, Value, Verb, Version,
};
use exch::permission::{PRINCIPALS, PermissionGroup, RIGHTS, Side, grants};
use exch::server::{Server, ServerRole, allowed_roles};
use toml::{Table, Value as Toml};

fn read(file: &str) -> Table {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/reference").join(file);
    fs::read_to_string(path).unwrap().parse().unwrap()
}

fn tables(file: &str, key: &str) -> Vec<Table> {
    read(file)[key].as_array().unwrap().iter().map(|item| item.as_table().unwrap().clone()).collect()
}

fn text<'t>(table: &'t Table, key: &str) -> &'t str {
    table.get(key).and_then(Toml::as_str).unwrap_or_default()
}

fn texts(table: &Table, key: &str) -> Vec<String> {
    let items = table.get(key).and_then(Toml::as_array).cloned().unwrap_or_default();
    items.iter().map(|item| item.as_str().unwrap().to_owned()).collect()
}

fn version(name: &str) -> Version {
    name.parse().unwrap()
}

/// A scalar as it would be typed.
fn spelling(value: &Toml) -> String {
    match value {
        Toml::String(text) => text.clone(),
        Toml::Integer(number) => number.to_string(),
        Toml::Boolean(flag) => flag.to_string(),
        other => panic!("{other:?}"),
    }
}

const PARAMETERS: &str = "receive-connector-parameters.toml";
const CONNECTORS: &str = "receive-connectors.toml";

fn row(name: &str) -> &'static Row<ReceiveConnector> {
    ReceiveConnector::rows().iter().find(|row| row.name() == name).unwrap_or_else(|| panic!("no row {name}"))
}

#[test]
fn rows_are_the_parameters_in_printed_order() {
    let computed: Vec<String> =
        tables(PARAMETERS, "computed").iter().map(|t| text(t, "name").to_owned()).collect();
    // The owner is set through Add-ADPermission and kept with the connector.
    let elsewhere = |name: &&str| *name == rows::OWNER.name() || computed.iter().any(|c| c == name);
    let product = rows::ROWS.iter().filter(|row| !row.param.is_ours());
    let ours: Vec<&str> = product.map(|row| row.name()).filter(|name| !elsewhere(name)).collect();
    let theirs: Vec<String> =
        tables(PARAMETERS, "parameter").iter().map(|t| text(t, "name").to_owned()).collect();
    assert_eq!(ours, theirs);
    assert_eq!(ours.len(), 63);
    assert_eq!(computed.len(), 11);
}

#[test]
fn computed_properties_stand_where_they_belong() {
    for fact in tables(PARAMETERS, "computed") {
        let at = rows::ROWS.iter().position(|row| row.name() == text(&fact, "name")).unwrap();
        assert_eq!(rows::ROWS[at - 1].name(), text(&fact, "after"));
        assert!(matches!(rows::ROWS[at].access, Access::Computed(_)));
        assert!(rows::ROWS[at].param.on.is_empty());
    }
}

#[test]
fn rows_say_what_the_parameters_say() {
    for fact in tables(PARAMETERS, "parameter") {
        let row = row(text(&fact, "name"));
        // The product has no cmdlets that copy and compare connectors.
        let theirs = row.param.on.iter().filter(|verb| !matches!(verb, Verb::Copy | Verb::Compare));
        let on: Vec<&str> = theirs.map(|verb| -> &str { verb.into() }).collect();
        assert_eq!(on, texts(&fact, "on"), "{}", row.name());
        let since = fact.get("since").map_or(Version::OLDEST, |v| version(v.as_str().unwrap()));
        let until = fact.get("until").map_or(Version::NEWEST, |v| version(v.as_str().unwrap()));
        assert_eq!((row.param.since, row.param.until), (since, until), "{}", row.name());
        let pack = fact.get("since_pack").and_then(Toml::as_str).unwrap_or("RTM");
        assert_eq!(row.param.since_pack.name(), pack, "{}", row.name());
        assert_eq!(row.printed == Printed::Always, fact.get("printed").is_none(), "{}", row.name());
        assert_eq!(type_of(row.param.kind, row.name()), text(&fact, "type"), "{}", row.name());
        if fact.contains_key("values") {
            assert_eq!(values_of(row.param.kind), texts(&fact, "values"), "{}", row.name());
        }
        if let Some(range) = fact.get("range").and_then(Toml::as_array) {
            let bounds: Vec<String> = range.iter().map(spelling).collect();
            assert_eq!(bounds_of(row.param.kind), bounds, "{}", row.name());
        }
    }
}

/// A kind as the reference writes types.
fn type_of(kind: Kind, name: &str) -> &'static str {
    match kind {
        Kind::Bool => "Bool",
        Kind::Count(..) => "Int",
        Kind::Unlimited(..) => "Unlimited<Int>",
        Kind::Size(..) => "Bytes",
        Kind::UnlimitedSize(..) => "Unlimited<Bytes>",
        Kind::Span(..) => "TimeSpan",
        // The reference calls a default domain a string: what names an accepted domain.
        Kind::Form(_) if name == "DefaultDomain" => "String",
        Kind::Domain => "Fqdn",
        // The product takes one identity, and here several may be named.
        Kind::Text | Kind::Name | Kind::Certificate | Kind::List(Kind::Identity) => "String",
        Kind::Choice(_) => "Enum",
        Kind::Flags(..) => "Flags",
        Kind::List(Kind::Binding) => "Binding[]",
        Kind::List(Kind::Range) => "IPRange[]",
        Kind::List(_) => "String[]",
        Kind::Guid => "Guid",
        Kind::Time => "DateTime",
        other => panic!("{other:?}"),
    }
}

fn values_of(kind: Kind) -> Vec<String> {
    let owned = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
    match kind {
        Kind::Flags(names, reported) => [owned(&["None"]), owned(names), owned(reported)].concat(),
        kind => owned(kind.names()),
    }
}

fn bounds_of(kind: Kind) -> Vec<String> {
    match kind {
        Kind::Count(min, max)
        | Kind::Unlimited(min, max)
        | Kind::Size(min, max)
        | Kind::UnlimitedSize(min, max) => {
            vec![min.to_string(), max.to_string()]
        }
        Kind::Span(min, max) => [min, max].map(|end| exch::param::Span::seconds(end).to_string()).to_vec(),
        _ => Vec::new(),
    }
}

const HUB: Platform = Platform { version: Version::V2019, tier: Tier::Transport };

fn same_default(row: &Row<ReceiveConnector>, platform: Platform, spelled: &str) {
    let ours = row.param.default.on(platform).map(|text| row.param.parse(text).unwrap());
    assert_eq!(ours, Some(row.param.parse(spelled).unwrap()), "{} on {platform:?}", row.name());
}

#[test]
fn rows_have_the_parameters_defaults() {
    for fact in tables(PARAMETERS, "parameter") {
        let row = row(text(&fact, "name"));
        let spelled = text(&fact, "default");
        if spelled.is_empty()
            || spelled.starts_with("by ")
            || spelled.starts_with("the ")
            || row.name() == "TransportRole"
        {
            continue;
        }
        if spelled.starts_with("empty") {
            assert!(row.param.default.on(HUB).is_none(), "{}", row.name());
            assert!(row.stored(&ReceiveConnector::defaults(HUB)).unwrap().is_empty(), "{}", row.name());
            continue;
        }
        same_default(row, HUB, spelled);
        let edge = fact.get("default_edge").and_then(Toml::as_str).unwrap_or(spelled);
        same_default(row, Platform { tier: Tier::Edge, ..HUB }, edge);
        for (key, old) in [
            ("default_before_2013", Version::V2010),
            ("default_before_2016", Version::V2013),
            ("default_before_2019", Version::V2016),
        ] {
            if let Some(before) = fact.get(key).and_then(Toml::as_str) {
                same_default(row, Platform { version: old, ..HUB }, before);
            }
        }
    }
    let front_end = Platform { version: Version::V2013, tier: Tier::FrontEnd };
    assert_eq!(rows::TRANSPORT_ROLE.param.default.on(front_end), Some("FrontendTransport"));
    assert_eq!(rows::TRANSPORT_ROLE.param.default.on(HUB), Some("HubTransport"));
    assert!(DefaultValue::NONE.on(HUB).is_none());
}

/// A preset's value of a property, as texts.
fn preset_texts(usage: Usage, platform: Platform, name: &str) -> Vec<String> {
    let values = usage.preset().values(platform);
    let value = values.iter().find(|(row, _)| row.name() == name).map(|(_, value)| value.clone());
    match value {
        Some(Value::Flags(names)) if names.is_empty() => vec!["None".to_owned()],
        Some(value) => value.elements().iter().map(ToString::to_string).collect(),
        None => Vec::new(),
    }
}

#[test]
fn usage_presets() {
    let facts = tables(CONNECTORS, "usage");
    assert_eq!(facts.len(), Usage::ALL.len());
    let old = Platform { version: Version::V2010, ..HUB };
    let edge = Platform { tier: Tier::Edge, ..HUB };
    for fact in &facts {
        let usage: Usage = text(fact, "name").parse().unwrap();
        let required: Vec<&str> = usage.preset().required.iter().map(|row| row.name()).collect();
        assert_eq!(required, texts(fact, "required"));
        assert_eq!(usage.preset().on_edge, !texts(fact, "not_on").contains(&"EdgeTransport".to_owned()));
        assert_eq!(usage.preset().purpose, text(fact, "for"));
        let check = |name: &str, platform: Platform, keys: &[&str]| {
            let key = keys.iter().find(|key| fact.contains_key(**key));
            let expected = key.map(|key| texts(fact, key)).unwrap_or_default();
            assert_eq!(
                preset_texts(usage, platform, name),
                expected,
                "{} {name} on {platform:?}",
                usage.name()
            );
        };
        check("Bindings", HUB, &["bindings_since_2013", "bindings"]);
        check("Bindings", old, &["bindings"]);
        check("PermissionGroups", HUB, &["permission_groups"]);
        check("PermissionGroups", old, &["permission_groups_2007_2010", "permission_groups"]);
        check("PermissionGroups", edge, &["permission_groups_edge", "permission_groups"]);
        check("AuthMechanism", HUB, &["auth_mechanism"]);
        check("RemoteIPRanges", HUB, &["remote_ip_ranges"]);
        let domain_secure = usage
            .preset()
            .values(HUB)
            .iter()
            .any(|(row, v)| row.name() == "DomainSecureEnabled" && *v == Value::Bool(true));
        assert_eq!(domain_secure, fact.contains_key("settings"));
    }
}

#[test]
fn permission_groups() {
    let facts = tables(CONNECTORS, "group");
    assert_eq!(facts.len(), 5);
    for fact in &facts {
        let group: PermissionGroup = text(fact, "name").parse().unwrap();
        for (name, year) in [("2007", 2007), ("2010", 2010), ("2013", 2013), ("2019", 2019)] {
            for tier in [Tier::Transport, Tier::Edge] {
                let platform = Platform { version: version(name), tier };
                let mut expected = Vec::new();
                let barred =
                    tier == Tier::Edge && texts(fact, "not_on").contains(&"EdgeTransport".to_owned());
                for grant in fact["grant"].as_array().unwrap().iter().filter(|_| !barred) {
                    let grant = grant.as_table().unwrap();
                    let mut rights = texts(grant, "rights");
                    if year >= 2010 {
                        rights.extend(texts(grant, "rights_since_2010"));
                    }
                    if year >= 2013 {
                        rights.extend(texts(grant, "rights_since_2013"));
                    }
                    let skip = |p: &String| tier == Tier::Edge && texts(grant, "not_on_edge").contains(p);
                    for principal in texts(grant, "principals").into_iter().filter(|p| !skip(p)) {
                        expected.extend(rights.iter().map(|right| format!("{principal} {right}")));
                    }
                }
                let mut ours: Vec<String> = grants(group, platform)
                    .iter()
                    .map(|e| format!("{} {}", e.principal, e.right.name))
                    .collect();
                ours.sort();
                expected.sort();
                assert_eq!(ours, expected, "{group:?} on {platform:?}");
            }
        }
    }
}

#[test]
fn rights() {
    let facts = tables("rights.toml", "right");
    assert_eq!(facts.len(), RIGHTS.len());
    for (fact, right) in facts.iter().zip(RIGHTS) {
        assert_eq!(right.name, text(fact, "name"));
        assert_eq!(right.guid.unwrap_or_default(), text(fact, "guid"));
        assert_eq!(right.aka.to_vec(), texts(fact, "aka"));
        assert_eq!(right.decides, text(fact, "decides"));
        assert_eq!(right.side == Side::Send, text(fact, "side") == "send");
    }
}

#[test]
fn principals() {
    let facts = tables("principals.toml", "principal");
    assert_eq!(facts.len(), PRINCIPALS.len());
    for (fact, known) in facts.iter().zip(PRINCIPALS) {
        assert_eq!(known.name, text(fact, "name"));
        assert_eq!(known.sid.unwrap_or("per domain"), text(fact, "sid"));
        assert_eq!(known.aka.to_vec(), texts(fact, "aka"));
        assert_eq!(known.session, text(fact, "session"));
    }
}

#[test]
fn server_roles() {
    for fact in tables(CONNECTORS, "server_role") {
        for name in texts(&fact, "versions") {
            let version = version(&name);
            let ours: Vec<&str> = allowed_roles(version).iter().map(|role| role.into()).collect();
            let mut theirs = texts(&fact, "roles");
            theirs.sort_by_key(|role| role.parse::<ServerRole>().unwrap());
            assert_eq!(ours, theirs, "{name}");
            let ours: Vec<&str> = setup::connector_roles(version).iter().map(|role| role.into()).collect();
            let mut theirs = texts(&fact, "connectors_on");
            theirs.sort_by_key(|role| role.parse::<ServerRole>().unwrap());
            assert_eq!(ours, theirs, "{name}");
        }
    }
}

#[test]
fn default_connectors() {
    let facts = tables(CONNECTORS, "default_connector");
    let mut seen = 0;
    for fact in &facts {
        for name in texts(fact, "versions") {
            let role = if name == "2013" && fact.contains_key("server_role_2013") {
                "server_role_2013"
            } else {
                "server_role"
            };
            let mut server = Server::new("S1", "s1.contoso.com");
            (server.version, server.roles) =
                (version(&name), text(fact, role).parse::<ServerRole>().unwrap().into());
            let made = setup::default_connectors_of(&server, EdgeState::Subscribed);
            let wanted = text(fact, "name").replace("<Server>", "S1");
            let connector =
                made.iter().find(|c| c.name == wanted).unwrap_or_else(|| panic!("{wanted} on {name}"));
            let is = |row: &Row<ReceiveConnector>, key: &str| {
                let expected = texts(fact, key);
                let expected: Vec<&str> = expected.iter().map(String::as_str).collect();
                assert_eq!(
                    row.stored(connector).unwrap(),
                    row.param.kind.parse_all(row.name(), &expected).unwrap(),
                    "{wanted} {key}"
                );
            };
            let alone = name == "2013" && fact.contains_key("bindings_2013_without_client_access");
            is(&rows::BINDINGS, if alone { "bindings_2013_without_client_access" } else { "bindings" });
            is(&rows::REMOTE_IP_RANGES, "remote_ip_ranges");
            is(&rows::AUTH_MECHANISM, "auth_mechanism");
            is(&rows::PERMISSION_GROUPS, "permission_groups");
            let of_2013 = if name == "2013" { fact.get("settings_2013") } else { None };
            let settings = fact.get("settings").into_iter().chain(of_2013).filter_map(Toml::as_table);
            for (key, value) in settings.flatten() {
                let spelled = spelling(value);
                assert_eq!(
                    row(key).stored(connector).unwrap(),
                    row(key).param.parse(&spelled).unwrap(),
                    "{wanted} {key}"
                );
            }
            assert_eq!(connector.fqdn.as_deref(), Some("s1.contoso.com"));
            let until_subscribed = setup::default_connectors(&server);
            let until_subscribed = until_subscribed.iter().find(|c| c.name == wanted).unwrap();
            if let Some(usage) = fact.get("until_subscribed") {
                let usage: Usage = usage["usage"].as_str().unwrap().parse().unwrap();
                for (row, value) in usage.preset().values(server.platform()) {
                    if ["AuthMechanism", "PermissionGroups"].contains(&row.name()) {
                        assert_eq!(row.stored(until_subscribed).unwrap(), value, "{wanted} {}", row.name());
                    }
                }
            } else {
                assert_eq!(connector, until_subscribed, "{wanted}");
            }
            seen += 1;
        }
    }
    assert_eq!(seen, 30);
}
