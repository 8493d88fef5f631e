//! The files of the organization: a table for each object of one noun.

use std::collections::HashSet;

use super::edit::edit_members;
use super::error::{DocumentError, Flaw};
use super::fresh::lines;
use super::keys::Keys;
use super::read::{check_present, fill};
use super::section::{Section, member_tables};
use super::source::Source;
use crate::organization::{Member, Organization, Part, with_part};

/// Reads the file of `part` into `organization`, and checks every rule on it.
///
/// # Errors
/// [`DocumentError::Broken`] with every fault.
pub fn read_part(
    part: Part,
    text: impl AsRef<[u8]>,
    file: &str,
    organization: &mut Organization,
) -> Result<(), DocumentError> {
    with_part!(part, read(text.as_ref(), file, organization))
}

/// The file of `part` with what `organization` holds of it: `old` edited in place, or a fresh one.
///
/// # Errors
/// As [`super::edit_host`].
pub fn write_part(
    part: Part,
    old: Option<&[u8]>,
    file: &str,
    organization: &Organization,
) -> Result<String, DocumentError> {
    with_part!(part, write(old, file, organization))
}

fn write<N: Member>(old: Option<&[u8]>, file: &str, all: &Organization) -> Result<String, DocumentError> {
    match old {
        Some(old) => edit_members::<N>(old, file, N::list(all)),
        None => Ok(fresh::<N>(N::list(all))),
    }
}

/// A file that nobody has written yet: its tables, a blank line between them.
fn fresh<N: Member>(all: &[N]) -> String {
    all.iter().map(|object| table(&Keys::new(), object, "\n")).collect::<Vec<_>>().join("\n")
}

/// One object's table.
pub(super) fn table<N: Member>(keys: &Keys<N>, object: &N, eol: &str) -> String {
    let header = if N::SINGLE { String::new() } else { format!("[[{}]]{eol}", N::NAME) };
    header + &lines(keys, object, &N::blank(), None, eol)
}

fn read<N: Member>(text: &[u8], file: &str, into: &mut Organization) -> Result<(), DocumentError> {
    let source = Source::read(text, file)?;
    let tree = source.parse()?;
    let mut flaws = Vec::new();
    let tables = member_tables::<N>(tree.get_ref(), source.text(), &mut flaws);
    let all = assemble::<N>(&tables, &mut flaws);
    if flaws.is_empty() {
        flaws = broken_rules(&all, &tables);
    }
    if !flaws.is_empty() {
        return Err(source.broken(flaws));
    }
    *N::list_mut(into) = all;
    Ok(())
}

/// What the tables say, rules aside.
pub(super) fn assemble<N: Member>(tables: &[Section<'_>], flaws: &mut Vec<Flaw>) -> Vec<N> {
    let keys = Keys::new();
    let read = |section: &Section<'_>| {
        let (mut object, mut own) = (N::blank(), Vec::new());
        fill(section, &keys, &mut object, &mut own);
        check_present(section, &keys, &object, &mut own);
        flaws.append(&mut own);
        object
    };
    tables.iter().map(read).collect()
}

fn broken_rules<N: Member>(all: &[N], tables: &[Section<'_>]) -> Vec<Flaw> {
    let place = |at: usize, key: &str| tables.get(at).map_or(0, |table| table.place(key));
    let broken = N::check(all).into_iter();
    let mut flaws: Vec<Flaw> = broken
        .map(|(at, f)| {
            let key = f.parameter;
            Flaw::of(f, place(at, key))
        })
        .collect();
    let mut seen = HashSet::new();
    for (at, object) in all.iter().enumerate() {
        if object.marks().guid.is_some_and(|guid| !seen.insert(guid)) {
            let message = format!("two {}s have this Guid, and `{}` is the later", N::NAME, object.name());
            let hint = "delete the line: the next change gives it a Guid of its own";
            flaws.push(Flaw::new(place(at, "Guid"), message, hint));
        }
    }
    flaws
}
