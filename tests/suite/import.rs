//! Import-Organization: real exports into an empty store come out line by line as PowerShell prints them.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]
#![expect(clippy::disallowed_methods, reason = "tests read their fixtures")]

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use exch::answer::Exit;

use crate::clixml::{Clixml, objects, with_iso_dates};
use crate::world::Home;

/// One kind of the real export.
struct Real {
    fixture: &'static str,
    get: &'static str,
    /// What depends on who answers, and not on the object, and what the product does not have.
    left_out: &'static [&'static str],
}

/// The store's own property of a connector.
const RELAY: &str = "Relay";

static REAL: [Real; 3] = [
    Real {
        fixture: "exchange-2019-receive-connectors",
        get: "get-receiveconnector",
        left_out: &["OriginatingServer", RELAY],
    },
    Real {
        fixture: "exchange-2019-send-connectors",
        get: "get-sendconnector",
        left_out: &["OriginatingServer"],
    },
    Real {
        fixture: "exchange-2019-accepted-domains",
        get: "get-accepteddomain",
        left_out: &["OriginatingServer"],
    },
];

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(name)
}

fn imports(home: &Home, path: &Path) -> String {
    home.done(["import-organization", path.to_str().unwrap()])
}

/// The revisions of a store.
fn revisions(home: &Home) -> usize {
    home.done(["get-storehistory", "-o", "name"]).lines().count()
}

#[test]
fn real_exports_come_out_equal() {
    REAL.iter().for_each(Real::comes_out_equal);
}

impl Real {
    fn comes_out_equal(&self) {
        let home = Home::new();
        let export = fixture(&format!("{}.clixml", self.fixture));
        imports(&home, &export);
        let real = fs::read_to_string(fixture(&format!("{}.list.txt", self.fixture))).unwrap();
        let real = with_iso_dates(&real);
        let ours = home.done([self.get, "-o", "list"]);
        assert_eq!(self.lines(&ours), self.lines(&real));
        let real = fs::read_to_string(fixture(&format!("{}.table.txt", self.fixture))).unwrap();
        let ours = home.done([self.get]);
        assert_eq!(ours.lines().collect::<Vec<_>>(), real.lines().collect::<Vec<_>>());
        imports(&home, &export);
        assert_eq!(revisions(&home), 1, "the same file a second time makes no revision");
        let same = home.done(["compare-organization", export.to_str().unwrap()]);
        assert_eq!(same, "", "a store is equal to what it came from");
        assert_eq!(home.done(["test-store"]), "", "an imported store is sound");
    }

    fn lines<'t>(&self, text: &'t str) -> Vec<&'t str> {
        let stays = |line: &&str| {
            line.split_once(" :").is_none_or(|(name, _)| !self.left_out.contains(&name.trim_end()))
        };
        text.lines().filter(stays).collect()
    }
}

#[test]
fn utf_16_is_read_with_a_mark_and_without() {
    let bytes = fs::read(fixture("exchange-2019-receive-connectors-utf16.clixml")).unwrap();
    assert!(bytes.starts_with(&[0xff, 0xfe]));
    let listed = |bytes: &[u8]| {
        let home = Home::new();
        let dir = home.store();
        fs::create_dir_all(dir.parent().unwrap()).unwrap();
        let file = dir.with_file_name("export.xml");
        fs::write(&file, bytes).unwrap();
        imports(&home, &file);
        home.done(["get-receiveconnector", "-o", "list"])
    };
    let (marked, unmarked) = (listed(&bytes), listed(&bytes[2..]));
    assert!(marked.contains("Name"));
    assert_eq!(marked, unmarked);
}

/// What the collector's script may run beside Get-: nothing of it changes anything but the folder that it makes.
const HARMLESS: [&str; 7] =
    ["Export-Clixml", "ForEach-Object", "Join-Path", "New-Item", "Out-Null", "Select-Object", "Write-Host"];

#[test]
fn the_collector_only_reads_and_writes_files() {
    let script = Home::new().done(["export-collector"]);
    assert!(script.is_ascii(), "Windows PowerShell reads files in another encoding");
    let mut parser = tree_sitter::Parser::new();
    parser.set_language(&tree_sitter_pwsh::LANGUAGE.into()).unwrap();
    let tree = parser.parse(&script, None).unwrap();
    assert!(!tree.root_node().has_error(), "{}", tree.root_node().to_sexp());
    let (mut commands, mut members) = (Vec::new(), Vec::new());
    let mut open = vec![tree.root_node()];
    while let Some(node) = open.pop() {
        let text = node.utf8_text(script.as_bytes()).unwrap();
        match node.kind() {
            "command_name" => commands.push(text.to_owned()),
            "member_name" => members.push(text.to_owned()),
            _ => {}
        }
        open.extend((0..node.child_count()).filter_map(|at| node.child(at)));
    }
    for command in &commands {
        let reads = command.starts_with("Get-");
        assert!(reads || HARMLESS.contains(&command.as_str()), "the script runs {command}");
    }
    for member in &members {
        let known =
            ["ToUniversalTime", "ToString", "DistinguishedName", "Identity", "Exception", "Message", "Count"];
        assert!(known.contains(&member.as_str()), "the script uses {member}");
    }
    for noun in [
        "ExchangeServer",
        "ReceiveConnector",
        "ADPermission",
        "SendConnector",
        "AcceptedDomain",
        "TransportConfig",
    ] {
        assert!(commands.contains(&format!("Get-{noun}")), "{noun} is not collected");
    }
    assert_eq!(commands.iter().filter(|command| *command == "New-Item").count(), 1, "one folder is made");
}

/// The real export in the other formats, written of the same values: as the product prints them, lists joined in CSV,
/// enumerations as numbers in JSON, moments as Windows PowerShell writes them.
#[test]
fn json_csv_and_lists_say_what_clixml_says() {
    let whole = objects(&fixture("exchange-2019-receive-connectors.clixml"));
    let listed = |name: &str, text: &str| {
        let home = Home::new();
        fs::create_dir_all(home.store().parent().unwrap()).unwrap();
        let file = home.store().with_file_name(name);
        fs::write(&file, text).unwrap();
        imports(&home, &file);
        home.done(["get-receiveconnector", "-o", "list"])
    };
    let real = fs::read_to_string(fixture("exchange-2019-receive-connectors.list.txt")).unwrap();
    let dates =
        ["WhenChanged", "WhenCreated", "WhenChangedUTC", "WhenCreatedUTC", "OriginatingServer", RELAY];
    let without_dates = |text: &str| -> Vec<String> {
        let is_date =
            |line: &&str| line.split_once(" :").is_some_and(|(name, _)| dates.contains(&name.trim_end()));
        text.lines().filter(|line| !is_date(line)).map(str::to_owned).collect()
    };
    assert_eq!(without_dates(&listed("list.txt", &real)), without_dates(&real));
    let with_dates = with_iso_dates(&real);
    let from_json = listed("export.json", &json(&whole));
    let lines = |text: &str| -> Vec<String> {
        let other = |line: &&str| !line.starts_with("OriginatingServer") && !line.starts_with(RELAY);
        text.lines().filter(other).map(str::to_owned).collect()
    };
    assert_eq!(lines(&from_json), lines(&with_dates));
    assert_eq!(without_dates(&listed("export.csv", &csv(&whole))), without_dates(&real));
}

type Properties = Vec<(String, Clixml)>;

fn json(objects: &[Properties]) -> String {
    fn value(name: &str, value: &Clixml) -> serde_json::Value {
        match value {
            Clixml::Null => serde_json::Value::Null,
            Clixml::Bool(value) => (*value).into(),
            Clixml::Number(value) => (*value).into(),
            Clixml::Text(text) if name == "TransportRole" => {
                if text == "HubTransport" {
                    32.into()
                } else {
                    16_384.into()
                }
            }
            Clixml::Text(text) if name == "SizeEnabled" => {
                if text == "Enabled" {
                    1.into()
                } else {
                    2.into()
                }
            }
            Clixml::Text(text) | Clixml::Guid(text) => text.as_str().into(),
            Clixml::Time(text) => {
                let time: jiff::Timestamp = text.parse().unwrap();
                format!("/Date({})/", time.as_millisecond()).into()
            }
            Clixml::List(items) => items.iter().map(json_item).collect(),
        }
    }
    let object = |properties: &Properties| -> serde_json::Map<String, serde_json::Value> {
        properties.iter().map(|(name, one)| (name.clone(), value(name, one))).collect()
    };
    serde_json::to_string_pretty(&objects.iter().map(object).collect::<Vec<_>>()).unwrap()
}

fn json_item(item: &Clixml) -> serde_json::Value {
    match item {
        Clixml::Text(text) => text.as_str().into(),
        other => panic!("{other:?} is no element of a list"),
    }
}

fn csv(objects: &[Properties]) -> String {
    fn text(value: &Clixml) -> String {
        match value {
            Clixml::Null => String::new(),
            Clixml::Bool(true) => "True".to_owned(),
            Clixml::Bool(false) => "False".to_owned(),
            Clixml::Number(number) => number.to_string(),
            Clixml::Text(text) | Clixml::Guid(text) | Clixml::Time(text) => text.clone(),
            Clixml::List(items) => items.iter().map(text).collect::<Vec<_>>().join(","),
        }
    }
    let quoted = |texts: Vec<String>| {
        let all: Vec<String> =
            texts.iter().map(|text| format!("\"{}\"", text.replace('"', "\"\""))).collect();
        all.join(";") + "\r\n"
    };
    let mut out =
        "#TYPE Microsoft.Exchange.Data.Directory.SystemConfiguration.ReceiveConnector\r\n".to_owned();
    out += &quoted(objects[0].iter().map(|(name, _)| name.clone()).collect());
    for object in objects {
        out += &quoted(object.iter().map(|(_, value)| text(value)).collect());
    }
    out
}

/// Two files of one server: the one that was written later, whatever it is called, and none of the other's connectors.
#[test]
fn the_newer_of_two_exports_of_a_server_is_taken() {
    let home = Home::new();
    let text = fs::read_to_string(fixture("exports/ReceiveConnector.xml")).unwrap();
    let (old, new) = (
        home.store().parent().unwrap().join("exports/b.xml"),
        home.store().parent().unwrap().join("exports/a.xml"),
    );
    fs::create_dir_all(home.store().parent().unwrap().join("exports")).unwrap();
    fs::write(&old, text.replace("printers", "of last month")).unwrap();
    fs::write(&new, &text).unwrap();
    let hours = |ago: u64| SystemTime::now() - Duration::from_secs(ago * 3_600);
    fs::File::options().write(true).open(&old).unwrap().set_modified(hours(700)).unwrap();
    fs::File::options().write(true).open(&new).unwrap().set_modified(hours(1)).unwrap();
    let ran =
        home.run(["import-organization", home.store().parent().unwrap().join("exports").to_str().unwrap()]);
    assert_eq!(ran.exit, Exit::Done);
    assert!(ran.err.contains("b.xml` is left out for the receive connectors of HUB01"), "{}", ran.err);
    assert!(home.done(["get-receiveconnector", "-o", "list"]).contains(": printers\n"));
}
