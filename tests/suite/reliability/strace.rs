//! System calls of the real program: listed, killed at, made to fail.

use std::collections::HashMap;
use std::path::Path;
use std::process::Command;
use std::sync::OnceLock;

use super::{EXCH, Place, Ran};
use crate::outcome::Failed;

/// What changes a disk.
const WRITES: &[&str] = &[
    "write",
    "pwrite64",
    "writev",
    "pwritev",
    "fsync",
    "fdatasync",
    "sync_file_range",
    "rename",
    "renameat",
    "renameat2",
    "link",
    "linkat",
    "symlink",
    "symlinkat",
    "unlink",
    "unlinkat",
    "rmdir",
    "mkdir",
    "mkdirat",
    "truncate",
    "ftruncate",
    "fallocate",
    "chmod",
    "fchmod",
    "fchmodat",
    "chown",
    "fchown",
    "fchownat",
    "utimensat",
    "copy_file_range",
    "sendfile",
    "flock",
];

/// What reads one. Opening and mapping change it too when their flags say so.
const READS: &[&str] = &[
    "open",
    "openat",
    "creat",
    "read",
    "pread64",
    "getdents64",
    "mmap",
    "stat",
    "lstat",
    "newfstatat",
    "statx",
    "access",
    "faccessat",
    "faccessat2",
];

/// One call that the program made.
#[derive(Debug, Clone)]
pub struct Call {
    pub name: String,
    /// Which of the calls of this name it is, from one.
    pub nth: usize,
    /// The call as strace prints it.
    pub text: String,
    /// Whether it changes the disk.
    pub changes: bool,
    /// Whether it writes to the user.
    pub tells: bool,
}

impl Call {
    /// The path that it is about, the last one where there are two.
    pub fn path(&self) -> String {
        let of_handle = || self.text.split_once('<').and_then(|(_, rest)| rest.split_once('>'));
        let quoted: Vec<&str> =
            self.text.split('"').skip(1).step_by(2).filter(|p| p.starts_with('/')).collect();
        let by_handle = ["write", "pwrite64", "fsync", "fdatasync", "ftruncate", "flock", "read", "fchmod"];
        if by_handle.contains(&self.name.as_str()) {
            return of_handle().map(|(path, _)| path.to_owned()).unwrap_or_default();
        }
        quoted.last().map(|path| (*path).to_owned()).unwrap_or_default()
    }

    pub fn is_one(&self, names: &[&str]) -> bool {
        names.contains(&self.name.as_str())
    }

    pub fn failed(&self) -> bool {
        self.text.rsplit_once(" = ").is_some_and(|(_, result)| result.starts_with('-'))
    }
}

/// Whether strace is here and may inject.
pub fn is_there() -> bool {
    static THERE: OnceLock<bool> = OnceLock::new();
    *THERE.get_or_init(|| {
        let words =
            ["-f", "-o", "/dev/null", "-e", "trace=close", "-e", "inject=close:retval=0:when=1", "true"];
        Command::new("strace").args(words).output().is_ok_and(|output| output.status.success())
    })
}

fn strace(place: &Place, log: &Path, names: &[&str], inject: Option<&str>) -> Command {
    let mut command = place.command("strace");
    // A question mark: the call need not exist on this machine.
    let set: Vec<String> = names.iter().map(|name| format!("?{name}")).collect();
    command.args(["-f", "-y", "-qq", "-o"]).arg(log).args(["-e", &format!("trace={}", set.join(","))]);
    if let Some(inject) = inject {
        command.args(["-e", inject]);
    }
    command.arg(EXCH);
    command
}

/// Runs a command and lists the calls that touch what lies in the place's data directory, in order.
pub fn list(place: &Place, words: &[&str]) -> Result<(Ran, Vec<Call>), Failed> {
    let log = place.dir.path().join("trace");
    let names: Vec<&str> = WRITES.iter().chain(READS).copied().collect();
    let ran = Ran::of(strace(place, &log, &names, None).args(words).output()?);
    let data = place.dir.path().join("data").display().to_string();
    let mut counts: HashMap<(String, String), usize> = HashMap::new();
    let mut calls = Vec::new();
    for line in String::from_utf8_lossy(&std::fs::read(&log)?).lines() {
        let Some((process, text)) = line.split_once(' ') else { continue };
        let text = text.trim_start();
        let Some((name, _)) = text.split_once('(').filter(|(name, _)| names.contains(name)) else { continue };
        let count = counts.entry((process.to_owned(), name.to_owned())).or_default();
        *count += 1;
        let opens =
            ["O_CREAT", "O_WRONLY", "O_RDWR", "O_TRUNC", "MAP_SHARED"].iter().any(|f| text.contains(f));
        let tells = name == "write" && (text.starts_with("write(1<") || text.starts_with("write(2<"));
        if text.contains(&data) || tells {
            let changes = !tells && (WRITES.contains(&name) || opens);
            calls.push(Call { name: name.to_owned(), nth: *count, text: text.to_owned(), changes, tells });
        }
    }
    std::fs::remove_file(&log)?;
    Ok((ran, calls))
}

/// What is done to a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Blow {
    /// The process is killed as it enters the call, which does not happen.
    Kill,
    /// The call fails, once.
    Once(&'static str),
    /// This call and every later one of its name fail.
    On(&'static str),
    /// The call begins a second later.
    Late,
}

/// Runs a command with a blow at one call; what was hit, as strace prints it.
pub fn strike(
    place: &Place,
    words: &[&str],
    call: &Call,
    blow: Blow,
) -> Result<(Ran, Option<String>), Failed> {
    let (name, nth) = (&call.name, call.nth);
    let inject = match blow {
        Blow::Kill => format!("inject={name}:signal=SIGKILL:when={nth}"),
        Blow::Once(error) => format!("inject={name}:error={error}:when={nth}"),
        Blow::On(error) => format!("inject={name}:error={error}:when={nth}+"),
        Blow::Late => format!("inject={name}:delay_enter=1000000:when={nth}"),
    };
    let log = place.dir.path().join("trace");
    let ran = Ran::of(strace(place, &log, &[name], Some(&inject)).args(words).output()?);
    let text = String::from_utf8_lossy(&std::fs::read(&log)?).into_owned();
    std::fs::remove_file(&log)?;
    let mut hit = text.lines().find(|line| line.contains("(INJECTED)") || line.contains("(DELAYED)"));
    if blow == Blow::Kill && text.contains("+++ killed by SIGKILL") {
        hit = text.lines().rfind(|line| !line.contains("+++")).or(Some(""));
    }
    Ok((ran, hit.map(str::to_owned)))
}
