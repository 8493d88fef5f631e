//! A document to the records that it holds, and every rule that they must keep, at its line.

use super::super::parallel;
use super::collection::Collection;
use super::cut::{Cut, assemble_part};
use super::edit::edit;
use super::error::{DocumentError, Flaw};
use super::fresh::fresh;
use super::keys::Keys;
use super::place::Place;
use super::read::{check_present, check_versions, fill, repeated_guids};
use super::section::{Section, Tables};
use super::source::Source;
use crate::connector::Host;
use crate::organization::{Member, Organization, Part, with_part};
use crate::param::{Finding, Record, record};

/// Reads the file of one server and checks every rule on it.
///
/// A missing Guid or date stays missing. A missing Fqdn of a connector is the server's, an empty one is none;
/// every other missing key has its default. Name and Fqdn of the server, and Name, Bindings and RemoteIPRanges
/// of a connector must be there.
///
/// # Errors
/// [`DocumentError::Broken`] with every fault: what is no TOML, no property, no value, or breaks a rule.
pub fn read_host<'p>(text: impl AsRef<[u8]>, place: impl Into<Place<'p>>) -> Result<Host, DocumentError> {
    read(text.as_ref(), place.into())
}

/// Reads the file of `part` into `organization`, and checks every rule on it.
///
/// # Errors
/// As [`read_host`].
pub fn read_part(
    part: Part,
    text: impl AsRef<[u8]>,
    file: &str,
    organization: &mut Organization,
) -> Result<(), DocumentError> {
    with_part!(part, read_into(text.as_ref(), file, organization))
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

fn read_into<N: Member>(text: &[u8], file: &str, into: &mut Organization) -> Result<(), DocumentError> {
    *N::list_mut(into) = read(text, file.into())?;
    Ok(())
}

fn write<N: Member>(old: Option<&[u8]>, file: &str, all: &Organization) -> Result<String, DocumentError> {
    let place = Place::from(file);
    match old {
        Some(old) => edit(old, place, N::list(all)),
        None => Ok(fresh(N::list(all), place.domain)),
    }
}

pub(super) fn read<C: Collection>(text: &[u8], place: Place<'_>) -> Result<C, DocumentError> {
    let source = Source::read(text, place.file)?;
    if let Some(all) = in_shares(&source, place).filter(is_allowed) {
        return Ok(all);
    }
    let tree = source.parse()?;
    let mut flaws = Vec::new();
    let tables = Tables::of::<C>(tree.get_ref(), source.text(), &mut flaws);
    let all: C = assemble(&tables, place.domain, &mut flaws);
    if flaws.is_empty() {
        flaws = broken_rules(&all, &tables);
    }
    if flaws.is_empty() { Ok(all) } else { Err(source.broken(flaws)) }
}

/// A text of more bytes than this is worth a thread more.
const MUCH: usize = 1 << 20;

/// What a long document says, read in shares by all processors; none where anything is wrong with it, which a reader
/// of the whole can place.
fn in_shares<C: Collection>(source: &Source<'_>, place: Place<'_>) -> Option<C> {
    if source.text().len() < MUCH {
        return None;
    }
    let cut = Cut::of::<C>(source.text())?;
    let shares: Vec<&[&str]> =
        cut.items.chunks(cut.items.len().div_ceil(parallel::at_once()).max(1)).collect();
    let read = parallel::map(&shares, |items| assemble_part::<C>(&cut, items, place));
    let mut read = read.into_iter().collect::<Option<Vec<C>>>()?.into_iter().map(C::into_parts);
    let (owner, mut items) = read.next()?;
    items.extend(read.flat_map(|(_, items)| items));
    Some(C::new(owner, items))
}

/// What the tables say, rules aside.
pub(super) fn assemble<C: Collection>(tables: &Tables<'_>, domain: &str, flaws: &mut Vec<Flaw>) -> C {
    let owner = read_owner::<C>(&tables.root, flaws);
    let (keys, blank) = (Keys::new(), C::blank_item(&owner));
    let mut items = Vec::with_capacity(tables.items.len());
    for tables in &tables.items {
        let (mut item, mut own) = (blank.clone(), Vec::new());
        fill(&tables.table, &keys, &mut item, &mut own);
        check_versions(&tables.table, &keys, C::release(&owner), &mut own);
        check_present(&tables.table, &keys, &item, &mut own);
        C::read_inner(&mut item, &tables.inner, (&owner, domain), &mut own);
        flaws.append(&mut own);
        items.push(item);
    }
    C::new(owner, items)
}

fn read_owner<C: Collection>(section: &Section<'_>, flaws: &mut Vec<Flaw>) -> C::Owner {
    let (keys, mut owner) = (Keys::new(), C::blank_owner());
    fill(section, &keys, &mut owner, flaws);
    check_versions(section, &keys, C::release(&owner), flaws);
    check_present(section, &keys, &owner, flaws);
    C::check_owner(&owner, section, flaws);
    owner
}

/// What the rules refuse, each at the key it speaks of, or at the table where that key is missing.
fn broken_rules<C: Collection>(all: &C, tables: &Tables<'_>) -> Vec<Flaw> {
    let table = |at: usize| tables.items.get(at).map_or(&tables.root, |item| &item.table);
    let flaw = |(at, finding): (Option<usize>, Finding)| {
        let at = at.map_or(&tables.root, table).place(finding.parameter);
        Flaw::of(finding, at)
    };
    let mut flaws: Vec<Flaw> = refused(all).map(flaw).collect();
    flaws.extend(repeated_guids(all.items(), |at, key| table(at).place(key)));
    flaws
}

/// What the rules refuse and no item says is accepted, each at the index of an item, or of the owner.
fn refused<C: Collection>(all: &C) -> impl Iterator<Item = (Option<usize>, Finding)> {
    let is_accepted = |(at, finding): &(Option<usize>, Finding)| {
        let item = at.and_then(|at| all.items().get(at));
        item.is_some_and(|item| item.metadata().accepted.contains(finding.rule))
    };
    all.refusals().into_iter().filter(move |one| !is_accepted(one))
}

/// Whether the rules refuse nothing of it.
fn is_allowed<C: Collection>(all: &C) -> bool {
    refused(all).next().is_none() && record::repeated_guids(all.items()).next().is_none()
}
