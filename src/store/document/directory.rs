//! `exch.toml`: the schema of the store, and what its organization is called.

use toml::de::{DeTable, DeValue};

use super::blank;
use super::edit::{Change, Page, edit_rows};
use super::error::{DocumentError, Flaw};
use super::fresh::lines;
use super::keys::Keys;
use super::read::{check_present, fill};
use super::section::{Entry, Section};
use super::source::Source;
use super::value::decimal;
use crate::server::{Directory, directory};

/// The schema that this program writes.
pub const SCHEMA: i64 = 1;

const KEY: &str = "schema";

/// Reads `exch.toml`. The schema is looked at before anything else, so that a newer one is known as such
/// whatever else stands there. A key that is missing has its default; NetBiosDomain follows Domain.
///
/// # Errors
/// [`DocumentError::Newer`], else [`DocumentError::Broken`].
pub fn read_directory(text: impl AsRef<[u8]>, file: &str) -> Result<Directory, DocumentError> {
    let source = Source::read(text.as_ref(), file)?;
    let tree = source.parse()?;
    let (_, section) = read_schema(tree.get_ref(), &source)?;
    read_names(&section, &source)
}

/// A fresh `exch.toml`.
#[must_use]
pub fn new_directory(names: &Directory) -> String {
    let keys = Keys::new();
    let blank = keys.values(&blank::directory(Some(&names.domain)));
    let keys = lines(&keys, names, &blank, None, "\n");
    format!("{KEY} = {SCHEMA}\n{keys}")
}

/// `text` with the names of `new`: only the lines of names that changed differ.
///
/// # Errors
/// As [`read_directory`]; [`DocumentError::Lost`] where the edit failed its own check.
pub fn edit_directory(text: impl AsRef<[u8]>, file: &str, new: &Directory) -> Result<String, DocumentError> {
    let source = Source::read(text.as_ref(), file)?;
    let tree = source.parse()?;
    let (schema, section) = read_schema(tree.get_ref(), &source)?;
    let change =
        Change { old: &read_names(&section, &source)?, new, blank: &blank::directory(Some(&new.domain)) };
    let mut page = Page::of(&source);
    let start = schema.lines(&page.base).end;
    edit_rows(&mut page, &section, &Keys::new(), None, change, start);
    let edited = page.finish(&source)?;
    match read_directory(&edited, file) {
        Ok(again) if again == *new => Ok(edited),
        _ => Err(DocumentError::Lost { file: file.to_owned(), what: "the names".to_owned() }),
    }
}

/// The keys beside `schema`, once that is one this program knows. A migration of older schemas belongs here:
/// there is none yet, so whatever is below 1 is a fault.
fn read_schema<'t>(
    root: &'t DeTable<'t>,
    source: &Source<'_>,
) -> Result<(Entry<'t>, Section<'t>), DocumentError> {
    let mut section = Section::of(root, 0..0, "", source.text());
    let hint = format!("write {KEY} = {SCHEMA} on the first line");
    let broken = |at, message: &str| Err(source.broken(vec![Flaw::new(at, message, hint.as_str())]));
    let Some(place) = section.entries.iter().position(|entry| entry.key == KEY) else {
        return broken(0, "the schema is missing");
    };
    let entry = section.entries.remove(place);
    match schema(&entry) {
        Some(found) if found > SCHEMA => {
            Err(DocumentError::Newer { file: source.file().to_owned(), found, known: SCHEMA })
        }
        Some(SCHEMA) => Ok((entry, section)),
        Some(_) => broken(entry.value.span().start, "there is no such schema"),
        None => broken(entry.value.span().start, "the schema is a number"),
    }
}

/// A number beyond every integer is newer still.
fn schema(entry: &Entry<'_>) -> Option<i64> {
    match entry.value.get_ref() {
        DeValue::Integer(number) if number.as_str().starts_with('-') => {
            Some(decimal(number).parse().unwrap_or(0))
        }
        DeValue::Integer(number) => Some(decimal(number).parse().unwrap_or(i64::MAX)),
        _ => None,
    }
}

fn read_names(section: &Section<'_>, source: &Source<'_>) -> Result<Directory, DocumentError> {
    let (keys, mut flaws) = (Keys::new(), Vec::new());
    let mut names = blank::directory(None);
    fill(section, &keys, &mut names, &mut flaws);
    check_present(section, &keys, &names, &mut flaws);
    if section.entry(directory::NETBIOS_DOMAIN.name()).is_none() {
        names.netbios_domain = blank::directory(Some(&names.domain)).netbios_domain;
    }
    if flaws.is_empty() { Ok(names) } else { Err(source.broken(flaws)) }
}
