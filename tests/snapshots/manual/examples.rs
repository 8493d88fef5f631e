//! Every example of every cmdlet runs, each on a store of its own: a Hub Transport server of 2010, a Mailbox
//! server of 2019, their default connectors, a relay, and a few revisions.

#![expect(clippy::disallowed_methods, reason = "each example gets a copy of the prepared store")]

use std::cell::Cell;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use crate::host::{self, TempDir};
use exch::answer::Exit;
use exch::cmdlet::{CMDLETS, Cmdlet, Effect};
use exch::engine::World;
use exch::param::Verb;
use jiff::ToSpan;
use libtest_mimic::{Failed, Trial};
use serde_json::Value as Json;
use uuid::Uuid;

use super::holds;
use crate::console::{Ran, run, world};

/// The lines that prepare the store.
pub const PREPARED: [&str; 14] = [
    "initialize-store -Organization Contoso -Domain contoso.com",
    "new-accepteddomain fabrikam.com -DomainName fabrikam.com",
    "new-principal 'CONTOSO\\app1' -EmailAddresses app1@contoso.com",
    "new-exchangeserver HUB01 -Version 2010",
    "new-exchangeserver MBX01 -Version 2019 -Site Berlin",
    "new-exchangeserver EDGE02 -Version 2019 -ServerRole EdgeTransport",
    "new-exchangeserver EDGE03 -Version 2019 -ServerRole EdgeTransport",
    "new-edgesubscription -Server EDGE02 -Site Berlin",
    "new-sendconnector 'To Fabrikam' -AddressSpaces fabrikam.com -SourceTransportServers MBX01",
    "new-accesspolicy 'No relay' -Effect Forbid -Ability Relay -ExceptRemoteIPRanges 10.0.0.0/8",
    "new-networkendpoint DC01 -Kind DomainController -IPAddresses 192.168.5.2",
    "new-networkzone Perimeter -Kind Perimeter -Subnets 10.1.1.0/24",
    "new-receiveconnector Relay -Server HUB01 -Usage Custom -Bindings 0.0.0.0:2526 -RemoteIPRanges 10.0.0.7",
    "set-receiveconnector 'HUB01\\Relay' -PermissionGroups AnonymousUsers",
];

/// The runbook of the examples.
const RUNBOOK: &str = "\
Set-ReceiveConnector 'HUB01\\Relay' -RemoteIPRanges @{Add='10.0.0.8'} -Comment 'printers'
Get-ReceiveConnector 'HUB01\\Relay' | Set-ReceiveConnector -MaxHopCount 40
";

/// The list of open ports of the examples.
const OPEN_PORTS: &str = "\
Source,Destination,Protocol,Port
192.168.5.10,10.1.1.2,TCP,\"25,3389\"
";

/// The logs of the examples: those of the fixtures, of a server of the store.
fn logs(directory: &Path) -> std::io::Result<()> {
    let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/protocol-logs");
    for service in ["FrontEnd", "Hub"] {
        let name = "RECV2026100108-1.LOG";
        let text = fs::read_to_string(from.join(format!("{service}-{name}")))?.replace("EX01", "MBX01");
        let folder = directory.join("logs").join(service).join("ProtocolLog").join("SmtpReceive");
        fs::create_dir_all(&folder)?;
        fs::write(folder.join(name), text)?;
    }
    Ok(())
}

/// The prepared store, made when the first example needs it and shared by all.
#[derive(Clone, Default)]
pub struct Prepared(Arc<OnceLock<Result<TempDir, String>>>);

impl Prepared {
    /// A copy of it to run lines on.
    pub fn copy(&self) -> Result<Stage, Failed> {
        let prepared = self.0.get_or_init(|| prepare().map_err(|why| format!("{why:?}")));
        let dir = host::tempdir()?;
        copy(prepared.as_ref()?.path(), dir.path())?;
        let stage = Stage::at(dir)?;
        // The objects of the prepared store have the numbers before these, and were made in the hour before.
        GUIDS.set(0x200);
        host::set_clock(host::MORNING.checked_add(1.hour())?);
        Ok(stage)
    }
}

/// A directory with a store in it, a clock that ticks with every line, and identifiers that count.
pub struct Stage {
    dir: TempDir,
    world: World,
}

thread_local!(static GUIDS: Cell<u128> = const { Cell::new(0) });

fn next_guid() -> Uuid {
    GUIDS.set(GUIDS.get() + 1);
    Uuid::from_u128(0x4000_8000_0000_0000_0000 | GUIDS.get())
}

impl Stage {
    fn at(dir: TempDir) -> Result<Self, Failed> {
        GUIDS.set(0x100);
        let mut world = world(&dir.path().join("store"), dir.path());
        host::set_clock(host::MORNING);
        world.clock = host::clock;
        world.new_guid = next_guid;
        fs::write(dir.path().join("relay.ps1"), RUNBOOK)?;
        fs::write(dir.path().join("open.csv"), OPEN_PORTS)?;
        copy(
            &Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/exports"),
            &dir.path().join("exports"),
        )?;
        logs(dir.path())?;
        Ok(Stage { dir, world })
    }

    /// Where the store is.
    pub fn store(&self) -> PathBuf {
        self.dir.path().join("store")
    }

    /// The working directory.
    pub fn directory(&self) -> &Path {
        self.dir.path()
    }

    /// Runs a line as a terminal of that width shows it; a pipe shows everything.
    pub fn run(&mut self, line: &str, width: Option<usize>) -> Result<Ran, Failed> {
        let ran = run(&self.world, line, width, false);
        host::set_clock(host::clock().checked_add(1.minute())?);
        Ok(ran)
    }
}

/// Runs an example, which ends as it should: what compares finds a difference, and a question may be answered no.
pub fn play(stage: &mut Stage, line: &str, width: Option<usize>) -> Result<Ran, Failed> {
    let ran = stage.run(line, width)?;
    let differs =
        ["compare-", "test-protocollog", "test-smtpconnectivity"].iter().any(|one| line.starts_with(one));
    let wanted = if differs { Exit::No } else { Exit::Done };
    let answers_no = ["-Server", "-DestinationDomain", "-OpenPorts", "-Live"]
        .iter()
        .any(|one| line.starts_with(&format!("test-datapath {one}")))
        && ran.exit == Exit::No;
    holds(ran.exit == wanted || answers_no, format!("{line}: {:?}: {}{}", ran.exit, ran.out, ran.err))?;
    Ok(ran)
}

/// The properties that hold lines to type, by what help says of them, and the lines: a screen never breaks one.
fn lines_to_type(
    cmdlet: &Cmdlet,
    objects: &[serde_json::Map<String, Json>],
) -> Vec<(&'static str, Vec<String>)> {
    let says_so = |says: &str| {
        ["The line that", "The lines that", "lines to type"].iter().any(|one| says.contains(one))
    };
    // What made a revision is history.
    let columns = cmdlet.columns().into_iter().filter(|(name, says)| says_so(says) && *name != "Subject");
    let texts = |value: &Json| match value {
        Json::Array(items) => items.iter().filter_map(Json::as_str).map(str::to_owned).collect(),
        value => value.as_str().map(str::to_owned).into_iter().collect::<Vec<_>>(),
    };
    let held = |name: &str| objects.iter().filter_map(|object| object.get(name)).flat_map(texts).collect();
    columns.map(|(name, _)| (name, held(name))).collect()
}

/// What the examples answer with as JSON has no property that completion of `-Property` does not offer, and a terminal
/// shows their lines to type whole.
fn properties(store: &Prepared) -> Result<(), Failed> {
    let mut reading = store.copy()?;
    let (mut silent, mut typed) = (Vec::new(), BTreeSet::new());
    for cmdlet in CMDLETS {
        let known: Vec<&str> = cmdlet.properties().iter().map(|(name, _)| *name).collect();
        let shows = cmdlet.verb == Verb::Get || !cmdlet.columns().is_empty();
        let mut seen = 0;
        // Of what its noun's rows say of the others, one example is enough.
        for example in cmdlet.help.examples.iter().take(if shows { usize::MAX } else { 1 }) {
            if ["-WhatIf", "-Output", "-o ", "-AsLog"].iter().any(|one| example.line.contains(one)) {
                continue;
            }
            let line = format!("{} -Output json", example.line);
            let changes = matches!(cmdlet.effect, Effect::Changes | Effect::Restores);
            let ran = if changes { store.copy()?.run(&line, None) } else { reading.run(&line, None) }?;
            let Ok(objects) = serde_json::from_str::<Vec<serde_json::Map<_, _>>>(&ran.out) else { continue };
            for name in objects.iter().flat_map(serde_json::Map::keys) {
                holds(known.contains(&name.as_str()), format!("{line}: {name} is not named"))?;
            }
            seen += objects.len();
            for (name, lines) in lines_to_type(cmdlet, &objects) {
                let narrow = format!("{} -Output list -Property {name}", example.line);
                let screen = reading.run(&narrow, Some(40))?.out;
                let broken = lines.iter().find(|line| !screen.contains(line.as_str()));
                holds(broken.is_none(), format!("{narrow}: {broken:?} is broken: {screen}"))?;
                typed.extend((!lines.is_empty()).then_some(name));
            }
        }
        if shows && seen == 0 {
            silent.push(cmdlet.name());
        }
    }
    holds(typed == BTreeSet::from(["Command", "Remedies", "Try"]), format!("{typed:?}"))?;
    // The store of the examples is sound.
    holds(silent == ["Test-Store"], format!("no example answers with objects: {silent:?}"))
}

pub fn trials() -> Vec<Trial> {
    let store = Prepared::default();
    let shared = store.clone();
    let law = Trial::test("manual::answers_have_properties_that_are_known", move || properties(&shared));
    let lines = CMDLETS.iter().flat_map(|cmdlet| cmdlet.help.examples).map(|example| example.line);
    lines
        .map(|line| {
            let store = store.clone();
            Trial::test(format!("manual::example::{line}"), move || {
                play(&mut store.copy()?, line, None).map(drop)
            })
        })
        .chain([law])
        .collect()
}

fn prepare() -> Result<TempDir, Failed> {
    let mut stage = Stage::at(host::tempdir()?)?;
    for line in PREPARED {
        play(&mut stage, line, None)?;
    }
    Ok(stage.dir)
}

fn copy(from: &Path, to: &Path) -> std::io::Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}
