//! `*` without quotes, typed into real shells in a directory with files, and in the words that PowerShell hands over.

#![expect(clippy::disallowed_methods, reason = "shells are started in a directory of files")]

use std::process::Output;

use crate::host::{self, EXCH};
use crate::outcome::Failed;

/// What follows the program's name, as published pages have it.
const LINE: &str = "new-sendconnector -Name Out -AddressSpaces * -Internet";

/// Refused with the line to type, and nothing is made.
fn refused(ran: &Output, dir: &host::TempDir) -> Result<(), Failed> {
    let told = String::from_utf8_lossy(&ran.stderr).into_owned();
    let is_told = told.contains("which is what a shell makes of `*` without quotes")
        && told.contains("hint: -AddressSpaces '*', in quotes");
    let is_refused = ran.status.code() == Some(2) && ran.stdout.is_empty() && is_told;
    if is_refused && !dir.path().join("store").exists() { Ok(()) } else { Err(format!("{ran:?}").into()) }
}

fn directory(files: &[&str]) -> Result<host::TempDir, Failed> {
    let dir = host::tempdir()?;
    // Hidden, as `*` leaves it out.
    for file in files.iter().chain(&[".hidden"]) {
        std::fs::write(dir.path().join(file), "x")?;
    }
    Ok(dir)
}

fn typed(shell: &str, arguments: &[&str]) -> Result<(), Failed> {
    for files in [&["notes.txt", "report.csv"][..], &["notes.txt"], &["a b.txt", "contoso.com", "z"]] {
        let dir = directory(files)?;
        let mut command = host::command(shell, dir.path());
        command.args(arguments).arg(format!("'{EXCH}' {LINE}"));
        refused(&command.env("EXCH_STORE", dir.path().join("store")).output()?, &dir)?;
    }
    Ok(())
}

#[test]
fn typed_into_bash() -> Result<(), Failed> {
    needs!("bash");
    typed("bash", &["--norc", "-c"])
}

#[test]
fn typed_into_zsh() -> Result<(), Failed> {
    needs!("zsh");
    typed("zsh", &["-f", "-c"])
}

#[test]
fn typed_into_fish() -> Result<(), Failed> {
    needs!("fish");
    typed("fish", &["--no-config", "-c"])
}

/// PowerShell on Linux and macOS puts the files in place of `*` for a program, as other shells do; on Windows it
/// hands `*` over, which is what was meant.
#[test]
fn words_of_powershell() -> Result<(), Failed> {
    let run = |files: &[&str], words: &[&str]| -> Result<(Output, host::TempDir), Failed> {
        let dir = directory(files)?;
        let mut command = host::command(EXCH, dir.path());
        command.args(["new-sendconnector", "-Name", "Out", "-AddressSpaces"]).args(words).arg("-Internet");
        Ok((command.env("EXCH_STORE", dir.path().join("store")).output()?, dir))
    };
    for files in [&["notes.txt", "report.csv"][..], &["notes.txt"]] {
        let (ran, dir) = run(files, files)?;
        refused(&ran, &dir)?;
    }
    let (ran, dir) = run(&["notes.txt", "report.csv"], &["*"])?;
    if ran.status.success() && dir.path().join("store").exists() {
        Ok(())
    } else {
        Err(format!("{ran:?}").into())
    }
}
