//! The program under the name of a cmdlet: links that Export-Link makes, started for real.

#![expect(clippy::disallowed_methods, reason = "links are made and looked at")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;

use exch::cmdlet::CMDLETS;

use crate::host::{self, EXCH};
use crate::outcome::Failed;

fn start(program: &Path, dir: &Path, words: &[&str]) -> Result<Output, Failed> {
    let mut command = host::command(program, dir);
    Ok(command.args(words).env("EXCH_STORE", dir.join("store")).output()?)
}

fn holds(condition: bool, ran: &Output) -> Result<(), Failed> {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    if condition { Ok(()) } else { Err(format!("{}{}", text(&ran.stdout), text(&ran.stderr)).into()) }
}

/// A directory with links in `bin`.
fn linked() -> Result<crate::host::TempDir, Failed> {
    let dir = crate::host::tempdir()?;
    let ran = start(Path::new(EXCH), dir.path(), &["export-link", "-Path", "bin"])?;
    holds(ran.status.success(), &ran)?;
    Ok(dir)
}

fn link(dir: &Path, name: &str) -> PathBuf {
    dir.join("bin").join(format!("{name}{}", std::env::consts::EXE_SUFFIX))
}

#[test]
fn a_link_runs_its_cmdlet() -> Result<(), Failed> {
    let dir = linked()?;
    for cmdlet in CMDLETS {
        let ran = start(&link(dir.path(), &cmdlet.name()), dir.path(), &["-?"])?;
        let page = String::from_utf8_lossy(&ran.stdout).into_owned();
        holds(page.starts_with(&format!("NAME\n    {}\n", cmdlet.name())), &ran)?;
    }
    let ran = start(&link(dir.path(), "New-ExchangeServer"), dir.path(), &["HUB01", "-Version", "2010"])?;
    holds(ran.status.success(), &ran)?;
    let ran = start(&link(dir.path(), "Get-ExchangeServer"), dir.path(), &["-o", "name"])?;
    holds(ran.stdout == b"HUB01\n", &ran)?;
    let ran = start(&link(dir.path(), "Set-ExchangeServer"), dir.path(), &["-Bogus", "1"])?;
    holds(ran.status.code() == Some(2) && String::from_utf8_lossy(&ran.stderr).contains("hint: "), &ran)
}

/// The program by another name. A copy cannot be started while another test's child still holds it open.
fn named(path: &Path) -> std::io::Result<()> {
    #[cfg(unix)]
    return std::os::unix::fs::symlink(EXCH, path);
    #[cfg(not(unix))]
    fs::copy(EXCH, path).map(drop)
}

#[test]
fn a_name_is_read_in_any_case_and_with_its_ending() -> Result<(), Failed> {
    let dir = crate::host::tempdir()?;
    // Another name that is no cmdlet's is the program's own.
    for (name, wanted) in [
        ("get-HELP", "CMDLETS"),
        ("GET-COMMAND.EXE", "Get-Command"),
        ("exch2", "Next:"),
        ("man", "Next:"),
        ("New-Nothing", "Next:"),
    ] {
        let path = dir.path().join(name);
        named(&path)?;
        let ran = start(&path, dir.path(), &[])?;
        holds(String::from_utf8_lossy(&ran.stdout).contains(wanted), &ran)?;
        fs::remove_file(path)?;
    }
    Ok(())
}

#[test]
fn links_of_ours_are_set_anew_and_other_files_stay() -> Result<(), Failed> {
    let dir = linked()?;
    let again = start(Path::new(EXCH), dir.path(), &["export-link", "bin"])?;
    holds(again.status.success(), &again)?;
    let mine = link(dir.path(), "Set-Store");
    fs::remove_file(&mine)?;
    fs::write(&mine, "mine")?;
    fs::remove_file(link(dir.path(), "Get-Help"))?;
    let ran = start(Path::new(EXCH), dir.path(), &["export-link", "bin"])?;
    let says = String::from_utf8_lossy(&ran.stderr).into_owned();
    holds(ran.status.code() == Some(5) && says.contains("Set-Store") && says.contains("hint: "), &ran)?;
    holds(fs::read(&mine)? == b"mine" && !link(dir.path(), "Get-Help").exists(), &ran)
}

#[test]
fn runbook_lines_run_bare_in_bash() -> Result<(), Failed> {
    needs!("bash");
    let dir = linked()?;
    let runbook = "New-ExchangeServer HUB01 -Version 2010\n\
                   New-ReceiveConnector -Name \"Relay 1\" -Usage Custom -Server HUB01 -Bindings 10.0.0.1:25 -RemoteIPRanges 10.0.0.5,10.0.0.6 -PermissionGroups AnonymousUsers\n\
                   Get-ReceiveConnector 'HUB01\\Relay 1' -o name\n";
    let paths = [dir.path().join("bin")].into_iter();
    let path = std::env::join_paths(paths.chain(std::env::split_paths(&host::path())))?;
    let mut bash = host::command("bash", dir.path());
    bash.args(["-euc", runbook]).env("PATH", path).env("EXCH_STORE", dir.path().join("store"));
    let ran = bash.output()?;
    holds(ran.status.success() && ran.stdout.ends_with(b"HUB01\\Relay 1\n"), &ran)
}
