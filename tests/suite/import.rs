//! Import-Organization: real exports into an empty store come out line by line as PowerShell prints them.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]
#![expect(clippy::disallowed_methods, reason = "tests read their fixtures")]

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use exch::answer::Exit;
use libtest_mimic::Trial;

use crate::shown::with_iso_dates;
use crate::world::Home;

/// One kind of the real export.
struct Real {
    fixture: &'static str,
    get: &'static str,
    /// What depends on who answers, and not on the object.
    left_out: &'static [&'static str],
}

static REAL: [Real; 3] = [
    Real {
        fixture: "exchange-2019-receive-connectors",
        get: "get-receiveconnector",
        left_out: &["OriginatingServer"],
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

/// The trials of this module.
pub fn trials() -> Vec<Trial> {
    let trial = |name: String, test: Box<dyn Fn() + Send>| {
        Trial::test(format!("import::{name}"), move || {
            test();
            Ok(())
        })
    };
    let each =
        REAL.iter().map(|real| trial(format!("real::{}", real.get), Box::new(|| real.comes_out_equal())));
    let mut trials: Vec<Trial> = each.collect();
    trials.push(trial("utf_16_is_read_with_a_mark_and_without".to_owned(), Box::new(utf_16)));
    trials.push(trial("the_newer_of_two_exports_of_a_server_is_taken".to_owned(), Box::new(newer)));
    trials
}

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

fn utf_16() {
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

/// Two files of one server: the one that was written later, whatever it is called, and none of the other's connectors.
fn newer() {
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
