//! A fast part of this suite again, on a machine that is set up as differently as can be: whatever a test takes from
//! the machine and not from [`host`] shows here.

use std::ffi::OsStr;
use std::path::Path;
use std::process::Command;

use libtest_mimic::{Failed, Trial};

use crate::host;

/// What is run again, by a part of its trials' names; none may be part of the name of a trial of this module.
const AGAIN: [&str; 9] = [
    "laws::",
    "cases::store::",
    "store::foreign::",
    "store::history",
    "store::modes_are_private",
    "pipeline::",
    "tours::",
    "manual::pages::docs/cmdlets/get-storehistory",
    "linked::",
];

/// What is run again as a CI system would; the others run without the variable CI.
const IN_CI: [&str; 2] = ["cases::store::", "tours::"];

/// What the user's own shell has exported.
const EXPORTED: [(&str, &str); 16] = [
    ("TZ", "Asia/Kolkata"),
    ("LANG", "tr_TR.UTF-8"),
    ("LC_ALL", "tr_TR.UTF-8"),
    ("USER", "Mallory"),
    ("LOGNAME", "Mallory"),
    ("GIT_AUTHOR_NAME", "Mallory"),
    ("GIT_AUTHOR_EMAIL", "mallory@fabrikam.example"),
    ("GIT_AUTHOR_DATE", "2001-01-01T00:00:00+0530"),
    ("GIT_COMMITTER_NAME", "Mallory"),
    ("GIT_COMMITTER_EMAIL", "mallory@fabrikam.example"),
    ("GIT_CONFIG_COUNT", "1"),
    ("GIT_CONFIG_KEY_0", "core.autocrlf"),
    ("GIT_CONFIG_VALUE_0", "true"),
    ("EXCH_SERVER", "NOWHERE"),
    ("NO_COLOR", "1"),
    ("COLUMNS", "40"),
];

/// The same user's git configuration.
const GITCONFIG: &str = "\
[user]
\tname = Mallory
\temail = mallory@fabrikam.example
[init]
\tdefaultBranch = trunk
[core]
\tautocrlf = true
\tquotePath = false
[commit]
\tgpgSign = true
";

/// The trials of this module. They compare, so they wait while expectations are written anew.
pub fn trials() -> Vec<Trial> {
    let mut trials = vec![
        Trial::test("hostile::a_program_finds_the_environment", found).with_ignored_flag(!host::has("git")),
    ];
    for (ci, parts) in [(None, AGAIN.as_slice()), (Some("true"), IN_CI.as_slice())] {
        for &part in parts {
            let name = format!("hostile::again_{}::{}", ci.map_or("by_hand", |_| "in_ci"), label(part));
            trials.push(Trial::test(name, move || again(part, ci)).with_ignored_flag(host::blesses()));
        }
    }
    trials
}

/// A part's name without what would make it a filter of its own trial.
fn label(part: &str) -> String {
    part.trim_end_matches(':').replace("::", ".")
}

/// Runs that part in a child, which must find trials and pass them.
fn again(part: &str, ci: Option<&str>) -> Result<(), Failed> {
    let dir = host::tempdir()?;
    let mut child = hostile(std::env::current_exe()?, dir.path())?;
    let ran = child
        .args([part, "--skip", "hostile::", "--test-threads", "2"])
        .envs(ci.map(|ci| ("CI", ci)))
        .output()?;
    let printed = String::from_utf8_lossy(&ran.stdout);
    let result = printed.lines().find_map(|line| line.strip_prefix("test result: ok. "));
    let passed = result.and_then(|rest| rest.split(' ').next()?.parse().ok()).unwrap_or(0);
    if ran.status.success() && passed > 0 {
        return Ok(());
    }
    Err(format!("{part}: {}\n{printed}{}", ran.status, String::from_utf8_lossy(&ran.stderr)).into())
}

/// The environment is what the other trials take it for.
fn found() -> Result<(), Failed> {
    let dir = host::tempdir()?;
    let ask = "umask; echo ${TERM-none}; git var GIT_AUTHOR_IDENT; \
               git rev-parse --git-dir; git config commit.gpgSign; git config core.autocrlf";
    let said = hostile("sh", dir.path())?.args(["-c", ask]).output()?;
    let said = String::from_utf8_lossy(&said.stdout).into_owned();
    let lines: Vec<&str> = said.lines().collect();
    let git_dir = dir.path().join(".git").to_string_lossy().into_owned();
    let [umask, term, author, at, signs, ends] = lines[..] else { return Err(said.into()) };
    let holds = umask.ends_with("077")
        && term == "none"
        && author.starts_with("Mallory <mallory@fabrikam.example>")
        && [at, signs, ends] == [&git_dir, "true", "true"];
    if holds { Ok(()) } else { Err(said.into()) }
}

/// A child of that user: home, working directory and temporary files lie inside a git repository of the user's,
/// files are for nobody else, there is no terminal, and the host has another name where it can be given one.
fn hostile(program: impl AsRef<OsStr>, dir: &Path) -> Result<Command, Failed> {
    let (home, temporary) = (dir.join("Home of Mallory"), dir.join("Home of Mallory/tmp"));
    git2::Repository::init(dir)?;
    std::fs::DirBuilder::new().recursive(true).create(&temporary)?;
    for file in [".gitconfig", "mallory.gitconfig"] {
        std::io::Write::write_all(&mut std::fs::File::create_new(home.join(file))?, GITCONFIG.as_bytes())?;
    }
    let mut command = host::elsewhere("sh", &home);
    for kept in ["GIT_CONFIG_NOSYSTEM", "GIT_CONFIG_SYSTEM", "INPUTRC"] {
        command.env_remove(kept);
    }
    command
        .envs(EXPORTED)
        .env("GIT_CONFIG_GLOBAL", home.join("mallory.gitconfig"))
        .env("GIT_DIR", dir.join(".git"))
        .env("GIT_WORK_TREE", dir)
        .env("EXCH_STORE", home.join("nothing here"))
        .env("XDG_DATA_HOME", home.join("data"))
        .env("XDG_CONFIG_HOME", home.join("config"))
        .env("TMPDIR", &temporary)
        .args(["-c", r#"umask 077 && exec "$@""#, "sh"])
        .arg(program);
    Ok(command)
}
