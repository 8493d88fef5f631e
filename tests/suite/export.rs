//! The connectors that setup makes, against a real server's export: property by property and line by line.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]
#![expect(clippy::disallowed_methods, reason = "tests read their fixtures")]

use std::fs;
use std::path::{Path, PathBuf};

use libtest_mimic::Trial;
use serde_json::Value as Json;

use crate::clixml::{Clixml, connectors};
use crate::world::Home;

/// What that server's owner changed, and what no two servers share.
const OWN: &[&str] = &[
    "Guid",
    "WhenChanged",
    "WhenCreated",
    "WhenChangedUTC",
    "WhenCreatedUTC",
    "TlsCertificateName",
    "TlsDomainCapabilities",
];

/// The trials of this module.
pub fn trials() -> Vec<Trial> {
    let trial = |name: &str, test: fn()| {
        Trial::test(format!("export::{name}"), move || {
            test();
            Ok(())
        })
    };
    vec![
        trial("every_property_equals_the_real_one", every_property),
        trial("the_list_equals_the_real_one", list),
        trial("the_table_equals_the_real_one", table),
    ]
}

fn fixture(ending: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/fixtures")
        .join(format!("exchange-2019-receive-connectors.{ending}"))
}

/// The store that the issue describes: First Organization, exlab.dom, one 2019 Mailbox server.
fn home() -> Home {
    let home = Home::new();
    home.done(["initialize-store", "-Domain", "exlab.dom"]);
    home.done(["new-exchangeserver", "WIN-CTD3L0RGEN4", "-Version", "2019", "-ServerRole", "Mailbox"]);
    home
}

fn every_property() {
    let ours: Vec<serde_json::Map<String, Json>> =
        serde_json::from_str(&home().done(["get-receiveconnector", "-o", "json"])).unwrap();
    let real = connectors(&fixture("clixml"));
    assert_eq!(ours.len(), real.len());
    for (ours, real) in ours.iter().zip(&real) {
        // What the product does not have stands after everything that it has.
        let names: Vec<&String> = ours.keys().collect();
        let (product, own) = names.split_at(real.len());
        assert_eq!(product, real.iter().map(|(name, _)| name).collect::<Vec<_>>());
        assert_eq!(own, ["Relay"]);
        for (name, value) in real.iter().filter(|(name, _)| !OWN.contains(&name.as_str())) {
            assert!(same(&ours[name], value), "{name}: {} is not {value:?}", ours[name]);
        }
    }
}

/// Whether a JSON value says what the exported one says; a size as bytes says what its parenthesis says.
fn same(ours: &Json, real: &Clixml) -> bool {
    match (ours, real) {
        (Json::Null, Clixml::Null) => true,
        (Json::String(text), Clixml::Null) => text.is_empty(),
        (Json::Null, Clixml::Text(text)) => text.is_empty(),
        (Json::Bool(a), Clixml::Bool(b)) => a == b,
        (Json::Number(a), Clixml::Number(b)) => a.as_i64() == Some(*b),
        (Json::Number(a), Clixml::Text(text)) => {
            let bytes = text
                .split_once('(')
                .map_or(text.clone(), |(_, b)| b.replace([',', ')'], "").replace(" bytes", ""));
            bytes == a.to_string()
        }
        (Json::String(a), Clixml::Text(b)) => a == b,
        (Json::Array(a), Clixml::List(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b)),
        (Json::Array(flags), Clixml::Text(text)) => {
            let names: Vec<&str> = flags.iter().filter_map(Json::as_str).collect();
            names.join(", ") == *text
        }
        _ => false,
    }
}

/// The lines of a list, those of the owner's own properties and nobody's values left out.
fn lines(text: &str) -> Vec<&str> {
    let own = |line: &&str| line.split_once(" :").is_some_and(|(name, _)| OWN.contains(&name.trim_end()));
    text.lines().filter(|line| !own(line)).collect()
}

fn list() {
    let ours = home().done(["get-receiveconnector", "-o", "list"]);
    let real = fs::read_to_string(fixture("list.txt")).unwrap();
    assert_eq!(lines(&ours), lines(&real));
    assert_eq!(ours.lines().count(), real.lines().count());
}

fn table() {
    let ours = home().done(["get-receiveconnector"]);
    let real = fs::read_to_string(fixture("table.txt")).unwrap();
    assert_eq!(ours.lines().collect::<Vec<_>>(), real.lines().collect::<Vec<_>>());
}
