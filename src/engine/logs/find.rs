//! Which files a line means: files by name, wildcards, folders with every `RECV*.LOG` below them, packed or not.

#![expect(clippy::disallowed_methods, reason = "protocol logs are no part of a store")]

use std::cmp::Ordering;
use std::collections::HashSet;
use std::fs::{self, File};
use std::io::{self, BufReader};
use std::path::{Path, PathBuf};

use glob::{GlobError, MatchOptions, Pattern};
use zip::ZipArchive;

use crate::answer::{Exit, Problem};
use crate::cmdlet::LogFiles;
use crate::param::STDIN;
use crate::powershell::quote;

/// Names in any case, as Windows compares them.
const ANY_CASE: MatchOptions = MatchOptions {
    case_sensitive: false,
    require_literal_separator: true,
    require_literal_leading_dot: false,
};

/// Something to read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// Standard input.
    Stdin,
    /// A file.
    File {
        /// Where it is.
        path: PathBuf,
        /// As the user calls it.
        shown: String,
        /// Its bytes.
        size: u64,
    },
}

/// What the line means, in the order of time: the files of a folder by their names, numbers as numbers. A file counts
/// once, under however many names links give it.
///
/// # Errors
/// Exit 2 where there is no such file, or no log in a folder, and where a folder may not be read.
pub fn sources(files: &LogFiles, directory: &Path) -> Result<Vec<Source>, Problem> {
    let mut found = Vec::new();
    if files.paths.iter().filter(|typed| *typed == STDIN).count() > 1 {
        let why = "`-` is there more than once, and standard input is read once".to_owned();
        return Err(refused(why, "leave one out, or name files").problem(files.parameter));
    }
    for typed in &files.paths {
        if typed == STDIN {
            found.push(Source::Stdin);
        } else {
            let logs = typed_path(typed, directory);
            found.extend(
                logs.map_err(|fault| fault.unless_parted(files, directory).problem(files.parameter))?,
            );
        }
    }
    found.sort_by(in_time);
    let mut seen = HashSet::new();
    found.retain(|source| match source {
        Source::Stdin => seen.insert(PathBuf::from(STDIN)),
        Source::File { path, .. } => seen.insert(fs::canonicalize(path).unwrap_or_else(|_| path.clone())),
    });
    Ok(found)
}

fn in_time(one: &Source, other: &Source) -> Ordering {
    let key = |source: &Source| match source {
        Source::Stdin => (PathBuf::new(), Vec::new()),
        Source::File { path, .. } => {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            (path.parent().unwrap_or(path).to_owned(), parts(&name))
        }
    };
    key(one).cmp(&key(other))
}

/// A name's runs of digits and of other characters: `RECV2026100108-10` comes after `RECV2026100108-2`.
fn parts(name: &str) -> Vec<(u64, String)> {
    let mut parts: Vec<(u64, String)> = Vec::new();
    let mut digits = String::new();
    let finish = |digits: &mut String, parts: &mut Vec<(u64, String)>| {
        if !digits.is_empty() {
            parts.push((digits.parse().unwrap_or(u64::MAX), std::mem::take(digits)));
        }
    };
    for character in name.to_uppercase().chars() {
        if character.is_ascii_digit() {
            digits.push(character);
        } else {
            finish(&mut digits, &mut parts);
            parts.push((0, character.to_string()));
        }
    }
    finish(&mut digits, &mut parts);
    parts
}

/// What is wrong with a path, and what to name instead.
struct Fault {
    why: String,
    hint: String,
    cause: Option<io::Error>,
}

impl Fault {
    /// Where all paths are one with blanks, that is what is said.
    fn unless_parted(self, files: &LogFiles, directory: &Path) -> Self {
        let whole = files.paths.join(" ");
        if files.paths.len() < 2 || self.cause.is_none() || !directory.join(&whole).exists() {
            return self;
        }
        Fault { hint: format!("a path with spaces is one word in quotes: {}", quote::bash(&whole)), ..self }
    }

    fn problem(self, parameter: &'static str) -> Problem {
        let Fault { why, hint, cause } = self;
        let problem = Problem::new(Exit::NotUnderstood, format!("parameter {parameter}: {why}"))
            .hint(hint)
            .about(parameter);
        match cause {
            Some(cause) => problem.because(cause),
            None => problem,
        }
    }
}

fn typed_path(typed: &str, directory: &Path) -> Result<Vec<Source>, Fault> {
    let path = directory.join(typed);
    match fs::metadata(&path) {
        Ok(found) if found.is_dir() => {
            let pattern = format!("{}/**/*", Pattern::escape(&path.to_string_lossy()));
            let mut logs = matching(&pattern, directory, |name| is_log(name) || is_zip(name))?;
            logs.retain(has_log);
            if logs.is_empty() {
                let is_send = |name: &str| name.to_ascii_uppercase().starts_with("SEND");
                let send = match matching(&pattern, directory, is_send)?.len() {
                    0 => String::new(),
                    1 => "; 1 is a Send protocol log".to_owned(),
                    many => format!("; {many} are Send protocol logs"),
                };
                let why =
                    format!("no file in `{typed}`, nor in a zip file below it, is called RECV*.LOG{send}");
                return Err(refused(
                    why,
                    "the logs are below TransportRoles\\Logs\\FrontEnd\\ProtocolLog\\SmtpReceive and …\\Hub\\ProtocolLog\\SmtpReceive of a server; a file of another name is read where it is named",
                ));
            }
            Ok(logs)
        }
        Ok(found) => Ok(vec![Source::File { path, shown: typed.to_owned(), size: found.len() }]),
        Err(_) if typed.contains(['*', '?', '[']) => {
            // What is typed is a pattern; the directory's own name is not.
            let pattern = PathBuf::from(Pattern::escape(&directory.to_string_lossy())).join(typed);
            let pattern = pattern.to_string_lossy();
            if let Err(error) = Pattern::new(&pattern) {
                let why = format!("`{typed}` is neither a file nor a pattern: {}", error.msg);
                return Err(refused(why, NAME_ONE));
            }
            let logs = matching(&pattern, directory, |_| true)?;
            if logs.is_empty() {
                return Err(refused(format!("no file matches `{typed}`"), NAME_ONE));
            }
            Ok(logs)
        }
        Err(why) => Err(unreadable(typed, why)),
    }
}

/// What to type where nothing is found.
const NAME_ONE: &str = "name a file, a folder with logs, or - for standard input";

fn refused(why: String, hint: &str) -> Fault {
    Fault { why, hint: hint.to_owned(), cause: None }
}

/// What to do about a file or folder that this account may not read.
pub(super) const NOT_ALLOWED: &str = "copy it with an account that may read it, or run exch with one";

fn unreadable(typed: &str, why: io::Error) -> Fault {
    let reason = match why.kind() {
        io::ErrorKind::NotFound => "there is no such file or folder".to_owned(),
        _ => why.to_string(),
    };
    let why_not = format!("`{}` could not be read: {reason}", typed);
    let hint = match why.kind() {
        io::ErrorKind::PermissionDenied => NOT_ALLOWED,
        _ => "name a file that is there, a folder with logs, or - for standard input",
    };
    let hint = hint.to_owned();
    Fault { why: why_not, hint, cause: Some(why) }
}

/// `RECV*.LOG`, packed or not.
pub(super) fn is_log(name: &str) -> bool {
    let name = name.to_ascii_uppercase();
    let ends = [".LOG", ".LOG.GZ", ".ZIP"].iter().any(|end| name.ends_with(end));
    name.starts_with("RECV") && ends
}

fn is_zip(name: &str) -> bool {
    name.to_ascii_uppercase().ends_with(".ZIP")
}

/// Whether a file of a folder has a log: a zip of any name may have one. One that cannot be opened is taken, and refused
/// when it is read: its logs would be missing without a word.
fn has_log(source: &Source) -> bool {
    let Source::File { path, .. } = source else { return true };
    if is_log(&path.file_name().unwrap_or_default().to_string_lossy()) {
        return true;
    }
    match File::open(path).map(BufReader::new).map(ZipArchive::new) {
        Ok(Ok(archive)) => archive.file_names().any(is_member),
        _ => true,
    }
}

/// The files that fit. A folder that may not be read is an error: its logs would be missing without a word.
fn matching(pattern: &str, directory: &Path, is_meant: impl Fn(&str) -> bool) -> Result<Vec<Source>, Fault> {
    let found: Result<Vec<PathBuf>, GlobError> =
        glob::glob_with(pattern, ANY_CASE).into_iter().flatten().collect();
    let paths = found.map_err(|fault| {
        let folder = fault.path().strip_prefix(directory).unwrap_or(fault.path()).display().to_string();
        unreadable(&folder, fault.into())
    })?;
    let source = |path: PathBuf| {
        let name = path.file_name()?.to_string_lossy().into_owned();
        let found = fs::metadata(&path).ok().filter(|found| found.is_file() && is_meant(&name))?;
        let shown = path.strip_prefix(directory).unwrap_or(&path).display().to_string();
        Some(Source::File { path, shown, size: found.len() })
    };
    Ok(paths.into_iter().filter_map(source).collect())
}

/// Whether a file of an archive is a log.
pub(crate) fn is_member(name: &str) -> bool {
    is_log(name.rsplit(['/', '\\']).next().unwrap_or(name)) && !is_zip(name)
}

/// Names of files in the order of time.
pub(crate) fn sort_names(names: &mut [(String, usize)]) {
    names.sort_by_cached_key(|(name, _)| parts(name));
}
