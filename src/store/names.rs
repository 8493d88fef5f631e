//! A large tree's entries in blocks, each with its own hash, so that one name costs a read of some kilobytes and
//! not of the whole tree. A file of the store's own corner that only helps: what is missing, about another tree,
//! cut short or spoiled is passed over, and the tree itself is read. It is made by writers and never synced.

#![expect(clippy::disallowed_methods, reason = "this file is part of the store's disk access")]

use std::fs::File;
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use git2::Oid;

use super::error::{Result, StoreError};
use super::objects::blob_id;
use super::{disk, system, tree};

const HEADER: &[u8] = b"exch names 1\n";
const ID: usize = 20;
/// Smaller trees are read whole in no time.
const LARGE: usize = 64 << 10;
const BLOCK: usize = 4 << 10;
/// No table of contents is as long: 16 million servers.
const LONGEST: u64 = 1 << 26;

/// The table of contents, read and checked.
pub(super) struct Names {
    tree: Oid,
    blocks: Vec<Block>,
    file: File,
}

/// Some entries that stand together.
struct Block {
    first: Vec<u8>,
    start: u64,
    length: usize,
    sum: Oid,
}

impl Names {
    /// Opens the file; none when it is no help.
    pub(super) fn open(state_dir: &Path) -> Option<Names> {
        let mut file = File::open(path(state_dir)).ok()?;
        let mut head = [0; HEADER.len() + 8];
        file.read_exact(&mut head).ok()?;
        let length = u64::from_le_bytes(head.strip_prefix(HEADER)?.try_into().ok()?);
        let mut table = vec![0; usize::try_from(length).ok().filter(|_| length < LONGEST)?];
        file.read_exact(&mut table).ok()?;
        let mut rest = table.as_slice();
        let sum = take_id(&mut rest)?;
        if blob_id(rest).ok()? != sum {
            return None;
        }
        let tree = take_id(&mut rest)?;
        let mut start = u64::try_from(head.len()).ok()? + length;
        let mut blocks = Vec::new();
        while !rest.is_empty() {
            let sum = take_id(&mut rest)?;
            let (length, name) = (take_size(&mut rest)?, take_size(&mut rest)?);
            blocks.push(Block { first: take(&mut rest, name)?.to_vec(), start, length, sum });
            start += u64::try_from(length).ok()?;
        }
        Some(Names { tree, blocks, file })
    }

    /// The mode and id that a name has in a tree. The outer option is none where the tree itself must be read.
    pub(super) fn find(&mut self, tree: Oid, name: &str) -> Option<Option<(u32, Oid)>> {
        if tree != self.tree {
            return None;
        }
        let after = self.blocks.partition_point(|block| block.first.as_slice() <= name.as_bytes());
        let Some(block) = after.checked_sub(1).and_then(|at| self.blocks.get(at)) else { return Some(None) };
        let mut bytes = vec![0; block.length];
        self.file.seek(SeekFrom::Start(block.start)).ok()?;
        self.file.read_exact(&mut bytes).ok()?;
        if blob_id(&bytes).ok()? != block.sum {
            return None;
        }
        tree::find(&bytes, name).map(|found| found.map(|entry| (entry.mode, entry.id)))
    }
}

/// Writes the file for a tree that is large and holds plain files alone, whose order is that of their names.
pub(super) fn write(state_dir: &Path, id: Oid, bytes: &[u8]) -> Result<()> {
    let Some(content) = (bytes.len() >= LARGE).then(|| compose(id, bytes)).flatten() else { return Ok(()) };
    let path = path(state_dir);
    // A reader that has the old one open keeps it.
    disk::remove(&path)?;
    let written = system::create_new(&path).and_then(|mut file| file.write_all(&content));
    written.map_err(StoreError::disk("writing", &path))
}

fn compose(id: Oid, bytes: &[u8]) -> Option<Vec<u8>> {
    let mut table = id.as_bytes().to_vec();
    let (mut start, mut at, mut last, mut first): (usize, usize, &[u8], &[u8]) = (0, 0, b"", b"");
    for entry in tree::entries(bytes) {
        let entry = entry.filter(|entry| entry.is_file() && entry.name > last)?;
        if at == start {
            first = entry.name;
        }
        at += tree::size(&entry);
        last = entry.name;
        if at - start >= BLOCK || at == bytes.len() {
            let sum = blob_id(bytes.get(start..at)?).ok()?;
            table.extend_from_slice(sum.as_bytes());
            table.extend(u32::try_from(at - start).ok()?.to_le_bytes());
            table.extend(u32::try_from(first.len()).ok()?.to_le_bytes());
            table.extend_from_slice(first);
            start = at;
        }
    }
    if start != bytes.len() {
        return None;
    }
    let mut content = HEADER.to_vec();
    content.extend(u64::try_from(table.len() + ID).ok()?.to_le_bytes());
    content.extend_from_slice(blob_id(&table).ok()?.as_bytes());
    content.extend_from_slice(&table);
    content.extend_from_slice(bytes);
    Some(content)
}

fn path(state_dir: &Path) -> PathBuf {
    state_dir.join("names")
}

fn take<'a>(rest: &mut &'a [u8], length: usize) -> Option<&'a [u8]> {
    let (head, tail) = rest.split_at_checked(length)?;
    *rest = tail;
    Some(head)
}

fn take_id(rest: &mut &[u8]) -> Option<Oid> {
    Oid::from_bytes(take(rest, ID)?).ok()
}

fn take_size(rest: &mut &[u8]) -> Option<usize> {
    usize::try_from(u32::from_le_bytes(take(rest, 4)?.try_into().ok()?)).ok()
}
