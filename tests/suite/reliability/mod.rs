//! Nothing lost: the real program among many writers, killed, with failing disks, in other people's repositories,
//! over damaged files. `cargo test` tries a sample; `tests/full/reliability` tries everything that
//! docs/reliability.md counts.

#![expect(clippy::disallowed_methods, reason = "these tests play the user, the kernel and the disk")]

mod cases;
mod damage;
mod kills;
mod order;
#[cfg(unix)]
mod owners;
mod points;
mod somebody;
mod strace;
mod writers;

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Output};

use exch::answer::Exit;
use serde_json::Value;

use crate::host::{self, EXCH};
use crate::outcome::{Done, Failed};
use crate::world::Home;

/// Whether everything is tried, or a sample.
fn is_full() -> bool {
    std::env::var_os("EXCH_FULL").is_some()
}

/// One of two, by what is tried.
fn depth<T>(short: T, full: T) -> T {
    if is_full() { full } else { short }
}

/// What was tried, and what went wrong: a full run goes on after a fault, and adds its numbers to the tally.
struct Tally {
    name: String,
    passed: usize,
    faults: Vec<String>,
}

impl Tally {
    fn of(name: impl Into<String>) -> Self {
        Tally { name: name.into(), passed: 0, faults: Vec::new() }
    }

    fn add(&mut self, what: &str, done: Done) {
        match done {
            Ok(()) => self.passed += 1,
            Err(failed) => self.faults.push(format!("{what}: {failed:?}")),
        }
    }

    fn finish(self) -> Done {
        let Tally { name, passed, faults } = self;
        if let Some(file) = std::env::var_os("EXCH_FULL") {
            let mut file = std::fs::OpenOptions::new().append(true).create(true).open(file)?;
            writeln!(file, "{passed}\t{}\t{name}", faults.len())?;
        }
        ensure(passed > 0 || !faults.is_empty(), "nothing was tried")?;
        ensure(
            faults.is_empty(),
            &format!("{} of {}:\n{}", faults.len(), passed + faults.len(), faults.join("\n")),
        )
    }
}

/// What a program answered.
#[derive(Debug)]
struct Ran {
    status: ExitStatus,
    out: String,
    err: String,
}

impl Ran {
    fn of(output: Output) -> Self {
        let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
        Ran { status: output.status, out: text(output.stdout), err: text(output.stderr) }
    }

    fn code(&self) -> Option<i32> {
        self.status.code()
    }

    /// Its standard output, if it ended well.
    fn well(self) -> Result<String, Failed> {
        ensure(self.status.success(), &format!("{:?}: {}", self.status, self.err))?;
        Ok(self.out)
    }
}

/// A home with a user's data directory, in which the real program runs.
struct Place {
    dir: crate::host::TempDir,
    store: PathBuf,
    /// Whether the store is named with EXCH_STORE; else it is the default one.
    named: bool,
}

impl Place {
    fn new() -> Result<Place, Failed> {
        let dir = crate::host::tempdir()?;
        let store = dir.path().join("data/exch");
        Ok(Place { dir, store, named: false })
    }

    /// A store of some servers, each with a connector A.
    fn with_servers(names: &[&str]) -> Result<Place, Failed> {
        let place = Place::new()?;
        place.servers(names)?;
        Ok(place)
    }

    fn servers(&self, names: &[&str]) -> Done {
        for name in names {
            self.exch(&["new-exchangeserver", name, "-Version", "2010", "-NoDefaultConnectors"])?.well()?;
            self.exch(&add(name, "A", "2525"))?.well()?;
        }
        Ok(())
    }

    /// The same store somewhere else.
    fn copy(&self) -> Result<Place, Failed> {
        let place = Place::new()?;
        let from = self.dir.path().join("data");
        if from.exists() {
            copy_tree(&from, &place.dir.path().join("data"))?;
        }
        Ok(place)
    }

    fn git_dir(&self) -> PathBuf {
        self.store.join(".git")
    }

    /// A program in this home, without anybody's configuration.
    fn command(&self, program: &str) -> Command {
        let mut command = host::command(program, self.dir.path());
        let data = self.dir.path().join("data");
        // Windows looks at the second.
        command.env("XDG_DATA_HOME", &data).env("LOCALAPPDATA", &data).env("EXCH_SERVER", "HUB01");
        if self.named {
            command.env("EXCH_STORE", &self.store);
        }
        command
    }

    fn exch(&self, words: &[&str]) -> Result<Ran, Failed> {
        Ok(Ran::of(self.command(EXCH).args(words).output()?))
    }

    fn git(&self, words: &[&str]) -> Result<String, Failed> {
        git(self, &self.store, words)
    }

    /// A world whose default store is this one, for commands in this process.
    fn home(&self) -> Home {
        let mut home = Home::new();
        home.world.environment.data_dir = Some(self.dir.path().join("data"));
        home.world.environment.directory = self.dir.path().to_owned();
        home.world.environment.server = Some("HUB01".to_owned());
        home.world.environment.store = self.named.then(|| self.store.clone());
        home
    }

    /// What a fresh command sees.
    fn state(&self) -> Result<State, Failed> {
        let home = self.home();
        let mut edited = false;
        let mut seen = Vec::new();
        for noun in ["get-receiveconnector", "get-exchangeserver", "get-storehistory"] {
            let ran = home.run([noun, "-Output", "json"]);
            ensure(ran.exit == Exit::Done, &format!("{noun} exits {:?}: {}", ran.exit, ran.err))?;
            edited |= ran.err.contains("edited by hand");
            let mut value: Value = serde_json::from_str(if ran.out.is_empty() { "[]" } else { &ran.out })
                .map_err(|error| format!("{noun}: {error}: {}", ran.out))?;
            forget(&mut value);
            seen.push(value);
        }
        let history = seen.pop().unwrap_or_default();
        let subject = |one: &Value| one["Subject"].as_str().unwrap_or_default().to_owned();
        let history = history.as_array().map(|all| all.iter().map(subject).collect()).unwrap_or_default();
        Ok(State { objects: seen, history, edited })
    }

    /// Test-Store, by the real program.
    fn test_store(&self) -> Done {
        let ran = self.exch(&["test-store"])?;
        ensure(ran.code() == Some(0), &format!("test-store exits {:?}: {}{}", ran.code(), ran.out, ran.err))
    }

    /// What git says: whole, and the work tree equal to HEAD; and nothing of a change is lying about.
    fn check_with_git(&self) -> Done {
        let fsck = Ran::of(
            self.command("git").current_dir(&self.store).args(["fsck", "--full", "--strict"]).output()?,
        );
        let complaints: Vec<&str> =
            fsck.out.lines().chain(fsck.err.lines()).filter(|line| !line.starts_with("dangling ")).collect();
        ensure(fsck.status.success() && complaints.is_empty(), &format!("git fsck: {complaints:?}"))?;
        let status = self.git(&["status", "--porcelain"])?;
        ensure(status.is_empty(), &format!("git status: {status}"))?;
        let leftovers = leftovers(&self.store)?;
        ensure(leftovers.is_empty(), &format!("left behind: {leftovers:?}"))
    }
}

/// What a store holds, without what differs from run to run.
#[derive(Debug, Clone, PartialEq)]
struct State {
    objects: Vec<Value>,
    /// Subjects, newest first.
    history: Vec<String>,
    /// Whether a hand edit is shown.
    edited: bool,
}

/// The words that add a connector.
fn add<'w>(server: &'w str, name: &'w str, port: &str) -> [&'w str; 11] {
    let bindings: &'static str = format!("0.0.0.0:{port}").leak();
    [
        "new-receiveconnector",
        name,
        "-Server",
        server,
        "-Usage",
        "Custom",
        "-Bindings",
        bindings,
        "-RemoteIPRanges",
        "10.0.0.0/8",
        "-PermissionGroups:AnonymousUsers",
    ]
}

/// Drops identifiers and dates.
fn forget(value: &mut Value) {
    match value {
        Value::Array(all) => all.iter_mut().for_each(forget),
        Value::Object(map) => {
            map.retain(|key, _| !key.contains("Guid") && !key.starts_with("When"));
            map.values_mut().for_each(forget);
        }
        _ => {}
    }
}

/// Files that a change leaves only when it is cut short.
fn leftovers(store: &Path) -> Result<Vec<String>, Failed> {
    let mut found = Vec::new();
    for path in files(store)? {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let of_a_change = ["intent", "intent-new", "branch-new"].contains(&name.as_str())
            || path.ends_with(".git/exch/index");
        let temporary = name.starts_with("tmp_object_git2") || path.to_string_lossy().contains("/.exch-");
        if of_a_change || temporary || name.ends_with(".lock") || name.starts_with("pack_git2") {
            found.push(path.strip_prefix(store)?.display().to_string());
        }
    }
    Ok(found)
}

fn git(place: &Place, dir: &Path, words: &[&str]) -> Result<String, Failed> {
    let identity =
        ["-c", "user.name=Bob", "-c", "user.email=bob@exlab.dom", "-c", "protocol.file.allow=always"];
    let ran = Ran::of(place.command("git").current_dir(dir).args(identity).args(words).output()?);
    ensure(ran.status.success(), &format!("git {words:?}: {}{}", ran.out, ran.err))?;
    Ok(ran.out)
}

/// Every file below a directory.
fn files(dir: &Path) -> Result<Vec<PathBuf>, Failed> {
    let mut all = Vec::new();
    for entry in std::fs::read_dir(dir)? {
        let path = entry?.path();
        if path.is_dir() && !path.is_symlink() { all.extend(files(&path)?) } else { all.push(path) }
    }
    all.sort();
    Ok(all)
}

fn copy_tree(from: &Path, to: &Path) -> Done {
    std::fs::create_dir_all(to)?;
    std::fs::set_permissions(to, from.metadata()?.permissions())?;
    for entry in std::fs::read_dir(from)? {
        let path = entry?.path();
        let target = to.join(path.file_name().unwrap_or_default());
        if path.is_dir() {
            copy_tree(&path, &target)?;
        } else {
            std::fs::copy(&path, &target)?;
        }
    }
    Ok(())
}

/// Numbers that look random and are the same each time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % limit.max(1)
    }
}

fn ensure(holds: bool, otherwise: &str) -> Done {
    if holds { Ok(()) } else { Err(otherwise.into()) }
}

fn same<T: PartialEq + std::fmt::Debug>(got: T, want: T) -> Done {
    ensure(got == want, &format!("got {got:?}, want {want:?}"))
}
