//! -Anonymize: an excerpt names nobody, is the same log otherwise, and is decided as the log is.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]
#![expect(clippy::disallowed_methods, reason = "tests read cases and write excerpts")]

use std::collections::BTreeMap;
use std::net::IpAddr;
use std::path::{Path, PathBuf};

use exch::answer::Exit;
use exch::net::RemoteRange;
use exch::protocol_log::{Facts, Known, Pseudonyms, Session, header, lines};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use serde_json::Value;

use crate::outcome::Failed;
use crate::protocol_log::{fixture, sessions};
use crate::world::Home;

/// The logs of the case folders.
#[test]
fn decided_alike() -> Result<(), Failed> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/protocol-log-replay");
    for case in std::fs::read_dir(root)? {
        alike(&case?.path())?;
    }
    Ok(())
}

const RECEIVE: [&str; 10] = [
    "FrontEnd-RECV2026100108-1.LOG",
    "Hub-RECV2026100108-1.LOG",
    "RECV20131015-1.LOG",
    "RECV20161214-1.LOG",
    "RECV20161214-2.LOG",
    "RECV20190125-1.LOG",
    "RECV2020111321-1.LOG",
    "RECV2023011116-1.LOG",
    "RECV2025012920-1.LOG",
    "RECV2026100209-1.LOG",
];

fn of_fixture(name: &str) -> Vec<Session> {
    sessions(&std::fs::read_to_string(fixture(name)).unwrap())
}

#[test]
fn a_log_written_again_is_the_same() {
    for name in RECEIVE {
        let all = of_fixture(name);
        let text: String = std::iter::once(header(&all[0])).chain(all.iter().map(lines)).collect();
        let again: BTreeMap<String, String> =
            sessions(&text).iter().map(|one| (one.id.clone(), format!("{one:?}"))).collect();
        for one in &all {
            assert_eq!(again.get(&one.id), Some(&format!("{one:?}")), "{name}");
        }
    }
}

/// Addresses of two ends of the space, near the bounds of the ranges.
fn near() -> impl Strategy<Value = IpAddr> {
    prop_oneof![
        (0_u32..64).prop_map(|low| IpAddr::from((0x0a00_0000 + low).to_be_bytes())),
        (0_u32..8).prop_map(|low| IpAddr::from((u32::MAX - low).to_be_bytes())),
        (0_u128..16).prop_map(|low| IpAddr::from(((0x2001_0db8_u128 << 96) + low).to_be_bytes())),
        (0_u128..4).prop_map(|low| IpAddr::from((u128::MAX - low).to_be_bytes())),
    ]
}

/// A pseudonym is in the same ranges, the same each time, and of no other address.
#[test]
fn an_address_stays_in_its_ranges() {
    let range = (near(), near()).prop_filter_map("a range", |(first, last)| RemoteRange::new(first, last));
    let world = (proptest::collection::vec(range, 0..6), proptest::collection::vec(near(), 1..40));
    TestRunner::new(Config { failure_persistence: None, ..Config::default() })
        .run(&world, |(ranges, all)| {
            let mut known = Known::default();
            ranges.iter().for_each(|range| known.range(range.first(), range.last()));
            known.keep("10.0.0.7".parse().unwrap());
            let mut pseudonyms = Pseudonyms::new(known);
            let mut given: BTreeMap<IpAddr, IpAddr> = BTreeMap::new();
            for address in all {
                let pseudonym = pseudonyms.address(address);
                prop_assert_eq!(pseudonym, pseudonyms.address(address));
                for range in &ranges {
                    prop_assert_eq!(
                        range.contains(address),
                        range.contains(pseudonym),
                        "{} {}",
                        address,
                        pseudonym
                    );
                }
                let before = given.insert(pseudonym, address);
                prop_assert!(before.is_none_or(|before| before == address), "{} twice", pseudonym);
            }
            prop_assert_eq!(pseudonyms.address("10.0.0.7".parse().unwrap()).to_string(), "10.0.0.7");
            Ok(())
        })
        .unwrap();
}

/// Known servers and domains of the fixtures, and nobody.
fn known() -> Known {
    let mut known = Known::default();
    known.hosts.extend(["ex01", "ex01.contoso.com", "contoso"].map(str::to_owned));
    known.domains.insert("contoso.com".to_owned(), false);
    known
}

#[test]
fn no_name_is_left() {
    let secrets = [
        "svc-archive",
        "app01",
        "noreply-app1",
        "10.1.1.70",
        "203.0.113.33",
        "10.30.1.5",
        "198.51.100",
        "fabrikam",
        "client1",
        "JavaMail",
        "12DEABC65",
        "msg-003",
    ];
    let mut found = 0;
    for name in RECEIVE {
        let all = of_fixture(name);
        let mut known = known();
        known.range("203.0.113.32".parse().unwrap(), "203.0.113.255".parse().unwrap());
        let mut pseudonyms = Pseudonyms::new(known);
        for session in &all {
            let plain = lines(session);
            let text = lines(&pseudonyms.session(session));
            for secret in secrets {
                found += usize::from(plain.contains(secret));
                // An address that is a pseudonym of another one is no trace of it.
                let is_own = secret.parse::<IpAddr>().is_ok_and(|address| {
                    session.remote.is_some_and(|remote| pseudonyms.address(remote.ip()) == address)
                });
                assert!(is_own || !text.contains(secret), "{name}: {secret} in\n{text}");
            }
            let (one, other) = (Facts::of(session).outcome(), session.len());
            let anonymous = pseudonyms.session(session);
            assert_eq!((one, other), (Facts::of(&anonymous).outcome(), anonymous.len()));
        }
    }
    assert!(found > 12, "the fixtures have {found} of the names");
}

#[test]
fn names_that_the_store_has_stay() {
    let mut known = known();
    known.names.extend(["contoso\\scanner", "scanner@contoso.com", "contoso\\user1"].map(str::to_owned));
    let mut pseudonyms = Pseudonyms::new(known);
    let mut account = |text: &str| pseudonyms.account(text);
    let cases = [
        ("CONTOSO\\scanner", "CONTOSO\\scanner"),
        ("Scanner@contoso.com", "Scanner@contoso.com"),
        // user1 is the name of an account, so no pseudonym.
        ("CONTOSO\\jdoe", "CONTOSO\\user2"),
        ("JDoe@contoso.com", "user2@contoso.com"),
        ("FABRIKAM\\jdoe", "DOMAIN1\\user2"),
        ("asmith@fabrikam.com", "user3@domain2.example"),
        ("NT AUTHORITY\\ANONYMOUS LOGON", "NT AUTHORITY\\ANONYMOUS LOGON"),
        ("CONTOSO\\EX01$", "CONTOSO\\EX01$"),
        ("", ""),
    ];
    for (typed, wanted) in cases {
        assert_eq!(account(typed), wanted);
    }
    let cases = [
        ("mail.fabrikam.com", "host1.domain2.example"),
        ("fabrikam.com", "domain2.example"),
        ("ex01.contoso.com", "ex01.contoso.com"),
        ("printer7.contoso.com", "host2.contoso.com"),
        ("PRINTER7", "host2"),
        ("contoso.com", "contoso.com"),
    ];
    for (typed, wanted) in cases {
        assert_eq!(pseudonyms.host(typed), wanted);
    }
}

/// The words of a line: quotes are single ones alone.
fn words(line: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut quoted = false;
    for character in line.chars() {
        match character {
            '\'' => quoted = !quoted,
            ' ' if !quoted => words.push(String::new()),
            other => words.last_mut().unwrap().push(other),
        }
    }
    words.into_iter().filter(|word| !word.is_empty()).collect()
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap().map(|entry| entry.unwrap()) {
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).unwrap();
        }
    }
}

/// Wherever the session of a case holds logs against the store, an excerpt under pseudonyms comes out alike.
fn alike(case: &Path) -> Result<(), Failed> {
    let home = Home::new();
    let directory: PathBuf = home.world.environment.directory.clone();
    copy(&case.join("beside"), &directory);
    let session = std::fs::read_to_string(case.join("session"))?;
    let mut compared = 0;
    for line in session.lines().filter_map(|line| line.strip_prefix("$ exch ")) {
        let words = words(line);
        let is_plain = words.len() == 2 && words[0] == "test-protocollog";
        if !is_plain {
            home.run(&words);
            continue;
        }
        let excerpt = home.run(["get-protocollog", &words[1], "-Anonymize", "-AsLog"]);
        std::fs::write(directory.join("excerpt.LOG"), &excerpt.out)?;
        let results = |path: &str| {
            let ran = home.run(["test-protocollog", path, "-Output", "json"]);
            // There was nothing to compare.
            if ran.exit == Exit::NotFound {
                return (Vec::new(), ran.exit);
            }
            let rows: Vec<Value> =
                serde_json::from_str(&ran.out).unwrap_or_else(|why| panic!("{why}: {}{}", ran.out, ran.err));
            let same = ["Result", "Topic", "Connector", "Sessions", "Logged", "Model", "Rule"];
            let mut rows: Vec<String> =
                rows.iter().map(|row| same.map(|name| row[name].to_string()).join(" ")).collect();
            rows.sort();
            (rows, ran.exit)
        };
        let (plain, anonymous) = (results(&words[1]), results("excerpt.LOG"));
        if plain != anonymous {
            return Err(format!("{plain:#?}\n{anonymous:#?}\n{}", excerpt.out).into());
        }
        compared += 1;
    }
    if compared == 0 && session.contains("$ exch test-protocollog logs\n") {
        return Err("nothing was compared".into());
    }
    Ok(())
}
