//! The one place that writes files for the user outside of a store: manual pages and links. All of them or,
//! where one would take the place of a file that is not ours, none.

#![expect(clippy::disallowed_methods, reason = "exported files are no part of a store")]

use std::ffi::OsStr;
use std::fs;
use std::io::{ErrorKind, Read, Result as IoResult};
use std::path::{Path, PathBuf};

use super::Environment;
use crate::answer::{Exit, Problem};
use crate::cmdlet::{Content, Export, Exported};

/// What stands at a path where a file is to be written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum There {
    /// Nothing.
    Nothing,
    /// An older one of ours.
    Ours,
    /// Something else.
    Other,
}

/// Writes the files.
///
/// # Errors
/// Exit 5 where another file has one of the names, and then nothing was written; exit 6 where the disk says no, or where
/// the directory is not there and is not to be made.
pub fn write(export: &Export, environment: &Environment) -> Result<(), Problem> {
    let dir = environment.directory.join(&export.dir);
    let links = export.files.iter().any(|file| matches!(file.content, Content::Program));
    let program = if links { program(environment)? } else { PathBuf::new() };
    if export.makes_dir {
        fs::create_dir_all(&dir).map_err(|error| failed(&dir, export, error))?;
    } else if !dir.is_dir() {
        return Err(no_directory(&dir, export));
    }
    let mut planned = Vec::new();
    for file in &export.files {
        let path = path(&dir, file);
        if !export.makes_dir && path.is_dir() {
            return Err(no_file(&path));
        }
        let there = there(&path, &file.content, &program).map_err(|error| failed(&path, export, error))?;
        if there == There::Other {
            return Err(not_ours(&path, export));
        }
        planned.push((path, there, &file.content));
    }
    for (path, there, content) in planned {
        put(&path, there, content, &program).map_err(|error| failed(&path, export, error))?;
    }
    Ok(())
}

/// The program's file, links to it followed: a link must outlive the link that the program was started by.
fn program(environment: &Environment) -> Result<PathBuf, Problem> {
    let program = environment.program.as_ref().and_then(|program| dunce::canonicalize(program).ok());
    program.ok_or_else(|| {
        Problem::new(
            Exit::Store,
            "the system does not say where the file of exch is, so nothing can link to it",
        )
        .hint("run it by its full path")
    })
}

fn path(dir: &Path, file: &Exported) -> PathBuf {
    match file.content {
        Content::Text { .. } => dir.join(&file.name),
        Content::Program => dir.join(format!("{}{}", file.name, std::env::consts::EXE_SUFFIX)),
    }
}

/// What stands at `path`; a symbolic link is looked at and not followed.
fn there(path: &Path, content: &Content, program: &Path) -> IoResult<There> {
    let found = match fs::symlink_metadata(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(There::Nothing),
        found => found?,
    };
    let ours = match content {
        Content::Text { mark, .. } => found.is_file() && begins(path, mark)?,
        Content::Program if found.is_symlink() => leads_to(&fs::read_link(path)?, program),
        Content::Program => {
            found.is_file() && found.len() == fs::metadata(program)?.len() && same(path, program)?
        }
    };
    Ok(if ours { There::Ours } else { There::Other })
}

fn begins(path: &Path, mark: &str) -> IoResult<bool> {
    let mut head = Vec::new();
    fs::File::open(path)?.take(mark.len() as u64).read_to_end(&mut head)?;
    Ok(head == mark.as_bytes())
}

/// Whether a link leads to this program, or to an `exch` that was elsewhere once.
fn leads_to(target: &Path, program: &Path) -> bool {
    let stem = target.file_stem();
    target == program || stem == program.file_stem() || stem == Some(OsStr::new("exch"))
}

/// Whether a file is a copy of the program, or another name of it.
fn same(path: &Path, program: &Path) -> IoResult<bool> {
    Ok(fs::read(path)? == fs::read(program)?)
}

fn put(path: &Path, there: There, content: &Content, program: &Path) -> IoResult<()> {
    match content {
        Content::Text { text, .. } => fs::write(path, text),
        Content::Program => {
            if there == There::Ours {
                fs::remove_file(path)?;
            }
            link(program, path)
        }
    }
}

#[cfg(unix)]
fn link(program: &Path, path: &Path) -> IoResult<()> {
    std::os::unix::fs::symlink(program, path)
}

/// Symbolic links need a privilege on Windows; another name of the file needs none, but the same volume.
#[cfg(not(unix))]
fn link(program: &Path, path: &Path) -> IoResult<()> {
    fs::hard_link(program, path).or_else(|_| fs::copy(program, path).map(drop))
}

fn not_ours(path: &Path, export: &Export) -> Problem {
    let message =
        format!("{} is there already and was not made by exch; nothing was written", path.display());
    Problem::new(Exit::Conflict, message)
        .hint(format!("take it away, or name another {}", to_name(export)))
        .about("Path")
}

fn no_directory(dir: &Path, export: &Export) -> Problem {
    let (dir, is_there) = (&export.dir, dir.exists());
    let (message, make) = match is_there {
        true => (format!("`{dir}` is not a directory"), ""),
        false => (format!("the directory `{dir}` does not exist"), "make the directory, or "),
    };
    Problem::new(Exit::Store, format!("{message}; nothing was written"))
        .hint(format!("{make}name another {}", to_name(export)))
        .about("Path")
}

/// One file is written, and the path is that of a directory.
fn no_file(path: &Path) -> Problem {
    Problem::new(Exit::Store, format!("{} is a directory, and one file is written", path.display()))
        .hint("name a file: -Path FILE")
        .about("Path")
}

fn failed(path: &Path, export: &Export, error: std::io::Error) -> Problem {
    let kind = if export.makes_dir { "directory" } else { "file" };
    Problem::new(Exit::Store, format!("{} could not be written: {error}", path.display()))
        .hint(format!("name a {kind} that you may write to: {}", parameter(export)))
        .about("Path")
        .because(error)
}

/// What the user named, to be named again.
fn to_name(export: &Export) -> String {
    let kind = if export.makes_dir { "directory" } else { "file" };
    format!("{kind}: {}", parameter(export))
}

fn parameter(export: &Export) -> &'static str {
    if export.makes_dir { "-Path DIR" } else { "-Path FILE" }
}
