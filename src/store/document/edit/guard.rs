//! What every edit must keep: it says what was meant, and no line went that no change speaks of.

use std::ops::Range;

use super::super::error::DocumentError;
use super::super::host::assemble;
use super::super::members::assemble as assemble_members;
use super::super::place::Place;
use super::super::section::{HostTables, member_tables};
use super::super::source::Source;
use crate::connector::{Host, ReceiveConnector};
use crate::organization::Member;
use crate::param::{Noun, Row};

/// Whether every line of `old` outside `touched` is in `new`, in the same order. Blank lines may come and go
/// with the tables that they part.
pub(super) fn keeps_lines(old: &str, touched: &[Range<usize>], new: &str) -> bool {
    let mut spans = touched.to_vec();
    spans.sort_by_key(|span| span.start);
    let mut spans = spans.into_iter().peekable();
    let mut new = new.lines();
    let mut at = 0;
    old.split_inclusive('\n').all(|line| {
        let start = at;
        at += line.len();
        while spans.next_if(|span| span.end <= start).is_some() {}
        let free = spans.peek().is_none_or(|span| span.start >= at);
        let text = line.trim_end_matches(['\r', '\n']);
        !free || text.trim().is_empty() || new.any(|other| other == text)
    })
}

/// Reads the edited text again and holds it to what was meant; rules aside, which are the caller's.
pub(super) fn reread(edited: &str, place: Place<'_>, meant: &Host) -> Result<(), DocumentError> {
    let file = place.file;
    let lost = |what: String| Err(DocumentError::Lost { file: file.to_owned(), what });
    let Ok(source) = Source::read(edited.as_bytes(), file) else { return lost("its encoding".to_owned()) };
    let tree = match source.parse() {
        Ok(tree) => tree,
        Err(error) => return lost(error.to_string()),
    };
    let mut flaws = Vec::new();
    let tables = HostTables::of(tree.get_ref(), source.text(), &mut flaws);
    let again = assemble(&tables, place.domain, &mut flaws);
    match (flaws.is_empty(), difference(&again, meant)) {
        (true, None) => Ok(()),
        (true, Some(what)) => lost(what),
        (false, _) => lost(source.broken(flaws).to_string()),
    }
}

/// The same for a file of the organization.
pub(super) fn reread_members<N: Member>(edited: &str, file: &str, meant: &[N]) -> Result<(), DocumentError> {
    let lost = |what: &str| DocumentError::Lost { file: file.to_owned(), what: what.to_owned() };
    let source = Source::read(edited.as_bytes(), file).map_err(|_| lost("its encoding"))?;
    let tree = source.parse().map_err(|error| lost(&error.to_string()))?;
    let mut flaws = Vec::new();
    let tables = member_tables::<N>(tree.get_ref(), source.text(), &mut flaws);
    let again = assemble_members::<N>(&tables, &mut flaws);
    let said = |object: &N| again.iter().any(|other| other == object);
    match flaws.is_empty() && again.len() == meant.len() {
        false => Err(lost("the number of objects")),
        true => match meant.iter().find(|object| !said(object)) {
            Some(object) => Err(lost(&format!("a property of `{}`", object.name()))),
            None => Ok(()),
        },
    }
}

/// The first property in which two hosts differ. The order of connectors and of access list entries is the
/// file's own and means nothing.
pub(super) fn difference(one: &Host, other: &Host) -> Option<String> {
    if let Some(name) = row_of(&one.server, &other.server) {
        return Some(format!("{name} of the server"));
    }
    if one.connectors.len() != other.connectors.len() {
        return Some("the number of connectors".to_owned());
    }
    if one.connectors == other.connectors {
        return None;
    }
    let pairs = by_name(one).into_iter().zip(by_name(other));
    pairs.filter(|(a, b)| a != b).find_map(|(a, b)| {
        let access = a.access == b.access;
        let name = if access {
            row_of(a, &ReceiveConnector { access: a.access.clone(), ..b.clone() })
        } else {
            Some("the access list")
        };
        name.map(|name| format!("{name} of `{}`", b.name))
    })
}

fn by_name(host: &Host) -> Vec<&ReceiveConnector> {
    let mut connectors: Vec<&ReceiveConnector> = host.connectors.iter().collect();
    connectors.sort_by_cached_key(|c| c.name.to_lowercase());
    connectors
}

fn row_of<N: Noun>(one: &N, other: &N) -> Option<&'static str> {
    N::rows().iter().find(|row: &&&Row<N>| row.stored(one) != row.stored(other)).map(|row| row.name())
}
