//! Who makes a revision, in git's spelling: what variables say, then git's configuration, then the login.

use std::path::{Path, PathBuf};

use git2::{Config, ConfigLevel, Repository, Signature, Time};

use super::change::{Change, Identity, Person, When};
use super::disk;
use super::error::{Result, StoreError};

/// The lines of author and committer: name, address and time.
pub(super) fn sign(repo: &Repository, change: &Change, when: When) -> Result<[String; 2]> {
    let configured = configured(repo, change.git_config.as_deref());
    let author = filled(&change.author, &configured, &change.fallback);
    let committer = filled(&change.committer, &configured, &author);
    let line = |who: &Person| spell(who, when).or_else(|| spell(&change.fallback, when));
    match (line(&author), line(&committer)) {
        (Some(author), Some(committer)) => Ok([author, committer]),
        _ => Err(StoreError::BadPath(change.fallback.name.clone())),
    }
}

fn filled(said: &Identity, configured: &Identity, fallback: &Person) -> Person {
    let choose = |said: &Option<String>, configured: &Option<String>, fallback: &str| {
        said.clone().or_else(|| configured.clone()).unwrap_or_else(|| fallback.to_owned())
    };
    Person {
        name: choose(&said.name, &configured.name, &fallback.name),
        email: choose(&said.email, &configured.email, &fallback.email),
    }
}

/// `user.name` and `user.email`, with `global` in place of the user's own file where there is one.
fn configured(repo: &Repository, global: Option<&Path>) -> Identity {
    let config = match global {
        None => repo.config(),
        Some(global) => with_global(repo, global),
    };
    let Ok(config) = config else { return Identity::default() };
    let text = |key| config.get_string(key).ok().filter(|value| !value.trim().is_empty());
    Identity { name: text("user.name"), email: text("user.email") }
}

fn with_global(repo: &Repository, global: &Path) -> std::result::Result<Config, git2::Error> {
    let mut config = Config::new()?;
    let files = [
        (Config::find_system().ok(), ConfigLevel::System),
        (Some(global.to_owned()), ConfigLevel::Global),
        (Some(repo.commondir().join("config")), ConfigLevel::Local),
    ];
    for (file, level) in files {
        // One that is not there says nothing; /dev/null is a way to say that there is none.
        let is_there =
            |file: &PathBuf| disk::facts(file).is_ok_and(|facts| facts.is_some_and(|f| !f.is_dir()));
        if let Some(file) = file.filter(is_there) {
            config.add_file(&file, level, false)?;
        }
    }
    Ok(config)
}

fn person(signature: &Signature<'_>) -> Person {
    let lossy = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    Person { name: lossy(signature.name_bytes()), email: lossy(signature.email_bytes()) }
}

/// libgit2 takes out what a name must not hold, and refuses one that holds nothing else.
fn spell(who: &Person, when: When) -> Option<String> {
    let time = Time::new(when.seconds, when.offset_minutes);
    let clean = person(&Signature::new(&who.name, &who.email, &time).ok()?);
    let (sign, offset) =
        (if when.offset_minutes < 0 { '-' } else { '+' }, when.offset_minutes.unsigned_abs());
    let (hours, minutes) = (offset / 60, offset % 60);
    Some(format!("{} <{}> {} {sign}{hours:02}{minutes:02}", clean.name, clean.email, when.seconds))
}
