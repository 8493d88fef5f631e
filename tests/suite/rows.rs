//! Rows of sessions: a broken line breaks nothing after it, and nobody reads on for a reader who went away.

use std::cell::Cell;
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
        ["line 3: the row has more than", "line 4: the row has a quote", "line 5: the row is no UTF-8"]
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
