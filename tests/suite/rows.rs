//! Rows of sessions: a broken line breaks nothing after it, and nobody reads on for a reader who went away.

use std::cell::{Cell, RefCell};
use std::io::{Cursor, Error, ErrorKind, Read, Write};

use exch::answer::Exit;
use exch::output::{Screen, Ui};
use jiff::tz::TimeZone;

use super::world::Home;

const HEADER: &str = "RemoteIPAddress,RcptTo\n";
const ROW: &str = "192.168.5.77,bob@contoso.com\n";
const LINE: [&str; 7] = ["test-datapath", "-InputFile", "-", "-Server", "HUB01", "-Output", "json"];

/// A store with HUB01, and rows on standard input.
fn home(input: fn() -> Option<Box<dyn Read + Send>>) -> Home {
    let mut home = Home::new();
    home.done(["new-exchangeserver", "HUB01", "-Version", "2010", "-IPAddresses", "10.0.0.1"]);
    home.world.input = input;
    home
}

#[test]
fn a_line_of_any_length_breaks_itself_alone() {
    let ran = home(|| {
        let broken =
            std::iter::repeat_n(b'x', 3 << 20).chain(*b"\n\"open,quote\n\xff\n").collect::<Vec<u8>>();
        let row = || Cursor::new(ROW);
        Some(Box::new(Cursor::new(HEADER).chain(row()).chain(Cursor::new(broken)).chain(row())))
    })
    .run(LINE);
    assert_eq!(ran.exit, Exit::NotUnderstood);
    assert_eq!(ran.out.matches("\"Outcome\"").count(), 2, "{}", ran.out);
    for line in
        ["line 3: the row has more than", "line 4: the row has a quote", "line 5: the row is not UTF-8"]
    {
        assert!(ran.err.contains(line), "{line}: {}", ran.err);
    }
    assert!(ran.err.contains("2 rows: 2 rejected"), "{}", ran.err);
}

#[test]
fn many_rows_are_one_array() {
    let ran = home(|| Some(Box::new(Cursor::new(format!("{HEADER}{}", ROW.repeat(200)))))).run(LINE);
    let rows: serde_json::Value = serde_json::from_str(&ran.out).expect(&ran.out);
    assert_eq!(rows.as_array().map(Vec::len), Some(200));
    assert_eq!(ran.exit, Exit::No);
}

thread_local!(static READ: Cell<usize> = const { Cell::new(0) });

/// Rows without an end.
struct Endless(usize);

impl Read for Endless {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let text = if self.0 == 0 { HEADER } else { ROW };
        self.0 += 1;
        READ.set(READ.get() + 1);
        let length = text.len().min(buffer.len());
        buffer[..length].copy_from_slice(&text.as_bytes()[..length]);
        Ok(length)
    }
}

/// A reader that goes away after some writes.
struct Closing(usize);

impl Write for Closing {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0 += 1;
        if self.0 > 3 { Err(Error::from(ErrorKind::BrokenPipe)) } else { Ok(bytes.len()) }
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[test]
fn an_endless_stream_ends_with_its_reader() {
    let home = home(|| Some(Box::new(Endless(0))));
    let (mut out, mut err) = (Closing(0), Vec::new());
    let screen = Screen::file(|| TimeZone::UTC);
    let mut ui = Ui::new(&mut out, screen.clone(), &mut err, screen);
    exch::run(&home.world, LINE.map(Into::into), None, &mut ui);
    assert!(READ.get() < 100, "read {} times", READ.get());
}

thread_local!(static ROWS: RefCell<String> = const { RefCell::new(String::new()) });

/// The header of rows with a column twice: the last one that says something counts.
const WIDE: &str = "RemoteIPAddress,Server,AuthMechanism,User,MailFrom,RcptTo,HopCount,Expect,RcptTo";

/// What came of rows of a form: the answers without their header, and the errors without their lines.
fn answers(home: &Home, rows: &[&str], header: &str) -> (Vec<String>, Vec<String>) {
    ROWS.with(|text| *text.borrow_mut() = [header, &rows.join("\n")].join("\n"));
    let mut line = LINE;
    line[6] = "csv";
    let ran = home.run(line);
    let own = |text: &str| Some(text.strip_prefix("error: line ")?.split_once(": ")?.1.to_owned());
    (ran.out.lines().skip(1).map(str::to_owned).collect(), ran.err.lines().filter_map(own).collect())
}

/// What is kept of one row for the next is never to be seen.
#[test]
fn a_row_is_answered_as_if_it_stood_alone() {
    let home = home(|| Some(Box::new(Cursor::new(ROWS.with(|text| text.borrow().clone())))));
    home.done(["new-exchangeserver", "HUB02", "-Version", "2016", "-IPAddresses", "10.0.0.2"]);
    let of_csv = [
        "192.168.5.77,,,,a@contoso.com,bob@contoso.com,,,",
        "192.168.5.77,HUB02,,,a@contoso.com,bob@contoso.com,,,",
        "192.168.5.77,HUB02,,,a@contoso.com,bob@contoso.com,,,ann@example.org",
        "192.168.5.77,HUB02,NTLM,,a@contoso.com,bob@contoso.com,,,",
        "192.168.5.77,HUB02,NTLM,,a@contoso.com,bob@contoso.com,,,",
        r"192.168.5.77,HUB02,NTLM,CONTOSO\app1,a@contoso.com,bob@contoso.com,,,",
        r"192.168.5.78,HUB02,NTLM,CONTOSO\app1,a@contoso.com,bob@contoso.com,,,",
        r"192.168.5.78,HUB03,NTLM,CONTOSO\app1,a@contoso.com,bob@contoso.com,,,",
        r"192.168.5.78,HUB02,NTLM,CONTOSO\app1,<b@contoso.com>,bob@contoso.com,,,",
        r#"192.168.5.78,"HUB02,HUB01",NTLM,CONTOSO\app1,<b@contoso.com>,bob@contoso.com,,,"#,
        r"192.168.5.78,,NTLM,CONTOSO\app1,<b@contoso.com>,bob@contoso.com,,,",
        "192.168.5.78,,,,<b@contoso.com>,bob@contoso.com,,,",
        "fd00::7,,,,<b@contoso.com>,bob@contoso.com,,,",
        "192.168.5.78,,,,<b@contoso.com>,bob@contoso.com,200,,",
        "nowhere,,,,<b@contoso.com>,bob@contoso.com,200,,",
        "192.168.5.78,,,,<b@contoso.com>,bob@contoso.com,,Rejected,",
        ",,,,<b@contoso.com>,bob@contoso.com,,Rejected,",
        "192.168.5.78,,,,,,,Accepted,bob@contoso.com",
        "192.168.5.78,,,,,,,Accepted",
        "192.168.5.78,,,,,,,Accepted,",
    ];
    let of_json = [
        r#"{"RemoteIPAddress": "192.168.5.77", "RcptTo": "bob@contoso.com"}"#,
        r#"{"RemoteIPAddress": "192.168.5.77", "RcptTo": ["bob@contoso.com", "ann@example.org"]}"#,
        r#"{"RemoteIPAddress": "192.168.5.77", "RcptTo": "bob@contoso.com", "Server": "HUB02"}"#,
        r#"{"RemoteIPAddress": "192.168.5.77", "MailFrom": "bob@contoso.com", "Server": "HUB02"}"#,
        r#"{"RemoteIPAddress": "192.168.5.77", "MailFrom": null, "Server": null}"#,
        r#"{"RemoteIPAddress": "192.168.5.77", "MailFrom": ["a@x.org", "b@x.org"], "Server": null}"#,
        r#"{"RemoteIPAddress": "192.168.5.77", "Nothing": "a@x.org"}"#,
        r#"{"MailFrom": "a@contoso.com"}"#,
        r#"{"RemoteIPAddress": "192.168.5.77"}"#,
    ];
    for (rows, header) in [(of_csv.as_slice(), WIDE), (&of_json, "")] {
        let (there, back): (Vec<_>, Vec<_>) = (rows.to_vec(), rows.iter().copied().rev().collect());
        for rows in [there, back] {
            let alone: Vec<_> = rows.iter().map(|row| answers(&home, &[*row], header)).collect();
            let (said, errors): (Vec<_>, Vec<_>) = alone.into_iter().unzip();
            assert_eq!(answers(&home, &rows, header), (said.concat(), errors.concat()));
        }
    }
}
