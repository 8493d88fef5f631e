//! A naive twin: the reference files filtered word by word, as one would with a finger on the page.

#![expect(clippy::disallowed_methods, reason = "the twin reads the reference files")]

use std::fs;
use std::path::Path;

use exch::datapath::{Auth, EDITIONS, Edition, Ports, Query};
use toml::{Table, Value as Toml};

fn rows(edition: &Edition) -> Vec<Table> {
    let file = format!("tests/reference/datapaths-{}.toml", edition.name);
    let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(file)).unwrap();
    let facts: Table = text.parse().unwrap();
    facts["path"].as_array().unwrap().iter().map(|row| row.as_table().unwrap().clone()).collect()
}

fn has(row: &Table, key: &str, text: &str) -> bool {
    row.get(key)
        .and_then(Toml::as_array)
        .is_some_and(|list| list.iter().any(|one| one.as_str() == Some(text)))
}

/// Whether one port entry of a row is the port and the protocol.
fn port_fits(row: &Table, port: Option<u16>, protocol: Option<&str>) -> bool {
    if port.is_none() && protocol.is_none() || row.contains_key("any_port") {
        return true;
    }
    let listed = row["ports"].as_array().unwrap().iter().chain(row.get("port_range"));
    listed.into_iter().any(|entry| {
        let number = |key: &str| entry.get(key).and_then(Toml::as_integer);
        let (first, last) =
            (number("port").or(number("from")).unwrap(), number("port").or(number("to")).unwrap());
        let said = |key: &str| entry.get(key).and_then(Toml::as_str).unwrap_or_default().to_uppercase();
        port.is_none_or(|port| (first..=last).contains(&i64::from(port)))
            && protocol.is_none_or(|word| {
                said("transport") == word
                    || said("protocol") == word
                    || said("protocol").split('/').any(|w| w == word)
            })
    })
}

/// Whether encryption by default is stated, of the ports that fit where a port or protocol is asked for.
fn encryption_fits(row: &Table, query: &Query, is: bool) -> bool {
    let of_row = row["encrypted_by_default"].as_bool();
    let listed = row["ports"].as_array().unwrap();
    let said = |entry: &Toml, key: &str| entry.get(key).and_then(Toml::as_str).unwrap_or("-").to_uppercase();
    let asked: Vec<&Toml> = listed
        .iter()
        .filter(|entry| query.port.is_none_or(|port| entry["port"].as_integer() == Some(i64::from(port))))
        .filter(|entry| {
            query.protocol.as_deref().is_none_or(|word| {
                said(entry, "transport") == word || said(entry, "protocol").split('/').any(|w| w == word)
            })
        })
        .collect();
    if query.port.is_none() && query.protocol.is_none() || asked.is_empty() {
        return of_row == Some(is);
    }
    asked.into_iter().any(|entry| {
        let secured = format!("{}S", said(entry, "protocol"));
        let clear = said(entry, "note") == "NO SSL"
            || ["HTTPS", "LDAPS"].contains(&secured.as_str())
                && listed.iter().any(|other| said(other, "protocol") == secured);
        let secure =
            said(entry, "note") == "SSL" || ["HTTPS", "LDAPS"].contains(&said(entry, "protocol").as_str());
        let stated = if clear {
            Some(false)
        } else if secure {
            Some(true)
        } else {
            of_row
        };
        stated == Some(is)
    })
}

fn fits(row: &Table, query: &Query) -> bool {
    let version = query.version.name();
    (!row.contains_key("applies_to") || has(row, "applies_to", version))
        && query
            .source
            .as_ref()
            .is_none_or(|ends| ends.iter().any(|role| row["source"].as_str() == Some(role.name)))
        && query
            .destination
            .as_ref()
            .is_none_or(|ends| ends.iter().any(|role| row["destination"].as_str() == Some(role.name)))
        && port_fits(row, query.port, query.protocol.as_deref())
        && query.auth.is_none_or(|auth| {
            let named = |name: &str| has(row, "default_auth", name) || has(row, "supported_auth", name);
            named(auth.name()) || auth == Auth::Kerberos && named("Negotiate")
        })
        && query.encrypted.is_none_or(|is| encryption_fits(row, query, is))
}

/// Every pair of ends; those that a data path joins, with every choice of the rest.
#[test]
fn questions_are_answered_as_the_naive_twin_answers() {
    for edition in EDITIONS.iter().copied() {
        let rows = rows(edition);
        for version in edition.versions {
            let ends = || std::iter::once(None).chain(edition.roles.iter().map(|role| Some(vec![*role])));
            for (source, destination) in ends().flat_map(|source| ends().map(move |to| (source.clone(), to)))
            {
                let pair = Query { source, destination, ..Query::new(*version) };
                same(&pair, &rows);
                let joined = pair.source.is_some() == pair.destination.is_some()
                    && !pair.fitting(Ports::Listed).is_empty();
                let queries = if joined { details(&pair) } else { Vec::new() };
                queries.iter().for_each(|query| same(query, &rows));
            }
        }
    }
}

fn details(pair: &Query) -> Vec<Query> {
    let mut queries = Vec::new();
    for port in [None, Some(25), Some(80), Some(389), Some(443), Some(2525), Some(50389)] {
        for protocol in [None, Some("SMTP"), Some("UDP"), Some("SOCKS5")] {
            for auth in [None, Some(Auth::Kerberos)] {
                for encrypted in [None, Some(true), Some(false)] {
                    let protocol = protocol.map(str::to_owned);
                    queries.push(Query { port, protocol, auth, encrypted, ..pair.clone() });
                }
            }
        }
    }
    queries
}

fn same(query: &Query, rows: &[Table]) {
    let ours: Vec<&str> = query.fitting(Ports::Listed).iter().map(|path| path.id).collect();
    let theirs: Vec<&str> =
        rows.iter().filter(|row| fits(row, query)).map(|row| row["id"].as_str().unwrap()).collect();
    assert_eq!(ours, theirs, "{query:?}");
}
