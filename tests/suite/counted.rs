//! Measure-ProtocolLog against a naive twin: the same sessions, put together anew, in maps of texts.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]
#![expect(clippy::disallowed_methods, reason = "tests write logs")]

use std::collections::{BTreeMap, BTreeSet};

use exch::protocol_log::{Facts, Outcome, Session, header, lines};
use jiff::Timestamp;
use serde_json::Value;

use crate::generated::{generated, joined};
use crate::protocol_log::sessions;
use crate::world::Home;

/// What the twin counts of a row: sessions, messages, recipients, refused, encrypted, bytes, first and last.
#[derive(Debug, PartialEq, Eq)]
struct Row([u64; 6], Timestamp, Timestamp);

fn moment(millis: i64) -> Timestamp {
    Timestamp::from_millisecond(millis).unwrap()
}

/// What sessions are counted by, as a text.
fn part(dimension: &str, session: &Session, facts: &Facts<'_>) -> String {
    let remote = || session.remote.map(|remote| remote.ip());
    let text = match dimension {
        "Server" => Some(session.server().to_owned()),
        "Connector" => Some(session.connector.clone()),
        "RemoteIPAddress" => remote().map(|remote| remote.to_string()),
        "Client" => {
            let clients: BTreeSet<_> = facts.proxied.iter().filter_map(|client| client.address).collect();
            let one = clients.first().copied().filter(|_| clients.len() == 1);
            one.or_else(remote).map(|client| client.to_string())
        }
        "User" => facts.user.map(str::to_owned),
        "Helo" => facts.helo.map(str::to_owned),
        "Tls" => Some(facts.tls.map_or("None", |tls| tls.protocol.unwrap_or("not logged")).to_owned()),
        "Day" => Some(moment(session.start()).to_string().split('T').next().unwrap().to_owned()),
        other => panic!("{other} is not counted here"),
    };
    text.unwrap_or_default()
}

fn twin(by: &[&str], all: &[Session]) -> BTreeMap<Vec<String>, Row> {
    let mut rows: BTreeMap<Vec<String>, Row> = BTreeMap::new();
    for session in all {
        let facts = Facts::of(session);
        // Names are compared in any case.
        let key = by.iter().map(|one| part(one, session, &facts).to_lowercase()).collect();
        let (start, end) = (moment(session.start()), moment(session.end()));
        let row = rows.entry(key).or_insert(Row([0; 6], start, end));
        let refused = matches!(facts.outcome(), Outcome::Refused | Outcome::Partial);
        let recipients: usize = facts.taken().map(|message| facts.accepted(message).count()).sum();
        let more = [
            1,
            facts.taken().count() as u64,
            recipients as u64,
            u64::from(refused),
            u64::from(facts.tls.is_some()),
            facts.bytes,
        ];
        row.0.iter_mut().zip(more).for_each(|(sum, more)| *sum += more);
        row.1 = row.1.min(start).min(end);
        row.2 = row.2.max(end);
    }
    rows
}

fn printed(by: &[&str], rows: &[Value]) -> Vec<(Vec<String>, Row)> {
    let number = |row: &Value, name: &str| row[name].as_u64().unwrap();
    let time = |row: &Value, name: &str| row[name].as_str().unwrap().parse().unwrap();
    let one = |row: &Value| {
        let key = by.iter().map(|one| row[*one].as_str().unwrap_or_default().to_lowercase()).collect();
        let sessions = number(row, "Sessions");
        let counts = ["Sessions", "Messages", "Recipients", "Refused", "TlsPercent", "Bytes"];
        (key, sessions, counts.map(|name| number(row, name)), time(row, "FirstSeen"), time(row, "LastSeen"))
    };
    let all = rows.iter().map(one);
    all.map(|(key, _, counts, first, last)| (key, Row(counts, first, last))).collect()
}

#[test]
fn rows_are_those_of_a_naive_twin() {
    let files = generated(17);
    let home = Home::new();
    let logs = home.world.environment.directory.join("logs");
    std::fs::create_dir(&logs).unwrap();
    for (at, file) in files.iter().enumerate() {
        std::fs::write(logs.join(format!("RECV2026{at:06}-1.LOG")), file).unwrap();
    }
    let all = joined(&files);
    let groups = [
        &["Connector"][..],
        &["RemoteIPAddress"],
        &["Server", "Client"],
        &["User", "Tls", "Day"],
        &["Helo", "RemoteIPAddress", "Connector"],
    ];
    for by in groups {
        let mut wanted = twin(by, &all);
        for row in wanted.values_mut() {
            row.0[4] = row.0[4] * 100 / row.0[0];
        }
        let json = |more: &[&str]| {
            let names = by.join(",");
            let words = ["measure-protocollog", "logs", "-GroupBy", &names, "-Output", "json"];
            let text = home.done(words.iter().chain(more));
            printed(by, &serde_json::from_str::<Vec<Value>>(&text).unwrap())
        };
        let rows = json(&[]);
        let is_ordered = rows.windows(2).all(|two| two[0].1.0[0] >= two[1].1.0[0]);
        assert!(is_ordered, "{by:?}");
        assert_eq!(json(&["-Top", "5"]), rows[..rows.len().min(5)], "{by:?}");
        assert!(rows.len() > 1 || by == ["Server"], "{by:?}");
        assert_eq!(rows.into_iter().collect::<BTreeMap<_, _>>(), wanted, "{by:?}");
    }
}

/// A row each for more clients than are printed together, in every form.
#[test]
fn many_rows_are_all_printed() {
    const MANY: usize = 10_050;
    let home = Home::new();
    let one = sessions(&format!(
        "2026-10-01T08:00:01.000Z,EX01\\Relay,08DF,0,10.0.0.1:25,192.0.2.7:4000,+,,\r\n{}",
        "2026-10-01T08:00:02.000Z,EX01\\Relay,08DF,1,10.0.0.1:25,192.0.2.7:4000,-,,Local\r\n"
    ));
    let mut session = one[0].clone();
    let mut text = header(&session);
    for at in 0..MANY {
        session.id = format!("08DF{at:08X}");
        let [_, _, high, low] = u32::try_from(at).unwrap().to_be_bytes();
        session.remote = Some(([10, 1, high, low], 4000).into());
        text.push_str(&lines(&session));
    }
    std::fs::write(home.world.environment.directory.join("RECV.LOG"), text).unwrap();
    let words = ["measure-protocollog", "RECV.LOG", "-GroupBy", "RemoteIPAddress"];
    let table = home.done(words);
    let rows: BTreeSet<&str> = table.lines().filter(|line| line.starts_with("10.1.")).collect();
    assert_eq!(rows.len(), MANY);
    let lines_of = |form: &str| home.done(words.iter().chain(&["-Output", form]));
    assert_eq!(serde_json::from_str::<Vec<Value>>(&lines_of("json")).unwrap().len(), MANY);
    assert_eq!(lines_of("csv").lines().count(), MANY + 1);
    // Sessions alike: the order is that of the addresses, as numbers.
    assert!(lines_of("csv").lines().nth(3).unwrap().contains("10.1.0.2"));
    assert_eq!(lines_of("list").lines().filter(|line| line.starts_with("RemoteIPAddress")).count(), MANY);
}
