//! Data paths: every row found by what it says of itself, questions against a naive twin, and the three answers.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]
#![expect(clippy::disallowed_methods, reason = "Graphviz reads a file")]

mod twin;

use exch::datapath::{Answer, Condition, DataPath, EDITIONS, Edition, Ports, Query, Severity, Verdict};
use exch::param::Version;
use serde_json::Value as Json;

use crate::host;
use crate::manual::tell;
use crate::world::Home;

/// Every data path with each version that has it.
fn each(mut test: impl FnMut(&'static Edition, Version, &'static DataPath)) {
    for edition in EDITIONS.iter().copied() {
        for version in edition.versions {
            edition.paths(*version).for_each(|path| test(edition, *version, path));
        }
    }
}

/// The question that a data path asks by itself.
fn of_path(version: Version, path: &DataPath) -> Query {
    let port = path.ports.first();
    Query {
        source: Some(vec![path.source]),
        destination: Some(vec![path.destination]),
        port: port.map(|port| port.last),
        protocol: port.and_then(|port| port.protocol).map(str::to_lowercase),
        auth: path.supported_auth.first().or(path.default_auth.first()).copied(),
        encrypted: port.map_or(path.encrypted_by_default, |port| path.encrypted_at(port)).known(),
        ..Query::new(version)
    }
}

#[test]
fn identifiers_are_unique_in_an_edition() {
    for edition in EDITIONS {
        let mut ids: Vec<&str> = edition.paths.iter().flat_map(|t| t.iter().map(|path| path.id)).collect();
        let all = ids.len();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), all, "{}", edition.name);
    }
}

#[test]
fn every_version_has_an_edition() {
    for version in
        [Version::V2007, Version::V2010, Version::V2013, Version::V2016, Version::V2019, Version::Se]
    {
        assert!(Edition::of(version).versions.contains(&version));
        assert_eq!(EDITIONS.iter().filter(|edition| edition.versions.contains(&version)).count(), 1);
    }
}

#[test]
fn every_row_is_found_by_what_it_says() {
    let mut seen = 0;
    each(|_, version, path| {
        assert!(of_path(version, path).fitting(Ports::Listed).contains(&path), "{version:?} {}", path.id);
        seen += 1;
    });
    assert!(seen > 54 + 36 + 100, "{seen}");
}

/// Of 2007 each row by a line that names nothing but what an administrator reads in the row.
#[test]
fn every_row_is_found_by_a_line() {
    for path in Edition::of(Version::V2007).paths(Version::V2007) {
        let mut line = format!(
            "get-datapath -Version 2007 -Source {} -Destination {} -Output json",
            path.source.name, path.destination.name
        );
        if let Some(port) = path.ports.first() {
            line.push_str(&format!(" -Port {}", port.first));
        }
        let rows: Vec<serde_json::Map<String, Json>> = serde_json::from_str(&tell(&line).out).unwrap();
        assert!(rows.iter().any(|row| row["Id"] == path.id), "{line}");
    }
}

#[test]
fn a_role_is_known_by_every_spelling() {
    for edition in EDITIONS {
        for version in edition.versions {
            for role in edition.roles {
                for name in role.spellings() {
                    let typed = [
                        name.to_uppercase(),
                        name.replace([' ', '-'], ""),
                        name.replace(' ', "-"),
                        if name.to_lowercase().ends_with("server") {
                            format!("{name}s")
                        } else {
                            format!("{name} servers")
                        },
                    ];
                    for typed in typed {
                        assert!(
                            edition.called(&typed, *version).contains(role),
                            "{typed} in {}",
                            edition.name
                        );
                    }
                }
            }
            for nonsense in ["", "server", "servers", "nobody"] {
                assert!(edition.called(nonsense, *version).is_empty(), "{nonsense:?}");
            }
        }
    }
}

/// Thirty servers of three kinds: boxes of servers that are alike, each arrow once, nothing outside of the picture.
#[test]
fn a_picture_of_thirty_servers_is_whole() {
    let home = Home::new();
    for at in 0..30 {
        let roles = ["HubTransport", "Mailbox", "ClientAccess"][at % 3];
        let words = format!(
            "new-exchangeserver SRV{at:02} -Version 2010 -ServerRole {roles} -IPAddresses 10.0.{}.{at} -Site Site{}",
            at % 2,
            at % 2
        );
        home.done(words.split(' '));
    }
    let svg = home.done(["get-datapath", "-Server", "*", "-o", "svg"]);
    let mut reader = quick_xml::Reader::from_str(&svg);
    let (mut arrows, mut boxes, mut size) = (0, 0, (0.0, 0.0));
    let mut ends = std::collections::HashSet::new();
    loop {
        use quick_xml::events::Event;
        let event = reader.read_event().unwrap();
        let (Event::Start(tag) | Event::Empty(tag)) = &event else {
            if event == Event::Eof {
                break;
            }
            continue;
        };
        let number = |name: &str| -> Option<f64> { tag.try_get_attribute(name).unwrap()?.value.parse().ok() };
        let name = tag.name().as_ref().to_owned();
        if name == "svg" {
            size = (number("width").unwrap(), number("height").unwrap());
        } else if name == "circle" {
            arrows += 1;
            let (x, y) = (number("cx").unwrap(), number("cy").unwrap());
            assert!(x > 0.0 && x < size.0 && y > 0.0 && y < size.1, "{x} {y} of {size:?}");
        } else if name == "path"
            && let Some(curve) = tag.try_get_attribute("d").unwrap()
            && let Some((from, rest)) = curve.value.trim_start_matches('M').split_once('C')
        {
            let words: Vec<&str> = rest.split(' ').collect();
            for end in [from.to_owned(), words[words.len() - 2..].join(" ")] {
                assert!(ends.insert(end.clone()), "two arrows end at {end}");
            }
        } else if name == "rect" && number("rx") == Some(3.0) {
            boxes += 1;
        }
    }
    assert_eq!(boxes, 6, "three kinds of servers in two sites");
    assert!((6..=36).contains(&arrows), "{arrows}");
    assert!(size.0 < 1_200.0 && size.1 < 1_500.0, "{size:?}");
    let html = home.done(["get-datapath", "-Server", "*", "-o", "html"]);
    assert!(
        html.contains("<svg ") && html.contains("data-arrow=\"1\"") && !html.contains("http://localhost")
    );
}

/// Graphviz draws each arrow of an organization of several sites, and loses none.
#[test]
fn graphviz_draws_each_arrow() {
    needs!("dot", host::has("dot"));
    let home = Home::new();
    for (at, site) in ["Berlin", "Hamburg", "Leipzig", "Wien"].iter().enumerate() {
        for (roles, host) in [("HubTransport", 10), ("Mailbox", 20), ("ClientAccess", 30)] {
            let words = format!(
                "new-exchangeserver {site}{host} -Version 2010 -ServerRole {roles} -IPAddresses 192.168.{at}.{host} -Site {site}"
            );
            home.done(words.split(' '));
        }
    }
    home.done("new-networkendpoint DC -Kind DomainController -IPAddresses 192.168.0.2".split(' '));
    home.done("new-networkzone Internal -Subnets 192.168.0.0/16".split(' '));
    let graph = home.done(["get-datapath", "-Server", "*", "-o", "dot"]);
    let dir = host::tempdir().unwrap();
    let file = dir.path().join("paths.dot");
    std::fs::write(&file, &graph).unwrap();
    let ran = host::command("dot", dir.path()).arg("-Tsvg").arg(&file).output().unwrap();
    let (svg, told) = (String::from_utf8_lossy(&ran.stdout), String::from_utf8_lossy(&ran.stderr));
    assert_eq!(svg.matches("class=\"edge\"").count(), graph.matches(" -> ").count(), "{told}");
    assert!(!told.contains("Error"), "{told}");
}

#[test]
fn a_row_that_fits_is_documented_unless_a_note_says_no() {
    let within = vec![Condition::Firewall, Condition::FirewallInSite];
    let ways = [vec![], vec![Condition::Firewall], within, vec![Condition::Perimeter]];
    each(|edition, version, path| {
        for conditions in &ways {
            let query = Query { conditions: conditions.clone(), ..of_path(version, path) };
            let verdict = Verdict::of(&query);
            let bars = |path: &DataPath| {
                edition.notes_on(path).any(|note| {
                    note.severity == Severity::Unsupported
                        && note.when.is_none_or(|w| conditions.contains(&w))
                })
            };
            let barred = query.fitting(Ports::Listed).into_iter().all(bars);
            let wanted = if barred { Answer::NotSupported } else { Answer::Documented };
            assert_eq!(verdict.answer, wanted, "{version:?} {} {conditions:?}", path.id);
            assert!(verdict.paths.contains(&path) || verdict.unsupported.contains(&path));
        }
        let elsewhere = Query { protocol: Some("gopher".to_owned()), ..of_path(version, path) };
        let wanted = match (path.any_port, edition.complete) {
            (true, _) => Answer::Documented,
            (false, true) => Answer::NotDocumented,
            (false, false) => Answer::NotKnown,
        };
        let verdict = Verdict::of(&elsewhere);
        let any = verdict.paths.iter().any(|path| path.any_port);
        assert!(verdict.answer == wanted || any, "{version:?} {}: {:?}", path.id, verdict.answer);
        assert_eq!(verdict.nearest.is_empty(), verdict.answer == Answer::Documented);
    });
}
