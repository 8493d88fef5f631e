//! Files that the user names beside the store, or has in the working directory: read, never written.

#![expect(
    clippy::disallowed_methods,
    reason = "a parameter names a file that is no part of the store, and words may be files"
)]

use std::fs::File;
use std::io::{self, Read};

use super::World;
use super::input::NOTHING_PIPED;
use crate::param::STDIN;
use crate::text::decode;

/// More than any file that a parameter names has.
const MOST: u64 = 1 << 20;
/// The same of a list.
const MOST_LISTED: u64 = 64 << 20;

/// The file that a parameter names; `-` is standard input. Nothing is waited for, as a pipe by name would have it.
///
/// # Errors
/// Where there is no such file, it cannot be read or has more than 1 MB, or nothing is piped in.
pub(super) fn named(world: &World, name: &str) -> io::Result<Vec<u8>> {
    let refused = |why: &str| io::Error::new(io::ErrorKind::InvalidInput, why);
    let input: Box<dyn Read> = if name == STDIN {
        (world.input)().ok_or_else(|| refused(NOTHING_PIPED))?
    } else {
        let path = world.environment.directory.join(name);
        if !std::fs::metadata(&path)?.is_file() {
            return Err(refused("it is not a file"));
        }
        Box::new(File::open(path)?)
    };
    let mut bytes = Vec::new();
    input.take(MOST + 1).read_to_end(&mut bytes)?;
    if u64::try_from(bytes.len()).is_ok_and(|size| size > MOST) {
        let why = format!("it has more than {} MB", MOST >> 20);
        return Err(io::Error::new(io::ErrorKind::FileTooLarge, why));
    }
    Ok(bytes)
}

/// Whether the working directory has a file or directory of that name.
#[must_use]
pub fn has_file(world: &World, name: &str) -> bool {
    std::fs::symlink_metadata(world.environment.directory.join(name)).is_ok()
}

/// The files of the working directory that a shell shows, in order of their names.
#[must_use]
pub(super) fn names(world: &World) -> Vec<String> {
    let Ok(entries) = std::fs::read_dir(&world.environment.directory) else { return Vec::new() };
    let files = entries.flatten().filter(|entry| entry.path().is_file());
    let mut names: Vec<String> = files.filter_map(|entry| entry.file_name().into_string().ok()).collect();
    names.retain(|name| !name.starts_with('.'));
    names.sort();
    names
}

/// Whether that is the only name in the working directory that a shell matches with `*`.
#[must_use]
pub fn has_only_file(world: &World, name: &str) -> bool {
    if !has_file(world, name) {
        return false;
    }
    let Ok(entries) = std::fs::read_dir(&world.environment.directory) else { return false };
    let mut visible = entries.flatten().filter(|entry| !entry.file_name().to_string_lossy().starts_with('.'));
    visible.all(|entry| entry.file_name().to_str() == Some(name))
}

/// The text of a file that holds a list, or of standard input, which is `-`.
///
/// # Errors
/// Why it cannot be read.
pub fn list_file(world: &World, name: &str) -> Result<String, String> {
    let bytes = if name == STDIN {
        let input = (world.input)().ok_or(NOTHING_PIPED)?;
        whole(input).map_err(|why| why.to_string())?
    } else {
        let path = world.environment.directory.join(name);
        let metadata = std::fs::metadata(&path).map_err(|why| why.to_string())?;
        if metadata.is_dir() {
            return Err("it is a directory".to_owned());
        }
        File::open(&path).and_then(whole).map_err(|why| why.to_string())?
    };
    if u64::try_from(bytes.len()).is_ok_and(|size| size > MOST_LISTED) {
        return Err(format!("it is larger than {} MB", MOST_LISTED >> 20));
    }
    decode(&bytes).ok_or_else(|| "it is neither UTF-8 nor UTF-16".to_owned())
}

fn whole(input: impl Read) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    input.take(MOST_LISTED + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}
