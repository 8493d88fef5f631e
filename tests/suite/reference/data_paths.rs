//! The tables of data paths: every field of every row written as the reference writes it, and compared.

use exch::datapath::{Auth, DataPath, EDITIONS, Edition, Note, Severity, Stated, path};
use exch::param::Version;
use toml::{Table, Value as Toml};

use super::read;

/// What the reference says of the copies that it was made from; not for users, and not in the program.
const OF_THE_COPIES: [&str; 1] = ["provenance"];

/// Rows of the tables, of the tables of 2007 too: 11, 22, 14 and 5.
const ROWS: [(&str, usize); 3] = [("2007", 54), ("2010", 39), ("2016", 41)];

fn facts(edition: &Edition) -> Table {
    read(&format!("datapaths-{}.toml", edition.name))
}

fn tables(edition: &Edition, key: &str) -> Vec<Table> {
    let facts = facts(edition)[key].as_array().unwrap().clone();
    facts.into_iter().map(|fact| fact.as_table().unwrap().clone()).collect()
}

fn list<'a>(texts: impl IntoIterator<Item = &'a str>) -> Toml {
    Toml::Array(texts.into_iter().map(|text| Toml::String(text.to_owned())).collect())
}

fn versions(versions: &[Version]) -> Toml {
    list(versions.iter().map(|version| version.name()))
}

#[test]
fn data_paths() {
    for (edition, (name, rows)) in EDITIONS.iter().zip(ROWS) {
        let facts = facts(edition);
        assert_eq!(edition.name, name);
        assert_eq!(Toml::from(edition.title), facts["title"]);
        assert_eq!(versions(edition.versions), facts["versions"]);
        assert_eq!(Toml::from(edition.complete), facts["complete"]);
        let ours: Vec<&DataPath> = edition.paths.iter().flat_map(|table| table.iter()).collect();
        let theirs = tables(edition, "path");
        assert_eq!((ours.len(), theirs.len()), (rows, rows));
        for (ours, mut theirs) in ours.into_iter().zip(theirs) {
            OF_THE_COPIES.iter().for_each(|key| drop(theirs.remove(*key)));
            assert_eq!(written(ours, edition), theirs, "{name} {}", ours.id);
        }
    }
    let tables = EDITIONS[0].paths.iter().map(|table| table.iter().filter(|path| path.row > 0).count());
    assert_eq!(tables.collect::<Vec<_>>(), [11, 22, 14, 5]);
}

/// A data path as the reference writes it.
fn written(path: &DataPath, edition: &Edition) -> Table {
    let mut fact = Table::new();
    let mut put = |key: &str, value: Toml| drop(fact.insert(key.to_owned(), value));
    let texts = [
        ("from", path.from),
        ("ports_note", path.ports_note),
        ("default_auth_note", path.default_auth_note),
        ("supported_auth_note", path.supported_auth_note),
        ("encrypted_by_default_qualifier", path.encrypted_by_default_qualifier),
        ("receive_connector", path.receive_connector),
        ("send_connector", path.send_connector),
    ];
    for (key, text) in texts {
        text.into_iter().for_each(|text| put(key, text.into()));
    }
    put("id", path.id.into());
    put("table", path.table.name().into());
    put("row", i64::from(path.row).into());
    put("source", path.source.name.into());
    put("destination", path.destination.name.into());
    match path.services {
        [] => {}
        [one] => put("service", (*one).into()),
        several => put("services", list(several.iter().copied())),
    }
    let (ranges, ports): (Vec<&path::Port>, Vec<_>) = path.ports.iter().partition(|p| p.first < p.last);
    put("ports", Toml::Array(ports.into_iter().map(|port| Toml::Table(port_written(port))).collect()));
    for range in ranges {
        let mut fact = port_written(range);
        fact.remove("port");
        fact.insert("from".to_owned(), i64::from(range.first).into());
        fact.insert("to".to_owned(), i64::from(range.last).into());
        put("port_range", fact.into());
    }
    if path.any_port {
        put("any_port", true.into());
    }
    let auth = |auth: &[Auth]| list(auth.iter().map(|auth| auth.name()));
    put("dynamic_ports", path.dynamic_ports.into());
    put("default_auth", auth(path.default_auth));
    put("supported_auth", auth(path.supported_auth));
    put("encryption_supported", stated(path.encryption_supported));
    put("encryption", list(path.encryption.iter().copied()));
    put("encrypted_by_default", stated(path.encrypted_by_default));
    let ground: &str = path.encrypted_ground.into();
    if path.encrypted_by_default != Stated::NotStated {
        put("encrypted_by_default_basis", ground.into());
    }
    if edition.versions.len() > 1 {
        put("applies_to", versions(edition.versions_of(path)));
    }
    fact
}

fn port_written(port: &path::Port) -> Table {
    let transport = if port.transport == path::Transport::Tcp { "tcp" } else { "udp" };
    let texts = [("transport", Some(transport)), ("protocol", port.protocol), ("note", port.note)];
    let mut fact: Table =
        texts.into_iter().filter_map(|(key, text)| Some((key.to_owned(), text?.into()))).collect();
    fact.insert("port".to_owned(), i64::from(port.first).into());
    fact
}

fn stated(stated: Stated) -> Toml {
    stated.known().map_or_else(|| path::NOT_STATED.into(), Toml::Boolean)
}

#[test]
fn data_path_notes() {
    for edition in EDITIONS {
        let theirs = tables(edition, "note");
        assert_eq!(edition.notes.len(), theirs.len());
        for (ours, mut theirs) in edition.notes.iter().zip(theirs) {
            theirs.remove("provenance");
            assert_eq!(note_written(ours), theirs, "{} {}", edition.name, ours.id);
            let is_path = |id: &&str| edition.paths.iter().any(|t| t.iter().any(|path| path.id == *id));
            assert!(ours.paths.iter().all(is_path), "{} {}", edition.name, ours.id);
        }
    }
}

fn note_written(note: &Note) -> Table {
    let severity = match note.severity {
        Severity::Unsupported => "unsupported",
        Severity::Caution => "caution",
        Severity::Info => "info",
    };
    let when = note.when.map(<&str>::from);
    let texts =
        [("id", Some(note.id)), ("severity", Some(severity)), ("text", Some(note.text)), ("when", when)];
    let mut fact: Table =
        texts.into_iter().filter_map(|(key, text)| Some((key.to_owned(), text?.into()))).collect();
    fact.insert("rows".to_owned(), list(note.paths.iter().copied()));
    fact
}

#[test]
fn data_path_roles() {
    for edition in EDITIONS {
        let mut theirs = facts(edition)["roles"].as_table().unwrap().clone();
        for role in edition.roles {
            let mut fact = Table::new();
            fact.insert("names".to_owned(), list(role.names.iter().copied()));
            let mut servers = Table::new();
            for (versions, roles) in role.servers {
                for version in *versions {
                    servers.insert(version.name().to_owned(), list(roles.iter().map(|role| role.into())));
                }
            }
            if !servers.is_empty() {
                fact.insert("server_roles".to_owned(), servers.into());
            }
            assert_eq!(theirs.remove(role.name), Some(fact.into()), "{} {}", edition.name, role.name);
        }
        assert!(theirs.is_empty(), "{} {theirs:?}", edition.name);
    }
}
