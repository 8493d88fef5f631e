//! The rows of access lists against the reference data.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]
#![expect(clippy::disallowed_methods, reason = "tests read the reference data")]

use std::fs;
use std::path::Path;

use exch::cmdlet::{CMDLETS, Cmdlet};
use exch::param::{Group, Kind, Noun, Param, Verb};
use exch::permission::AdPermission;
use exch::permission::rows::refusal;
use toml::{Table, Value as Toml};

fn facts(kind: &str) -> Vec<Table> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/reference/organization-parameters.toml");
    let all: Table = fs::read_to_string(path).unwrap().parse().unwrap();
    let tables = all[kind].as_array().unwrap().iter().filter_map(Toml::as_table).cloned();
    tables.filter(|table| table.get("noun").and_then(Toml::as_str) == Some("ADPermission")).collect()
}

fn texts(fact: &Table, key: &str) -> Vec<String> {
    let items = fact.get(key).and_then(Toml::as_array).cloned().unwrap_or_default();
    items.iter().map(|item| item.as_str().unwrap().to_owned()).collect()
}

fn cmdlets() -> impl Iterator<Item = &'static Cmdlet> {
    CMDLETS.iter().copied().filter(|cmdlet| cmdlet.noun == AdPermission::NAME)
}

fn param(verb: &str, name: &str) -> Option<&'static Param> {
    let verb: Verb = verb.parse().unwrap();
    let cmdlet = cmdlets().find(|cmdlet| cmdlet.verb == verb).unwrap();
    (cmdlet.params)().into_iter().find(|param| param.name == name)
}

#[test]
fn parameters_are_those_of_the_reference() {
    let facts = facts("parameter");
    for fact in &facts {
        let (name, on) = (fact["name"].as_str().unwrap(), texts(fact, "on"));
        for verb in ["Add", "Get", "Remove"] {
            let Some(param) = param(verb, name) else {
                assert!(!on.contains(&verb.to_owned()), "{verb} lacks {name}");
                continue;
            };
            assert!(on.contains(&verb.to_owned()), "{verb} has {name}");
            let placed = fact.get("position").and_then(Toml::as_integer);
            assert_eq!(param.position.map(|(place, _)| place as i64), placed, "{name}");
            let kind = fact.get(&format!("type_{}", verb.to_lowercase())).unwrap_or(&fact["type"]);
            let fits = match kind.as_str().unwrap() {
                "Switch" => matches!(param.kind, Kind::Switch),
                "Enum" | "Enum[]" => {
                    let names = match param.kind {
                        Kind::List(element) => element.names(),
                        kind => kind.names(),
                    };
                    names == texts(fact, "values")
                }
                "Identity" => param.kind.is_identities(),
                "Right[]" | "String[]" => matches!(param.kind, Kind::List(Kind::Text)),
                _ => matches!(param.kind, Kind::Text),
            };
            assert!(fits, "{verb} {name}: {:?}", param.kind);
            assert_eq!(param.group == Group::Ignored, fact.contains_key("ignored"), "{name}");
            if let Some(why) = fact.get("refused") {
                assert_eq!(refusal(param), why.as_str().unwrap());
            }
        }
    }
    let known = |param: &&Param| facts.iter().any(|fact| fact["name"].as_str() == Some(param.name));
    for cmdlet in cmdlets() {
        assert!((cmdlet.params)().iter().all(|param| param.is_ours() || known(param)), "{}", cmdlet.name());
    }
}

/// The product's properties, then the one of ours.
#[test]
fn properties_stand_in_order() {
    let mut theirs: Vec<String> =
        facts("property").iter().map(|fact| fact["name"].as_str().unwrap().to_owned()).collect();
    theirs.push("PermissionGroup".to_owned());
    let ours: Vec<&str> = AdPermission::rows().iter().map(|row| row.name()).collect();
    assert_eq!(ours, theirs);
}
