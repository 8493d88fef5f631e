//! What is printed: the product's own screens byte by byte, and laws over objects of any text.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod laws;

use std::io::{Error, ErrorKind, Write};
use std::path::{Path, PathBuf};

use exch::answer::{Exit, Object, Problem, TableView};
use exch::output::{Format, Screen, Stream, Ui, error, quoted, render, warning};
use exch::param::{Size, Value};
use jiff::tz::TimeZone;
use unicode_width::UnicodeWidthStr;

use crate::clixml::{Clixml, objects, with_iso_dates};
use crate::outcome::Failed;

fn same(found: &str, wanted: &str) -> Result<(), Failed> {
    if found == wanted { Ok(()) } else { Err(format!("found:\n{found}\nwanted:\n{wanted}").into()) }
}

fn holds(condition: bool, what: &str) -> Result<(), Failed> {
    if condition { Ok(()) } else { Err(what.into()) }
}

// --- The product's own screens

const CONNECTOR: &TableView = &TableView {
    noun: "ReceiveConnector",
    table: &["Identity", "Bindings", "Enabled"],
    headings: &[],
    name: "Identity",
};

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(name)
}

fn fixture_text(name: &str) -> String {
    #[expect(clippy::disallowed_methods, reason = "tests read their fixtures")]
    std::fs::read_to_string(fixture(name)).unwrap()
}

/// The five connectors of the export, typed as a Get- would type them.
fn exported() -> Vec<Object> {
    let typed = |cells: Vec<(String, Clixml)>| {
        let typed = |(name, value): (String, Clixml)| {
            let name: &'static str = name.leak();
            (name, value_of(name, value))
        };
        Object::new(CONNECTOR, cells.into_iter().map(typed).collect())
    };
    objects(&fixture("exchange-2019-receive-connectors.clixml")).into_iter().map(typed).collect()
}

fn value_of(name: &str, value: Clixml) -> Value {
    match value {
        Clixml::Null => Value::Null,
        Clixml::Bool(value) => Value::Bool(value),
        Clixml::Number(number) => Value::Int(u64::try_from(number).unwrap()),
        Clixml::Guid(guid) => Value::Guid(guid.parse().unwrap()),
        Clixml::Time(time) if time.ends_with('Z') => Value::Utc(time.parse().unwrap()),
        Clixml::Time(time) => Value::Time(time.parse().unwrap()),
        Clixml::List(items) => Value::List(items.into_iter().map(|item| value_of(name, item)).collect()),
        Clixml::Text(text) => text_of(name, text),
    }
}

fn text_of(name: &str, text: String) -> Value {
    match name {
        "Bindings" => Value::Binding(text.parse().unwrap()),
        "RemoteIPRanges" => Value::Range(text.parse().unwrap()),
        "AuthMechanism" | "PermissionGroups" => {
            Value::Flags(text.leak().split(", ").filter(|name| *name != "None").collect())
        }
        "MaxHeaderSize" | "MaxMessageSize" => Value::Size(Size::bytes(bytes(&text))),
        _ if text == "Unlimited" => Value::Unlimited,
        _ if name.starts_with("Max") && text.parse::<u64>().is_ok() => Value::Int(text.parse().unwrap()),
        _ => text.parse().map_or(Value::Text(text), Value::Span),
    }
}

/// The exact number in `36 MB (37,748,736 bytes)`.
fn bytes(text: &str) -> u64 {
    let (_, exact) = text.split_once('(').unwrap();
    exact.chars().filter(char::is_ascii_digit).collect::<String>().parse().unwrap()
}

fn pipe() -> Screen {
    Screen::file(|| TimeZone::UTC)
}

fn terminal(width: usize) -> Screen {
    Screen { width: Some(width), terminal: true, ..pipe() }
}

fn shown(objects: &[Object], format: Format, properties: &[&str], screen: &Screen) -> String {
    let properties: Vec<String> = properties.iter().map(ToString::to_string).collect();
    render(objects, format, &properties, screen).unwrap()
}

#[test]
fn the_list_is_format_lists() -> Result<(), Failed> {
    let wanted = with_iso_dates(&fixture_text("exchange-2019-receive-connectors.list.txt"));
    let objects = exported();
    holds(objects.len() == 5, "five connectors are read")?;
    same(&shown(&objects, Format::List, &[], &pipe()), &wanted)?;
    same(&shown(&objects, Format::List, &["*"], &pipe()), &wanted)?;
    // A terminal that is wide enough shows the same.
    same(&shown(&objects, Format::List, &[], &terminal(500)), &wanted)
}

#[test]
fn the_table_is_format_tables() -> Result<(), Failed> {
    let wanted = fixture_text("exchange-2019-receive-connectors.table.txt");
    same(&shown(&exported(), Format::Table, &[], &pipe()), &wanted)?;
    same(&shown(&exported(), Format::Table, &[], &terminal(120)), &wanted)
}

// --- Formats

const THING: &TableView = &TableView { noun: "Thing", table: &["Name", "List"], headings: &[], name: "Name" };

fn thing(cells: Vec<(&'static str, Value)>) -> Object {
    Object::new(THING, cells)
}

fn text(text: &str) -> Value {
    Value::Text(text.to_owned())
}

fn texts(items: impl IntoIterator<Item = String>) -> Value {
    Value::List(items.into_iter().map(Value::Text).collect())
}

#[test]
fn properties_are_selected() -> Result<(), Failed> {
    let one = &exported()[..1];
    let wanted = "\nEnabled          : True\nMaxHeaderSize    : 256 KB (262,144 bytes)\nMaxHopCount      : 60\n\
                  MaxLocalHopCount : 5\n\n";
    same(&shown(one, Format::List, &["enabled", "MAXH*", "Max*Hop?ount", "MaxHopCount"], &pipe()), wanted)?;
    let wanted = "\nMaxHopCount Name\n----------- ----\n         60 Default WIN-CTD3L0RGEN4\n\n";
    same(&shown(one, Format::Table, &["MaxHopCount", "Name"], &pipe()), wanted)?;
    // What one object lacks is blank where it was named, and left out where a wildcard found it.
    let two = [
        thing(vec![("Name", text("a")), ("Old", text("o"))]),
        thing(vec![("Name", text("b")), ("New", text("n"))]),
    ];
    same(&shown(&two, Format::Csv, &[], &pipe()), "Name,New,Old\r\na,,o\r\nb,n,\r\n")?;
    let wanted = "\nNew  : \nName : a\n\nNew  : n\nName : b\n\n";
    same(&shown(&two, Format::List, &["New", "N*"], &pipe()), wanted)?;
    let wanted = "\nName : a\n\nNew  : n\nName : b\n\n";
    same(&shown(&two, Format::List, &["?e?", "Nam*"], &pipe()), wanted)
}

#[test]
fn an_unknown_property_names_the_nearest() -> Result<(), Failed> {
    let objects = exported();
    let refused = |name: &str| render(&objects, Format::List, &[name.to_owned()], &pipe()).unwrap_err();
    let problem = refused("Bindngs");
    holds(problem.exit == Exit::NotUnderstood && problem.parameter == Some("Property"), "exit 2")?;
    same(&problem.message, "a ReceiveConnector has no property `Bindngs`")?;
    same(problem.hint.as_deref().unwrap_or_default(), "-Property Bindings")?;
    same(refused("Max").hint.as_deref().unwrap_or_default(), "-Property 'Max*'")?;
    same(refused("xyzzy").hint.as_deref().unwrap_or_default(), "-Property '*' shows every property")?;
    holds(refused(&"x".repeat(131_071)).message.len() < 300, "a long name is shortened")?;
    holds(refused("").exit == Exit::NotUnderstood, "an empty name")?;
    same(&shown(&objects, Format::Table, &["Nothing*"], &pipe()), "")
}

#[test]
fn times_are_in_the_readers_zone() -> Result<(), Failed> {
    let time = "2021-08-21T08:43:54Z".parse().unwrap();
    let object = [thing(vec![("Name", text("a")), ("Own", Value::Time(time)), ("Utc", Value::Utc(time))])];
    let there = Screen { zone: || TimeZone::fixed(jiff::tz::offset(2)), ..pipe() };
    let wanted = "\nName : a\nOwn  : 2021-08-21 10:43:54+02:00\nUtc  : 2021-08-21 08:43:54Z\n\n";
    same(&shown(&object, Format::List, &[], &there), wanted)?;
    let wanted = "Name,Own,Utc\r\na,2021-08-21T08:43:54Z,2021-08-21T08:43:54Z\r\n";
    same(&shown(&object, Format::Csv, &[], &there), wanted)
}

#[test]
fn values_are_typed_in_json() -> Result<(), Failed> {
    let json = shown(&exported()[..1], Format::Json, &[], &pipe());
    let read: serde_json::Value = serde_json::from_str(&json).unwrap();
    let one = &read[0];
    let wanted = serde_json::json!({
        "AuthMechanism": ["Tls", "Integrated", "BasicAuth", "BasicAuthRequireTLS", "ExchangeServer"],
        "Banner": "",
        "Bindings": ["0.0.0.0:2525", "[::]:2525"],
        "DefaultDomain": null,
        "Enabled": true,
        "ConnectionTimeout": "00:10:00",
        "MessageRateLimit": "Unlimited",
        "MaxHopCount": 60,
        "MaxMessageSize": 37_748_736,
        "TlsDomainCapabilities": [],
        "WhenChanged": "2021-08-21T08:43:54Z",
    });
    for (name, value) in wanted.as_object().unwrap() {
        holds(one[name] == *value, &format!("{name}: {} and not {value}", one[name]))?;
    }
    let none = [thing(vec![("Name", text("\u{202e}\u{9b}")), ("Flags", Value::Flags(Vec::new()))])];
    let wanted = "[\n  {\n    \"Name\": \"\\u202e\\u009b\",\n    \"Flags\": []\n  }\n]\n";
    same(&shown(&none, Format::Json, &[], &pipe()), wanted)
}

#[test]
fn spreadsheets_run_no_cell() -> Result<(), Failed> {
    let cells = |name: &str| vec![("Name", text(name)), ("List", texts(["a;1".into(), "b".into()]))];
    let objects: Vec<Object> =
        ["=1+1", "+1", "-1", "@x", "\tx", "\rx", "say \"x\"", "a,b", "a\nb"].map(|n| thing(cells(n))).into();
    let wanted = "Name,List\r\n'=1+1,a;1|b\r\n'+1,a;1|b\r\n'-1,a;1|b\r\n'@x,a;1|b\r\n'\tx,a;1|b\r\n\"'\rx\",a;1|b\r\n\
                  \"say \"\"x\"\"\",a;1|b\r\n\"a,b\",a;1|b\r\n\"a\nb\",a;1|b\r\n";
    same(&shown(&objects, Format::Csv, &[], &pipe()), wanted)
}

#[test]
fn a_name_is_one_line() -> Result<(), Failed> {
    let object = [thing(vec![("Name", text("HUB01\\A\nHUB01\\B\u{2028}\u{202e}"))])];
    same(&shown(&object, Format::Name, &[], &pipe()), "HUB01\\A\\u{a}HUB01\\B\\u{2028}\u{202e}\n")?;
    same(&shown(&object, Format::Name, &[], &terminal(10)), "HUB01\\A\\u{a}HUB01\\B\\u{2028}\\u{202e}\n")
}

/// Differences and entries are named by the object that they are of; results are one a line.
#[test]
fn an_identity_is_printed_once_in_a_row() -> Result<(), Failed> {
    const OF_IDENTITY: &TableView =
        &TableView { noun: "Thing", table: &["Name"], headings: &[], name: "Identity" };
    const OF_RESULT: &TableView =
        &TableView { noun: "Thing", table: &["Name"], headings: &[], name: "Result" };
    let named = |shape: &'static TableView, names: &[&str]| -> Vec<Object> {
        names.iter().map(|name| Object::new(shape, vec![(shape.name, text(name))])).collect()
    };
    let names = ["A", "A", "A B", "A", "A"];
    same(&shown(&named(OF_IDENTITY, &names), Format::Name, &[], &pipe()), "A\nA B\nA\n")?;
    same(&shown(&named(OF_RESULT, &names), Format::Name, &[], &pipe()), "A\nA\nA B\nA\nA\n")?;
    for many in 1..6 {
        for (shape, wanted) in [(OF_IDENTITY, "A\nA B\nA\n"), (OF_RESULT, "A\nA\nA B\nA\nA\n")] {
            let mut stream = Stream::new(Format::Name, &[], many);
            let mut printed = String::new();
            for object in named(shape, &names) {
                printed.push_str(&stream.put(object, &pipe()).unwrap());
            }
            printed.push_str(&stream.end(&pipe()).unwrap());
            same(&printed, wanted)?;
        }
    }
    Ok(())
}

#[test]
fn nothing_prints_nothing() -> Result<(), Failed> {
    for format in [Format::Table, Format::List, Format::Csv, Format::Name] {
        same(&shown(&[], format, &["Foo"], &pipe()), "")?;
    }
    same(&shown(&[], Format::Json, &[], &pipe()), "[]\n")
}

#[test]
fn a_narrow_table_counts_what_it_leaves_out() -> Result<(), Failed> {
    let ranges = |count: u8| texts((1..=count).map(|last| format!("10.0.0.{last}")));
    let many = texts((0..1_206).map(|n| format!("10.0.{}.{}", n / 250, n % 250)));
    let object =
        |name, list| thing(vec![("Name", text(name)), ("List", list), ("Enabled", Value::Bool(true))]);
    let objects =
        [object("Relay", ranges(2)), object("A relay for applications", ranges(5)), object("Many", many)];
    let wanted = "\nName         List         Enabled\n----         ----         -------\n\
                  Relay        {10.0.0.1,      True\n             10.0.0.2}\n\
                  A relay for  {10.0.0.1,      True\napplications 10.0.0.2, +3\n             more}\n\
                  Many         {10.0.0.0,      True\n             10.0.0.1,\n             +1,204 more}\n\n";
    same(&shown(&objects, Format::Table, &["Name", "List", "Enabled"], &terminal(36)), wanted)?;
    let whole = shown(&objects, Format::Table, &["Name", "List", "Enabled"], &pipe());
    holds(whole.contains("10.0.4.205}") && !whole.contains("more"), "whole without a terminal")
}

/// 1,204 ranges at 80 and at 200 columns: three lines of the cell, and how many are left out.
#[test]
fn a_long_list_uses_the_width_there_is() -> Result<(), Failed> {
    let many = texts((0..1_204).map(|n| format!("10.{}.{}.0/24", n / 250, n % 250)));
    let object =
        [thing(vec![("Name", text(r"HUB01\Relay")), ("List", many), ("Enabled", Value::Bool(true))])];
    for width in [80, 200] {
        let table = shown(&object, Format::Table, &["Name", "List", "Enabled"], &terminal(width));
        let lines: Vec<&str> = table.lines().collect();
        let widest = lines.iter().map(|line| line.width()).max().unwrap_or(0);
        holds(widest <= width && widest > width - 20 && lines.len() == 7, &table)?;
        let there = table.matches("/24").count();
        let left = format!(", +{} more}}", quoted_number(1_204 - there));
        holds(table.contains(&left), &table)?;
        let list = shown(&object, Format::List, &[], &terminal(width));
        holds(list.matches("/24").count() == 1_204 && !list.contains("more"), "a list is whole")?;
        holds(list.lines().all(|line| line.width() <= width), "and keeps to the width")?;
    }
    Ok(())
}

/// Of two long lists in a row, before and after, each begins with what it has alone.
#[test]
fn what_two_long_lists_differ_in_is_seen() -> Result<(), Failed> {
    let range = |n: u32| format!("10.{}.{}.0/24", n / 250, n % 250);
    let before = texts((0..1_203).map(range));
    let after = texts((0..1_203).filter(|n| *n != 700).chain([60_000]).map(range));
    let object = [thing(vec![("Name", text("RemoteIPRanges")), ("List", before), ("After", after)])];
    let table = shown(&object, Format::Table, &["Name", "List", "After"], &terminal(80));
    holds(
        table.contains("{10.2.200.0/24, 10.0.0.0/24,") && table.contains("{10.240.0.0/24, 10.0.0.0/24,"),
        &table,
    )
}

fn quoted_number(number: usize) -> String {
    format!("{},{:03}", number / 1_000, number % 1_000)
}

/// Names are broken at their joints, and not at all where another column can give way.
#[test]
fn words_stay_whole_where_they_can() -> Result<(), Failed> {
    let right = "ms-Exch-SMTP-Accept-Any-Recipient";
    let object = [thing(vec![("Name", text(r"NT AUTHORITY\ANONYMOUS LOGON")), ("List", text(right))])];
    let wanted = "\nName                   List\n----                   ----\n\
                  NT AUTHORITY\\ANONYMOUS ms-Exch-SMTP-Accept-Any-Recipient\nLOGON\n\n";
    same(&shown(&object, Format::Table, &[], &terminal(57)), wanted)?;
    let wanted = "\nName          List\n----          ----\n\
                  NT AUTHORITY\\ ms-Exch-SMTP-\nANONYMOUS     Accept-Any-\nLOGON         Recipient\n\n";
    same(&shown(&object, Format::Table, &[], &terminal(29)), wanted)
}

#[test]
fn a_table_that_fits_nowhere_is_a_list() -> Result<(), Failed> {
    let objects = exported();
    let table = shown(&objects, Format::Table, &["*"], &terminal(80));
    same(&table, &shown(&objects, Format::List, &["*"], &terminal(80)))?;
    let huge = [thing(vec![("Name", text(&"x".repeat(131_071))), ("List", text("y"))])];
    let table = shown(&huge, Format::Table, &[], &pipe());
    holds(table.contains(&"x".repeat(131_071)), "whole, though no table can hold it")
}

#[test]
fn wide_characters_line_up() -> Result<(), Failed> {
    let object = |name| thing(vec![("Name", text(name)), ("List", text("|"))]);
    let objects = ["東京", "e\u{301}te\u{301}", "👩\u{200d}💻!", "plain"].map(object);
    let wanted = "\nName  List\n----  ----\n東京  |\ne\u{301}te\u{301}   |\n👩\u{200d}💻!   |\nplain |\n\n";
    same(&shown(&objects, Format::Table, &[], &terminal(80)), wanted)?;
    let object = [thing(vec![("Name", text("東京都港区赤坂一丁目👩\u{200d}💻👩\u{200d}💻👩\u{200d}💻"))])];
    let wanted = "\nName : 東京都港区赤\n       坂一丁目👩\u{200d}💻👩\u{200d}💻\n       👩\u{200d}💻\n\n";
    same(&shown(&object, Format::List, &[], &terminal(20)), wanted)
}

// --- Messages and streams

#[test]
fn messages_are_one_line_each() -> Result<(), Failed> {
    let problem = Problem::new(Exit::NotFound, "no connector `a\nerror: forged\u{1b}[2J`")
        .hint("exch get-receiveconnector")
        .about("Identity");
    let colour = Screen { colour: true, ..pipe() };
    let wanted = "error: no connector `a\\u{a}error: forged\\u{1b}[2J`\nhint: exch get-receiveconnector\n";
    same(&error(&problem, false, false, &pipe()), wanted)?;
    let wanted = wanted.replacen("error:", "\u{1b}[31m\u{1b}[1merror:\u{1b}[0m", 1).replacen(
        "hint:",
        "\u{1b}[36mhint:\u{1b}[0m",
        1,
    );
    same(&error(&problem, false, false, &colour), &wanted)?;
    let wanted = "{\"code\":4,\"message\":\"no connector `a\\nerror: forged\\u001b[2J`\",\
                  \"hint\":\"exch get-receiveconnector\",\"parameter\":\"Identity\"}\n";
    same(&error(&problem, true, false, &colour), wanted)?;
    let wanted = "{\"code\":6,\"message\":\"x\",\"hint\":null,\"parameter\":null}\n";
    same(&error(&Problem::new(Exit::Store, "x"), true, false, &pipe()), wanted)?;
    same(&warning("w", Some("h"), &pipe()), "warning: w\nhint: h\n")
}

#[test]
fn messages_never_flood() -> Result<(), Failed> {
    let long = "é".repeat(65_535);
    same(&quoted(&long), &format!("`{}…` (131,070 bytes)", "é".repeat(100)))?;
    let problem = Problem::new(Exit::Refused, format!("cannot convert \"{long}\" to a number")).hint(&*long);
    for json in [false, true] {
        let described = error(&problem, json, false, &pipe());
        holds(described.len() < 10_000 && described.contains("bytes left out"), "shortened, and says so")?;
        holds(
            described.contains("cannot convert") && described.contains("to a number"),
            "both ends are kept",
        )?;
    }
    Ok(())
}

/// A stream that fails as it is told to.
struct Failing(ErrorKind);

impl Write for Failing {
    fn write(&mut self, _: &[u8]) -> std::io::Result<usize> {
        Err(Error::from(self.0))
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[test]
fn a_closed_pipe_is_quiet_and_a_full_disk_is_not() -> Result<(), Failed> {
    let (mut closed, mut described) = (Failing(ErrorKind::BrokenPipe), Vec::new());
    let mut ui = Ui::new(&mut closed, pipe(), &mut described, pipe());
    ui.data("x").map_err(|problem| problem.message)?;
    holds(ui.closed() && ui.data("y").is_ok(), "a closed pipe ends quietly")?;
    ui.say("recorded as revision 4f2a91c");
    holds(described == b"recorded as revision 4f2a91c\n", "messages go on")?;
    let (mut full, mut gone) = (Failing(ErrorKind::StorageFull), Failing(ErrorKind::BrokenPipe));
    let mut ui = Ui::new(&mut full, pipe(), &mut gone, pipe());
    let problem = ui.data("x").unwrap_err();
    holds(problem.exit == Exit::Store && !ui.closed(), "a full disk is an error of the store's kind")?;
    holds(problem.message.starts_with("standard output could not be written: "), &problem.message)?;
    ui.error(&problem, false);
    Ok(())
}
