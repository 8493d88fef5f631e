//! The table of the transport configuration against the reference facts.

use std::collections::BTreeSet;

use exch::cmdlet::CMDLETS;
use exch::organization::{Member, Scene, TransportConfig, dn};
use exch::param::{Access, Kind, Noun, Param, Platform, Row, Span, Tier, Value, Version};
use exch::server::{Directory, Server};
use toml::{Table, Value as Toml};

use super::{spelling, tables, text, texts, version};

const PARAMETERS: &str = "organization-parameters.toml";

/// The facts of that kind about this noun.
fn facts(key: &str) -> Vec<Table> {
    tables(PARAMETERS, key).into_iter().filter(|fact| text(fact, "noun") == TransportConfig::NAME).collect()
}

fn row(name: &str) -> &'static Row<TransportConfig> {
    TransportConfig::rows().iter().find(|row| row.name() == name).unwrap_or_else(|| panic!("no row {name}"))
}

/// The organization as a server of that edition looks at it.
fn scene(on: Version) -> Scene {
    let mut local = Server::new("HUB01", "hub01.contoso.com");
    local.version = on;
    Scene { directory: Directory::new("Contoso", "contoso.com"), local: Some(local) }
}

fn span(fact: &Table) -> (Version, Version) {
    let end = |key: &str, or: Version| fact.get(key).map_or(or, |name| version(name.as_str().unwrap()));
    (end("since", Version::OLDEST), end("until", Version::NEWEST))
}

/// Every printed property, in order, with the editions that have it and where its value comes from.
#[test]
fn transport_config_prints() {
    let properties = facts("property");
    let theirs: Vec<&str> = properties.iter().map(|fact| text(fact, "name")).collect();
    let ours: Vec<&str> = TransportConfig::rows().iter().map(|row| row.name()).collect();
    assert_eq!(ours, theirs);
    let parameters = facts("parameter");
    for fact in &properties {
        let row = row(text(fact, "name"));
        let parameter = parameters.iter().find(|parameter| text(parameter, "name") == row.name());
        let own = fact.get("since").or(fact.get("until")).map(|_| fact);
        let theirs = span(own.or(parameter).unwrap_or(fact));
        assert_eq!((row.param.since, row.param.until), theirs, "{}", row.name());
        value(row, fact);
    }
}

fn value(row: &Row<TransportConfig>, fact: &Table) {
    let (name, blank) = (row.name(), TransportConfig::blank());
    let print = || row.print(&blank, &scene(Version::V2019)).to_string();
    match text(fact, "computed") {
        "" => assert_eq!(text(fact, "parameter"), name),
        "constant" if fact["value"].is_array() => {
            assert_eq!(print(), format!("{{{}}}", texts(fact, "value").join(", ")), "{name}");
        }
        "constant" => assert_eq!(print(), text(fact, "value"), "{name}"),
        "store" => assert!(row.param.on.is_empty() && !matches!(row.access, Access::Constant(_)), "{name}"),
        "property" | "template" => assert!(row.param.on.is_empty() || name == "Identity", "{name}"),
        other => panic!("{name} {other}"),
    }
}

/// Every parameter: which verbs take it and where, its type, its bounds, its editions.
#[test]
fn transport_config_parameters() {
    let parameters = facts("parameter");
    for cmdlet in CMDLETS.iter().filter(|cmdlet| cmdlet.noun == TransportConfig::NAME) {
        let verb: &str = cmdlet.verb.into();
        let theirs: Vec<&Table> =
            parameters.iter().filter(|fact| texts(fact, "on").contains(&verb.to_owned())).collect();
        let params = (cmdlet.params)();
        let ours: BTreeSet<&str> = params.iter().map(|param| param.name).collect();
        assert_eq!(ours, theirs.iter().map(|fact| text(fact, "name")).collect(), "{verb}");
        for fact in theirs {
            let param = params.iter().find(|param| param.name == text(fact, "name")).unwrap();
            parameter(param, fact);
            let position = param.position.filter(|(_, verbs)| verbs.contains(&cmdlet.verb));
            let stands = fact.get("position").and_then(Toml::as_integer);
            assert_eq!(position.map(|(at, _)| at as i64), stands, "{}", param.name);
            assert!(param.required.is_empty(), "{}", param.name);
        }
    }
    let noun =
        tables(PARAMETERS, "noun").into_iter().find(|fact| text(fact, "name") == TransportConfig::NAME);
    let place = text(&noun.unwrap(), "dn").replace("<Organization>", "Contoso");
    assert_eq!(
        dn(&TransportConfig::blank(), &scene(Version::V2019)),
        place.replace("<DC>", "DC=contoso,DC=com")
    );
}

fn parameter(param: &Param, fact: &Table) {
    let name = param.name;
    assert_eq!((param.since, param.until), span(fact), "{name}");
    assert_eq!(type_of(param), text(fact, "type"), "{name}");
    if fact.contains_key("values") {
        assert_eq!(param.kind.names(), texts(fact, "values"), "{name}");
    }
    if let Some(range) = fact.get("range").and_then(Toml::as_array) {
        let bounds: Vec<String> = range.iter().map(spelling).collect();
        assert_eq!(bounds_of(param.kind), bounds, "{name}");
    }
}

/// What an edition shows where nothing is set, for every edition that has it.
#[test]
fn transport_config_defaults() {
    let editions =
        [Version::V2007, Version::V2010, Version::V2013, Version::V2016, Version::V2019, Version::NEWEST];
    for fact in facts("parameter").iter().filter(|fact| fact.contains_key("default")) {
        let row = row(text(fact, "name"));
        for on in editions.into_iter().filter(|on| row.exists_in(*on)) {
            let old = fact.get("default_before_2016").filter(|_| on < Version::V2016);
            let wanted = match old.unwrap_or(&fact["default"]) {
                Toml::Array(items) => {
                    format!("{{{}}}", items.iter().map(spelling).collect::<Vec<_>>().join(", "))
                }
                Toml::String(none) if none.is_empty() => {
                    text(fact, "prints").split(' ').next().unwrap_or_default().to_owned()
                }
                value => row.param.parse(&spelling(value)).unwrap().to_string(),
            };
            let shown = row.print(&TransportConfig::blank(), &scene(on)).to_string();
            assert_eq!(shown, wanted, "{} on {on:?}", row.name());
            let platform = Platform { version: on, tier: Tier::Transport };
            let default = row.default_on(platform);
            assert!(default.to_string() == wanted || matches!(default, Value::Null), "{}", row.name());
        }
    }
}

/// A kind as the reference writes types.
fn type_of(param: &Param) -> &'static str {
    match param.kind {
        Kind::Bool => "Bool",
        Kind::Switch => "Switch",
        Kind::Count(..) => "Int",
        Kind::Unlimited(..) => "Unlimited<Int>",
        Kind::Size(..) => "Bytes",
        Kind::UnlimitedSize(..) => "Unlimited<Bytes>",
        Kind::Span(..) => "TimeSpan",
        Kind::Choice(_) => "Enum",
        Kind::Domain => "Domain",
        Kind::List(Kind::Domain) => "Domain[]",
        Kind::List(Kind::Range) => "IPRange[]",
        // Status codes are texts to the product, and read as what they are.
        Kind::List(Kind::Text | Kind::Form(_)) => "String[]",
        Kind::Text if param.name == "Identity" => "Identity",
        Kind::Form(form) => match form.type_name {
            "System.Globalization.CultureInfo" => "Culture",
            "Microsoft.Exchange.Data.SmtpAddress" => "Address",
            other => panic!("{other}"),
        },
        other => panic!("{other:?}"),
    }
}

fn bounds_of(kind: Kind) -> Vec<String> {
    match kind {
        Kind::Span(min, max) => [min, max].map(|end| Span::seconds(end).to_string()).to_vec(),
        Kind::UnlimitedSize(min, max) => vec![min.to_string(), max.to_string()],
        kind => super::bounds_of(kind),
    }
}
