//! Dates: a revision bears the time at which it is committed, not that of a command that waited; none is older than the
//! one before; dates of objects lie between the two.

#![expect(clippy::disallowed_methods, reason = "a test edits a file by hand")]

use exch::engine::{Asker, Interrupted};
use exch::store::StoreRepository;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};

use crate::host::{self, MORNING};
use crate::world::Home;

/// So many minutes after the test began.
fn minute(minutes: i64) -> Timestamp {
    MORNING + minutes.minutes()
}

/// HUB01 with two connectors.
fn home() -> Home {
    host::set_clock(MORNING);
    let home = Home::new();
    home.done(["new-exchangeserver", "HUB01", "-NoDefaultConnectors"]);
    for (name, range) in [("Relay", "10.0.0.1"), ("Other", "10.0.0.2")] {
        home.done(["new-receiveconnector", name, "-Bindings", "0.0.0.0:25", "-RemoteIPRanges", range]);
    }
    home
}

/// Somebody who answers the first question after five minutes. Meanwhile a colleague may run a line.
struct Slow<'h> {
    home: &'h Home,
    colleague: &'h [&'h str],
    asked: u32,
}

impl Asker for Slow<'_> {
    fn line(&mut self, label: &str) -> Result<String, Interrupted> {
        self.asked += 1;
        if self.asked == 1 {
            host::set_clock(minute(3));
            if !self.colleague.is_empty() {
                self.home.done(self.colleague);
            }
            host::set_clock(minute(5));
        }
        Ok(match label {
            "Identity: " | "Identity[0]: " => "HUB01\\Relay",
            label if label.contains("default is") => "y",
            _ => "",
        }
        .to_owned())
    }

    fn choose(&mut self, heading: &str, _: &[String]) -> Result<usize, Interrupted> {
        panic!("nothing is to be chosen of {heading}")
    }

    fn check(&mut self, heading: &str, _: &[(String, bool)]) -> Result<Vec<usize>, Interrupted> {
        panic!("nothing is to be marked of {heading}")
    }
}

/// When the newest revisions were made, newest first.
fn revisions(home: &Home, count: usize) -> Vec<Timestamp> {
    let repository = StoreRepository::open(&home.store()).expect("a store");
    let history = repository.history(None).expect("a history").take(count);
    history
        .map(|one| Timestamp::from_second(one.expect("a revision").when.seconds).expect("a time"))
        .collect()
}

/// When HUB01\Relay last changed.
fn changed(home: &Home) -> Timestamp {
    let shown =
        home.done(["get-receiveconnector", "HUB01\\Relay", "-Property", "WhenChangedUTC", "-o", "json"]);
    let shown: serde_json::Value = serde_json::from_str(&shown).expect("JSON");
    let shown = if shown.is_array() { &shown[0] } else { &shown };
    shown["WhenChangedUTC"].as_str().expect("a time").parse().expect("a time")
}

/// What lets a command wait: a question about the change, one about a removal, and a value that is missing.
const LINES: [&[&str]; 3] = [
    &["set-receiveconnector", "HUB01\\Relay", "-MaxHopCount", "20", "-Confirm"],
    &["remove-receiveconnector", "HUB01\\Relay"],
    &["set-receiveconnector", "-MaxHopCount", "20"],
];

#[test]
fn a_revision_bears_the_time_of_its_commit() {
    for line in LINES {
        let home = home();
        let mut slow = Slow { home: &home, colleague: &[], asked: 0 };
        let ran = home.asked(line, Some(&mut slow));
        assert!(slow.asked > 0 && ran.err.contains("recorded as revision "), "{line:?}: {}", ran.err);
        assert_eq!(revisions(&home, 2), [minute(5), minute(0)], "{line:?}");
        if line[0].starts_with("set") {
            assert_eq!(changed(&home), minute(5), "{line:?}");
        }
    }
}

#[test]
fn a_command_that_waited_is_not_older_than_what_came_meanwhile() {
    let colleagues: [&[&str]; 2] = [
        &["set-receiveconnector", "HUB01\\Other", "-Comment", "meanwhile"],
        &["new-exchangeserver", "HUB02", "-NoDefaultConnectors"],
    ];
    for (line, colleague) in LINES.iter().flat_map(|line| colleagues.map(|colleague| (line, colleague))) {
        let home = home();
        let mut slow = Slow { home: &home, colleague, asked: 0 };
        let ran = home.asked(*line, Some(&mut slow));
        assert!(ran.err.contains("recorded as revision "), "{line:?}: {}", ran.err);
        assert_eq!(revisions(&home, 3), [minute(5), minute(3), minute(0)], "{line:?} {colleague:?}");
        if line[0].starts_with("set") {
            assert_eq!(changed(&home), minute(5), "{line:?} {colleague:?}");
        }
    }
}

#[test]
fn nothing_is_older_than_the_revision_before() {
    let home = home();
    host::set_clock(minute(60));
    home.done(["set-receiveconnector", "HUB01\\Other", "-Comment", "by a clock that is ahead"]);
    host::set_clock(minute(10));
    home.done(["set-receiveconnector", "HUB01\\Relay", "-MaxHopCount", "20"]);
    assert_eq!(revisions(&home, 3), [minute(60), minute(60), minute(0)]);
    assert_eq!(changed(&home), minute(60));
    host::set_clock(minute(61));
    home.done(["set-receiveconnector", "HUB01\\Relay", "-MaxHopCount", "21"]);
    assert_eq!((revisions(&home, 1), changed(&home)), (vec![minute(61)], minute(61)));
}

#[test]
fn a_hand_edit_that_is_recorded_first_bears_the_same_time() {
    let home = home();
    let file = home.store().join("servers/HUB01.toml");
    let text = std::fs::read_to_string(&file).expect("the server's file");
    std::fs::write(&file, format!("# by hand\n{text}")).expect("the server's file");
    host::set_clock(minute(7));
    home.done(["set-receiveconnector", "HUB01\\Relay", "-MaxHopCount", "20"]);
    assert_eq!(revisions(&home, 3), [minute(7), minute(7), minute(0)]);
}

/// The same with the real clock and a real terminal.
#[cfg(unix)]
#[test]
fn a_command_at_a_terminal_that_waited_is_not_older() {
    use crate::terminal::pty::Pty;
    let mut pty = Pty::new();
    pty.output("$EXCH new-exchangeserver HUB01 -NoDefaultConnectors");
    pty.runs("set-exchangeserver HUB01 -Fqdn mail.contoso.com -Confirm");
    pty.sees("(default is \"Y\"): ");
    std::thread::sleep(std::time::Duration::from_millis(1_100));
    let data = pty.home().join("data");
    let mut colleague = host::command(host::EXCH, pty.home());
    colleague.args(["new-exchangeserver", "HUB02", "-NoDefaultConnectors"]).env("XDG_DATA_HOME", &data);
    assert!(colleague.output().is_ok_and(|ran| ran.status.success()));
    pty.types("y");
    pty.sees("recorded as revision ");
    let repository = StoreRepository::open(&data.join("exch")).expect("a store");
    let history: Vec<_> = repository.history(None).expect("a history").flatten().collect();
    let [waited, colleague, first] = history.as_slice() else { panic!("{history:?}") };
    assert!(waited.subject.starts_with("Set-ExchangeServer") && colleague.subject.contains("HUB02"));
    assert!(waited.when.seconds >= colleague.when.seconds && colleague.when.seconds > first.when.seconds);
}

#[test]
fn a_date_of_a_condition_is_on_the_readers_clock() {
    let mut home = home();
    let found = |home: &Home, date: &str| {
        let condition = format!("WhenChanged -ge '{date}'");
        home.done(["get-receiveconnector", "-Filter", &condition, "-o", "name"]).lines().count()
    };
    let zone = |hours| TimeZone::fixed(jiff::tz::offset(hours));
    let local = |hours| MORNING.to_zoned(zone(hours)).strftime("%Y-%m-%d %H:%M").to_string();
    assert_eq!((found(&home, &local(0)), found(&home, &local(12))), (2, 0));
    home.world.zone = || TimeZone::fixed(jiff::tz::offset(12));
    assert_eq!((found(&home, &local(0)), found(&home, &local(12)), found(&home, &local(13))), (2, 2, 0));
    // An offset says it all.
    assert_eq!(found(&home, &format!("{}+00:00", local(1))), 0);
}
