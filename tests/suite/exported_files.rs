//! Files of exports as they arrive: archives, archives that mean harm, files of a gigabyte, pages of an error; and what
//! differs a month later, as it is reported and as lines that are run.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]
#![expect(clippy::disallowed_methods, reason = "tests write files")]

use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};

use exch::answer::Exit;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::world::Home;

fn collected() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/import/what-the-collector-wrote/beside/tuesday")
}

/// A home with a directory to put files in.
fn home() -> (Home, PathBuf) {
    let home = Home::new();
    let dir = home.store().parent().unwrap().to_owned();
    fs::create_dir_all(&dir).unwrap();
    (home, dir)
}

/// An archive of members by their names.
fn zipped(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    let mut archive = ZipWriter::new(&mut bytes);
    for (name, content) in members {
        archive.start_file(*name, SimpleFileOptions::default()).unwrap();
        archive.write_all(content).unwrap();
    }
    archive.finish().unwrap();
    bytes.into_inner()
}

/// What is refused of an archive, and that no store came of it.
fn refused(bytes: &[u8]) -> String {
    let (home, dir) = home();
    let file = dir.join("exports.zip");
    fs::write(&file, bytes).unwrap();
    let ran = home.run(["import-organization", file.to_str().unwrap()]);
    assert_eq!(ran.exit, Exit::NotUnderstood, "{}", ran.err);
    assert_eq!(fs::read_dir(&dir).unwrap().count(), 1, "nothing was written");
    ran.err
}

#[test]
fn an_archive_is_read_as_its_folder() {
    let of_folder = {
        let (home, _) = home();
        home.done(["import-organization", collected().to_str().unwrap()]);
        home.done(["get-receiveconnector", "-o", "json"])
    };
    let (home, dir) = home();
    let file = dir.join("exports.zip");
    let read = |name: &str| fs::read(collected().join(name)).unwrap();
    let (servers, connectors) = (read("ExchangeServer.xml"), read("ReceiveConnector.xml"));
    let manifest = read("manifest.xml");
    let bytes = zipped(&[
        ("tuesday/ExchangeServer.xml", &servers),
        (r"tuesday\ReceiveConnector.xml", &connectors),
        ("tuesday/manifest.xml", &manifest),
        ("tuesday/notes.docx", b"PK"),
        ("__MACOSX/tuesday/._manifest.xml", b"\0\x05\x16\x07"),
    ]);
    fs::write(&file, bytes).unwrap();
    let ran = home.run(["import-organization", file.to_str().unwrap()]);
    assert_eq!(ran.exit, Exit::Done, "{}", ran.err);
    assert!(ran.err.contains("exports.zip/tuesday/ReceiveConnector.xml` is Clixml with 1 receive connector"));
    assert!(
        ran.err.contains("exports.zip/tuesday/manifest.xml`: collected 2026-10-06T07:00:00Z"),
        "{}",
        ran.err
    );
    assert!(ran.err.contains("notes.docx` is left out"), "{}", ran.err);
    assert!(!ran.err.contains("__MACOSX"), "{}", ran.err);
    assert_eq!(home.done(["get-receiveconnector", "-o", "json"]), of_folder);
}

#[test]
fn an_archive_that_leads_out_is_refused() {
    for name in [
        "../ReceiveConnector.xml",
        "/etc/ReceiveConnector.xml",
        "a/../../ReceiveConnector.xml",
        r"..\ReceiveConnector.xml",
        "C:/ReceiveConnector.xml",
    ] {
        let err = refused(&zipped(&[("ok.xml", b"<Objs></Objs>"), (name, b"<Objs></Objs>")]));
        let what = format!("it is a zip archive with a member that leads out of it, `{name}`");
        assert!(err.contains(&what), "{err}");
    }
}

/// The place of a field of the first member in the archive's list at the end.
fn listed(bytes: &[u8], field: usize) -> usize {
    bytes.windows(4).position(|window| window == b"PK\x01\x02").unwrap() + field
}

#[test]
fn an_archive_that_says_it_unpacks_to_too_much_is_refused() {
    // Three members that each say 4 GB.
    let mut bytes =
        zipped(&[("a.xml", b"<Objs></Objs>"), ("b.xml", b"<Objs></Objs>"), ("c.xml", b"<Objs></Objs>")]);
    let starts: Vec<usize> =
        (0..bytes.len() - 4).filter(|at| bytes[*at..].starts_with(b"PK\x01\x02")).collect();
    for start in starts {
        bytes[start + 24..start + 28].copy_from_slice(&(u32::MAX - 1).to_le_bytes());
    }
    let err = refused(&bytes);
    assert!(err.contains("it is a zip archive that unpacks to 11 GB, and at most 8 are read"), "{err}");
}

#[test]
fn a_member_longer_than_its_archive_says_is_cut() {
    let text = format!("<Objs>{}</Objs>", "<S>a</S>".repeat(1_000_000));
    let mut bytes = zipped(&[("a.xml", text.as_bytes())]);
    let size = listed(&bytes, 24);
    bytes[size..size + 4].copy_from_slice(&1_000_u32.to_le_bytes());
    let err = refused(&bytes);
    assert!(
        err.contains("exports.zip/a.xml` cannot be read: the file is truncated: it ends inside <"),
        "{err}"
    );
}

#[test]
fn an_archive_that_is_not_whole_is_refused() {
    let bytes = zipped(&[("a.xml", b"<Objs></Objs>")]);
    let err = refused(&bytes[..bytes.len() / 2]);
    assert!(err.contains("the zip archive is not whole"), "{err}");
    let err = refused(&zipped(&[]));
    assert!(err.contains("cannot be read"), "{err}");
}

/// A file with holes, so that the disk has none of it. It is refused long before its end.
/// A file of 1 GB that begins so, and goes on with nothing that ends it, is refused for this reason.
fn endless(name: &str, head: &str, why: &str) {
    let (home, dir) = home();
    let path = dir.join(name);
    let mut file = File::create(&path).unwrap();
    file.write_all(head.as_bytes()).unwrap();
    file.set_len(1 << 30).unwrap();
    let ran = home.run(["import-organization", path.to_str().unwrap()]);
    assert_eq!(ran.exit, Exit::NotUnderstood, "{name}: {}", ran.err);
    assert!(ran.err.contains(why), "{name}: {}", ran.err);
    fs::remove_file(&path).unwrap();
}

#[test]
fn a_line_of_a_gigabyte_is_refused() {
    let ends = |text: &str| text.repeat(1 << 20);
    let files = [
        ("a.json", format!("[{{\"Name\":\"{}", ends(&"a".repeat(17)))),
        ("b.json", format!("[{}", ends("1,2,3,4,5,6,7,8,9,"))),
        ("c.csv", "Name,Bindings,RemoteIPRanges\n\"".to_owned()),
        ("d.txt", "Name : a".to_owned()),
        ("e.ps1", "Configuration A { ".to_owned()),
    ];
    for (name, head) in files {
        endless(name, &head, "it has an object of more than 16 MB");
    }
}

#[test]
fn a_file_of_a_gigabyte_without_tags_is_refused() {
    for (name, head) in [("a.xml", "<Objs><S>"), ("b.xml", "<Objs><Obj RefId=\"")] {
        endless(name, head, "it has a tag or a text of more than 16 MB");
    }
}

#[test]
fn a_page_and_other_xml_in_a_folder_are_left_out() {
    let (home, dir) = home();
    let exports = dir.join("exports");
    fs::create_dir_all(&exports).unwrap();
    fs::copy(collected().join("ReceiveConnector.xml"), exports.join("ReceiveConnector.xml")).unwrap();
    let page = "<!DOCTYPE html>\n<html lang=\"en\"><body>503 Service Unavailable</body></html>";
    fs::write(exports.join("ADPermission.xml"), page).unwrap();
    fs::write(exports.join("web.config"), "<?xml version=\"1.0\"?><!-- a site -->\n<configuration/>")
        .unwrap();
    let ran = home.run(["import-organization", exports.to_str().unwrap()]);
    assert_eq!(ran.exit, Exit::Done, "{}", ran.err);
    for element in ["html", "configuration"] {
        let what = format!("is left out: it is not Clixml: its first element is <{element}>, not <Objs>");
        assert!(ran.err.contains(&what), "{}", ran.err);
    }
    let ran = home.run(["import-organization", exports.join("ADPermission.xml").to_str().unwrap()]);
    assert_eq!(ran.exit, Exit::NotUnderstood);
    assert!(ran.err.contains("it is not Clixml: its first element is <html>"), "{}", ran.err);
}

/// The export of a month.
fn month(name: &str) -> PathBuf {
    let beside = "tests/cases/import/what-the-servers-have-otherwise/beside";
    Path::new(env!("CARGO_MANIFEST_DIR")).join(beside).join(name)
}

/// A store as October's export has it.
fn october() -> (Home, PathBuf) {
    let (home, dir) = home();
    home.done(["import-organization", month("october").to_str().unwrap()]);
    (home, dir)
}

/// November's export, with a conflict of roles and the name of a certificate that is none.
#[test]
fn ten_ways_to_differ_are_each_reported() {
    let (home, dir) = october();
    let exports = dir.join("november");
    fs::create_dir_all(&exports).unwrap();
    for name in ["ADPermission.xml", "ExchangeServer.xml", "ReceiveConnector.xml"] {
        let mut text = fs::read_to_string(month("november").join(name)).unwrap();
        if name == "ReceiveConnector.xml" {
            let (before, printers) = text.rsplit_once("<Obj RefId=\"17\">").unwrap();
            let printers = printers.replace("10.0.0.7:2525", "10.0.0.7:25").replace("Frontend", "Hub");
            let certificate =
                "<S N=\"TlsCertificateName\">CN=mail.contoso.com</S><S N=\"Name\">Partner 2</S>";
            let before = before.replace("<S N=\"Name\">Partner 2</S>", certificate);
            text = format!("{before}<Obj RefId=\"17\">{printers}");
        }
        fs::write(exports.join(name), text).unwrap();
    }
    let ran = home.run(["compare-organization", exports.to_str().unwrap(), "-o", "json"]);
    assert_eq!(ran.exit, Exit::No, "{}", ran.err);
    for row in [
        "10.9.0.0-10.9.255.255",
        "ms-Exch-SMTP-Accept-Authoritative-Domain-Sender to NT AUTHORITY",
        "Scanner",
        "Partner 2",
        "deny ms-Exch-SMTP-Submit to CONTOSO",
        "inherited ms-Exch-",
    ] {
        assert!(ran.out.contains(row), "{row}: {}", ran.out);
    }
    for said in [
        "Partner 2` is taken in although it breaks U5",
        "Partner 2` is taken in although it breaks V8",
        "1 property is not kept here: HighFidelityEnabled",
        "1 access list entry inherited from parents in the directory",
        "`Version 15.9 (Build 1.1)` is not a build of an edition that is known here",
    ] {
        assert!(ran.err.contains(said), "{said}: {}", ran.err);
    }
}

/// The lines of both directions, run on stores as the servers and the store are.
#[test]
fn lines_lead_from_the_store_to_the_servers_and_back() {
    let (store, dir) = october();
    let november = month("november");
    let lines = |more: &[&str]| -> PathBuf {
        let words = ["compare-organization", november.to_str().unwrap(), "-o", "powershell"];
        let ran = store.run([&words[..], more].concat());
        let file = dir.join(if more.is_empty() { "servers.ps1" } else { "store.ps1" });
        fs::write(&file, ran.out).unwrap();
        file
    };
    let (to_store, to_servers) = (lines(&[]), lines(&["-Reverse"]));
    let differs = |home: &Home, export: &Path| -> Vec<String> {
        let ran = home.run(["compare-organization", export.to_str().unwrap(), "-o", "csv"]);
        ran.out.lines().skip(1).map(str::to_owned).collect()
    };
    let (servers, _) = october();
    servers.done(["import-organization", november.to_str().unwrap(), "-Confirm:false"]);
    assert!(!differs(&servers, &month("october")).is_empty());
    servers.done(["run", to_store.to_str().unwrap()]);
    // Inherited entries are changed at the parent, by no line.
    let own = |mut rows: Vec<String>| {
        rows.retain(|row| !row.contains("inherited "));
        rows
    };
    let left = own(differs(&servers, &month("october")));
    assert_eq!(left, Vec::<String>::new(), "the servers are as the store");
    store.done(["run", to_servers.to_str().unwrap()]);
    // A server that an export does not hold stays, and is reported.
    let left = own(differs(&store, &november));
    assert!(matches!(left.as_slice(), [only] if only.starts_with("OLD02,Name,")), "{left:?}");
}
