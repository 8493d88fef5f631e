//! The machine that every test runs on: its name, who works on it, and what a program finds in its environment.
//! Nothing of the real machine reaches a test but its tools on the PATH.

#![expect(clippy::disallowed_methods, reason = "what a test has of this machine is got here")]

use std::cell::Cell;
use std::ffi::OsStr;
use std::io;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::OnceLock;

use exch::cmdlet::Machine;
use exch::engine::Environment;
use exch::store::Person;
use git2::{ErrorCode, Repository, RepositoryInitOptions};
use jiff::Timestamp;

/// The real program.
pub const EXCH: &str = env!("CARGO_BIN_EXE_exch");

/// Variables of this machine that a child process needs: its tools and libraries, and a place for temporary files.
const KEPT: [&str; 6] = ["PATH", "LD_LIBRARY_PATH", "TMPDIR", "TEMP", "SystemRoot", "WINEPREFIX"];

/// What every child process finds: one zone, one locale, and git without anybody's configuration.
const SET: [(&str, &str); 6] = [
    ("TZ", "UTC"),
    ("LC_ALL", "C.UTF-8"),
    ("GIT_CONFIG_NOSYSTEM", "1"),
    ("GIT_CONFIG_SYSTEM", "/dev/null"),
    ("GIT_CONFIG_GLOBAL", "/dev/null"),
    ("INPUTRC", "/dev/null"),
];

/// HUB01 at 10.0.0.1, in no domain.
pub fn machine() -> Machine {
    Machine { name: "HUB01".to_owned(), domain: None, addresses: || vec![[10, 0, 0, 1].into()] }
}

/// When a test begins, unless it sets its clock.
pub const MORNING: Timestamp = Timestamp::constant(1_795_323_600, 0);

thread_local!(static NOW: Cell<Timestamp> = const { Cell::new(MORNING) });

/// The clock of a program that runs in this thread: it stands still until the test sets it.
pub fn clock() -> Timestamp {
    NOW.get()
}

/// Sets that clock.
pub fn set_clock(now: Timestamp) {
    NOW.set(now);
}

/// Who makes revisions.
pub fn person() -> Person {
    Person { name: "Administrator".to_owned(), email: "administrator@contoso.com".to_owned() }
}

/// The environment of a program that runs in this process: it works in `directory`, and git's configuration,
/// which the library reads from the real machine, names neither its author nor its committer.
pub fn environment(directory: &Path) -> Environment {
    Environment {
        author: person().into(),
        committer: person().into(),
        directory: directory.to_owned(),
        ..Environment::default()
    }
}

/// A directory of a test's own, taken away with it. A store made in it is in nobody's repository, also where
/// temporary files lie inside one, whoever owns that.
pub struct TempDir {
    dir: tempfile::TempDir,
    _around: Option<tempfile::TempDir>,
}

impl TempDir {
    pub fn path(&self) -> &Path {
        self.dir.path()
    }
}

/// A new one; below a repository it lies in another, which ignores it.
pub fn tempdir() -> io::Result<TempDir> {
    if !below_a_repository() {
        return Ok(TempDir { dir: tempfile::tempdir()?, _around: None });
    }
    let around = tempfile::tempdir()?;
    let mut options = RepositoryInitOptions::new();
    Repository::init_opts(around.path(), options.external_template(false)).map_err(io::Error::other)?;
    std::fs::write(around.path().join(".gitignore"), "*\n")?;
    Ok(TempDir { dir: tempfile::tempdir_in(&around)?, _around: Some(around) })
}

/// Whether temporary files lie inside a git repository; one that belongs to somebody else is one too.
fn below_a_repository() -> bool {
    static BELOW: OnceLock<bool> = OnceLock::new();
    *BELOW.get_or_init(|| {
        let found = Repository::discover(std::env::temp_dir());
        !matches!(found, Err(error) if error.code() == ErrorCode::NotFound)
    })
}

/// A child process that works in its own empty home, with standard input closed.
pub fn command(program: impl AsRef<OsStr>, home: &Path) -> Command {
    let mut command = Command::new(program);
    let kept = KEPT.iter().filter_map(|name| Some((name, std::env::var_os(name)?)));
    command.env_clear().envs(kept).envs(SET).env("HOME", home).current_dir(home).stdin(Stdio::null());
    command
}

/// Whether this machine has a tool.
pub fn has(tool: &str) -> bool {
    Command::new(tool).arg("--version").output().is_ok()
}

/// Whether expectations are written anew and not compared.
pub fn blesses() -> bool {
    std::env::var_os("EXCH_BLESS").is_some()
}

/// A PATH that leads to the program first.
pub fn path() -> std::ffi::OsString {
    let own = Path::new(EXCH).parent().map(Path::to_owned);
    let tools = std::env::var_os("PATH").unwrap_or_default();
    std::env::join_paths(own.into_iter().chain(std::env::split_paths(&tools))).unwrap_or(tools)
}

/// The same in a machine called Mail-Gateway-07, where this one lets a process have a name of its own.
#[cfg(unix)]
pub fn elsewhere(program: impl AsRef<OsStr>, home: &Path) -> Command {
    if !may_rename() {
        return command(program, home);
    }
    let mut command = command("unshare", home);
    command.args(RENAMED).arg(program);
    command
}

#[cfg(unix)]
const RENAMED: [&str; 7] =
    ["--user", "--map-root-user", "--uts", "sh", "-c", r#"hostname Mail-Gateway-07 && exec "$@""#, "sh"];

#[cfg(unix)]
fn may_rename() -> bool {
    static MAY: OnceLock<bool> = OnceLock::new();
    *MAY.get_or_init(|| {
        Command::new("unshare").args(RENAMED).arg("true").output().is_ok_and(|ran| ran.status.success())
    })
}

/// A network in which nothing listens, for what must not depend on one.
pub fn no_server(requests: &[exch::live::Request]) -> Vec<exch::live::Seen> {
    use exch::live::{Fault, Seen, Step};
    let fault = || Some((Step::Connect, Fault::Refused));
    requests.iter().map(|_| Seen { fault: fault(), ..Seen::default() }).collect()
}
