//! A log under two names, whole or as it was when it was copied earlier: its sessions count once.

#![expect(clippy::disallowed_methods, reason = "protocol logs are no part of a store")]

use std::collections::{BTreeMap, HashMap};
use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, Read};
use std::path::Path;

use super::find::{Source, is_log};
use crate::protocol_log::{Packing, Service, packing, text};

/// The most bytes of a header with the first line of a session.
const BEGINNING: u64 = 1 << 12;
/// The bytes of two files that are compared at once.
const CHUNK: usize = 1 << 16;

/// A file that is left out.
pub struct Copied {
    /// As the user calls it.
    pub name: String,
    /// The file that has its lines.
    pub of: String,
    /// Whether that one goes on where this one ends.
    pub is_part: bool,
}

/// A file that is read, by its place in the list.
#[derive(Clone, Copy)]
struct Known<'s> {
    at: usize,
    path: &'s Path,
    shown: &'s str,
}

impl Known<'_> {
    /// The better one of two that are the same has a path that names its service, the name of a log, and the shorter one.
    fn rank(&self) -> (bool, bool, usize) {
        let name = self.path.file_name().unwrap_or_default().to_string_lossy();
        (Service::of_path(&self.path.to_string_lossy()).is_none(), !is_log(&name), name.len())
    }
}

/// The files without those whose lines another one has too. Only files that begin alike are compared, as far as they
/// are alike.
pub fn without_copies(sources: Vec<Source>) -> (Vec<Source>, Vec<Copied>) {
    if sources.len() < 2 {
        return (sources, Vec::new());
    }
    let mut groups: HashMap<Vec<u8>, Vec<Known<'_>>> = HashMap::new();
    for (at, source) in sources.iter().enumerate() {
        let Source::File { path, shown, .. } = source else { continue };
        if let Some(key) = beginning(path) {
            groups.entry(key).or_default().push(Known { at, path, shown });
        }
    }
    let mut left_out = BTreeMap::new();
    for mut group in groups.into_values().filter(|group| group.len() > 1) {
        group.sort_by_key(Known::rank);
        let mut kept: Vec<Known<'_>> = Vec::new();
        for file in group {
            let alike = kept.iter_mut().find_map(|known| {
                let relation = relation(known.path, file.path).unwrap_or(Relation::Apart);
                (relation != Relation::Apart).then_some((known, relation))
            });
            let Some((known, relation)) = alike else {
                kept.push(file);
                continue;
            };
            let is_longer = relation == Relation::Begins;
            let (out, of) = if is_longer { (std::mem::replace(known, file), file) } else { (file, *known) };
            left_out.insert(
                out.at,
                Copied {
                    name: out.shown.to_owned(),
                    of: of.shown.to_owned(),
                    is_part: relation != Relation::Same,
                },
            );
        }
    }
    let places: Vec<usize> = left_out.keys().copied().collect();
    let copied = left_out.into_values().collect();
    let read = sources.into_iter().enumerate().filter(|(at, _)| places.binary_search(at).is_err());
    (read.map(|(_, source)| source).collect(), copied)
}

/// The header and the first line of a session, which no two logs share: nothing where there is none. Of an archive its
/// first bytes.
fn beginning(path: &Path) -> Option<Vec<u8>> {
    // Opening a pipe would take from it.
    if !fs::metadata(path).ok()?.is_file() {
        return None;
    }
    let (packing, file) = packing(File::open(path).ok()?).ok()?;
    let mut lines = Vec::new();
    if packing == Packing::Zip {
        file.take(BEGINNING).read_to_end(&mut lines).ok()?;
        return Some(lines);
    }
    let mut start = BufReader::new(Newlines(text(file).ok()?).take(BEGINNING));
    loop {
        let from = lines.len();
        start.read_until(b'\n', &mut lines).ok()?;
        match lines.get(from..)? {
            [b'#', ..] => {}
            [.., b'\n'] => return Some(lines),
            _ => return None,
        }
    }
}

/// A text with newlines alone: a copy may have lost its carriage returns.
struct Newlines<R>(R);

impl<R: Read> Read for Newlines<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            let read = self.0.read(buffer)?;
            let mut kept = 0;
            for at in 0..read {
                if let Some(byte) = buffer.get(at).copied().filter(|byte| *byte != b'\r')
                    && let Some(place) = buffer.get_mut(kept)
                {
                    *place = byte;
                    kept += 1;
                }
            }
            if kept > 0 || read == 0 {
                return Ok(kept);
            }
        }
    }
}

/// How the lines of two files lie to each other.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Relation {
    Apart,
    Same,
    /// The second goes on where the first ends.
    Begins,
    /// The first goes on where the second ends.
    GoesOn,
}

fn relation(one: &Path, other: &Path) -> io::Result<Relation> {
    let open = |path| io::Result::Ok(BufReader::with_capacity(CHUNK, Newlines(text(File::open(path)?)?)));
    let (mut one, mut other) = (open(one)?, open(other)?);
    loop {
        let (first, second) = (one.fill_buf()?, other.fill_buf()?);
        let length = first.len().min(second.len());
        match (first.is_empty(), second.is_empty()) {
            (true, true) => return Ok(Relation::Same),
            (true, false) => return Ok(Relation::Begins),
            (false, true) => return Ok(Relation::GoesOn),
            (false, false) if first.get(..length) != second.get(..length) => return Ok(Relation::Apart),
            (false, false) => {}
        }
        one.consume(length);
        other.consume(length);
    }
}
