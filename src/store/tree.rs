//! Git's tree objects as bytes: find an entry, list names, splice entries in. A directory of 10,000 servers is
//! one tree of 400 KB, so it is walked in place and copied once. It refuses to know where trees come from.

use std::cell::{Cell, OnceCell};
use std::cmp::Ordering;
use std::collections::HashMap;

use git2::Oid;

/// The mode of a plain file, and of a directory.
pub(super) const FILE: u32 = 0o100_644;
pub(super) const DIRECTORY: u32 = 0o040_000;

const ID: usize = 20;

/// One entry, borrowed from the tree's bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Entry<'a> {
    pub mode: u32,
    pub name: &'a [u8],
    pub id: Oid,
}

impl Entry<'_> {
    pub(super) fn is_file(&self) -> bool {
        self.mode & 0o170_000 == 0o100_000
    }

    pub(super) fn is_directory(&self) -> bool {
        self.mode & 0o170_000 == DIRECTORY
    }
}

/// A tree's bytes, and a table over them once many names are asked for.
pub(super) struct Directory {
    pub bytes: Vec<u8>,
    asked: Cell<u32>,
    table: OnceCell<HashMap<Vec<u8>, (u32, Oid)>>,
}

impl Directory {
    /// A walk finds one name sooner than a table is made.
    const FEW: u32 = 8;

    pub(super) fn new(bytes: Vec<u8>) -> Self {
        Directory { bytes, asked: Cell::new(0), table: OnceCell::new() }
    }

    /// The mode and id that a name has. The outer option is none when the tree is malformed.
    pub(super) fn find(&self, name: &str) -> Option<Option<(u32, Oid)>> {
        self.asked.set(self.asked.get().saturating_add(1));
        if self.asked.get() <= Self::FEW {
            return find(&self.bytes, name).map(|found| found.map(|entry| (entry.mode, entry.id)));
        }
        if self.table.get().is_none() {
            let pairs = entries(&self.bytes).map(|entry| entry.map(|e| (e.name.to_vec(), (e.mode, e.id))));
            let _ = self.table.set(pairs.collect::<Option<_>>()?);
        }
        Some(self.table.get()?.get(name.as_bytes()).copied())
    }
}

/// Walks the entries; a malformed one ends the walk with nothing more than an error mark.
pub(super) fn entries(bytes: &[u8]) -> impl Iterator<Item = Option<Entry<'_>>> {
    let mut rest = bytes;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let entry = cut(rest);
        rest = entry.as_ref().map_or(&[], |(_, rest)| rest);
        Some(entry.and_then(|(raw, _)| raw.parsed()))
    })
}

/// Finds an entry by name. The outer option is none when the tree is malformed.
pub(super) fn find<'a>(bytes: &'a [u8], name: &str) -> Option<Option<Entry<'a>>> {
    let mut rest = bytes;
    while !rest.is_empty() {
        let (raw, after) = cut(rest)?;
        if raw.name == name.as_bytes() {
            return raw.parsed().map(Some);
        }
        rest = after;
    }
    Some(None)
}

/// What a name has in a tree.
pub(super) type Held = Option<(u32, Oid)>;

/// The names in which two trees differ, and what each has; none when one is malformed. Both are walked once, in git's
/// order, so that what is alike costs no memory.
pub(super) fn differences<'a>(old: &'a [u8], new: &'a [u8]) -> Option<Vec<(&'a [u8], Held, Held)>> {
    let (mut olds, mut news) = (entries(old).peekable(), entries(new).peekable());
    let held = |entry: Entry<'a>| Some((entry.mode, entry.id));
    let mut found = Vec::new();
    loop {
        let side = match (olds.peek(), news.peek()) {
            (None, None) => return Some(found),
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (Some(old), Some(new)) => order(old.as_ref()?, new.as_ref()?),
        };
        let was = if side.is_le() { Some(olds.next()??) } else { None };
        let is = if side.is_ge() { Some(news.next()??) } else { None };
        let name = was.or(is)?.name;
        let (was, is) = (was.and_then(held), is.and_then(held));
        if was != is {
            found.push((name, was, is));
        }
    }
}

/// The tree with some entries put in, replaced or (none) taken out; none when it is malformed.
pub(super) fn splice(bytes: &[u8], changes: &[(&str, Option<(u32, Oid)>)]) -> Option<Vec<u8>> {
    let names: std::collections::HashSet<&[u8]> = changes.iter().map(|(name, _)| name.as_bytes()).collect();
    let mut kept = Vec::with_capacity(changes.len() + bytes.len() / 40);
    for entry in entries(bytes) {
        let entry = entry?;
        if !names.contains(entry.name) {
            kept.push(entry);
        }
    }
    kept.extend(
        changes
            .iter()
            .filter_map(|(name, new)| new.map(|(mode, id)| Entry { mode, name: name.as_bytes(), id })),
    );
    // Nearly sorted already: the stable sort takes the old entries as one run.
    kept.sort_by(order);
    Some(print(&kept))
}

/// Git's order: as if a directory's name ended in a slash.
fn order(a: &Entry<'_>, b: &Entry<'_>) -> Ordering {
    let tail = |entry: &Entry<'_>| if entry.is_directory() { Some(b'/') } else { None };
    let shared = a.name.len().min(b.name.len());
    let ends = |entry: &Entry<'_>| entry.name.get(shared).copied().or_else(|| tail(entry));
    a.name.get(..shared).cmp(&b.name.get(..shared)).then_with(|| ends(a).cmp(&ends(b)))
}

fn print(entries: &[Entry<'_>]) -> Vec<u8> {
    let size = entries.iter().map(|entry| entry.name.len() + ID + 8).sum();
    let mut bytes = Vec::with_capacity(size);
    for entry in entries {
        bytes.extend_from_slice(format!("{:o} ", entry.mode).as_bytes());
        bytes.extend_from_slice(entry.name);
        bytes.push(0);
        bytes.extend_from_slice(entry.id.as_bytes());
    }
    bytes
}

/// The bytes that an entry takes in its tree, as git writes it.
pub(super) fn size(entry: &Entry<'_>) -> usize {
    format!("{:o} ", entry.mode).len() + entry.name.len() + 1 + ID
}

struct Raw<'a> {
    mode: &'a [u8],
    name: &'a [u8],
    id: &'a [u8],
}

impl<'a> Raw<'a> {
    fn parsed(&self) -> Option<Entry<'a>> {
        let mode = self.mode.iter().try_fold(0_u32, |mode, digit| match digit {
            b'0'..=b'7' if mode < 1 << 24 => Some(mode * 8 + u32::from(digit - b'0')),
            _ => None,
        })?;
        Some(Entry { mode, name: self.name, id: Oid::from_bytes(self.id).ok()? })
    }
}

/// Cuts the first entry off.
fn cut(bytes: &[u8]) -> Option<(Raw<'_>, &[u8])> {
    let space = bytes.iter().position(|&b| b == b' ')?;
    let (mode, rest) = (bytes.get(..space)?, bytes.get(space + 1..)?);
    let end = rest.iter().position(|&b| b == 0)?;
    let (name, rest) = (rest.get(..end)?, rest.get(end + 1..)?);
    Some((Raw { mode, name, id: rest.get(..ID)? }, rest.get(ID..)?))
}
