//! Items into objects, by the rows of their noun.

use std::collections::HashMap;

use super::{Cell, Item, numbers};
use crate::param::{Access, Finding, Kind, Noun, Record, Row, Rule, Value, record};

/// An object as an export has it.
#[derive(Clone, Debug)]
pub struct Filled<N> {
    /// What the export says; properties that it does not have are those of the blank object.
    pub object: N,
    /// Which rows it has, by their place in the table.
    present: u128,
}

impl<N: Noun> Filled<N> {
    /// Whether the export has that property.
    #[must_use]
    pub fn has(&self, row: &Row<N>) -> bool {
        N::rows()
            .iter()
            .position(|known| known.name() == row.name())
            .is_some_and(|at| self.present & (1 << at) != 0)
    }

    /// The rows that are stored and that the export does not have.
    pub fn absent(&self) -> impl Iterator<Item = &'static Row<N>> + '_ {
        let rows = N::rows().iter().enumerate();
        rows.filter(|(at, row)| self.present & (1 << at) == 0 && matches!(row.access, Access::Stored { .. }))
            .map(|(_, row)| *row)
    }

    /// Takes what the export does not have from `base`.
    pub fn complete(&mut self, base: &N) {
        let absent: Vec<_> = self.absent().collect();
        for row in absent {
            if let Some(value) = row.stored(base) {
                // A value of the row itself is of its type.
                let _ = row.assign(&mut self.object, value);
            }
        }
    }

    /// Puts a value in that the export has elsewhere.
    ///
    /// # Errors
    /// As [`Row::assign`].
    pub fn put(&mut self, row: &'static Row<N>, value: Value) -> Result<(), Finding> {
        row.assign(&mut self.object, value)?;
        if let Some(at) = N::rows().iter().position(|known| known.name() == row.name()) {
            self.present |= 1 << at;
        }
        Ok(())
    }
}

/// What stood in an item and is not kept.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Unkept {
    /// A property that the store does not have.
    Unknown(String),
    /// An extended right that is not known.
    Right(String),
    /// A property that is the same for every object here, with another value.
    Other(&'static str, String),
    /// A date that was not written so that every reader reads the same.
    Date(&'static str),
}

/// What PowerShell adds to objects of another session, and what the directory says of every object alike.
const COMMON: [&str; 17] = [
    "PSComputerName",
    "RunspaceId",
    "PSShowComputerName",
    "SerializationData",
    "PSSourceJobInstanceId",
    "DistinguishedName",
    "Identity",
    "Id",
    "ObjectCategory",
    "ObjectClass",
    "WhenChangedUTC",
    "WhenCreatedUTC",
    "OrganizationId",
    "OriginatingServer",
    "IsValid",
    "ObjectState",
    "ExchangeVersion",
];

/// The rows of a noun by name, made once for all objects.
pub(super) struct Filler<N: Noun> {
    /// Whether objects keep which rules they break.
    accepts: bool,
    rows: HashMap<String, (usize, &'static Row<N>)>,
}

impl<N: Record> Filler<N> {
    pub fn new() -> Self {
        let rows = N::rows().iter().enumerate();
        let accepts = N::rows().iter().any(|row| row.name() == record::ACCEPTED);
        Filler {
            accepts,
            rows: rows.map(|(at, row)| (row.name().to_ascii_lowercase(), (at, *row))).collect(),
        }
    }

    /// The object of an item. Every value that is no value of its row is a finding.
    pub fn fill(&self, item: &Item, blank: N, unkept: &mut Vec<Unkept>) -> Result<Filled<N>, Vec<Finding>> {
        let mut filled = Filled { object: blank, present: 0 };
        let mut wrong = Vec::new();
        for (name, cell) in &item.cells {
            let Some((at, row)) = self.rows.get(&name.to_ascii_lowercase()) else {
                let is_noise =
                    name.contains('.') || COMMON.iter().any(|known| known.eq_ignore_ascii_case(name));
                if !is_noise {
                    unkept.push(Unkept::Unknown(name.clone()));
                }
                continue;
            };
            match row.access {
                Access::Computed(_) => continue,
                Access::Constant(text) => {
                    unkept.extend(other(row, text, cell));
                    continue;
                }
                Access::Stored { .. } => {}
            }
            match value(row, cell, item) {
                // Nothing, where the property always has a value: the export does not have it.
                Ok(Some(Value::Null)) if row.assign(&mut filled.object, Value::Null).is_err() => {}
                Ok(Some(value)) => match row.assign(&mut filled.object, value) {
                    Ok(()) => filled.present |= 1 << at,
                    Err(finding) => wrong.push(finding),
                },
                Ok(None) => unkept.push(Unkept::Date(row.name())),
                Err(finding) => {
                    match unbounded(row, cell).filter(|_| self.accepts && finding.rule != Rule::V9) {
                        Some(value) if row.assign(&mut filled.object, value.clone()).is_ok() => {
                            filled.present |= 1 << at;
                            filled.object.metadata_mut().accepted |= finding.rule;
                        }
                        _ => wrong.push(finding),
                    }
                }
            }
        }
        if wrong.is_empty() { Ok(filled) } else { Err(wrong) }
    }
}

/// A value that the store has the same for every object, where the export has another.
fn other<N: Noun>(row: &'static Row<N>, text: &str, cell: &Cell) -> Option<Unkept> {
    let Cell::Text(exported) = cell else { return None };
    let same = exported.eq_ignore_ascii_case(text);
    (!same).then(|| Unkept::Other(row.name(), exported.clone()))
}

/// The value of a cell; nothing for a date that cannot be read.
fn value<N: Noun>(row: &'static Row<N>, cell: &Cell, item: &Item) -> Result<Option<Value>, Finding> {
    let (name, kind) = (row.name(), row.param.kind);
    match (kind, cell) {
        (Kind::Time, _) => Ok(time(item, name, cell)),
        (_, Cell::Lost(text)) => Err(lost(name, text)),
        (Kind::Form(_), Cell::Text(_)) if item.text(&format!("{name}.UserName")).is_some() => {
            kind.parse(name, item.text(&format!("{name}.UserName")).unwrap_or_default()).map(Some)
        }
        (Kind::List(_), Cell::Null) => Ok(Some(Value::List(Vec::new()))),
        (_, Cell::Null) => Ok(Some(Value::Null)),
        (Kind::Flags(names, reported), cell) => flags(name, (names, reported), cell).map(Some),
        (Kind::Choice(names), Cell::Text(text)) => choice(name, names, text.trim()).map(Some),
        (Kind::List(_), Cell::Text(text)) if text.trim().is_empty() => Ok(Some(Value::List(Vec::new()))),
        (Kind::List(element), cell) => {
            kind.parse_all(name, &cell.texts_between(separators(*element))).map(Some)
        }
        (Kind::Size(..) | Kind::UnlimitedSize(..), Cell::Text(text)) => {
            kind.parse(name, &bytes(name, text)?).map(Some)
        }
        (Kind::Text | Kind::Name, Cell::Text(text)) => kind.parse(name, text).map(Some),
        (Kind::Certificate, Cell::Text(text)) if text.is_empty() => Ok(Some(Value::Null)),
        (_, cell) => kind.parse(name, cell.text().unwrap_or_default().trim()).map(Some),
    }
}

/// A value that breaks the bounds of its row, as a real server has it.
fn unbounded<N: Noun>(row: &Row<N>, cell: &Cell) -> Option<Value> {
    let kind = row.param.kind;
    if !kind.is_bounded() {
        return None;
    }
    if let Kind::List(_) = kind {
        return kind.unbounded().parse_all(row.name(), &cell.texts()).ok();
    }
    let text = cell.text()?;
    match kind {
        Kind::Size(..) | Kind::UnlimitedSize(..) => {
            kind.unbounded().parse(row.name(), &bytes(row.name(), text).ok()?).ok()
        }
        _ => kind.unbounded().parse(row.name(), text.trim()).ok(),
    }
}

/// What stands between the elements of a list that was joined to one text.
fn separators(element: Kind) -> &'static [char] {
    match element {
        Kind::Range | Kind::Binding | Kind::Address => &[',', ';', ' ', '\n', '\r'],
        _ => &[',', '\n', '\r'],
    }
}

/// A name of a closed list, or its number. `None` where the list has none of that name is nothing.
fn choice(name: &'static str, names: &'static [&'static str], text: &str) -> Result<Value, Finding> {
    let is_name = |text: &str| names.iter().any(|known| known.eq_ignore_ascii_case(text));
    match text.parse::<u64>() {
        Ok(number) if !is_name(text) => {
            numbers::choice(names, number).map(Value::Choice).ok_or_else(|| no_number(name, text))
        }
        _ if text.eq_ignore_ascii_case("None") && !is_name(text) => Ok(Value::Null),
        _ => Kind::Choice(names).parse(name, text),
    }
}

fn no_number(name: &'static str, text: &str) -> Finding {
    Finding::new(Rule::V7, name, format!("{name}: the number {text} stands for no name that is known here"))
}

/// The names of flags, by name or as one number.
fn flag_names<'c>(
    name: &'static str,
    (names, reported): (&'static [&'static str], &'static [&'static str]),
    cell: &'c Cell,
) -> Result<Vec<&'c str>, Finding> {
    match cell.text().map(|text| (text, text.trim().parse::<u64>())) {
        Some((text, Ok(number))) => {
            numbers::flags(names, reported, number).ok_or_else(|| no_number(name, text))
        }
        _ => Ok(cell.texts()),
    }
}

/// Flags, without the names that are reported and never set.
fn flags(
    name: &'static str,
    (names, reported): (&'static [&'static str], &'static [&'static str]),
    cell: &Cell,
) -> Result<Value, Finding> {
    let texts = flag_names(name, (names, reported), cell)?;
    let is_reported = |text: &&str| reported.iter().any(|known| known.eq_ignore_ascii_case(text));
    let set: Vec<&str> = texts.into_iter().filter(|text| !is_reported(text)).collect();
    if set.is_empty() {
        return Ok(Value::Flags(Vec::new()));
    }
    Kind::Flags(names, reported).parse_all(name, &set)
}

/// The exact number in `36 MB (37,748,736 bytes)`, whose groups follow the exporting server's culture. A number without
/// a unit is not read: scripts write megabytes for one property and kilobytes for another.
fn bytes(name: &'static str, text: &str) -> Result<String, Finding> {
    if text.trim().bytes().all(|byte| byte.is_ascii_digit()) {
        let message = format!("{name} is `{}` without a unit, which may be bytes, KB or MB", text.trim());
        return Err(Finding::new(Rule::V3, name, message));
    }
    Ok(match text.split_once('(') {
        Some((_, exact)) => exact.chars().filter(char::is_ascii_digit).collect(),
        None => text.to_owned(),
    })
}

/// A moment: in UTC where the export has that too, since the other has the exporting server's zone.
fn time(item: &Item, name: &str, cell: &Cell) -> Option<Value> {
    let read = |text: &str| text.parse::<jiff::Timestamp>().ok().map(Value::Time);
    let utc = item.text(&format!("{name}UTC")).and_then(read);
    utc.or_else(|| cell.text().and_then(read))
}

/// The refusal of a value that the format did not keep.
pub(super) fn lost(name: &'static str, text: &str) -> Finding {
    let text: String = text.chars().take(60).collect();
    Finding::new(Rule::V9, name, format!("{name} is not in the file: it has `{text}` in place of the value"))
}

/// Whether flags of an item hold a name that is reported and never set.
pub(super) fn is_reported<N: Noun>(row: &Row<N>, item: &Item) -> bool {
    let Kind::Flags(names, reported) = row.param.kind else { return false };
    let Some(cell) = item.cell(row.name()) else { return false };
    let texts = flag_names(row.name(), (names, reported), cell).unwrap_or_default();
    texts.iter().any(|text| reported.iter().any(|known| known.eq_ignore_ascii_case(text)))
}
