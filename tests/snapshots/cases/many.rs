//! A store of 10,000 servers: a command on one server reads that server's file alone.
//!
//! Every other file in the work tree is garbage, which a command that looked at it would complain of.

#![expect(clippy::disallowed_methods, reason = "a store on disk is made here without the store, which syncs")]

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use exch::answer::Exit;
use exch::store::{Ownership, StoreRepository};
use git2::{FileMode, IndexEntry, IndexTime, Oid, Repository, Signature, Time};
use libtest_mimic::{Failed, Trial};

use super::files::Files;
use super::stage::{Answer, Stage};
use crate::world::Home;

const SERVERS: u32 = 10_000;
const GARBAGE: &[u8] = b"this is no TOML [[[\n";

/// The trials of this module.
pub fn trials() -> Vec<Trial> {
    vec![
        Trial::test("cases::ten_thousand_servers::a_command_reads_its_own_file_alone", alone),
        Trial::test("cases::all_servers_one_after_the_other_print_what_they_print_together", streamed),
    ]
}

/// Without an identity servers are printed while they are read; `*` reads them first.
fn streamed() -> Result<(), Failed> {
    let home = Home::new();
    for n in 0..20 {
        let version = ["2010", "2013", "2019"][n % 3];
        let ran = home.run(["new-exchangeserver", &format!("S{n:02}"), "-Version", version]);
        holds(ran.exit == Exit::Done, &ran.both)?;
    }
    for format in ["json", "csv", "name", "table", "list"] {
        for property in [None, Some("Name,Bindings"), Some("Max*"), Some("NoSuch")] {
            let mut words = vec!["get-receiveconnector", "-Output", format];
            words.extend(property.into_iter().flat_map(|property| ["-Property", property]));
            let streamed = home.run(words.iter().copied());
            let together = home.run(words.iter().copied().chain(["-Identity", "*"]));
            let (one, other) = ((streamed.exit, streamed.both), (together.exit, together.both));
            let apart = one.1.lines().zip(other.1.lines()).find(|(one, other)| one != other);
            holds(one == other, &format!("{format} {property:?}: {apart:?}"))?;
            holds(property == Some("NoSuch") || one.1.lines().count() > 64, &one.1)?;
        }
    }
    Ok(())
}

fn alone() -> Result<(), Failed> {
    let mut stage = Stage::set("server = 'S04999'", &Files::default())?;
    populate(&stage.store())?;
    let begun = stage.files()?;
    holds(begun.0.len() == SERVERS as usize + 1, "a file for each server, and the store's own")?;
    for line in [
        r"get-receiveconnector 'S05000\Relay' -o list",
        r"get-receiveconnector 's05000\*'",
        r"get-receiveconnector Relay",
        r"get-exchangeserver S05000",
        r"get-receiveconnector -Server S05000",
        r"set-receiveconnector 'S05000\Relay' -MaxHopCount 40",
        r"set-receiveconnector 'S05000\Relay' -AuthMechanism Tls,Integrated -PermissionGroups ExchangeUsers",
        r"set-receiveconnector Relay -Banner '220 ready'",
        r"new-receiveconnector Second -Server S05000 -Bindings 10.0.0.1:25 -RemoteIPRanges 10.2.0.1",
        r"remove-receiveconnector 'S05000\Second' -Confirm:false",
        r"set-exchangeserver S05000 -Comment moved",
        r"get-storehistory -Server S05000",
        r"new-exchangeserver S20000",
        r"get-receiveconnector 'S05000\Relay' -At HEAD~1",
    ] {
        let Answer { exit, printed, .. } = stage.run(shlex::split(line).unwrap_or_default())?;
        let quiet = !printed.contains("by hand") && !printed.contains("error");
        holds(exit == 0 && quiet, &format!("$ exch {line}\n{printed}[exit {exit}]"))?;
    }
    let ended = stage.files()?;
    let touched = |path: &String| ended.0.get(path) != begun.0.get(path);
    let moved: Vec<&str> = ended.0.keys().filter(|path| touched(path)).map(String::as_str).collect();
    let wanted = ["servers/S04999.toml", "servers/S05000.toml", "servers/S20000.toml"];
    holds(moved == wanted, &format!("files that changed: {moved:?}"))?;
    holds(stage.revisions()?.len() == 8, "a revision for each change, and no hand edit recorded")
}

fn holds(condition: bool, what: &str) -> Result<(), Failed> {
    if condition { Ok(()) } else { Err(what.into()) }
}

fn name(number: u32) -> String {
    format!("S{number:05}")
}

/// A server with one connector.
fn server(number: u32) -> String {
    let name = name(number);
    format!(
        "Name = \"{name}\"\nFqdn = \"{name}.contoso.com\"\nVersion = \"2019\"\nServerRole = [\"Mailbox\"]\n\n\
         [[ReceiveConnector]]\nName = \"Relay\"\nBindings = [\"0.0.0.0:25\"]\nRemoteIPRanges = [\"10.1.0.0/16\"]\n\
         PermissionGroups = [\"AnonymousUsers\"]\n"
    )
}

/// One commit of all servers; in the work tree all but two are garbage.
fn populate(store: &Path) -> Result<(), Failed> {
    let _ = StoreRepository::create(store, Ownership::Own)?;
    let repo = Repository::open(store)?;
    let odb = repo.odb()?;
    let mempack = odb.add_new_mempack_backend(1_000)?;
    fs::create_dir(store.join("servers"))?;
    let mut index = repo.index()?;
    add(&repo, &mut index, store, "exch.toml", "schema = 1\n", None)?;
    for number in 0..SERVERS {
        let garbage = (!matches!(number, 4_999 | 5_000)).then_some(GARBAGE);
        let path = format!("servers/{}.toml", name(number));
        add(&repo, &mut index, store, &path, &server(number), garbage)?;
    }
    let tree = repo.find_tree(index.write_tree()?)?;
    index.write()?;
    let who = Signature::new("Administrator", "administrator@contoso.com", &Time::new(1_795_000_000, 0))?;
    repo.commit(Some("HEAD"), &who, &who, "many servers", &tree, &[])?;
    // One pack, as a store of that age has: with this many loose objects the next change would pack them.
    let mut pack = git2::Buf::new();
    mempack.dump(&repo, &mut pack)?;
    let mut writer = odb.packwriter()?;
    writer.write_all(&pack)?;
    writer.commit()?;
    Ok(())
}

fn add(
    repo: &Repository,
    index: &mut git2::Index,
    store: &Path,
    path: &str,
    text: &str,
    instead: Option<&[u8]>,
) -> Result<(), Failed> {
    let file: PathBuf = store.join(path);
    fs::write(file, instead.unwrap_or(text.as_bytes()))?;
    let id = repo.blob(text.as_bytes())?;
    Ok(index.add(&entry(path, id, text.len()))?)
}

fn entry(path: &str, id: Oid, length: usize) -> IndexEntry {
    IndexEntry {
        ctime: IndexTime::new(0, 0),
        mtime: IndexTime::new(0, 0),
        dev: 0,
        ino: 0,
        mode: FileMode::Blob.into(),
        uid: 0,
        gid: 0,
        file_size: u32::try_from(length).unwrap_or_default(),
        id,
        flags: 0,
        flags_extended: 0,
        path: path.as_bytes().to_vec(),
    }
}
