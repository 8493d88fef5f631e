//! What the cmdlets of effective access print: JSON as its schema says, and pictures that are whole.

use std::collections::BTreeSet;

use exch::access::Ability;
use strum::VariantNames;

use crate::host::{self, TempDir};
use crate::outcome::Failed;

/// What a line prints; a comparison may find a difference.
fn exch(dir: &TempDir, words: &[&str]) -> Result<String, Failed> {
    let ran = host::command(host::EXCH, dir.path()).env("EXCH_STORE", "store").args(words).output()?;
    assert!(matches!(ran.status.code(), Some(0 | 3)), "{words:?}: {}", String::from_utf8_lossy(&ran.stderr));
    Ok(String::from_utf8(ran.stdout)?)
}

/// The properties of docs/effective-access.schema.json are those that the cmdlets print, and no others.
#[expect(clippy::disallowed_methods, reason = "the schema is a file")]
#[test]
fn the_schema_is_what_is_printed() -> Result<(), Failed> {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(root.join("docs/effective-access.schema.json"))?;
    let schema: serde_json::Value = serde_json::from_str(&text)?;
    let names =
        |value: &serde_json::Value| -> Vec<String> { value.as_object().unwrap().keys().cloned().collect() };
    let listed: BTreeSet<String> = names(&schema["items"]["properties"]).into_iter().collect();
    let abilities = &schema["items"]["properties"]["Abilities"]["items"]["enum"];
    assert_eq!(*abilities, serde_json::json!(Ability::VARIANTS));
    let dir = host::tempdir()?;
    let run = |words: &[&str]| exch(&dir, words);
    run(&["new-exchangeserver", "HUB01", "-Version", "2010"])?;
    run(&["set-receiveconnector", "HUB01\\Default HUB01", "-PermissionGroups", "AnonymousUsers"])?;
    let mut printed = BTreeSet::new();
    for line in [vec!["get-effectiveaccess"], vec!["compare-effectiveaccess", "HEAD~1"]] {
        let rows: serde_json::Value = serde_json::from_str(&run(&[&line[..], &["-o", "json"]].concat())?)?;
        let first = names(&rows[0]);
        for required in schema["items"]["required"].as_array().unwrap() {
            assert!(first.iter().any(|name| required == name), "{required}");
        }
        printed.extend(first);
    }
    assert_eq!(printed, listed);
    Ok(())
}

/// The picture of any server parses, has no script, and a text for every shape that is no outline.
#[test]
fn a_picture_is_whole_xml_with_a_text_for_every_shape() -> Result<(), Failed> {
    let dir = host::tempdir()?;
    let run = |words: &[&str]| exch(&dir, words);
    run(&["new-exchangeserver", "HUB01", "-Version", "2010"])?;
    let relay = ["new-receiveconnector", "Odd <&> \"name\"", "-Server", "HUB01", "-Bindings", "0.0.0.0:25"];
    run(&[&relay[..], &["-RemoteIPRanges", "10.1.0.0/24,8.8.8.8", "-PermissionGroups", "AnonymousUsers"]]
        .concat())?;
    let svg = run(&["get-effectiveaccess", "-o", "svg"])?;
    let html = run(&["get-effectiveaccess", "-o", "html"])?;
    let mut reader = quick_xml::Reader::from_str(&svg);
    let (mut shapes, mut texts) = (0, 0);
    loop {
        match reader.read_event()? {
            quick_xml::events::Event::Eof => break,
            quick_xml::events::Event::Start(tag) => {
                assert_ne!(tag.name().as_ref(), "script");
                shapes += usize::from(tag.name().as_ref() == "rect");
                texts += usize::from(tag.name().as_ref() == "title");
            }
            _ => {}
        }
    }
    // One text is the picture's own.
    assert_eq!((shapes, texts), (33, 34));
    assert!(svg.contains("10.1.0.0/24: HUB01\\Odd &lt;&amp;&gt; &quot;name&quot;; Anonymous: Submit, Spoof"));
    assert!(html.contains("<svg ") && html.contains("<table>") && !html.contains("<script"));
    Ok(())
}

/// Each line that a row names is understood, and its session accepted: on servers of three kinds, one of whose
/// addresses the store does not know.
#[test]
fn every_line_to_try_is_accepted() -> Result<(), Failed> {
    let dir = host::tempdir()?;
    let run = |words: &[&str]| exch(&dir, words);
    run(&["new-exchangeserver", "HUB01", "-Version", "2010"])?;
    run(&["new-exchangeserver", "MBX01", "-Version", "2019", "-IPAddresses", "10.0.0.20"])?;
    run(&["new-exchangeserver", "EDGE01", "-Version", "2019", "-ServerRole", "EdgeTransport"])?;
    let relay = ["new-receiveconnector", "Relay", "-Server", "MBX01", "-TransportRole", "FrontendTransport"];
    let at = [
        "-Bindings",
        "10.0.0.20:25",
        "-RemoteIPRanges",
        "10.1.0.0/24",
        "-PermissionGroups",
        "AnonymousUsers",
    ];
    run(&[&relay[..], &at].concat())?;
    let rows: serde_json::Value =
        serde_json::from_str(&run(&["get-effectiveaccess", "-User", "*", "-o", "json"])?)?;
    let (mut servers, mut abilities) = (BTreeSet::new(), BTreeSet::new());
    for row in rows.as_array().unwrap() {
        for line in row["Try"].as_array().unwrap() {
            let words = shlex::split(line.as_str().unwrap()).unwrap();
            let ran = host::command(host::EXCH, dir.path())
                .env("EXCH_STORE", "store")
                .args(&words[1..])
                .output()?;
            let said = String::from_utf8_lossy(&ran.stderr);
            assert_eq!(ran.status.code(), Some(0), "{line}: {said}");
            servers.insert(row["Server"].as_str().unwrap());
            abilities
                .extend(row["Abilities"].as_array().unwrap().iter().filter_map(serde_json::Value::as_str));
        }
    }
    assert_eq!(servers, BTreeSet::from(["EDGE01", "HUB01", "MBX01"]), "servers of which a line was tried");
    // No connector here takes a password in clear.
    let every = Ability::VARIANTS.iter().copied().filter(|name| *name != "AuthenticateInClear");
    assert_eq!(abilities, every.collect(), "abilities of which a line was tried");
    Ok(())
}
