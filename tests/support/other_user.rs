//! A part of the tests again, on a machine that is set up as differently as can be: whatever a test takes from the
//! machine and not from [`host`] shows here.

use std::error::Error;
use std::ffi::OsStr;
use std::path::Path;
use std::process::Command;

use crate::host;

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

/// Runs the tests whose names hold `part` in a child, which must find some and pass them; with the variable CI where it
/// is given. The tests that do so, in modules called `hostile`, are left out. They compare: nothing is run while
/// expectations are written anew.
pub fn again(part: &str, ci: Option<&str>) -> Result<(), Box<dyn Error>> {
    if host::blesses() {
        return Ok(());
    }
    let dir = host::tempdir()?;
    let mut child = command(std::env::current_exe()?, dir.path())?;
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

/// A child of that user: home, working directory and temporary files lie inside a git repository of the user's,
/// files are for nobody else, there is no terminal, and the host has another name where it can be given one.
pub fn command(program: impl AsRef<OsStr>, dir: &Path) -> Result<Command, Box<dyn Error>> {
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
