//! Some of these tests again, as another user on another machine.

use crate::other_user::{again, command};
use crate::outcome::Done;

/// The environment is what the other tests take it for.
#[test]
fn a_program_finds_the_environment() -> Done {
    needs!("git");
    let dir = crate::host::tempdir()?;
    let ask = "umask; echo ${TERM-none}; git var GIT_AUTHOR_IDENT; \
               git rev-parse --git-dir; git config commit.gpgSign; git config core.autocrlf";
    let said = command("sh", dir.path())?.args(["-c", ask]).output()?;
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

#[test]
fn laws_again() -> Done {
    Ok(again("laws::", None)?)
}

#[test]
fn repositories_of_others_again() -> Done {
    Ok(again("store::foreign::", None)?)
}

#[test]
fn history_again() -> Done {
    Ok(again("store::history", None)?)
}

#[test]
fn modes_again() -> Done {
    Ok(again("store::basics::modes_are_private", None)?)
}

#[test]
fn pipeline_again() -> Done {
    Ok(again("pipeline::", None)?)
}

#[test]
fn links_again() -> Done {
    Ok(again("linked::", None)?)
}
